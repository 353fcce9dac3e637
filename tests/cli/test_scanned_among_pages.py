"""A document with words of which a page is a picture: what stands there is in no sheet, and somebody has to look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # the library has no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.cli.conftest import Ask
from tests.domain.papers import unit_papers
from tests.domain.papers.test_qualification_paper import PAPER
from tests.domain.standards.made_published import TEA, plain


def _with_a_scan(path: Path, text: str) -> None:
    """A PDF whose first page is a picture, and whose second has the text."""
    canvas = Canvas(str(path), pagesize=(595, 1684))
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 90)), 0, 0, 595, 1684)
    canvas.showPage()
    for number, line in enumerate(text.splitlines()):
        canvas.drawString(40, 1660 - 14 * number, line.strip().replace("\t", " "))
    canvas.save()


@pytest.mark.parametrize(
    ("command", "text", "noun"),
    [
        (("standard", "import"), plain(*TEA), "statement"),
        (("unit", "import"), unit_papers.PLAIN, "criterion"),
        (("qualification", "import"), PAPER, "unit or a rule"),
    ],
)
def test_a_scanned_page_among_pages_with_words_is_told_and_each_place_is_a_page(
    ask: Ask, centre: Path, command: tuple[str, str], text: str, noun: str
) -> None:
    _with_a_scan(centre / "paper.pdf", text)
    answer = ask("--json", *command, "paper.pdf", "--dry-run")
    assert answer.code == 1
    told = json.loads(answer.out)
    told = told[0] if isinstance(told, list) else told
    told = told.get("units", [told])[0] if command[0] == "unit" else told
    assert told["to_check"][0]["message"] == (
        f"Pages without words of their own were not read: 1. Look for each {noun} on them."
    )
    placed = [each for each in told["to_check"] if each["line"]]
    assert {each["place"] for each in placed} <= {"page 2"}
