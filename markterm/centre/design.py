"""Help in designing an integrated assignment: what to propose for units of a centre, and the draft's sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markterm.centre.sheets import CentreSheets
from markterm.centre.stems import english_stems
from markterm.domain.assessed.unit import Unit
from markterm.domain.views.integration import Proposal, propose
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.sheets.assignment_writer import ASSIGNMENT_WRITER
from markterm.sheets.unit_library import UnitLibrary

_DRAFT, _TITLE = "IA-DRAFT", "Draft of an integrated assignment"


class Design:
    """Proposes integrated assignments of the units in `sheets`, and drafts their sheets."""

    def __init__(self, sheets: CentreSheets) -> None:
        self._sheets = sheets

    def propose(self, units: Sequence[str]) -> Proposal:
        """A proposal for those units, given by code or its end. Raises as `propose_for`."""
        return propose_for(self._sheets.units, units)

    def draft(self, proposal: Proposal, code: str = "", title: str = "") -> str:
        """The sheet of a proposal's draft as Markdown. Raises `WrongUse`."""
        return draft_sheet(proposal, self._sheets.assignments.by_code, code, title)


def propose_for(library: UnitLibrary, named: Sequence[str]) -> Proposal:
    """The proposal for the units of those codes, or whose codes end so (`501`), each in its newest version.

    Raises `WrongUse` for a code that means no unit or several and for fewer than two units; `Refused` for a unit whose
    sheet has errors or marks.
    """
    codes = dict.fromkeys(_unit(library, text).code for text in named)
    return propose([library.units[code] for code in codes], english_stems())


def draft_sheet(proposal: Proposal, taken: Iterable[str], code: str = "", title: str = "") -> str:
    """The Markdown of the proposal's draft; it passes the check.

    Without a `code` it has one that is not among `taken`. Raises `WrongUse` for a code that is, and for a proposal that
    is too large for a sheet.
    """
    codes = frozenset(taken)
    if code in codes:
        raise WrongUse(
            "There is an assignment of this code",
            f"{one_line(code)} is an assignment of this centre already.",
            "Give the draft another code.",
        )
    return ASSIGNMENT_WRITER.render(proposal.draft(code or _free_code(proposal, codes), title or _TITLE))


def _unit(library: UnitLibrary, text: str) -> Unit:
    found = library.named(text)
    if found.key in library.unfit:
        raise Refused(
            "The mark sheet has errors",
            f"Nothing is proposed for {one_line(found.code)} while its mark sheet cannot be relied on.",
            "Have the sheet checked and mended.",
            hint=Hint(Way.CHECK_SHEETS),
        )
    return found


def _free_code(proposal: Proposal, taken: frozenset[str]) -> str:
    suites = {unit.code.rpartition("-")[0] for unit in proposal.units}
    code = "-".join(filter(None, (suites.pop() if len(suites) == 1 else "", _DRAFT)))
    free, number = code, 1
    while free in taken:
        number += 1
        free = f"{code}-{number}"
    return free
