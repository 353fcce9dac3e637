"""The engines that read words in pictures: what they see, and how they may misbehave."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer

import pytest
from PIL import Image, ImageDraw

from markterm.evidence.conversion.program import ProgramStopped
from markterm.evidence.converted import NotReadable
from markterm.evidence.machine import tesseract
from markterm.evidence.machine.engines import read_by
from markterm.evidence.machine.rapidocr_engine import rapidocr_found
from markterm.evidence.machine.tesseract import Tesseract, tesseract_found
from markterm.evidence.text.seen_words import Box, in_lines
from tests.at_length import at_length
from tests.evidence.made_scan import scanned


def test_what_an_engine_saw_beside_each_other_is_one_line_and_a_gap_ends_a_paragraph() -> None:
    seen = in_lines(
        [
            ("hours", Box(200, 102, 260, 122)),
            ("Session 4", Box(10, 100, 100, 120)),
            ("signed", Box(12, 126, 90, 146)),
            ("Total", Box(10, 200, 60, 220)),
        ]
    )
    assert [(line.text, line.paragraph) for line in seen] == [("Session 4 hours", 0), ("signed", 0), ("Total", 1)]
    assert seen[0].box == Box(10, 100, 260, 122)


def test_what_was_read_in_a_turned_page_stands_where_it_stood_before() -> None:
    page = numbered = [[10 * y + x for x in range(6)] for y in range(4)]  # 6 wide, 4 high
    for quarters in range(4):
        place = next((x, y) for y, row in enumerate(page) for x, number in enumerate(row) if number == 12)
        box = Box(*place, place[0] + 1, place[1] + 1)
        assert box.turned_back(quarters, len(numbered[0]), len(numbered)) == Box(2, 1, 3, 2)
        page = [list(column) for column in zip(*page, strict=True)][::-1]  # a quarter to the left


_TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t600\t400\t-1\t
5\t1\t1\t1\t1\t1\t10\t20\t30\t10\t96.1\tThe
5\t1\t1\t1\t1\t2\t50\t18\t40\t12\t95.0\t"log"
5\t1\t1\t1\t1\t3\t95\t18\t40\t12\t3.0\tnoise
5\t1\t1\t1\t2\t1\t10\t40\t30\t10\t91.0\tshows
5\t1\t2\t1\t1\t1\t10\t90\t30\t10\t88.0\t|
5\t1\t3\t1\t1\t1\t10\t120\t30\t10\t90.0\t13.5
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Tesseract]:
    """A script in the place of tesseract."""
    place = tmp_path / "outside"
    place.mkdir()
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")

    def become(script: str) -> Tesseract:
        path = place / "tesseract"
        path.write_text(
            '#!/bin/sh\ncase "$1" in\n'
            '--version) echo "tesseract 5.3.0"; exit;;\n'
            '--list-langs) printf "List (2):\\neng\\nosd\\n"; exit;;\nesac\n' + script,
            "utf-8",
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        found = tesseract_found()
        assert found is not None
        return found

    return become


needs_scripts = pytest.mark.skipif(os.name == "nt", reason="the program is a script of a shell")


@needs_scripts
def test_tesseract_is_understood(folder: Path, program: Callable[[str], Tesseract]) -> None:
    engine = program(f"cat <<'END'\n{_TABLE}END\n")
    reading = read_by(engine, scanned(folder / "a.png").path, (1,), Event())
    assert (reading.engine, reading.version) == ("tesseract", "5.3.0")
    assert [(line.text, line.paragraph) for line in reading.lines] == [('The "log"', 0), ("shows", 0), ("13.5", 2)]


@needs_scripts
@pytest.mark.parametrize(
    ("script", "said"),
    at_length(
        [
            ("exit 1", "tesseract breaks off"),
            ("sleep 600", "tesseract takes longer than 0.5 seconds"),
            ("exec cat /dev/zero", "tesseract says more than a file can hold"),
        ],
        names=2,
    ),
)
def test_a_tesseract_that_misbehaves_costs_one_line(
    folder: Path, program: Callable[[str], Tesseract], monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    engine = program(script)
    monkeypatch.setattr(Tesseract, "version", lambda *_: "5")
    if "sleep" in script:
        monkeypatch.setattr(tesseract, "SECONDS", 0.5)
    with pytest.raises(NotReadable, match=said):
        read_by(engine, scanned(folder / "a.png").path, (1,), Event())


@needs_scripts
def test_a_tesseract_that_says_nothing_that_is_understood_read_no_words(
    folder: Path, program: Callable[[str], Tesseract]
) -> None:
    engine = program("head -c 3000 /dev/urandom; echo; printf '5\\t1\\t1\\n'")
    assert read_by(engine, scanned(folder / "a.png").path, (1,), Event()).lines == ()


@needs_scripts
def test_it_is_stopped_at_once(folder: Path, program: Callable[[str], Tesseract]) -> None:
    engine = program("sleep 600")
    stop = Event()
    Timer(0.5, stop.set).start()
    with pytest.raises(ProgramStopped):
        read_by(engine, scanned(folder / "a.png").path, (1,), stop)


@pytest.mark.long
@pytest.mark.skipif(tesseract_found() is None, reason="tesseract is not installed here")
def test_the_real_tesseract_reads_a_page(folder: Path) -> None:
    from PIL import ImageFont

    page = Image.new("L", (900, 200), 255)
    ImageDraw.Draw(page).text((40, 60), "coaching log", font=ImageFont.load_default(60), fill=0)
    page.save(folder / "a.png")
    engine = tesseract_found()
    assert engine is not None
    reading = read_by(engine, folder / "a.png", (1,), Event())
    assert "coaching" in " ".join(line.text for line in reading.lines)


@pytest.mark.long
@pytest.mark.skipif(rapidocr_found() is None, reason="the extra markterm[ocr] is not installed here")
def test_the_real_rapidocr_reads_a_page_in_its_cage(folder: Path) -> None:
    from PIL import ImageFont

    page = Image.new("L", (900, 200), 255)
    ImageDraw.Draw(page).text((40, 60), "coaching log", font=ImageFont.load_default(60), fill=0)
    page.save(folder / "a.png")
    engine = rapidocr_found()
    assert engine is not None
    reading = read_by(engine, folder / "a.png", (1,), Event())
    assert "coaching log" in " ".join(line.text for line in reading.lines)
