"""Pictures decoded by Pillow and made small. It is done in the child process alone, under its limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

from markterm.evidence.picture import LARGEST_SIDE, Picture

MOST_PIXELS = 50_000_000
"""To be decoded: they take 200 MB. A JPEG is decoded at a fraction of its size."""
MOST_PAGES = 500
"""That are counted in a picture of several."""

_PARTS = (1, 2, 4, 8)
"""A JPEG is decoded at one of these parts of its width and height."""
_FORMATS = {
    "PNG": ("PNG",),
    "JPEG": ("JPEG", "MPO"),
    "JPEG 2000": ("JPEG2000",),
    "GIF": ("GIF",),
    "WebP": ("WEBP",),
    "BMP": ("BMP",),
    "TIFF": ("TIFF",),
    "icon": ("ICO",),
    "AVIF": ("AVIF",),
    "HEIC": ("HEIF",),
}
"""What Pillow calls each kind."""
_MOVES = frozenset({"GIF", "WEBP", "PNG", "AVIF", "HEIF"})
"""Formats in which several pictures are shown one after the other, or are variants, and are no pages."""

_OF_PNG = frozenset({"title", "author", "description", "comment", "copyright"})
_LONGEST_WORDS = 2_000

_FRAMES = "It holds more than one picture (frames or variants), and only the first is drawn: open it outside."
_PAGES = "It has {} pages, and only the first is drawn: open it outside to see the others."
_TOO_LARGE = "It has more than {} million pixels, and is not drawn: open it outside."
_DAMAGED = "The picture itself is damaged or cut short, and is not drawn."
_NO_HEIC = "A HEIC picture is drawn where markterm[heic] is installed: here it can only be opened outside."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture made small, if it can be drawn; what to know about it; the width and height of each page of it; and
    what was written into the file beside the picture, with what that is."""

    picture: Picture | None
    notes: tuple[str, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    words: tuple[tuple[str, str], ...] = ()


class TooLarge(Exception):
    """It has more pixels than are decoded."""


def drawn(source: Path | BinaryIO, kind: str) -> Drawn:
    """The picture as it is meant to be seen, on white, and what to know about it; none when it cannot be drawn."""
    try:
        with opened_picture(source, kind) as image:
            moves = image.format in _MOVES
            # The JPEG of a phone holds a second picture for its own use, which nobody means to show.
            several = getattr(image, "is_animated", False) and image.format != "MPO"
            pages = _pages(image) if several and not moves else ()
            words = tuple(_words(image))
            decode_in_part(image, 2 * LARGEST_SIDE)
            small = on_paper(image, LARGEST_SIDE)
    except NoDecoder:
        return Drawn(None, (_NO_HEIC,))
    except (MemoryError, TooLarge):
        return Drawn(None, (_TOO_LARGE.format(MOST_PIXELS // 1_000_000),))
    except Exception:  # the library raises anything at all when bytes are missing or wrong
        return Drawn(None, (_DAMAGED,))
    count = f"more than {MOST_PAGES}" if len(pages) > MOST_PAGES else len(pages)
    notes = (_PAGES.format(count),) if pages else (_FRAMES,) if several else ()
    return Drawn(Picture(*small.size, small.tobytes()), notes, pages[:MOST_PAGES], words)


class NoDecoder(Exception):
    """What decodes this kind is an extra that is not installed."""


@contextmanager
def opened_picture(source: Path | BinaryIO, kind: str | None = None) -> Iterator[Image.Image]:
    """The picture, open and not decoded. Raises NoDecoder, and whatever the library does."""
    # The library would refuse a large JPEG before it can be asked for a fraction of it.
    Image.MAX_IMAGE_PIXELS = None
    if kind in (None, "HEIC"):
        try:
            from pi_heif import register_heif_opener  # type: ignore[import-not-found,import-untyped,unused-ignore] # an extra
        except ImportError as error:
            if kind == "HEIC":
                raise NoDecoder from error
        else:
            register_heif_opener()
    formats = None if kind is None else _FORMATS[kind]
    with Image.open(source, formats=formats) as image:
        yield image


def decode_in_part(image: Image.Image, side: int) -> None:
    """Have a JPEG decoded at a fraction of its size, at which its sides are no shorter than `side`, unless it has too
    many pixels even so. Any other kind is decoded whole."""
    pixels = image.width * image.height
    part = next((each for each in _PARTS if pixels <= MOST_PIXELS * each**2), _PARTS[-1])
    image.draft("RGB", (min(side, image.width // part), min(side, image.height // part)))


def on_paper(image: Image.Image, side: int) -> Image.Image:
    """What is seen of a picture, on white, the right way up, and no longer than `side`. Raises TooLarge."""
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge
    ImageOps.exif_transpose(image, in_place=True)  # a camera that was turned says so
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode.startswith("I;16"):  # converted as it is, all but the darkest of it would be white
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in ("P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail((side, side))
    if "A" in image.getbands():
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    return image.convert("RGB")


def _words(image: Image.Image) -> Iterator[tuple[str, str]]:
    """Titles and comments of a picture, each once: those of Exif, of PNG, and of JPEG and GIF."""
    said: dict[str, str] = {}
    with suppress(Exception):  # whatever is wrong with them, the picture is there
        exif = image.getexif()
        for name, tag in (("Description", 0x010E), ("By", 0x013B), ("Copyright", 0x8298)):
            said.setdefault(_text(exif.get(tag)), name)
        said.setdefault(_text(exif.get_ifd(0x8769).get(0x9286)), "Comment")
        for key, value in (getattr(image, "text", None) or {"comment": image.info.get("comment")}).items():
            if key.casefold() in _OF_PNG:
                said.setdefault(_text(value), key.capitalize())
    for words, name in said.items():
        if words:
            yield name, words[:_LONGEST_WORDS]


def _text(value: object) -> str:
    """What such a field says; a comment of Exif begins with the name of its code (Exif 2.32, 4.6.5)."""
    if isinstance(value, bytes):
        for code, name in ((b"UNICODE\0", "utf-16"), (b"ASCII\0\0\0", "ascii"), (b"\0" * 8, "utf-8")):
            if value.startswith(code):
                value = value[8:].decode(name, "replace")
                break
        else:
            value = value.decode("utf-8", "replace")
    return " ".join(value.replace("\0", " ").split()) if isinstance(value, str) else ""


def _pages(image: Image.Image) -> tuple[tuple[int, int], ...]:
    """The size of each page, and of one more than are counted; the first page is shown again afterwards."""
    sizes = [image.size]
    with suppress(Exception):  # there is none, or it is damaged: those before it are there all the same
        while len(sizes) <= MOST_PAGES:
            image.seek(len(sizes))
            sizes.append(image.size)
    image.seek(0)
    return tuple(sizes)
