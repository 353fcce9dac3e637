"""What a key costs: each part of the marking screen is drawn once for it, or not at all, and no file is read for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from markterm.domain.record.event import Kind
from markterm.own.drafts import Drafts
from markterm.tui.evidence.beside_evidence import BesideEvidence
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.requests import OpenLearner
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.criterion_detail import CriterionDetail
from tests.tui.sitting import Sitting, sitting

_DRAWS = ((CriteriaList, "show"), (CriterionDetail, "show"), (EvidenceReader, "show_cited"), (Static, "update"))


@pytest.fixture(autouse=True)
def _nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is drawn for what others did meanwhile: that comes by the clock, and not by a key."""
    monkeypatch.setattr(BesideEvidence, "LOOKS_EVERY", 3600.0)
    monkeypatch.setattr("markterm.tui.caseload.screen.EVERY", 3600.0)


@contextmanager
def _counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often each part of the screen is made anew, and how often the screen is painted."""
    drawn: Counter[str] = Counter()

    def counting(cls: type, name: str) -> None:
        before = getattr(cls, name)

        def counted(self: object, *args: object, **options: object) -> object:
            drawn[getattr(self, "id", None) or type(self).__name__] += 1
            return before(self, *args, **options)

        patch.setattr(cls, name, counted)

    with monkeypatch.context() as patch:
        for cls, name in (*_DRAWS, (Screen, "_compositor_refresh")):
            counting(cls, name)
        yield drawn


async def _ready(at: Sitting) -> None:
    """All that is still read in the background of a learner who was opened is known, and so are those who come next:
    what is read ahead is told on the screens."""
    desk = at.app.marking.work.desk
    await at.until(lambda: at.app.marking.work.evidence.fingerprints.known is not None)
    await at.until(
        lambda: desk.shown is not None and Kind.OPENED in {each.kind for each in desk.shown.portfolio.events}
    )
    await at.until(lambda: all(worker.is_finished for worker in at.app.workers))
    await at.settled()


async def test_a_pass_draws_the_list_and_the_criterion_once_and_the_rest_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, learner="AAA1", size=(120, 40)) as at:
        await _ready(at)
        await at.press("p")
        with _counted(monkeypatch) as drawn:
            await at.press("p")
        assert at.decided() == ["1.1 pass", "1.2 pass"]
        assert {name: drawn[name] for name in ("criteria", "criterion")} == {"criteria": 1, "criterion": 1}
        # Only a new second, or a unit that is decided by it, changes the last and the first line.
        assert drawn["KeyBar"] <= 1
        assert drawn["learner"] <= 1
        assert drawn["tabs"] == 0
        assert drawn["MarkingScreen"] == 1, "one picture"


@pytest.mark.long
async def test_moving_draws_the_criterion_once_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, learner="AAA1", size=(120, 40)) as at:
        await _ready(at)
        with _counted(monkeypatch) as drawn:
            await at.press("j")
        assert at.at == "T-101 1.2"
        assert drawn == {"criterion": 1, "MarkingScreen": 1}


async def test_a_note_draws_its_criterion_once_when_it_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, learner="AAA1", size=(120, 40)) as at:
        await _ready(at)
        await at.press("n")
        await at.type("cold")
        with _counted(monkeypatch) as drawn:
            await at.press("enter")
        assert "✐ draft" in at.text
        assert drawn["criterion"] == 1
        assert drawn["criteria"] == 1


async def test_no_draft_is_read_from_the_disk_at_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("cold")
        await at.press("enter")
        read: list[tuple[str, ...]] = []
        monkeypatch.setattr(Drafts, "get", lambda _, *about: read.append(about))
        await at.press("j", "k", "p")
        assert at.events()[-1].body["note"] == "cold"
        assert read == []


@pytest.mark.long
async def test_what_was_to_be_drawn_before_a_learner_is_open_keeps_nobody_from_being_drawn(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.app.push_screen(at.app.marking)
        at.app.marking.draw()
        await at.settled()
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        assert "Rosalind Jones" in at.lines[0]


@pytest.mark.long
async def test_what_another_screen_covers_costs_a_resize_nothing_and_comes_back_at_the_new_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, learner="AAA1", size=(160, 45)) as at:
        await _ready(at)
        with _counted(monkeypatch) as drawn:
            await at.resize(70, 24)
        assert drawn["CaseloadScreen"] == 0, "nobody sees it"
        assert at.app.screen.has_class("-narrow")
        at.app.caseload.refresh(layout=True)
        with _counted(monkeypatch) as drawn:
            await at.settled()
        assert drawn["MarkingScreen"] == 0, "what changes below it is not drawn over it"
        await at.press("1")
        assert at.app.caseload.size == (70, 24)
        assert at.app.caseload.has_class("-narrow")


async def test_a_screen_is_laid_out_once_for_a_width_at_which_it_looks_different(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, learner="AAA1", size=(160, 45)) as at:
        await _ready(at)
        looks: list[bool] = []
        before = Screen._screen_resized

        def resized(self: Screen[None], size: Size) -> None:
            looks.append(self.has_class("-narrow"))
            before(self, size)

        monkeypatch.setattr(Screen, "_screen_resized", resized)
        await at.resize(70, 24)
        assert looks
        assert all(looks), "it was laid out as one of another width first"
