"""The criteria of a sample: what the assessor decided of each, and beside it what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rich.cells import cell_len

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import LearningOutcome, Unit
from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.words.foreign_text import one_line
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.verifying.looking import Looking
from markterm.tui.verifying.sample_now import SampleNow
from markterm.tui.widgets.criteria_list import CriteriaList, unit_name
from markterm.tui.widgets.line_list import Piece, fit


class ListedSample(Protocol):
    """A sample, as far as its list knows it."""

    assignment: Assignment | None
    own: dict[tuple[str, str], Result]
    decides_first: bool

    @property
    def now(self) -> SampleNow:
        """The unit as it stands."""

    @property
    def looking(self) -> Looking:
        """What was looked at."""

    def decision_at(self, place: CriterionPlace) -> Decision | None:
        """The decision that there is to answer to."""

    def is_hidden(self, place: CriterionPlace) -> bool:
        """Whether that decision is not shown yet."""


AGREED, NOT_AGREED, DIFFER, LOOKED, DECIDE = "✓ agreed", "✗ not agreed", "! differ", "◦ looked at", "· decide"
"""What stands beside a decision."""
_NUMBER, _RESULT = 5, 9
_OF_DECISION = 3
"""Pieces of a line: the sign of the cursor, the number, the decision. What is answered comes after them."""
_WITH_WORDS = 43


class SampleList(CriteriaList):
    """By outcome or by task. Where whoever verifies decides first, nothing of the assessor's is in it before."""

    LEAST_WIDTH = 31

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._sample: ListedSample | None = None
        self._now: SampleNow | None = None
        self._seen: tuple[bool, dict[tuple[str, str], Result]] = (False, {})
        """What tells which decisions are shown: whether the verifier decides first, and what they decided."""

    def show_sample(self, sample: ListedSample) -> None:
        """Show the criteria of that sample, with the cursor where it was: what was answered draws its own line anew."""
        before, now = self._now, sample.now
        seen, self._seen = self._seen, (sample.decides_first, dict(sample.own))
        self._sample, self._now = sample, now
        self.show(now.shown, sample.assignment)
        if (
            before is None
            or seen != self._seen
            or (before.decided, before.contradicted) != (now.decided, now.contradicted)
        ):
            self.refresh()
            return
        for index in self.in_sight:
            number = self.number_at(index)
            if number is None or before.given.get(number) != now.given.get(number):
                self.refresh_index(index)

    def answers_changed(self, before: UnitRecord, now: UnitRecord) -> bool:  # noqa: ARG002 - as it is asked
        """Only what was answered is drawn anew: by `show_sample`, which knows it."""
        return False

    def aims(self, unit: Unit, outcome: LearningOutcome) -> str:  # noqa: ARG002 - as it is asked
        """Nothing: a grade would say what is decided of criteria that are still hidden."""
        return ""

    def unit_line(self, unit: Unit, width: int) -> Iterable[Piece]:
        """The unit, and how many of its decisions are answered."""
        if self._sample is None:
            return
        now = self._sample.now
        told = f"{len(now.given)}/{now.decided} answered"
        yield unit_name(unit, max(width - len(told) - 2, 4), width), "sign--heading"
        yield told, "sign--conflict" if now.contradicted else "sign--heading"

    def criterion_line(self, place: CriterionPlace, index: int, width: int) -> Iterable[Piece]:
        """The criterion with its decision, where there is room its words, and the answer."""
        pieces = list(self._decided(place, index))
        decided, answer = pieces[:_OF_DECISION], pieces[_OF_DECISION:]
        yield from decided
        if width >= _WITH_WORDS:
            room = width - sum(cell_len(text) for text, _ in pieces) - 1
            yield f"{fit(one_line(place.criterion.text), max(room, 0))} ", "sign--quiet"
        yield from answer

    def _decided(self, place: CriterionPlace, index: int) -> Iterable[Piece]:
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(place.criterion.number, _NUMBER) + " ", ""
        sample = self._sample
        if sample is None:
            return
        if sample.is_hidden(place):
            yield fit("", _RESULT), ""
            yield (LOOKED if sample.looking.has_looked(place) else DECIDE), "sign--open"
            return
        state = sample.now.record.criterion(place.criterion.number).state
        sign = CRITERION_SIGNS[state]
        standing = f"{sign.glyph} {sign.word}"
        yield fit(standing, max(_RESULT, cell_len(standing) + 1)), sign.style
        yield from self._answer(sample, place)

    def _answer(self, sample: ListedSample, place: CriterionPlace) -> Iterable[Piece]:
        decision, given = sample.decision_at(place), sample.now.given.get(place.criterion.number, ())
        if decision is None:
            return
        if place.criterion.number in sample.now.contradicted:
            yield DIFFER, "sign--conflict"
        elif given:
            agrees = all(each.answer.agrees for each in given)
            yield (AGREED, "sign--pass") if agrees else (NOT_AGREED, "sign--refer")
        elif own := sample.own.get((place.criterion.number, decision.uid)):
            sign = CRITERION_SIGNS[decision.state_with(own)]
            yield f"own {sign.glyph} {sign.word}", "sign--conflict" if own is not decision.result else sign.style
        elif sample.looking.has_looked(place):
            yield LOOKED, "sign--quiet"
