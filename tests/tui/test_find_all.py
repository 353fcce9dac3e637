"""Find in all files of a learner, with the keyboard alone."""

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
from tests.evidence.made_more import eml, pdf
from tests.pace import PATIENCE
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting
from tests.tui.test_hostile_input import TEXTS, assert_harmless, hostile_centre

EVIDENCE = Path("learners", "AAA1", "evidence")


def _portfolio(folder: Path) -> Path:
    """A diary, a log in which the kettle stands three times, one of them far down, and a PDF of two pages."""
    centre = make_centre_in(folder)
    filling = "".join(f"Line {number} of my day.\n\n" for number in range(100))
    log = f"# Log\n\nThe kettle was on.\n\n{filling}I descaled the *Kettle* in {'March ' * 2_000}and the kettle sang.\n"
    (centre / EVIDENCE / "log.md").write_text(log, "utf-8")
    (centre / EVIDENCE / "witness.pdf").write_bytes(pdf((["First page."], ["She filled", "the kettle."])))
    return centre


def _cursor_line(at: Sitting) -> str:
    """The line of the screen that the list's cursor is on."""
    found = at.app.screen.query_one(FoundList)
    return at.lines[found.region.y + found.cursor - found._top]


def _pane_title(at: Sitting) -> str:
    return next(line for line in at.lines if " of " in line and "/3" in line)


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)])
async def test_words_are_counted_in_all_files_and_one_place_is_opened(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1", size=size) as at:
        assert "diary.md" in at.text
        await at.press("ctrl+f")
        assert "3 files read" in at.text
        await at.type("kettle")
        assert "4 places in 2 files" in at.text
        assert "log.md  3 places" in at.text
        assert "witness.pdf  1 place\n" in at.text
        assert "line 3" in _cursor_line(at)
        await at.press("down")
        assert "line 205" in _cursor_line(at)
        assert "descaled the *Kettle* in March" in _cursor_line(at)
        await at.press("down")
        # Twelve thousand characters into the paragraph.
        assert "March and the kettle sang." in _cursor_line(at)
        await at.press("down")
        assert "page 2" in _cursor_line(at)
        await at.press("down", "up", "enter")
        assert at.app.screen is at.app.marking
        assert "3 of 3" in _pane_title(at)
        assert "the kettle sang" in at.text
        await at.press("right_parenthesis")
        assert "1 of 3" in _pane_title(at)
        assert "The kettle was on." in at.text
        await at.press("left_parenthesis", "left_parenthesis")
        assert "2 of 3" in _pane_title(at)
        await at.press("escape", "n")
        assert "Note on T-101 1.1" in at.text


@pytest.mark.long
async def test_every_key_narrows_and_no_key_is_too_fast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        for typed, count in (
            ("m", "2,101 places in 2 files"),
            ("a", "2,001 places in 2 files"),
            ("de", "1 place in 1"),
        ):
            await at.press("down", "down")
            await at.type(typed)
            assert count in at.text
            assert at.lines.index(_cursor_line(at)) == 4
        await at.press("escape")
        read_evidence = at.app.centre.evidence.read

        def slow(file: EvidenceFile, *rest: object) -> EvidenceDocument:
            time.sleep(0.1)
            return read_evidence(file, *rest)  # type: ignore[arg-type]  # handed on as they come

        monkeypatch.setattr(at.app.centre.evidence, "read", slow)
        await at.press("ctrl+f")
        await at.until(lambda: "3 files read" in at.text)  # Enter opens what is found, and never what may be
        await at.burst(*"the", "space", *"kettle", "down", "down", "enter", "right_parenthesis")
        await at.until(lambda: at.app.screen is at.app.marking and "1 of 3" in _pane_title(at))
        assert at.events() == ()


@pytest.mark.long
async def test_what_may_be_shown_is_parsed_before_anybody_asks(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        read = at.app.screen
        assert isinstance(read, FindAllScreen)
        documents = [document for _, document in read._documents]
        assert len(documents) == 3
        await at.until(lambda: all(len(each._parsed) == len(each.chunks) for each in documents))


@pytest.mark.long
async def test_escape_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
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


@pytest.mark.long
async def test_the_words_that_are_looked_for_in_one_file_are_looked_for_in_all(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
        await at.burst("slash", *"kettle", "ctrl+f")
        assert "4 places in 2 files" in at.text
        await at.press("escape")
        assert "not found" in at.text
        await at.type("s")
        assert at.app.screen.query_one("#find", Input).value == "kettles"
        await at.burst("ctrl+f", *"tea")
        assert "1 place in 1 file" in at.text


@pytest.mark.long
async def test_it_goes_on_where_one_left_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        await at.type("kettle")
        await at.press("down", "down", "enter", "ctrl+f")
        assert "4 places in 2 files" in at.text
        assert "the kettle sang" in _cursor_line(at)
        await at.press("down", "enter")
        assert "witness.pdf" in _pane_title(at)
        await at.press("ctrl+f")
        await at.type("tea")
        assert "1 place in 1 file" in at.text
        assert "I made tea." in _cursor_line(at)


@pytest.mark.long
async def test_what_was_read_is_not_read_again_unless_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
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


@pytest.mark.long
async def test_results_grow_while_the_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(folder: Path) -> Path:
        return add_learner(_portfolio(folder), "AAA2", "Ann Lee", evidence="The kettle is here too.\n").parents[1]

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        (at.folder / EVIDENCE / "diary.md").write_text("The kettle first.\n\nThe kettle second.\n", "utf-8")
        gate = _Gate(at, monkeypatch)
        await at.pilot.press("ctrl+f", *"kettle")
        await at.until(lambda: "2 places in 1 file · 2 files still being read" in at.text)
        assert "The kettle first." in _cursor_line(at)
        await at.pilot.press("down")
        gate.open.set()
        await at.until(lambda: "6 places in 3 files" in at.text and "being read" not in at.text)
        # The cursor stays where it was.
        assert "The kettle second." in _cursor_line(at)


@pytest.mark.long
async def test_escape_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
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


@pytest.mark.long
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
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        await at.pilot.press("t")
        await at.pilot.press("e", "a")
        await at.until(lambda: "1 place in 1 file" in at.text)
        release.set()
        await asyncio.sleep(0.05)
        await at.settled()
        assert "1 place in 1 file" in at.text
        assert "[I made tea]" not in at.text
        assert "I made tea." in _cursor_line(at)


@pytest.mark.long
async def test_a_place_in_a_file_that_is_just_being_opened_is_shown_in_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
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


@pytest.mark.long
async def test_files_that_cannot_be_read_are_counted_named_and_opened(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        centre = _portfolio(folder)
        (centre / EVIDENCE / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
        (centre / EVIDENCE / "broken.docx").write_bytes(b"no archive")
        return centre

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.press("ctrl+f")
        assert "3 files read · 2 not read" in at.text
        await at.type("kettle")
        assert "4 places in 2 files · 2 not read" in at.text
        await at.press("pagedown")
        assert "old.doc  Not read by MarkTerm" in _cursor_line(at)
        assert any("broken.docx  Cannot be read" in line for line in at.lines)
        await at.press("enter")
        assert at.app.screen is at.app.marking
        assert "old.doc" in at.text
        assert "Not read by MarkTerm" in at.text


@pytest.mark.long
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


@pytest.mark.long
async def test_a_learner_without_evidence_is_told_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_portfolio) as at:
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


@pytest.mark.long
async def test_spaces_are_nothing_to_look_for_and_signs_are_no_pattern(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1") as at:
        await at.press("ctrl+f")
        await at.type("  ")
        assert "3 files read" in at.text
        assert "not found" not in at.text
        await at.type(".*")
        assert "not found" in at.text
        await at.press("enter")
        assert isinstance(at.app.screen, FindAllScreen)


@pytest.mark.long
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
        assert "zebra drinks tea" in _cursor_line(at)


@pytest.mark.long
@pytest.mark.parametrize(
    "size", [(40, 10), (6, 2), *(pytest.param(size, marks=pytest.mark.long) for size in ((80, 10), (20, 5)))], ids=str
)
async def test_it_works_in_a_small_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, make=_portfolio, learner="AAA1", size=size) as at:
        await at.press("ctrl+f")
        await at.type("kettle")
        assert_harmless(at)
        await at.press("down", "down")
        assert_harmless(at)
        if size[1] >= 5:
            assert "kettle" in _cursor_line(at)
        await at.press("enter")
        assert_harmless(at)
        assert at.app.screen is at.app.marking
        assert at.app.screen.query_one(EvidenceReader).pane.find_position == (3, 3)


@pytest.mark.parametrize(
    ("kind", "size"),
    [("odd", WIDE), *(pytest.param(kind, NARROW, marks=pytest.mark.long) for kind in ("breaks", "long"))],
)
async def test_foreign_text_is_shown_and_never_obeyed(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    text = TEXTS[kind]
    async with sitting(tmp_path, size=size, make=lambda path: hostile_centre(path, text), learner="AAA1") as at:
        for words in (text[:20], "red", "e", "z", text):
            await at.press("ctrl+f")
            await at.paste(words)
            assert_harmless(at)
            await at.press("down", "pagedown")
            assert_harmless(at)
            await at.press("escape")
        await at.press("ctrl+f")
        await at.paste("e")
        await at.press("enter")
        assert_harmless(at)
        assert at.app.screen is at.app.marking


@pytest.mark.long
async def test_markup_in_the_evidence_stands_as_it_is(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        (at.folder / EVIDENCE / "diary.md").write_text("late [red]work[/] [/x] $error [bold\n", "utf-8")
        await at.press("ctrl+f")
        await at.type("[red]work[/]")
        assert "late [red]work[/] [/x] $error [bold" in _cursor_line(at)


@pytest.mark.long
async def test_what_comes_late_stands_in_its_place_and_moves_nobodys_cursor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    waits = f"import os, time\n    while not os.path.exists({str(gate)!r}): time.sleep(0.01)\n"
    monkeypatch.setattr(
        "markterm.evidence.conversion.conversion.COMMAND", child_that(f"{waits}    return Converted('late kettle')")
    )

    def make(folder: Path) -> Path:
        centre = _portfolio(folder)
        (centre / EVIDENCE / "a first.rtf").write_bytes(rb"{\rtf1 x}")
        return centre

    async with sitting(tmp_path, make=make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.pilot.press("ctrl+f", *"kettle")
        await at.until(lambda: "1 file still being read" in at.text and "▸" in at.text)
        await at.pilot.press("down")
        await at.until(lambda: "▸" in at.text)
        before = _cursor_line(at)
        assert "late" not in at.text
        gate.touch()
        await at.until(lambda: "late kettle" in at.text and "being read" not in at.text)
        assert _cursor_line(at) == before
        assert at.text.index("late kettle") < at.text.index(before.strip())
