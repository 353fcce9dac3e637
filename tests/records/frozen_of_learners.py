"""What the frozen lines of a learner's record say, kind by kind: `tests/data/frozen_events` has the lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markterm.domain.record.bodies.actions import Acknowledged, Action, ActionStep
from markterm.domain.record.bodies.arriving import Arrived, Received
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep, RecognisedAs
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.bodies.closing import Closed, Released, Reopened
from markterm.domain.record.bodies.commenting import Commented
from markterm.domain.record.bodies.criterion import Cited, Countersigned, Decided, Withdrawn
from markterm.domain.record.bodies.handed_in import Allowed, Declared, Submitted
from markterm.domain.record.bodies.leaving import Left, LeftStep
from markterm.domain.record.bodies.moving import Carried, Renamed
from markterm.domain.record.bodies.retaining import EvidenceDestroyed, Hold, HoldStep
from markterm.domain.record.bodies.signing import Signed
from markterm.domain.record.bodies.verifying import Answer, Looked, Override, Report, Sampled, Sight, Verified
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Kind, Result
from markterm.domain.record.machine_read import MachineRead, Region
from markterm.domain.record.settlement import Settlement, Settling

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
        Submitted(
            2,
            {"log.md": CHANGED},
            authorised_by="carol",
            policy=Allowed(
                3, "coordinator", ("The first day for handing in was kept.", "It is the learner's own work.")
            ),
        ),
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
        Decided(Result.REFER, "", 1, "Compare two places for the stall", level="merit"),
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
        Closed(
            Result.PASS,
            feedback="A merit: sold and reviewed.",
            attempt=1,
            rests_on=("0000000000000000000000000000000b",),
            submission="00000000000000000000000000000013",
            grade="merit",
        ),
    ),
    Kind.REOPENED: (Reopened("One photograph came late."),),
    Kind.COUNTERSIGNED: (Countersigned("4f0b5e11f46b4dc389f56737462e7c07", "As I would."),),
    Kind.SAMPLED: (
        Sampled(1, why="The first referral in this unit."),
        Sampled(1, "One in four.", "interim", "ines", date(2026, 4, 1)),
        Sampled(1, "dropped from the sampling plan: another unit tells more", taken_back=True),
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
        Looked((Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN),), 2, unfinished=True),
        Looked((Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN),), 2, in_training=True),
        Looked((Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN, by="tia"),), 2, countersigns="tia"),
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
        Verified(
            f"{0x33:032x}",
            False,
            1,
            answers=(
                Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN),
                Answer("1.2", f"{0x32:032x}", False, "The pot is not named.", by="iva"),
            ),
        ),
        Verified(
            f"{0x33:032x}",
            True,
            1,
            answers=(Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN),),
            unfinished=True,
        ),
        Verified(
            f"{0x33:032x}",
            True,
            1,
            answers=(Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN),),
            in_training=True,
        ),
        Verified(
            f"{0x33:032x}",
            True,
            1,
            "Read.",
            (Answer("1.1", f"{0x31:032x}", True, "", Sight.SEEN, by="tia"),),
            countersigns="tia",
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
    Kind.COMMENTED: (
        Commented("Both models are set side by side; go on so.", 1),
        Commented("The talk holds together.", assignment="T-IA", task=2),
        Commented("", 1),
    ),
    Kind.RECEIVED: (
        Received(
            "submissions.zip",
            (
                Arrived(
                    "Ada Moss_518201_assignsubmission_file_/diary 2026-06-01.md",
                    "0" * 64,
                    6,
                    "Ada Moss_518201_assignsubmission_file_/diary.md",
                    "by the name",
                ),
            ),
        ),
        Received("inbox.mbox", (Arrived("plan.docx", "1" * 64, 31_000),)),
    ),
    Kind.CLAIMED: (
        Claimed(
            ClaimStep.CLAIMED,
            on=date(2026, 6, 1),
            number="C-2041",
            text="First batch of June.",
            rests_on=("0691d89ba53641898c86fbe5a8ddbe21",),
        ),
        Claimed(ClaimStep.RECEIVED, on=date(2026, 6, 12), number="11/2041"),
        Claimed(ClaimStep.SENT),
        Claimed(ClaimStep.TAKEN_BACK, text="Sent to another learner."),
        Claimed(ClaimStep.EXEMPT, qualification="T-CERT", text="Certificate of another centre."),
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
        Case(
            CaseStep.OPENED,
            CaseAbout.RECOGNITION,
            text="Ran a tea room.",
            on=date(2026, 3, 7),
            recognised_as=RecognisedAs.CREDIT_TRANSFER,
            evidence={"certificate.pdf": "9d" * 32},
        ),
    ),
    Kind.HOLD: (
        Hold(HoldStep.SET, "The learner's solicitor wrote."),
        Hold(HoldStep.LIFTED, "The court has decided."),
    ),
    Kind.LEFT: (
        Left(LeftStep.LEFT, date(2026, 10, 2), "Moved to another town."),
        Left(LeftStep.BACK, date(2026, 10, 9)),
        Left(LeftStep.TRANSFERRED, date(2026, 10, 20), "To Northgate College."),
    ),
    Kind.EVIDENCE_DESTROYED: (
        EvidenceDestroyed(
            f"{0x70:032x}",
            "Pearson: evidence 12 weeks from the receipt of certificates, records 3 years from certification",
            3,
            "Twelve weeks are over.",
            ("0691d89ba53641898c86fbe5a8ddbe21",),
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
    Kind.SIGNED: (
        Signed(
            "00000000000000000000000000000060",
            "2ded5c213134249eab43be21d8ba03069bd19b5a437227f2b34e2231b6d40dcd",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "00000000000000000000000000000081",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
    ),
}
