"""What a sheet says, and the frame in which every kind of sheet is read: its front matter, that it is of the kind that
it should be, which one it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.codes import found, in_order, short
from markterm.sheets.front_matter import Fields, FrontMatter, read_front_matter, tabs, unseen_characters
from markterm.sheets.kinds import SheetKind
from markterm.sheets.reading import SheetReading
from markterm.sheets.text_file import normalised

Sheet = TypeVar("Sheet")


class OpenedSheet:
    """A sheet whose front matter could be read, while the rest of it is."""

    def __init__(
        self,
        kind: SheetKind[Any],
        front: FrontMatter,
        keys: Iterable[str],
        file: Path | None,
        faults: Iterable[Finding],
    ) -> None:
        self.front, self.file = front, file
        self.fields = Fields(front, frozenset(("kind", kind.known_by, *keys)), file)
        self._faults = list(faults)
        self._kind = kind
        self._said = self.fields.text("kind", needed=True)
        self.name = self.fields.text(kind.known_by, needed=True)
        """What it is known by: its code, id or registration."""

    @property
    def is_other(self) -> bool:
        """Whether it says that it is of another kind."""
        return bool(self._said.strip()) and self._said != self._kind.name

    @property
    def says_which(self) -> bool:
        """Whether it is of this kind, and says which one it is."""
        return not self.is_other and bool(self.name.strip())

    def line_of(self, key: str) -> int:
        """The line of a key of the front matter; the first where it has none."""
        return self.front.lines.get(key, (1, 1))[0]

    def findings(self, *more: Iterable[Finding]) -> tuple[Finding, ...]:
        """What is wrong with it, with what was found in the rest of it, by line."""
        every = [*self._faults, *self.fields.findings]
        if self.is_other:
            kind = f"write `kind: {self._kind.name}`, if this is {self._kind.is_a}."
            message = f"The kind is `{one_line(self._said)}`: {kind}"
            every.append(found("MS011", message, self.file, self.line_of("kind")))
        for each in more:
            every += each
        return in_order(every)


def open_sheet(
    kind: SheetKind[Any], text: str, file: Path | None, keys: Iterable[str], *, with_tabs: bool = False
) -> OpenedSheet | tuple[Finding, ...]:
    """The sheet in `text`, whose front matter has the keys `keys` beside those of every sheet; the findings that say
    why, where it has no front matter. `with_tabs` says that a tab in the text does no harm."""
    plain = normalised(text)
    front, faults = read_front_matter(plain, file)
    faults = [*unseen_characters(plain, file), *faults]
    if front is None or not with_tabs:
        faults += tabs(plain, file)
    return in_order(faults) if front is None else OpenedSheet(kind, front, keys, file, faults)


def second(kind: SheetKind[Any], reading: SheetReading[Any], file: Path, first: Path) -> Finding:
    """The finding that `file` says it is the sheet that `first` is already."""
    name = short(str(key_of(kind, reading.sheet)))
    message = f"{name} is also in {first.name}: give this one its own {kind.unique}, or delete it."
    return found("MS011", message, file, reading.places["front", kind.known_by][0])


def key_of(kind: SheetKind[Any], sheet: Any) -> Any:
    """What of a sheet is found once in a folder: its code, and where several may have that, its version as well."""
    return sheet.code if kind.unique == "code" else sheet.key
