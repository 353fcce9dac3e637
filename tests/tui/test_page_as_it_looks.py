"""A page of the evidence as it looks, with one key: in half cells, and as a picture where the terminal can."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image
from textual import constants
from textual.widgets import Static

from markterm.evidence.text.drawn_page import DrawnPage
from markterm.tui.evidence import graphics
from markterm.tui.evidence.graphics import Protocol, protocol, shown_as_picture
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, sitting


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")
    for name in ("TERM", "TERM_PROGRAM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)


def _centre(folder: Path) -> Path:
    make_centre_in(folder)
    evidence = folder / "learners" / "AAA1" / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    red, blue = Image.new("RGB", (300, 200), (255, 0, 0)), Image.new("RGB", (300, 200), (0, 0, 255))
    red.save(evidence / "a.pdf", save_all=True, append_images=[blue])
    return folder


@pytest.mark.long
async def test_the_page_is_drawn_as_large_as_the_terminal_and_turned(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_centre, learner="AAA1") as at:
        await at.press("Z")
        await at.shows("a.pdf page 1 of 2")
        await at.until(lambda: "▀▀▀▀▀▀▀▀▀▀" in at.text)
        assert "O opens it outside" in at.text
        await at.press("right_square_bracket")
        await at.shows("a.pdf page 2 of 2")
        await at.press("right_square_bracket")
        await at.shows("a.pdf page 1 of 2")
        await at.press("escape")
        assert "page 1 of 2" not in at.text
        assert at.at == "T-101 1.1"


@pytest.mark.long
async def test_of_a_text_it_says_that_only_pages_are_drawn(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=make_centre_in, learner="AAA1") as at:
        await at.press("Z")
        await at.shows("only pages of PDF files, and pictures, are drawn here")


@pytest.mark.long
async def test_in_a_terminal_that_can_it_is_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    class Shown(Static):
        def __init__(self, picture: Any) -> None:
            given.append(picture)
            super().__init__("the picture itself")

    library = ModuleType("textual_image.widget")
    library.TGPImage = Shown  # type: ignore[attr-defined] # as the extra has it
    monkeypatch.setitem(sys.modules, "textual_image", ModuleType("textual_image"))
    monkeypatch.setitem(sys.modules, "textual_image.widget", library)
    monkeypatch.setattr(graphics, "find_spec", lambda _: True)
    monkeypatch.setenv("TERM", "xterm-kitty")
    async with sitting(tmp_path, size=NARROW, make=_centre, learner="AAA1") as at:
        await at.press("Z")
        await at.shows("the picture itself")
    assert given[0].width == 1250, "300 to the inch"
    assert given[0].getpixel((9, 9)) in ((254, 0, 0), (255, 0, 0))


@pytest.mark.parametrize(
    ("environment", "how"),
    [
        ({"TERM": "xterm-kitty"}, Protocol.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, Protocol.KITTY),
        ({"TERM_PROGRAM": "iTerm.app"}, Protocol.SIXEL),
        ({"TERM_PROGRAM": "WezTerm"}, Protocol.SIXEL),
        ({"TERM": "foot"}, Protocol.SIXEL),
        ({"KONSOLE_VERSION": "230401"}, Protocol.SIXEL),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, None),
        ({"TERM": "xterm-256color"}, None),
        ({}, None),
    ],
)
def test_what_a_terminal_can_is_known_by_its_name(environment: dict[str, str], how: Protocol | None) -> None:
    assert protocol(environment) is how


def test_without_the_extra_nothing_is_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "find_spec", lambda _: None)
    assert shown_as_picture(DrawnPage(1, 1, bytes(3)), Protocol.KITTY) is None
