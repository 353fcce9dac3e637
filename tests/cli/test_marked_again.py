"""Marking what is marked already at the command line: what is asked, what is refused, and what is not recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.cli import mark
from tests.cli.conftest import Ask, put_in_conflict

ASHA, BEN = ("--as", "asha"), ("--as", "ben")
PASS = ("mark", "AAA1", "T-101", "1.1", "pass")

pytestmark = pytest.mark.usefixtures("centre")


def decided(ask: Ask) -> list[dict[str, object]]:
    """The decisions in the record."""
    return [event["body"] for event in ask("log", "AAA1", "--json").json if event["kind"] == "decided"]


def test_the_same_pass_again_is_said_and_not_recorded(ask: Ask) -> None:
    ask(*PASS, "--note", "Boils.", *ASHA)
    again = ask(*PASS, *ASHA)
    assert (again.code, again.out) == (0, "")
    assert "T-101 1.1 is a pass of yours already. Nothing was recorded." in again.err
    assert ask(*PASS, *ASHA, "--json").json == []
    assert len(decided(ask)) == 1
    for _ in range(2):
        referred = ask("mark", "AAA1", "T-101", "1.2", "refer", "--note", "Cold.", *ASHA)
    assert "T-101 1.2 is a referral of yours already." in referred.err


def test_what_is_new_among_several_is_recorded(ask: Ask) -> None:
    ask(*PASS, *ASHA)
    several = ask("mark", "AAA1", "T-101", "1.1,1.2,2.1", "pass", *ASHA)
    assert (several.code, several.out.count("recorded")) == (0, 2)
    assert len(decided(ask)) == 3


def test_a_colleagues_note_is_neither_dropped_nor_taken_over_unasked(ask: Ask) -> None:
    ask(*PASS, "--note", "Boils.", *ASHA)
    refused = ask("mark", "AAA1", "T-101", "1.2,1.1", "pass", *BEN)
    assert refused.code == 3
    assert "a note by asha" in refused.err
    for option in ("--keep-note", "--drop-note", "--note"):
        assert option in refused.err
    assert len(decided(ask)) == 1, "nothing of it was marked"
    assert ask(*PASS, "--keep-note", *BEN).code == 0
    assert (decided(ask)[-1]["note"], decided(ask)[-1]["note_by"]) == ("Boils.", ["asha"])
    for command in (("show", "AAA1"), ("log", "AAA1"), ("recent",), ("across", "T-101", "1.1")):
        assert "note by asha" in ask(*command).out
    assert "in the words of Asha Patel" in ask("sheet", "AAA1", "T-101").out
    told = ask("show", "AAA1", "--json").json["units"][0]["outcomes"][0]["criteria"][0]["decisions"][0]
    assert (told["actor"], told["note_by"]) == ("ben", ["asha"])
    assert ask("recent", "--json").json[0]["note_by"] == ["asha"]
    assert ask("across", "T-101", "1.1", "--json").json["decided"][0]["note_by"] == ["asha"]


def test_a_colleagues_note_goes_when_that_is_said(ask: Ask) -> None:
    ask(*PASS, "--note", "Boils.", *ASHA)
    assert ask(*PASS, "--drop-note", *BEN).code == 0
    assert decided(ask)[-1]["note"] == ""


@pytest.mark.parametrize(("answer", "note"), [("keep\n", "Boils."), ("drop\n", "")])
def test_at_a_terminal_it_is_asked_with_the_note_and_whose_it_is(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, answer: str, note: str
) -> None:
    ask(*PASS, "--note", "Boils.", *ASHA)
    monkeypatch.setattr(mark, "at_a_terminal", lambda: True)
    said = ask(*PASS, *BEN, stdin=answer)
    assert said.code == 0
    assert "a note by asha" in said.err
    assert "Boils." in said.err
    assert decided(ask)[-1]["note"] == note


def test_withdrawing_does_not_settle_a_conflict(ask: Ask, centre: Path) -> None:
    put_in_conflict(centre)
    refused = ask("withdraw", "AAA1", "T-101", "1.2", "--reason", "slip", *ASHA)
    assert refused.code == 3
    assert "markterm settle" in refused.err
    settled = ask("settle", "AAA1", "T-101", "1.2", "neither", "--reason", "wrong learner", *ASHA)
    assert settled.code == 0
    assert ask("show", "AAA1", "T-101", "--json").json["units"][0]["outcomes"][0]["criteria"][1]["state"] == "open"


def test_a_settling_reason_is_printed_for_nobody_but_the_record(ask: Ask) -> None:
    for who in (ASHA, BEN):
        ask(*PASS, *who)  # Ben's replaces Asha's.
    centre = Path()
    put_in_conflict(centre)
    ask("settle", "AAA1", "T-101", "1.2", "refer", "--reason", "Ben read another file.", *ASHA)
    for command in (("feedback", "AAA1", "T-101"), ("sheet", "AAA1", "T-101")):
        out = ask(*command).out
        assert "asha's note" in out
        assert "Ben read another file." not in out
    assert "Ben read another file." in ask("log", "AAA1").out


def test_a_referral_is_settled_with_a_note_for_the_learner(ask: Ask, centre: Path) -> None:
    from markterm.centre.centre import Centre
    from markterm.domain.record.decision import OPEN_CRITERION
    from markterm.domain.record.event import Result

    for member in ("ben", "asha"):
        opened = Centre.open(centre, member=member)
        opened.marking.mark("AAA1", "T-101", "1.2", Result.PASS, shown=OPEN_CRITERION)
        opened.close_down()
    words = ("settle", "AAA1", "T-101", "1.2", "refer", "--reason", "Neither saw the photo.", *ASHA)
    assert ask(*words).code == 3
    assert ask(*words, "--note", "Where is the pot?").code == 0
    assert "Where is the pot?" in ask("feedback", "AAA1", "T-101").out
