"""The first line of the marking screen: who is open, what their unit waits for, and where each unit stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from textual.content import Content

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.declaration import Declaration
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import DECIDED
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.due import Step
from markterm.domain.views.graded import grade_so_far
from markterm.domain.views.left_to_do import left_to_do
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.how_long import how_long
from markterm.domain.words.local_time import local
from markterm.evidence.folder import EvidenceKind
from markterm.tui.command import keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.local_time import date_told, day
from markterm.tui.marking.workplace import Workplace
from markterm.tui.signs import UNIT_SIGNS, sign_of
from markterm.tui.widgets.middle_cut import middle_cut

_LEAST_OF_NAME = 16


class _Counted(NamedTuple):
    """What was counted of a unit, and of what."""

    record: UnitRecord
    declared: Declaration | None
    numbers: frozenset[str]
    has_evidence: bool
    progress: UnitProgress
    done: int


class LearnerLine:
    """Makes the line; it remembers what it counted, so that a key costs the same on one unit and on twenty."""

    def __init__(self) -> None:
        self._known: dict[UnitKey, _Counted] = {}
        self._looked_at: Learner | None = None
        self._is_shared = False
        self._is_away = False

    def content(self, at: Workplace, shown: LearnerPortfolio, width: int, now: datetime) -> Content:
        """The line for a width in cells: what says least of the next thing to do goes first, and then the name gives
        way to what is left. Of two learners of one name the registration says which it is, at any width."""
        counted = {key: each.progress for key, each in self._count(at, shown).items()}
        name, registration = at.blindfold.names(shown)
        whole, short = _units(at, shown, counted)
        where, what, since, on = _left(at, shown, counted, now)
        attempt, declaration = _attempt(at, shown)
        qualifications = one_line(" ".join(shown.learner.qualifications))
        alerts = self._alerts(at, shown)
        quiet = "$quiet"
        # By how much each says of the next thing to do; in their places when it is known which there is room for.
        pieces = {
            "attempt": attempt,
            "short": short,
            "due": _due(at, counted, now),
            "undeclared": Content() if declaration else Content.styled("  no declaration", "$warning"),
            "whole": whole,
            "since": Content.styled(f" · {since}" if since else "", quiet),
            "registration": Content(f"  {registration}" if registration else ""),
            "declared": Content.styled("  declared" if declaration else "", quiet),
            "on": Content.styled(f" ({on})" if on else "", quiet),
            "qualifications": Content.styled(f"  {qualifications}" if qualifications else "", quiet),
        }
        if self._shares_its_name(at, shown):
            pieces = {"registration": pieces["registration"]} | pieces
        if width - what.cell_length - where.cell_length < _LEAST_OF_NAME:
            what = Content()  # In twenty columns whose it is and which unit are all that there is room for.
        what = Content.assemble(where, what)
        left = width - what.cell_length - alerts.cell_length - 1
        left -= min(Content(name).cell_length, _LEAST_OF_NAME)
        kept: dict[str, Content] = {}
        for called, piece in pieces.items():
            needs = piece.cell_length - (short.cell_length if called == "whole" and "short" in kept else 0)
            if needs <= left and (called != "on" or "since" in kept):
                left -= needs
                kept[called] = piece
        units = kept.get("whole") or kept.get("short") or Content()
        right = Content.assemble(alerts, units)
        beside = Content.assemble(
            kept.get("registration", ""),
            what,
            *(kept.get(called, "") for called in ("due", "since", "on", "attempt", "undeclared", "declared")),
            kept.get("qualifications", ""),
        )
        room = max(width - beside.cell_length - right.cell_length - 1, _LEAST_OF_NAME // 2)
        line = Content.assemble(Content.styled(middle_cut(name, room), "bold"), beside)
        return Content.assemble(line, " " * max(width - line.cell_length - right.cell_length, 1), right)

    def progress(self, at: Workplace, shown: LearnerPortfolio, unit: UnitKey) -> UnitProgress | None:
        """How far that unit of the learner is; None where they are not on it."""
        counted = self._count(at, shown).get(unit)
        return counted.progress if counted is not None else None

    def _shares_its_name(self, at: Workplace, shown: LearnerPortfolio) -> bool:
        """Whether somebody else is called so. All rows are looked through once for a learner who is opened."""
        learner = shown.learner
        if self._looked_at is not learner:
            self._looked_at = learner
            self._is_shared = at.centre.caseload.has_namesake(learner)
        return self._is_shared

    def _alerts(self, at: Workplace, shown: LearnerPortfolio) -> Content:
        """What has to be known before anything is done."""
        pieces: list[Content] = []
        if at.round is not None:
            pieces.append(Content.styled(f" {at.round} ", "bold $accent"))
        if at.assignment is not None:
            done = sum(each.done for each in self._known.values())
            counted = f" {one_line(at.assignment.code)} {done}/{len(at.assignment.criteria)} "
            pieces.append(Content.styled(counted, "bold $accent"))
        if told := at.new_files.in_brief:
            pieces.append(Content.styled(keyed(f" {told}: {{evidence.take-new}} "), "bold $accent"))
        if at.desk.others:
            pieces.append(Content.styled(f" {one_line(' '.join(at.desk.others))} here too ", "bold $warning"))
        departure = shown.portfolio.departure
        if departure is not None and departure.is_away:
            pieces.append(Content.styled(f" {departure.with_day} ", "bold $warning"))
        place = at.place
        known = self._known.get(place.unit.key) if place is not None else None
        if known is not None and known.progress.before_registration:
            pieces.append(Content.styled(" decided before registration ", "bold $warning"))
        if shown.incomplete:
            pieces.append(Content.styled(" record incomplete ", "bold reverse $error"))
        elif shown.findings:
            pieces.append(Content.styled(" files of the record to look at ", "bold $warning"))
        for what, codes in (
            ("mark sheet", shown.missing_units),
            ("sheet of the assignment", shown.missing_assignments),
        ):
            if codes:
                pieces.append(Content.styled(f" no {what}: {one_line(' '.join(codes))} ", "bold $error"))
        if shown.newer:
            pieces.append(Content.styled(" entries of a newer version ", "bold $warning"))
        return Content.assemble(*pieces)

    def _count(self, at: Workplace, shown: LearnerPortfolio) -> Mapping[UnitKey, _Counted]:
        """What each unit comes to, counted anew only where something was recorded."""
        policy = at.centre.details.policy_for(shown.learner)
        wanted = _numbers(at.assignment)
        # Before the folder was looked at, nobody is told that it is empty.
        has_evidence = at.evidence.fingerprints.known is None or any(
            file.kind is not EvidenceKind.POINTER for file in at.reader.folder.files
        )
        now: dict[UnitKey, _Counted] = {}
        if self._is_away is not shown.portfolio.is_away:  # No unit of theirs waits for anybody, or each does again.
            self._is_away, self._known = shown.portfolio.is_away, {}
        for unit in shown.units:
            record, declared = shown.portfolio.unit(unit.key), shown.portfolio.declared(unit.key)
            numbers = wanted.get(unit.code, frozenset())
            known = self._known.get(unit.key)
            if (
                known is None
                or known.record is not record
                or known.declared is not declared
                or (known.numbers, known.has_evidence) != (numbers, has_evidence)
            ):
                done = sum(record.criterion(number).state in DECIDED for number in numbers)
                progress = shown.progress(
                    unit,
                    policy,
                    has_evidence=has_evidence,
                    taken_for=at.centre.sheets.taken_for(shown.learner, unit.code),
                )
                known = _Counted(record, declared, numbers, has_evidence, progress, done)
            now[unit.key] = known
        self._known = now
        return now


def _numbers(assignment: Assignment | None) -> Mapping[str, frozenset[str]]:
    return {} if assignment is None else assignment.numbers


def _left(
    at: Workplace, shown: LearnerPortfolio, counted: Mapping[UnitKey, UnitProgress], now: datetime
) -> tuple[Content, Content, str, str]:
    """The unit or the task under the cursor, what it waits for, since how long, and since which day."""
    place = at.place
    if place is None:
        return Content(), Content(), "", ""
    short = short_codes(unit.code for unit in shown.units)
    left = left_to_do(counted[place.unit.key])
    record = shown.portfolio.unit(place.unit.key)
    where, words = one_line(short[place.unit.code]), left.words
    if place.task is not None and record.closing is None:
        where, words = f"task {place.task.number}", _of_task(at, place)
    if place.unit.graded and record.closing is None:
        words = "; ".join(filter(None, (words, grade_so_far(place.unit, record))))
    on, what = Content.styled(f"  {where}", "bold $primary"), Content(f": {words}" if words else "")
    if left.since is None:
        return on, what, "", ""
    submission = record.submission
    since = how_long(left.since, now)
    told = "since today" if since == "today" else f"for {since}"
    if left.step is Step.MARK and submission is not None and submission.attempt == record.attempt:
        told = "submitted today" if since == "today" else f"submitted {since} ago"
    return on, what, told, day(left.since)


def _due(at: Workplace, counted: Mapping[UnitKey, UnitProgress], now: datetime) -> Content:
    """On which day the unit under the cursor is due, as long as it is unfinished."""
    due, today = counted[at.place.unit.key].due_day if at.place is not None else None, local(now).date()
    if due is None:
        return Content()
    on = due.strftime("%d %b") if due.year == today.year else date_told(due)
    told = "due today" if due == today else f"{'due' if due > today else 'was due'} {on}"
    return Content.styled(f" · {told}", "$quiet" if due > today else "bold $warning")


def _of_task(at: Workplace, place: CriterionPlace) -> str:
    assert place.task is not None
    own = at.criteria.places_of(place.task)
    return f"{sum(map(at.desk.is_open, own))} of {len(own)} to mark"


def _attempt(at: Workplace, shown: LearnerPortfolio) -> tuple[Content, bool]:
    """Which attempt it is, and whether the learner declared that it is their own work."""
    place = at.place
    attempt = shown.portfolio.unit(place.unit.key).attempt if place is not None else 1
    declared = shown.portfolio.declared(place.unit.key) if place is not None else shown.portfolio.declaration
    return Content.styled(f"  attempt {attempt}", "$quiet"), declared is not None


def _units(at: Workplace, shown: LearnerPortfolio, counted: Mapping[UnitKey, UnitProgress]) -> tuple[Content, Content]:
    """Every unit with the sign that it has in the caseload; and the one under the cursor with those that ask for a
    person, where there is no room for all."""
    short = short_codes(unit.code for unit in shown.units)
    every: list[Content] = []
    few: list[Content] = []
    for unit in shown.units:
        progress = counted[unit.key]
        is_here = at.place is not None and at.place.unit.key == unit.key
        sign = sign_of(progress)
        told = Content.styled(f" {one_line(short[unit.code])} {sign.glyph}", "bold $primary" if is_here else "$quiet")
        every.append(told)
        if is_here or sign is not UNIT_SIGNS[progress.state]:
            few.append(told)
    hidden = len(every) - len(few)
    more: Sequence[Content] = [Content.styled(f" +{hidden}", "$quiet")] if hidden else []
    return Content.assemble(*every), Content.assemble(*few, *more)
