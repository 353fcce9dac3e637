"""How many keys whole tasks take: a unit with a citation for each criterion, and from the caseload to the learner.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_whole_tasks.py`. What is typed as words is counted apart.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.demo.centre import make_demo
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.event import Kind
from tests.benchmarks.keys_pressed import Keys
from tests.centres import add_learner, make_centre_in, places_in
from tests.tui.sitting import NARROW, Sitting, sitting
from tests.tui.test_references_journey import ACCEPTABLE

pytestmark = pytest.mark.benchmark

_UNIT = "---\nkind: unit\ncode: T-104\ntitle: A Pot\nversion: 2026-01\n---\n\n# T-104 A Pot\n\n## LO1 Make a pot\n\n"
_WARM = "- **1.1** Boil\n- **1.2** Warm\n- **1.3** Brew\n- **1.4** Pour\n"


def _tell(what: str, keys: Keys, count: float, before: float, target: float) -> None:
    print(f"\n{what}: {count:.4g} keys   (before {before:g}, target {target:g})")
    print(f"  {', '.join(f'{key} {number}' for key, number in sorted(keys.pressed.items()))}")
    if keys.letters:
        print(f"  and {keys.letters} letters of notes")
    assert count <= target


def _rosalind(folder: Path) -> Path:
    """The demo with her evidence that is text, and 8580-503 alone left to mark."""
    make_demo(folder, places_in(folder.parent / "made"), datetime(2026, 6, 7, 21, 30, tzinfo=UTC))
    for file in (folder / "learners" / "JON2041" / "evidence").rglob("*"):
        if file.suffix in (".pdf", ".docx", ".xlsx", ".pptx", ".jpg", ".png"):
            file.unlink()
    return folder


async def test_a_unit_of_seven_criteria_with_a_good_citation_each(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_rosalind, learner="JON2041") as at:
        keys = Keys(at)
        at.app.marking.work.go_to("8580-503", "1.1")
        await at.until(lambda: "reference 1 of" in at.text)
        for _ in ACCEPTABLE:
            await keys.press("c", "p")
        made = [e for e in at.events("JON2041") if e.subject.unit is not None and e.subject.unit.code == "8580-503"]
        cited = {e.subject.criterion: (e.body["file"], str(e.body["quote"])) for e in made if e.kind == Kind.CITED}
        assert [e.kind for e in made].count("decided") == len(ACCEPTABLE)
        for number, passages in ACCEPTABLE.items():
            file, quote = cited[number]
            assert any(file == name and quote.startswith(words) for name, words in passages), number
    each = keys.pressed.total() / len(ACCEPTABLE)
    _tell("Seven criteria with a good citation each, for a criterion", keys, each, 4.0, 3.0)


async def test_from_the_caseload_to_the_first_decision(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=make_centre_in) as at:
        keys = Keys(at)
        await keys.press("enter")
        registration = at.app.marking.work.desk.registration
        await keys.press("p")
        assert len(at.decided(registration)) == 1
    _tell("From the caseload to the first decision", keys, keys.pressed.total(), 2, 2)


def _a_pot(folder: Path) -> Path:
    """A learner on a unit of four criteria, who declared and submitted it."""
    make_centre_in(folder, {})
    toml = folder / "centre.toml"
    toml.write_text(toml.read_text("utf-8").replace('["T-101", "T-102"]', '["T-104"]'), "utf-8")
    (folder / "mark_sheets" / "units" / "T-104.md").write_text(_UNIT + _WARM, "utf-8")
    add_learner(folder, "AAA1", "Rosalind Jones", units="[T-104]")
    centre = Centre.open(folder, member="asha", places=places_in(folder.parent / "earlier"))
    centre.attempts.submit("AAA1", "T-104", declared=Declared("signed sheet"))
    centre.close_down()
    return folder


async def _passed_to_released(at: Sitting, *, noted: bool) -> Keys:
    keys = Keys(at)
    if noted:
        await keys.press("n")
        await keys.write("It boils.")
        await keys.press("enter")
    await keys.press("p", "p", "p", "p", "F", "enter")
    await at.until(lambda: at.events()[-1].kind == Kind.CLOSED)
    await keys.press("f", "y", "r")
    await at.until(lambda: at.events()[-1].kind == Kind.RELEASED)
    return keys


async def test_from_the_first_pass_to_released(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_a_pot, learner="AAA1") as at:
        keys = await _passed_to_released(at, noted=True)
        closed = next(each for each in at.events() if each.kind == Kind.CLOSED)
        assert closed.body["feedback"] == "1.1: It boils."
    _tell("Four criteria, from the first pass to released, with a note", keys, keys.pressed.total(), 15, 11)
