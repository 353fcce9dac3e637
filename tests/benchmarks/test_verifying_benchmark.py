"""What verifying costs: keys for each answer on the demo's full portfolio, and the time from a key to what is painted.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_verifying_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import pytest

from markterm.centre.centre import Centre
from markterm.demo.centre import make_demo
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Looked, Sight
from markterm.domain.record.event import Result
from markterm.tui.requests import OpenSample
from markterm.tui.verifying.screen import SampleScreen
from tests.benchmarks.many_cups import CRITERIA, MARKED, many_cups
from tests.centres import places_in
from tests.tui.sitting import Sitting, on_disk, sitting
from tests.tui.test_in_a_terminal import Terminal, terminal

pytestmark = pytest.mark.benchmark

_LEARNER, _UNIT = "JON2041", "8580-500"
_BETWEEN = 0.05
"""Seconds between keys: twice as fast as anybody answers."""
_LEARNERS = 2_000


def _demo(folder: Path) -> Path:
    make_demo(folder, places_in(folder.parent / "made"), datetime(2026, 6, 5, 17, 30, tzinfo=UTC))
    return folder


def _answered(at: Sitting) -> Looked:
    (*_, last) = at.events(_LEARNER)
    said = said_in(last, Looked)
    assert said is not None
    return said


async def test_keys_for_each_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SampleScreen, "STAYS", 0)  # A person waits a second, and presses nothing meanwhile.
    async with sitting(tmp_path, member="ines", make=_demo) as at:
        await at.app.answer(OpenSample(_LEARNER, _UNIT))
        await at.settled()
        assert isinstance(at.app.screen, SampleScreen)
        sample = at.app.screen.work
        await at.until(lambda: sample.evidence.references is not None)
        decided, keys = sample.now.decided, 0
        while (place := sample.place) is not None and sample.waits(place):
            await at.press("enter", "a")
            keys += 2
            if "Agree all the same" in at.text:  # What is cited was not brought into sight by one key.
                await at.press("escape", "e", "a")
                keys += 3
        answers = _answered(at).answers
        seen = sum(each.looked is Sight.SEEN for each in answers)
        print(
            f"\n{decided} decisions agreed with {keys} keys, {keys / decided:.2f} each (target 2.2); {seen} were seen"
        )
        assert len(answers) == decided
        assert keys / decided <= 2.2
        await at.press("k")
        before = len(at.events(_LEARNER))
        await at.press("x")
        await at.type("Two are named and one is shown.")
        await at.press("tab")
        await at.type("Read the second session again")
        await at.press("enter")
        assert len(at.events(_LEARNER)) == before + 2
        print("not agreed, with an action: x, its words, Tab, its words, Enter: 3 keys beside the words (target 6)")


def _closed(folder: Path, learners: int) -> Path:
    """So many learners, of whom some are decided, closed and sampled."""
    many_cups(folder, learners)
    centre = Centre.open(folder / "centre", member="asha", places=places_in(folder / "asha"))
    for number in range(MARKED):
        name = f"L{number:05}"
        centre.attempts.declare(name, "e-mail")
        for criterion in range(1, CRITERIA + 1):
            centre.marking.mark(name, "T-101", f"1.{criterion}", Result.PASS)
        centre.closings.close(name, "T-101", "Done.")
    centre.act_as("ines")
    for number in range(MARKED):
        centre.verification.sample(f"L{number:05}", "T-101", "routine")
    centre.caseload.now()
    centre.close_down()
    return folder


def _timed(shown: Terminal, keys: str, text: str) -> float:
    begun = time.perf_counter()
    at = shown.press(keys)
    shown.until(text, at)
    return time.perf_counter() - begun


def _agrees(folder: Path) -> list[float]:
    """The times from `a` to the bytes that paint the answer, for every criterion of some learners."""
    times: list[float] = []
    with terminal(folder / "centre", folder / "own", "ines") as shown:
        shown.until("L00000")
        time.sleep(2.0)  # until the caseload has been looked at
        for learner in range(MARKED):
            at = shown.press("\r")
            shown.until(f"0 of {CRITERIA} answered", at)
            time.sleep(0.5)  # until the evidence was read: nothing in it is about a criterion
            for number in range(1, CRITERIA + 1):
                times.append(_timed(shown, "a", f"{number} of {CRITERIA} answered"))
                time.sleep(_BETWEEN)
                # The screen has said it, so it is in the record.
                (*_, last) = on_disk(folder / "centre", f"L{learner:05}")
                assert len(last.body["answers"]) == number  # type: ignore[arg-type]  # a list
            at = shown.press("F")
            shown.until("Strengths", at)
            at = shown.press("\r")
            shown.until("finished, agreed", at)
            at = shown.press("q")
            shown.until("Queue", at)
            time.sleep(0.5)
    return times


def test_an_answer_is_durable_and_painted_before_one_notices(tmp_path_factory: pytest.TempPathFactory) -> None:
    print(f"\nKeypress a to painted and durable, in a pseudo-terminal of 80 by 24, {CRITERIA} criteria each")
    for learners in (MARKED, _LEARNERS):
        times = _agrees(_closed(tmp_path_factory.mktemp(f"{learners}"), learners))
        p95 = quantiles(times, n=20)[-1]
        print(
            f"  {learners:>6,} learners  p50 {median(times) * 1000:6.1f}  p95 {p95 * 1000:6.1f}  "
            f"longest {max(times) * 1000:6.1f} ms   (target p95 25)"
        )
        assert p95 < 0.2
