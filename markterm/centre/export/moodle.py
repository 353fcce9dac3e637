"""Outcomes and feedback back into Moodle: its own worksheet filled in, and a zip under the names that it takes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from markterm.centre.export.pages import Pages
from markterm.centre.export.released import ReleasedOutcomes, Told
from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.record.event import Result
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.anchor import furthest
from markterm.exports.csv.guarded import with_codes
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import file_name
from markterm.exports.html.render import fragment
from markterm.exports.moodle.matching import Known
from markterm.exports.moodle.submissions import Place, number_of, places_in
from markterm.exports.moodle.worksheet import Entry, Participant, Worksheet
from markterm.exports.page_form import PageForm

_LARGEST = 50_000_000
_MANY = 10


class MoodleExports:
    """What goes back into the centre's Moodle site."""

    def __init__(self, site: MoodleSite, released: ReleasedOutcomes, pages: Pages) -> None:
        self._site = site
        self._released = released
        self._pages = pages

    def of(self, name: str, worksheet: Path, submissions: Path | None, given: Mapping[str, str]) -> Export:
        """The worksheet with the outcome of a unit or an assignment, and the feedback, of everybody to whom it was
        released; with the downloaded zip of `submissions` a zip of that feedback too.

        `given` says of participants who they are. Raises `WrongUse`, also where `centre.toml` does not say the site's
        words, `Unreadable`, and `Refused` where it cannot be told who somebody is.
        """
        if not self._site.passed:
            raise WrongUse(
                "What are the words of the site?",
                "centre.toml does not say how the Moodle site words a pass and a referral.",
                'Add [moodle] with pass = "…" and refer = "…".',
            )
        sheet = Worksheet(_read(worksheet), self._site)
        places = places_in(submissions) if submissions is not None else {}
        people = self._released.people(sheet.participants, given, self._known)
        left_out: list[LeftOut] = []
        rows: dict[int, str] = {}
        told: dict[int, Told] = {}
        for participant in sheet.participants:
            registration = people.registrations.get(participant.row)
            said = self._released.told(registration, name) if registration is not None else "nobody of this centre"
            if participant.is_locked and registration is not None:
                said = "Moodle would not take another grade"
            if isinstance(said, Told) and not self._word(said):
                said = f"the site's word for {said.grade} is not in centre.toml, under [moodle]"
            if isinstance(said, str):
                who = f"{participant.identifier} ({registration or participant.name})"
                left_out.append(LeftOut(one_line(who), said))
            elif registration is not None:
                rows[participant.row], told[participant.row] = registration, said
        if not told:
            raise WrongUse(
                "There is nothing for Moodle",
                " ".join(f"{each.what}: {each.why}." for each in left_out[:_MANY]) or "The worksheet has no rows.",
                "Release the feedback first, or name another worksheet.",
            )
        write = partial(self._write_worksheet, sheet, rows, name)
        what = f"the worksheet with {counted(len(rows), 'outcome')}"
        pieces = [Piece(PurePosixPath(file_name(worksheet.stem, ".csv")), what, write)]
        if submissions is not None:
            of_zip: dict[str, Place] = {}
            for row in (each for each in sheet.participants if each.row in rows):
                place = places.get(row.number)
                why = _why_not_there(place, row, sheet.participants)
                if place is not None and not why:
                    of_zip[rows[row.row]] = place
                else:
                    left_out.append(LeftOut(f"the feedback file of {rows[row.row]}", why))
            if of_zip:
                zipped = partial(self._write_zip, of_zip, name)
                pieces.append(
                    Piece(PurePosixPath("feedback.zip"), f"{counted(len(of_zip), 'feedback file')} for Moodle", zipped)
                )
        alone = len(pieces) == 1
        caveats = tuple(self._caveats(sheet, told))
        called = str(pieces[0].path) if alone else "moodle"
        return Export("For Moodle", called, pieces, tuple(left_out), caveats, one_file=alone, found=people.found)

    def _caveats(self, sheet: Worksheet, told: Mapping[int, Told]) -> Sequence[str]:
        other = [
            row.identifier
            for row in sheet.participants
            if row.row in told and row.grade not in ("", "-", self._word(told[row.row]))
        ]
        found = []
        if other:
            found.append(f"Another grade stood there and is replaced: {', '.join(map(one_line, other))}.")
        if not sheet.has_feedback:
            found.append("The worksheet has no column for feedback comments: only outcomes are written.")
        return found

    def _known(self, registration: str) -> Known:
        learner = self._released.learner(registration)
        numbers = frozenset(filter(None, map(number_of, self._released.evidence(registration))))
        return Known(registration, learner.name, learner.email, numbers)

    def _word(self, told: Told) -> str:
        return self._site.referred if told.outcome is Result.REFER else self._site.word_of(told.grade)

    def _write_worksheet(self, sheet: Worksheet, rows: Mapping[int, str], name: str, path: Path) -> Made:
        told = {row: self._released.still_told(registration, name) for row, registration in rows.items()}
        entries = {row: Entry(self._word(each), _as_html(each)) for row, each in told.items()}
        path.write_bytes(sheet.filled(entries))
        return Made(furthest(each.heads for each in told.values()))

    def _write_zip(self, places: Mapping[str, Place], name: str, path: Path) -> Made:
        made = []
        with zipfile.ZipFile(path, "w") as archive:
            for registration, place in places.items():
                told = self._released.still_told(registration, name)
                file = file_name(f"{registration} {told.drawn.feedback.code} feedback", ".pdf")
                into = path.with_name(f"{path.name}.{file}")
                made.append(self._pages.write(told.document, PageForm.PDF, into, told.heads))
                archive.write(into, f"{place.begins}{file}")
                into.unlink()
        return Made(furthest(each.heads for each in made), False, tuple(said for each in made for said in each.caveats))


def _why_not_there(place: Place | None, row: Participant, everybody: Sequence[Participant]) -> str:
    """Why a participant's feedback does not go there; empty where it does."""
    if place is None:
        return "the zip has no submission of theirs"
    if not place.names(row.name) and (other := next((each for each in everybody if place.names(each.name)), None)):
        return f"the zip has their number for {one_line(other.name)}: it is of another assignment or another day"
    return ""


def _as_html(told: Told) -> str:
    """The feedback as Moodle keeps comments, which is HTML: so a text is read as it was written, and none begins as a
    spreadsheet's formula does. No backslash is in it, which older PHP reads in its own way."""
    return with_codes(fragment(told.document).replace("\\", "&#92;"), "&#{};")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except OSError as error:
        raise WrongUse(
            "The worksheet cannot be read",
            str(error.strerror or error),
            "Name the file that Moodle gave out.",
            file=file,
        ) from error
    if len(data) > _LARGEST:
        raise Unreadable("This is no grading worksheet", "It is far too large.", "Download it again.", file=file)
    return data
