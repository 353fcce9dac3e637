"""What the frozen lines of the centre's own record say, kind by kind: `tests/data/frozen_events` has the lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.actions import ActionStep, FollowedUp
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.briefs import BriefVerified, Checked
from markterm.domain.record.bodies.centre import MemberChanged, RemarkChosen
from markterm.domain.record.bodies.interest import InterestDeclared
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
from markterm.domain.record.bodies.retaining import Destroyed, DestructionStep, What
from markterm.domain.record.bodies.signing import KeyEnded, KeyEntered
from markterm.domain.record.bodies.standard_carrying import CarriedStatement, StandardCarried
from markterm.domain.record.bodies.standardising import (
    Exhibit,
    MinutedAction,
    Standardised,
    Standardising,
    StandardisingStep,
    View,
    Viewed,
)
from markterm.domain.record.bodies.visit_noting import NoteStep, VisitNoted
from markterm.domain.record.bodies.visiting import Visited, VisitStep
from markterm.domain.record.event import Kind
from tests.records.frozen_of_learners import CHANGED, DIARY

SAID: Mapping[Kind, tuple[Body, ...]] = {
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
        MemberChanged("tia", Member("tia", "Tia Moss", frozenset({Role.VERIFIER}), learning_to_verify=True)),
        MemberChanged(
            "pat",
            Member(
                "pat",
                "Pat Reed",
                frozenset({Role.EXTERNAL}),
                qualifications=frozenset({"T-CERT"}),
                visit=(date(2026, 10, 8), date(2026, 10, 9)),
            ),
        ),
        MemberChanged("ana", Member("ana", "Ana Sá", frozenset({Role.TUTOR}), sites=frozenset({"Depot"}))),
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
                PlannedRule("one of every kind: location Leeds", 1, 1, 1, covers=True),
            ),
            (
                ChosenFrom(
                    "T-101",
                    ("AAA1", "CCC3"),
                    (0, 1),
                    "asha",
                    "T-CERT",
                    "summative",
                    "amber",
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
        PlanChanged(
            date(2026, 9, 1),
            date(2027, 8, 31),
            "AAA1",
            "T-102",
            PlanChange.METHOD,
            "She works nights.",
            method="interview with the learner",
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
        Standardising(
            StandardisingStep.OPENED,
            qualification="T-CERT",
            exhibits=(Exhibit("CCC3", "T-101", "2026-09", ("1.1",), refused=True),),
        ),
        Standardising(
            StandardisingStep.OPENED,
            qualification="T-CERT",
            exhibits=(Exhibit("CCC3", "G-1", "2026-01", ("A.P1", "A.M1"), higher=("A.M1",)),),
        ),
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
    Kind.STANDARD_CARRIED: (
        StandardCarried(
            "TEA01",
            "1.0",
            "2.0",
            (CarriedStatement("P1", "P2"), CarriedStatement("K1", "K1")),
            ("T-101", "T-102"),
            "The publisher says that they were only numbered anew — “no change of meaning”.",
        ),
        StandardCarried("TEA02", "", "2.0", (CarriedStatement("K1", "K2"),), (), "As before."),
    ),
    Kind.FOLLOWED_UP: (
        FollowedUp(ActionStep.DONE, f"{0x53:032x}", 2, "She was thanked — twice."),
        FollowedUp(ActionStep.SET, f"{0x53:032x}", 1, "Tell the tutors of 1.2, too.", "ben", date(2026, 10, 21)),
        FollowedUp(ActionStep.REASSIGNED, f"{0x53:032x}", 1, "Ben has left.", "asha"),
        FollowedUp(ActionStep.ACCEPTED, f"{0x53:032x}", 2),
    ),
    Kind.VISITED: (
        Visited(
            VisitStep.RECORDED,
            organisation="Tea & Co",
            by="Pat Reed",
            on=date(2026, 9, 30),
            rating="green",
            scope="T-CERT, three learners",
            report="report.pdf",
            sha256=DIARY,
            signed_off=("T-CERT",),
            text="Sound — but for the plan.",
        ),
        Visited(
            VisitStep.ASKED,
            f"{0x91:032x}",
            text="A plan for T-102.",
            owner="ines",
            due=date(2026, 11, 1),
            qualification="T-CERT",
            holds=("claims", "retention"),
        ),
        Visited(VisitStep.DROPPED, f"{0x91:032x}", text="Of another centre."),
    ),
    Kind.VISIT_NOTED: (
        VisitNoted(NoteStep.LOOKED, date(2026, 10, 8), ("AAA1", "BBB2")),
        VisitNoted(NoteStep.PICKED, date(2026, 10, 8), ("BBB2",), "Two tasks — one by hand."),
        VisitNoted(NoteStep.PUT_BACK, date(2026, 10, 8), ("BBB2",), "Seen last year."),
        VisitNoted(NoteStep.LISTED, date(2026, 10, 8), ("AAA1", "BBB2")),
        VisitNoted(NoteStep.OPENED, date(2026, 10, 8), ("BBB2",)),
    ),
    Kind.DESTROYED: (
        Destroyed(
            DestructionStep.INTENDED,
            What.RECORD,
            "5a17",
            DIARY,
            rule="EAL: evidence as long as the record, records 3 years from certification",
            text="Three years are over.",
        ),
        Destroyed(
            DestructionStep.BEGUN,
            What.RECORD,
            "5a17",
            DIARY,
            f"{0x90:032x}",
            "EAL: evidence as long as the record, records 3 years from certification",
            "I looked at it, too.",
            {DIARY: {"asha.f656129e": (12, DIARY), "ben.5afa8cbb": (2, CHANGED)}},
        ),
        Destroyed(DestructionStep.DONE, What.RECORD, "5a17", DIARY, f"{0x90:032x}"),
        Destroyed(DestructionStep.TAKEN_BACK, What.EVIDENCE, "5a17", CHANGED, f"{0x91:032x}"),
        Destroyed(
            DestructionStep.GIVEN_UP,
            What.RECORD,
            "5a17",
            CHANGED,
            f"{0x92:032x}",
            text="something was recorded of it while it began to be destroyed",
        ),
    ),
    Kind.KEY_ENTERED: (
        KeyEntered("asha", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
        KeyEntered(
            "asha",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "00000000000000000000000000000080",
        ),
    ),
    Kind.KEY_ENDED: (
        KeyEnded(
            "asha",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "The laptop was stolen.",
            datetime(2026, 6, 1, 17, 30, tzinfo=UTC),
            frozenset({"3f9a20c1d4e5b6a798801122", "00112233445566778899aabb"}),
        ),
    ),
}
