"""The filters of the lists: completed as they are typed, and what is mistyped says what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.own.saved_filters import SavedFilters
from markterm.tui.requests import ShowClaims
from markterm.tui.widgets.filter_field import FilterField
from tests.centres import places_in
from tests.tui.sitting import sitting


async def test_a_filter_of_the_caseload_is_completed_as_it_is_typed(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("slash")
        await at.type("st")
        assert " state:" in at.lines[-3]
        await at.press("tab")
        assert "not-started  marking  decided  pass  refer" in at.text
        await at.type("not")
        await at.press("right")
        field = at.app.screen.query_one("#filter", FilterField)
        assert field.value == "state:not-started"
        await at.type(" un")
        await at.press("tab", "tab")
        assert field.value == "state:not-started unit:101"
        assert "3 learners" in at.text
        await at.press("enter")
        assert len(at.app.caseload.registrations) == 3
        assert "state:not-started unit:101" in at.text


@pytest.mark.long
async def test_how_a_filter_could_go_on_is_told_to_whoever_types_alone(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("slash")
        await at.type("state:")
        assert "not-started  marking  decided" in at.text
        await at.press("enter")
        assert "not-started  marking  decided" not in at.text


@pytest.mark.long
async def test_what_is_mistyped_says_what_there_is(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("slash")
        await at.type("state:refered")
        await at.shows("There is no state:refered. Did you mean refer? There are not-started, marking,")
        assert "Esc clears it" in at.text
        await at.press("escape")
        assert len(at.app.caseload.registrations) == 3


@pytest.mark.long
async def test_the_lists_of_verifiers_complete_theirs_by_the_same_keys(tmp_path: Path) -> None:
    mistakes = {"waiting:": "waiting:mark", "risk:": "unti:101", "owner:": "state:lost"}
    async with sitting(tmp_path, member="ines") as at:
        for field, mistake in mistakes.items():
            await at.press("slash")
            await at.type(field[0])
            await at.press("tab")
            assert at.app.screen.query_one("#filter", FilterField).value == field
            await at.press("escape", "slash")
            await at.type(mistake)
            assert at.app.screen.query_one("#filter", FilterField).knows.mistake(mistake)
            await at.press("escape", "tab")


@pytest.mark.long
async def test_the_claims_complete_theirs(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="asha") as at:
        await at.app.answer(ShowClaims())
        await at.shows("ready to claim")
        await at.press("slash")
        await at.type("state:r")
        await at.press("tab")
        assert at.app.screen.query_one("#filter", FilterField).value == "state:ready"
        await at.type("x")
        await at.shows("There is no state:readyx. Did you mean ready? There are ready, blocked,")


async def test_a_filter_is_saved_under_a_name_shown_by_it_and_opened_with(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("slash")
        await at.type("unit:101 okafor")
        await at.press("enter", "S")
        assert "Save unit:101 okafor under a name" in at.text
        await at.press("enter")
        await at.type("state")
        await at.press("enter")
        await at.shows("state is no name for a filter")
        await at.press(*["backspace"] * 5)
        await at.type("hers")
        await at.press("enter")
        await at.shows("that is unit:101 okafor")
        assert at.app.caseload.registrations == ("BBB2",)
        await at.press("escape", "slash")
        await at.type("he")
        await at.press("tab", "enter")
        assert at.app.caseload.registrations == ("BBB2",)
        await at.press("S", "j", "enter")
    async with sitting(tmp_path) as at:
        await at.shows("that is unit:101 okafor")
        assert at.app.caseload.registrations == ("BBB2",)
        await at.press("escape")
        assert len(at.app.caseload.registrations) == 3
        await at.press("S", "j", "j", "enter", "S")
        assert "No filter is saved yet" in " ".join(at.told)


async def test_a_minus_before_a_saved_filter_is_refused_in_the_words_of_the_command_line(tmp_path: Path) -> None:
    SavedFilters(places_in(tmp_path / "own").settings).save("hers", "okafor")
    async with sitting(tmp_path) as at:
        await at.press("slash")
        await at.type("-hers")
        await at.press("enter")
        assert at.app.caseload.registrations == ()
        assert "hers stands for okafor: a minus before all of it says nothing." in " ".join(at.text.split())


async def test_the_settings_lead_to_the_saved_filters(tmp_path: Path) -> None:
    SavedFilters(places_in(tmp_path / "own").settings).save("started", "state:marking")
    async with sitting(tmp_path) as at:
        await at.press("comma")
        while "▸ Saved filters" not in at.text:
            await at.press("j")
        await at.press("enter")
        await at.shows("Show started: state:marking")
        await at.press("enter")
        await at.shows("that is state:marking")


@pytest.mark.long
async def test_a_saved_filter_that_is_deleted_where_it_is_shown_narrows_no_more(tmp_path: Path) -> None:
    own = SavedFilters(places_in(tmp_path / "own").settings)
    own.save("hers", "okafor")
    async with sitting(tmp_path) as at:
        await at.press("S", "enter")
        assert at.app.caseload.registrations == ("BBB2",)
        await at.press("S", "end", "enter")
        assert len(at.app.caseload.registrations) == 3
        assert dict(own.by_name()) == {}


async def test_saved_filters_that_cannot_be_read_when_one_is_changed_are_told(tmp_path: Path) -> None:
    own = SavedFilters(places_in(tmp_path / "own").settings)
    own.save("hers", "okafor")
    async with sitting(tmp_path) as at:
        await at.press("S")
        own.file.write_text("no toml", "utf-8")
        await at.press("end", "enter")
        await at.shows("The saved filters cannot be read")
        assert own.file.read_text("utf-8") == "no toml"
