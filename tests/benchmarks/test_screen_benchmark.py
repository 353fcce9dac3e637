"""What the screen costs, end to end: the real program in a pseudo-terminal, in a caseload of 10,000 learners.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_screen_benchmark.py`. A Textual app of one line that counts
keys is measured beside it: on a busy machine the figures say something only against that.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles

import pytest

from markterm.centre.centre import Centre
from markterm.domain.views.caseload_filter import filter_rows
from tests.benchmarks.many_cups import CRITERIA, MARKED, many_cups
from tests.centres import environment_in, places_in
from tests.tui.sitting import on_disk
from tests.tui.test_in_a_terminal import Terminal, terminal

pytestmark = pytest.mark.benchmark

_LEARNERS = 10_000
_STARTS = 9
_BETWEEN = 0.05
"""Seconds between keys: twice as fast as anybody marks."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a centre of 10,000 learners, and the user's own folders."""
    return many_cups(tmp_path_factory.mktemp("large"), _LEARNERS)


def _summary(name: str, seconds: list[float], target: int) -> str:
    p95 = quantiles(seconds, n=20)[-1]
    return (
        f"  {name:<46} p50 {median(seconds) * 1000:6.1f}  p95 {p95 * 1000:6.1f}  longest {max(seconds) * 1000:6.1f} ms"
        f"   (target p95 {target})"
    )


def _timed(shown: Terminal, keys: str, text: str) -> float:
    begun = time.perf_counter()
    at = shown.press(keys)
    shown.until(text, at)
    return time.perf_counter() - begun


def _marks(folder: Path) -> list[float]:
    """The times from `p` to the bytes that paint the mark, for sixteen criteria of each of some learners."""
    times: list[float] = []
    with terminal(folder / "centre", folder / "own") as shown:
        shown.until("Learner 00011")
        time.sleep(2.0)  # until the caseload has been looked at
        shown.press("\r")
        shown.until(f"0/{CRITERIA}")
        for learner in range(MARKED):
            for number in range(1, CRITERIA + 1):
                times.append(_timed(shown, "p", f"{number}/{CRITERIA}"))
                time.sleep(_BETWEEN)
                # The screen has said it, so it is in the record.
                assert len(on_disk(folder / "centre", f"L{learner:05}")) == number
            if learner < MARKED - 1:
                at = shown.press(">")
                shown.until(f"0/{CRITERIA}", at)
    return times


_COUNTER = """
from textual.app import App
from textual.widgets import Static
class Counter(App[None]):
    count = 0
    def compose(self):
        yield Static("count 0.")
    def on_key(self):
        self.count += 1
        self.query_one(Static).update(f"count {self.count}.")
Counter().run()
"""


def _counts(folder: Path) -> list[float]:
    """The times from a key to the bytes that paint its count in an app that does nothing else."""
    shown = Terminal(folder / "own", _COUNTER)
    try:
        shown.until("count 0.")
        times: list[float] = []
        for number in range(1, 101):
            times.append(_timed(shown, "p", f"count {number}."))
            time.sleep(_BETWEEN)
        return times
    finally:
        shown.close()


def test_a_mark_is_durable_and_painted_before_one_notices(
    tmp_path_factory: pytest.TempPathFactory, large: Path
) -> None:
    few = _marks(many_cups(tmp_path_factory.mktemp("small"), MARKED))
    many = _marks(large)
    print(f"\nKeypress p to painted and durable, {len(few)} and {len(many)} presses in a pseudo-terminal")
    print(_summary("a Textual app that counts keys, for comparison", _counts(large), 50))
    print(_summary(f"{MARKED} learners", few, 50))
    print(_summary(f"{_LEARNERS:,} learners", many, 50))
    assert quantiles(many, n=20)[-1] < 0.2


