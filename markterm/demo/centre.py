"""Makes the demo centre: every state in it comes from the assessors' own verbs, through the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from markterm.centre.centre import Centre
from markterm.centre.folder import CentreFolder
from markterm.centre.new_centre import make_centre
from markterm.demo.developing import developed, planned_too_soon
from markterm.demo.followed_up import follow_up
from markterm.demo.graded import graded
from markterm.demo.learners import (
    ASSESSOR,
    CENTRE,
    INTEGRATED,
    LEARNERS,
)
from markterm.demo.notes import CITED, NOTES, ROSALIND
from markterm.demo.office_hours import OfficeHours
from markterm.demo.other_means import assessed_by_other_means
from markterm.demo.outside import UNIT, write_to_try
from markterm.demo.own_course import badges_given, sheet_of_own_course
from markterm.demo.quality import begun, observed, planned, standardised, verified_brief
from markterm.demo.registering import HANDED_IN, LONGEST_PORTFOLIO, date_files, hand_in, named, register, write_learner
from markterm.demo.staff import write_staff
from markterm.demo.visit import VISITOR, visited, visitor
from markterm.domain.assessed.assignment import Cell
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.bodies.verifying import Report, Sight
from markterm.domain.record.decision import OPEN_CRITERION, Occasion
from markterm.domain.record.event import Result
from markterm.domain.record.verifying import INTERIM
from markterm.domain.rules.answering import FEEDBACK, VALID, Said
from markterm.domain.words.errors import MarkTermError, NotSaved
from markterm.evidence.text.passages import Extent, cite_lines
from markterm.own.places import Places
from markterm.sheets.centre_file import read_centre
from markterm.sheets.shipped import shipped_mark_sheets


def is_demo(path: Path) -> bool:
    """Whether the folder is a demo centre that was made before."""
    try:
        details = read_centre(CentreFolder(path).file)
    except MarkTermError:
        return False
    return (details.number, details.name) == (CENTRE.number, CENTRE.name)


def make_demo(path: Path, places: Places, now: datetime) -> None:
    """Make the demo centre in `path`, its decisions in the weeks before `now` (with a time zone).

    Raises `WrongUse` and `NotSaved`.
    """
    members = (*CENTRE.members, visitor(now.date()))
    make_centre(path, replace(CENTRE, members=members), shipped_mark_sheets())
    places.of_centre(path).forget_records()
    try:
        sheet_of_own_course(CentreFolder(path))
        for learner in LEARNERS:
            register(path, learner, now)
        shown = CentreFolder(path).members
        shown.mkdir(exist_ok=True)
        write_staff(shown, now.date())
    except OSError as error:
        raise _not_made(path, error) from error
    hours = OfficeHours(now)
    staff = {
        member: Centre.open(path, member=member, places=places, clock=hours)
        for member in (ASSESSOR, "ben", "tia", "ines", "carol", "dev", VISITOR)
    }
    try:
        _Marking(staff, hours).all()
        follow_up(staff, hours.go_to, now.date())
        hours.go_to(1)  # The plan is of what was marked, and later than all of it.
        planned(staff["ines"], hours.day)
        developed(staff, hours.day)
        visited(staff[VISITOR])
        write_to_try(path, staff[ASSESSOR].sheets.units.units[UNIT])
    except OSError as error:
        raise _not_made(path, error) from error
    finally:
        for centre in staff.values():
            centre.close_down()


def _not_made(path: Path, error: OSError) -> NotSaved:
    return NotSaved(
        "The demo could not be made",
        f"{error.filename or path}: {error.strerror or error}.",
        "Check that the folder may be written to and that the disk has room.",
    )


class _Marking:
    """What the assessors and a verifier did in the last weeks, learner by learner."""

    def __init__(self, staff: Mapping[str, Centre], hours: OfficeHours) -> None:
        self.asha, self.ben = staff[ASSESSOR], staff["ben"]
        self.tia, self.ines, self.carol = staff["tia"], staff["ines"], staff["carol"]
        self.staff = staff
        self.hours = hours

    def all(self) -> None:
        """Every learner's story; those who are not named here wait as they are."""
        self.partly_marked()
        badges_given(self.staff, self.finish, self.hours)
        self.decided_and_not_closed()
        self.closed_with_referrals()
        self.half_way_through_a_resubmission()
        self.withdrawn()
        self.in_the_middle_of_a_long_unit()
        self.reopened()
        self.complete()
        self.in_conflict()
        self.in_one_assignment()
        self.half_way_through_an_assignment()
        self.refuses_use()
        graded(self.ben, self.hours)
        self.for_the_whole_centre()
        self.in_training()
        self.due()

    def for_the_whole_centre(self) -> None:
        self.hours.go_to(29)
        verified_brief(self.ines)
        self.hours.go_to(5)
        standardised({"asha": self.asha, "ben": self.ben, "ines": self.ines}, self.hours.day)
        self.hours.go_to(3)
        observed(self.ines, self.hours.day)
        self.hours.go_to(2)
        begun({"ben": self.ben, "ines": self.ines})

    def partly_marked(self) -> None:
        self.hours.go_to(30)
        self.asha.attempts.declare(LONGEST_PORTFOLIO, "signed sheet")
        self.hours.go_to(13)
        referred = {"8580-500": ("2.4", "3.3", "4.3"), "8580-501": ("1.1",)}
        for unit, notes in ROSALIND.items():
            for number, note in notes.items():
                if (unit, number) in CITED:
                    self.cite(unit, number, *CITED[unit, number])
                result = Result.REFER if number in referred[unit] else Result.PASS
                self.asha.marking.mark(LONGEST_PORTFOLIO, unit, number, result, note)
            self.hours.go_to(4)

    def decided_and_not_closed(self) -> None:
        self.hours.go_to(6)
        self.mark(self.asha, "RAM3310", "8580-500", refer=("4.2",))
        planned_too_soon(self.asha, "RAM3310", self.hours.day)

    def closed_with_referrals(self) -> None:
        self.hours.go_to(19)
        self.ben.attempts.declare("THA1187", "e-mail")
        self.ben.attempts.submit("THA1187", "8580-500")
        self.mark(self.ben, "THA1187", "8580-500", refer=("2.2", "3.1", "3.3"))
        self.ben.closings.close(
            "THA1187",
            "8580-500",
            "A strong eye for people, Colin, and honest about what you do not do. Three criteria need more: a second "
            "model, an agreement, and what happens to what you are told. The rest is passed and stays passed.",
        )
        self.hours.go_to(17)
        self.ines.verification.sample("THA1187", "8580-500", "The first referral that Ben made in this unit.")
        own = {"1.1": Result.PASS, "2.2": Result.REFER, "3.1": Result.REFER}
        report = Report(
            "Each referral says what is missing, and leaves it to Colin to find.",
            "The passes are short of words: say which answer convinced you.",
            VALID,
            FEEDBACK,
        )
        self.ines.verification.verify(
            "THA1187",
            "8580-500",
            Said(True, looked=dict.fromkeys((*own, "3.3"), Sight.STATED), own=own, report=report),
        )
        for _ in self.ben.feedback.release(self.ben.feedback.draft("THA1187", "8580-500")):
            pass

    def half_way_through_a_resubmission(self) -> None:
        self.hours.go_to(4)
        evidence = self.ben.folder.evidence("THA1187")
        again = (HANDED_IN / "short" / "500-branch-answers-again.txt").read_bytes()
        hand_in(evidence / "C Thackray-THA1187-012345-500(2).txt", again, self.hours())
        declared = Declared("e-mail", self.hours.now.date() - timedelta(days=7))
        self.ben.attempts.submit("THA1187", "8580-500", declared=declared, authorised_by="ines")
        self.ben.marking.mark(
            "THA1187", "8580-500", "2.2", Result.PASS, "OSKAR beside GROW, and when you would take which."
        )
        self.ben.marking.mark("THA1187", "8580-500", "3.1", Result.PASS, "")

    def in_training(self) -> None:
        self.hours.go_to(1)
        self.tia.marking.mark(
            "MUR0746", "8580-503", "1.1", Result.PASS, "Three strengths, each with the session it showed in."
        )
        self.tia.marking.mark("MUR0746", "8580-503", "1.2", Result.PASS, "You say what the feedback does not cover.")
        self.ben.staff.countersign("MUR0746", "8580-503", "1.1", "As I would have marked it.")

    def due(self) -> None:
        """One unit is late, one is due tomorrow, and one was put off by a week."""
        self.hours.go_to(1)
        today, set_due = self.hours.now.date(), self.asha.due_days.set
        set_due("RAM3310", "8580-500", today - timedelta(days=1))
        set_due(LONGEST_PORTFOLIO, "8580-501", today + timedelta(days=1))
        set_due("SOR4415", "8580-501", today + timedelta(days=1))
        self.asha.new_work.opened(LONGEST_PORTFOLIO, self.asha.evidence.listed(LONGEST_PORTFOLIO).files)
        set_due("SOR4415", "8580-501", today + timedelta(days=5), "Åse was ill; a week more was agreed.")

    def withdrawn(self) -> None:
        self.hours.go_to(24)
        self.finish(self.ben, "BRA0952", "8580-500", "Clear and well argued throughout.")
        # Not verified yet: the feedback waits for it.
        self.ines.verification.sample("BRA0952", "8580-500", "One in four of Ben's passes.")
        self.hours.go_to(8)
        self.mark(self.asha, "BRA0952", "8580-501", only=("1.1", "1.2", "2.1", "2.2", "3.1"), refer=("2.2",))
        self.asha.marking.withdraw("BRA0952", "8580-501", "2.2", "Session 4 answers it: I had not read to the end.")
        self.asha.marking.mark(
            "BRA0952", "8580-501", "2.2", Result.PASS, "You held back, and B found the question alone."
        )
        self.asha.marking.withdraw("BRA0952", "8580-501", "3.1", "Marked on the wrong learner's log.")
        self.asha.marking.comment("BRA0952", "8580-501", 2, "The sessions show what the plan says: go on so.")

    def in_the_middle_of_a_long_unit(self) -> None:
        self.hand_in("QUR4478", ("8580-500",), 41)
        self.hours.go_to(31)
        self.finish(self.asha, "QUR4478", "8580-500", "Sound, and the ethics part more than that.")
        self.tell("QUR4478", "8580-500")
        assessed_by_other_means(self.asha, self.hours)
        self.hours.go_to(2)
        self.mark(self.asha, "QUR4478", "8580-502", only=("1.1", "1.2", "2.1", "2.3", "3.1"), refer=("2.1",))
        self.ines.verification.sample("QUR4478", "8580-502", "A long unit: a look on the way.", stage=INTERIM)
        self.ines.verification.look(
            "QUR4478", "8580-502", Said(agreed=("1.1", "2.1"), looked=dict.fromkeys(("1.1", "2.1"), Sight.STATED))
        )

    def reopened(self) -> None:
        self.hand_in("EZE2765", ("8580-500", "8580-503"), 64)
        self.hours.go_to(57)
        self.finish(self.asha, "EZE2765", "8580-500", "Passed at the first attempt, with several good passes.")
        self.finish(self.ben, "EZE2765", "8580-503", "A review that does not spare you, and a plan that can be kept.")
        self.hours.go_to(50)
        self.finish(self.asha, "EZE2765", "8580-501", "That completes the Certificate. Go on to the Diploma, please.")
        write_learner(self.asha.folder.path, named("EZE2765"), self.hours.now)
        self.hours.go_to(16)
        self.finish(self.asha, "EZE2765", "8580-502", "One hundred hours, well spent and well looked at.")
        self.hours.go_to(5)
        self.asha.closings.reopen(
            "EZE2765", "8580-502", "The log for client 5 was missing from the folder when I closed it."
        )

    def complete(self) -> None:
        """One whose certificate came long ago, so that the evidence may go, and one who waits to be claimed."""
        for submitted, closed, registration in ((222, 210, "OBR0377"), (52, 33, "FEA2290")):
            units = named(registration).units
            self.hours.go_to(submitted + 1)
            date_files(self.asha.folder.evidence(registration), self.hours())
            self.hand_in(registration, units, submitted)
            self.hours.go_to(closed)
            for unit in units:
                self.mark(self.asha, registration, unit)
                self.asha.marking.comment(registration, unit, 1, "Each point is shown in your own work.")
                self.asha.closings.close(registration, unit, "Every criterion is passed.")
                self.tell(registration, unit)
        claimed = ("OBR0377", "8580-CERT")
        self.hours.go_to(200)
        self.carol.claims.take(*claimed, ClaimStep.CLAIMED, number="NT-0031")
        self.hours.go_to(130)
        self.carol.claims.take(*claimed, ClaimStep.RECEIVED, number="D-118-204")
        self.carol.claims.take(*claimed, ClaimStep.SENT, text="By registered letter.")

    def in_conflict(self) -> None:
        self.hours.go_to(12)
        self.mark(self.ben, "GUE3342", "8580-500", only=("1.1", "1.2", "1.3", "2.1"), refer=("1.3",))
        # Asha marked with what she had on her screen before Ben's decision arrived.
        self.asha.marking.mark(
            "GUE3342",
            "8580-500",
            "1.3",
            Result.PASS,
            "The absence figures make the link; I would let this pass.",
            shown=OPEN_CRITERION,
        )

    def in_one_assignment(self) -> None:
        self.hours.go_to(34)
        evidence = self.asha.folder.evidence("NOW1870")
        name = "L Nowak-NOW1870-012345-501({}).txt"
        first, second = HANDED_IN / "short" / "501-shift-log.txt", HANDED_IN / "short" / "501-shift-log-again.txt"
        hand_in(evidence / name.format(1), first.read_bytes(), self.hours())
        self.asha.attempts.declare("NOW1870", "e-portfolio")
        for task in (1, 2, 3):
            self.mark_task("NOW1870", task)
        self.asha.marking.comment_on_task("NOW1870", "8580-IA-CERT", 2, "I was there: the talk holds together.")
        self.hours.go_to(31)
        for task, refer in ((4, ("3.1",)), (5, ("4.1",))):
            self.mark_task("NOW1870", task, refer=refer)
        self.asha.closings.close("NOW1870", "8580-500", "Passed. Your case for the night shift was a pleasure to read.")
        self.hours.go_to(28)
        self.asha.closings.close(
            "NOW1870",
            "8580-501",
            "The coaching is good. Two things are missing on paper, and they are for you to find: see 3.1 and 4.1. "
            "The other two units do not wait for them.",
        )
        self.asha.closings.close("NOW1870", "8580-503", "Passed.")
        # What the learner hands in again is there, and nobody submitted it: S begins the next attempt, d compares.
        hand_in(evidence / name.format(2), second.read_bytes(), self.hours.now)

    def half_way_through_an_assignment(self) -> None:
        self.hours.go_to(7)
        # What needs a word is marked first; the rest of the report is as clear as it can be.
        self.mark_task("SOR4415", 1, only=("1.2", "4.3"), refer=("4.3",))
        self.pass_task("SOR4415", 1)
        self.mark_task("SOR4415", 2)
        self.hours.go_to(3)
        self.mark_task("SOR4415", 3, refer=("1.2",))
        self.mark_task("SOR4415", 4, only=("2.1", "3.1"))

    def refuses_use(self) -> None:
        self.hours.go_to(9)
        self.ben.attempts.declare("OKA2218", "signed sheet", refuses_use=True)
        self.mark(self.ben, "OKA2218", "8580-503", only=("1.1", "1.2", "2.1", "3.1"), refer=("3.1",))

    def cite(self, unit: str, number: str, name: str, words: str) -> None:
        """Cite the passage of the longest portfolio in which those words stand."""
        (file,) = (file for file in self.asha.evidence.listed(LONGEST_PORTFOLIO).files if file.name == name)
        document = self.asha.evidence.read(file)
        line = document.line_at(document.find(words).start(0))
        passage = cite_lines(document, name, Extent(line, line))
        self.asha.marking.cite(LONGEST_PORTFOLIO, unit, number, passage)

    def hand_in(self, registration: str, units: Iterable[str], days_ago: int) -> None:
        """Declare the work and submit these units, so many days ago."""
        self.hours.go_to(days_ago)
        self.asha.attempts.declare(registration, "signed sheet")
        for unit in units:
            self.asha.attempts.submit(registration, unit)

    def finish(self, centre: Centre, registration: str, unit: str, feedback: str) -> None:
        """Pass every criterion and close the unit, declared if it was not."""
        if centre.learners.portfolio(registration).portfolio.declaration is None:
            centre.attempts.declare(registration, "signed sheet")
        self.mark(centre, registration, unit)
        centre.closings.close(registration, unit, feedback)

    def tell(self, registration: str, unit: str) -> None:
        """Release Asha's feedback on a unit as the record gives it."""
        for _ in self.asha.feedback.release(self.asha.feedback.draft(registration, unit)):
            pass

    def mark(
        self,
        centre: Centre,
        registration: str,
        unit: str,
        *,
        only: Iterable[str] = (),
        refer: Iterable[str] = (),
    ) -> None:
        """Mark those criteria, or all: pass, but for those to refer."""
        referred = frozenset(refer)
        for place, number in enumerate(only or NOTES[unit]):
            self.decide(centre, registration, Cell(unit, number), place, number in referred)

    def mark_task(self, registration: str, task: int, *, only: Iterable[str] = (), refer: Iterable[str] = ()) -> None:
        """Mark those criteria that are decided in a task of the assignment, or all: pass, but for those to refer."""
        chosen, referred = frozenset(only), frozenset(refer)
        for place, cell in enumerate(self.open_in(registration, task)):
            if not chosen or cell.criterion in chosen:
                occasion = Occasion(INTEGRATED, task)
                self.decide(self.asha, registration, cell, place, cell.criterion in referred, occasion)

    def pass_task(self, registration: str, task: int) -> None:
        """Pass at once what is open of what is decided in a task of the assignment."""
        cells = self.open_in(registration, task)
        for _ in self.asha.marking.pass_at_once(self.asha.learners.portfolio(registration), cells, INTEGRATED, task):
            pass

    def open_in(self, registration: str, task: int) -> list[Cell]:
        """What is decided in a task of the assignment, and open."""
        shown = self.asha.learners.portfolio(registration)
        assignment = shown.assignment(INTEGRATED)
        return [
            cell
            for cell in assignment.criteria
            if assignment.deciding_task(cell) is assignment.task(task)
            and not shown.portfolio.unit(shown.unit(cell.unit).key).criterion(cell.criterion).standing
        ]

    def decide(
        self,
        centre: Centre,
        registration: str,
        cell: Cell,
        place: int,
        is_referred: bool,
        occasion: Occasion | None = None,
    ) -> None:
        """Refer a criterion, or pass it. Not every pass has a note."""
        note_on_pass, note_on_referral = NOTES[cell.unit][cell.criterion]
        quiet = (place + sum(map(ord, registration))) % 3 == 0
        result, note = Result.PASS, "" if quiet else note_on_pass
        if is_referred:
            result, note = Result.REFER, note_on_referral
        centre.marking.mark(registration, cell.unit, cell.criterion, result, note, occasion=occasion)
