"""Bodies of events are read and written in one place, and say what an older version would read past."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from markterm.domain.record.bodies.kinds import KINDS, About, check_writable, said_by
from markterm.domain.record.event import CENTRE, OF_A_LEARNER, OF_EITHER, OF_THE_CENTRE, Json, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.record_format import UpgradeNeeded
from markterm.domain.record.understanding import is_known, is_understood
from tests.samples import KEY, decision, declaration

PROGRAM = Path(__file__).parents[2] / "markterm"
BODIES = PROGRAM / "domain" / "record" / "bodies"
OTHER_BODIES = {BODIES, PROGRAM / "records" / "folder", PROGRAM / "evidence"}
"""A line of a segment and a document have a body of their own."""

LOOKS_INTO_A_BODY = re.compile(r"\.body(\[|\.(get|items|keys|values)\b)|\bin \w+\.body\b|\bbody=\{")


def test_nobody_else_looks_into_a_body_or_makes_one() -> None:
    found = [
        f"{path.relative_to(PROGRAM)}: {line.strip()}"
        for path in PROGRAM.rglob("*.py")
        if OTHER_BODIES.isdisjoint(path.parents)
        for line in path.read_text("utf-8").splitlines()
        if LOOKS_INTO_A_BODY.search(line)
    ]
    assert found == []


def test_every_kind_belongs_to_one_of_the_two_records_or_is_about_people_of_both() -> None:
    assert set(Kind) == OF_A_LEARNER | OF_THE_CENTRE
    assert OF_A_LEARNER & OF_THE_CENTRE == OF_EITHER
    assert all(KINDS[kind].about == About.WHOLE for kind in OF_THE_CENTRE)


@pytest.mark.parametrize("kind", sorted(OF_THE_CENTRE - OF_EITHER))
def test_what_belongs_to_the_centres_record_is_of_no_known_kind_in_a_learners(kind: Kind) -> None:
    # What each kind cannot do without.
    body: dict[str, Json] = {
        "member": "jm",
        "left": True,
        "remark": "",
        "text": "Say why.",
        "begins": "2026-09-01",
        "ends": "2027-08-31",
        "day": "2026-09-01",
        "seed": "s",
        "learner": "AAA1",
        "unit": "T-101",
        "change": "dropped",
        "assessor": "asha",
        "risk": "red",
        "until": "2027-01-31",
        "assignment": "T-IA",
        "sha256": "ab",
        "key": "ab" * 32,
        "since": "2026-09-01T09:00:00+00:00",
        "fit": False,
        "code": "WAITER",
    }
    # What a step is differs from kind to kind.
    if kind == Kind.STANDARDISED:
        body |= {"step": "dropped", "standardisation": "s1"}
    if kind == Kind.DESTROYED:
        body |= {"step": "done", "what": "record", "salt": "5a17", "name": "ab"}
    if kind == Kind.FOLLOWED_UP:
        body |= {"step": "done", "set_by": "s1", "place": 1}
    if kind == Kind.VISIT_NOTED:
        body |= {"step": "looked", "visit": "2026-10-01", "learners": ["AAA1"]}
    if kind == Kind.VISITED:
        body |= {"step": "dropped", "visit": "v1"}
    if kind == Kind.ASSESSOR_OBSERVED:
        body |= {"step": "dropped", "observation": "o1", "how": "observation"}
    if kind == Kind.STANDARD_CARRIED:
        body |= {"standard": "TEA01", "old": "1", "new": "2", "statements": [{"old": "P1", "new": "P2"}]}
    foreign = replace(declaration(), kind=kind.value, body=body)
    assert said_by(replace(foreign, learner=CENTRE)) is not None
    assert (is_known(foreign), is_understood(foreign)) == (False, False)
    assert fold([foreign]).unknown == (foreign,)


def test_a_kind_of_a_newer_version_is_kept_and_says_nothing() -> None:
    newer = replace(decision("a"), kind="moderated")
    assert said_by(newer) is None
    assert fold([newer]).unknown == (newer,)
    check_writable(newer, 1)


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_that_came_with_a_format_is_not_written_in_an_older_one(kind: Kind) -> None:
    event = replace(decision("a"), kind=kind.value)
    check_writable(event, KINDS[kind].since)
    if KINDS[kind].since > 1:
        with pytest.raises(UpgradeNeeded):
            check_writable(event, KINDS[kind].since - 1)


@pytest.mark.parametrize(
    ("about", "subjects"),
    [
        (About.CRITERION, [Subject(KEY, "1.1")]),
        (About.UNIT, [Subject(KEY)]),
        (About.WHOLE, [Subject()]),
        (About.WHOLE | About.UNIT, [Subject(), Subject(KEY)]),
    ],
)
def test_an_event_is_about_what_its_kind_is_about(about: About, subjects: list[Subject]) -> None:
    every = [Subject(), Subject(KEY), Subject(KEY, "1.1"), Subject(None, "1.1")]
    assert [subject for subject in every if about.fits(subject)] == subjects


def test_a_text_that_is_null_is_one_that_nobody_said() -> None:
    assert said_by(replace(declaration(), body={"form": None})) == said_by(replace(declaration(), body={}))
    decided = decision("a")
    bare: dict[str, Json] = {"result": "pass"}
    nulls: dict[str, Json] = {**bare, "note": None, "wording": None, "descriptors": None}
    assert said_by(replace(decided, body=nulls)) == said_by(replace(decided, body=bare))
