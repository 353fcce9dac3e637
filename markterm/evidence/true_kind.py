"""What a file is by its bytes, whatever its name says: a PDF that was renamed to .docx, a web page called .doc.

Nothing is unpacked or parsed here but the list of names in an archive, so this needs no process of its own.
"""

from __future__ import annotations

import os
import re
import stat
import struct
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from markterm.domain.words.errors import Unreadable
from markterm.evidence import ole
from markterm.evidence.charset import decoded
from markterm.evidence.conversion.zip_end import LARGEST_LIST, zip_end
from markterm.evidence.folder import TEXT_SUFFIXES, EvidenceFile
from markterm.evidence.opened import opened
from markterm.evidence.readers import READERS

_HEAD = 4096
_LARGEST_OLE = 64 * 1024 * 1024
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46

NAMES = {
    ".avif": "an AVIF picture",
    ".bmp": "a bitmap picture",
    ".csv": "a table of plain text",
    ".doc": "an old Word document",
    ".docx": "a Word document",
    ".eml": "an e-mail",
    ".epub": "an e-book",
    ".fodg": "a flat OpenDocument drawing",
    ".fodp": "a flat OpenDocument presentation",
    ".fods": "a flat OpenDocument spreadsheet",
    ".fodt": "a flat OpenDocument text",
    ".gif": "a GIF picture",
    ".heic": "a HEIC picture",
    ".html": "a web page",
    ".jpg": "a JPEG picture",
    ".mbox": "a mailbox",
    ".mht": "a web page in one file",
    ".mp3": "a sound recording",
    ".mp4": "a film or sound recording",
    ".msg": "an e-mail of Outlook",
    ".odg": "an OpenDocument drawing",
    ".odp": "an OpenDocument presentation",
    ".ods": "an OpenDocument spreadsheet",
    ".odt": "an OpenDocument text",
    ".pdf": "a PDF",
    ".png": "a PNG picture",
    ".ppt": "an old PowerPoint presentation",
    ".pptx": "a PowerPoint presentation",
    ".rtf": "a rich text (RTF)",
    ".svg": "a drawing (SVG)",
    ".tif": "a TIFF picture",
    ".tnef": "what Outlook packed for Outlook alone",
    ".txt": "plain text",
    ".wav": "a sound recording",
    ".webp": "a WebP picture",
    ".xls": "an old Excel workbook",
    ".xlsb": "a binary Excel workbook",
    ".xlsx": "an Excel workbook",
    ".zip": "a zip archive",
    ".rar": "a RAR archive",
    ".7z": "a 7-Zip archive",
    ".tar": "a tar archive",
    ".gz": "a file packed with gzip",
    ".bz2": "a file packed with bzip2",
    ".xz": "a file packed with xz",
}
"""How a person calls what is recognised, by the suffix that it should have."""

