"""Comments on slides, of both kinds that PowerPoint has written, with the names of those who wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markterm.evidence.readers.drawing import local
from markterm.evidence.readers.office import OfficeFile


@dataclass(slots=True)
class SlideComments:
    """The comments of a presentation, whose main part is `main`."""

    office: OfficeFile
    main: str
    _authors: dict[str, str] | None = None

    def of(self, slide: str) -> Iterator[str]:
        """What was written to the slide that is the part of that name, each comment in one line."""
        if self._authors is None:
            self._authors = self._named()
        for relation in self.office.related(slide, "comments"):
            root = self.office.root(relation.target)
            for comment in () if root is None else root.iter("{*}cm"):
                is_reply = next(comment.iter("{*}parentCm"), None) is not None
                yield _said(comment, "Reply" if is_reply else "Comment", self._authors)
                for reply in comment.iter("{*}reply"):
                    yield _said(reply, "Reply", self._authors)

    def _named(self) -> dict[str, str]:
        found = {}
        for relation in self.office.related(self.main, "commentAuthors", "authors"):
            root = self.office.root(relation.target)
            for each in () if root is None else root.iter("{*}cmAuthor", "{*}author"):
                found[each.get("id") or ""] = " ".join((each.get("name") or "").split())
        return found


def _said(comment: Any, what: str, authors: Mapping[str, str]) -> str:
    words = []
    for child in comment:
        if local(child) == "text":
            words.append(child.text or "")
        elif local(child) == "txBody":
            words.extend("".join(text.text or "" for text in each.iter("{*}t")) for each in child.iter("{*}p"))
    author = authors.get(comment.get("authorId") or "", "")
    resolved = " (resolved)" if comment.get("status") == "resolved" else ""
    return f"{what}{f' by {author}' if author else ''}{resolved}: {' '.join(' '.join(words).split())}"
