"""Pictures decoded by Pillow and made small. It is done in the child process alone, under its limits."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

from markterm.evidence.picture import LARGEST_SIDE, Picture

MOST_PIXELS = 50_000_000
"""To be decoded: they take 200 MB. A JPEG is decoded at a fraction of its size."""

DRAWN = frozenset({"PNG", "JPEG", "GIF", "WebP", "BMP", "TIFF"})
"""The kinds that Pillow decodes without a program or library from outside."""

_SEVERAL = "It holds more than one picture (pages or frames), and only the first is drawn: open it outside."
_TOO_LARGE = f"It has more than {MOST_PIXELS // 1_000_000} million pixels, and is not drawn: open it outside."
_DAMAGED = "The picture itself is damaged or cut short, and is not drawn."


def thumbnail(source: Path | BinaryIO, kind: str) -> tuple[Picture | None, tuple[str, ...]]:
    """The picture as it is meant to be seen, on white, and what to know about it; none when it cannot be drawn."""
    if kind not in DRAWN:
        return None, (f"A {kind} picture is not drawn: open it outside.",)
    try:
        with Image.open(source, formats=(kind,)) as image:
            # The JPEG of a phone holds a second picture for its own use, which nobody means to show.
            several = getattr(image, "is_animated", False) and image.format != "MPO"
            image.draft("RGB", (2 * LARGEST_SIDE, 2 * LARGEST_SIDE))
            if image.width * image.height > MOST_PIXELS:
                return None, (_TOO_LARGE,)
            small = _small(image)
        return Picture(*small.size, small.tobytes()), (_SEVERAL,) if several else ()
    except (MemoryError, Image.DecompressionBombError):
        return None, (_TOO_LARGE,)
    except Exception:  # the library raises anything at all when bytes are missing or wrong
        return None, (_DAMAGED,)


def _small(image: Image.Image) -> Image.Image:
    ImageOps.exif_transpose(image, in_place=True)  # a camera that was turned says so
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode.startswith("I;16"):  # converted as it is, all but the darkest of it would be white
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in ("P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    if "A" in image.getbands():
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    return image.convert("RGB")
