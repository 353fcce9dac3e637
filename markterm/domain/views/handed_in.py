"""Which of a learner's files are handed in for a unit, and as which attempt; which the record rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markterm.domain.record.carrying import NOTHING_CARRIED, Placing
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.accounts_folder import is_of_another_unit
from markterm.domain.words.code import is_code
from markterm.domain.words.file_label import file_label


def handed_in(
    files: Mapping[str, str], code: str, placing: Placing = NOTHING_CARRIED
) -> tuple[dict[str, str], int | None]:
    """The files that are handed in for the unit of that code, and the attempt that their names give, if they do;
    `placing` says which units go on in it: what was kept of those is its own.

    `files` are SHA-256 by name. A file whose name gives another unit is not among them, nor an account that
    covers another one alone; the attempt is the latest that
    a name gives.
    """
    codes = {code, *(each.code for each in placing.units if placing.unit(each).code == code)}
    chosen: dict[str, str] = {}
    attempts = []
    for name, sha256 in files.items():
        label = file_label(name)
        if label is not None and not is_code(label.unit, code):
            continue
        if is_of_another_unit(name, codes):
            continue
        chosen[name] = sha256
        if label is not None and label.attempt is not None:
            attempts.append(label.attempt)
    return chosen, max(attempts, default=None)


def fixed_names(portfolio: Portfolio) -> Iterator[str]:
    """The names of the files that were submitted for any unit at any attempt, fixed by hash."""
    for unit in portfolio.units.values():
        for submission in unit.submissions:
            yield from submission.files


def cited_names(portfolio: Portfolio) -> Iterator[str]:
    """The names of the files that a citation that stands is from."""
    for unit in portfolio.units.values():
        for criterion in unit.criteria.values():
            yield from (citation.passage.file for citation in criterion.citations)
