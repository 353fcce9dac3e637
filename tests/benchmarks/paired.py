"""Two checkouts side by side: `python -m tests.benchmarks.paired OTHER` measures OTHER and this one in turns.

What is compared is the whole program as a person has it: commands as processes, and the screen in a pseudo-terminal.
So the two may be as different inside as they like. Both run with this Python and its packages; each has a centre and
user's folders of its own, made alike. It needs Linux, which tells what a process cost. On a busy machine the figures
say something only against each other.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.many_cups import CRITERIA, MARKED, many_cups
from tests.centres import environment_in
from tests.tui.test_in_a_terminal import Terminal

HERE = Path(__file__).parents[2]
_BETWEEN = 0.05
"""Seconds between keys: twice as fast as anybody marks."""
_LOOKED_AT = 3.0
"""Seconds until the caseload has been looked at, and nothing is drawn but what a key asks for."""
_DRAWN_FOR = 8
"""Keys for which it is counted what is drawn."""
_TICK = os.sysconf("SC_CLK_TCK")
_MAIN = "from markterm.cli import main; main()"
_COUNTED = """
import collections, json, os, signal
from textual.widget import Widget
drawn = collections.Counter()
lines = Widget.render_lines
def counted(self, crop):
    drawn[type(self).__name__] += 1
    return lines(self, crop)
Widget.render_lines = counted
def tell(*_):
    with open({told!r} + ".new", "w") as file:
        json.dump(drawn, file)
    os.replace({told!r} + ".new", {told!r})
    drawn.clear()
signal.signal(signal.SIGUSR1, tell)
"""


@dataclass
class Checkout:
    """One of the two: where it lies, and the folder with its centre and its user's folders."""

    name: str
    path: Path
    folder: Path
    centre: Path = field(init=False)
    own: Path = field(init=False)

    def __post_init__(self) -> None:
        self.centre, self.own = self.folder / "centre", self.folder / "own"

    def code(self, program: str = _MAIN) -> str:
        """The program, with this checkout's modules."""
        return f"import sys; sys.path[0] = {str(self.path)!r}\n{program}"

    def screen(self, program: str = _MAIN) -> Terminal:
        """The screen of its centre, in a pseudo-terminal."""
        return Terminal(self.own, self.code(program), "-C", str(self.centre), "--as", "asha", "open")

    def run(self, *words: str) -> tuple[float, float]:
        """Seconds of the clock and of the processor that a command takes."""
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", self.code(), *words],
            env=environment_in(self.own),
            cwd=self.own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{self.name}: {' '.join(words)} ended with {process.returncode}"
        return time.perf_counter() - begun, used.ru_utime + used.ru_stime

    def status(self) -> tuple[float, float]:
        """What the caseload on the command line takes."""
        return self.run("-C", str(self.centre), "status")

    def cold_status(self) -> tuple[float, float]:
        """The same where nothing is kept of it."""
        shutil.rmtree(self.own / "cache", ignore_errors=True)
        return self.status()

    def first_paint(self) -> tuple[float, float]:
        """Seconds until the caseload is on the screen, and of the processor until then."""
        begun = time.perf_counter()
        shown = self.screen()
        try:
            shown.until(f"Learner {MARKED - 1:05}")
            return time.perf_counter() - begun, _busy(shown)
        finally:
            shown.close()


