"""Outcomes and feedback back into Moodle: its own worksheet filled in, and a zip under the names that it takes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from markterm.centre.export.pages import Pages
from markterm.centre.export.standing import AsItStands
from markterm.centre.feedback import DrawnUp, FeedbackToLearners
from markterm.centre.folder import CentreFolder
from markterm.centre.learners import Learners
from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.record.event import Result
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import NotNow, Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.exports.anchor import furthest
from markterm.exports.document.from_markdown import document_of
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import file_name
from markterm.exports.html.render import fragment
from markterm.exports.moodle.matching import Known, match
from markterm.exports.moodle.submissions import Place, number_of, places_in
from markterm.exports.moodle.worksheet import Entry, Participant, Worksheet
from markterm.exports.page_form import PageForm
from markterm.records.kept_heads import Heads

_LARGEST = 50_000_000
_MANY = 10


@dataclass(frozen=True, slots=True)
class _Told:
    """What Moodle is told of a learner."""

    drawn: DrawnUp
    text: str
    outcome: Result
    heads: Heads


class MoodleExports:
    """What goes back into the centre's Moodle site."""

    def __init__(
        self,
        site: MoodleSite,
        folder: CentreFolder,
        learners: Learners,
        registrations: Callable[[], Sequence[str]],
        feedback: FeedbackToLearners,
        standing: AsItStands,
        pages: Pages,
    ) -> None:
        self._site = site
        self._folder = folder
        self._learners = learners
        self._registrations = registrations
        self._feedback = feedback
        self._standing = standing
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
        people = self._people(sheet, given)
        left_out: list[LeftOut] = []
        rows: dict[int, str] = {}
        told: dict[int, _Told] = {}
        for participant in sheet.participants:
            registration = people.get(participant.row)
            said = self._told(registration, name) if registration is not None else "nobody of this centre"
            if participant.is_locked and registration is not None:
                said = "Moodle would not take another grade"
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
            numbers = {row.number: rows[row.row] for row in sheet.participants if row.row in rows}
            of_zip = {registration: places[number] for number, registration in numbers.items() if number in places}
            missing = sorted(set(rows.values()) - of_zip.keys())
            left_out += [
                LeftOut(f"the feedback file of {each}", "the zip has no submission of theirs") for each in missing
            ]
            if of_zip:
                zipped = partial(self._write_zip, of_zip, name)
                pieces.append(
                    Piece(PurePosixPath("feedback.zip"), f"{counted(len(of_zip), 'feedback file')} for Moodle", zipped)
                )
        alone = len(pieces) == 1
        caveats = tuple(self._caveats(sheet, told))
        called = str(pieces[0].path) if alone else "moodle"
        return Export("For Moodle", called, pieces, tuple(left_out), caveats, one_file=alone)

    def _caveats(self, sheet: Worksheet, told: Mapping[int, _Told]) -> Sequence[str]:
        other = [
            row.identifier
            for row in sheet.participants
            if row.row in told and row.grade not in ("", "-", self._word(told[row.row].outcome))
        ]
        found = []
        if other:
            found.append(f"Another grade stood there and is replaced: {', '.join(map(one_line, other))}.")
        if not sheet.has_feedback:
            found.append("The worksheet has no column for feedback comments: only outcomes are written.")
        return found

    def _people(self, sheet: Worksheet, given: Mapping[str, str]) -> Mapping[int, str]:
        """The registrations, by row. Raises `Refused` and `WrongUse`."""
        named = {row.identifier for row in sheet.participants} | {row.number for row in sheet.participants}
        for participant in given:
            if participant not in named:
                raise WrongUse(
                    "No such participant", f"{one_line(participant)} is not in the worksheet.", "Name one that is."
                )
        said = {who: self._learners.find(registration) if registration else "" for who, registration in given.items()}
        matched = match(sheet.participants, [self._known(each) for each in self._registrations()], said)
        if matched.doubtful:
            raise Refused(
                "Who is who?",
                f"It cannot be told who these are: {'; '.join(_doubt(*each) for each in matched.doubtful[:_MANY])}.",
                "Say of each whose row it is.",
                hint=Hint(Way.NAME_PARTICIPANT),
            )
        return matched.found

    def _known(self, registration: str) -> Known:
        learner = self._learners.named(registration)
        folder = self._folder.evidence(registration)
        names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
        numbers = frozenset(filter(None, map(number_of, names)))
        return Known(registration, learner.name, learner.email, numbers)

    def _told(self, registration: str, name: str) -> _Told | str:
        """What Moodle is told of a learner; or why nothing is, in a clause."""
        shown, heads = self._standing.of(registration)
        try:
            drawn = self._feedback.drawn_up(shown, name)
        except WrongUse as error:
            return error.title[:1].lower() + error.title[1:]
        if drawn.refusal is not None:
            return drawn.refusal.title[:1].lower() + drawn.refusal.title[1:]
        if drawn.feedback.following:
            return f"{drawn.feedback.following[0].unit.code} is not told of yet"
        if drawn.released is None:
            return "not released yet"
        outcomes = {each.closing.outcome for each in drawn.feedback.units if each.closing is not None}
        outcome = Result.REFER if Result.REFER in outcomes else Result.PASS
        return _Told(drawn, drawn.released.text, outcome, heads)

    def _still_told(self, registration: str, name: str) -> _Told:
        told = self._told(registration, name)
        if isinstance(told, str):
            raise NotNow(
                "It changed meanwhile", f"What was released to {registration} does not stand any more.", "Do it again."
            )
        return told

    def _word(self, outcome: Result) -> str:
        return self._site.passed if outcome is Result.PASS else self._site.referred

    def _write_worksheet(self, sheet: Worksheet, rows: Mapping[int, str], name: str, path: Path) -> Made:
        told = {row: self._still_told(registration, name) for row, registration in rows.items()}
        entries = {row: Entry(self._word(each.outcome), _as_html(each)) for row, each in told.items()}
        path.write_bytes(sheet.filled(entries))
        return Made(furthest(each.heads for each in told.values()))

    def _write_zip(self, places: Mapping[str, Place], name: str, path: Path) -> Made:
        made = []
        with zipfile.ZipFile(path, "w") as archive:
            for registration, place in places.items():
                told = self._still_told(registration, name)
                file = file_name(f"{registration} {told.drawn.feedback.code} feedback", ".pdf")
                into = path.with_name(f"{path.name}.{file}")
                document = document_of(told.text, "Feedback", f"{told.drawn.shown.learner.name}, {registration}")
                made.append(self._pages.write(document, PageForm.PDF, into, told.heads))
                archive.write(into, f"{place.begins}{file}")
                into.unlink()
        return Made(furthest(each.heads for each in made), False, tuple(said for each in made for said in each.caveats))


def _as_html(told: _Told) -> str:
    """The feedback as Moodle keeps comments, which is HTML: so a text is read as it was written, and none begins as a
    spreadsheet's formula does. No backslash is in it, which older PHP reads in its own way."""
    return fragment(document_of(told.text, f"Feedback {told.drawn.feedback.code}")).replace("\\", "&#92;")


def _doubt(participant: Participant, registrations: Sequence[str]) -> str:
    who = one_line(f"{participant.identifier} {participant.name}".strip())
    return (
        f"{who} could be {' or '.join(registrations)}"
        if len(registrations) > 1
        else f"{who} is one of several rows of {registrations[0]}"
    )


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
