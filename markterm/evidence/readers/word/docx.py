"""Word files: documents and templates, with macros or without, of any writer and in both sets of names."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from markterm.domain.words.foreign_text import one_line
from markterm.evidence.charset import decoded
from markterm.evidence.conversion.zip_check import DAMAGED
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers import READERS
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.word.body import Body
from markterm.evidence.readers.word.file import WordFile
from markterm.evidence.readers.word.numbering import Label
from markterm.evidence.readers.word.package import Package
from markterm.evidence.readers.word.page import Page, Rows, Sheet, Words
from markterm.evidence.readers.word.web_chunk import write_page
from markterm.evidence.readers.word.words import Look, Piece
from markterm.evidence.readers.word.xml import children

_MARGINS = {"header": re.compile(r"word/header\d*\.xml"), "footer": re.compile(r"word/footer\d*\.xml")}
_DRAWN_TEXT = {
    "chart": re.compile(r"word/charts/chart(?:ex)?\d*\.xml", re.IGNORECASE),
    "diagram": re.compile(r"word/diagrams/data\d*\.xml"),
}
_EMBEDDED = re.compile(r"word/embeddings/[^/]+")
_NOWHERE = "{} whose mark is in a deleted passage, or nowhere:"
_SIGNATURE = re.compile(r"_xmlsignatures/sig", re.IGNORECASE)
_DEEPEST_CHUNK = 3
_HTML = frozenset({"html", "htm", "xhtml", "xht"})
_TEXT = frozenset({"txt", "text"})
_STRONG = Look(is_bold=True)
_Key = TypeVar("_Key")


def read(path: Path) -> Converted:
    """The text of `path` with headers, footers, notes, comments and text boxes; its paragraphs are numbered as places.

    What was inserted with changes tracked is there, what was deleted is not, and is counted. The files that were put
    into it are its attachments. Raises NotReadable.
    """
    return read_package(path)


def read_package(packed: Path | BinaryIO) -> Converted:
    """The text of a Word file that lies there. Raises NotReadable."""
    page = Page()
    attached = Attached()
    try:
        with zipfile.ZipFile(packed) as archive:
            notes = _write(archive, page, attached)
    except zipfile.BadZipFile as error:
        raise NotReadable(DAMAGED) from error
    while page.lines and not page.lines[-1]:
        page.lines.pop()
    notes += attached.notes()
    return Converted("\n".join(page.lines), tuple(page.places), tuple(notes), attachments=tuple(attached.files))


def _write(archive: zipfile.ZipFile, page: Page, attached: Attached, depth: int = 0) -> list[str]:
    """Everything that the file says, on `page`; what the assessor has to know about it. Raises NotReadable."""
    package = Package(archive)
    main, root = package.main()
    file = WordFile.of(package, main, root, attached)
    file.write_chunk = lambda name, sheet: _write_chunk(file, name, sheet, depth)
    # Its numbers are counted from its first paragraph on, and what could break off in a header comes after it.
    middle = Page()
    body = Body(file, main)
    for one in children(root, "body"):  # some writers join files in this way
        body.write(one, middle, numbered=True)
    _write_notes(file, middle)
    _write_comments(file, middle)
    heads, feet = Page(), Page()
    lost = _write_margins(file, "header", heads) + _write_margins(file, "footer", feet)
    page.append(heads)
    page.append(middle)
    for block in _not_shown_yet(file):
        block.write(page)
    page.append(feet)
    return _notes(file, lost)


def _write_margins(file: WordFile, kind: str, page: Page) -> int:
    """The headers or footers, each text once: they are mostly the same on the first, left and right pages.

    How many could not be read: the document is not given up for them.
    """
    names = file.package.related(file.main, kind)
    names += [name for name in file.package.names if _MARGINS[kind].fullmatch(name)]
    known, shown, lost = set(), set(), 0
    for name in sorted({name.casefold(): name for name in names}.values()):
        data = file.package.bytes(name)
        relations = file.package.bytes(
            posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
        )
        if (data, relations) in known:
            continue
        known.add((data, relations))
        one = Page()
        try:
            root = file.package.root(name)
            one.at(kind)
            if root is not None:
                Body(file, name).write(root, one)
            one.left()
        except (RecursionError, ValueError, TypeError, AttributeError, KeyError):
            lost += 1
            continue
        text = "\n".join(one.lines)
        if text not in shown:
            shown.add(text)
            page.append(one)
    return lost


def _write_notes(file: WordFile, page: Page) -> None:
    """The notes, numbered as their marks are, and those that have none in the text."""
    if not file.notes:
        return
    page.at("notes")
    for key in _titled(page, "Notes", file.marked_notes, file.notes):
        note = file.notes[key]
        place = file.marked_notes.setdefault(key, len(file.marked_notes) + 1)
        inner = Page()
        Body(file, note.part).write(note.root, inner)
        if text := "\n".join(inner.lines).strip("\n"):
            page.numbered(text, Label(0, f"{place}.", f"{place}."))
    page.left()


def _write_comments(file: WordFile, page: Page) -> None:
    """The comments with who wrote them, and those that have no mark in the text."""
    if not file.comments:
        return
    page.at("comments")
    for key in _titled(page, "Comments", file.marked_comments, file.comments):
        comment = file.comments[key]
        file.marked_comments.setdefault(key, len(file.marked_comments) + 1)
        said = f"Comment {file.comment_label(key)}"
        if comment.author and comment.author != comment.initials:
            said += f" by {comment.author}"
        if comment.parent in file.comments and comment.parent in file.marked_comments:
            said += f", in reply to {file.comment_label(comment.parent)}"
        if comment.is_resolved:
            said += ", marked as resolved"
        page.paragraph([Piece(said)])
        Body(file, comment.part).write(comment.root, page)
    page.left()


def _titled(page: Page, title: str, marked: Iterable[_Key], known: Iterable[_Key]) -> Iterator[_Key]:
    """Those that are marked in the text, in the order of their marks, and then the others; each under its title."""
    first = dict.fromkeys(marked)
    others = [key for key in known if key not in first]
    for keys, above in ((list(first), title), (others, _NOWHERE.format(title))):
        if keys:
            page.paragraph([Piece(above, _STRONG)])
        yield from keys


def _not_shown_yet(file: WordFile) -> Iterator[Words | Rows]:
    """Charts, diagrams and embedded files to which nothing in the text leads."""
    for name in file.package.names:
        if name.casefold() not in file.drawn:
            for kind, pattern in _DRAWN_TEXT.items():
                if pattern.fullmatch(name):
                    yield from file.drawn_blocks(name, kind)
        if _EMBEDDED.fullmatch(name) and name.casefold() not in file.embedded:
            yield Words(file.take_out(name))


def _write_chunk(file: WordFile, name: str, sheet: Sheet, depth: int) -> None:
    """A document that Word would put in here: a page, a text or another Word file; anything else is attached."""
    content = file.package.bytes(name)
    ending = name.rpartition(".")[2].lower()
    if content is None:
        sheet.paragraph([Piece(f"[attached, and missing or damaged: {posixpath.basename(name)}]")])
    elif ending in _HTML:
        write_page(content, sheet)
    elif ending in _TEXT:
        for paragraph in decoded(content).text.split("\n"):
            sheet.paragraph([Piece(paragraph)])
    elif READERS.get(f".{ending}") == "word.docx" and depth < _DEEPEST_CHUNK:
        inner = Page()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                file.told += _write(archive, inner, file.attached, depth + 1)
            sheet.markdown("\n".join(inner.lines))
        except (NotReadable, zipfile.BadZipFile):
            sheet.paragraph([Piece(file.take_out(name))])
    else:
        sheet.paragraph([Piece(file.take_out(name))])


def _notes(file: WordFile, lost: int) -> list[str]:
    """What the assessor has to know about the file as a whole."""
    notes = []
    count = file.changes
    if deleted := count["del"] + count["moveFrom"] + count["cellDel"]:
        notes.append(f"Passages that were deleted or moved away with changes tracked, and are not shown: {deleted}.")
    if inserted := count["ins"] + count["moveTo"] + count["cellIns"]:
        notes.append(f"Passages that were inserted with changes tracked, and are shown: {inserted}.")
    if file.hides:
        notes.append("Text that Word hides is shown.")
    if lost:
        notes.append(f"Headers and footers that could not be read: {lost}.")
    if file.package.damaged:
        names = ", ".join(dict.fromkeys(map(one_line, file.package.damaged)))
        notes.append(f"Parts of it are damaged, and what could be read of them is shown: {names}.")
    if file.package.doubled:
        names = ", ".join(map(one_line, file.package.doubled))
        notes.append(f"Parts of it are there more than once, and the last of each is shown: {names}.")
    if file.lost_marks:
        notes.append(f"Notes and comments that are marked in it, and whose words are missing: {file.lost_marks}.")
    if others := file.prompts.others:
        notes.append(f"Building blocks that are kept with it and stand nowhere in its text: {others}.")
    if any(_SIGNATURE.match(name) for name in file.package.names):
        notes.append("It carries a digital signature, which MarkTerm does not check.")
    return list(dict.fromkeys((*notes, *file.told)))
