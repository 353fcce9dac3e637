"""The drafts of the learner who is open: what was begun and left is shown where it belongs, until it is recorded or
thrown away."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.centre.drafts import OF_A_UNIT, DraftKind, MarkingDrafts
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.unit import UnitKey
from markterm.tui.criterion_place import CriterionPlace

Where = tuple[UnitKey, str]
"""A unit and the number of a criterion; an empty number stands for the unit as a whole."""
Texts = Mapping[Where, Mapping[DraftKind, str]]


def read_drafts(begun: MarkingDrafts, shown: LearnerPortfolio) -> Texts:
    """Every draft of that learner, read from the disk."""
    registration = shown.learner.registration
    return {
        (key, number): {
            kind: begun.get(kind, registration, key, number) for kind in begun.begun(registration, key, number)
        }
        for key, number in begun.begun_of(registration, shown.units, shown.assignments)
    }


class ShownDrafts:
    """The drafts of one learner, each as it is on the disk: they are read when the learner is opened and not at a key
    that shows them."""

    def __init__(self, begun: MarkingDrafts) -> None:
        self._begun = begun
        self._registration = ""
        self._texts: dict[Where, dict[DraftKind, str]] = {}
        self.drafted: frozenset[Where] = frozenset()
        """The criteria and tasks that have drafts, and with an empty number the units that have."""

    def open(self, registration: str, texts: Texts) -> None:
        """Show these, of that learner, from now on."""
        self._registration = registration
        self._texts = {where: dict(kinds) for where, kinds in texts.items()}
        self.drafted = frozenset(self._texts)

    def begun(self, place: CriterionPlace) -> tuple[tuple[DraftKind, str], ...]:
        """What was begun of that criterion and of its unit, each with its text."""
        return (*self.begun_of_criterion(place), *self._at((place.unit.key, "")))

    def begun_of_criterion(self, place: CriterionPlace) -> tuple[tuple[DraftKind, str], ...]:
        """What was begun of that criterion, each with its text."""
        return self._at((place.unit.key, place.criterion.number))

    def get(self, kind: DraftKind, place: CriterionPlace) -> str:
        """The text that was begun as that; empty when none was."""
        return self._texts.get(_where(kind, place), {}).get(kind, "")

    def kept_note(self, place: CriterionPlace) -> str:
        """The note that was written ahead of the decision on that criterion."""
        return self.get(DraftKind.KEPT, place)

    def keep(self, text: str, kind: DraftKind, place: CriterionPlace) -> bool:
        """Keep a text, or forget an empty one; whether it is on the disk, or else here alone."""
        where = _where(kind, place)
        is_kept = self._begun.keep(text, kind, self._registration, *where)
        kinds = self._texts.setdefault(where, {})
        if text:
            kinds[kind] = text
        else:
            kinds.pop(kind, None)
        if not kinds:
            del self._texts[where]
        if (where in self._texts) is not (where in self.drafted):
            self.drafted ^= {where}
        return is_kept

    def forget(self, place: CriterionPlace, *kinds: DraftKind) -> None:
        """Forget what was recorded, or thrown away."""
        for kind in kinds:
            if self.get(kind, place):
                self.keep("", kind, place)

    def _at(self, where: Where) -> tuple[tuple[DraftKind, str], ...]:
        kinds = self._texts.get(where, {})
        return tuple((kind, kinds[kind]) for kind in DraftKind if kinds.get(kind))


def _where(kind: DraftKind, place: CriterionPlace) -> Where:
    return place.unit.key, "" if kind in OF_A_UNIT else place.criterion.number
