"""What is looked at in a standardisation, to be read by members who are not to know whose it is or what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import SystemRandom
from typing import NamedTuple

from markterm.centre.caseload import Caseload
from markterm.centre.evidence import Evidence
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners import Learners
from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.record.bodies.standardising import Exhibit, Standardised
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.standardisation import Standardisation
from markterm.domain.views.blind import Blind, Disguise
from markterm.domain.views.covering import Covering
from markterm.domain.words.errors import MarkTermError
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile, EvidenceKind


@dataclass(frozen=True, slots=True)
class Material:
    """A text of an exhibit, by its place from 1 on, and what it is; names of learners are covered in both.

    `criterion` is said where it is what that criterion asks. `is_markdown` says how it is meant to be read.
    """

    exhibit: int
    heading: str
    text: str
    criterion: str = ""
    is_markdown: bool = False


class _Text(NamedTuple):
    heading: str
    text: str
    criterion: str = ""
    is_markdown: bool = False


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
                for each in self._texts(exhibit, shown):
                    heading, text = covering.covered(each.heading), covering.covered(each.text)
                    yield Material(place, heading, text, each.criterion, each.is_markdown)
            except MarkTermError as error:
                yield Material(place, f"! {error.title}", error.what)

    def _texts(self, exhibit: Exhibit, shown: LearnerPortfolio) -> Iterator[_Text]:
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
                yield _Text(f"{number}, decided as {decision.state}", decision.note)
        if exhibit.of is Standardised.VERIFICATION:
            yield from _answers(exhibit, record)

    def _evidence_of(self, exhibit: Exhibit) -> Iterator[_Text]:
        files = self._evidence.listed(exhibit.learner).files
        if not exhibit.file:
            for file in files:
                yield self._read(file, "")
            return
        file = self._evidence.named(exhibit.learner, exhibit.file)
        if exhibit.sha256 and fingerprint(file) != exhibit.sha256:
            yield _Text("! changed", "The file is another one than was chosen.")
        yield self._read(file, exhibit.place)

    def _read(self, file: EvidenceFile, place: str) -> _Text:
        """The text of a file, or of those lines of it; of one that cannot be read why."""
        where = f"{file.name}, {place}" if place else file.name
        try:
            document = self._evidence.read(file)
        except MarkTermError as error:
            return _Text(f"! {where}", f"{error.title}. {error.what}")
        lines = document.source.rstrip("\n").split("\n")
        first, last = _lines(place) or (1, len(lines))
        return _Text(where, "\n".join(lines[first - 1 : last]), is_markdown=document.kind is not EvidenceKind.TEXT)


def _asked(exhibit: Exhibit, unit: Unit) -> Iterator[_Text]:
    for number in exhibit.criteria:
        criterion = unit.criterion(number)
        told = [criterion.text, *(f"{grade}: {text}" for grade, text in _described(criterion))] if criterion else []
        yield _Text(f"{exhibit.unit} {number}", "\n".join(told), number)


def _described(criterion: Criterion) -> Iterator[tuple[str, str]]:
    for each in criterion.descriptors:
        yield each.standing.value, each.text


def _answers(exhibit: Exhibit, record: UnitRecord) -> Iterator[_Text]:
    for verification in record.after.verifications:
        if verification.uid in exhibit.rests_on:
            answers = [each for each in verification.answers if each.criterion in exhibit.criteria]
            for each in answers:
                yield _Text(f"{each.criterion}, {_said(agrees=each.agrees)}", each.reason)
            if not answers:
                yield _Text(f"the unit, {_said(agrees=verification.agrees)}", verification.reason)


def _said(*, agrees: bool) -> str:
    return f"{'agreed' if agrees else 'not agreed'} by the verifier"


def _lines(place: str) -> tuple[int, int] | None:
    """The lines, from 1, that a place names; None where it names none."""
    _, _, numbers = place.partition(" ")
    first, _, last = numbers.partition("-")
    return (int(first), int(last or first)) if first.isdigit() and (last or first).isdigit() else None
