"""What the frozen lines about how people develop say, kind by kind, of both records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markterm.domain.assessed.method import Method
from markterm.domain.assessed.standard import StatementLink
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.accounts import Account, AccountStep, Covered, MethodSet, Witness
from markterm.domain.record.bodies.badging import Badge, BadgeStep
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep, SkillsRated, StatementRated
from markterm.domain.record.bodies.due_day import DueSet
from markterm.domain.record.bodies.opening import Opened, OpenedFile
from markterm.domain.record.bodies.profiles import ProfileEnded, ProfileFunction, ProfileKept, ProfilePart
from markterm.domain.record.event import Kind

_TALK = "accounts/2026-03-02 professional discussion"
_COVERS = (Covered(UnitKey("T-101", "2026-01"), ("1.1", "2.1")), Covered(UnitKey("T-102", "2026-01"), ("1.2",)))

SAID: Mapping[Kind, tuple[Body, ...]] = {
    Kind.OPENED: (
        Opened(
            {
                "diary.md": OpenedFile(12, "7c3404cfed2985dfc7b24f9369ec2f4c051a74b7d4071a73ffd400046ef4619c"),
                "week 2/log.docx": OpenedFile(4096, "a" * 64),
            }
        ),
    ),
    Kind.DUE_SET: (
        DueSet(date(2026, 12, 4)),
        DueSet(date(2026, 12, 18), "T-IA"),
        DueSet(None, why="Nothing is handed in before the new year."),
    ),
    Kind.ACCOUNT: (
        Account(
            AccountStep.KEPT,
            Method.DISCUSSION,
            f"{_TALK}.md",
            "5e" * 32,
            date(2026, 3, 2),
            "Room 4",
            ("Mo Ode",),
            40,
            _COVERS,
            attached={f"{_TALK}/talk.m4a": "4c" * 32},
        ),
        Account(
            AccountStep.CONFIRMED,
            on=date(2026, 3, 9),
            account=f"{0x221:032x}",
            said_by="Rosalind Jones",
            how="signed form",
            seen_by="ben",
            attached={f"{_TALK}/form.pdf": "7f" * 32},
        ),
        Account(
            AccountStep.KEPT,
            Method.TESTIMONY,
            "accounts/2026-03-02 witness testimony of Mo Ode.md",
            "1d" * 32,
            date(2026, 3, 2),
            "The kitchen",
            covers=_COVERS[:1],
            witness=Witness("Mo Ode", "head of the kitchen", "line manager", "mo@example.org"),
        ),
    ),
    Kind.METHOD_SET: (MethodSet(Method.REFLECTION, {"diary.md": "3b" * 32}),),
    Kind.BADGE: (
        Badge(BadgeStep.AGREED, date(2026, 3, 1), "Rosalind Jones", "signed sheet"),
        Badge(
            BadgeStep.ISSUED,
            credential='{\n "type": ["VerifiableCredential", "OpenBadgeCredential"]\n}\n',
            rests_on="0691d89ba53641898c86fbe5a8ddbe21",
        ),
        Badge(BadgeStep.REVOKED, why="The unit was reopened."),
    ),
    Kind.SKILLS_RATED: (
        SkillsRated(
            (
                StatementRated(StatementLink("TEA01", "P1", "1.0"), "with help", "The urn at the fair."),
                StatementRated(StatementLink("TEA01", "K1", "1.0"), "not yet"),
            ),
            "Rosalind Jones",
            "in talk",
            date(2026, 3, 1),
            ("not yet", "with help", "alone"),
            "alone",
        ),
        SkillsRated(
            (StatementRated(StatementLink("TEA01", "P1", "1.0"), ""),),
            "Rosalind Jones",
            "by e-mail",
            date(2026, 3, 2),
            ("no", "yes"),
            "yes",
            corrects="00000000000000000000000000000101",
            why="She meant coffee.",
        ),
        SkillsRated(
            (StatementRated(StatementLink("TEA01", "P1", ""), "yes"),),
            "Ben Ode",
            "on paper",
            date(2026, 3, 3),
            ("no", "yes"),
            "yes",
            member="ben",
        ),
    ),
    Kind.CPD_PLANNED: (
        CpdPlanned(
            CpdStep.PLANNED,
            "Leaves of the world",
            "a course",
            date(2026, 6, 30),
            "the certificate",
            (StatementLink("TEA01", "K1", "1.0"),),
        ),
        CpdPlanned(
            CpdStep.CHANGED,
            "Leaves of the world",
            "a book",
            date(2026, 7, 31),
            "notes",
            (StatementLink("TEA01", "K1", "1.0"),),
            "00000000000000000000000000000104",
            "The course was full.",
        ),
        CpdPlanned(CpdStep.DROPPED, "Pots", item="00000000000000000000000000000104", why="No need.", member="ben"),
    ),
    Kind.CPD_DONE: (
        CpdDone("Leaves of the world", date(2026, 3, 1), "notes", "00000000000000000000000000000104"),
        CpdDone(
            "A day in a tea house",
            date(2026, 3, 2),
            "a letter",
            requirements=("T3",),
            statements=(StatementLink("TEA01", "P1", "1.0"),),
            member="ben",
        ),
        CpdDone("A day in a tea house", date(2026, 3, 2), taken_back=True, why="It was Tia.", member="ben"),
    ),
    Kind.PROFILE_KEPT: (
        ProfileKept("WAITER", "Who serves tea", parts=(ProfilePart("TEA01", "1.0", ("P1", "K1")),)),
        ProfileKept(
            "WAITER",
            "Who serves tea",
            (ProfileFunction("TEA", "1.0", "A1", "Serve", ("TEA01", "TEA02")),),
            (ProfilePart("TEA01", "1.0", ("P1",)), ProfilePart("TEA02", "", ("P1",))),
            "They wash up too.",
        ),
    ),
    Kind.PROFILE_ENDED: (ProfileEnded("WAITER", "Nobody serves any more."),),
}
