"""Reading the headers of pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers import image, svg, thumbnail
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


def _saved(picture: Image.Image, path: Path, **options: Any) -> Converted:
    picture.save(path, **options)
    return image.read(path)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.avif", "AVIF"), ("a.jp2", "JPEG 2000"), ("a.j2k", "JPEG 2000"), ("a.ico", "icon")]
)
def test_kinds_of_telephones_and_scanners_are_drawn(tmp_path: Path, name: str, kind: str) -> None:
    read = _saved(
        Image.new("RGB", (64, 48), "green"), tmp_path / name, **({"sizes": [(64, 48)]} if kind == "icon" else {})
    )
    assert read.markdown.startswith(f"A picture ({kind}), 64 × 48 pixels, ")
    assert read.picture is not None
    red, green, blue = read.picture.lines()[20][20]
    assert green > 100 > max(red, blue)


def test_a_tiff_with_addresses_of_eight_bytes_is_drawn(tmp_path: Path) -> None:
    read = _saved(Image.new("RGB", (60, 40), "green"), tmp_path / "a.tif", big_tiff=True)
    assert (tmp_path / "a.tif").read_bytes()[2] == 43
    assert read.markdown.startswith("A picture (TIFF), 60 × 40 pixels, ")
    assert read.picture is not None


def test_the_pages_of_a_tiff_are_counted_and_named(tmp_path: Path) -> None:
    further = [Image.new("L", (20, 30)), Image.new("1", (50, 40))]
    read = _saved(Image.new("L", (60, 40)), tmp_path / "a.tif", save_all=True, append_images=further)
    assert "Page 2: 20 × 30 pixels." in read.markdown
    assert "Page 3: 50 × 40 pixels." in read.markdown
    assert (read.pages, read.scans) == (3, (1, 2, 3))
    assert [place.label for place in read.places] == ["page 1", "page 2", "page 3"]
    assert read.notes == ("It has 3 pages, and only the first is drawn: open it outside to see the others.",)


def test_no_number_is_given_of_pages_that_are_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnail, "MOST_PAGES", 3)
    page = Image.new("1", (9, 9), 1)
    for count, said in ((3, "3"), (4, "more than 3")):
        page.save(tmp_path / "a.tif", save_all=True, append_images=[page] * (count - 1))
        read = image.read(tmp_path / "a.tif")
        assert read.notes == (f"It has {said} pages, and only the first is drawn: open it outside to see the others.",)
        assert (read.pages, read.scans) == (3, (1, 2, 3))


def test_what_was_written_into_a_picture_is_shown_and_no_markup(tmp_path: Path) -> None:
    words = Image.Exif()
    words[0x010E] = "My *stall* at the fair"
    read = _saved(Image.new("RGB", (6, 4)), tmp_path / "a.jpg", exif=words, comment="taken by <b>Zoe")
    assert r"- Description: My \*stall\* at the fair" in read.markdown
    assert r"- Comment: taken by \<b>Zoe" in read.markdown
    chunk = PngInfo()
    chunk.add_text("Title", "Stall")
    chunk.add_text("Software", "nobody asks")
    read = _saved(Image.new("RGB", (6, 4)), tmp_path / "a.png", pnginfo=chunk)
    assert "- Title: Stall" in read.markdown
    assert "nobody" not in read.markdown


def test_a_scan_of_four_hundred_million_pixels_is_drawn_at_a_fraction_if_it_is_a_jpeg(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the library itself would refuse it before it can be asked for less of it.
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000)
    monkeypatch.setattr(thumbnail, "MOST_PIXELS", 1_000_000)
    assert _saved(Image.new("L", (3_000, 2_000), 90), tmp_path / "a.jpg").picture is not None
    refused = _saved(Image.new("L", (3_000, 2_000), 90), tmp_path / "a.png")
    assert (refused.picture, refused.scans) == (None, ())
    assert refused.notes == ("It has more than 1 million pixels, and is not drawn: open it outside.",)


def test_a_drawing_in_svg_is_its_words_and_fetches_and_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / "plan.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><title>My *plan*</title><style>b</style>'
        '<script>run()</script><image href="http://127.0.0.1:9/"/><g><text>Step <tspan>one</tspan></text></g></svg>',
        "utf-8",
    )
    read = svg.read(tmp_path / "plan.svg")
    assert "My \\*plan\\*\n" in read.markdown
    assert "Step one" in read.markdown
    assert "run()" not in read.markdown
    assert read.notes == ("A drawing in SVG is not drawn: only its words are shown. It can be opened outside.",)
    (tmp_path / "page.svg").write_text("<html/>", "utf-8")
    with pytest.raises(NotReadable, match="something else"):
        svg.read(tmp_path / "page.svg")


def test_parts_of_a_word_in_a_drawing_are_one_word_and_lines_are_apart(tmp_path: Path) -> None:
    (tmp_path / "plan.svg").write_text(
        "<svg><text>H<tspan dy='3'>2</tspan>O<tspan x='0' dy='9'>boils</tspan></text>"
        "<foreignObject><p>at <b>1</b>00</p><p>degrees</p><style>p{}</style></foreignObject></svg>",
        "utf-8",
    )
    assert svg.read(tmp_path / "plan.svg").markdown.endswith("H2O boils\n\nat 100 degrees\n")


def test_a_drawing_that_defines_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>', "utf-8")
    with pytest.raises(NotReadable, match="entities"):
        svg.read(tmp_path / "a.svg")


def test_a_heic_is_drawn_where_the_extra_is_installed(tmp_path: Path) -> None:
    heif = pytest.importorskip("pi_heif", reason="the extra markterm[heic] is not installed here")
    assert heif  # it only decodes: nothing here can make one, so that it is loaded is what can be tried
    (tmp_path / "a.heic").write_bytes(made_more.heic(4, 3))
    assert image.read(tmp_path / "a.heic").notes == ("The picture itself is damaged or cut short, and is not drawn.",)
