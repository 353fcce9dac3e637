"""Forms of the awarding organisation that the centre has, filled in place."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath

from markterm.centre.attempts import Attempts
from markterm.centre.export.standing import AsItStands
from markterm.centre.fixing import Fixing
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import Refused
from markterm.exports.export import Export, Made, Piece
from markterm.exports.file_names import file_name
from markterm.exports.form.form import Filled, Form
from markterm.exports.form.from_record import form_values
from markterm.exports.form.in_words import places_in_words
from markterm.records.kept_heads import Heads


class FormExports:
    """Forms of units, and what is filled into them of a learner's record."""

    def __init__(
        self, details: CentreDetails, standing: AsItStands, attempts: Attempts, fixing: Fixing, sheets: CentreSheets
    ) -> None:
        self._details = details
        self._standing = standing
        self._attempts = attempts
        self._fixing = fixing
        self._sheets = sheets

    def read(self, form: Path, unit_code: str) -> Form:
        """What that form asks for, beside the centre's sheet of the unit. Raises `WrongUse`, `Unreadable` and
        `Refused`."""
        return Form.open(form, self._sheets.named(unit_code), self._sheets.units.units.values())

    def of_unit(self, registration: str, unit_code: str, form: Path, *, as_pdf: bool = False) -> Export:
        """The form of a unit, filled in. Raises `WrongUse`, `Unreadable` and `Refused`, now and when it is written."""
        read, filled, _ = self._filled(registration, unit_code, form)
        code = read.unit.code
        if as_pdf:
            _check_libreoffice()
        # A form with macros keeps its ending: Word opens it under no other one.
        ending = ".docm" if form.suffix.lower() == ".docm" else ".docx"
        path = file_name(f"{registration} {code} {form.stem}", ".pdf" if as_pdf else ending)
        write = partial(self._write, registration, unit_code, form, as_pdf=as_pdf)
        piece = Piece(PurePosixPath(path), f"{form.name}, filled in for {code} of {registration}", write)
        return Export(
            f"The form {form.name}",
            path,
            [piece],
            caveats=(*read.notes, *filled.not_filled),
            one_file=True,
            found=tuple(places_in_words(read.reading)),
        )

    def _filled(self, registration: str, unit_code: str, form: Path) -> tuple[Form, Filled, Heads]:
        shown, heads = self._standing.of(registration)
        unit = shown.unit(unit_code)
        values = form_values(
            self._details,
            shown.learner,
            unit,
            shown.portfolio,
            damaged=bool(shown.incomplete),
            since=self._attempts.since_submitted(registration),
            accounts=self._fixing.accounts(registration, shown.portfolio),
        )
        read = Form.open(form, unit, self._sheets.units.units.values())
        return read, read.fill(values), heads

    def _write(self, registration: str, unit_code: str, form: Path, path: Path, *, as_pdf: bool) -> Made:
        _, filled, heads = self._filled(registration, unit_code, form)
        path.write_bytes(_as_pdf(filled.data) if as_pdf else filled.data)
        return Made(heads)


def _check_libreoffice() -> None:
    from markterm.evidence.machine.libreoffice import libreoffice_found

    if libreoffice_found() is None:
        raise Refused(
            "No PDF can be made of a form here",
            "LibreOffice, which lays it out, is not installed on this machine.",
            "Install LibreOffice, or write the form as a Word document and print that.",
        )


def _as_pdf(document: bytes) -> bytes:
    from markterm.evidence.converted import NotInstalled, NotReadable
    from markterm.evidence.machine.libreoffice import as_pdf

    try:
        return as_pdf(document)
    except (NotReadable, NotInstalled) as error:
        raise Refused(
            "No PDF was made of the form", str(error), "Write the form as a Word document and print that."
        ) from None
