"""The lines of what is kept: a learner each, what of theirs may go from which day on, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markterm.domain.record.bodies.retaining import What
from markterm.domain.views.kept_of import KeptOf
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.local_time import date_told
from markterm.tui.widgets.line_list import LineList, Piece, fit

_LEARNER, _NAME, _WIDE_NAME, _UNTIL, _WIDE = 11, 18, 30, 12, 110


class KeptList(LineList):
    """A line for each learner."""

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self._every: Sequence[KeptOf] = ()
        self._today = date.today()

    def show(self, every: Sequence[KeptOf], today: date) -> None:
        """Show these, with the cursor on the learner that it was on."""
        before = self.chosen
        self._every, self._today = every, today
        self.lines_changed()
        if before is not None:
            at = (n for n, each in enumerate(every) if each.registration == before.registration)
            self.move_to(next(at, self.cursor))

    @property
    def chosen(self) -> KeptOf | None:
        """The learner under the cursor."""
        return self._every[self.cursor] if self.cursor < len(self._every) else None

    @staticmethod
    def header(width: int) -> str:
        """What the columns are."""
        name = _name(width)
        return f"  {fit('Learner', _LEARNER + name)}{fit('Evidence', _UNTIL)}{fit('Record', _UNTIL)}What keeps it"

    def line_count(self) -> int:
        return len(self._every)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each, name = self._every[index], _name(width)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(self._blindfold.known_as(each.registration), _LEARNER - 1) + " ", ""
        is_hidden = bool(self._blindfold.alias(each.registration))
        yield fit("" if is_hidden else one_line(each.name), name - 1) + " ", "sign--quiet"
        for what in What:
            words, style = _until(each, what, self._today)
            yield fit(words, _UNTIL - 1) + " ", style
        words, style = self._in_the_way(each)
        yield fit(one_line(words), max(width - 2 - _LEARNER - name - 2 * _UNTIL, 0)), style

    def _in_the_way(self, each: KeptOf) -> tuple[str, str]:
        if each.coming:
            coming = each.coming[-1]
            is_begun = coming.is_begun
            words = "! begun, not done" if is_begun else f"▸ meant by {coming.first.actor}"
            return words, "sign--refer" if is_begun else "sign--heading"
        ways = [each.problem, *each.kept.open, *each.kept.unknown]
        told = "; ".join(self._blindfold.told_of(each.registration, way) for way in ways if way)
        return told, "sign--open"


def _name(width: int) -> int:
    return _NAME if width < _WIDE else _WIDE_NAME


def _until(each: KeptOf, what: What, today: date) -> tuple[str, str]:
    """Until when that is kept, in a word; `kept` in red is what is only held by what is open."""
    if what is What.EVIDENCE and each.evidence_destroyed is not None:
        return "destroyed", "sign--quiet"
    if each.may_go(what, today):
        return "✓ may go", "sign--pass"
    since = each.kept.since(what)
    if since is None or each.problem:
        return "kept", "sign--open"
    return ("kept", "sign--refer") if since <= today else (date_told(since), "")
