"""Words in pictures: read by an engine in a second step, marked as read by machine, kept on their own, and cited."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from errno import ENOSPC
from io import BytesIO
from pathlib import Path
from threading import Event

import pypdfium2  # type: ignore[import-untyped] # the library has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from markterm.centre.evidence import Evidence
from markterm.centre.folder import CentreFolder
from markterm.domain.record.bodies.criterion import read_passage, write_passage
from markterm.domain.record.citation import Passage
from markterm.domain.record.machine_read import Region
from markterm.evidence import page_picture
from markterm.evidence.conversion import program as program_module
from markterm.evidence.conversion.program import ProgramFailed, ProgramStopped
from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.machine import engines
from markterm.evidence.machine.engines import read_by
from markterm.evidence.machine.machine_reading import MachineLine, MachineReading, with_machine_text
from markterm.evidence.progress import Progress
from markterm.evidence.readers import thumbnail
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.drawn_page import page_for_screen
from markterm.evidence.text.passages import Extent, cite_lines, find_again
from markterm.evidence.text.reading import open_evidence, read_by_machine
from markterm.evidence.text.seen_words import Box, SeenLine
from tests.at_length import at_length
from tests.evidence.made import evidence
from tests.evidence.made_more import pdf
from tests.evidence.made_scan import scanned
from tests.pace import PATIENCE

LOG = "The log shows 13.5 hours"


@dataclass
class FakeEngine:
    """Reads the same in every picture, and tells how often it was asked."""

    said: list[SeenLine] = field(default_factory=lambda: [SeenLine(LOG, Box(10, 20, 110, 40))])
    failure: Exception | None = None
    asked: int = 0
    name: str = "fake"
    key: str = "fake-1"

    def version(self, stop: Event) -> str:  # noqa: ARG002 - as every engine
        return "1.2.3"

    def lines(self, picture: Path, stop: Event) -> list[SeenLine]:  # noqa: ARG002
        self.asked += 1
        with Image.open(picture) as image:
            assert image.format == "PNG"
        if self.failure is not None:
            raise self.failure
        return self.said


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """An engine on this machine."""
    fake = FakeEngine()
    monkeypatch.setattr(engines, "engine_found", lambda: fake)
    return fake


def _read(file: EvidenceFile, cache: Path) -> EvidenceDocument:
    document = open_evidence(file, cache)
    assert document.waits_for_machine
    assert read_by_machine(file, document, cache, Progress())
    return open_evidence(file, cache)


# From the file to its text


@pytest.mark.parametrize("name", at_length(["a.pdf", "a.png", "a.jpg", "a.tif"]))
def test_a_scan_is_shown_first_and_then_with_what_a_machine_read(
    folder: Path, cache: Path, engine: FakeEngine, name: str
) -> None:
    read = _read(scanned(folder / name), cache)
    assert engine.asked == 1
    assert LOG in read.source
    assert "*Page 1, read by machine (fake 1.2):*" in read.source
    assert any("read by machine (fake 1.2)" in note and "look at the picture itself" in note for note in read.notes)
    assert read.place_at(read.line_at(read.source.index(LOG))) == "page 1"
    assert not read.waits_for_machine


def test_a_second_opening_asks_no_engine(folder: Path, cache: Path, engine: FakeEngine) -> None:
    file = scanned(folder / "a.png")
    _read(file, cache)
    again = open_evidence(file, cache)
    assert (again.waits_for_machine, engine.asked) == (False, 1)
    assert not read_by_machine(file, again, cache, Progress())


def test_another_version_of_the_engine_reads_anew(folder: Path, cache: Path, engine: FakeEngine) -> None:
    file = scanned(folder / "a.png")
    _read(file, cache)
    engine.key = "fake-2"
    assert open_evidence(file, cache).waits_for_machine


def test_only_the_pages_without_words_are_read_and_the_others_keep_their_lines(
    folder: Path, cache: Path, engine: FakeEngine
) -> None:
    scanned(folder / "scan.pdf")
    with (
        pypdfium2.PdfDocument(pdf([["First page"], ["Third page"]])) as document,
        pypdfium2.PdfDocument(folder / "scan.pdf") as scan,
        BytesIO() as stream,
    ):
        document.import_pages(scan, index=1)
        document.save(stream)
        file = evidence(folder / "a.pdf", stream.getvalue())
    before = open_evidence(file, cache)
    assert before.scans == (2,)
    after = _read(file, cache)
    assert engine.asked == 1
    assert after.source.startswith(before.source.rstrip("\n"))
    assert "Page 2, read by machine" in after.source


@pytest.mark.long
def test_every_page_of_a_tiff_is_read(folder: Path, cache: Path, engine: FakeEngine) -> None:
    assert _read(scanned(folder / "a.tif", pages=3), cache).source.count(LOG) == 3
    assert engine.asked == 3


def test_a_machine_without_an_engine_says_so_of_a_scan_and_nothing_of_a_photograph(folder: Path, cache: Path) -> None:
    scan = open_evidence(scanned(folder / "a.pdf"), cache)
    assert any("markterm[ocr] or tesseract" in note for note in scan.notes)
    photograph = open_evidence(scanned(folder / "a.png"), cache)
    assert not scan.waits_for_machine
    assert (photograph.waits_for_machine, photograph.notes) == (False, ())


def test_a_file_with_words_waits_for_no_machine(folder: Path, cache: Path, engine: FakeEngine) -> None:
    document = open_evidence(evidence(folder / "a.pdf", pdf([["Words"]])), cache)
    assert not document.waits_for_machine
    assert engine.asked == 0


def test_a_picture_without_words_says_that_it_was_looked_at(folder: Path, cache: Path, engine: FakeEngine) -> None:
    engine.said = []
    read = _read(scanned(folder / "a.png"), cache)
    assert read.notes == ("Looked at by machine (fake), which found no words in the picture.",)
    assert read.machine is not None


def test_an_engine_that_fails_costs_one_line_and_is_not_asked_again_that_day(
    folder: Path, cache: Path, engine: FakeEngine
) -> None:
    engine.failure = ProgramFailed("takes longer than 120 seconds")
    file = scanned(folder / "a.png")
    read = _read(file, cache)
    assert read.notes == ("Page 1 could not be read by machine: fake takes longer than 120 seconds.",)
    assert (open_evidence(file, cache).waits_for_machine, engine.asked) == (False, 1)


@pytest.mark.long
def test_a_page_that_fails_does_not_cost_the_others(folder: Path, engine: FakeEngine) -> None:
    reading = read_by(engine, scanned(folder / "a.png").path, (1, 7), Event())
    assert [line.page for line in reading.lines] == [1]
    assert reading.notes == (
        "Page 7 could not be read by machine: fake was given no picture, for it is damaged or too large.",
    )


def test_stopped_it_keeps_nothing(folder: Path, cache: Path, engine: FakeEngine) -> None:
    engine.failure = ProgramStopped()
    file = scanned(folder / "a.png")
    assert not read_by_machine(file, open_evidence(file, cache), cache, Progress())
    assert open_evidence(file, cache).waits_for_machine


def test_a_full_disk_is_said_and_tried_again(
    folder: Path, cache: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.failure = OSError(ENOSPC, os.strerror(ENOSPC))
    file = scanned(folder / "a.png")
    document = open_evidence(file, cache)
    read = Evidence(CentreFolder(folder), cache).read_by_machine(file, document)
    assert read is not None
    assert read.notes == (
        "Words in its pictures could not be read now: No space left on device. "
        "Make room on the disk, and open it again.",
    )
    assert (read.source, read.waits_for_machine) == (document.source, False)
    engine.failure = None
    assert LOG in _read(file, cache).source
    monkeypatch.setattr(program_module, "LEAST_ROOM", 1 << 62)
    with pytest.raises(OSError, match="No space left"):
        page_for_screen(file.path, 9, 100, Event())


def test_words_of_a_picture_are_no_markup(folder: Path, cache: Path, engine: FakeEngine) -> None:
    engine.said = [SeenLine("# <script>*x*\u202e [a](http://b)", Box(1, 1, 50, 9))]
    read = _read(scanned(folder / "a.png"), cache)
    words = [block.text for number in range(len(read.chunks)) for block in read.blocks(number)]
    assert any("# <script>*x*" in text and "[a](http://b)" in text for text in words)
    assert "\u202e" not in read.source
    assert not read.outline


def test_a_scan_of_too_many_pixels_costs_one_line(folder: Path, cache: Path, engine: FakeEngine) -> None:
    from tests.evidence.test_reader_image_thumbnail import bomb

    document = open_evidence(evidence(folder / "a.png", bomb(8_000, 7_000)), cache)
    assert (document.waits_for_machine, len(document.notes)) == (False, 1)
    # And if it were asked all the same.
    with pytest.raises(NotReadable, match="damaged or too large"):
        read_by(engine, folder / "a.png", (1,), Event())
    assert engine.asked == 0


# Citations of it


def test_a_citation_of_it_keeps_the_engine_its_version_and_the_region(
    folder: Path, cache: Path, engine: FakeEngine
) -> None:
    engine.said = [SeenLine("One", Box(100, 100, 300, 150)), SeenLine("Two", Box(60, 160, 600, 300))]
    read = _read(scanned(folder / "a.png"), cache)
    line = read.line_at(read.source.index("One"))
    passage = cite_lines(read, "a.png", Extent(line, line + 1))
    assert passage.machine is not None
    assert (passage.machine.engine, passage.machine.version, passage.machine.page) == ("fake", "1.2.3", 1)
    region = passage.machine.region
    assert 0 < region.left < region.right <= 1000
    assert passage.locator == "page 1, read by machine (fake 1.2)"
    assert read_passage(write_passage(passage)) == passage
    assert find_again(read, passage) == Extent(line, line + 1)
    facts = cite_lines(read, "a.png", Extent(0, 0))
    assert facts.machine is None
    assert "read_by_machine" not in write_passage(facts)


@pytest.mark.parametrize("body", [None, 7, {}, {"engine": "x"}, {"engine": 1, "version": "", "page": 1, "region": []}])
def test_a_citation_that_says_something_else_there_is_of_written_words(body: object) -> None:
    passage = write_passage(Passage("a", "0" * 64, 1, 2, "quote"))
    read = read_passage({**passage, "read_by_machine": body})  # type: ignore[dict-item] # whatever is recorded
    assert read == Passage("a", "0" * 64, 1, 2, "quote")


@pytest.mark.usefixtures("engine")
def test_on_a_machine_that_read_nothing_there_its_words_are_not_found_and_its_quote_stands(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = scanned(folder / "a.png")
    read = _read(file, cache)
    line = read.line_at(read.source.index(LOG))
    passage = cite_lines(read, "a.png", Extent(line, line))
    monkeypatch.setattr(engines, "engine_found", lambda: None)
    elsewhere = open_evidence(file, cache)
    assert find_again(elsewhere, passage) is None
    assert passage.sha256 == elsewhere.text.sha256


def test_what_is_kept_of_a_reading_is_read_again() -> None:
    line = MachineLine(2, 1, "Words", Region(1, 2, 3, 4))
    reading = MachineReading("fake", "1", (line,), ("Page 3 was not read.",))
    assert MachineReading.of_text(reading.to_text()) == reading
    for text in ("", "[]", "{}", '{"engine": "", "version": "", "lines": [[1]], "notes": []}'):
        with pytest.raises(ValueError, match=r"\S"):
            MachineReading.of_text(text)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2), st.text(max_size=20)), max_size=8))
def test_no_line_of_what_was_written_moves_and_each_line_of_the_machine_is_known(
    lines: list[tuple[int, int, str]],
) -> None:
    seen = [MachineLine(page, part, " ".join(text.split()), Region(0, 0, 9, 9)) for page, part, text in sorted(lines)]
    before = Converted("# One\n\nTwo\n", (Place(0, "page 1"),))
    after, machine = with_machine_text(before, MachineReading("x", "1", tuple(seen)))
    written = after.markdown.split("\n")
    assert written[:3] == ["# One", "", "Two"]
    assert [machine.at[number] for number in sorted(machine.at)] == seen
    assert max(machine.at, default=0) < len(written)
    assert [place.line for place in after.places] == sorted(place.line for place in after.places)


def test_a_small_picture_is_drawn_larger_and_a_large_one_smaller(folder: Path) -> None:
    Image.new("RGB", (500, 100), "white").save(folder / "small.png")
    with Image.open(BytesIO(page_picture.for_engine(page_picture.page_of_picture(folder / "small.png", 1)))) as drawn:
        assert (drawn.size, drawn.mode) == ((1200, 240), "L")
    Image.new("L", (6000, 3000), 255).save(folder / "large.jpg")
    assert max(page_picture.page_of_picture(folder / "large.jpg", 1).size) <= page_picture.LONGEST_SIDE


def test_a_large_scan_in_jpeg_is_read_at_a_fraction_as_it_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("L", (700, 400), 255).save(folder / "a.jpg")
    monkeypatch.setattr(thumbnail, "MOST_PIXELS", 80_000)
    assert page_picture.page_of_picture(folder / "a.jpg", 1, side=400).size == (350, 200)
    monkeypatch.setattr(thumbnail, "MOST_PIXELS", 300)
    with pytest.raises(thumbnail.TooLarge):
        page_picture.page_of_picture(folder / "a.jpg", 1)


@pytest.mark.long
def test_a_page_is_drawn_for_the_screen_as_plain_colours(folder: Path) -> None:
    Image.new("RGB", (400, 300), (255, 0, 0)).save(folder / "a.png")
    page = page_for_screen(folder / "a.png", 1, 100, Event())
    assert (page.width, page.height, page.pixels[:3]) == (100, 75, b"\xff\0\0")
    with pytest.raises(ProgramFailed, match="damaged or too large"):
        page_for_screen(folder / "a.png", 2, 100, Event())


def test_nothing_of_an_engine_is_loaded_to_look_for_one() -> None:
    import subprocess

    script = (
        "import sys, markterm.evidence.machine.engines as engines\nengines.engine_found()\n"
        "assert not {'rapidocr', 'onnxruntime', 'cv2', 'numpy', 'PIL'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=PATIENCE)
