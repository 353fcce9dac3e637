"""Completed mark sheets, of units and of assignments, and reports of verifications, as they leave the centre."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from markterm.centre.export.pages import Pages
from markterm.centre.export.standing import AsItStands
from markterm.centre.printed import PrintedSheets
from markterm.domain.record.disagreement import last_report
from markterm.domain.words.errors import WrongUse
from markterm.exports.document.model import Document
from markterm.exports.export import Export, LeftOut
from markterm.exports.file_names import FileNames
from markterm.exports.page_form import PageForm
from markterm.records.kept_heads import Heads


class SheetKind(Enum):
    """Which sheet; its value is what it is called."""

    UNIT = "mark sheet"
    ASSIGNMENT = "combined mark sheet"
    VERIFICATION = "verification report"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a learner: of a unit or an assignment, by its code."""

    registration: str
    code: str
    kind: SheetKind = SheetKind.UNIT


class SheetExports:
    """The completed mark sheets of a centre's learners."""

    def __init__(self, printed: PrintedSheets, standing: AsItStands, pages: Pages) -> None:
        self._printed = printed
        self._standing = standing
        self._pages = pages

    def of_learner(
        self, registration: str, kind: SheetKind, codes: Sequence[str] = (), form: PageForm = PageForm.PDF
    ) -> Export:
        """A learner's sheets of that kind: those of the units or assignments of these codes, or else of all of theirs.

        Of reports of verifications all are those of units of which there is one; the others are left out. Raises
        `WrongUse`, `Unreadable`, and what `of` raises.
        """
        shown, _ = self._standing.of(registration, even_with_errors=kind is SheetKind.ASSIGNMENT)
        left_out: list[LeftOut] = []
        if kind is SheetKind.ASSIGNMENT:
            named = [shown.assignment(code).code for code in codes] or [each.code for each in shown.assignments]
        elif codes or kind is SheetKind.UNIT:
            named = [shown.unit(code).code for code in codes] or [unit.code for unit in shown.units]
        else:
            reported = {unit.code: last_report(shown.portfolio.unit(unit.key)) is not None for unit in shown.units}
            named = [code for code, is_reported in reported.items() if is_reported]
            left_out = [LeftOut(code, "no verifier answered yet") for code, there in reported.items() if not there]
        if not named:
            raise WrongUse(
                f"There is no {kind.value}", f"{registration} has none that could be written.", "Name another learner."
            )
        return self.of([Sheet(registration, code, kind) for code in dict.fromkeys(named)], form, left_out)

    def of_every_unit(self, registrations: Iterable[str], form: PageForm = PageForm.PDF) -> Export:
        """The sheets of every unit of these learners; who has no unit is left out. Raises `Unreadable`."""
        asked: list[Sheet] = []
        left_out: list[LeftOut] = []
        for registration in registrations:
            units = self._standing.of(registration)[0].units
            asked += [Sheet(registration, unit.code) for unit in units]
            left_out += [] if units else [LeftOut(registration, "they are on no unit")]
        return self.of(asked, form, left_out)

    def of(self, asked: Sequence[Sheet], form: PageForm = PageForm.PDF, left_out: Sequence[LeftOut] = ()) -> Export:
        """These sheets in that form. Raises `Refused` where nothing was verified, `WrongUse` and `Unreadable` when one
        is written."""
        names = FileNames()
        pieces = [
            self._pages.piece(
                names,
                f"{each.registration} {each.code} {each.kind.value}",
                f"{each.kind.value} {each.code} of {each.registration}",
                form,
                partial(self._made, each),
            )
            for each in asked
        ]
        return self._pages.export("Sheets", "sheets", pieces, left_out)

    def _made(self, sheet: Sheet) -> tuple[Document, Heads]:
        on_assignment = sheet.kind is SheetKind.ASSIGNMENT
        shown, heads = self._standing.of(sheet.registration, even_with_errors=on_assignment)
        match sheet.kind:
            case SheetKind.UNIT:
                return self._printed.unit_of(shown, sheet.code), heads
            case SheetKind.ASSIGNMENT:
                return self._printed.assignment_of(shown, sheet.code), heads
            case SheetKind.VERIFICATION:
                return self._printed.verification_of(shown, sheet.code), heads
