"""Pictures made small: what is drawn of them, and those that were made to do harm."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from markterm.evidence.conversion.conversion import convert
from markterm.evidence.conversion.wire import from_bytes, to_bytes
from markterm.evidence.converted import Attachment, Converted
from markterm.evidence.picture import LARGEST_SIDE, Picture
from markterm.evidence.readers import image, thumbnail
from markterm.evidence.text.reading import open_evidence
from tests.evidence import made_more
from tests.evidence.made import evidence
from tests.pace import PATIENCE

RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


def _photo(width: int = 400, height: int = 300) -> Image.Image:
    """Red, with its lower half blue."""
    photo = Image.new("RGB", (width, height), RED)
    photo.paste(BLUE, (0, height // 2, width, height))
    return photo


def _read(path: Path) -> tuple[Picture, tuple[str, ...]]:
    read = image.read(path)
    assert read.picture is not None, read.notes
    return read.picture, read.notes


def _corners(picture: Picture) -> list[tuple[int, ...]]:
    """Top left, top right, bottom left, bottom right, as far as compression keeps colours."""
    rows = picture.lines()
    return [
        tuple(round(value / 255) * 255 for value in pixel) for row in (rows[0], rows[-1]) for pixel in (row[0], row[-1])
    ]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.webp", "a.bmp", "a.tiff"])
def test_each_kind_is_drawn_small_and_in_its_proportions(tmp_path: Path, name: str) -> None:
    _photo().save(tmp_path / name)
    picture, notes = _read(tmp_path / name)
    assert (picture.width, picture.height, notes) == (200, 150, ())
    assert _corners(picture) == [RED, RED, BLUE, BLUE]


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    _photo(6, 4).save(tmp_path / "a.png")
    picture, _ = _read(tmp_path / "a.png")
    assert picture == Picture(6, 4, bytes((*RED * 12, *BLUE * 12)))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tiff"])
def test_a_camera_that_was_turned_is_turned_back(tmp_path: Path, name: str) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    _photo().save(tmp_path / name, exif=turned)
    picture, _ = _read(tmp_path / name)
    assert (picture.width, picture.height) == (150, 200)
    assert _corners(picture) == [BLUE, RED, BLUE, RED]
    assert "400 × 300 pixels" in image.read(tmp_path / name).markdown


def test_printers_colours_are_seen_as_they_are_printed(tmp_path: Path) -> None:
    _photo().convert("CMYK").save(tmp_path / "a.jpg", quality=95)
    assert _corners(_read(tmp_path / "a.jpg")[0]) == [RED, RED, BLUE, BLUE]


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    palette = _photo().quantize(2)
    assert _corners(_read(_saved(palette, tmp_path / "p.png", transparency=palette.getpixel((0, 0))))[0])[0] == WHITE
    assert _corners(_read(_saved(_photo(), tmp_path / "rgb.png", transparency=RED))[0]) == [WHITE, WHITE, BLUE, BLUE]
    veil = _photo().convert("RGBA")
    veil.putalpha(Image.new("L", veil.size, 0))
    assert _corners(_read(_saved(veil, tmp_path / "rgba.png"))[0]) == [WHITE] * 4


def test_a_scan_of_sixteen_bits_is_neither_all_white_nor_all_black(tmp_path: Path) -> None:
    grey = Image.frombytes("I;16", (2, 1), struct.pack("<HH", 0x4000, 0xC000))
    for name in ("a.png", "a.tiff"):
        picture, _ = _read(_saved(grey, tmp_path / name))
        assert picture.lines() == [((64, 64, 64), (192, 192, 192))]


def test_a_scan_in_black_and_white_becomes_grey(tmp_path: Path) -> None:
    chequered = Image.new("1", (400, 400))
    chequered.putdata([(x + y) % 2 for y in range(400) for x in range(400)])
    picture, _ = _read(_saved(chequered, tmp_path / "a.tiff"))
    assert all(100 < pixel[0] < 155 for row in picture.lines() for pixel in row)


@pytest.mark.parametrize("name", ["a.gif", "a.png", "a.webp", "a.avif"])
def test_of_several_pictures_the_first_is_drawn_and_it_is_said(tmp_path: Path, name: str) -> None:
    further = [Image.new("RGB", (400, 300), colour) for colour in ("white", "black")]
    picture, notes = _read(_saved(_photo(), tmp_path / name, save_all=True, append_images=further))
    assert _corners(picture) == [RED, RED, BLUE, BLUE]
    assert notes == (
        "It holds more than one picture (frames or variants), and only the first is drawn: open it outside.",
    )


def test_the_second_picture_of_a_telephone_is_not_spoken_of(tmp_path: Path) -> None:
    path = _saved(_photo(), tmp_path / "a.jpg", format="MPO", save_all=True, append_images=[_photo(40, 30)])
    assert _read(path)[1] == ()


def test_a_bomb_is_named_and_not_unpacked(tmp_path: Path) -> None:
    read = convert(evidence(tmp_path / "bomb.png", bomb(50_000, 50_000)), tmp_path / "cache")
    assert read.markdown.startswith("A picture (PNG), 50,000 × 50,000 pixels, ")
    assert read.picture is None
    assert read.notes == ("It has more than 50 million pixels, and is not drawn: open it outside.",)


def test_a_picture_of_just_too_many_pixels_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _photo().save(tmp_path / "a.png")
    monkeypatch.setattr(thumbnail, "MOST_PIXELS", 400 * 300)
    assert image.read(tmp_path / "a.png").picture is not None
    monkeypatch.setattr(thumbnail, "MOST_PIXELS", 400 * 300 - 1)
    assert image.read(tmp_path / "a.png").picture is None


def test_a_large_photograph_is_decoded_at_a_fraction_of_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnail, "MOST_PIXELS", 1_000_000)
    picture, _ = _read(_saved(_photo(4_000, 3_000), tmp_path / "a.jpg"))
    assert (picture.width, picture.height) == (200, 150)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.webp", "a.tiff"])
def test_of_a_picture_cut_short_the_size_is_still_said(tmp_path: Path, name: str) -> None:
    path = _saved(Image.effect_noise((400, 300), 80).convert("RGB"), tmp_path / name)
    data = path.read_bytes()
    # The header of a TIFF stands at its end.
    path.write_bytes(made_more.tiff(400, 300) if name == "a.tiff" else data[: len(data) // 2])
    read = image.read(path)
    assert "400 × 300 pixels" in read.markdown
    assert read.picture is None
    assert read.notes == ("The picture itself is damaged or cut short, and is not drawn.",)


def test_a_kind_that_cannot_be_decoded_is_only_described(tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(made_more.heic(4032, 3024))
    read = image.read(tmp_path / "a.heic")
    assert read.markdown.startswith("A picture (HEIC), 4,032 × 3,024 pixels, ")
    assert (read.picture, read.notes) == (
        None,
        ("A HEIC picture is drawn where markterm[heic] is installed: here it can only be opened outside.",),
    )


def test_the_picture_comes_through_the_process_and_out_of_the_cache(tmp_path: Path) -> None:
    file = evidence(tmp_path / "a.png", _saved(_photo(), tmp_path / "made.png").read_bytes())
    first = open_evidence(file, tmp_path / "cache")
    assert first.picture is not None
    assert (first.picture.width, first.picture.height) == (200, 150)
    assert open_evidence(file, tmp_path / "cache").picture == first.picture


def test_no_picture_is_decoded_in_the_process_that_shows_it(tmp_path: Path) -> None:
    _photo().save(tmp_path / "a.png")
    script = """
