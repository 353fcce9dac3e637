"""Comments of a sheet, of both kinds that Excel has written, with the names of those who wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markterm.evidence.readers.office import OfficeFile, is_on, number
from markterm.evidence.readers.xlsx.texts import MAIN, plain, rich_text

_THREAD = "tc="
"""So begins the author of a comment that stands for a thread, for programs that know none."""


@dataclass(frozen=True, slots=True)
class SheetComment:
    """What somebody wrote to a cell."""

    cell: str
    author: str
    words: str
    is_reply: bool = False
    is_resolved: bool = False

    @property
    def said(self) -> str:
        """All of it, in one line."""
        what = "Reply to the comment" if self.is_reply else "Comment"
        resolved = " (resolved)" if self.is_resolved else ""
        return f"{what} on {self.cell} by {self.author or 'somebody'}{resolved}: {self.words}"


def sheet_comments(office: OfficeFile, part: str, workbook: str) -> Iterator[SheetComment]:
    """The comments of the sheet that is the part of that name."""
    threads = list(_threads(office, part, workbook))
    threaded = {comment.cell for comment in threads}
    for relation in office.related(part, "comments"):
        root = office.root(relation.target)
        if root is None:
            continue
        authors = [author.text or "" for author in root.iter(f"{MAIN}author")]
        for comment in root.iter(f"{MAIN}comment"):
            index = number(comment.get("authorId"), -1)
            author = " ".join(authors[index].split()) if 0 <= index < len(authors) else ""
            cell = comment.get("ref") or ""
            if author.startswith(_THREAD) and cell in threaded:
                continue
            texts = comment.iterfind(f"{MAIN}text")
            yield SheetComment(cell, author, " ".join(" ".join(plain(rich_text(text)) for text in texts).split()))
    yield from threads


def _threads(office: OfficeFile, part: str, workbook: str) -> Iterator[SheetComment]:
    people = _people(office, workbook)
    for relation in office.related(part, "threadedComment"):
        root = office.root(relation.target)
        for comment in () if root is None else root.iter("{*}threadedComment"):
            words = " ".join((comment.findtext("{*}text") or "").split())
            author = people.get(comment.get("personId") or "", "")
            is_reply = bool(comment.get("parentId"))
            yield SheetComment(comment.get("ref") or "", author, words, is_reply, is_on(comment.get("done")))


def _people(office: OfficeFile, workbook: str) -> Mapping[str, str]:
    people = {}
    for relation in office.related(workbook, "person"):
        root = office.root(relation.target)
        for person in () if root is None else root.iter("{*}person"):
            people[person.get("id") or ""] = " ".join((person.get("displayName") or "").split())
    return people
