"""The actions of a centre at the screen: accepted, sent back, given to another member, and looked for elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting
from tests.tui.test_areas import shown

SOON = date.today() + timedelta(5)


def with_actions(path: Path) -> Path:
    """T-101 of two learners closed by Asha; of AAA1 1.2 is not agreed, and Asha has said that the action on it is
    done. Another action, on the unit of BBB2, is open and was given to Omar, who left."""
    make_centre_in(path)
    toml = path / "centre.toml"
    omar = '\n[[member]]\nid = "omar"\nname = "Omar Haddad"\nroles = ["assessor"]\n'
    text = toml.read_text("utf-8")
    toml.write_text(text + omar, "utf-8")
    asha = Centre.open(path, member="asha", places=places_in(path.parent / "asha"))
    for learner in ("AAA1", "BBB2"):
        for number in ("1.1", "1.2", "2.1"):
            asha.marking.mark(learner, "T-101", number, Result.PASS, "")
        asha.attempts.declare(learner, "e-mail")
        asha.closings.close(learner, "T-101", "")
    ines = Centre.open(path, member="ines", places=places_in(path.parent / "ines"))
    ines.verification.sample("AAA1", "T-101", "routine")
    ines.verification.verify("AAA1", "T-101", Said(not_agreed={"1.2": "No pot."}))
    ines.actions.set("AAA1", "T-101", "Rosalind shows the pot.", owner="", due=SOON, criterion="1.2")
    ines.actions.set("BBB2", "T-101", "Come to the meeting.", owner="omar", due=SOON)
    asha.actions.do("AAA1", "T-101", "", "It is on page 2.")
    asha.close_down()
    ines.close_down()
    toml.write_text(text, "utf-8")
    return path


async def to_actions(at: Sitting) -> None:
    """To the list of the actions."""
    await at.press("3", "tab", "tab")
    await at.shows("1 to accept, 1 open")


async def test_an_action_is_sent_back_given_to_another_and_accepted_from_the_list(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_actions) as at:
        await to_actions(at)
        assert "omar, left" in at.text
        assert "asha" in next(line for line in at.lines if line.startswith("▸"))
        await at.press("a")
        assert "nobody decided it again" in at.told[-1]
        await at.press("x", "down", "enter")
        await at.type("Show the pot itself.")
        await at.press("enter")
        await at.shows("Show the pot itself.")
        assert "2 open" in at.text
        (action,) = at.as_other("ines").actions.of("AAA1")
        assert (action.action.text, action.action.due) == ("Show the pot itself.", date.today() + timedelta(14))
        await at.press("k", "k", "r", "down", "enter")
        await at.type("left the centre")
        await at.press("enter")
        await at.shows("reassigned: Come to the")
        assert at.events("BBB2")[-1].body["owner"] == "ben"
        at.as_other("ben").actions.do("BBB2", "T-101", "", "Was there.")
        await at.press("ctrl+r", "k", "a", "enter")
        await at.shows("1 open")
        assert at.events("BBB2")[-1].body["step"] == "accepted"
        await at.press("f")
        await at.shows("1 accepted")


@pytest.mark.long
async def test_what_was_not_agreed_is_looked_for_elsewhere_and_sampled_after_a_list(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_actions) as at:
        # From the queue: the action that is done.
        await at.press("enter")
        await at.shows("1 to accept, 1 open")
        await at.press("h")
        await at.shows("The same elsewhere, not agreed once: T-101 1.2 by asha")
        assert "BBB2" in at.text
        await at.press("enter")
        assert at.events("BBB2")[-1].body["why"] == "a wider sample: 1.2 by asha was not agreed of AAA1"
        await at.press("h")
        assert at.told[-1] == "T-101 1.2 by asha: 1 other is agreed or sampled already."
        await at.press("o")
        await at.opened("AAA1")
        assert at.at == "T-101 1.2"
        await at.press("q")
        assert shown(at) == ["Caseload", "Samples"]
        await at.press("slash")
        await at.type("state:left")
        await at.press("enter")
        assert ("omar, left" in at.text, "AAA1" in at.text) == (True, False)


@pytest.mark.long
async def test_an_owner_says_done_from_the_list_and_sees_their_own_alone(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="asha", make=with_actions) as at:
        at.as_other("ines").actions.set("BBB2", "T-101", "Warm it.", owner="asha", due=SOON)
        await at.press("3", "tab", "tab")
        await at.press("m")
        await at.shows("1 to accept, 1 open yours")
        await at.press("j", "d")
        await at.type("Warmed.")
        await at.press("enter")
        await at.shows("2 to accept")
        assert at.events("BBB2")[-1].body["step"] == "done"
        await at.press("k", "a")
        assert "Only a verifier sets and accepts actions" in at.told[-1]


async def test_nobody_is_named_in_the_actions_of_whoever_verifies_blind(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_actions, blind=True) as at:
        await to_actions(at)
        told = [word for word in ("Rosalind", "Jones", "AAA1", "BBB2", "Nneka") if word in at.text]
        assert (told, "Learner " in at.text) == ([], True)
        await at.press("x", "enter")
        assert ("Rosalind" in at.text, "Not accepted: Learner" in at.text) == (False, True)
