"""Pictures without names: nothing but their pixels where somebody said that they show nobody, else a grey place."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from markterm.evidence.conversion.program import ProgramFailed, ProgramStopped, folder_of_its_own
from markterm.evidence.text.drawn_page import LARGEST_SIDE, DrawnPage, page_for_screen
from markterm.exports.nameless.not_own_kind import NotOwnKind

if TYPE_CHECKING:
    from PIL.Image import Image

_PHOTOGRAPHS = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".avif", ".webp"})
_QUALITY = 90
_GREY, _DARK = (217, 217, 217), (89, 89, 89)
_USUAL = (480, 320)
_LONGEST = 800
_MEASURED = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_WORDS = "Picture left out"


@dataclass(slots=True)
class Pictures:
    """The pictures within one file. `show_nobody` says that somebody looked at them; `given` and `left_out` count."""

    show_nobody: bool
    stop: Event
    given: int = 0
    left_out: int = 0
    _made: dict[bytes, tuple[bytes, str]] = field(default_factory=dict)

    def of(self, data: bytes, suffix: str) -> tuple[bytes, str]:
        """What stands for a picture, with its ending. Raises `NotOwnKind` when it is stopped."""
        made = self._made.get(data)
        if made is None:
            made = self._made[data] = self._of(data, suffix)
        return made

    def _of(self, data: bytes, suffix: str) -> tuple[bytes, str]:
        if self.show_nobody:
            try:
                with folder_of_its_own() as folder:
                    copy = folder / f"picture{suffix}"
                    copy.write_bytes(data)
                    drawn = drawn_anew(copy, suffix, self.stop)
                self.given += 1
                return drawn
            except NotOwnKind:
                if self.stop.is_set():
                    raise
        self.left_out += 1
        return _place_for(data), ".png"


def drawn_anew(path: Path, suffix: str, stop: Event) -> tuple[bytes, str]:
    """A picture as its pixels alone, no longer than 2,000 of them, with its ending. It is decoded in a process that is
    shut in. Raises `NotOwnKind` when it cannot be."""
    try:
        drawn = page_for_screen(path, 1, LARGEST_SIDE, stop)
    except (ProgramFailed, ProgramStopped, OSError):
        raise NotOwnKind("it is damaged, too large, or of a kind that cannot be drawn here") from None
    return _encoded(drawn, suffix)


def _encoded(drawn: DrawnPage, suffix: str) -> tuple[bytes, str]:
    from PIL import Image

    picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels)
    if suffix.lower() in _PHOTOGRAPHS:
        return _saved(picture, "JPEG"), ".jpg"
    return _saved(picture, "PNG"), ".png"


def _place_for(data: bytes) -> bytes:
    """A grey picture of the same proportions, with words that say what it is."""
    from PIL import Image, ImageDraw, ImageFont

    size = _size(data)
    picture = Image.new("RGB", size, _GREY)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(max(min(size[0] / 10, size[1] / 2), 4))
    draw.text((size[0] / 2, size[1] / 2), _WORDS, _DARK, font, "mm")
    return _saved(picture, "PNG")


def _size(data: bytes) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=_MEASURED) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return _USUAL
    factor = min(_LONGEST / max(width, height, 1), 1)
    return max(round(width * factor), 1), max(round(height * factor), 1)


def _saved(picture: Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, quality=_QUALITY, optimize=True)
    return out.getvalue()