import sys
from pathlib import Path
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.text.reading import open_evidence
path = Path(sys.argv[1])
file = EvidenceFile(path.name, path, path.stat().st_size, 0, EvidenceKind.CONVERTED)
assert open_evidence(file, path.parent / "cache").picture is not None
assert "PIL" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.png")], check=True, timeout=PATIENCE)


@given(st.integers(1, 7), st.integers(1, 7), st.binary(max_size=9), st.binary(max_size=9))
def test_picture_and_attachments_are_told_apart(width: int, height: int, one: bytes, other: bytes) -> None:
    picture = Picture(width, height, bytes(range(width * height * 3)))
    sent = Converted("text\n", attachments=(Attachment("a", one), Attachment("b", other)), picture=picture)
    assert from_bytes(to_bytes(sent)) == sent


@pytest.mark.parametrize(
    "sides", [[], [1], [1, 1, 1], [0, 1], [-1, -1], [2, 1], [201, 1], [10**30, 1], [True, 1], ["1", 1], 7, "11", {}]
)
def test_an_answer_with_a_wrong_picture_is_none(sides: Any) -> None:
    head, _, pixels = to_bytes(Converted("", picture=Picture(1, 1, b"abc"))).partition(b"\n")
    wrong = json.dumps({**json.loads(head), "picture": sides}).encode()
    with pytest.raises(ValueError, match=r"\S"):
        from_bytes(wrong + b"\n" + pixels)


@given(st.integers(1, LARGEST_SIDE), st.integers(1, LARGEST_SIDE), st.integers(1, 120), st.integers(1, 80))
def test_a_picture_fits_and_keeps_its_proportions(width: int, height: int, room: int, rows: int) -> None:
    picture = Picture(width, height, bytes((10, 20, 30)) * (width * height))
    fitted = picture.within(room, rows)
    assert fitted.width <= min(room, width)
    assert fitted.height <= min(rows, height)
    assert {pixel for row in fitted.lines() for pixel in row} == {(10, 20, 30)}
    factor = min(1, room / width, rows / height)
    assert abs(fitted.width - width * factor) <= 1
    assert abs(fitted.height - height * factor) <= 1


def test_a_pixel_is_the_mean_of_those_it_stands_for() -> None:
    picture = Picture(4, 2, bytes((*BLACK, *RED, *WHITE, *WHITE) * 2))
    assert picture.within(2, 2).lines() == [((127, 0, 0), WHITE)]


def _saved(picture: Image.Image, path: Path, **options: Any) -> Path:
    picture.save(path, **options)
    return path


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that begins to unpack to that many pixels."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(10_000_000))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