def _rest(shown: Terminal, seconds: float) -> None:
    """Wait so long, and take in what was painted until then: it is no answer to what comes."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        shown.read(left)


_SIZES = ((120, 36), (160, 45), (80, 24))


def test_a_key_and_another_size_are_painted_before_one_notices(large: Path) -> None:
    moves: list[float] = []
    sizes: list[float] = []
    with terminal(large / "centre", large / "own") as shown:
        shown.until("Learner 00011")
        _rest(shown, 2.0)  # until the caseload has been looked at
        for number in range(1, 41):
            # The other one of two lines, which are both painted.
            moves.append(_timed(shown, "j" if number % 2 else "k", "Learner 000"))
            _rest(shown, 2 * _BETWEEN)
        for size in _SIZES * 4:
            begun = time.perf_counter()
            at = shown.resize(*size)
            shown.until("quit", at)
            sizes.append(time.perf_counter() - begun)
            _rest(shown, 0.3)
        at = shown.press("\r")
        shown.until("diary.md", at)
        _rest(shown, 1.0)
        shown.press("\x1b[F")
        _rest(shown, 0.5)
        at = shown.press("\x1b[H")
        shown.until("T-101 1.1 ", at)
        for number in range(2, CRITERIA + 1):
            moves.append(_timed(shown, "j", f"T-101 1.{number} "))
            _rest(shown, 2 * _BETWEEN)
        for size in _SIZES * 4:
            begun = time.perf_counter()
            at = shown.resize(*size)
            shown.until("help", at)
            sizes.append(time.perf_counter() - begun)
            _rest(shown, 0.3)
    print(f"\nA key that moves the cursor, and another size, to painted, among {_LEARNERS:,} learners")
    print(_summary("a Textual app that counts keys, for comparison", _counts(large), 25))
    print(_summary(f"{len(moves)} keys in the caseload and in marking", moves, 25))
    print(_summary(f"{len(sizes)} other sizes", sizes, 100))


def test_a_key_in_the_filter_narrows_at_once(large: Path) -> None:
    rows = Centre.open(large / "centre", member="asha", places=places_in(large / "own")).caseload.now()
    times: list[float] = []
    with terminal(large / "centre", large / "own") as shown:
        shown.until("10,000 learners")
        time.sleep(2.0)
        shown.press("/")
        shown.until("name, registration")
        for text in (
            "0123",
            "learner 93",
            "unit:101 75",
            "site: -1 2",
            "state:marking 00",
            "l00 3",
            "-9 -8 -7",
            "assessor:asha 41",
        ):
            typed = ""
            for character in text:
                before = len(filter_rows(rows, typed))
                typed += character
                count = len(filter_rows(rows, typed))
                if count in (before, _LEARNERS):
                    shown.press(character)
                    shown.read(0.3)
                else:
                    times.append(_timed(shown, character, f"{count:,} of 10,000 learners"))
                    time.sleep(_BETWEEN)
            at = shown.press("\x15")
            shown.until("10,000 learners", at)
    print(f"\nA key in the filter of {_LEARNERS:,} learners to the rows that are left, {len(times)} keys")
    print(_summary("a Textual app that counts keys, for comparison", _counts(large), 50))
    print(_summary("painted", times, 50))
    assert len(times) >= 10


_PAINT = """
import os, sys, time
def paint(app, words):
    display = app._display
    def painted(screen, renderable):
        display(screen, renderable)
        if words in "".join(strip.text for strip in screen._compositor.render_strips()):
            sys.stdout.write(f"{time.time()} {time.process_time()}")
            sys.stdout.flush()
            os._exit(0)
    app._display = painted
    app.run(headless=True, size=(80, 24))
"""
EMPTY = f"{_PAINT}\nfrom textual.app import App\npaint(App(), '')\n"
CASELOAD = f"""{_PAINT}
from pathlib import Path
from markterm.centre.centre import Centre
centre = Centre.open(Path(sys.argv[1]), member="asha")
import gc
gc.disable()
from markterm.tui.app import MarkTermApp
paint(MarkTermApp(centre), "Learner 00011")
"""


def first_paint(code: str, folder: Path) -> tuple[float, float]:
    """Seconds from the start of a process to its first paint, on the clock and of the processor."""
    environment = environment_in(folder / "own", PYTHONPYCACHEPREFIX=str(folder / "compiled"))
    # Whoever has installed the program has it compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "centre")],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    painted, processor = map(float, done.stdout.split())
    return painted - begun, processor


def test_the_caseload_is_painted_almost_as_soon_as_an_empty_app(large: Path) -> None:
    codes = (EMPTY, CASELOAD)
    for code in codes:
        first_paint(code, large)
    pairs = [tuple(first_paint(code, large) for code in codes) for _ in range(_STARTS)]
    print(f"\nStart of the process to the first paint, median of {_STARTS} pairs")
    ratios = []
    for number, what in enumerate(("on the clock", "of the processor")):
        empty, caseload = (median(pair[each][number] for pair in pairs) for each in range(2))
        ratios.append(median(pair[1][number] / pair[0][number] for pair in pairs))
        print(f"  {what}")
        print(f"    an empty Textual app                         {empty * 1000:6.0f} ms")
        print(f"    the caseload of {_LEARNERS:,} learners              {caseload * 1000:6.0f} ms")
        print(f"    ratio                                        {ratios[-1]:6.2f}      (target 1.4)")
    assert ratios[1] < 1.5
