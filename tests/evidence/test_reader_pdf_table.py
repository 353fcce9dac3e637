"""Tables of a PDF, known by their ruled lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # the library has no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from markterm.evidence.converted import Converted
from markterm.evidence.readers.pdf import pdf
from tests.examples import examples

COLUMNS, LEVELS = (60.0, 160.0, 220.0, 500.0), (600.0, 650.0, 700.0, 750.0)
CELLS = (("Date", "Hours", "What we did"), ("3 June", "1.5", "talked of the goal"), ("9 June", "2", "wrote it down"))
TABLE = """\
| Date | Hours | What we did |
| --- | --- | --- |
| 3 June | 1.5 | talked of the goal |
| 9 June | 2 | wrote it down |
"""

Draw = Callable[[Any], None]


def _read(folder: Path, *draw: Draw) -> Converted:
    """A page on which all of that is drawn."""
    path = folder / "log.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for each in draw:
        each(canvas)
    canvas.save()
    return pdf.read(path)


def _lines(canvas: Any) -> None:
    canvas.grid(COLUMNS, LEVELS)


def _boxes(canvas: Any) -> None:
    """A box around each cell."""
    for left, right in pairwise(COLUMNS):
        for low, high in pairwise(LEVELS):
            canvas.rect(left, low, right - left, high - low)


def _bars(canvas: Any) -> None:
    """Lines as word processors draw them: filled boxes of half a point, one for each side of each cell."""
    for left, right in pairwise(COLUMNS):
        for level in LEVELS:
            canvas.rect(left, level - 0.25, right - left, 0.5, stroke=0, fill=1)
    for low, high in pairwise(LEVELS):
        for column in COLUMNS:
            canvas.rect(column - 0.25, low, 0.5, high - low, stroke=0, fill=1)


def _scaled(canvas: Any) -> None:
    """Drawn in another measure, as printer drivers do."""
    canvas.saveState()
    canvas.scale(0.1, -0.1)
    canvas.grid([10 * column for column in COLUMNS], [-10 * level for level in LEVELS])
    canvas.restoreState()


def _words(cells: Sequence[Sequence[str]] = CELLS) -> Draw:
    def draw(canvas: Any) -> None:
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                for line, words in enumerate(text.split("\n")):
                    canvas.drawString(COLUMNS[column] + 4, LEVELS[-1 - row] - 14 - 12 * line, words)

    return draw


def _text(x: float, y: float, words: str, size: int = 10) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, words)
        canvas.setFont("Helvetica", 10)

    return draw


@pytest.mark.parametrize("ruled", [_lines, _boxes, _bars, _scaled])
def test_ruled_lines_make_a_table_however_they_are_drawn(tmp_path: Path, ruled: Draw) -> None:
    assert _read(tmp_path, ruled, _words()).markdown == TABLE


def test_without_ruled_lines_rows_are_lines(tmp_path: Path) -> None:
    read = _read(tmp_path, _words())
    assert [line for line in read.markdown.split("\n") if line] == [" ".join(row) for row in CELLS]


def test_what_stands_close_after_a_raised_number_is_no_word_of_its_own(tmp_path: Path) -> None:
    read = _read(
        tmp_path, _text(60, 700, "prices are high"), _text(126, 706, "2", 6), _text(129.5, 700, "), they said")
    )
    assert read.markdown == "prices are high2), they said\n"


def test_the_table_stands_between_the_lines_around_it(tmp_path: Path) -> None:
    read = _read(tmp_path, _text(60, 780, "Before it."), _lines, _words(), _text(60, 560, "After it."))
    assert read.markdown == f"Before it.\n\n{TABLE}\nAfter it.\n"


def test_lines_of_a_cell_stay_in_it(tmp_path: Path) -> None:
    cells = (*CELLS[:2], ("9 June", "2", "wrote it down\nand signed it"))
    assert "| 9 June | 2 | wrote it down and signed it |" in _read(tmp_path, _lines, _words(cells)).markdown


_UNRULED = (600.0, 730.0, 750.0)


def _without_lines_between_rows(canvas: Any) -> None:
    canvas.grid(COLUMNS, _UNRULED)


def _rows_of(markdown: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in markdown.split("\n") if "|" in line]


def _in_cells(rows: Sequence[tuple[float, Sequence[str]]]) -> Draw:
    def draw(canvas: Any) -> None:
        for y, texts in rows:
            for column, text in zip(COLUMNS, texts, strict=False):
                canvas.drawString(column + 4, y, text)

    return draw


_HEAD = (736.0, ("Task", "Hours", "Told"))


def test_rows_without_lines_between_them_are_rows(tmp_path: Path) -> None:
    rows = [("briefing", "3", "set the goal"), ("coaching", "5", ""), ("review", "2", "looked back")]
    words = _in_cells([_HEAD, *((712.0 - 20 * number, row) for number, row in enumerate(rows))])
    assert _read(tmp_path, _without_lines_between_rows, words).markdown == (
        "| Task | Hours | Told |\n| --- | --- | --- |\n"
        "| briefing | 3 | set the goal |\n| coaching | 5 |  |\n| review | 2 | looked back |\n"
    )


def test_words_that_flow_over_lines_stay_in_the_row_that_they_began_in(tmp_path: Path) -> None:
    told = "We talked of the goal and of what could come in its way,"
    rows = [
        (712.0, ("briefing", "3", told)),
        (700.0, ("", "", "and wrote down what each of us would do.")),
        (684.0, ("coaching", "5", told)),
        (672.0, ("", "", "as before.")),
    ]
    assert _rows_of(_read(tmp_path, _without_lines_between_rows, _in_cells([_HEAD, *rows])).markdown)[2:] == [
        ["briefing", "3", f"{told} and wrote down what each of us would do."],
        ["coaching", "5", f"{told} as before."],
    ]


def test_words_that_flow_in_several_cells_are_one_row(tmp_path: Path) -> None:
    told = "we talked of the goal and of what could come in its way, and"
    cells = (CELLS[0], ("the first session\nof the coaching", "two and\na half", f"{told}\n{told}"), CELLS[2])
    assert _rows_of(_read(tmp_path, _lines, _words(cells)).markdown)[2] == [
        "the first session of the coaching",
        "two and a half",
        f"{told} {told}",
    ]


def test_a_head_in_two_lines_is_one_row(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.grid(COLUMNS, (600, 715, 750))

    head = [(738.0, ("Task", "Hours", "Told")), (722.0, ("or unit", "spent", "afterwards"))]
    rows = [(700.0, ("briefing", "3", "goal")), (680.0, ("coaching", "5", "way")), (660.0, ("review", "2", "end"))]
    read = _rows_of(_read(tmp_path, draw, _in_cells([*head, *rows])).markdown)
    assert read[0] == ["Task or unit", "Hours spent", "Told afterwards"]
    assert [row[0] for row in read[2:]] == ["briefing", "coaching", "review"]


def test_two_lines_in_cells_of_a_table_with_lines_between_its_rows_are_one_row(tmp_path: Path) -> None:
    cells = (CELLS[0], ("Monday\n3 June", "1.5\nhours", "goal\nset"), CELLS[2])
    assert "| Monday 3 June | 1.5 hours | goal set |" in _read(tmp_path, _lines, _words(cells)).markdown


def test_what_stands_beside_the_table_stays_beside_it(tmp_path: Path) -> None:
    note = _text(510, LEVELS[-2] - 14, "seen")
    read = _read(tmp_path, _lines, _words(CELLS[:2]), note, _words((("",) * 3, ("",) * 3, CELLS[2])))
    assert "| 3 June | 1.5 | talked of the goal |" in read.markdown
    assert "\n\nseen\n" in read.markdown


def test_cells_that_are_one_have_their_words_in_the_first(tmp_path: Path) -> None:
    def without_a_line(canvas: Any) -> None:
        for level in LEVELS:
            canvas.line(COLUMNS[0], level, COLUMNS[-1], level)
        for column in (COLUMNS[0], COLUMNS[-1]):
            canvas.line(column, LEVELS[0], column, LEVELS[-1])
        for column in COLUMNS[1:-1]:
            canvas.line(column, LEVELS[0], column, LEVELS[-2])

    cells = (("", "", ""), *CELLS[1:])
    read = _read(tmp_path, without_a_line, _words(cells), _text(150, LEVELS[-1] - 14, "The log of Zoe Marsh"))
    assert read.markdown == (
        "|  |  |  |\n| --- | --- | --- |\n| The log of Zoe Marsh |  |  |\n"
        "| 3 June | 1.5 | talked of the goal |\n| 9 June | 2 | wrote it down |\n"
    )


def test_words_in_a_table_are_no_markup(tmp_path: Path) -> None:
    cells = (CELLS[0], ("a|b", "*2*", "<i> [x](y)"))
    assert r"| a\|b | \*2\* | \<i> [x\](y) |" in _read(tmp_path, _lines, _words(cells)).markdown


def test_headings_are_known_where_all_else_is_a_table(tmp_path: Path) -> None:
    read = _read(tmp_path, _text(60, 780, "Log of June", 16), _lines, _words())
    assert read.markdown == f"# Log of June\n\n{TABLE}"


@pytest.mark.parametrize(("columns", "levels"), [((60, 500), LEVELS), (COLUMNS, (600, 750)), ((60, 500), (600, 750))])
def test_a_frame_is_no_table(tmp_path: Path, columns: tuple[float, ...], levels: tuple[float, ...]) -> None:
    read = _read(tmp_path, lambda canvas: canvas.grid(columns, levels), _words())
    assert "|" not in read.markdown
    assert "talked of the goal" in read.markdown


def test_a_page_in_boxes_keeps_its_paragraphs(tmp_path: Path) -> None:
    told = [f"In session {number} my client said what the goal was." for number in range(40)]

    def draw(canvas: Any) -> None:
        canvas.grid((60, 160, 500), (60, 720, 760))
        for number, words in enumerate(told):
            canvas.drawString(170, 700 - 14 * number, words)

    read = _read(tmp_path, draw, _text(64, 740, "Name"), _text(170, 740, "Zoe"))
    assert "|" not in read.markdown
    assert [line for line in read.markdown.split("\n") if line.startswith("In session")] == told


def test_a_table_in_a_box_of_the_page_is_still_one(tmp_path: Path) -> None:
    read = _read(tmp_path, lambda canvas: canvas.grid((20, 30, 580), (500, 510, 800)), _lines, _words())
    assert TABLE in read.markdown


def test_a_drawing_of_thousands_of_lines_is_no_table(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.grid([60 + 5 * number for number in range(90)], [100 + 5 * number for number in range(130)])

    read = _read(tmp_path, draw, _text(200, 400, "Plan of the site"))
    assert read.markdown == "Plan of the site\n"


@pytest.mark.parametrize("is_seen_so", [True, False])
@pytest.mark.parametrize(("degrees", "across", "up"), [(90, A4[0], 0), (180, *A4), (270, 0, A4[1])])
def test_a_page_whose_words_run_another_way_reads_as_any_other(
    tmp_path: Path, is_seen_so: bool, degrees: int, across: float, up: float
) -> None:
    def turn(canvas: Any) -> None:
        canvas.setPageRotation(degrees if is_seen_so else 0)
        canvas.translate(across, up)
        canvas.rotate(degrees)
        canvas.scale(0.7, 0.7)

    read = _read(tmp_path, turn, _lines, _words(), _text(64, 400, "Signed by"), _text(64, 360, "Zoe Marsh"))
    lines = [line for line in read.markdown.split("\n") if line]
    # Of words that are seen running down the page PDFium tells the last line first.
    signed = sorted(lines[-2:]) if degrees == 270 and not is_seen_so else lines[-2:]
    assert [*lines[:-2], *signed] == [*TABLE.split("\n")[:-1], "Signed by", "Zoe Marsh"]


def test_an_empty_form_is_no_table(tmp_path: Path) -> None:
    assert _read(tmp_path, _lines, _text(64, 740, "Only this.")).markdown == "Only this.\n"


_POINTS = st.integers(0, 59).map(lambda number: 10.0 * number)
_LINES = st.lists(st.tuples(_POINTS, _POINTS, _POINTS), max_size=12)
_WORDS = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 40)), min_size=1, max_size=25, unique=True)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(level=_LINES, upright=_LINES, words=_WORDS)
def test_whatever_lines_are_drawn_every_letter_is_there_once(
    tmp_path: Path,
    level: list[tuple[float, float, float]],
    upright: list[tuple[float, float, float]],
    words: list[tuple[int, int]],
) -> None:
    def draw(canvas: Any) -> None:
        canvas.grid((100, 300, 500), (100, 300, 500, 700))
        for y, one, other in level:
            canvas.line(one, y, other, y)
        for x, one, other in upright:
            canvas.line(x, one, x, other)
        for number, (column, line) in enumerate(words):
            canvas.drawString(10 + 60 * column, 20 * line, chr(ord("a") + number) * 5)

    markdown = _read(tmp_path, draw).markdown
    letters = Counter(character for character in markdown if character.isalpha())
    assert letters == {chr(ord("a") + number): 5 for number in range(len(words))}


def test_rows_without_lines_between_them_are_parted_by_their_gaps_where_words_stand_in_the_middle(
    tmp_path: Path,
) -> None:
    def draw(canvas: Any) -> None:
        canvas.grid([60, 130, 300, 330], [600, 740, 760])

    head = [_text(x, 746, words) for x, words in ((64, "Date"), (134, "What we did"), (304, "AC"))]
    first = [_text(134, 726, "talked of the goal of the week and"), _text(134, 714, "wrote it down")]
    second = [
        _text(134, 694, "planned what is to be done first"),
        _text(134, 682, "and who is to do it, and"),
        _text(134, 670, "by when"),
    ]
    beside = [
        _text(x, y, words)
        for y, *row in ((720, "3 June", "1.1"), (682, "9 June", "1.2"))
        for x, words in zip((64, 304), row, strict=True)
    ]
    assert _read(tmp_path, draw, *head, *first, *second, *beside).markdown == (
        "| Date | What we did | AC |\n| --- | --- | --- |\n"
        "| 3 June | talked of the goal of the week and wrote it down | 1.1 |\n"
        "| 9 June | planned what is to be done first and who is to do it, and by when | 1.2 |\n"
    )
