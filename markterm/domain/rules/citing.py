"""Citing passages for a criterion, and taking citations back."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.criterion import Cited, Withdrawn
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, assessor, entry
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.rules.marking import fitting, on_sheet, open_unit, with_sheet
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


def cite(act: Act, unit: Unit, portfolio: Portfolio, number: str, passage: Passage) -> Event:
    """The citation of a passage for a criterion, before it is decided or after.

    Raises `Refused` when the same words are cited for it already, the unit is closed, the criterion was decided on
    another wording, or the member may not mark it.
    """
    member = assessor(act, unit)
    criterion = criterion_of(with_sheet(unit), number)
    record = open_unit(act.learner, unit, portfolio)
    fitting(unit, record, number)
    if any(citation.passage.is_same(passage) for citation in record.criterion(number).citations):
        raise Refused(
            "Cited already",
            f"{unit.code} {number} cites {passage.file}, {passage.locator}.",
            "Take the citation back if it is not wanted.",
        )
    said = Cited(passage, record.attempt, criterion.text)
    return entry(act, member, Kind.CITED, Subject(unit.key, number), said)


def take_back(act: Act, unit: Unit, portfolio: Portfolio, number: str, passage: Passage) -> Event:
    """The withdrawal of the citations of these words for a criterion; they stay in the record.

    Raises `Refused` when the criterion does not cite them or is no longer on the sheet, the unit is closed, or the
    member may not mark it.
    """
    cited = portfolio.unit(unit.key).criterion(number).citations
    uids = tuple(each.uid for each in cited if each.passage.is_same(passage))
    if not uids:
        assessor(act, unit)
        on_sheet(unit, number)
        open_unit(act.learner, unit, portfolio)
        raise _not_cited(unit, number, f"{passage.file}, {passage.locator}")
    return take_back_citations(act, unit, portfolio, number, uids)


def take_back_citations(
    act: Act, unit: Unit, portfolio: Portfolio, number: str, uids: Sequence[str], reason: str = ""
) -> Event:
    """The withdrawal of these citations of a criterion, whatever became of the files that they are from; a `reason` may
    be given.

    Raises `Refused` when one of them does not stand, the criterion is no longer on the sheet, the unit is closed, or
    the member may not mark it.
    """
    member = assessor(act, unit)
    on_sheet(unit, number)
    record = open_unit(act.learner, unit, portfolio)
    standing = {each.uid for each in record.criterion(number).citations}
    if not uids or not standing.issuperset(uids):
        raise _not_cited(unit, number, "that passage any more")
    said = Withdrawn(f"citation taken back{f': {reason}' if reason.strip() else ''}")
    return entry(act, member, Kind.WITHDRAWN, Subject(unit.key, number), said, tuple(uids))


def _not_cited(unit: Unit, number: str, what: str) -> Refused:
    return Refused(
        "Not cited",
        f"{unit.code} {number} does not cite {what}.",
        "Cite the passage first.",
        hint=Hint(Way.LIST_CITED),
    )
