"""Find in all files of a learner, in whatever they hold and however long they take to be read."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Input

from markterm.evidence.folder import EvidenceFile
from markterm.evidence.text import portfolio_find
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.portfolio_find import FoundInFile, FoundPlace
from markterm.tui.evidence import find_all
from markterm.tui.evidence.find_all import FindAllScreen
from markterm.tui.evidence.found_list import FoundList
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.requests import OpenLearner
from tests.centres import add_learner, make_centre_in
from tests.evidence.conftest import child_that
from tests.evidence.made import docx, paragraph
from tests.evidence.made_more import eml
from tests.pace import PATIENCE
from tests.tui.sitting import NARROW, Sitting, sitting
from tests.tui.test_find_all import EVIDENCE, cursor_line, pane_title, portfolio
from tests.tui.test_hostile_input import assert_harmless

pytestmark = pytest.mark.long


async def test_every_key_narrows_and_no_key_is_too_fast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        for typed, count in (
            ("m", "2,101 places in 2 files"),
            ("a", "2,001 places in 2 files"),
            ("de", "1 place in 1"),
        ):
            await at.press("down", "down")
            await at.type(typed)
            assert count in at.text
            assert at.lines.index(cursor_line(at)) == 4
        await at.press("escape")
        read_evidence = at.app.centre.evidence.read

        def slow(file: EvidenceFile, *rest: object) -> EvidenceDocument:
            time.sleep(0.1)
            return read_evidence(file, *rest)  # type: ignore[arg-type]  # handed on as they come

        monkeypatch.setattr(at.app.centre.evidence, "read", slow)
        await at.press("ctrl+f")
        await at.until(lambda: "3 files read" in at.text)  # Enter opens what is found, and never what may be
        await at.burst(*"the", "space", *"kettle", "down", "down", "enter", "right_parenthesis")
        await at.until(lambda: at.app.screen is at.app.marking and "1 of 3" in pane_title(at))
        assert at.events() == ()


async def test_what_may_be_shown_is_parsed_before_anybody_asks(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        read = at.app.screen
        assert isinstance(read, FindAllScreen)
        documents = [document for _, document in read._documents]
        assert len(documents) == 3
        await at.until(lambda: all(len(each._parsed) == len(each.chunks) for each in documents))


async def test_escape_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("j", "right_square_bracket", "pagedown", "slash")
        await at.type("day")
        await at.press("enter", "right_parenthesis", "right_parenthesis")
        before = at.lines
        await at.press("ctrl+f")
        await at.type("kettle")
        await at.press("down", "pagedown", "up", "escape")
        assert at.lines == before
        await at.press("right_parenthesis")
        assert at.lines != before


async def test_the_words_that_are_looked_for_in_one_file_are_looked_for_in_all(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.burst("slash", *"kettle", "ctrl+f")
        assert "4 places in 2 files" in at.text
        await at.press("escape")
        assert "not found" in at.text
        await at.type("s")
        assert at.app.screen.query_one("#find", Input).value == "kettles"
        await at.burst("ctrl+f", *"tea")
        assert "1 place in 1 file" in at.text


async def test_it_goes_on_where_one_left_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        await at.type("kettle")
        await at.press("down", "down", "enter", "ctrl+f")
        assert "4 places in 2 files" in at.text
        assert "the kettle sang" in cursor_line(at)
        await at.press("down", "enter")
        assert "witness.pdf" in pane_title(at)
        await at.press("ctrl+f")
        await at.type("tea")
        assert "1 place in 1 file" in at.text
        assert "I made tea." in cursor_line(at)


async def test_what_was_read_is_not_read_again_unless_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("ctrl+f", "escape")
        read: list[str] = []
        read_evidence = at.app.centre.evidence.read

        def counted(file: EvidenceFile, *rest: object) -> EvidenceDocument:
            read.append(file.name)
            return read_evidence(file, *rest)  # type: ignore[arg-type]  # handed on as they come

        monkeypatch.setattr(at.app.centre.evidence, "read", counted)
        await at.press("ctrl+f", "escape")
        assert read == []
        (at.folder / EVIDENCE / "diary.md").write_text("The kettle again.\n", "utf-8")
        os.utime(at.folder / EVIDENCE / "diary.md", (1, 1))
        await at.press("ctrl+f")
        await at.type("kettle")
        assert "5 places in 3 files" in at.text
        assert read == ["diary.md"]


class _Gate:
    """Lets the files through only when it is open; the first one always."""

    def __init__(self, at: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = Event()
        read_all = at.app.centre.evidence.read_as_ready

        def gated(*arguments: object) -> Iterator[object]:
            for number, read in enumerate(read_all(*arguments)):  # type: ignore[arg-type]  # handed on as they come
                if number:
                    self.open.wait(PATIENCE)
                yield read

        monkeypatch.setattr(at.app.centre.evidence, "read_as_ready", gated)


async def test_results_grow_while_the_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(folder: Path) -> Path:
        return add_learner(portfolio(folder), "AAA2", "Ann Lee", evidence="The kettle is here too.\n").parents[1]

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        (at.folder / EVIDENCE / "diary.md").write_text("The kettle first.\n\nThe kettle second.\n", "utf-8")
        gate = _Gate(at, monkeypatch)
        await at.pilot.press("ctrl+f", *"kettle")
        await at.until(lambda: "2 places in 1 file · 2 files still being read" in at.text)
        assert "The kettle first." in cursor_line(at)
        await at.pilot.press("down")
        gate.open.set()
        await at.until(lambda: "6 places in 3 files" in at.text and "being read" not in at.text)
        # The cursor stays where it was.
        assert "The kettle second." in cursor_line(at)


async def test_escape_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        gate = _Gate(at, monkeypatch)
        read: list[str] = []
        await at.pilot.press("ctrl+f", *"kettle")
        screen = at.app.screen
        assert isinstance(screen, FindAllScreen)
        await at.until(lambda: "still being read" in at.text)
        read_evidence = at.app.centre.evidence.read

        def counted(file: EvidenceFile, *rest: object) -> EvidenceDocument:
            read.append(file.name)
            return read_evidence(file, *rest)  # type: ignore[arg-type]  # handed on as they come

        monkeypatch.setattr(at.app.centre.evidence, "read", counted)
        await at.pilot.press("escape")
        await at.until(lambda: at.app.screen is at.app.marking and not screen.is_attached)
        gate.open.set()
        await at.settled()
        assert read == []


async def test_the_newest_words_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = Event()
    find_in_files = portfolio_find.find_in_files

    def slow(
        files: Iterable[tuple[str, EvidenceDocument]], query: str, most: int, stop: Event
    ) -> Iterator[FoundInFile]:
        if query == "t":
            release.wait(PATIENCE)
        assert most > 0
        yield from find_in_files(files, query, most, None if query == "t" else stop)

    monkeypatch.setattr(find_all, "find_in_files", slow)
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        await at.pilot.press("t")
        await at.pilot.press("e", "a")
        await at.until(lambda: "1 place in 1 file" in at.text)
        release.set()
        await asyncio.sleep(0.05)
        await at.settled()
        assert "1 place in 1 file" in at.text
        assert "[I made tea]" not in at.text
        assert "I made tea." in cursor_line(at)


async def test_a_place_in_a_file_that_is_just_being_opened_is_shown_in_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("ctrl+f", "escape")
        release = Event()
        read_evidence = at.app.centre.evidence.read
        first = [True]

        def slow(file: EvidenceFile, *rest: object) -> EvidenceDocument:
            if first and first.pop():
                release.wait(PATIENCE)
            return read_evidence(file, *rest)  # type: ignore[arg-type]  # handed on as they come

        monkeypatch.setattr(at.app.centre.evidence, "read", slow)
        await at.pilot.press("right_square_bracket", "ctrl+f", *("the", "space"), *"kettle", "enter")
        await at.until(lambda: at.app.screen is at.app.marking and "The kettle was on." in at.text)
        release.set()
        await at.settled()
        assert "1 of 3  log.md" in at.text


async def test_files_that_cannot_be_read_are_counted_named_and_opened(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        centre = portfolio(folder)
        (centre / EVIDENCE / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
        (centre / EVIDENCE / "broken.docx").write_bytes(b"no archive")
        return centre

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.press("ctrl+f")
        assert "3 files read · 2 not read" in at.text
        await at.type("kettle")
        assert "4 places in 2 files · 2 not read" in at.text
        await at.press("pagedown")
        assert "old.doc  Not read by MarkTerm" in cursor_line(at)
        assert any("broken.docx  Cannot be read" in line for line in at.lines)
        await at.press("enter")
        assert at.app.screen is at.app.marking
        assert "old.doc" in at.text
        assert "Not read by MarkTerm" in at.text


async def test_a_place_in_a_file_of_an_email_is_opened(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        centre = make_centre_in(folder)
        plan = docx(paragraph("How I warm the pot."))
        (centre / EVIDENCE / "witness.eml").write_bytes(eml("My plan.", files=[("plan.docx", plan)]))
        return centre

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.press("ctrl+f")
        await at.type("warm the pot")
        await at.press("enter")
        assert "witness.eml/plan.docx" in at.text
        assert "1 of 1" in at.text


async def test_a_learner_without_evidence_is_told_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=portfolio) as at:
        add_learner(at.folder, "EEE1", "Ed Nobody", evidence="")
        await at.app.answer(OpenLearner("EEE1"))
        await at.opened("EEE1")
        await at.press("ctrl+f")
        await at.type("tea")
        assert "not found · No evidence yet" in at.text
        await at.press("down", "pagedown", "enter", "up", "enter")
        assert at.app.screen.query(FoundList)
        await at.press("escape")
        assert at.app.screen is at.app.marking


async def test_spaces_are_nothing_to_look_for_and_signs_are_no_pattern(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        await at.type("  ")
        assert "3 files read" in at.text
        assert "not found" not in at.text
        await at.type(".*")
        assert "not found" in at.text
        await at.press("enter")
        assert isinstance(at.app.screen, FindAllScreen)


async def test_a_letter_is_counted_and_only_what_is_in_sight_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = FoundInFile.place
    worked_out: list[int] = []

    def counted(self: FoundInFile, number: int) -> FoundPlace:
        worked_out.append(number)
        return place(self, number)

    async with sitting(tmp_path, learner="AAA1") as at:
        (at.folder / EVIDENCE / "long.md").write_text("tea\n" * 10_000, "utf-8")
        (at.folder / EVIDENCE / "zebra.md").write_text("a zebra drinks tea\n", "utf-8")
        await at.press("ctrl+f")
        monkeypatch.setattr(FoundInFile, "place", counted)
        await at.type("t")
        assert "10,002 places in 3 files" in at.text
        assert "long.md  10,000 places" in at.text
        assert len(worked_out) < 3 * NARROW[1]
        for _ in range(15):
            await at.press("pagedown")
        assert "9,800 more in this file" in at.text
        assert "zebra drinks tea" in cursor_line(at)


@pytest.mark.parametrize(
    "size", [(40, 10), (6, 2), *(pytest.param(size, marks=pytest.mark.long) for size in ((80, 10), (20, 5)))], ids=str
)
async def test_it_works_in_a_small_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, make=portfolio, learner="AAA1", size=size) as at:
        await at.press("ctrl+f")
        await at.type("kettle")
        assert_harmless(at)
        await at.press("down", "down")
        assert_harmless(at)
        if size[1] >= 5:
            assert "kettle" in cursor_line(at)
        await at.press("enter")
        assert_harmless(at)
        assert at.app.screen is at.app.marking
        assert at.app.screen.query_one(EvidenceReader).pane.find_position == (3, 3)


async def test_markup_in_the_evidence_stands_as_it_is(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        (at.folder / EVIDENCE / "diary.md").write_text("late [red]work[/] [/x] $error [bold\n", "utf-8")
        await at.press("ctrl+f")
        await at.type("[red]work[/]")
        assert "late [red]work[/] [/x] $error [bold" in cursor_line(at)


async def test_what_comes_late_stands_in_its_place_and_moves_nobodys_cursor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    waits = f"import os, time\n    while not os.path.exists({str(gate)!r}): time.sleep(0.01)\n"
    monkeypatch.setattr(
        "markterm.evidence.conversion.conversion.COMMAND", child_that(f"{waits}    return Converted('late kettle')")
    )

    def make(folder: Path) -> Path:
        centre = portfolio(folder)
        (centre / EVIDENCE / "a first.rtf").write_bytes(rb"{\rtf1 x}")
        return centre

    async with sitting(tmp_path, make=make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.pilot.press("ctrl+f", *"kettle")
        await at.until(lambda: "1 file still being read" in at.text and "▸" in at.text)
        await at.pilot.press("down")
        await at.until(lambda: "▸" in at.text)
        before = cursor_line(at)
        assert "late" not in at.text
        gate.touch()
        await at.until(lambda: "late kettle" in at.text and "being read" not in at.text)
        assert cursor_line(at) == before
        assert at.text.index("late kettle") < at.text.index(before.strip())
