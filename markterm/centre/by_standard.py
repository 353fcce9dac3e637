"""Learners beside the standards that their units are mapped to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from markterm.centre.export.standing import AsItStands
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.mapping import mapped_in
from markterm.domain.assessed.standard import Standard
from markterm.domain.assessed.suite import Suite
from markterm.domain.standards.evidenced import UnitMarked, evidenced
from markterm.domain.standards.portfolio_index import PortfolioIndex
from markterm.domain.standards.to_know import evidenced_in, named
from markterm.domain.standards.unlisted import of_suite
from markterm.domain.standards.wanted import newer_of
from markterm.domain.standards.which_standard import spelt_alike
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.records.kept_heads import Heads


@dataclass(frozen=True, slots=True)
class IndexOfLearner:
    """A learner's portfolio by standards, `name` as whoever asked called these, with the heads of what was read."""

    shown: LearnerPortfolio
    name: str
    index: PortfolioIndex
    heads: Heads


class LearnersByStandard:
    """The learners of a centre beside its standards, as its mappings put units beside them."""

    def __init__(self, sheets: CentreSheets, standing: AsItStands) -> None:
        self._sheets = sheets
        self._standing = standing

    def index(self, registration: str, name: str, version: str = "") -> IndexOfLearner:
        """The learner's portfolio by the standard of that code, or by every standard of the suite of that code.

        Without a version a standard is meant in the one that the learner is marked on, or else in the newest that is in
        force. Raises `WrongUse` for one that the centre has not, `Unreadable` and `NotNow`.
        """
        shown, heads = self._standing.of(registration)
        return IndexOfLearner(shown, name, self.of_portfolio(shown, name, version), heads)

    def of_portfolio(self, shown: LearnerPortfolio, name: str, version: str = "") -> PortfolioIndex:
        """The same of a portfolio that was read already. Raises `WrongUse`."""
        begun = begun_versions(shown)
        found, suite = self._meant(name, version, begun)
        codes, standards = tuple(found), tuple(each for each in found.values() if each is not None)
        known, mappings = self._sheets.standards, self._sheets.mappings
        cases = [case for case in shown.portfolio.cases if case.holds]
        units = [
            UnitMarked(unit, shown.portfolio.unit(unit.key), any(case.concerns(unit.key) for case in cases))
            for unit in shown.units
        ]
        others = [each for code in codes for each in known.versions(code) if each not in standards]
        every = evidenced(units, mappings, (*standards, *others), known)
        asked = {each.key for each in standards}
        elsewhere = evidenced_in(each for each in every if each.standard.key not in asked)
        return PortfolioIndex(
            standards,
            tuple(each for each in every if each.standard.key in asked),
            tuple((each, elsewhere[each.key]) for each in others if each.key in elsewhere),
            tuple(code for code, each in found.items() if each is None),
            shown.missing_units,
            (
                *(of_suite(suite, self._sheets.standards) if suite is not None else ()),
                *uncounted(shown, self._sheets, codes),
                *(each.told for each in newer_of(asked, known)),
            ),
        )

    def usual(self, registration: str) -> str:
        """By what somebody looks at that learner who does not say: the standard that they are marked on, or else that
        which most of their criteria are mapped to, as a suite where it belongs to one. Empty where there is no
        standard. Raises `Unreadable` and `NotNow`."""
        shown, _ = self._standing.of(registration)
        own = next((unit.code for unit in shown.units if unit.is_standard), "")
        if own:
            return own
        known, mappings = self._sheets.standards, self._sheets.mappings
        pairs = (each for unit in shown.units for each in mapped_in(unit, mappings, known))
        found = (known.named(each.link) for each in pairs if each.strength.covers)
        most = Counter(each.standard.suite or each.standard.code for each in found if each is not None).most_common(1)
        return most[0][0] if most else next(iter(self.names()), "")

    def titles(self) -> Mapping[str, str]:
        """What an index can be asked for, by its code: the titles of standards and of suites."""
        suites = {code: suite.title for code, suite in self._sheets.suites.by_code.items()}
        return suites | {each.code: each.title for each in self._sheets.standards.standards}

    def names(self) -> tuple[str, ...]:
        """The codes that an index can be asked for: of standards, and of suites that have any."""
        return tuple(self.titles())

    def _meant(
        self, name: str, version: str, begun: Mapping[str, str]
    ) -> tuple[Mapping[str, Standard | None], Suite | None]:
        """The standards that a name means by their codes, None for one that has no sheet, and the suite where it means
        one. Raises `WrongUse`."""
        known, which = self._sheets.standards, self._sheets.which_standard
        saying = dict.fromkeys(each.code for each in known.standards if spelt_alike(each.suite, name))
        listed = any(spelt_alike(code, name) for code in self.titles())
        meant = None if saying and not listed else which.target(name, begun=begun)
        if isinstance(meant, Standard):
            return {meant.code: which.standard(meant.code, version) if version else meant}, None
        if version:
            what = f"{one_line(name)} is a suite, and each of its standards has versions of its own."
            raise WrongUse("Which version?", what, "Name one standard with its version, or the suite without one.")
        found = {code: known.usual(code, begun) for code in (saying if meant is None else meant.codes)}
        if not any(found.values()):
            what = f"The centre has no sheet of a standard that {one_line(name)} lists."
            raise WrongUse("No such standard", what, "Take its standards in first.")
        return found, meant


def begun_versions(shown: LearnerPortfolio) -> Mapping[str, str]:
    """The standards that the learner is marked on as on units, by their codes, each in the version that they began."""
    return {unit.code: unit.version for unit in shown.units if unit.is_standard}


def uncounted(shown: LearnerPortfolio, sheets: CentreSheets, codes: Collection[str]) -> Iterator[str]:
    """What of the learner's units says nothing beside the standards of those codes, or may say too little, in whole
    sentences: a sheet has errors or is not there, what is mapped is not there, or the evidence was destroyed."""
    known = sheets.standards
    if (destroyed := shown.portfolio.evidence_destroyed) is not None:
        yield f"The learner's evidence was {destroyed.words}: what was decided on it stands."
    for unit in shown.units:
        if unit.is_standard:
            continue
        if any(key.code == unit.code and key.version in ("", unit.version) for key in sheets.unfit_mappings):
            yield f"The mapping of {unit.code} has errors: nothing in it is counted."
        if unit.faulty:
            yield f"The mark sheet of {unit.code} has errors: a criterion may be missing."
        gone = [
            f"{each.criterion} to {each.link}"
            for each in mapped_in(unit, sheets.mappings, known)
            if each.strength.covers and known.named(each.link) is None
            if each.link.standard in codes or not known.versions(each.link.standard)
        ]
        if gone:
            yield f"{unit.code} is mapped to what the centre does not have, which evidences nothing: {named(gone)}."
