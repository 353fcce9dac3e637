"""The first reading of a learner's files: shown while it lasts, in nobody's way, and stopped with Esc."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from rich.cells import cell_len
from rich.console import RenderableType
from textual.screen import Screen

from markterm.centre.evidence import Evidence
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.texts.evidence_reference import find_references
from markterm.evidence.conversion import conversion
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.progress import Progress, Step
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.referenced import ReferencedPassages
from markterm.tui.evidence import reading_line
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.requests import OpenLearner
from markterm.tui.widgets.reading import ReadingScreen
from tests.at_length import at_length
from tests.centres import add_learner, make_centre_in
from tests.evidence.conftest import child_that
from tests.evidence.made_more import eml
from tests.pace import PATIENCE
from tests.tui.gated import FILES, Gates, evidence_shown, line, send
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting


def _make(folder: Path) -> Path:
    centre = make_centre_in(folder)
    for name, text in FILES.items():
        (centre / "learners" / "AAA1" / "evidence" / name).write_text(text, "utf-8")
    return centre


@asynccontextmanager
async def reading(tmp_path: Path, size: tuple[int, int] = NARROW) -> AsyncIterator[Sitting]:
    """AAA1 is open for marking, and the conversion of its second file has begun."""
    async with sitting(tmp_path, make=_make, size=size) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: "2 log.rtf  " in line(at))
        yield at


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)])
async def test_the_line_says_how_far_it_is_and_goes_away(tmp_path: Path, gates: Gates, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size) as at:
        assert line(at) == "reading 2 of 4  ━━━─────────  2 log.rtf  Esc stops"
        assert line(at) in at.text
        gates.open("2 log.rtf")
        await at.until(lambda: line(at) == "reading 3 of 4  ━━━━━━──────  3 plan.rtf  Esc stops")
        gates.open("3 plan.rtf")
        await at.until(lambda: line(at) == "")
        await at.settled()
        assert "Referenced in 1 passage" in at.text
        assert "reading" not in at.text


@pytest.mark.long
async def test_a_folder_that_was_read_before_shows_no_bar(
    tmp_path: Path, gates: Gates, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bool] = []
    monkeypatch.setattr(ReadingLine, "watch_display", lambda _, display: shown.append(display), raising=False)
    show = ReadingLine._show

    def noted(self: ReadingLine, step: object, left: int) -> None:
        show(self, step, left)  # type: ignore[arg-type]  # handed on as it came
        shown.append(self.display)

    monkeypatch.setattr(ReadingLine, "_show", noted)
    gates.open(*list(FILES)[1:])
    async with sitting(tmp_path, make=_make, learner="AAA1") as at:
        await at.until(lambda: "Referenced" in at.text)
    assert True in shown
    shown.clear()
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.until(lambda: "Referenced" in at.text)
    assert shown
    assert True not in shown


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The learners all of whose files were to be read; nothing is found in them. Nobody waits long for the first."""
    learners: list[str] = []

    def references(_: Evidence, shown: LearnerPortfolio, __: Progress) -> ReferencedPassages:
        learners.append(shown.learner.registration)
        return ReferencedPassages(find_references([], []), {}, [])

    monkeypatch.setattr(Evidence, "references", references)
    monkeypatch.setattr(reading_line, "_LONGEST", 60.0)
    return learners


@pytest.mark.long
async def test_the_other_files_are_read_only_when_the_first_is_on_the_screen(tmp_path: Path, begun: list[str]) -> None:
    async with sitting(tmp_path, make=_make, size=WIDE) as at:
        display, before = at.app._display, [""]

        def painted(screen: Screen[object], renderable: RenderableType | None) -> None:
            display(screen, renderable)
            if not begun:
                before.append(at.text)

        at.app._display = painted  # type: ignore[method-assign]
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: begun == ["AAA1"])
        assert "I descaled it." in before[-1]


@pytest.mark.parametrize("name", at_length(["1 broken.docx", None, "1 picture.xyz", "1 empty.md"]))
async def test_a_learner_whose_first_file_shows_nothing_is_read_all_the_same(
    tmp_path: Path, begun: list[str], name: str | None
) -> None:
    def make(folder: Path) -> Path:
        centre = make_centre_in(folder, {"AAA1": "Rosalind Jones"})
        evidence = centre / "learners" / "AAA1" / "evidence"
        (evidence / "diary.md").unlink()
        if name is not None:
            (evidence / name).touch()
        return centre

    async with sitting(tmp_path, make=make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: begun == ["AAA1"])


@pytest.mark.long
async def test_a_first_file_that_is_being_converted_keeps_no_other_from_being_read(
    tmp_path: Path, gates: Gates, begun: list[str]
) -> None:
    def make(folder: Path) -> Path:
        centre = _make(folder)
        for name in ("1 story.md", "diary.md"):
            (centre / "learners" / "AAA1" / "evidence" / name).unlink()
        return centre

    async with sitting(tmp_path, make=make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: begun == ["AAA1"])
        gates.open(*list(FILES)[1:])


