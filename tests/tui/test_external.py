"""The external quality assurer at the screen: what they may not do is not offered, and whom they pick is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from markterm.centre.centre import Centre
from markterm.centre.export import asked_first
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.words.errors import Refused
from markterm.tui.command import Command, command_of, keys_together, without_key
from tests.assignments import add_qualifications, register
from tests.centres import make_centre_in
from tests.tui.sitting import sitting

_RECORDS = re.compile(
    r"(Record|Say (?!which)|Destroy|Adopt|Register|Issue|Revoke|Take the files|Put|Plan|Accept|Agree|Close|Open a "
    r"|Refer|Pass|Set|Submit|Countersign|Withdraw|Write a|Comment|Make|Change the|End (?!find)|Complete whatever|Hold"
    r"|Mean|Receive|Give|Not accepted|Cite|Delete|Retire|Drop)\b"
)
_ALL_THE_SAME = {
    "pasted.drop": "what was pasted is in nothing yet",
    "proposal.seed": "a proposal is recorded when it is adopted",
    "mark.cases": "cases are read there too",
}
"""What begins like a command that records, and records nothing by itself."""


def made(path: Path) -> Path:
    """A centre with an external quality assurer, who sees the first learner of three."""
    add_qualifications(make_centre_in(path))
    register(path, "AAA1", qualifications="[T-CERT]")
    today = datetime.now(UTC).date()
    file = path / "centre.toml"
    file.write_text(
        file.read_text("utf-8")
        + '\n[[member]]\nid = "pat"\nname = "Pat Reed"\nroles = ["external"]\nqualifications = ["T-CERT"]\n'
        + f"visit_from = {today - timedelta(1)}\nvisit_to = {today + timedelta(1)}\n",
        "utf-8",
    )
    return path


async def test_an_external_quality_assurer_reads_picks_and_is_offered_nothing_else(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="pat", size=(99, 200), make=made) as at:
        await at.shows("Shown are learners of T-CERT.")
        assert "1 learner " in at.text
        assert "BBB2" not in at.text
        await at.press("d")
        assert "An external quality assurer reads" in at.told[-1]
        await at.press("plus")
        await at.shows("AAA1 picked for the visit")
        (told,) = at.as_other("asha").visit_lists.every()
        assert told.has_picked("AAA1")
        await at.press("question_mark")
        await at.shows("Pick this learner for the visit")
        assert "Receive a download" not in at.text
        await at.press("escape", "enter")
        await at.shows("T-101")
        assert "p pass" not in at.text
        await at.press("p")
        assert "An external quality assurer reads" in at.told[-1]
        assert list(at.as_other("asha").visit_lists.every()[0].looked) == ["AAA1"]


async def test_whatever_is_open_when_the_visit_ends_ends_with_it_in_words(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="pat", make=made) as at:
        await at.press("enter")
        await at.shows("T-101")
        now = datetime.now(UTC)
        at.app.centre.seeing._now = lambda: now  # The clock of a session that goes on.
        at.app.leave_with_the_visit()
        await at.settled()
        assert at.app.fault is None
        now += timedelta(2)
        at.app.leave_with_the_visit()
        assert isinstance(at.app.fault, Refused)
        assert "Not on a day of the visit" in str(at.app.fault.title)
        assert at.app._exit


async def test_whoever_comes_on_another_day_is_shown_nobody_and_told_why(tmp_path: Path) -> None:
    def over(path: Path) -> Path:
        file = made(path) / "centre.toml"
        file.write_text(re.sub(r"(visit_\w+) = .*", r"\1 = 2026-03-02", file.read_text("utf-8")), "utf-8")
        return path

    async with sitting(tmp_path, member="pat", make=over) as at:
        await at.shows("Nobody is shown: the visit is from 2026-03-02 to 2026-03-02.")
        at.app.leave_with_the_visit()
        assert not at.app._exit
        assert "AAA1" not in at.text


def _commands() -> Iterator[type[Command[Any]]]:
    """Every command of ours: keys of stock widgets have names too."""
    for name in {key.id for keys in keys_together() for key in keys if key.id} | without_key():
        with suppress(KeyError):
            yield command_of(name)


def test_what_begins_like_a_command_that_records_is_one() -> None:
    begins = [each for each in _commands() if _RECORDS.match(each.words)]
    assert {each.id for each in begins if not each.records} == set(_ALL_THE_SAME)


async def test_the_pack_that_is_asked_for_in_the_caseload_is_of_whom_they_picked(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="pat", make=_of_two) as at:
        centre = at.app.centre
        listed = OnScreen(Place.CASELOAD, ("AAA1", "BBB2"))
        assert _packed(centre, listed) == {"AAA1", "BBB2"}
        centre.visit_lists.pick("BBB2")
        assert _packed(centre, listed) == {"BBB2"}
        assert _packed(centre, OnScreen(Place.LEARNER, ("AAA1",))) == {"AAA1"}


def _of_two(path: Path) -> Path:
    register(made(path), "BBB2", qualifications="[T-CERT]")
    return path


def _packed(centre: Centre, shown: OnScreen) -> set[str]:
    pieces = asked_first.pack(centre, shown, "html").pieces
    return {each.path.parts[1] for each in pieces if each.path.parts[0] == "learners"}


async def test_beside_a_learner_stands_that_they_are_picked_and_the_key_tells_who_is(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="pat", size=(140, 40), make=_of_two) as at:
        await at.shows("BBB2")
        assert "Picked for your visit" not in at.text
        await at.press("plus")
        await at.shows("1 learner in the list: AAA1.")
        await at.shows("Picked for your visit")
        await at.press("plus")
        await at.shows("AAA1 put back; the list is empty.")
        await at.until(lambda: "Picked for your visit" not in at.text)
