"""A learner's picture, drawn in the evidence pane."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import constants
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from markterm.domain.record.machine_read import Region
from markterm.evidence.converted import Converted
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.machine.machine_reading import MachineLine, MachineReading, with_machine_text
from markterm.evidence.picture import Picture
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.tui.evidence.pane import EvidencePane
from markterm.tui.evidence.picture import half_cells, shades
from tests.centres import make_centre_in
from tests.tui.sitting import sitting

RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
GROUND = Style(color="#d0d0d0", bgcolor="#101010")
FACTS = "A picture (PNG), 400 × 300 pixels, 1.2 KB.\n"


class _Looking(App[None]):
    def compose(self) -> ComposeResult:
        yield EvidencePane(id="evidence")


@asynccontextmanager
async def _looking(
    picture: Picture, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[EvidencePane, Pilot[None]]]:
    app = _Looking()
    async with app.run_test(size=size) as pilot:
        pane = app.query_one(EvidencePane)
        pane.focus()
        document = EvidenceDocument.of(
            EvidenceText(FACTS, 0, ""), EvidenceKind.CONVERTED, Converted(FACTS, picture=picture)
        )
        pane.show(document, "wall.png")
        await pilot.pause()
        yield pane, pilot


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that has all colours, whatever the one is in which the tests run."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")


def _striped(width: int, height: int) -> Picture:
    """Lines of red and blue in turn."""
    return Picture(width, height, b"".join(bytes((RED, BLUE)[line % 2]) * width for line in range(height)))


def _strips(pane: EvidencePane) -> list[Strip]:
    return [pane.render_line(y) for y in range(pane.size.height)]


def _pixels(strip: Strip) -> list[tuple[Color | None, Color | None]]:
    """The colours of each half-filled cell, above and below."""
    return [
        (segment.style.color, segment.style.bgcolor) if segment.style else (None, None)
        for segment in strip
        for character in segment.text
        if character == "▀"
    ]


def test_two_lines_of_pixels_become_one_row_of_cells() -> None:
    assert half_cells((RED, WHITE), (BLUE, BLACK), GROUND) == (
        Segment("▀", Style(color=Color.from_rgb(*RED), bgcolor=Color.from_rgb(*BLUE))),
        Segment("▀", Style(color=Color.from_rgb(*WHITE), bgcolor=Color.from_rgb(*BLACK))),
    )


def test_below_an_odd_last_line_the_ground_is_seen() -> None:
    assert half_cells((RED,), None, GROUND) == (Segment("▀", Style(color=Color.from_rgb(*RED), bgcolor="#101010")),)


def test_without_colours_lighter_cells_are_filled_more() -> None:
    greys = tuple((value, value, value) for value in (0, 60, 128, 190, 255))
    assert shades(greys, greys, GROUND, dark=True) == (Segment(" ░▒▓█", GROUND),)
    assert shades(greys, greys, GROUND, dark=False) == (Segment("█▓▒░ ", GROUND),)
    assert shades((WHITE,), (BLACK,), GROUND, dark=True)[0].text == "▒"


async def test_the_picture_stands_below_its_facts() -> None:
    async with _looking(_striped(30, 20)) as (pane, _):
        strips = _strips(pane)
        assert strips[0].text.strip("▌ ").startswith("A picture (PNG), 400 × 300 pixels")
        assert strips[1].text.strip() == ""
        drawn = [strip for strip in strips if "▀" in strip.text]
        assert drawn == strips[2:12]
        assert {strip.text.strip() for strip in drawn} == {"▀" * 30}
        assert _pixels(drawn[0]) == [(Color.from_rgb(*RED), Color.from_rgb(*BLUE))] * 30


@pytest.mark.parametrize("size", [(8, 3), (20, 10), (56, 24), (160, 45)])
async def test_it_fits_into_any_pane(size: tuple[int, int]) -> None:
    async with _looking(_striped(200, 150), size) as (pane, pilot):
        await pilot.press("end")
        for strip in _strips(pane):
            assert sum(cell_len(segment.text) for segment in strip) == size[0]
        assert any("▀" in strip.text for strip in _strips(pane))


async def test_a_tall_picture_is_seen_by_turning_pages() -> None:
    async with _looking(_striped(30, 150)) as (pane, pilot):
        assert sum("▀" in strip.text for strip in _strips(pane)) == 22
        await pilot.press("pagedown")
        assert sum("▀" in strip.text for strip in _strips(pane)) == 24
        await pilot.press("home")
        assert "A picture" in _strips(pane)[0].text


async def test_in_a_narrower_pane_it_is_drawn_anew() -> None:
    async with _looking(_striped(60, 40)) as (pane, pilot):
        assert len(_pixels(_strips(pane)[2])) == 60
        await pilot.resize_terminal(30, 24)
        await pilot.pause()
        narrow = len(_pixels(next(strip for strip in _strips(pane) if "▀" in strip.text)))
        assert 20 < narrow < 30


async def test_what_is_found_in_the_facts_is_marked_beside_a_picture() -> None:
    async with _looking(_striped(30, 20)) as (pane, _):
        assert pane.find("pixels") == 1
        assert ["▸" in strip.text for strip in _strips(pane)[:4]] == [True, False, False, False]


@pytest.mark.parametrize("colour_system", ["standard", "windows"])
async def test_sixteen_colours_are_too_few_for_half_cells(monkeypatch: pytest.MonkeyPatch, colour_system: str) -> None:
    monkeypatch.setattr(constants, "COLOR_SYSTEM", colour_system)
    async with _looking(Picture(3, 1, bytes((*WHITE, *BLACK, *WHITE)))) as (pane, _):
        assert _strips(pane)[2].text.strip() == "█ █"


async def test_whoever_wants_no_colours_gets_shades(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with _looking(Picture(3, 1, bytes((*WHITE, *BLACK, *WHITE)))) as (pane, _):
        assert _strips(pane)[2].text.strip() == "█ █"


@pytest.mark.long
async def test_a_learners_photograph_is_seen_while_it_is_marked(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        centre = make_centre_in(folder)
        Image.new("RGB", (400, 300), RED).save(centre / "learners" / "AAA1" / "evidence" / "0-wall.png")
        return centre

    async with sitting(tmp_path, size=(160, 45), make=make, learner="AAA1") as at:
        assert "diary.md" in at.text, "what can be read comes first"
        await at.press("left_square_bracket")
        assert "0-wall.png" in at.text
        assert "A picture (PNG), 400 × 300 pixels" in at.text
        assert at.text.count("▀" * 60) > 20
        await at.press("right_square_bracket")
        assert "▀" not in at.text
        await at.press("left_square_bracket", "p")
        assert at.decided() == ["1.1 pass"]


async def test_the_picture_stands_above_the_words_that_a_machine_read_in_it() -> None:
    seen = MachineLine(1, 0, "ten cups of tea", Region(0, 0, 9, 9))
    converted, machine = with_machine_text(
        Converted(FACTS, picture=_striped(8, 8)), MachineReading("fake", "1", (seen,))
    )
    document = EvidenceDocument.of(
        EvidenceText(converted.markdown, 0, ""), EvidenceKind.CONVERTED, converted, machine=machine
    )
    app = _Looking()
    async with app.run_test(size=(60, 24)) as pilot:
        pane = app.query_one(EvidencePane)
        pane.show(document, "wall.png")
        await pilot.pause()
        shown = [strip.text for strip in _strips(pane)]
        first = next(number for number, text in enumerate(shown) if "▀" in text)
        words = next(number for number, text in enumerate(shown) if "ten cups of tea" in text)
        assert "A picture (PNG)" in shown[0]
        assert 0 < first < words
        assert sum("▀" in text for text in shown) == 4
        pane.focus()
        await pilot.press("down", "down")
        assert pane.passage is not None
        assert pane.passage.quote == "ten cups of tea"
