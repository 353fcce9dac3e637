"""The process in which a page of a learner's file is drawn, for a machine to read words in it or a person to see it.

It is started as `python -I -B -m markterm.evidence.page_picture FILE PAGE [SIDE]`, takes the limits of a reader on
itself and shuts itself in like one. It writes the page as a grey PNG for an engine, or, no longer than SIDE, as plain
colours (PPM) for a screen; nothing when the page is not there or too large.
"""

from __future__ import annotations

import importlib
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.evidence.conversion import cage, child

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 3_600
"""Pixels: an A4 page at 300 to the inch, at which letters of a usual size are read best."""
_POINTS = 72
_DOTS = 300
_SMALLEST = 1_200
"""A picture whose longer side has fewer is drawn larger: letters of ten pixels are read badly."""


def page_of_pdf(path: Path, page: int, side: int = LONGEST_SIDE) -> Image:
    """A page (from 1) of a PDF with what was filled in on it, no longer than `side`."""
    import pypdfium2  # type: ignore[import-untyped] # the library has no types

    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        drawn = document[page - 1]
        width, height = drawn.get_size()
        scale = min(_DOTS / _POINTS, side / max(width, height, 1))
        picture: Image = drawn.render(scale=scale, may_draw_forms=True).to_pil()
        return picture.convert("RGB")


def page_of_picture(path: Path, page: int, side: int = LONGEST_SIDE) -> Image:
    """A page or frame (from 1) of a picture, on white, the right way up, no longer than `side`.

    Raises whatever Pillow does.
    """
    from markterm.evidence.readers.thumbnail import decode_in_part, on_paper, opened_picture

    with opened_picture(path) as picture:
        if page > 1:
            picture.seek(page - 1)
        decode_in_part(picture, side)
        return on_paper(picture, side)


def for_engine(page: Image) -> bytes:
    """A page as a grey PNG, a small one larger than it is."""
    from PIL import Image

    grey = page.convert("L")
    longer = max(grey.size)
    if longer < _SMALLEST:
        factor = min(_SMALLEST / longer, 3.0)
        size = (round(grey.width * factor), round(grey.height * factor))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    with BytesIO() as stream:
        grey.save(stream, "PNG", compress_level=1)
        return stream.getvalue()


def main() -> None:
    """Draw the page that the command line names."""
    child.limit()
    path, page = Path(sys.argv[1]), int(sys.argv[2])
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    from PIL import Image

    # What draws is loaded before nothing can be loaded any more.
    importlib.import_module("pypdfium2")
    importlib.import_module("markterm.evidence.readers.thumbnail")
    Image.init()
    cage.shut_in(path)
    draw = page_of_pdf if path.suffix.lower() == ".pdf" else page_of_picture
    if len(sys.argv) > 3:
        drawn = draw(path, page, int(sys.argv[3]))
        data = b"P6\n%d %d\n255\n" % drawn.size + drawn.tobytes()
    else:
        data = for_engine(draw(path, page))
    with os.fdopen(out, "wb") as stream:
        stream.write(data)


if __name__ == "__main__":
    main()
