"""The sampling plan on the screen: read, changed by hand, and explained."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.planning import PlanChange, PlannedSample
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.plans import StandingSample
from markterm.domain.sampling.table import PlanRow, Where
from markterm.domain.views.plan_lines import PlanLine
from markterm.system.platform import CENTRE_RECORD
from markterm.tui.samples.plan_table import PlanTable
from tests.centres import adopt_a_plan, make_centre_in, places_in
from tests.tui.sitting import NARROW, Sitting, on_disk, sitting

SAMPLE = PlannedSample(
    "JON2041", "8580-501", ("a rule",), assessor="asha", risk="red", stage="summative", method="evidence"
)
LINE = PlanLine(PlanRow(StandingSample(SAMPLE), Where.OVERDUE), "Rosalind Jones")


@pytest.mark.parametrize(
    ("width", "there", "gone"),
    [
        (40, "overdue", "red"),
        (79, "nobody", "summative"),
        (99, "summative", "evidence"),
        (159, "evidence", "no such thing"),
    ],
)
def test_a_narrow_list_does_without_what_is_least_useful(width: int, there: str, gone: str) -> None:
    table = PlanTable()
    table.show([LINE], set())
    drawn = "".join(text for text, _ in table.line(0, width))
    assert "JON2041" in drawn
    assert (there in drawn, gone in drawn) == (True, False)
    assert len(drawn) == len(table.header(width)) <= width


@pytest.mark.parametrize("where", list(Where))
def test_wherever_a_sample_stands_it_is_said_with_a_sign(where: Where) -> None:
    table = PlanTable()
    table.show([replace(LINE, row=replace(LINE.row, where=where))], set())
    said = next(text for text, _ in table.line(0, 79) if where.value[:8] in text)
    assert said.strip()[1] == " "


def assessed_centre(folder: Path) -> Path:
    """The tiny centre with a second verifier: six units are begun, of which a plan asks for two."""
    make_centre_in(folder)
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write("\n[verification]\nleast = 1\nleast_of_assessor = 1\nleast_of_unit = 1\nalways = []\n")
        file.write("interim = 0\nsummative = 0\ndrawn = 0\n")
        file.write(
            "shares_green = [{ percent = 0 }]\nshares_amber = [{ percent = 0 }]\nshares_red = [{ percent = 0 }]\n"
        )
        file.write('\n[[member]]\nid = "omar"\nname = "Omar Aziz"\nroles = ["verifier"]\n')
    asha = Centre.open(folder, member="asha", places=places_in(folder.parent / "asha"))
    for learner in ("AAA1", "BBB2", "CCC3"):
        for unit in ("T-101", "T-102"):
            asha.marking.mark(learner, unit, "1.1", Result.PASS, "Good.", shown=OPEN_CRITERION)
    asha.close_down()
    return folder


def planned_centre(folder: Path) -> Path:
    """The same, with that plan adopted."""
    assessed_centre(folder)
    adopt_a_plan(Centre.open(folder, member="ines", places=places_in(folder.parent / "ines")))
    return folder


def changes(at: Sitting) -> list[Event]:
    """What was changed in the plan, on the disk."""
    return [event for event in on_disk(at.folder, CENTRE_RECORD) if event.kind == Kind.PLAN_CHANGED]


def plans(at: Sitting) -> list[Event]:
    """What was adopted, on the disk."""
    return [event for event in on_disk(at.folder, CENTRE_RECORD) if event.kind == Kind.PLANNED]


def samples(at: Sitting) -> list[str]:
    """The lines of the samples."""
    return [line for line in at.lines[3:-1] if line[2:6] in ("AAA1", "BBB2", "CCC3")]


async def at_the_plan(at: Sitting) -> None:
    """Go to the plan, and wait until it is read."""
    await at.press("3", "tab")
    await at.until(lambda: at.app.ways.samples.pane.NAME == "Plan" and "looked at" in at.text)


async def test_what_was_sampled_without_the_plan_stands_in_it_as_sampled(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=planned_centre) as at:
        in_it = set(at.app.centre.plan.of().samples)
        learner = next(each for each in ("AAA1", "BBB2", "CCC3") if (each, "T-101") not in in_it)
        at.as_other("ines").verification.sample(learner, "T-101", "wider", stage="interim")
        await at_the_plan(at)
        await at.until(lambda: any(learner in line and "+ sampled" in line for line in samples(at)))
        assert len(samples(at)) == len(in_it) + 1


async def test_a_month_of_changes_takes_a_few_keys_each_and_each_is_on_the_disk(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=planned_centre) as at:
        await at_the_plan(at)
        before = samples(at)
        in_it = set(at.app.centre.plan.of().samples)
        learner, unit = next(
            (each, unit)
            for each in ("AAA1", "BBB2", "CCC3")
            for unit in ("T-101", "T-102")
            if (each, unit) not in in_it
        )
        # Added: found by a few letters, with a reason.
        await at.press("plus")
        await at.type(f"{learner.lower()} {unit[-3:]}")
        await at.press("enter")
        await at.shows(f"Add {unit} of {learner} to the plan")
        await at.type("New to the unit")
        await at.press("enter")
        await at.until(lambda: len(samples(at)) == len(before) + 1)
        # All of them given to Omar: the reason that was given last is proposed.
        await at.press("asterisk", "v")
        await at.shows("Who looks at")
        await at.press("j" if "▸ ines" in at.text else "enter")
        if "Who looks at" in at.text:
            await at.press("enter")
        await at.shows("New to the unit")
        await at.press("enter")
        await at.until(lambda: all("omar" in line for line in samples(at)))
        # One of them verified in another way, for a day, and dropped again.
        await at.press("m")
        await at.type("interview")
        await at.press("enter", "enter")
        await at.shows("interview")
        await at.press("d")
        await at.type("+14")
        await at.press("enter", "enter")
        await at.press("minus")
        await at.press("enter")
        await at.shows("Taken out by hand: 1 unit")
        made = [event.body["change"] for event in changes(at)]
        assert "by nobody" not in at.text
        assert made == ["added", *["assigned"] * (len(before) + 1), "method", "dated", "dropped"]
        assert {event.body["why"] for event in changes(at)} == {"New to the unit"}
        # Undoing is another change: from the line that says that it was taken out.
        await at.press("end", "plus")
        await at.shows("to the plan")
        await at.press("enter")
        await at.until(lambda: "Taken out" not in at.text)
        assert changes(at)[-1].body["change"] == "added"


@pytest.mark.long
async def test_why_a_unit_is_in_the_plan_or_is_not_is_shown_of_any(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=planned_centre) as at:
        await at_the_plan(at)
        await at.press("w")
        await at.shows("is in the sampling plan")
        await at.press("escape", "g")
        in_it = at.app.centre.plan.of().samples
        unit = next(unit for unit in ("T-101", "T-102") if ("CCC3", unit) not in in_it)
        await at.type(f"ccc {unit[-3:]}")
        await at.press("enter")
        await at.shows(f"{unit} of CCC3 is not in the sampling plan")


async def test_what_somebody_else_changed_meanwhile_is_shown_and_not_written_over(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=planned_centre) as at:
        await at_the_plan(at)
        omar, key = at.as_other("omar"), at.app.ways.samples.query_one(PlanTable).selected
        assert key is not None
        await at.press("d")
        await at.type("+7")
        await at.press("enter")
        await at.shows("Why?")
        list(omar.plan.change(omar.plan.of(), [key.row.sample.key], PlanChange.DATED, "A visit", day=omar.plan.today))
        await at.type("Away")
        await at.press("enter")
        await at.shows("The plan changed meanwhile")
        assert len(changes(at)) == 1
        await at.press("enter")
        await at.until(lambda: len(changes(at)) == 2)


@pytest.mark.long
async def test_whoever_is_no_verifier_is_told_so_before_they_type_a_word(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="asha", size=NARROW, make=planned_centre) as at:
        await at_the_plan(at)
        for key in ("plus", "minus", "d", "v"):
            await at.press(key)
            assert any("Only a verifier plans" in told for told in at.told)
            assert type(at.app.screen).__name__ == "SamplesScreen"


@pytest.mark.long
async def test_what_the_strategy_proposes_is_adopted_after_a_question_and_the_records_say_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=assessed_centre) as at:
        await at.press("3", "tab")
        await at.shows("Nothing is planned")
        await at.press("P")
        await at.shows("Would be added: 2 samples")
        await at.shows("Rules that are met")
        assert plans(at) == []
        await at.press("s")
        await at.type("another order")
        await at.press("enter")
        await at.shows("random order from another order")
        await at.press("a", "enter")
        assert plans(at) == []
        await at.press("a", "j", "enter")
        await at.until(lambda: len(samples(at)) == 2)
        (adopted,) = plans(at)
        assert (adopted.kind, adopted.body["seed"]) == (Kind.PLANNED, "another order")
        sampled = [e for each in ("AAA1", "BBB2", "CCC3") for e in at.events(each) if e.kind == Kind.SAMPLED]
        assert len(sampled) == 2


@pytest.mark.long
async def test_every_reason_of_a_proposed_sample_can_be_read_also_where_they_are_many(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=assessed_centre) as at:
        await at.press("3", "tab", "P")
        await at.shows("Would be added: 2 samples")
        await at.shows("more reasons")
        await at.press("w")
        await at.shows("would be in the plan, because")
        assert "records attempt 1" in at.text


@pytest.mark.long
async def test_a_name_as_long_as_the_line_is_told_from_what_is_said_of_it(tmp_path: Path) -> None:
    def long_name(folder: Path) -> Path:
        planned_centre(folder)
        for each in ("AAA1", "BBB2", "CCC3"):
            file = folder / "learners" / each / "learner.md"
            name = "name: Bartholomew Featherstonehaugh-Cholmondeley of the Long and Winding Road"
            file.write_text(re.sub("name: .*", name, file.read_text("utf-8")), "utf-8")
        return folder

    async with sitting(tmp_path, member="ines", size=NARROW, make=long_name) as at:
        await at_the_plan(at)
        await at.press("plus")
        await at.shows("… in the plan")


async def test_a_plan_that_somebody_adopted_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=assessed_centre) as at:
        await at.press("3", "tab", "P")
        await at.shows("Would be added: 2 samples")
        adopt_a_plan(at.as_other("omar"))
        await at.press("a", "j", "enter")
        await at.until(lambda: any("The plan changed meanwhile" in told for told in at.told))
        await at.until(lambda: "Would be added" not in at.text and "Rules that are met" in at.text)
        (adopted,) = plans(at)
        assert adopted.actor == "omar"


@pytest.mark.long
async def test_other_days_are_proposed_for_and_days_that_are_none_are_refused(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=planned_centre) as at:
        await at.press("3", "tab", "P")
        await at.shows("Rules that are met")
        await at.press("d")
        await at.type("2026-01-01")
        await at.press("enter")
        await at.shows("A plan has a first day and a last one")
        first = at.app.centre.plan.of().begins
        await at.press("ctrl+u")
        for text, told in ((f"{first} +3", "There is a plan for some of these days"), ("2020-09-01 to 2021-08-31", "")):
            await at.press("escape", "d")
            await at.type(text)
            await at.press("enter")
            await at.shows(told or "Nothing was assessed in these days")


@pytest.mark.long
async def test_why_the_unit_that_is_open_for_marking_is_sampled_is_asked_by_name(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="asha", size=NARROW, make=planned_centre, learner="CCC3") as at:
        await at.press("ctrl+p")
        await at.type("why sampled")
        await at.press("enter")
        await at.shows("T-101 of CCC3 is")
        await at.shows("in the random order")


@pytest.mark.long
async def test_the_keys_of_the_list_that_is_shown_stand_first_and_those_of_samples_only_where_there_are_some(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, member="ines", make=assessed_centre) as at:
        await at.press("3", "tab")
        await at.shows("Nothing is planned")
        assert at.lines[-1].split()[:6] == ["P", "propose", "tab", "actions", "/", "filter"]
        assert "drop" not in at.lines[-1]
        await at.press("P", "a", "j", "enter")
        await at.shows("2 samples")
        assert at.lines[-1].split()[:9] == ["⏎", "open", "d", "date", "v", "verifier", "-", "take", "out"]
        await at.press("tab")
        assert at.lines[-1].split()[:4] == ["tab", "queue", "/", "filter"]


@pytest.mark.long
async def test_that_nobody_here_may_look_at_any_of_it_is_in_sight_before_it_is_adopted(tmp_path: Path) -> None:
    def one_person(folder: Path) -> Path:
        assessed_centre(folder)
        file = folder / "centre.toml"
        text = file.read_text("utf-8").replace('roles = ["assessor"]', 'roles = ["assessor", "verifier"]', 1)
        file.write_text(text.replace('roles = ["verifier"]', 'roles = ["coordinator"]'), "utf-8")
        return folder

    async with sitting(tmp_path, member="asha", make=one_person) as at:
        await at.press("3", "tab", "P")
        await at.shows("an awarding organisation will ask for a verifier from outside.")


@pytest.mark.long
async def test_where_no_plan_is_for_today_the_last_one_is_named(tmp_path: Path) -> None:
    def planned_before(folder: Path) -> Path:
        assessed_centre(folder)
        ines = Centre.open(folder, member="ines", places=places_in(folder.parent / "ines"))
        stands = ines.plan.of((date(2020, 1, 1), date(2020, 12, 31)))
        added = ines.plan.change(stands, [("AAA1", "T-101")], PlanChange.ADDED, "Asked for.", verifier="omar")
        assert len(list(added)) == 1
        ines.close_down()
        return folder

    async with sitting(tmp_path, member="ines", make=planned_before) as at:
        await at.press("3", "tab")
        await at.shows("[ shows the last plan, 01 Jan 2020 to 31 Dec 2020: 1 sample.")
        await at.press("left_square_bracket")
        await at.shows("T-101 · summative · not closed yet")