async def test_a_first_file_that_hangs_keeps_no_other_from_being_read(
    tmp_path: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_line, "_LONGEST", 0.01)
    released = Event()
    read = Evidence.read

    def hangs(files: Evidence, file: EvidenceFile, progress: Progress | None = None) -> EvidenceDocument:
        released.wait(PATIENCE)
        return read(files, file, progress)

    monkeypatch.setattr(Evidence, "read", hangs)
    async with sitting(tmp_path, make=_make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        try:
            await at.until(lambda: begun == ["AAA1"])
        finally:
            released.set()


@pytest.mark.long
async def test_marking_goes_on_while_files_are_read(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        await send(at, "p", "p")
        await at.until(lambda: at.decided() == ["1.1 pass", "1.2 pass"])
        assert "2 log.rtf" in line(at)
        gates.open(*list(FILES)[1:])


@pytest.mark.long
async def test_esc_stops_it_and_what_was_read_stays(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        gates.open("2 log.rtf")
        await at.until(lambda: "3 plan.rtf" in line(at))
        await send(at, "escape")
        await at.until(lambda: "Stopped" in line(at))
        assert line(at) == "Stopped: 2 files not read for references.  R reads on"
        await at.until(lambda: line(at) in at.text)
        await at.settled()
        assert "Referenced in 1 passage" in at.text
        await at.press("j")
        assert "Referenced in 1 passage" in at.text
        await at.press("j", "e")
        assert "No passage refers to this criterion. Not all files are read: R reads on." in at.told[-1]
        assert not list((at.places.cache / "evidence").glob("*.rtf"))


@pytest.mark.long
@pytest.mark.usefixtures("gates")
async def test_what_was_stopped_is_converted_by_nobody_else(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        centre = _make(folder)
        mail = eml("See the plan.", files=[("plan.txt", b"plan")])
        (centre / "learners" / "AAA1" / "evidence" / "9 mail.eml").write_bytes(mail)
        return centre

    async with sitting(tmp_path, make=make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: "2 log.rtf  " in line(at))
        await send(at, "escape")
        await at.until(lambda: "4 files not read" in line(at))
        await at.settled()
        assert not list(at.places.cache.rglob("*.eml.*"))


@pytest.mark.long
async def test_it_is_read_on_with_a_key(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        await send(at, "escape")
        await at.until(lambda: "3 files not read" in line(at))
        gates.open(*list(FILES)[1:])
        await at.press("R")
        await at.until(lambda: line(at) == "")
        await at.press("j", "j")
        await at.until(lambda: "Referenced in 1 passage" in at.text)


@pytest.mark.long
async def test_it_is_read_on_when_the_learner_is_opened_again(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        await send(at, "escape")
        await at.until(lambda: "Stopped" in line(at))
        await send(at, "q")
        gates.open(*list(FILES)[1:])
        await at.app.answer(OpenLearner("AAA1"))
        await at.press("j", "j")
        await at.until(lambda: line(at) == "" and "Referenced" in at.text)


@pytest.mark.long
async def test_there_is_nothing_to_read_on_while_nothing_was_stopped(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        await send(at, "R")
        assert "2 log.rtf" in line(at)
        gates.open(*list(FILES)[1:])
        await at.until(lambda: line(at) == "")


@pytest.mark.long
@pytest.mark.usefixtures("gates")
async def test_esc_ends_find_or_a_dialog_first(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await send(at, "slash")
        await at.until(lambda: at.app.focused is not None and at.app.focused.id == "find")
        await send(at, "d", "e", "s", "escape")
        assert "2 log.rtf" in line(at)
        await send(at, "slash", "d", "e", "s", "enter")
        await at.until(lambda: at.app.focused is None or at.app.focused.id != "find")
        await send(at, "escape")
        assert "2 log.rtf" in line(at)
        await send(at, "l")
        await at.until(lambda: isinstance(at.app.screen, ReadingScreen))
        await send(at, "escape")
        await at.until(lambda: at.app.screen is at.app.marking)
        assert "2 log.rtf" in line(at)
        await send(at, "escape")
        await at.until(lambda: "Stopped" in line(at))


@pytest.mark.long
async def test_another_learner_is_read_in_place_of_the_first(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        await at.app.answer(OpenLearner("BBB2"))
        await at.until(lambda: "Nneka Okafor" in at.text and line(at) == "")
        await at.settled()
        assert "Referenced" not in at.text
        gates.open(*list(FILES)[1:])
        await at.settled()
        assert "Referenced" not in at.text
        assert line(at) == ""


async def test_a_step_that_comes_late_is_not_shown(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        shown = at.app.marking.query_one(ReadingLine)
        stopped = shown._progress
        shown.post_message(ReadingLine.Stepped(Progress(), Step(0, 9, "of another learner")))
        await at.pilot.pause()
        assert "2 log.rtf" in line(at)
        await send(at, "escape")
        await at.until(lambda: "Stopped" in line(at))
        shown.post_message(ReadingLine.Stepped(stopped, Step(2, 4, "3 plan.rtf")))
        await at.pilot.pause()
        assert "Stopped" in line(at)
        await send(at, "R")
        await at.until(lambda: "2 log.rtf" in line(at))
        finished = shown._progress
        gates.open(*list(FILES)[1:])
        await at.until(lambda: line(at) == "")
        shown.post_message(ReadingLine.Stepped(finished, Step(3, 4, "3 plan.rtf")))
        await at.pilot.pause()
        assert line(at) == ""


@pytest.mark.long
async def test_turning_to_another_file_does_not_wait_for_one_that_hangs(tmp_path: Path, gates: Gates) -> None:
    async with reading(tmp_path) as at:
        await send(at, "escape")
        await at.until(lambda: "Stopped" in line(at))
        for _ in range(12):  # more than there are threads
            await send(at, "right_square_bracket")
        await at.until(lambda: at.app.marking.query_one("#evidence-title").render().plain.strip() != "")  # type: ignore[union-attr]
        await send(at, "p")
        await at.until(lambda: at.decided() == ["1.1 pass"])
        gates.open(*list(FILES)[1:])


@pytest.mark.long
@pytest.mark.usefixtures("gates")
async def test_leaving_ends_what_is_being_read(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await send(at, "right_square_bracket")
    # Its conversion waits at a gate that nobody opens: who waited for it would not come here.
    assert not list((at.places.cache / "evidence").glob("*.rtf"))


@pytest.mark.long
async def test_a_long_name_is_cut_and_the_key_still_stands_there(
    tmp_path: Path, gates: Gates, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"2 {'漢字 long name ' * 12}.rtf"
    monkeypatch.setitem(FILES, name, "x")

    def make(folder: Path) -> Path:
        centre = make_centre_in(folder, {})
        learner = add_learner(centre, "AAA1", "Rosalind Jones")
        (learner / "evidence" / name).write_text(FILES[name], "utf-8")
        return centre

    async with sitting(tmp_path, make=make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: "漢" in line(at))
        assert cell_len(line(at)) <= NARROW[0] - 2
        assert line(at).endswith(".rtf  Esc stops")
        assert "…" in line(at)
        gates.open(name)


@pytest.mark.long
async def test_a_file_in_which_nothing_was_found_says_so_in_place_of_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "COMMAND", child_that("return Converted(' ')"))

    def make(folder: Path) -> Path:
        centre = make_centre_in(folder, {})
        learner = add_learner(centre, "AAA1", "Rosalind Jones")
        (learner / "evidence" / "log.rtf").write_text(r"{\rtf1 x}", "utf-8")
        return centre

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.press("z", "right_square_bracket")
        await at.shows("MarkTerm found nothing in it that it can show: open it outside to see whether it holds")


@pytest.mark.long
async def test_the_first_screen_waits_for_no_other_file_nor_does_what_is_opened_next(
    tmp_path: Path, gates: Gates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More files hang than there are cores or threads, some of them within others."""
    names = [f"{number:02} hangs.rtf" for number in range(2, 16)]
    for number, name in enumerate(names):
        monkeypatch.setitem(FILES, name, rf"{{\rtf1 {'x' * (100 + number)}}}")
    for name, text in (("01 first.rtf", "I boiled water."), ("17 last.rtf", "And at last I drank the tea.")):
        monkeypatch.setitem(FILES, name, rf"{{\rtf1 {text}}}")

    def make(folder: Path) -> Path:
        centre = make_centre_in(folder, {})
        learner = add_learner(centre, "AAA1", "Rosalind Jones")
        (learner / "evidence" / "diary.md").unlink()
        for name in ("01 first.rtf", *names, "17 last.rtf"):
            (learner / "evidence" / name).write_text(FILES[name], "utf-8")
        mail = eml(
            "See there.",
            files=[("plan.rtf", b"{\\rtf1 " + b"y" * 300), ("more.eml", eml("more", files=[("a.rtf", rb"{\rtf1 z}")]))],
        )
        (learner / "evidence" / "16 mail.eml").write_bytes(mail)
        return centre

    gates.open("01 first.rtf", "17 last.rtf")
    async with sitting(tmp_path, make=make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: "I boiled water." in evidence_shown(at))
        assert line(at).startswith("reading 2 of 17")
        for _ in range(8):  # each is left before it is there
            await send(at, "right_square_bracket")
        await send(at, *["left_square_bracket"] * 9)
        await at.until(lambda: "And at last I drank the tea." in evidence_shown(at))
        at.app.marking.work.reader.open_at("16 mail.eml/more.eml", 0)
        await at.until(lambda: "more" in evidence_shown(at))
        await send(at, "p")
        await at.until(lambda: at.decided() == ["1.1 pass"])
        assert line(at).startswith("reading 2 of 17")
        await send(at, "escape")


async def test_what_was_read_when_the_screen_is_being_left_is_no_fault(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_make) as at:
        await at.app.answer(OpenLearner("AAA1"))
        reader = at.app.marking.query_one(EvidenceReader)
        await reader.remove_children()
        reader.open_file(0)
        await at.settled()
