"""Where the links of a PDF lead."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.readers.pdf import pdf

_FILM = "https://example.org/film"


def _read(folder: Path, lines: list[str], links: list[tuple[int, str, str]]) -> str:
    """The text of a page with those lines; of each link the line, the words and the address."""
    path = folder / "links.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(lines):
        canvas.drawString(60, 700 - 20 * number, line)
    for number, words, address in links:
        before = lines[number].partition(words)[0] if words else ""
        left, y = 60 + canvas.stringWidth(before), 700 - 20 * number
        canvas.linkURL(address, (left, y - 3, left + canvas.stringWidth(words or "picture"), y + 10))
    canvas.save()
    return pdf.read(path).markdown


def test_the_address_stands_behind_the_words_of_the_link(tmp_path: Path) -> None:
    assert _read(tmp_path, ["We made a film of it."], [(0, "a film", _FILM)]) == f"We made [a film](<{_FILM}>) of it.\n"


def test_words_that_say_the_address_are_left_as_they_are(tmp_path: Path) -> None:
    lines = ["See www.Example.org/film, too.", "Mail zoe@example.org."]
    links = [(0, "www.Example.org/film", f"{_FILM}/"), (1, "zoe@example.or", "mailto:zoe@example.org")]
    assert _read(tmp_path, lines, links) == "\n".join(lines) + "\n"


def test_a_link_over_two_lines_has_its_address_once(tmp_path: Path) -> None:
    lines = ["We made a film of how", "we laid the wall."]
    read = _read(tmp_path, lines, [(0, "a film of how", _FILM), (1, "we laid", _FILM)])
    assert read == f"We made a film of how\n[we laid](<{_FILM}>) the wall.\n"


def test_a_link_in_an_item_or_with_brackets_and_bars_is_no_other_markup(tmp_path: Path) -> None:
    read = _read(tmp_path, ["• see [the film", "and more"], [(0, "[the film", f"{_FILM}?a=<b>|c")])
    assert read.startswith(f"- see [\\[the film](<{_FILM}?a=\\<b\\>\\|c>)\n")


def test_a_link_without_words_and_one_in_a_table_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    canvas = Canvas(str(path))
    canvas.grid((50, 200, 400), (650, 680, 715))
    for x, y, words in ((60, 700, "Task"), (210, 700, "Seen"), (60, 660, "wall"), (210, 660, "film")):
        canvas.drawString(x, y, words)
    canvas.linkURL(_FILM, (208, 655, 240, 672))
    canvas.linkURL("https://example.org/picture", (60, 100, 200, 200))
    canvas.save()
    assert pdf.read(path).markdown == (
        f"| Task | Seen |\n| --- | --- |\n| wall | film ({_FILM}) |\n\n- Link on a picture: https://example.org/picture\n"
    )
