"""Reading the headers of pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.evidence.converted import NotReadable
from markterm.evidence.readers import image
from tests.evidence import made_more


def _read(folder: Path, data: bytes) -> str:
    path = folder / "photo"
    path.write_bytes(data)
    return image.read(path).markdown


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (made_more.png, "PNG"),
        (made_more.jpeg, "JPEG"),
        (made_more.gif, "GIF"),
        (made_more.bmp, "BMP"),
        (made_more.webp, "WebP"),
        (made_more.tiff, "TIFF"),
        (made_more.heic, "HEIC"),
    ],
)
def test_kind_and_size_are_said(tmp_path: Path, make: Callable[[int, int], bytes], name: str) -> None:
    data = make(4032, 3024)
    start = f"A picture ({name}), 4,032 × 3,024 pixels, "
    assert _read(tmp_path, data).startswith(start)


def test_a_bitmap_from_the_top_down_has_the_same_height(tmp_path: Path) -> None:
    assert "40 × 30 pixels, 54 bytes" in _read(tmp_path, made_more.bmp(40, -30).ljust(54, b"\0"))


def test_when_a_photograph_was_taken_is_said(tmp_path: Path) -> None:
    markdown = _read(tmp_path, made_more.jpeg(4, 3, taken="2024:06:03 09:30:00"))
    assert "By its own word made on 2024-06-03 at 09:30." in markdown


def test_without_a_date_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert "made on" not in _read(tmp_path, made_more.jpeg(4, 3))


def test_a_picture_of_no_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="no width or no height"):
        _read(tmp_path, made_more.gif(0, 3))


def test_a_picture_cut_short_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not a picture"):
        _read(tmp_path, made_more.png(4, 3)[:20])


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="holds something else"):
        _read(tmp_path, b"hello")
