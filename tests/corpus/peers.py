"""The words of a file by an independent way of reading it: the parts of the file themselves, or another program.

A peer is simple and says too little rather than too much: it leaves out what a reader may rightly leave out.
"""

from __future__ import annotations

import email
import email.policy
import re
import shutil
import subprocess
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, ParseError, fromstring

from tests.corpus.words import words

_SECONDS = 60
_LARGEST = 20_000_000
_GONE = frozenset(
    {"del", "moveFrom", "Fallback", "delText", "instrText", "rPh", "tracked-changes", "binary-data", "fld"}
)
# Of an OpenDocument: what its words are glued to, and what a program fills in.
_ABOUT = frozenset(
    {"creator", "date", "title", "desc", "note-citation", "page-number", "creator-initials", "generator"}
)
_PARAGRAPHS = frozenset({"p", "h", "si", "c", "comment", "pt", "table-cell"})
_OFFICE_PARTS = {
    "word": r"word/(?:document|footnotes|endnotes|comments|header|footer)\d*\.xml",
    "ppt": r"ppt/(?:slides|notesSlides|comments)/[^/]+\.xml|ppt/diagrams/data\d*\.xml",
    "xl": r"xl/(?:sharedStrings|comments\d*)\.xml|xl/(?:drawings|threadedComments)/[^/]+\.xml",
}
_STRINGS = "xl/sharedStrings.xml"
_SHOWN = frozenset({"t", "text"})
_CANNOT = (OSError, ValueError, LookupError, RuntimeError, StopIteration, EOFError, subprocess.SubprocessError)
_BROKEN = (ParseError, zipfile.BadZipFile, zlib.error)


def words_of(path: Path) -> Counter[str] | None:
    """The words that a peer finds; None where there is no peer for the kind, or it cannot read the file."""
    peer = _PEERS.get(path.suffix.lower())
    if peer is None:
        return None
    try:
        return words(peer(path))
    except (*_CANNOT, *_BROKEN):  # a file that its peer cannot read is compared with nothing
        return None


def _office(kind: str) -> Callable[[Path], str]:
    wanted = re.compile(_OFFICE_PARTS[kind])

    def text(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if wanted.fullmatch(name)]
            roots = {name: _root(archive, name) for name in names}
            if _STRINGS in roots:
                used = _strings_of_cells(archive)
                roots[_STRINGS][:] = [each for place, each in enumerate(roots[_STRINGS]) if str(place) in used]
            return "\n".join(map(_shown_text, roots.values()))

    return text


def _strings_of_cells(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of the texts that are in cells: workbooks keep those that were there once."""
    sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/(?:worksheets|macrosheets)/[^/]+\.xml", name)]
    cells = (cell for name in sheets for cell in _root(archive, name).iter() if cell.get("t") == "s")
    return {(value.text or "").strip() for cell in cells for value in cell if _local(value) == "v"}


def _open_document(path: Path) -> str:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            root = _root(archive, "content.xml")
    else:
        root = fromstring(path.read_bytes())
    body = next(part for part in root.iter() if _local(part) == "body")
    return "\n".join(_paragraphs(body, everything=True))


def _root(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError("too large to be compared")
    return fromstring(archive.read(name))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _shown_text(root: Element) -> str:
    return "\n".join(_paragraphs(root, everything=False))


def _paragraphs(root: Element, *, everything: bool) -> Iterator[str]:
    """Each paragraph in one piece, whatever pieces of text it was written in."""
    pieces: list[str] = []

    def walk(element: Element, shown: bool) -> None:
        name = _local(element)
        is_left_out = name in _GONE or (everything and name in _ABOUT)
        if is_left_out or (name == "sp" and _is_on_every_slide(element)) or _stands_for_a_thread(name, element):
            return
        shown = everything or name in _SHOWN
        if name in _PARAGRAPHS or name in ("br", "tab", "cr", "line-break", "s", "tr"):
            pieces.append("\n")
        if shown and element.text:
            pieces.append(element.text)
        for child in element:
            walk(child, shown)
            if shown and child.tail:
                pieces.append(child.tail)
        if name in _PARAGRAPHS:
            pieces.append("\n")

    walk(root, False)
    yield from "".join(pieces).split("\n")


def _is_on_every_slide(shape: Element) -> bool:
    """Headers, footers, dates and numbers: a reader says them once, or not at all."""
    marks = (part for part in shape.iter() if _local(part) == "ph")
    return any(mark.get("type") in ("hdr", "ftr", "dt", "sldNum") for mark in marks)


def _stands_for_a_thread(name: str, element: Element) -> bool:
    """A comment for programs that know no threads: the thread says it better."""
    return name == "comment" and "".join(element.itertext()).lstrip().startswith("[Threaded comment]")


def _program(*command: str) -> Callable[[Path], str]:
    def text(path: Path) -> str:
        if shutil.which(command[0]) is None:
            raise ValueError("not installed")
        filled = [str(path) if word == "FILE" else word for word in command]
        done = subprocess.run(filled, capture_output=True, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL)
        return done.stdout.decode("utf-8", "replace")

    return text


def _by_libreoffice(path: Path) -> str:
    """As LibreOffice exports a document to text. It knows the code pages of rich text, which pandoc does not."""
    program = shutil.which("soffice")
    if program is None:
        raise ValueError("not installed")
    with TemporaryDirectory() as folder:
        own = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        to = ("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder)
        subprocess.run((program, own, *to, str(path)), capture_output=True, timeout=_SECONDS, check=True)
        return Path(folder, f"{path.stem}.txt").read_text("utf-8-sig")


def _mail(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return "" if body is None else str(body.get_content())


def _plain(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _each(peer: Callable[[Path], str], suffixes: Iterable[str]) -> dict[str, Callable[[Path], str]]:
    return dict.fromkeys((f".{suffix}" for suffix in suffixes), peer)


_PEERS: dict[str, Callable[[Path], str]] = {
    **_each(_office("word"), ("docx", "docm", "dotx", "dotm")),
    **_each(_office("ppt"), ("pptx", "pptm", "ppsx", "ppsm", "potx", "potm")),
    **_each(_office("xl"), ("xlsx", "xlsm", "xltx", "xltm")),
    **_each(_open_document, ("odt", "ott", "fodt", "ods", "ots", "fods", "odp", "otp", "fodp")),
    **_each(_program("pdftotext", "-raw", "-q", "FILE", "-"), ("pdf",)),
    **_each(_by_libreoffice, ("rtf",)),
    **_each(_program("pandoc", "-f", "epub", "-t", "plain", "--wrap=none", "FILE"), ("epub",)),
    **_each(_program("pandoc", "-f", "html", "-t", "plain", "--wrap=none", "FILE"), ("html", "htm", "xhtml")),
    **_each(_mail, ("eml",)),
    **_each(_plain, ("csv", "tsv", "vtt", "srt")),
}
