"""What is kept until when, at the screen: held and held no more, and destroyed by two people who type whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.words.errors import Unreadable
from tests.centres import LEARNERS, make_centre_in
from tests.tui.sitting import NARROW, Sitting, sitting

_TOML = """
[[member]]
id = "cora"
name = "Cora Cole"
roles = ["coordinator"]

[retention.Pearson]
evidence_weeks = 12
record_years = 3
"""


def certified(path: Path, registration: str = "AAA1") -> Path:
    """That learner had the certificate of T-102 in 2020, and nothing else: all of it may go."""
    make_centre_in(path)
    with (path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_TOML)
    day = datetime(2020, 3, 2, 9, tzinfo=UTC)
    desk = Centre.open(path, member="asha", clock=lambda: day)
    desk.attempts.declare(registration, "signed sheet")
    for number in ("1.1", "1.2"):
        desk.marking.mark(registration, "T-102", number, Result.PASS, shown=OPEN_CRITERION)
    desk.closings.close(registration, "T-102", "Well.")
    about, said = Subject(desk.sheets.units.units["T-102"].key), Claimed(ClaimStep.RECEIVED, on=day.date())
    desk.recorder.record(
        registration,
        lambda act, _: Event(act.uid, Kind.CLAIMED, registration, act.at, "asha", "", about, said.write()),
    )
    desk.close_down()
    return path


def act_as(at: Sitting, member: str) -> None:
    """Somebody else has sat down."""
    at.app.centre.member = at.app.centre.details.named(member)


async def destroy(at: Sitting) -> None:
    """Everything of the learner under the cursor, with a slip in the registration."""
    await at.press("D", "down", "enter")
    await at.type("Years.")
    await at.press("tab")
    await at.type("BBB2")
    await at.press("enter")
    assert "Another registration. That of this learner is AAA1." in " ".join(at.text.split())
    await at.press(*["backspace"] * 4)
    await at.type("AAA1")
    await at.press("enter")


async def test_two_people_destroy_what_may_go_and_each_types_of_whom(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", size=NARROW, make=certified) as at:
        await at.press("4", "R")
        await at.shows("today evidence of 1, records of 1 may go")
        await destroy(at)
        assert "AAA1 is meant to be destroyed; nothing was destroyed yet" in at.told[-1]
        await at.shows("▸ meant by cora")
        await at.press("u")
        await at.until(lambda: "meant by" not in at.text)
        await destroy(at)
        await at.press("D", "down", "enter")
        await at.shows("This destroys it, and nothing brings it back.")
        await at.press("escape")
        assert (at.folder / "learners" / "AAA1").exists()
        act_as(at, "ines")
        await destroy(at)
        await at.shows("backups of the centre's folder")
        assert not (at.folder / "learners" / "AAA1").exists()
        await at.press("escape")
        await at.shows("2 learners; today evidence of 0")
        assert "AAA1" not in at.text
        await at.press("f")
        await at.shows("Of nobody may anything go today.")


@pytest.mark.long
async def test_what_may_go_first_stands_first_and_what_nothing_says_of_follows_by_registration(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", size=NARROW, make=partial(certified, registration="CCC3")) as at:
        await at.press("4", "R")
        await at.shows("today evidence of 1, records of 1 may go")
        listed = [word for line in at.lines for word in line.strip(" │▸").split()[:1] if word in LEARNERS]
        assert listed == ["CCC3", "AAA1", "BBB2"]


@pytest.mark.long
async def test_whoever_leaves_the_form_of_a_destruction_sees_how_the_learner_stands_by_now(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", size=NARROW, make=certified) as at:
        await at.press("4", "R")
        await at.shows("today evidence of 1, records of 1 may go")
        await destroy(at)
        await at.shows("▸ meant by cora")
        await at.press("D", "down", "enter")
        # As when destroying itself had failed half-way: the record has another entry than the list was read from.
        at.app.centre.retention.take_back("AAA1")
        await at.press("escape")
        await at.until(lambda: "meant by" not in at.text)


@pytest.mark.long
async def test_a_learner_is_held_and_held_no_more_with_reasons(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=certified) as at:
        await at.app.action_do("app.retention")
        await at.shows("✓ may go")
        await at.press("D")
        assert "neither coordinates nor verifies" in at.told[-1]
        await at.press("slash")
        await at.type("rosalind")
        await at.press("enter", "h")
        await at.type("A solicitor wrote.")
        await at.press("enter")
        await at.shows("asha holds it: A solicitor")
        await at.press("f")
        await at.shows("Of nobody may anything go today.")
        await at.press("f", "enter")
        await at.shows("by Asha Patel: A solicitor wrote.")
        await at.press("escape")
        act_as(at, "cora")
        await at.press("D")
        assert any("It is kept: asha holds it: A solicitor wrote." in told for told in at.told)
        await at.press("e")
        await at.type("It is over.")
        await at.press("enter")
        await at.shows("✓ may go")
        await at.press("X")
        await at.shows("What is kept of everybody until when")
        await at.press("escape")
        held = at.as_other("ines").retention.of("AAA1").holds
        assert [(each.text, each.lifted) for each in held] == [("A solicitor wrote.", True)]
        await at.press("escape", "escape")
        assert "Kept until when" not in at.text


async def test_marked_blind_nobody_is_named_and_nobody_destroyed(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", size=NARROW, make=certified, blind=True) as at:
        await at.app.action_do("app.retention")
        await at.shows("3 learners")
        await at.shows("Learner ")
        for name in ("AAA1", "BBB2", "CCC3", "Rosalind", "Nneka"):
            assert name not in at.text
        await at.press("D")
        assert "show the names first" in at.told[-1]


async def test_where_the_centres_record_cannot_be_read_that_is_said_and_nothing_is_listed(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", size=NARROW, make=certified) as at:
        unreadable = Unreadable("The centre's record cannot be read", "It is locked.", "Look at it.")
        at.app.centre.retention.held_by_visits = refused(unreadable)  # type: ignore[method-assign]  # as a share does
        await at.app.action_do("app.retention")
        await at.shows("The centre's record cannot be read: not read")
        await at.shows("It is locked. Look at it.")


def refused(error: Exception) -> Callable[[], NoReturn]:
    """What raises it."""

    def refuse() -> NoReturn:
        raise error

    return refuse
