"""Internal verification from the plan to the learner, by keyboard alone: planned, looked at, not agreed, amended by the
assessor, accepted and released; and a wider sample after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from markterm.centre.centre import Centre
from markterm.cli.group import markterm
from markterm.domain.record.event import Event, Kind, Result
from markterm.tui.requests import OpenLearner
from markterm.tui.verifying.screen import SampleScreen
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

LEARNERS = ("AAA1", "BBB2", "CCC3")
DIARY = "# Diary\n\n(AC 1.1) It boiled.\n\n(AC 1.2) The pot was cold.\n\n(AC 2.1) I poured.\n"
STRATEGY = """
[verification]
least = 1
least_of_assessor = 1
least_of_unit = 1
always = []
interim = 0
summative = 0
drawn = 0
shares_green = [{ percent = 0 }]
shares_amber = [{ percent = 0 }]
shares_red = [{ percent = 0 }]
"""


def closed_centre(folder: Path) -> Path:
    """Three learners whose T-101 asha closed; a plan asks for one of them."""
    make_centre_in(folder)
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(STRATEGY)
    asha = Centre.open(folder, member="asha", places=places_in(folder.parent / "asha"))
    for learner in LEARNERS:
        evidence = folder / "learners" / learner / "evidence" / "diary.md"
        evidence.write_text(
            "# Diary\n\n(AC 1.1) It boiled.\n\n(AC 1.2) The pot was cold.\n\n(AC 2.1) I poured.\n", "utf-8"
        )
        asha.attempts.declare(learner, "e-mail")
        for number in ("1.1", "1.2", "2.1"):
            asha.marking.mark(learner, "T-101", number, Result.PASS, f"{number} is shown.")
        asha.closings.close(learner, "T-101", "Done.")
    asha.close_down()
    return folder


def of_kind(at: Sitting, learner: str, kind: Kind) -> list[Event]:
    """What of that kind is on the disk."""
    return [event for event in at.events(learner) if event.kind == kind]


def told_by_commands(at: Sitting, learner: str) -> tuple[str, str, str]:
    """The state of the unit and of its verification as `show --json` tells them; those of `status --json` are the same.
    And what the caseload says it waits for."""
    run = CliRunner()
    shown, status = (
        json.loads(run.invoke(markterm, ["-C", str(at.folder), *words, "--json", "--as", "ines"]).stdout)
        for words in (("show", learner), ("status", learner))
    )
    (row,) = status
    first, of_row = shown["units"][0], row["units"][0]
    assert (first["state"], first["verification"]["state"]) == (of_row["state"], of_row["verification"])
    assert first["waiting"] == of_row["waiting"]
    return first["state"], first["verification"]["state"], row["step"]


async def sample_read(at: Sitting) -> None:
    """Wait until a sample is open and its evidence is read."""
    await at.until(lambda: isinstance(at.app.screen, SampleScreen))
    screen = at.app.screen
    assert isinstance(screen, SampleScreen)
    await at.until(lambda: screen.work.evidence.references is not None)


@pytest.mark.long
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_from_the_plan_to_the_learner(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SampleScreen, "STAYS", 0)
    async with sitting(tmp_path, member="ines", size=size, make=closed_centre) as at:
        # The plan, and the sample that it asks for.
        await at.press("3", "tab")
        await at.shows("Nothing is planned")
        await at.press("P")
        await at.shows("Would be added: 1 sample")
        await at.press("a", "j", "enter")
        await at.until(lambda: any(of_kind(at, each, Kind.SAMPLED) for each in LEARNERS))
        (learner,) = (each for each in LEARNERS if of_kind(at, each, Kind.SAMPLED))
        await at.until(lambda: f"{learner}" in at.text and "T-101" in at.text)
        await at.press("enter")
        await sample_read(at)
        # Looked at and agreed; looked at and not agreed, with an action.
        await at.press("enter", "a", "enter", "x")
        await at.type("The pot was cold.")
        await at.press("tab")
        await at.type("Read the diary again")
        await at.press("enter", "e", "a", "F")
        await at.type("The feedback is clear.")
        await at.press("enter")
        assert "✗ finished, not agreed" in at.text
        assert told_by_commands(at, learner) == ("pass", "not agreed", "act")
        last = of_kind(at, learner, Kind.VERIFIED)[-1]
        assert [(each["criterion"], each["agrees"], each["looked"]) for each in last.body["answers"]] == [  # type: ignore[union-attr,index,call-overload]  # a list of objects
            ("1.1", True, "seen"),
            ("1.2", False, "seen"),
            ("2.1", True, "seen"),
        ]
        # What it means for the others: a wider sample.
        await at.press("k", "h")
        await at.shows("The same elsewhere, not agreed once: T-101 1.2 by asha")
        await at.press("enter")
        await at.until(lambda: all(of_kind(at, each, Kind.SAMPLED) for each in LEARNERS))
    async with sitting(tmp_path, member="asha", size=size) as at:
        # Its assessor amends it, and says that the action is done.
        await at.app.answer(OpenLearner(learner))
        await at.opened(learner)
        assert at.at == "T-101 1.2"
        await at.press("F")
        await at.type("1.2 was not agreed.")
        await at.press("enter", "r")
        await at.type("Warm the pot first.")
        await at.press("enter", "V", "d")
        await at.type("Read, and referred.")
        await at.press("enter", "escape", "F")
        await at.type("Nearly there.")
        await at.press("enter")
        assert of_kind(at, learner, Kind.DECIDED)[-1].body["amended"] == last.uid
        assert of_kind(at, learner, Kind.CLOSED)[-1].body["outcome"] == "refer"
        assert of_kind(at, learner, Kind.ACTION)[-1].body["step"] == "done"
        assert told_by_commands(at, learner) == ("refer", "stale", "acknowledge")
        await at.press("f")
        assert "Held" in at.text
        await at.press("escape")
    async with sitting(tmp_path, member="ines", size=size) as at:
        # What was amended is verified again, and what was done is accepted.
        await at.press("3")
        await at.until(lambda: f"{learner}" in at.text)
        await at.shows("verification stale")
        await at.press("home")
        assert any(line.startswith("▸") and learner in line and "stale" in line for line in at.lines)
        await at.press("enter")
        await sample_read(at)
        assert "amended" in " ".join(at.text.split())
        await at.press("e", "a", "e", "a", "e", "a", "F")
        await at.type("Amended well.")
        await at.press("enter")
        assert "✓ finished, agreed" in at.text
        assert told_by_commands(at, learner) == ("refer", "agreed", "accept")
        await at.press("q", "tab", "tab")
        await at.shows("1 to accept")
        await at.press("a", "enter")
        await at.until(lambda: of_kind(at, learner, Kind.ACTION)[-1].body["step"] == "accepted")
    async with sitting(tmp_path, member="asha", size=size) as at:
        # Its assessor reads the report; then the learner is told.
        await at.app.answer(OpenLearner(learner, ("T-101", "1.1")))
        await at.opened(learner)
        await at.press("V", "enter")
        (read,) = of_kind(at, learner, Kind.ACKNOWLEDGED)
        assert of_kind(at, learner, Kind.VERIFIED)[-1].uid in str(read.body)
        await at.press("f", "y", "j", "enter")
        assert of_kind(at, learner, Kind.RELEASED)
        assert told_by_commands(at, learner) == ("refer", "agreed", "resubmit")
    async with sitting(tmp_path, member="ines", size=size) as at:
        # The wider sample is verified, one after the other.
        others = [each for each in LEARNERS if each != learner]
        await at.press("3")
        await at.until(lambda: all(each in at.text for each in others))
        await at.press("home", "enter")
        for number, other in enumerate(others):
            await sample_read(at)
            assert isinstance(at.app.screen, SampleScreen)
            assert at.app.screen.work.desk.registration == other
            await at.press("e", "a", "e", "a", "e", "a", "F", "enter")
            assert "✓ finished, agreed" in at.text
            assert told_by_commands(at, other)[1] == "agreed"
            if number == 0:
                await at.press("y")
        await at.press("y")
        assert "Nothing else in the queue waits for you." in at.told[-1]
