"""What happens when MarkTerm itself is at fault: nothing of it stays hidden, and nothing more is lost than must be."""

from __future__ import annotations

import re
import termios
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from markterm.domain.words.errors import WrongUse
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text import document as documents
from markterm.evidence.text.blocks import Block
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.tui.evidence import view as evidence_view
from markterm.tui.evidence.page import EvidencePage
from markterm.tui.evidence.rows import Row
from markterm.tui.evidence.view import EvidenceView
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.criterion_detail import CriterionDetail
from tests.centres import make_centre_in
from tests.tui.sitting import sitting
from tests.tui.test_in_a_terminal import Terminal

PRIVATE = "Rosalind Jones JON2041"
"""What an exception may say, or a variable hold."""

_BREAKS = f"""
from markterm.cli import main
from markterm.tui.{{module}} import screen as broken
# In the module itself: a fault of MarkTerm's own passes MarkTerm's own code.
exec("def failing(*_, **__): learner = {PRIVATE!r}; raise KeyError(learner)", vars(broken))
setattr(broken.{{thing}}, {{name!r}}, broken.failing)
main()
"""


def fails(*_: object, **__: object) -> NoReturn:
    raise KeyError(PRIVATE)


@pytest.mark.parametrize(
    ("module", "thing", "name", "keys"),
    [
        ("marking", "MarkingScreen", "action_do", "\rj"),  # a key
        pytest.param("marking", "Workplace", "open", "\r", marks=pytest.mark.long),  # what the app asks for
        pytest.param("caseload", "CaseloadScreen", "compose", "", marks=pytest.mark.long),  # what is drawn first
        # What a command calls.
        pytest.param("caseload", "CaseloadScreen", "open_selected", "\r", marks=pytest.mark.long),
        pytest.param("caseload", "CaseloadScreen", "_take_all", "", marks=pytest.mark.long),  # a thread
    ],
)
def test_a_fault_that_ends_the_screen_ends_it_whole(
    tmp_path: Path, module: str, thing: str, name: str, keys: str
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    code = _BREAKS.format(module=module, thing=thing, name=name)
    shown = Terminal(tmp_path / "own", code, "-C", str(folder), "--as", "asha", "open")
    before = termios.tcgetattr(shown._master)
    try:
        if keys:
            shown.until("BBB2")
        shown.press(keys)
        assert shown.ended() == 4
        assert termios.tcgetattr(shown._master) == before
    finally:
        shown.close()
    seen = shown.seen.decode("utf-8")
    assert "\x1b[?1049l" in seen or "\x1b[?1049h" not in seen
    told = seen.rpartition("\x1b[?1049l")[2]
    assert "MarkTerm could not go on" in told
    assert "sent to nobody" in told
    assert "Traceback" not in seen
    assert "learner =" not in seen
    assert PRIVATE not in seen
    (report,) = (tmp_path / "own").rglob("faults/*.txt")
    assert PRIVATE not in report.read_text("utf-8")
    assert "markterm.tui." in report.read_text("utf-8")
    assert report.name in re.sub(r"\s", "", told)


@pytest.mark.long
async def test_what_cannot_be_parsed_is_shown_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "parse_chunk", fails)
    async with sitting(tmp_path, learner="AAA1", size=(200, 45)) as at:
        assert "MarkTerm could not read this part: here are its lines as they stand." in at.text
        assert "# Diary" in at.text
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


@pytest.mark.long
async def test_what_cannot_be_cut_is_shown_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "cut_markdown", fails)
    async with sitting(tmp_path, learner="AAA1", size=(200, 45)) as at:
        assert "MarkTerm could not read this part" in at.text
        assert "# Diary" in at.text


@pytest.mark.long
async def test_what_cannot_be_set_out_is_shown_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lays_out_nothing(_: Sequence[Block], __: int) -> tuple[Row, ...]:
        raise IndexError(PRIVATE)

    monkeypatch.setattr(evidence_view, "lay_out", lays_out_nothing)
    async with sitting(tmp_path, learner="AAA1", size=(160, 45)) as at:
        assert "MarkTerm could not set out this part" in at.text
        assert "# Diary" in at.text
        await at.press("p", "tab", "J", "c", "pagedown", "pageup")
        assert at.decided() == ["1.1 pass"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("drawn", "name"), [(EvidencePage, "_segment"), (CriteriaList, "line"), (CriterionDetail, "content")]
)
async def test_a_pane_that_cannot_be_drawn_says_so_and_the_keys_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: type, name: str
) -> None:
    monkeypatch.setattr(drawn, name, fails)
    async with sitting(tmp_path, learner="AAA1", size=(160, 45)) as at:
        assert "Diary" in at.text
        if drawn is not EvidencePage:
            assert "(This could not be drawn.)" in at.text
        await at.press("p", "j", "p")
        assert len(at.decided()) == 2

        def told() -> int:
            return sum("does not work as it should" in each for each in at.told)

        await at.until(lambda: told() > 0)
        assert told() == 1, "once, however often it is drawn"
        (report,) = at.places.state.rglob("faults/*.txt")
        assert PRIVATE not in report.read_text("utf-8")


def test_the_lines_of_a_part_that_fails_keep_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "parse_chunk", fails)
    source = "one\n\ntwo\n"
    text = EvidenceText(source, 0, "")
    (block,) = EvidenceDocument.of(text, EvidenceKind.MARKDOWN).blocks(0)
    assert (block.first, block.last) == (0, 2)
    assert [block.line_of(offset) for offset in (0, 4, 5)] == [0, 1, 2]


@pytest.mark.long
@pytest.mark.parametrize(
    "size", [(80, 24), *(pytest.param(size, marks=pytest.mark.long) for size in ((300, 3), (20, 6)))]
)
@pytest.mark.parametrize("key", ["pageup", "pagedown", "end", "home"])
async def test_a_key_that_a_widget_of_textual_fails_at_does_nothing(
    tmp_path: Path, size: tuple[int, int], key: str
) -> None:
    async with sitting(tmp_path, learner="AAA1", size=size) as at:
        await at.burst("ctrl+p", key)
        await at.press(key, "escape", "p")
        assert at.decided() == ["1.1 pass"]


@pytest.mark.long
async def test_work_of_textuals_own_that_fails_ends_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.app.run_worker(_fails_as_a_library_does(), group="theirs")
        await at.until(lambda: any("does not work as it should" in each for each in at.told))
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


async def _fails_as_a_library_does() -> None:
    raise KeyError(PRIVATE)


async def test_work_behind_a_screen_that_is_refused_is_told_and_ends_nothing(tmp_path: Path) -> None:
    async def is_refused() -> None:
        raise WrongUse("No such learner", "Nobody here is AAA9.", "Look in the caseload.")

    async with sitting(tmp_path, learner="AAA1", notices=True) as at:
        at.app.screen.run_worker(is_refused())
        await at.until(lambda: any("Nobody here is AAA9. Look in the caseload." in told for told in at.told))
        assert at.app.fault is None
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


def test_a_document_that_begins_with_an_empty_part_can_be_gone_through() -> None:
    source = "\n" * 3000 + "words\n"
    view = EvidenceView(EvidenceDocument.of(EvidenceText(source, 0, ""), EvidenceKind.MARKDOWN), 80)
    for line in range(0, 3001, 500):
        shown = "".join(part.text for _, row in view.page(view.place_of_line(line), 4) for part in row.parts)
        assert "words" in shown
