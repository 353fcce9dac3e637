"""Reading evidence in its pane."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.strip import Strip

from markterm.domain.words.foreign_text import clean
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.tui.evidence.layout import lay_out
from markterm.tui.evidence.page import EvidencePage
from markterm.tui.evidence.pane import EvidencePane
from tests.examples import examples

DIARY = "# Diary\n\n" + "".join(
    f"## Session {number}\n\nIn session {number} my client said that **the goal** was near,\nand we wrote it down.\n\n"
    for number in range(1, 301)
)


class _Reading(App[None]):
    """The pane alone, and the messages it sends."""

    def __init__(self) -> None:
        super().__init__()
        self.positions: list[EvidencePane.PositionChanged] = []

    def compose(self) -> ComposeResult:
        yield EvidencePane(id="evidence")

    def on_evidence_pane_position_changed(self, message: EvidencePane.PositionChanged) -> None:
        self.positions.append(message)


def _document(source: str, kind: EvidenceKind = EvidenceKind.MARKDOWN) -> EvidenceDocument:
    cleaned = clean(source)
    return EvidenceDocument.of(EvidenceText(cleaned.text, cleaned.replaced, ""), kind)


@asynccontextmanager
async def _reading(
    source: str, kind: EvidenceKind = EvidenceKind.MARKDOWN, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[EvidencePane, Pilot[None]]]:
    app = _Reading()
    async with app.run_test(size=size) as pilot:
        pane = app.query_one(EvidencePane)
        pane.focus()
        pane.show(_document(source, kind), "diary.md")
        await pilot.pause()
        yield pane, pilot


def _strips(pane: EvidencePane) -> list[Strip]:
    return [pane.render_line(y) for y in range(pane.size.height)]


def _lines(pane: EvidencePane) -> list[str]:
    """What stands on the screen, without gutter and scrollbar."""
    return [strip.text[3:-2].rstrip() for strip in _strips(pane)]


async def test_the_first_lines_are_in_sight() -> None:
    async with _reading(DIARY) as (pane, _):
        assert _lines(pane)[:6] == ["Diary", "━" * 75, "", "Session 1", "─" * 9, ""]
        assert _lines(pane)[6].startswith("In session 1 my client said that the goal was near, and we wrote")


async def test_page_down_and_up_come_back_to_the_same_top() -> None:
    async with _reading(DIARY) as (pane, pilot):
        first = _lines(pane)
        await pilot.press("pagedown")
        second = _lines(pane)
        assert second[:2] == first[-2:]
        await pilot.press("pagedown", "pageup")
        assert _lines(pane) == second
        await pilot.press("pageup")
        assert _lines(pane) == first


async def test_arrows_home_end_and_the_wheel_move() -> None:
    async with _reading(DIARY) as (pane, pilot):
        first = _lines(pane)
        await pilot.press("down")
        assert _lines(pane) == first
        assert _chosen(pane) == ["Session 1"]
        await pilot.press("up", "up")
        assert _chosen(pane) == ["Diary"]
        await pilot.press("end")
        assert any("session 300" in line for line in _lines(pane))
        assert _lines(pane)[-1] != ""
        last = _lines(pane)
        await pilot.press("pagedown", "down")
        assert _lines(pane) == last
        await pilot.press("home")
        assert _lines(pane) == first
        pane.post_message(MouseScrollDown(pane, 1, 1, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert _lines(pane)[:-3] == first[3:]


def _chosen(pane: EvidencePane) -> list[str]:
    """The rows that the bar stands beside."""
    return [strip.text[3:-2].strip() for strip in _strips(pane) if strip.text[0] in "▌█"]


async def test_the_bar_goes_from_passage_to_passage_and_stays_in_sight() -> None:
    async with _reading(DIARY, size=(80, 12)) as (pane, pilot):
        seen = []
        for _ in range(16):
            await pilot.press("down")
            assert _chosen(pane), _lines(pane)
            seen.append(_chosen(pane)[0])
        assert [words for words in seen if words.startswith("Session")] == [f"Session {n}" for n in range(1, 9)]
        await pilot.press("pagedown", "pagedown")
        assert _chosen(pane)
        await pilot.press(*["up"] * 28)
        assert _chosen(pane) == ["Diary"]


async def test_a_passage_longer_than_the_pane_is_read_to_its_end_before_the_next() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    async with _reading(f"{words}\n\nthe end\n", size=(40, 10)) as (pane, pilot):
        seen: set[str] = set()
        for _ in range(60):
            seen.update(" ".join(_lines(pane)).split())
            if _chosen(pane) == ["the end"]:
                break
            await pilot.press("down")
        assert {f"word{number}" for number in range(400)} <= seen
        assert pane.passage is not None
        assert pane.passage.quote == "the end"


async def test_several_passages_are_selected() -> None:
    async with _reading(DIARY) as (pane, pilot):
        await pilot.press("down")
        pane.toggle_selection()
        await pilot.press("down")
        assert pane.passage is not None
        assert pane.passage.quote.startswith("Session 1 In session 1 my client")
        assert (pane.passage.first, pane.passage.last) == (3, 6)
        pane.end_selection()
        assert (pane.passage.first, pane.passage.last) == (5, 6)


async def test_a_click_chooses_a_passage() -> None:
    async with _reading(DIARY) as (pane, pilot):
        await pilot.click(EvidencePane, offset=(10, 6))
        assert pane.passage is not None
        assert pane.passage.quote.startswith("In session 1")


async def test_nothing_is_chosen_where_there_are_no_words() -> None:
    async with _reading("\n\n---\n\n") as (pane, pilot):
        await pilot.press("down", "up")
        assert pane.passage is None


@pytest.mark.long
async def test_moving_by_rows_shows_what_a_taller_pane_shows() -> None:
    source = DIARY[:12_000]
    async with _reading(source, size=(80, 900)) as (pane, _):
        whole = _lines(pane)
        while not whole[-1]:
            whole.pop()
    async with _reading(source, size=(80, 5)) as (pane, _):
        for first in range(len(whole) - 5):
            assert _lines(pane) == whole[first : first + 5]
            pane.scroll_lines(1)
        for first in range(len(whole) - 5, 0, -7):
            assert _lines(pane) == whole[first : first + 5]
            pane.scroll_lines(-7)


async def test_resizing_keeps_the_text_at_the_top() -> None:
    async with _reading(DIARY) as (pane, pilot):
        pane.go_to_line(2 + 4 * 5 * 20)
        pane.scroll_lines(3)
        top = pane.top_line
        for width in (40, 100, 24, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert pane.top_line == top


async def test_a_line_is_brought_to_the_top() -> None:
    async with _reading(DIARY) as (pane, _):
        heading = pane.outline[150]
        pane.go_to_line(heading.line)
        assert heading.text in _lines(pane)[:2]
        assert pane.current_heading == heading.text == "Session 150"


async def test_the_position_is_told_when_it_changes() -> None:
    async with _reading(DIARY) as (pane, pilot):
        pane.go_to_line(pane.outline[200].line)
        await pilot.pause()
        app = pilot.app
        assert isinstance(app, _Reading)
        assert [message.heading for message in app.positions] == ["Diary", "Session 200"]
        assert app.positions[-1].fraction == pytest.approx(200 / 300, abs=0.02)
        assert app.positions[-1].control is pane


async def test_find_counts_and_goes_to_the_first_match_below_the_top() -> None:
    async with _reading(DIARY) as (pane, _):
        pane.go_to_line(pane.outline[100].line)
        assert pane.find("that THE goal was near, and") == 300
        assert pane.find_position == (100, 300)
        assert any(line.startswith("In session 100 ") for line in _lines(pane))
        pane.find_previous()
        assert pane.find_position == (99, 300)
        assert any(line.startswith("In session 99 ") for line in _lines(pane))


async def test_find_goes_round() -> None:
    async with _reading(DIARY) as (pane, _):
        assert pane.find("the goal") == 300
        pane.find_previous()
        assert pane.find_position == (300, 300)
        assert any("session 300" in line for line in _lines(pane))
        pane.find_next()
        assert pane.find_position == (1, 300)
        assert any("session 1 " in line for line in _lines(pane))


async def test_the_current_match_differs_by_more_than_colour() -> None:
    async with _reading(DIARY) as (pane, _):
        pane.find("the goal")
        strips = [strip for strip in _strips(pane) if "the goal" in strip.text]
        assert [strip.text[1] for strip in strips] == ["▸", "·", "·", "·"][: len(strips)]
        reversed_text = [
            segment.text for strip in strips for segment in strip if segment.style and segment.style.reverse
        ]
        assert reversed_text == ["the goal"]


async def test_a_match_broken_over_two_rows_is_marked_on_both() -> None:
    async with _reading("word " * 14 + "alpha **beta** gamma\n", size=(80, 24)) as (pane, _):
        assert pane.find("alpha beta") == 1
        assert [line.text[1] for line in _strips(pane)[:2]] == ["▸", "▸"]


async def test_finding_nothing_ends_the_search() -> None:
    async with _reading(DIARY) as (pane, _):
        pane.find("the goal")
        assert pane.find("nowhere") == 0
        assert pane.find_position is None
        assert {strip.text[1] for strip in _strips(pane)} == {" "}


HOSTILE = (
    "[red]x[/] [/x] [link=http://a]b[/link] [@click=app.quit]c[/] $name {0}\n\n"
    "\x1b]0;title\x07 \x1b[2J \x9b31m \x85 \u202eturned\u2066 zero\u200bwidth tag\U000e0041 &#27;[31m &#x202e;\n\n"
    "| [/x] | \x1b[1m |\n|---|---|\n| &#8238; | \x07 |\n\n```[/x]\x1b\n\x1b[31m\t[/x]\n```\n\n<b \x1b>[/x]\n"
)


@pytest.mark.parametrize("kind", [EvidenceKind.MARKDOWN, EvidenceKind.TEXT])
async def test_escape_codes_and_markup_are_text(kind: EvidenceKind) -> None:
    async with _reading(HOSTILE, kind) as (pane, _):
        shown = "\n".join(_lines(pane))
        assert "[red]x[/] [/x] [link=http://a]b[/link] [@click=app.quit]c[/] $name {0}" in shown
        assert "␛]0;title␇" in shown
        for strip in _strips(pane):
            for segment in strip:
                assert clean(segment.text).replaced == 0
                assert not {"\t", "\n"} & set(segment.text)
                assert segment.control is None
                assert not (segment.style and (segment.style.link or segment.style.meta))


async def test_a_name_and_a_message_cannot_carry_codes() -> None:
    async with _reading("text") as (pane, _):
        pane.show(_document("text"), "a\x1b.md")
        assert pane.file_name == "a␛.md"
        pane.show_message("[b]\x1bphoto.jpg", "MarkTerm does not read this kind yet. [/x]")
        assert _lines(pane)[1:4] == ["[b]␛photo.jpg", "", "MarkTerm does not read this kind yet. [/x]"]


@pytest.mark.long
@pytest.mark.parametrize("width", [1, 3, 8, 20, 40, 56, 81])
async def test_every_row_is_as_wide_as_the_pane(width: int) -> None:
    source = (
        "# 見出し 🙂👩‍👩‍👧‍👦\n\n> > - 1. 目標設定と振り返りを毎週行いました。 e\u0301 word\n\n"
        + "| 列 | a very long header indeed |\n|---|--:|\n| 目標設定と振り返り | x | beyond |\n\n"
        + "```\n目標設定と振り返り🙂🙂🙂🙂\n" + "x" * 200 + "\n```\n\n" + "> " * 12 + "deep\n\n" + "y" * 200 + "\n"
    )  # fmt: skip
    async with _reading(source, size=(width, 60)) as (pane, _):
        for strip in _strips(pane):
            assert sum(cell_len(segment.text) for segment in strip) == width


async def test_all_of_a_long_word_and_of_code_is_shown() -> None:
    word = "".join(chr(0x4E00 + number) for number in range(90))
    async with _reading(f"{word}\n\n```\n{word} x  y\n```\n", size=(40, 24)) as (pane, _):
        shown = "".join(line.strip(" ›") for line in _lines(pane))
        assert shown.replace(" ", "") == (word + word + "xy")


def test_a_header_without_a_word_takes_no_lines_and_the_first_row_stands_for_it() -> None:
    (block,) = _document("|   |   |\n|---|---|\n| Attempt | 1 |\n| Outcome | Pass |\n").blocks(0)
    rows = [("".join(part.text for part in row.parts).rstrip(), row.offset) for row in lay_out([block], 40)]
    assert [text for text, _ in rows if text] == ["Attempt │ 1", "Outcome │ Pass"]
    assert rows[0][1] == 0
    (bare,) = _document("|   |   |\n|---|---|\n").blocks(0)
    assert any(part.text for row in lay_out([bare], 40) for part in row.parts), "of nothing else there is something"


def test_only_a_row_of_several_lines_is_told_from_its_neighbours_by_a_line() -> None:
    source = (
        "| a | b |\n|---|---|\n| 1 | one |\n| 2 | two |\n| 3 | three and thirty more |\n| 4 | four |\n| 5 | five |\n"
    )
    (block,) = _document(source).blocks(0)
    shown = ["".join(part.text for part in row.parts).rstrip() for row in lay_out([block], 18)]
    assert [line[0] if "┈" not in line else "┈" for line in shown if line] == list("a─12┈3 ┈45")


async def test_a_table_that_does_not_fit_is_shown_cell_by_cell() -> None:
    source = (
        "| "
        + " | ".join(f"Column {n}" for n in "abcde")
        + " |\n"
        + "|---" * 5
        + "|\n| one | two | three | four | five |\n"
    )
    async with _reading(source, size=(30, 24)) as (pane, _):
        assert _lines(pane)[:4] == ["Column a:", "  one", "Column b:", "  two"]
    async with _reading(source) as (pane, _):
        assert _lines(pane)[0].split(" │ ")[0] == "Column a"
        assert _lines(pane)[2].split(" │ ")[0].rstrip() == "one"


@pytest.mark.long
async def test_an_empty_file_and_no_file_can_be_shown() -> None:
    async with _reading("") as (pane, pilot):
        await pilot.press("pagedown", "end", "up", "home")
        assert pane.find("x") == 0
        assert {*_lines(pane)} == {""}
        pane.show(_document("\n" * 50_000), "blank.md")
        await pilot.press("pagedown", "end", "up")
        assert {*_lines(pane)} == {""}
        pane.clear()
        await pilot.press("pagedown", "end", "up")
        assert (pane.document, pane.outline, pane.current_heading, pane.top_line) == (None, (), "", 0)


def test_letters_are_left_to_the_screen() -> None:
    bindings = [*EvidencePage.BINDINGS, *EvidencePane.BINDINGS]
    keys = [binding.key for binding in bindings if isinstance(binding, Binding)]
    assert sorted(keys) == ["down", "end", "home", "pagedown", "pageup", "up"]
    assert len(keys) == len(bindings)


_PIECES = st.sampled_from(
    [
        "word ",
        "a" * 30,
        "目標",
        "🙂",
        "e\u0301",
        "**",
        "`",
        "> ",
        "- ",
        "1. ",
        "\n",
        "\n\n",
        "# ",
        "| a | b |\n|--|--|\n",
        "|",
        "```\n",
    ]
)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(_PIECES, max_size=50), st.integers(min_value=2, max_value=60), st.sampled_from(EvidenceKind))
def test_no_character_is_lost_by_laying_it_out(pieces: list[str], width: int, kind: EvidenceKind) -> None:
    for block in _document("".join(pieces), kind).blocks(0) if any(pieces) else ():
        rows = lay_out([block], width)
        shown = {}
        for row in rows:
            for part in row.parts:
                shown.update(
                    {part.offset + place: letter for place, letter in enumerate(part.text) if part.offset >= 0}
                )
        lost = [
            letter for place, letter in enumerate(block.text) if not letter.isspace() and shown.get(place) != letter
        ]
        assert lost == []


@pytest.mark.long
async def test_a_megabyte_can_be_read_from_end_to_start() -> None:
    source = DIARY * 40
    assert len(source) > 1_000_000
    async with _reading(source) as (pane, pilot):
        await pilot.press("end")
        assert any("session 300" in line for line in _lines(pane))
        last = _lines(pane)
        await pilot.press("pageup", "pagedown")
        assert _lines(pane) == last
        assert pane.find("in session 150 my") == 40
        assert pane.find_position == (1, 40)
        pane.find_previous()
        assert pane.find_position == (40, 40)
        assert any(line.startswith("In session 150 ") for line in _lines(pane))


async def test_a_click_on_the_scrollbar_goes_there() -> None:
    async with _reading(DIARY) as (pane, pilot):
        await pilot.click(pane, offset=(79, 12))
        assert pane.current_heading in {f"Session {number}" for number in range(145, 156)}


async def test_the_passage_that_is_chosen_stays_when_the_width_changes() -> None:
    async with _reading(DIARY) as (pane, pilot):
        await pilot.press(*["down"] * 8)
        before = pane.passage
        await pilot.resize_terminal(44, 24)
        await pilot.pause()
        assert pane.passage == before
        assert _chosen(pane)