_MIMETYPES = {
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.text-template": ".odt",
    "application/vnd.oasis.opendocument.text-master": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.presentation-template": ".odp",
    "application/vnd.oasis.opendocument.graphics": ".odg",
    "application/vnd.oasis.opendocument.graphics-template": ".odg",
}
_FLAT = {".odt": ".fodt", ".ods": ".fods", ".odp": ".fodp", ".odg": ".fodg"}
_MARKS = (
    (b"{\\rtf", ".rtf"),
    (b"\x78\x9f\x3e\x22", ".tnef"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"II+\0", ".tif"),
    (b"MM\0+", ".tif"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"BZh91AY&SY", ".bz2"),
    (b"\xfd7zXZ\0", ".xz"),
    (b"ID3\2", ".mp3"),
    (b"ID3\3", ".mp3"),
    (b"ID3\4", ".mp3"),
)
_BRANDS = {b"avif": ".avif", b"avis": ".avif"} | dict.fromkeys((b"heic", b"heix", b"mif1", b"heim", b"msf1"), ".heic")
_STREAMS = (  # What an older file can hold comes after what holds it.
    (".msg", "__properties_version1.0"),
    (".docx", "EncryptedPackage"),
    (".ppt", "PowerPoint Document"),
    (".doc", "WordDocument"),
    (".xls", "Workbook"),
    (".xls", "Book"),
)
_OFFICE_KINDS = (
    ".docx .docm .dotx .dotm",
    ".xlsx .xlsm .xltx .xltm .xlam",
    ".pptx .pptm .ppsx .ppsm .potx .potm",
)
_OPEN_DOCUMENT_KINDS = (".odt .ott .odm", ".ods .ots", ".odp .otp")
_OTHER_PACKAGES = ".zip .pages .numbers .key .epub .odg .odf .xps .oxps .kmz .jar"
# Of one kind, as far as a person is concerned: no word is said of these.
_ALIKE = (
    *_OFFICE_KINDS,
    ".doc .dot .wps .wpd",
    ".xls .xlt",
    ".ppt .pps .pot",
    *_OPEN_DOCUMENT_KINDS,
    ".fodt .xml",
    ".fods .xml",
    ".fodp .xml",
    ".html .htm .xhtml .xml",
    ".mht .mhtml",
    ".eml .emlx .txt",
    ".mbox .mbx .eml",
    ".jpg .jpeg .jpe .jfif",
    ".png .apng",
    ".tif .tiff",
    ".heic .heif .hif .avif",
    ".csv .tsv .txt .text .log",
    ".mp4 .m4a .m4b .m4v .mov .3gp .3g2 .heic .heif .avif",
    ".mp3 .aac .mp4",
    _OTHER_PACKAGES,
)
_OPEN_DOCUMENTS = frozenset(f"{' '.join(_OPEN_DOCUMENT_KINDS)} .odg .otg .odf .odb .odc".split())
_PACKAGES = frozenset(" ".join((*_OFFICE_KINDS, *_OPEN_DOCUMENT_KINDS, _OTHER_PACKAGES)).split()) - {".zip"}
_KNOWN = frozenset(
    (*(suffix for alike in _ALIKE for suffix in alike.split()), *NAMES, *READERS, ".pages", ".numbers", ".key")
)
"""Suffixes that say what a file is."""
_OFFICE_PARTS = frozenset({"[content_types].xml", "_rels/.rels"})
_PARTS = ("META-INF/", "Index/", "content.xml", "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
_WORDS_OF_ITS_OWN = ".csv .tsv .html .htm .xhtml .eml .emlx .mbox .mht .mhtml .vtt .srt .rtf .xml .json .log"
_IN_ITS_OWN_WORDS = TEXT_SUFFIXES | frozenset(_WORDS_OF_ITS_OWN.split())
"""Texts: what is written in them may look like anything, and is no sign of another kind."""
_OF_XML = frozenset({".svg", *_FLAT.values()})
_SHEET_SUFFIXES = ".xls .xlsx .xlsm .xlsb .xlt .xltx .xltm .ods .ots .numbers"
_SHEETS = frozenset(_SHEET_SUFFIXES.split())
_HEADERS = re.compile(
    r"^(From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To):", re.M | re.I
)
_FEWEST_HEADERS = 3
_ANY_HEADER = re.compile(r"^[\w-]+[ \t]*:[ \t]*\S", re.M)
_TIMES = re.compile("-->|^\ufeff?WEBVTT")
_SIGNS = {
    ".rtf": re.compile(r"\{\\"),
    ".eml": _ANY_HEADER,
    ".mht": _ANY_HEADER,
    ".mhtml": _ANY_HEADER,
    ".mbox": re.compile(r"^From |^[\w-]+:[ \t]*\S", re.M),
    ".srt": _TIMES,
    ".vtt": _TIMES,
}
_SHORTEST = 16
"""Characters. Fewer may be the beginning of anything."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PDF_OBJECT = re.compile(r"^\d+ \d+ obj\b", re.MULTILINE)
# Before the first element of XML may stand declarations, remarks, and a document type with one of its own in brackets.
_FIRST_ELEMENT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w-]+)",
    re.DOTALL | re.IGNORECASE,
)
_LFS = b"version https://git-lfs.github.com/spec/"


def true_suffix(file: EvidenceFile) -> str:
    """The suffix, in small letters, of the kind of file that `file` is: its own, unless its bytes are of another kind.

    Raises Unreadable when there is nothing in it: it is empty, or only stands for a file that lies elsewhere.
    """
    own = file.path.suffix.lower()
    with opened(file) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return own
        head = stream.read(_HEAD)
        if own not in TEXT_SUFFIXES:
            _check_there(file, head)
        found = _binary(head, stream, own)
        if not found and _lacks_its_sign(head, own):
            return _text(head, own) or own
        if not found and own not in _IN_ITS_OWN_WORDS and (own in _KNOWN or not own):
            found = _text(head, own)
    return own if not found or _is_alike(found, own) else found


def misnamed(name_suffix: str, suffix: str) -> str:
    """The sentence that says that a file is of the kind of `suffix` and not what its name says; empty when it is."""
    if name_suffix == suffix or suffix not in NAMES:
        return ""
    said = f"Its name says {name_suffix}" if name_suffix else "Its name does not say what it is"
    return f"{said}; it is {NAMES[suffix]}, and is read as one."


def _check_there(file: EvidenceFile, head: bytes) -> None:
    if not head:
        raise Unreadable(
            "An empty file",
            f"{file.name}: It is empty: there is not one byte in it.",
            "Ask for the file once more; in a folder that is synchronised it may not have been downloaded yet.",
            file=file.path,
        )
    if head.startswith(_LFS):
        raise Unreadable(
            "Not the file itself",
            f"{file.name}: It only names a file that is kept elsewhere (Git LFS).",
            "Ask for the file itself.",
            file=file.path,
        )


def _is_alike(found: str, own: str) -> bool:
    if found == own:
        return True
    if own in READERS and READERS.get(found) == READERS[own] != "image":
        return True
    return any(own in alike.split() and found in alike.split() for alike in _ALIKE)


def _binary(head: bytes, stream: BinaryIO, own: str) -> str:
    """The suffix of a kind that begins like no other; empty for any other file."""
    for mark, suffix in _MARKS:
        if head.startswith(mark):
            return suffix
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head, stream, own)
    if head.startswith(ole.MARK):
        return _old(head, stream, own)
    if head.startswith(b"%PDF-") or (b"%PDF-1." in head[:1024] and own not in _IN_ITS_OWN_WORDS):
        return ".pdf"
    if head.startswith(b"RIFF"):
        return {b"WEBP": ".webp", b"WAVE": ".wav"}.get(head[8:12], "")
    if head[257:262] == b"ustar":
        return ".tar"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return _BRANDS.get(brand, ".mp4")
    return ""


def _zipped(head: bytes, stream: BinaryIO, own: str) -> str:
    if head[30:38] == b"mimetype":
        said = head[38:138].decode("ascii", "replace")
        found = max((kind for kind in _MIMETYPES if said.startswith(kind)), key=len, default="")
        if found:
            return _MIMETYPES[found]
    names = set(_names(stream))
    if not names:  # Its end is missing, and who knows what it was.
        return own if own in _PACKAGES else ".zip"
    # One of the two may be missing in a file that can be read all the same; no name there is told from another by case.
    if not _OFFICE_PARTS.isdisjoint(name.casefold().lstrip("/") for name in names):
        folders = {PurePosixPath(name).parts[0].casefold() for name in names if "/" in name.strip("/")}
        if "xl/workbook.bin" in names:
            return ".xlsb"
        kinds = [
            suffix for folder, suffix in (("word", ".docx"), ("xl", ".xlsx"), ("ppt", ".pptx")) if folder in folders
        ]
        return kinds[0] if len(kinds) == 1 else own
    if {"content.xml", "META-INF/manifest.xml"} <= names:
        return own if own in _OPEN_DOCUMENTS else ".odt"
    if own in _PACKAGES and any(name.startswith(_PARTS) for name in names):
        return own
    return ".zip"


def _names(stream: BinaryIO) -> Iterator[str]:
    """The names in the list at the end of a zip archive; none when that is missing or too long to be looked at."""
    end = zip_end(stream)
    if end is None or end.size > LARGEST_LIST or end.begins < 0:
        return
    stream.seek(end.begins)
    listed = stream.read(end.size)
    place = 0
    while listed[place : place + 4] == _ENTRY and len(listed) >= place + _ENTRY_SIZE:
        name, extra, comment = struct.unpack_from("<3H", listed, place + 28)
        yield listed[place + _ENTRY_SIZE : place + _ENTRY_SIZE + name].decode("utf-8", "replace").replace("\\", "/")
        place += _ENTRY_SIZE + name + extra + comment


def _old(head: bytes, stream: BinaryIO, own: str) -> str:
    data = head + stream.read(_LARGEST_OLE)
    found = [suffix for suffix, name in _STREAMS if name.encode("utf-16-le") in data]
    if ".docx" in found and ".msg" not in found:  # Protected by a password, which whoever reads it says.
        return own if own in _PACKAGES else ".docx"
    if own in found and ".msg" not in found:
        return own
    return found[0] if found else own


def _lacks_its_sign(head: bytes, own: str) -> bool:
    """Whether a text begins without what every text of the kind that its name says has in its beginning."""
    return own in _SIGNS and _SIGNS[own].search(decoded(head).text) is None


def _text(head: bytes, own: str) -> str:
    """The suffix of a text that is called like something else; empty when it is no text."""
    whole = head.rpartition(b"\n")[0] or head if len(head) == _HEAD else head
    text = decoded(whole).text.lstrip()
    if (
        len(text) < _SHORTEST
        or text.startswith("PK")
        or len(_CONTROLS.findall(text)) * 50 > len(text)
        or "\ufffd" in text[:-4]
    ):
        return ""
    if (own == ".pdf" and _PDF_OBJECT.search(text)) or "<?mso-application" in text[:500]:
        return ""  # Its first line is lost; or it is XML of a kind that some program of Office reads by the name.
    begins = text[:200].lower()
    if begins.startswith("{\\rtf"):
        return ".rtf"
    if begins.startswith("from ") and _HEADERS.search(text):
        return ".mbox"
    headers = {each.casefold() for each in _HEADERS.findall(text.partition("\n\n")[0].partition("\r\n\r\n")[0])}
    if re.search(r"^content-type:\s*multipart/related", text, re.M | re.I) and "received" not in headers:
        return ".mht"
    if len(headers) >= _FEWEST_HEADERS:
        return ".eml"
    if _is_drawing(text):
        return ".svg"
    if begins.startswith(("<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div")):
        return ".html"
    if begins.startswith(("<?xml", "<!--", "<office:document", "<!doctype")):
        if flat := re.search(r"office:mimetype=\"([\w.+/-]+)\"", text):
            return _FLAT.get(_MIMETYPES.get(flat[1], ""), ".txt")
        # Where what comes before its first element is long, nothing is known of it but its name.
        return ".html" if "<html" in text.lower() else "" if own in _OF_XML else ".txt"
    if "\0" in text:
        return ""  # Pixels of a bright picture may all be letters; what comes before them is not.
    return ".csv" if own in _SHEETS else ".txt"


def _is_drawing(text: str) -> bool:
    first = _FIRST_ELEMENT.match(text)
    return first is not None and first[1].lower() == "svg"
