"""What is looked at in a standardisation, to be read by members who are not to know whose it is or what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import SystemRandom

from markterm.centre.caseload import Caseload
from markterm.centre.evidence import Evidence
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners import Learners
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.bodies.standardising import Exhibit, Standardised
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.standardisation import Standardisation
from markterm.domain.views.blind import Blind, Disguise
from markterm.domain.views.covering import Covering
from markterm.domain.words.errors import MarkTermError
from markterm.evidence.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Material:
    """A text of an exhibit, by its place from 1 on, and what it is; names of learners are covered in both."""

    exhibit: int
    heading: str
    text: str


class Exhibits:
    """Reads the exhibits of standardisations: evidence without decisions, notes, and what a verifier answered."""

    def __init__(self, learners: Learners, caseload: Caseload, evidence: Evidence) -> None:
        self._learners = learners
        self._caseload = caseload
        self._evidence = evidence

    def read(self, standardisation: Standardisation) -> Iterator[Material]:
        """The texts of every exhibit, in their order; one that cannot be read says why instead."""
        blind = Blind(SystemRandom())
        names = self._caseload.names_now()
        now = {earlier: row.registration for row in self._caseload.rows for earlier in row.earlier}
        for place, chosen in enumerate(standardisation.exhibits, 1):
            # The record names whom it was chosen of, and a registration may have been corrected since.
            exhibit = chosen._replace(learner=now.get(chosen.learner, chosen.learner))
            try:
                shown = self._learners.portfolio(exhibit.learner)
                learner = shown.learner
                disguise = Disguise(learner.registration, learner.name, blind.label(learner.registration))
                covering = Covering(names, blind.label, disguise)
                for heading, text in self._texts(exhibit, shown):
                    yield Material(place, covering.covered(heading), covering.covered(text))
            except MarkTermError as error:
                yield Material(place, f"! {error.title}", error.what)

    def _texts(self, exhibit: Exhibit, shown: LearnerPortfolio) -> Iterator[tuple[str, str]]:
        unit = shown.unit(exhibit.unit)
        record = shown.portfolio.unit(UnitKey(exhibit.unit, exhibit.version))
        yield from _asked(exhibit, unit)
        if exhibit.of is Standardised.DECISIONS:
            yield from self._evidence_of(exhibit)
            return
        for number in exhibit.criteria:
            marked = record.criterion(number)
            noted = [each for each in marked.live if each.uid in exhibit.rests_on]
            for decision in noted if exhibit.of is Standardised.FEEDBACK else marked.standing:
                yield f"{number}, decided as {decision.result}", decision.note
        if exhibit.of is Standardised.VERIFICATION:
            yield from _answers(exhibit, record)

    def _evidence_of(self, exhibit: Exhibit) -> Iterator[tuple[str, str]]:
        if not exhibit.file:
            files = self._evidence.listed(exhibit.learner).files
            yield "all of the evidence", "\n".join(file.name for file in files)
            return
        file = self._evidence.named(exhibit.learner, exhibit.file)
        lines = self._evidence.read(file).source.rstrip("\n").split("\n")
        if exhibit.sha256 and fingerprint(file) != exhibit.sha256:
            yield "! changed", "The file is another one than was chosen."
        first, last = _lines(exhibit.place) or (1, len(lines))
        where = f"{exhibit.file}, {exhibit.place}" if exhibit.place else exhibit.file
        yield where, "\n".join(lines[first - 1 : last])


def _asked(exhibit: Exhibit, unit: Unit) -> Iterator[tuple[str, str]]:
    for number in exhibit.criteria:
        criterion = unit.criterion(number)
        yield f"{exhibit.unit} {number}", criterion.text if criterion is not None else ""


def _answers(exhibit: Exhibit, record: UnitRecord) -> Iterator[tuple[str, str]]:
    for verification in record.after.verifications:
        if verification.uid in exhibit.rests_on:
            answers = [each for each in verification.answers if each.criterion in exhibit.criteria]
            for each in answers:
                yield f"{each.criterion}, {'agreed' if each.agrees else 'not agreed'} by the verifier", each.reason
            if not answers:
                yield (
                    f"the unit, {'agreed' if verification.agrees else 'not agreed'} by the verifier",
                    verification.reason,
                )


def _lines(place: str) -> tuple[int, int] | None:
    """The lines, from 1, that a place names; None where it names none."""
    _, _, numbers = place.partition(" ")
    first, _, last = numbers.partition("-")
    return (int(first), int(last or first)) if first.isdigit() and (last or first).isdigit() else None
