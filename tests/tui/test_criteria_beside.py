"""The criteria and the criterion beside the evidence: their words, how wide they are, and what a click goes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.assessed.unit import LearningOutcome
from markterm.tui.evidence.widths import criterion_height, criterion_width, list_width
from markterm.tui.settings import load_settings
from markterm.tui.widgets.criteria_list import outcome_title
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_selecting import drag, where


@pytest.mark.parametrize(
    ("screen", "wanted", "width"),
    [(80, 0, 27), (119, 0, 27), (120, 0, 36), (160, 0, 48), (300, 0, 48), (80, 40, 40), (80, 70, 50), (160, 3, 16)],
)
def test_the_list_is_as_wide_as_is_wanted_as_far_as_the_evidence_can_be_read(
    screen: int, wanted: int, width: int
) -> None:
    assert list_width(screen, wanted, 27) == width


def test_the_criterion_leaves_room_for_list_and_evidence() -> None:
    assert criterion_width(160, 0, 38, 48) == 38
    assert criterion_width(160, 150, 38, 48) == 82


@pytest.mark.parametrize(("screen", "height"), [(24, 13), (10, 6), (45, 18)])
def test_the_criterion_above_the_evidence_is_as_high_as_two_citations_need(screen: int, height: int) -> None:
    assert criterion_height(screen, 13) == height


@pytest.mark.parametrize(("screen", "wanted", "height"), [(24, 9, 9), (24, 1, 4), (24, 40, 16), (45, 30, 30)])
def test_the_criterion_is_as_high_as_is_wanted_as_far_as_the_evidence_can_be_read(
    screen: int, wanted: int, height: int
) -> None:
    assert criterion_height(screen, 13, wanted) == height


async def test_the_criterion_is_as_high_as_it_was_left_by_keys_or_by_the_mouse(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(80, 24), learner="AAA1") as at:
        criterion = at.app.marking.work.panes.criterion
        before = criterion.outer_size.height
        await at.press("underscore", "underscore")
        assert criterion.outer_size.height == before - 4
        await at.press("equals_sign")
        assert criterion.outer_size.height == before - 2
        edge = criterion.region.bottom - 1
        await drag(at, (50, edge), (50, edge - 1), (50, edge - 3))
        assert criterion.outer_size.height == before - 5
        assert load_settings(at.places.settings).criterion_height == before - 5
        await at.resize(80, 30)
        assert criterion.outer_size.height == before - 5
        await at.resize(160, 45)
        await at.press("equals_sign")
        assert load_settings(at.places.settings).criterion_height == before - 5, "it stands beside the evidence"
        assert at.decided() == []


def test_of_an_outcome_that_does_not_fit_the_words_go_that_all_of_them_begin_with() -> None:
    outcome = LearningOutcome(2, "Understand the skills of an effective coach", ())
    assert outcome_title(outcome, 80) == "LO2 Understand the skills of an effective coach"
    assert outcome_title(outcome, 20) == "LO2 …the skills of an effective coach"


@pytest.mark.long
async def test_a_wide_list_has_the_words_and_is_as_wide_as_it_was_left(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        row = at.lines[where(at, "▸ 1.1")[1]]
        assert "▸ 1.1   · Boil the water" in row
        assert at.app.marking.work.criteria.outer_size.width == 48
        await at.press("minus", "minus", "minus", "minus")
        assert at.app.marking.work.criteria.outer_size.width == 32
        assert "1.1   · open" in at.lines[where(at, "▸ 1.1")[1]]
        await drag(at, (31, 10), (40, 10), (59, 10))
        assert at.app.marking.work.criteria.outer_size.width == 60
        assert load_settings(at.places.settings).criteria_width == 60
        await at.resize(80, 24)
        assert at.app.marking.work.criteria.region.width == 50
        await at.resize(70, 24)
        assert at.app.marking.work.criteria.region.width == 70
        assert at.decided() == []


@pytest.mark.long
async def test_a_click_on_a_citation_goes_to_its_words_and_on_a_tab_to_its_pane(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        work = at.app.marking.work
        await at.press("J", "c")
        x, y = where(at, "“")
        await drag(at, (x + 2, y))
        assert work.cited_at[1] == 0
        assert at.app.focused is work.reader.pane
        await at.resize(70, 24)
        x, y = where(at, " evidence ")
        await drag(at, (x + 2, y))
        assert at.app.focused is work.reader.pane
        assert work.panes.seen == "evidence"
        assert at.decided() == []


@pytest.mark.long
async def test_a_click_on_a_heading_goes_below_it_and_on_the_name_of_a_file_lists_the_files(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        x, y = where(at, "LO2")
        await drag(at, (x, y))
        assert at.at == "T-101 2.1"
        x, y = where(at, "diary.md")
        await drag(at, (x, y))
        assert "{choice.choose}" not in at.text
        assert "there is to know" in at.text


@pytest.mark.long
async def test_the_passage_with_the_bar_is_copied_where_nothing_is_selected_and_two_clicks_select_a_word(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("J", "ctrl+c")
        assert at.app.clipboard == "I made tea."
        x, y = where(at, "made tea")
        await drag(at, (x + 1, y))
        await drag(at, (x + 1, y))
        await at.press("ctrl+c")
        assert at.app.clipboard == "made"
