"""Completed mark sheets, of units and of assignments, as they leave the centre."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from markterm.centre.attempts import Attempts
from markterm.centre.briefs import Briefs
from markterm.centre.export.standing import AsItStands
from markterm.domain.record.centre_details import CentreDetails
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.export import Export, Made, Piece
from markterm.exports.file_names import FileNames
from markterm.exports.markdown.render import render


class SheetExports:
    """The completed mark sheets of a centre's learners."""

    def __init__(self, details: CentreDetails, standing: AsItStands, attempts: Attempts, briefs: Briefs) -> None:
        self._details = details
        self._standing = standing
        self._attempts = attempts
        self._briefs = briefs

    def of_units(self, asked: Sequence[tuple[str, str]]) -> Export:
        """The sheets of these units, each given as registration and code of the unit. Raises `WrongUse` and
        `Unreadable` when one is written."""
        names = FileNames()
        pieces = [
            Piece(names.take(f"{who} {code} mark sheet", ".md"), f"{code} of {who}", partial(self._unit, who, code))
            for who, code in asked
        ]
        alone = len(pieces) == 1
        return Export("Mark sheets", str(pieces[0].path) if alone else "mark-sheets", pieces, one_file=alone)

    def _unit(self, registration: str, code: str, path: Path) -> Made:
        shown, heads = self._standing.of(registration)
        sheet = completed_mark_sheet(
            self._details,
            shown.learner,
            shown.unit(code),
            shown.portfolio,
            damaged=bool(shown.incomplete),
            since=self._attempts.since_submitted(registration),
            assignments=shown.assignments,
        )
        path.write_text(render(sheet), "utf-8", newline="\n")
        return Made(heads)
