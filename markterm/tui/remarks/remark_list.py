"""Remarks, one a line, and the whole of one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content

from markterm.domain.remarks.remark import Remark, RemarkState
from markterm.domain.words.counted import first_of
from markterm.domain.words.foreign_text import clean, one_line
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.text_pane import TextPane

_SIGNS = {
    RemarkState.USUAL: ("  ", ""),
    RemarkState.PINNED: ("★ ", "sign--heading"),
    RemarkState.RETIRED: ("– ", "sign--quiet"),
}
_MOST_OF_LINE = 500
_MOST_NAMED = 6
_GUESSED = "No note on this learner has a pronoun: their name and “they” stand in its place."


class RemarkList(LineList, can_focus=False):
    """One line a remark, worked out when it comes into sight. The keys belong to the field above.

    `text_of` gives the beginning of a remark, so many characters of it, as it would be taken.
    """

    def __init__(self, text_of: Callable[[Remark, int], str]) -> None:
        super().__init__()
        self._text_of = text_of
        self._remarks: Sequence[Remark] = ()

    def show(self, remarks: Sequence[Remark], at: Remark | None) -> None:
        """Show these, with the cursor on `at` if it is among them, where it was if it is not, on the first if None."""
        self._remarks = remarks
        ids = [] if at is None else [each.id for each in remarks]
        self.move_to(0 if at is None else ids.index(at.id) if at.id in ids else self.cursor)
        self.lines_changed()

    def chosen(self) -> Remark | None:
        """The remark under the cursor."""
        return self._remarks[self.cursor] if self.cursor < len(self._remarks) else None

    def line_count(self) -> int:
        """As many as there are remarks."""
        return len(self._remarks)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """Whether it is pinned or retired, how it begins, and how often it was used."""
        remark = self._remarks[index]
        used = f"  {len(remark.uses)}×" if remark.uses else ""
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield _SIGNS[remark.state]
        text = one_line(self._text_of(remark, _MOST_OF_LINE))
        yield (
            fit(text, max(width - 4 - cell_len(used), 0)),
            "" if remark.state is not RemarkState.RETIRED else "sign--quiet",
        )
        yield used, "sign--quiet"


class RemarkPreview(TextPane, can_focus=False):
    """The whole of a remark as it would be taken, and where it was used; `known_as` names a learner by registration."""

    MOST = 3000
    """So many characters at most: nobody reads more of a remark before taking it."""

    def __init__(self, known_as: Callable[[str], str]) -> None:
        super().__init__()
        self._known_as = known_as
        self._content = Content()

    def show(
        self, remark: Remark | None, text: str, to_look_at: Sequence[str] = (), *, is_guessed: bool = False
    ) -> None:
        """Show this remark, with its places filled in `text`, and what is `to_look_at` in it; `is_guessed` when nobody
        knows the learner's pronouns."""
        self._content = Content()
        if remark is not None:
            guessed = "".join(f"\n{each}" for each in (*to_look_at, *((_GUESSED,) if is_guessed else ())))
            uses = f"\n{_uses(remark, self._known_as)}"
            self._content = Content.assemble(
                clean(text).text, Content.styled(guessed, "$warning"), Content.styled(uses, "$quiet")
            )
        self.changed()

    def content(self, width: int) -> Content:  # noqa: ARG002  # it breaks by itself
        """The text."""
        return self._content


def _uses(remark: Remark, known_as: Callable[[str], str]) -> str:
    """How often a remark was used, for whom, and on what."""
    if not remark.uses:
        return "Pinned; none of the notes that are here says so."
    results = ", ".join(f"{state} {count}" for state, count in remark.decided.items())
    learners = [known_as(each) for each in remark.learners]
    criteria = [f"{each.unit.code} {each.number}" for each in remark.criteria]
    times = f"{len(remark.uses)} time{'s' if len(remark.uses) != 1 else ''}"
    who = f"{len(learners)} learner{'s' if len(learners) != 1 else ''}"
    return one_line(f"Used {times} ({results}) for {who}: {_some(learners)} · on {_some(criteria)}")


def _some(names: Sequence[str]) -> str:
    return first_of(names, _MOST_NAMED)
