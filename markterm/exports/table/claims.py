"""The list of claims as a table, with the columns that the centre's file names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from markterm.domain.assessed.learner import Learner
from markterm.domain.claims.claimable import Claimable
from markterm.domain.record.centre_details import CentreDetails
from markterm.exports.table.model import Cell, Column, Row, Table

_WIDE = 28
_COLUMNS = {
    "Registration": "registration",
    "Name": "name",
    "Legal name": "legal_name",
    "Date of birth": "born",
    "ULN": "uln",
    "Registered": "registered",
    "Qualification": "qualification",
    "Title": "qualification_title",
    "QAN": "qan",
    "Unit": "unit",
    "Credits": "credits",
    "Achieved": "achieved",
    "Status": "status",
    "Blocked by": "blocked_by",
}
"""Where the centre's file names none."""
_WIDE_ONES = frozenset({"name", "legal_name", "email", "qualification_title", "unit_title", "blocked_by", "status"})


class ClaimRow(NamedTuple):
    """What is claimed, for whom, with the titles and the accreditation numbers of qualifications by their codes."""

    learner: Learner
    claimable: Claimable
    titles: Mapping[str, str]
    numbers: Mapping[str, str]

    @property
    def qualification(self) -> str:
        """The code of the qualification that it is, or that it is a unit of; empty for a unit of none or of several."""
        codes = self.claimable.qualifications
        return codes[0] if len(codes) == 1 else ""


def claims_table(details: CentreDetails, rows: Sequence[ClaimRow]) -> Table:
    """The rows under the headings that the centre chose, or under the usual ones, with the grade if one has any."""
    graded = {"Grade": "grade"} if any(row.claimable.grade is not None for row in rows) else {}
    columns = details.claiming.columns or {**_COLUMNS, **graded}
    what = tuple(columns.values())

    def made() -> Iterable[Row]:
        return ([_CELLS[each](details, row) for each in what] for row in rows)

    heads = tuple(Column(heading, _WIDE if of in _WIDE_ONES else 14) for heading, of in columns.items())
    return Table("claims", "Claims", heads, made, frozen=1, sparse=True)


def _organisation(details: CentreDetails, row: ClaimRow) -> str:
    return details.claiming.standing(row.qualification).organisation or details.awarding_organisation


def _funded(_: CentreDetails, row: ClaimRow) -> Cell:
    return None if row.learner.funded is None else "yes" if row.learner.funded else "no"


def _blocked(_: CentreDetails, row: ClaimRow) -> Cell:
    return ", ".join(dict.fromkeys(each.code.value for each in row.claimable.blocks)) or None


_CELLS: Mapping[str, Callable[[CentreDetails, ClaimRow], Cell]] = {
    "registration": lambda _, row: row.learner.registration,
    "name": lambda _, row: row.learner.name,
    "legal_name": lambda _, row: row.learner.legal_name or None,
    "born": lambda _, row: row.learner.born,
    "uln": lambda _, row: row.learner.uln or None,
    "email": lambda _, row: row.learner.email or None,
    "funded": _funded,
    "registered": lambda _, row: row.learner.registered_on(row.claimable.qualifications),
    "expires": lambda _, row: row.learner.expires_on(row.claimable.qualifications),
    "site": lambda _, row: row.learner.site or None,
    "qualification": lambda _, row: row.qualification or None,
    "qualification_title": lambda _, row: row.titles.get(row.qualification),
    "qan": lambda _, row: row.numbers.get(row.qualification) or None,
    "unit": lambda _, row: row.claimable.code if row.claimable.unit is not None else None,
    "unit_title": lambda _, row: row.claimable.title if row.claimable.unit is not None else None,
    "credits": lambda _, row: row.claimable.credits,
    "achieved": lambda _, row: row.claimable.achieved,
    "grade": lambda _, row: row.claimable.grade.value if row.claimable.grade is not None else None,
    "centre_number": lambda details, _: details.number,
    "centre_name": lambda details, _: details.name,
    "organisation": lambda details, row: _organisation(details, row) or None,
    "status": lambda _, row: "; ".join((row.claimable.in_words, *row.claimable.changed)),
    "blocked_by": _blocked,
}