def _busy(shown: Terminal) -> float:
    """Seconds that the processor was busy with a program until now."""
    after_name = Path(f"/proc/{shown.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / _TICK


def _in_turns(times: int, pair: tuple[Checkout, Checkout], measure: Callable[[Checkout], tuple[float, float]]) -> None:
    samples = [(measure(pair[0]), measure(pair[1])) for _ in range(times)]
    for place, kind in enumerate(("clock", "processor")):
        theirs, ours = ([1000 * both[which][place] for both in samples] for which in (0, 1))
        _tell(f"  {kind}, median", theirs, ours)


def _tell(name: str, theirs: Iterable[float], ours: Iterable[float], figure: Callable[..., float] = median) -> None:
    """One line: the figure of each, and what ours is of theirs."""
    before, now = figure(list(theirs)), figure(list(ours))
    print(f"{name:<46} {before:10.2f} {now:10.2f} ms   {now / before:5.2f}")  # noqa: T201 - there to print


def _marks(pair: tuple[Checkout, Checkout]) -> None:
    """`p` on every criterion of some learners, in both at once, one press in each in turns."""
    shown = [each.screen() for each in pair]
    took: tuple[list[float], list[float]] = ([], [])
    try:
        for each in shown:
            each.until(f"Learner {MARKED - 1:05}")
        time.sleep(_LOOKED_AT)
        for each in shown:
            at = each.press("\r")
            each.until(f"0/{CRITERIA}", at)
        time.sleep(_LOOKED_AT)
        begun = [_busy(each) for each in shown]
        for learner in range(MARKED):
            for number in range(1, CRITERIA + 1):
                for which, each in enumerate(shown):
                    pressed = time.perf_counter()
                    at = each.press("p")
                    each.until(f"{number}/{CRITERIA}", at)
                    took[which].append(1000 * (time.perf_counter() - pressed))
                    time.sleep(_BETWEEN)
            for each in shown if learner < MARKED - 1 else ():
                at = each.press(">")
                each.until(f"0/{CRITERIA}", at)
        busy = [1000 * (_busy(each) - before) / len(took[0]) for each, before in zip(shown, begun, strict=True)]
    finally:
        for each in shown:
            each.close()
    _tell("  clock, median", *took)
    _tell("  clock, 95 of 100", *took, figure=lambda times: quantiles(times, n=20)[-1])
    _tell("  processor, all threads, a key", busy[:1], busy[1:])


def drawn(each: Checkout) -> dict[str, float]:
    """How often widgets are drawn for a `p`, by their class."""
    told = each.folder / "drawn.json"
    shown = each.screen(f"{_COUNTED.format(told=str(told))}\n{_MAIN}")
    try:
        shown.until(f"Learner {MARKED - 1:05}")
        time.sleep(_LOOKED_AT)
        at = shown.press("j" * MARKED)
        shown.read(1.0)
        at = shown.press("\r")
        shown.until(f"0/{CRITERIA}", at)
        time.sleep(_LOOKED_AT)
        _ask(shown, told)
        for number in range(1, _DRAWN_FOR + 1):
            at = shown.press("p")
            shown.until(f"{number}/{CRITERIA}", at)
            time.sleep(0.3)
            shown.read(0.05)
        return {name: count / _DRAWN_FOR for name, count in _ask(shown, told).items()}
    finally:
        shown.close()


def _ask(shown: Terminal, told: Path) -> dict[str, int]:
    """What was drawn since it was asked before."""
    told.unlink(missing_ok=True)
    os.kill(shown.process.pid, signal.SIGUSR1)
    while not told.exists():
        shown.read(0.05)
    counts: dict[str, int] = json.loads(told.read_text("utf-8"))
    return counts


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("other", type=Path, help="the folder of the other checkout")
    asked.add_argument("--learners", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=7, help="turns of each command")
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(made) / "compiled")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # Whoever has installed the program has it compiled.
        pair = (
            Checkout("other", words.other.resolve(), Path(made) / "other"),
            Checkout("this", HERE, Path(made) / "this"),
        )
        many_cups(pair[0].folder, words.learners)
        shutil.copytree(pair[0].folder, pair[1].folder, symlinks=True)
        for each in pair:
            each.own.mkdir(exist_ok=True)
            each.run("--help")
            each.status()
        print(f"{words.learners:,} learners{'':<30} {'other':>15} {'this':>10}      ratio")  # noqa: T201 - there to print
        for title, times, measure in (
            ("markterm --help", words.times, lambda each: each.run("--help")),
            ("markterm status, nothing changed", words.times, Checkout.status),
            ("markterm status, nothing kept", 3, Checkout.cold_status),
            ("start to the caseload on the screen", words.times, Checkout.first_paint),
        ):
            print(title)  # noqa: T201 - there to print
            _in_turns(times, pair, measure)
        print("p to painted and durable")  # noqa: T201 - there to print
        _marks(pair)
        print("drawn for a p, times a key")  # noqa: T201 - there to print
        before, now = (drawn(each) for each in pair)
        for name in sorted({*before, *now}):
            print(f"  {name:<44} {before.get(name, 0.0):10.2f} {now.get(name, 0.0):10.2f}")  # noqa: T201 - there to print


if __name__ == "__main__":
    main()
