"""What is to be said about pages of a PDF, one sentence for all pages of which the same is to be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

_MOST_RUNS = 12


class PageNote(Enum):
    """What there is to say, of one page and of several. `{count}` is how many of a thing there are."""

    DAMAGED = "Page {pages} is damaged and cannot be read.", "Pages {pages} are damaged and cannot be read."
    NO_TEXT = (
        "Page {pages} has no text: it is a scan, a picture or empty.",
        "Pages {pages} have no text: they are scans, pictures or empty.",
    )
    PICTURE = (
        "Page {pages} is mostly a picture, and words in it are not read: look at it outside.",
        "Pages {pages} are mostly pictures, and words in them are not read: look at them outside.",
    )
    NO_WORDS = (
        "The letters of page {pages} do not come out as words: look at it outside.",
        "The letters of pages {pages} do not come out as words: look at them outside.",
    )
    HIDDEN = (
        "Page {pages} has text on layers that are switched off, which programs do not show: it is shown here.",
        "Pages {pages} have text on layers that are switched off, which programs do not show: it is shown here.",
    )
    UNDRAWN = (
        "Page {pages} has text that is not drawn, as scanners put it under a picture: it is shown here.",
        "Pages {pages} have text that is not drawn, as scanners put it under a picture: it is shown here.",
    )
    BESIDE = (
        "Page {pages} has text beside the part of it that is shown, as where it was cropped: it is shown here.",
        "Pages {pages} have text beside the part of them that is shown, as where they were cropped: it is shown here.",
    )
    UNNAMED = (
        "Page {pages} has signs that the file gives no letter for: {count}.",
        "Pages {pages} have signs that the file gives no letter for: {count}.",
    )
    DRAWN = (
        "Page {pages} has drawings, handwriting or pictures of stamps laid over it that are not shown: {count}.",
        "Pages {pages} have drawings, handwriting or pictures of stamps laid over them that are not shown: {count}.",
    )
    PLAYED = (
        "Page {pages} has recordings, films or models in it that are not shown: {count}.",
        "Pages {pages} have recordings, films or models in them that are not shown: {count}.",
    )


@dataclass(slots=True)
class PageNotes:
    """The notes about pages as they are gathered."""

    _found: dict[PageNote, dict[int, int]] = field(default_factory=dict)

    def add(self, note: PageNote, page: int, count: int = 1) -> None:
        """This is to be said of `page`, from 1; of nothing, when there are none of the thing."""
        if count:
            self._found.setdefault(note, {})[page] = count

    def sentences(self) -> Iterator[str]:
        """One for each thing to say."""
        for note in PageNote:
            if pages := self._found.get(note):
                one, several = note.value
                form = one if len(pages) == 1 else several
                yield form.format(pages=_said(sorted(pages)), count=f"{sum(pages.values()):,}")


def _said(pages: Sequence[int]) -> str:
    """`2`, `2 and 4`, `2, 4 to 9 and 12`."""
    numbered = groupby(enumerate(pages), key=lambda found: found[1] - found[0])
    runs = [[page for _, page in run] for _, run in numbered]
    said: list[str] = []
    for run in runs:
        said.extend([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))
    if len(said) > _MOST_RUNS:
        said = [*said[:_MOST_RUNS], f"more ({len(pages):,} in all)"]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]
