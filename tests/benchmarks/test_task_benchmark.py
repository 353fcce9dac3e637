"""What marking by task costs in an assignment over many units, beside marking a single unit; in a pseudo-terminal.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_task_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.centres import add_learner, make_centre_in
from tests.tui.test_in_a_terminal import Terminal, terminal

pytestmark = pytest.mark.benchmark

_UNITS, _CRITERIA, _PER_TASK = 20, 15, 30
_PRESSES = 60
_BETWEEN = 0.05


def _centre(folder: Path, units: int) -> Path:
    """A centre with one learner on so many units, combined in one assignment."""
    path = make_centre_in(folder / "centre", {})
    codes = [f"T-{number}" for number in range(201, 201 + units)]
    for code in codes:
        criteria = "".join(f"- **1.{number}** Pour cup {number} of {code}\n" for number in range(1, _CRITERIA + 1))
        front = f"---\nkind: unit\ncode: {code}\ntitle: Cups\nversion: 2026-01\n---\n\n# {code} Cups\n\n## LO1 Pour\n\n"
        (path / "mark_sheets" / "units" / f"{code}.md").write_text(front + criteria, "utf-8")
    per_task = _PER_TASK // _CRITERIA
    tasks = "".join(
        f"## Task {number // per_task + 1} Round {number // per_task + 1}\n\n"
        + "".join(f"- {code}: 1.1-1.{_CRITERIA}\n" for code in codes[number : number + per_task])
        + "\n"
        for number in range(0, units, per_task)
    )
    (path / "mark_sheets" / "assignments").mkdir()
    front = f"---\nkind: assignment\ncode: T-IA\ntitle: Cups\nunits: [{', '.join(codes)}]\napproval: 2026-03-02 ref T\n"
    (path / "mark_sheets" / "assignments" / "T-IA.md").write_text(f"{front}---\n\n{tasks}", "utf-8")
    learner = add_learner(path, "L1", "Learner One", units=f"[{', '.join(codes)}]") / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("assessor:", "assignment: [T-IA]\nassessor:"), "utf-8")
    centre = path / "centre.toml"
    centre.write_text(
        centre.read_text("utf-8").replace('"T-101", "T-102"', ", ".join(f'"{code}"' for code in codes)), "utf-8"
    )
    return folder


def _timed(shown: Terminal, key: str, text: str) -> float:
    begun = time.perf_counter()
    at = shown.press(key)
    shown.until(text, at)
    return time.perf_counter() - begun


def _presses(folder: Path, *, by_task: bool, count: int) -> tuple[float, list[float], list[float]]:
    """Seconds to open the learner, from `j` to the words of the next criterion, and from `p` to the mark."""
    with terminal(folder / "centre", folder / "own") as shown:
        shown.until("Learner One")
        time.sleep(1.5)
        opened = _timed(shown, "\r", "Pour cup 1")
        time.sleep(1.5)
        if by_task:
            shown.press("t")
            shown.until("T-IA 0/")
        moved = []
        for number in range(2, _CRITERIA):
            moved.append(_timed(shown, "j", f"Pour cup {number}"))
            time.sleep(_BETWEEN)
        shown.press("\x1b[H")
        shown.read(0.5)
        marked = []
        for number in range(1, count + 1):
            counted = f"T-IA {number}/" if by_task else f"{number}/{_CRITERIA}"
            marked.append(_timed(shown, "p", counted))
            time.sleep(_BETWEEN)
            if by_task and number % _PER_TASK == 0:
                shown.press(" ")
                shown.read(0.3)
        return opened, moved, marked


def _summary(name: str, seconds: list[float]) -> str:
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"  {name:<44} p50 {median(seconds) * 1000:6.1f}  p95 {p95 * 1000:6.1f} ms"


def test_an_assignment_over_twenty_units_moves_as_fast_as_one_unit(tmp_path_factory: pytest.TempPathFactory) -> None:
    one = _presses(_centre(tmp_path_factory.mktemp("one"), 1), by_task=False, count=_CRITERIA)
    many = _presses(_centre(tmp_path_factory.mktemp("many"), _UNITS), by_task=True, count=_PRESSES)
    print(f"\n{_UNITS} units of {_CRITERIA} criteria by task, beside one unit (target p95 50 ms)")
    print(f"  opened                                       {one[0] * 1000:6.1f} and {many[0] * 1000:6.1f} ms")
    for name, few, all_units in (
        ("j to the next criterion", one[1], many[1]),
        ("p to painted and durable", one[2], many[2]),
    ):
        print(_summary(f"{name}, one unit", few))
        print(_summary(f"{name}, {_UNITS} units", all_units))
        print(f"  ratio of the medians {median(all_units) / median(few):.2f}")
    assert median(many[2]) < 3 * median(one[2])
