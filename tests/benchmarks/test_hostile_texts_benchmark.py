"""Texts made to cost time: what twice the text costs, as a ratio. A pattern that goes back and forth costs four times.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_hostile_texts_benchmark.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.domain.remarks.remark_places import place
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.readers.html import label_of_page
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.text.find import find
from markterm.evidence.text.folded import fold_markdown
from markterm.evidence.text.reading import open_evidence
from markterm.exports.markdown.markdown_text import block, inline
from markterm.sheets.lookalikes import criterion_in, is_comment, marks_in_braces, marks_otherwise
from tests.benchmarks.turns import cpu_seconds, in_turns, tell
from tests.domain import test_covering, test_learner_names
from tests.domain.test_remark_places import ROSALIND
from tests.evidence.made import docx, evidence, paragraph, word_table

pytestmark = pytest.mark.benchmark

_TIMES = 5
_NOISE = 0.5
"""Milliseconds. What takes less says nothing."""


def _is_told(name: str, work: Callable[[str], object], pieces: dict[str, str], count: int, most: float = 3.0) -> None:
    """Print what each text costs, and what twice the text does; fails where that is more than `most` times as much."""
    for piece in pieces:
        once, twice = pieces[piece] * count + "x", pieces[piece] * count * 2 + "x"
        taken = in_turns(_TIMES, {"once": lambda: work(once), "twice": lambda: work(twice)}, cpu_seconds)  # noqa: B023 - at once
        ratio = taken["twice"] / max(taken["once"], _NOISE)
        tell(f"{name} {piece}: twice the text takes {ratio:.2f} times as long (at most {most})", taken)
        assert ratio <= most


def _named(*pieces: str) -> dict[str, str]:
    return {repr(piece): piece for piece in pieces}


def test_text_made_safe_for_markdown() -> None:
    def write(text: str) -> None:
        block(text, "> ")
        inline(text)

    _is_told("Markdown of", write, _named("\n", " ", "\n #", "#", "1.", "-", "\\", "9"), 50_000)


def test_lines_of_a_mark_sheet() -> None:
    def look(line: str) -> None:
        criterion_in(line), marks_in_braces(line), marks_otherwise(line), is_comment(line)

    _is_told("Looking at", look, _named("<", "**", "1.", "<a", "{"), 20_000)


def test_pages_that_nearly_say_their_alphabet() -> None:
    pieces = _named(" ", "<?xml ", "<meta x")
    _is_told("The alphabet of", lambda page: label_of_page(b"<meta charset=" + page.encode()), pieces, 20_000)


def test_tags_within_tags() -> None:
    pieces = {tag: f"first <{tag}>" for tag in ("div", "table><tr><td", "ul><li", "blockquote", "b", "span")}
    _is_told("Nested", lambda page: markdown_of(page), pieces, 1_000)


def test_words_across_footnotes() -> None:
    _is_told("Words among", lambda text: find(fold_markdown(text), "a" * 30), _named("a[^1]"), 4_000)


def test_the_note_of_a_megabyte() -> None:
    pieces = _named("she said it again, says Jones. ")
    _is_told("Names in", lambda note: place(f"Rosalind {note}", ROSALIND), pieces, 15_000)


def test_a_screen_among_ten_thousand_learners() -> None:
    names, lines, _ = test_learner_names.many_learners(10_000)
    covering, covered, _ = test_covering.many_learners(10_000)
    works: dict[str, Callable[[], object]] = {
        "who is named": lambda: [names.mentions(line) for line in lines],
        "everybody covered": lambda: [covering.covered(line) for line in covered],
    }
    taken = in_turns(_TIMES, works, cpu_seconds)
    tell("A screen of words among 10,000 learners (at most 5 ms)", taken)
    assert max(taken.values()) <= 5


def test_the_second_opening_of_forty_pages(tmp_path: Path) -> None:
    body = (paragraph("Heading", "Heading1") + paragraph("word " * 400)) * 40 + word_table(*[("a", "b")] * 200)
    (tmp_path / "evidence").mkdir()
    file: EvidenceFile = evidence(tmp_path / "evidence" / "a.docx", docx(body))
    open_evidence(file, tmp_path / "cache")
    taken = in_turns(_TIMES, {"opened again": lambda: open_evidence(file, tmp_path / "cache")}, cpu_seconds)
    tell("Forty pages of Word, opened for the second time (at most 20 ms)", taken)
    assert taken["opened again"] <= 20
