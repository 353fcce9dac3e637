"""A scan at the screen: shown at once, then with what a machine read in it, which is cited as such."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from markterm.domain.record.bodies.criterion import read_passage
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.machine import engines
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.seen_words import Box, SeenLine
from markterm.tui.evidence.pane import EvidencePane
from markterm.tui.requests import OpenLearner
from tests.centres import make_centre_in
from tests.tui.sitting import WIDE, sitting

WORDS = "The log shows 13.5 hours"


class _Engine:
    name = "fake"
    key = "fake-1"

    def __init__(self) -> None:
        self.may_go_on = Event()
        self.may_go_on.set()

    def version(self, stop: Event) -> str:  # noqa: ARG002 - as every engine
        return "1.2.3"

    def lines(self, picture: Path, stop: Event) -> list[SeenLine]:  # noqa: ARG002
        while not self.may_go_on.wait(0.01) and not stop.is_set():
            pass
        return [SeenLine(WORDS, Box(10, 10, 90, 20))]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> _Engine:
    fake = _Engine()
    monkeypatch.setattr(engines, "engine_found", lambda: fake)
    return fake


def _centre(folder: Path) -> Path:
    make_centre_in(folder)
    evidence = folder / "learners" / "AAA1" / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    Image.new("L", (100, 50), 255).save(evidence / "a-scan.pdf")
    return folder


async def test_a_scan_is_there_before_it_is_read_and_its_words_are_cited_as_read_by_machine(
    tmp_path: Path, engine: _Engine
) -> None:
    engine.may_go_on.clear()
    async with sitting(tmp_path, size=WIDE, make=_centre) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.shows("being read by machine…")
        assert "page 1 has no text" in at.text
        engine.may_go_on.set()
        await at.shows(WORDS)
        assert "being read by machine" not in at.text
        await at.press("J", "J", "J", "c")
        cited = next(event for event in at.events() if event.kind == "cited")
        assert cited.body["quote"] == WORDS
        assert cited.body["read_by_machine"] == {
            "engine": "fake",
            "version": "1.2.3",
            "page": 1,
            "region": [8, 16, 75, 33],
        }
        passage = read_passage(cited.body)
        assert passage is not None
        assert passage.locator == "page 1, read by machine (fake 1.2)"
        await at.shows("(fake 1.2)")


@pytest.mark.long
async def test_what_is_chosen_and_found_stays_so_when_what_a_machine_read_comes(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        make_centre_in(folder)
        evidence = folder / "learners" / "AAA1" / "evidence"
        evidence.mkdir(parents=True, exist_ok=True)
        (evidence / "a.txt").write_text("\n\n".join(f"Tea {number}" for number in range(9)), "utf-8")
        return folder

    async with sitting(tmp_path, size=WIDE, make=make, learner="AAA1") as at:
        pane = at.app.screen.query_one(EvidencePane)
        assert pane.view is not None
        assert pane.find("tea") == 9
        for _ in range(3):
            pane.find_next()
        pane.toggle_selection()
        pane.move_passage(1)
        before = (pane.chosen, pane.selecting, pane.top_line)
        text = replace(pane.view.document.text, text=pane.view.document.source + "\n\nTea as well\n")
        pane.show_more(EvidenceDocument.of(text, EvidenceKind.TEXT), "a.txt")
        assert (pane.chosen, pane.selecting, pane.top_line) == before
        assert pane.find_position == (4, 10)


@pytest.mark.long
@pytest.mark.usefixtures("engine")
async def test_a_machine_without_the_engine_says_that_it_was_read_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, size=WIDE, make=_centre, learner="AAA1") as at:
        await at.shows(WORDS)
        await at.press("J", "J", "J", "c")
        monkeypatch.setattr(engines, "engine_found", lambda: None)
        await at.press("]")
    async with sitting(tmp_path, size=WIDE, make=lambda folder: folder, learner="AAA1") as at:
        assert WORDS in at.text, "the citation itself"
        await at.press("enter")
        assert any("Read by machine elsewhere" in told or "on another machine" in told for told in at.told)
        assert not any("changed" in told for told in at.told)
