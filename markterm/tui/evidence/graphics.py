"""Pictures as pictures, in terminals that can show them: by the extra `markterm[pictures]` (textual-image).

The terminal is not asked what it can: while the screen runs its answer would be taken for keys. What it says of itself
in the environment is enough. What is shown was decoded elsewhere (`page_picture`): here it is only colours.
"""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Mapping
from enum import Enum
from importlib.util import find_spec
from typing import Any

from textual.widget import Widget

from markterm.evidence.text.drawn_page import DrawnPage


class Protocol(Enum):
    """How a terminal takes a picture, and what that is called in the library."""

    KITTY = "TGPImage"
    SIXEL = "SixelImage"


_KITTY = frozenset({"xterm-kitty", "xterm-ghostty", "ghostty"})
_SIXEL = frozenset({"iterm.app", "wezterm", "mlterm", "foot", "foot-extra", "contour", "mintty", "wezterm-gui"})


def protocol(environment: Mapping[str, str]) -> Protocol | None:
    """How the terminal of this environment takes pictures; None for one that is not known to take any.

    Inside tmux or screen none is known: they pass nothing on that they do not draw themselves.
    """
    if any(name in environment for name in ("TMUX", "STY")):
        return None
    names = {environment.get(name, "").lower() for name in ("TERM", "TERM_PROGRAM")}
    if names & _KITTY or "KITTY_WINDOW_ID" in environment:
        return Protocol.KITTY
    return Protocol.SIXEL if names & _SIXEL or "KONSOLE_VERSION" in environment else None


def shown_as_picture(page: DrawnPage, how: Protocol | None) -> Widget | None:
    """What shows the page as a picture; None where the terminal or the installation cannot."""
    if how is None or find_spec("textual_image") is None:
        return None
    from PIL import Image

    widgets = _loaded()
    picture = Image.frombytes("RGB", (page.width, page.height), page.pixels)
    shown: Widget = getattr(widgets, how.value)(picture)
    return shown


def _loaded() -> Any:
    """The library. It asks the terminal when it is loaded, unless it sees none."""
    terminal = sys.__stdout__
    sys.__stdout__ = io.StringIO()  # type: ignore[misc, assignment] # whatever it is, it is no terminal
    try:
        return importlib.import_module("textual_image.widget")
    finally:
        sys.__stdout__ = terminal  # type: ignore[misc] # as it was
