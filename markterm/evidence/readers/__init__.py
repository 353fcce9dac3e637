"""The readers by the suffix of the files they read. Their modules are imported in the child process, and only there."""

from __future__ import annotations

from collections.abc import Mapping

VERSION = 4
"""Part of the name of what is kept in the cache: one more whenever a reader says the same file differently, or a limit
on the conversion changes."""

READERS: Mapping[str, str] = {
    suffix: module
    for module, suffixes in (
        ("word.docx", ".docx .docm .dotx .dotm"),
        ("word.flat_word", ".xml"),
        ("html", ".html .htm .xhtml"),
        ("odf.opendocument", ".odt .ott .fodt .ods .ots .fods .odp .otp .fodp .odg .otg .fodg"),
        ("rtf.rtf", ".rtf"),
        ("pdf.pdf", ".pdf"),
        ("pptx.pptx", ".pptx .pptm .ppsx .ppsm .potx .potm"),
        ("xlsx.xlsx", ".xlsx .xlsm .xltx .xltm"),
        ("csv_table", ".csv .tsv"),
        ("mail.eml", ".eml .emlx"),
        ("mail.mbox", ".mbox .mbx"),
        ("mail.mht", ".mht .mhtml"),
        ("mail.msg", ".msg .oft"),
        ("mail.tnef", ".dat .tnef"),
        ("epub", ".epub"),
        ("subtitles", ".vtt .srt"),
        ("archive", ".zip"),
        ("tar", ".tar .tgz .gz .tbz2 .tbz .bz2 .txz .xz"),
        ("image", ".png .apng .jpg .jpeg .jpe .jfif .jp2 .j2k .gif .webp .bmp .ico .tif .tiff .heic .heif .avif"),
        ("svg", ".svg"),
        ("iwork", ".key .numbers .pages"),
        ("media", ".aac .aif .aiff .flac .m4a .m4b .m4v .mov .mp3 .mp4 .oga .ogg .opus .wav .wma"),
    )
    for suffix in suffixes.split()
}
"""Suffix, in small letters, to the module in this package that reads it."""

HOLD_NOTHING = frozenset({"csv_table", "image", "svg", "media", "subtitles"})
"""The modules whose files hold no files."""

_ZIPPED_SUFFIXES = """
    .docx .docm .dotx .dotm .pptx .pptm .ppsx .ppsm .potx .potm .xlsx .xlsm .xltx .xltm
    .epub
"""
ZIPPED = frozenset(_ZIPPED_SUFFIXES.split())
"""Documents that are zip archives inside, and are looked through before anything unpacks them. An archive's own reader
looks at each of its files; OpenDocuments may be archives or flat, and theirs looks at what they are."""
