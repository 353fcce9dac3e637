"""`X` exports what a screen shows: after a look at what would be written, whole or not at all."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path, PurePosixPath
from threading import Event

import pytest

from markterm.centre.centre import Centre
from markterm.centre.export.offered import LINES, Offer, offered
from markterm.centre.export.shown import OnScreen, Place
from markterm.cli.export import EXPORTS
from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.record.event import Result
from markterm.domain.standards.coverage import coverage
from markterm.domain.standards.coverage_asked import CoverageAsked
from markterm.domain.views.listed_claims import listed_claim
from markterm.domain.words.errors import Refused, WrongUse
from markterm.exports.export import Export, Made, Piece
from markterm.exports.writing import ExportStopped
from markterm.tui.exporting.preview import PreviewScreen
from markterm.tui.exporting.running import RunningScreen
from markterm.tui.exporting.screen import ROOM_FOR_WHAT, ExportScreen
from tests.pace import PATIENCE
from tests.tui.sitting import NARROW, Sitting, sitting

_OPEN = {Place.LEARNER, Place.FEEDBACK, Place.SAMPLE}


def _there(at: Sitting) -> list[str]:
    folder = at.folder / "exports"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) if folder.exists() else []


async def test_the_sheet_of_the_unit_is_looked_at_written_and_told(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("p", "X")
        assert "Export of T-101 of AAA1" in at.text
        await at.press("right", "right", "right", "enter")
        await at.shows("Sheets: 1 Markdown file")
        assert "exports/AAA1 T-101 mark sheet.md" in at.text
        assert _there(at) == []
        await at.press("enter")
        await at.shows("All of it is on the disk.")
        assert _there(at) == ["AAA1 T-101 mark sheet.md", "AAA1 T-101 mark sheet.md.heads"]
        await at.press("enter")
        assert at.app.screen is at.app.marking


@pytest.mark.long
async def test_the_preview_says_with_which_key_it_will_be_signed_and_that_one_that_has_ended_signs_nothing(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        own = at.app.centre.signing_keys
        name = own.make().name
        at.as_other("ines").signing_keys.confirm(name)
        await at.press("X", "enter")
        await at.shows(f"It will be signed with key {name}.")
        await at.press("escape")
        own.end(name, "Lost.")
        await at.press("enter")
        await at.shows("It will not be signed. Your key has ended")


@pytest.mark.long
async def test_the_learners_that_are_listed_are_exported_to_the_place_that_is_named(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        await at.press("slash")
        await at.type("BBB2")
        await at.press("enter", "X", "right", "tab", "enter")
        await at.shows("Sheets: 2 HTML files, in a folder")
        await at.type("-bea.zip")
        await at.press("enter")
        await at.shows("Written")
        assert _there(at) == ["sheets-bea.zip"]
        await at.press("q")
        assert at.app.screen is at.app.caseload


@pytest.mark.long
async def test_what_is_there_goes_by_a_letter_alone(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        sheet = at.folder / "exports/AAA1 T-101 mark sheet.md"
        sheet.parent.mkdir()
        sheet.write_text("mine")
        await at.press("X", "right", "right", "right", "enter", "enter")
        await at.shows("It is there already")
        await at.press("enter", "escape")
        assert isinstance(at.app.screen, PreviewScreen)
        assert sheet.read_text() == "mine"
        await at.press("enter", "o")
        await at.shows("Written")
        assert sheet.read_text() != "mine"


@pytest.mark.long
async def test_a_place_of_the_centre_s_own_is_refused_and_can_be_changed(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("X", "enter", "ctrl+u")
        await at.type("records")
        await at.press("enter")
        assert any("own folder" in told for told in at.told)
        assert isinstance(at.app.screen, PreviewScreen)


def _waiting(gate: Event) -> Export:
    def write(to: Path) -> Made:
        to.write_text("words")
        gate.wait()
        return Made()

    return Export("Texts", "texts", [Piece(PurePosixPath(f"{number}.txt"), "a text", write) for number in range(9)])


@pytest.mark.parametrize("leave", ["escape", "ctrl+q"])
async def test_what_is_stopped_or_left_leaves_nothing_behind(tmp_path: Path, leave: str) -> None:
    gate = Event()
    async with sitting(tmp_path, size=NARROW) as at:
        running = RunningScreen(at.app.centre, _waiting(gate), at.folder / "exports/texts", force=False)
        at.app.push_screen(running)
        await at.until(lambda: any(at.folder.glob("exports/.export-*/content/*")))
        await at.pilot.press(leave)
        if leave == "escape":
            await at.shows("Stopping")
            gate.set()
            await at.until(lambda: at.app.screen is at.app.caseload)
            assert any("Nothing of it was left behind" in told for told in at.told)
    gate.set()
    # What ends the program waits for its threads.
    await asyncio.get_running_loop().shutdown_default_executor()
    assert _there(at) == []


async def test_a_learner_who_is_marked_blind_is_not_named(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, blind=True) as at:
        await at.press("enter", "X", "right", "right", "right", "enter")
        await at.shows("Sheets: 1 Markdown file")
        assert "AAA1" not in at.text
        assert "BBB2" not in at.text


def test_what_the_screens_offer_and_the_commands_are_the_same() -> None:
    assert {line.command for line in LINES} == {*EXPORTS, "standard export", "audit"}  # `audit --page` writes it.


def _coverage(centre: Centre) -> CoverageAsked:
    unit = centre.sheets.units.named("T-101")
    standard = Standard("TEA01", "Make tea", statements=(Statement("P1", StatementKind.PERFORMANCE, "warm the pot"),))
    told = coverage([unit], (), [standard], KnownStandards.of([standard]))
    return CoverageAsked((unit,), standard, told, (), (), mends=False)


@pytest.mark.long
async def test_everything_that_is_offered_of_every_place_can_be_looked_at(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        centre = at.app.centre
        asha = at.as_other("asha")
        asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "It boils.")
        list(centre.caseload.refresh())
        seen = set()
        for place in Place:
            shown = OnScreen(place, ("AAA1",), unit="T-101" if place in _OPEN else "")
            if place is Place.CLAIMS:
                of = centre.claims.of("AAA1")
                shown = OnScreen(place, claims=[listed_claim(of.learner, each) for each in of.claimables])
            if place is Place.COVERAGE:
                shown = OnScreen(place, coverage=_coverage(centre))
            for offer in offered(centre, shown):
                seen.add(offer.what)
                for each in offer.formats:
                    with suppress(Refused, WrongUse):  # Nothing is released or verified yet.
                        assert offer.export(shown, each).pieces
        assert seen == {line.what for line in LINES} - {"Combined sheet of this assignment"}


@pytest.mark.long
@pytest.mark.parametrize("area", ["3", "4"])
async def test_lists_of_everybody_are_exported_from_their_area(tmp_path: Path, area: str) -> None:
    async with sitting(tmp_path, size=NARROW, member="ines") as at:
        await at.press(area, "X")
        assert isinstance(at.app.screen, ExportScreen)
        await at.press("end", "left", "enter")
        await at.shows("PDF file")
        await at.press("escape", "escape")


async def test_nothing_that_looks_at_many_learners_goes_on_once_it_is_stopped(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        centre = at.app.centre
        list(centre.caseload.refresh())
        went_on = []
        for place in (Place.CASELOAD, Place.QUEUE, Place.RETENTION):
            shown = OnScreen(place, ("AAA1",) if place is Place.CASELOAD else ())
            shown.looking.stop.set()
            for offer in offered(centre, shown):
                if not offer.asks:
                    try:
                        offer.export(shown, offer.formats[-1])
                    except ExportStopped:
                        continue
                    went_on.append(offer.what)
        assert went_on == []


async def test_whoever_leaves_while_it_is_looked_at_stops_that(tmp_path: Path) -> None:
    ended = Event()

    def looks(shown: OnScreen, _: str) -> Export:
        assert shown.looking.stop.wait(PATIENCE)
        ended.set()
        raise ExportStopped

    async with sitting(tmp_path, size=NARROW) as at:
        screen = ExportScreen(at.app.centre, at.app.blindfold, OnScreen(Place.CASELOAD, ("AAA1",)))
        screen._offers = (Offer("Texts", ("pdf",), looks, ()),)
        await at.app.push_screen(screen)
        await at.pilot.press("enter")
        await at.shows("looking at what would be written")
        await at.pilot.press("escape")
        await at.until(ended.is_set)
        await at.settled()
        assert at.app.screen is at.app.caseload
        assert at.told == []


def test_what_is_offered_is_called_in_no_more_words_than_there_is_room_for() -> None:
    assert [line.what for line in LINES if len(line.what) > ROOM_FOR_WHAT] == []


async def test_on_a_telephone_the_format_that_is_chosen_is_seen_beside_what_is_exported(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(45, 36)) as at:
        await at.press("X")
        await at.shows("[PDF]")
        await at.press("right")
        await at.shows("[Word]")
