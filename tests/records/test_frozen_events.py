"""Lines of every kind of event as the version before wrote them: they read to what is said here, for ever.

`tests/data/frozen_events` has a file for each kind, with a line for every shape that was ever written. They are never
changed. A kind that is added, or a field, gets a line of its own, written by the version that adds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.actions import Acknowledged, Action, ActionStep
from markterm.domain.record.bodies.body import Body, NotSaid
from markterm.domain.record.bodies.briefs import BriefVerified, Checked
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep
from markterm.domain.record.bodies.centre import MemberChanged, RemarkChosen
from markterm.domain.record.bodies.closing import Closed, Released, Reopened
from markterm.domain.record.bodies.criterion import Cited, Countersigned, Decided, Withdrawn
from markterm.domain.record.bodies.handed_in import Allowed, Declared, Submitted
from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.bodies.kinds import KINDS
from markterm.domain.record.bodies.moving import Carried, Renamed
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from markterm.domain.record.bodies.planning import (
    ChosenFrom,
    PlanChange,
    PlanChanged,
    Planned,
    PlannedRule,
    PlannedSample,
    Rated,
)
from markterm.domain.record.bodies.standardising import (
    Exhibit,
    MinutedAction,
    Standardised,
    Standardising,
    StandardisingStep,
    View,
    Viewed,
)
from markterm.domain.record.bodies.verifying import Answer, Looked, Override, Report, Sampled, Sight, Verified
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Json, Kind, Result
from markterm.domain.record.machine_read import MachineRead, Region
from markterm.domain.record.settlement import Settlement, Settling
from markterm.records.canonical import canonical
from markterm.records.codec import from_json, to_json
from markterm.records.folder.line import decode, encode

FROZEN = Path(__file__).parents[1] / "data" / "frozen_events"
DIARY = "7c3404cfed2985dfc7b24f9369ec2f4c051a74b7d4071a73ffd400046ef4619c"
CHANGED = "a8857c71f8ec27ad60e4a3eb40218e4709ed63d38fb71cb48344336e4b2588db"

SAID: Mapping[Kind, tuple[Body, ...]] = {
    Kind.DECLARED: (
        Declared("signed sheet"),
        Declared("e-mail", refuses_use=True),
        Declared("e-mail", on=date(2026, 3, 1), attempt=2),
    ),
    Kind.SUBMITTED: (
        Submitted(1, {"diary.md": DIARY}),
        Submitted(
            2,
            {"diary.md": CHANGED},
            authorised_by="ines",
            policy=Allowed(2, "verifier"),
            declaration=Declared("e-mail", on=date(2026, 3, 1)),
        ),
        Submitted(
            2,
            {"diary.md": "a" * 64},
            unread=("locked.pdf",),
            authorised_by="ines",
            policy=Allowed(2, "verifier"),
            declaration=Declared("e-mail", on=date(2026, 3, 1), refuses_use=True),
        ),
        Submitted(2, {"diary.md": "b" * 64}, authorised_by="ines"),
        Submitted(1, {}, unread=("locked.pdf",), at_closing=True, no_evidence="seen in person"),
        Submitted(1, {"log.md": DIARY}, at_closing=True),
    ),
    Kind.CITED: (
        Cited(Passage("diary.md", DIARY, 3, 3, "I made tea.", headings=("Diary",)), 1),
        Cited(
            Passage("diary.md", DIARY, 3, 4, "I made tea: “hot”.", place="page 2", headings=("Diary", "Monday")),
            1,
            "Boil the water",
        ),
        Cited(
            Passage(
                "scan.png", DIARY, 1, 1, "Tea", machine=MachineRead("tesseract", "5.3.0", 1, Region(8, 16, 75, 33))
            ),
            1,
            "Warm the pot, gently — “slowly”",
        ),
    ),
    Kind.DECIDED: (
        Decided(
            Result.PASS,
            "Boiling, and you say how you knew.",
            1,
            "Boil the water",
            citations=("6cdd007c387a4d2688e46e6758ce4a40",),
        ),
        Decided(Result.REFER, "Say why the pot is warmed, Rosalind.", 1, "Warm the pot"),
        Decided(Result.PASS, attempt=1, wording="Pour the tea"),
        Decided(Result.PASS, "Rinsed twice.", 1, "Rinse the cups", training=True),
        Decided(
            Result.PASS,
            attempt=1,
            wording="Boil the water",
            assignment="T-IA",
            task=1,
            batch="c6d0cb8514f64076a81305651889b91e",
        ),
        Decided(
            Result.REFER,
            "Say why the pot is warmed.\n\nSay when.",
            1,
            "Warm the pot, gently — “slowly”",
            reason="Both are missing.",
            note_by=("asha", "cem"),
        ),
        Decided(Result.PASS, attempt=1, wording="Pour the tea", marks=12, maximum=20, minimum=10),
        Decided(
            Result.PASS,
            attempt=2,
            wording="Boil the water",
            descriptors="74e03792e8bf",
            citations=("00000000000000000000000000000003",),
        ),
        Decided(
            Result.PASS,
            "Boiling, and you say how you knew.",
            1,
            "Boil the water",
            descriptors="74e03792e8bf",
            training=True,
            citations=("00000000000000000000000000000003",),
            assignment="T-IA",
            task=1,
            task_title="Tea for two",
            batch="c6d0cb8514f64076a81305651889b91e",
        ),
        Decided(Result.REFER, "Say why, Rosalind.", 1, "Warm the pot", amended="0691d89ba53641898c86fbe5a8ddbe21"),
    ),
    Kind.WITHDRAWN: (
        Withdrawn("Wrong learner."),
        Withdrawn("wrong row", 2),
    ),
    Kind.CLOSED: (
        Closed(
            Result.REFER,
            feedback="Nearly there: one criterion is missing.",
            attempt=1,
            rests_on=(
                "77bec61bc2ef431294e348021df6f968",
                "c1b362106445428eb5c55563070f8244",
                "db4eb3b677a14f80badd99a1ca381af1",
            ),
        ),
        Closed(
            Result.REFER,
            feedback="Nearly there.",
            attempt=1,
            rests_on=(
                "00000000000000000000000000000006",
                "0000000000000000000000000000000a",
                "0000000000000000000000000000000b",
            ),
            submission="00000000000000000000000000000002",
            evidence_changed=("added new.md", "changed diary.md"),
        ),
        Closed(
            Result.PASS,
            feedback="All passed now.",
            attempt=2,
            rests_on=(
                "0000000000000000000000000000000b",
                "00000000000000000000000000000018",
                "00000000000000000000000000000019",
            ),
            submission="00000000000000000000000000000013",
        ),
    ),
    Kind.REOPENED: (Reopened("One photograph came late."),),
    Kind.COUNTERSIGNED: (Countersigned("4f0b5e11f46b4dc389f56737462e7c07", "As I would."),),
    Kind.SAMPLED: (
        Sampled(1, why="The first referral in this unit."),
        Sampled(1, "One in four.", "interim", "ines", date(2026, 4, 1)),
    ),
    Kind.LOOKED: (
        Looked(
            (
                Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN),
                Answer("1.2", f"{0x32:032x}", False, "The pot is not named.", Sight.STATED, Result.REFER),
            ),
            1,
            Report("Clear notes.", "Name the pot.", ("valid", "current"), ()),
            (Override("running", "iva", "Nobody else is here this week."),),
        ),
        Looked((Answer("1.1", f"{0x31:032x}", True),), 2),
    ),
    Kind.VERIFIED: (
        Verified("4af33a475a4c40c69ccc9f5ff62449d2", True, 1),
        Verified("0000000000000000000000000000000c", False, 1, reason="1.2 is missing a page."),
        Verified(
            f"{0x33:032x}",
            False,
            1,
            answers=(
                Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN, Result.PASS),
                Answer("1.2", f"{0x32:032x}", False, "The pot is not named.", Sight.STATED),
            ),
            report=Report("Clear notes.", "Name the pot.", ("valid", "authentic"), ("specific",)),
        ),
        Verified(
            f"{0x33:032x}",
            True,
            1,
            "We spoke.",
            (Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN),),
            overrides=(Override("interest", "iva", "She is the only verifier."),),
        ),
    ),
    Kind.RELEASED: (
        Released("0000000000000000000000000000000c", "# Feedback\n\nNearly there.\n", 1),
        Released("0000000000000000000000000000000c", "# Feedback\n\nTogether.\n", 1, assignment="T-IA"),
    ),
    Kind.ACTION: (
        Action(
            ActionStep.SET,
            criterion="1.2",
            text="Read the second page of the diary, and decide 1.2 again.",
            owner="asha",
            due=date(2026, 3, 16),
            attempt=1,
            verification="0691d89ba53641898c86fbe5a8ddbe21",
            rests_on=("4f0b5e11f46b4dc389f56737462e7c07",),
        ),
        Action(ActionStep.DONE, f"{0x20:032x}", text="Read; it is decided again.", attempt=1),
        Action(
            ActionStep.SET,
            f"{0x20:032x}",
            criterion="1.2",
            text="The note has to say why — “because”.",
            owner="asha",
            due=date(2026, 3, 20),
            attempt=1,
        ),
        Action(
            ActionStep.REASSIGNED,
            f"{0x20:032x}",
            text="Asha has left.",
            owner="ben",
            due=date(2026, 3, 27),
            attempt=1,
        ),
        Action(ActionStep.ACCEPTED, f"{0x20:032x}", attempt=1),
    ),
    Kind.ACKNOWLEDGED: (
        Acknowledged("0691d89ba53641898c86fbe5a8ddbe21", attempt=1),
        Acknowledged("0691d89ba53641898c86fbe5a8ddbe21", "Thank you: I shall ask for the “why” at once.", 2),
    ),
    Kind.CASE: (
        Case(
            CaseStep.OPENED,
            CaseAbout.MALPRACTICE,
            criterion="1.2",
            text="Two diaries are alike, word for word.",
            on=date(2026, 3, 2),
        ),
        Case(
            CaseStep.REPORTED,
            CaseAbout.MALPRACTICE,
            f"{0x27:032x}",
            text="Form M1, with both diaries.",
            on=date(2026, 3, 3),
            to="the awarding organisation",
        ),
        Case(
            CaseStep.DECIDED,
            CaseAbout.MALPRACTICE,
            f"{0x27:032x}",
            text="Both copied from a hand-out.",
            on=date(2026, 3, 9),
            upheld=False,
        ),
        Case(CaseStep.CLOSED, CaseAbout.MALPRACTICE, f"{0x27:032x}", on=date(2026, 3, 10)),
        Case(
            CaseStep.OPENED,
            CaseAbout.ADJUSTMENT,
            text="More time, on paper of another colour.",
            on=date(2026, 3, 4),
        ),
        Case(CaseStep.DECIDED, CaseAbout.ADJUSTMENT, f"{0x2B:032x}", on=date(2026, 3, 5), upheld=True),
        Case(
            CaseStep.OPENED,
            CaseAbout.APPEAL,
            criterion="1.2",
            text="The second page was not read.",
            on=date(2026, 3, 6),
            rests_on=("4f0b5e11f46b4dc389f56737462e7c07",),
        ),
    ),
    Kind.CARRIED: (
        Carried(
            "Renumbered.",
            (
                Settlement(
                    "1.1",
                    Settling.CARRIED,
                    decisions=("1a",),
                    citations=("00000000000000000000000000000003",),
                    to="1.2",
                    wording="Warm the pot",
                ),
                Settlement("2.1", Settling.ANEW, decisions=("2b",)),
                Settlement("9.9", Settling.NOT_ASKED, citations=("3c",)),
            ),
            to_unit="T-101",
            to_version="2027-01",
        ),
        Carried("Gone.", (Settlement("9.9", Settling.NOT_ASKED, decisions=("3c",)),)),
    ),
    Kind.RENAMED: (
        Renamed(to="DDD5"),
        Renamed(origin="DDD4", heads={"asha.f656129e": (12, DIARY), "ben.5afa8cbb": (2, DIARY)}),
    ),
    Kind.MEMBER_CHANGED: (
        MemberChanged("asha", Member("asha", "Asha Patel", frozenset({Role.ASSESSOR}), units=frozenset({"T-101"}))),
        MemberChanged("ben", Member("ben", "Ben Ode", frozenset({Role.ASSESSOR}), training=frozenset({"T-101"}))),
        MemberChanged(
            "ines",
            Member(
                "ines",
                "Inés Vidal",
                frozenset({Role.COORDINATOR, Role.VERIFIER}),
                units=frozenset({"T-101"}),
                competence=date(2026, 1, 31),
                cpd=date(2025, 12, 1),
            ),
        ),
        MemberChanged("ben", None),
        MemberChanged(
            "asha", Member("asha", "Zoë Moss", frozenset({Role.ASSESSOR}), units=frozenset({"T-101"})), same_person=True
        ),
        MemberChanged("iva", Member("iva", "Iva Nowak", frozenset({Role.VERIFIER}), lead=True)),
    ),
    Kind.INTEREST_DECLARED: (
        InterestDeclared("ines", "AAA1", "Her nephew."),
        InterestDeclared("ines", "AAA1", "Her nephew.", date(2026, 1, 5), date(2026, 2, 1), date(2026, 3, 1)),
    ),
    Kind.REMARK_PINNED: (
        RemarkChosen("8d8b1e5d395e51660654f30168fe466cc7ebe5eb51a2949dfbdd9d976acdf368", "It did not boil."),
    ),
    Kind.REMARK_UNPINNED: (
        RemarkChosen(
            "f09bb9b1606e7e9afd10e9988f96c8fe95a1c184eb319ddb2e7671c8d6d18a26", "Say why, {given} — “because”."
        ),
    ),
    Kind.REMARK_RETIRED: (
        RemarkChosen(
            "f09bb9b1606e7e9afd10e9988f96c8fe95a1c184eb319ddb2e7671c8d6d18a26", "Say why, {given} — “because”."
        ),
    ),
    Kind.REMARK_RESTORED: (
        RemarkChosen(
            "f09bb9b1606e7e9afd10e9988f96c8fe95a1c184eb319ddb2e7671c8d6d18a26", "Say why, {given} — “because”."
        ),
    ),
    Kind.PLANNED: (
        Planned(
            date(2026, 9, 1),
            date(2027, 8, 31),
            "012345 2026-09-01",
            date(2026, 9, 14),
            {"least": 3, "shares": ["35 % up to 17"]},
            DIARY,
            (
                PlannedSample(
                    "AAA1",
                    "T-101",
                    ("drawn at random", "at least 1 of the 2 learners of T-101"),
                    "drawn",
                    True,
                    "summative",
                    "asha",
                    "amber",
                    "evidence and decisions",
                    "ines",
                    date(2026, 9, 28),
                ),
                PlannedSample("BBB2", "T-102", ("a resubmission is always sampled",), "always"),
            ),
            (
                PlannedRule("at least 1 of the 2 learners of T-101", 1, 2, 1),
                PlannedRule("7 of the 2 learners — “all”", 7, 2, 2, "there are only 2"),
            ),
            (
                ChosenFrom(
                    "T-101",
                    ("AAA1", "CCC3"),
                    (0, 1),
                    "asha",
                    "T-CERT",
                    "summative",
                    "pass",
                    "amber",
                    ("location: Leeds",),
                    ("first_decisions",),
                ),
                ChosenFrom("T-102", ("BBB2",)),
            ),
            3,
            1,
        ),
        Planned(date(2026, 9, 1), date(2027, 8, 31), "s", date(2026, 9, 14)),
    ),
    Kind.PLAN_CHANGED: (
        PlanChanged(
            date(2026, 9, 1), date(2027, 8, 31), "AAA1", "T-102", PlanChange.ADDED, "A new assessor — “first”."
        ),
        PlanChanged(date(2026, 9, 1), date(2027, 8, 31), "AAA1", "T-102", PlanChange.DROPPED, "On sick leave."),
        PlanChanged(
            date(2026, 9, 1), date(2027, 8, 31), "AAA1", "T-102", PlanChange.DATED, "Visit.", day=date(2026, 10, 1)
        ),
        PlanChanged(
            date(2026, 9, 1), date(2027, 8, 31), "AAA1", "T-102", PlanChange.ASSIGNED, "Inês is away.", verifier="omar"
        ),
    ),
    Kind.RATED: (Rated("asha", "T-101", "red", "Three referrals were not agreed.", date(2027, 1, 31)),),
    Kind.STANDARDISED: (
        Standardising(
            StandardisingStep.OPENED,
            qualification="T-CERT",
            exhibits=(
                Exhibit(
                    "AAA1", "T-101", "2026-09", ("1.1", "1.2"), Standardised.DECISIONS, "diary.md", DIARY, "line 3"
                ),
                Exhibit("BBB2", "T-101", "2026-09", ("1.2",), Standardised.FEEDBACK, rests_on=(f"{0x34:032x}",)),
                Exhibit("BBB2", "T-102", "", ("2.1",), Standardised.VERIFICATION),
            ),
            text="Two of us read 1.2 otherwise.",
        ),
        Standardising(
            StandardisingStep.ANSWERED,
            f"{0x51:032x}",
            views=(
                Viewed(1, "1.1", View.PASS),
                Viewed(1, "1.2", View.REFER, "The pot is not named — “which”?"),
                Viewed(2, "1.2", View.AGREE),
                Viewed(3, "2.1", View.NOT_AGREED, "It is there."),
            ),
        ),
        Standardising(
            StandardisingStep.CLOSED,
            f"{0x51:032x}",
            views=(Viewed(1, "1.2", View.REFER, "A pot that is not named is not warmed."),),
            on=date(2026, 10, 7),
            text="Whether the kind of pot has to be said.",
            present=("asha", "ben"),
            apologies=("ines",),
            last_time="The list of pots was made.",
            actions=(
                MinutedAction("Tell the tutors.", "ben", date(2026, 10, 14)),
                MinutedAction("Thank Inés.", "asha"),
            ),
        ),
        Standardising(StandardisingStep.DROPPED, f"{0x52:032x}", text="Begun twice."),
    ),
    Kind.ASSESSOR_OBSERVED: (
        AssessorObserved(
            ObservingStep.PLANNED,
            "asha",
            SeenHow.OBSERVATION,
            verifier="ines",
            unit="T-101",
            learner="AAA1",
            due=date(2026, 10, 1),
            text="Each year.",
        ),
        AssessorObserved(
            ObservingStep.RECORDED,
            "asha",
            SeenHow.OBSERVATION,
            f"{0x61:032x}",
            "ines",
            "T-101",
            "AAA1",
            on=date(2026, 9, 30),
            text="She asked, and waited for the answer.",
            strengths="Open questions.",
            development="Say what comes next.",
        ),
        AssessorObserved(
            ObservingStep.RECORDED,
            "asha",
            SeenHow.WITNESS,
            verifier="ines",
            witness="Mr Ode, head of the kitchen",
            on=date(2026, 9, 30),
            text="It was as the diary says.",
        ),
        AssessorObserved(ObservingStep.DROPPED, "asha", SeenHow.LEARNER, f"{0x64:032x}", text="The learner has left."),
    ),
    Kind.BRIEF_VERIFIED: (
        BriefVerified(
            "T-IA",
            DIARY,
            False,
            date(2026, 8, 20),
            (Checked("Every task says what is to be handed in.", True), Checked("The verbs fit the level.", False)),
            "Ask to explain in task 2, not to list.",
            "asha",
            date(2026, 8, 27),
        ),
        BriefVerified("T-IA", CHANGED, True),
    ),
}


def lines(kind: Kind) -> list[bytes]:
    """The frozen lines of a kind."""
    return (FROZEN / f"{kind}.log").read_bytes().split(b"\n")[:-1]


def event_in(line: bytes) -> tuple[Event, dict[str, Json]]:
    """The event of a line, and the line as JSON."""
    (decoded,) = decode([line])
    assert decoded.body is not None, "the line does not match its hash"
    return from_json(decoded.body), decoded.body


EVERY = [(kind, line) for kind in Kind if (FROZEN / f"{kind}.log").exists() for line in lines(kind)]


def test_every_kind_has_a_form_and_frozen_lines_that_say_every_field_of_it() -> None:
    assert set(KINDS) == set(Kind) == set(SAID)
    assert {path.stem for path in FROZEN.iterdir()} == set(Kind)
    unsaid = [
        f"{kind}: {name}"
        for kind in Kind
        for name in KINDS[kind].body.__annotations__
        if name != "more" and not any(getattr(said, name) for said in SAID[kind])
    ]
    assert unsaid == []


@pytest.mark.parametrize("kind", Kind)
def test_a_frozen_line_reads_to_what_it_said(kind: Kind) -> None:
    events = [event_in(line)[0] for line in lines(kind)]
    assert {event.kind for event in events} == {kind}
    assert tuple(KINDS[kind].body.read(event.body) for event in events) == SAID[kind]
    assert all(type(said) is KINDS[kind].body for said in SAID[kind])


@pytest.mark.parametrize("kind", Kind)
def test_a_frozen_line_is_written_again_byte_for_byte(kind: Kind) -> None:
    for line, said in zip(lines(kind), SAID[kind], strict=True):
        event, document = event_in(line)
        place: dict[str, Json] = {key: document[key] for key in ("prev", "lc", "seen") if key in document}
        assert encode({**to_json(replace(event, body=said.write())), **place})[1] == line + b"\n"


@given(st.sampled_from(EVERY), st.dictionaries(st.text(min_size=8), st.text(), min_size=1, max_size=3))
def test_the_fields_of_a_newer_version_are_written_again(frozen: tuple[Kind, bytes], newer: dict[str, Json]) -> None:
    kind, line = frozen
    body = {**event_in(line)[0].body, **{f"newer {key}": value for key, value in newer.items()}}
    assert canonical(KINDS[kind].body.read(body).write()) == canonical(body)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.text(max_size=4),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(EVERY), st.data())
def test_whatever_stands_in_a_field_the_body_is_read_or_said_to_lack_something(
    frozen: tuple[Kind, bytes], data: st.DataObject
) -> None:
    kind, line = frozen
    body = dict(event_in(line)[0].body)
    key = data.draw(st.sampled_from(sorted(body)))
    if (said := data.draw(st.just(None) | ANYTHING.map(lambda value: (value,)))) is None:
        del body[key]
    else:
        body[key] = cast(Json, said[0])
    form = KINDS[kind].body
    try:
        read = form.read(body)
    except NotSaid:
        return
    assert form.read(json.loads(canonical(read.write()))) == read
