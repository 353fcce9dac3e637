"""How many keys it takes to mark the demo's assignment over three units, task by task, and a resubmission.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_keystrokes.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.demo.centre import make_demo
from markterm.demo.notes import NOTES
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.event import Kind, Result
from tests.benchmarks.keys_pressed import Keys
from tests.centres import places_in
from tests.tui.sitting import WIDE, Sitting, sitting

pytestmark = pytest.mark.benchmark

_ASSIGNMENT = "8580-IA-CERT"
_LEARNER = "TAS1001"
_CRITERIA = 32
_TARGET = 1.3
_REFERRED = {
    f"{unit} {number}": NOTES[unit][number][1]
    for unit, number in (
        ("8580-500", "4.3"),
        ("8580-500", "2.2"),
        ("8580-501", "1.1"),
        ("8580-501", "4.1"),
        ("8580-503", "3.1"),
    )
}


def _demo(folder: Path) -> Path:
    """The demo, with one more learner on its assignment, of whom nothing is decided."""
    make_demo(folder, places_in(folder.parent / "made"), datetime(2026, 6, 5, 17, 30, tzinfo=UTC))
    evidence = folder / "learners" / _LEARNER / "evidence"
    evidence.mkdir(parents=True)
    (evidence / "review.md").write_text("# Review\n\nWhat I did, and what came of it.\n", "utf-8")
    (evidence.parent / "learner.md").write_text(
        f"---\nkind: learner\nregistration: {_LEARNER}\nname: Tasmin Reid\nassignment: [{_ASSIGNMENT}]\n"
        "assessor: asha\n---\n",
        "utf-8",
    )
    return folder


class _Keys(Keys):
    """Keys on a learner of whom every criterion is marked."""

    @property
    def is_open(self) -> bool:
        """Whether the criterion under the cursor is open."""
        place = self.at.app.marking.work.place
        return place is not None and self.at.app.marking.work.desk.is_open(place)

    def decided(self) -> Counter[str]:
        """How many decisions are on the disk, by result; all are made in the assignment."""
        made = [event for event in self.at.events(_LEARNER) if event.kind == Kind.DECIDED]
        assert {event.body.get("assignment") for event in made} == {_ASSIGNMENT}
        assert len({event.subject for event in made}) == len(made)
        return Counter(str(event.body["result"]) for event in made)


async def _one_by_one(at: Sitting, refer: Mapping[str, str]) -> _Keys:
    """Mark every criterion on its own, and go on with the next task when one is done."""
    keys = _Keys(at)
    await keys.press("t")
    while keys.is_open:
        if note := refer.get(at.at):
            await keys.press("r")
            await keys.write(note)
            await keys.press("enter")
        else:
            await keys.press("p")
        if not keys.is_open:
            await keys.press("space")
    return keys


def _tell(what: str, keys: _Keys, passed: int) -> float:
    count = keys.pressed.total() - 2 * keys.pressed["r"]
    each = count / passed
    print(f"\n{what}: {count} keys for {passed} passed criteria, {each:.2f} each   (target {_TARGET})")
    print(f"  {', '.join(f'{key} {number}' for key, number in sorted(keys.pressed.items()))}")
    return each


async def test_all_pass_one_by_one(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_demo, learner=_LEARNER) as at:
        keys = await _one_by_one(at, {})
        assert keys.decided() == {"pass": _CRITERIA}
        assert _tell("All pass, each criterion by its own key", keys, _CRITERIA) <= _TARGET


async def test_five_referrals_with_notes(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_demo, learner=_LEARNER) as at:
        keys = await _one_by_one(at, _REFERRED)
        passed = _CRITERIA - len(_REFERRED)
        assert keys.decided() == {"pass": passed, "refer": len(_REFERRED)}
        each = _tell("Five referrals with notes, the rest pass", keys, passed)
        print(f"  a referral takes r, its note and Enter: {keys.letters} letters in {len(_REFERRED)} notes")
        assert each <= _TARGET


async def test_all_pass_task_by_task(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_demo, learner=_LEARNER) as at:
        keys = _Keys(at)
        await keys.press("t")
        while keys.is_open:
            await keys.press("P", "enter")
        assert keys.decided() == {"pass": _CRITERIA}
        assert _tell("All pass, each task by its list", keys, _CRITERIA) <= _TARGET


def _with_three_referrals(folder: Path) -> Path:
    """The demo, with one more learner whose 8580-500 is closed as a referral of three, and new evidence."""
    _demo(folder)
    centre = Centre.open(folder, member="asha", places=places_in(folder.parent / "earlier"))
    centre.attempts.submit(_LEARNER, "8580-500", declared=Declared("signed sheet"))
    for number, (_, missing) in NOTES["8580-500"].items():
        referred = number in ("2.2", "3.1", "3.3")
        centre.marking.mark(
            _LEARNER, "8580-500", number, Result.REFER if referred else Result.PASS, missing if referred else ""
        )
    centre.closings.close(_LEARNER, "8580-500", "Three things are missing.")
    centre.close_down()
    again = folder / "learners" / _LEARNER / "evidence" / "review again.md"
    again.write_text("# Review\n\nWhat I did the second time, and what came of that.\n", "utf-8")
    return folder


async def test_a_resubmission_of_three_referred_criteria(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_with_three_referrals, learner=_LEARNER) as at:
        keys = _Keys(at)
        await keys.press("home", "S", "enter", "enter", "enter")
        await at.settled()
        await keys.press("d")
        await at.until(lambda: "review again.md" in at.text)
        await keys.press("q")
        while keys.is_open:
            await keys.press("p")
            await at.settled()
        await keys.press("F", "enter", "y")
        closed = at.events(_LEARNER)[-1]
        assert (closed.kind, closed.body["outcome"], closed.body["attempt"]) == (Kind.CLOSED, "pass", 2)
    count = keys.pressed.total()
    print(f"\nA resubmission with 3 referred criteria, from S to closed as pass: {count} keys")
    print(f"  {', '.join(f'{key} {number}' for key, number in sorted(keys.pressed.items()))}")
    assert keys.pressed["p"] == 3
