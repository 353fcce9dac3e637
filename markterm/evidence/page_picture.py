"""The process in which a page of a learner's file is drawn, for a machine to read words in it.

It is started as `python -I -B -m markterm.evidence.page_picture FILE PAGE`, takes the limits of a reader on itself and
shuts itself in like one, and writes the page as a grey PNG, or nothing when it is not there or too large.
"""

from __future__ import annotations

import importlib
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markterm.evidence import cage, child

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 3_600
"""Pixels: an A4 page at 300 to the inch, at which letters of a usual size are read best."""
_POINTS = 72
_DOTS = 300
_SMALLEST = 1_200
"""A picture whose longer side has fewer is drawn larger: letters of ten pixels are read badly."""


def page_of_pdf(path: Path, page: int) -> Image:
    """A page (from 1) of a PDF with what was filled in on it."""
    import pypdfium2  # type: ignore[import-untyped] # the library has no types

    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        drawn = document[page - 1]
        width, height = drawn.get_size()
        scale = min(_DOTS / _POINTS, LONGEST_SIDE / max(width, height, 1))
        picture: Image = drawn.render(scale=scale, grayscale=True, may_draw_forms=True).to_pil()
        return picture


def page_of_picture(path: Path, page: int) -> Image:
    """A page or frame (from 1) of a picture, on white, the right way up. Raises whatever Pillow does."""
    from markterm.evidence.readers.thumbnail import opened_picture

    with opened_picture(path) as picture:
        if page > 1:
            picture.seek(page - 1)
        picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
        return _fit(picture)


def _fit(picture: Any) -> Image:
    from PIL import Image

    from markterm.evidence.readers.thumbnail import on_paper

    drawn = on_paper(picture, LONGEST_SIDE).convert("L")
    longer = max(drawn.size)
    if longer < _SMALLEST:
        factor = min(_SMALLEST / longer, 3.0)
        drawn = drawn.resize((round(drawn.width * factor), round(drawn.height * factor)), Image.Resampling.LANCZOS)
    return drawn


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
    drawn = page_of_pdf(path, page) if path.suffix.lower() == ".pdf" else page_of_picture(path, page)
    with BytesIO() as stream:
        drawn.save(stream, "PNG", compress_level=1)
        data = stream.getvalue()
    with os.fdopen(out, "wb") as stream_out:
        stream_out.write(data)


if __name__ == "__main__":
    main()
