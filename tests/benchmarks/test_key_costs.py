"""What every key of a day costs among 10,000 learners, and with 300 criteria and a PDF of 300 pages.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_key_costs.py`; `MARKTERM_LARGE=folder` keeps the centre that
is made for it, and takes it from there.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import os
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.benchmarks.many_cups import MARKED, many_cups
from tests.benchmarks.watched import Watched, watched
from tests.centres import add_learner, places_in
from tests.evidence.made_more import pdf

pytestmark = pytest.mark.benchmark

_LEARNERS = 10_000
_UNITS, _EACH = 15, 20
_PAGES = 300
_LONG = "Z0001"
WIDE, MIDDLE, NARROW = (160, 45), (120, 36), (80, 24)


def large_centre(folder: Path, learners: int = _LEARNERS) -> Path:
    """A centre with so many learners; the last in the list is on 300 criteria and has a long PDF beside a diary; the
    first twelve are closed and sampled in one unit."""
    path = many_cups(folder, learners) / "centre"
    codes = [f"U-{number:02}" for number in range(1, _UNITS + 1)]
    details = (path / "centre.toml").read_text("utf-8")
    theirs = ", ".join(f'"{code}"' for code in ("T-101", "T-102", *codes))
    (path / "centre.toml").write_text(details.replace('"T-101", "T-102"', theirs), "utf-8")
    for code in codes:
        lines = [f"---\nkind: unit\ncode: {code}\ntitle: Long\nversion: 2026-01\n---\n\n# {code} Long\n"]
        for number in range(1, _EACH + 1):
            if number % 5 == 1:
                lines.append(f"\n## LO{number // 5 + 1} Be able to do part {number // 5 + 1}\n")
            words = f"Explain how part {number} is done, with an example of your own practice"
            descriptors = f"  - refer: nothing of {number}\n  - pass: all of {number} is there\n"
            lines.append(f"- **{number // 5 + 1 - (number % 5 == 0)}.{(number - 1) % 5 + 1}** {words}\n{descriptors}")
        (path / "mark_sheets" / "units" / f"{code}.md").write_text("".join(lines), "utf-8")
    diary = "# Diary\n\n" + "".join(
        f"## Session {number}\n\nU-01 1.{number % 5 + 1}: I did this, and saw that it was well done.\n\n"
        for number in range(1, 200)
    )
    long = add_learner(path, _LONG, "Zzz Long", evidence=diary, units=f"[{', '.join(codes)}]")
    page = [f"Line {number} of what I did with my client, and what came of it in the end." for number in range(45)]
    pages = [[f"# Page {number}", *page] for number in range(1, _PAGES + 1)]
    (long / "evidence" / "portfolio.pdf").write_bytes(pdf(pages))
    centre = Centre.open(path, member="asha", places=places_in(folder / "own"))
    for number in range(6, MARKED):
        name = f"L{number:05}"
        centre.attempts.declare(name, "e-mail")
        for criterion in range(1, 17):
            centre.marking.mark(name, "T-101", f"1.{criterion}", Result.PASS)
        centre.closings.close(name, "T-101", "Done.")
    centre.act_as("ines")
    for number in range(6, MARKED):
        centre.verification.sample(f"L{number:05}", "T-101", "routine")
    centre.act_as("asha")
    centre.caseload.now()
    centre.close_down()
    return folder


@pytest.fixture(autouse=True)
def _quick_disk() -> None:
    """Here the disk is waited for, as it is by everybody."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The centre, made anew or kept from the time before."""
    kept = os.environ.get("MARKTERM_LARGE")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("large")
    return folder if (folder / "centre").exists() else large_centre(folder)


async def _in_the_caseload(at: Watched) -> None:
    await at.until(lambda: "10,001 learners" in at.text)
    await at.rest(3.0)  # until all was looked at
    for key in "j" * 30 + "k" * 15:
        await at.press(key, "caseload: move")
    await at.press("slash", "caseload: /")
    for text in ("learner 93", "0123", "unit:101 75"):
        for letter in text:
            await at.press("space" if letter == " " else letter, "caseload: a letter in the filter")
        await at.press("ctrl+u", "caseload: filter cleared")
    await at.press("escape", "caseload: Esc")
    for _ in range(8):
        await at.press("s", "caseload: s")
    for size in (MIDDLE, WIDE, NARROW, WIDE) * 3:
        await at.resize(*size, "caseload: resize")


async def _marking(at: Watched, learner: str) -> None:
    await at.press("slash")
    for letter in learner:
        await at.press(letter, "")
    await at.press("enter")
    await at.rest(0.3)
    await at.press("enter", "caseload: Enter, opens a learner")
    await at.rest(2.0)
    at.costs.pop("enter", None)
    for _ in range(30):
        await at.press("j", "marking: move")
    for _ in range(10):
        await at.press("right_curly_bracket", "marking: }")
    for _ in range(8):
        await at.press("left_curly_bracket", "marking: {")
    for _ in range(10):
        await at.press("space", "marking: space")
    for _ in range(30):
        await at.press("p", "marking: p")
        await at.rest(0.1)
    for _ in range(8):
        await at.press("n", "marking: n opens the note")
        await at.press("x", "marking: a letter in the note")
        await at.press("backspace", "marking: a letter in the note")
        await at.press("escape", "marking: Esc")
    for _ in range(8):
        await at.press("r", "marking: r opens")
        await at.press("x", "marking: a letter in the note")
        await at.press("enter", "marking: Enter, refers")
        await at.rest(0.1)
    for _ in range(20):
        await at.press("J", "marking: J, the evidence")
    for _ in range(6):
        await at.press("c", "marking: c cites")
        await at.press("j", "marking: move")
        await at.press("k", "marking: move")
        await at.press("enter", "marking: Enter, the citation")
    for key in ("right_square_bracket", "left_square_bracket") * 4:
        await at.press(key, "marking: ] [ another file")
    for _ in range(4):
        await at.press("m", "marking: m, the map")
        await at.press("escape", "marking: Esc")
    for size in (MIDDLE, WIDE, NARROW, WIDE) * 3:
        await at.resize(*size, "marking: resize")
    for _ in range(6):
        await at.press("u", "marking: u")
        await at.rest(0.1)


async def _verifying(at: Watched) -> None:
    await at.until(lambda: "L00006" in at.text)
    await at.rest(3.0)
    for key in "jk" * 4:
        await at.press(key, "queue: move")
    for _ in range(2):
        await at.press("enter", "queue: Enter, opens a sample")
        await at.rest(1.0)
        for _ in range(12):
            await at.press("a", "sample: a")
            await at.rest(0.1)
        for key in "kj" * 6:
            await at.press(key, "sample: move")
        for _ in range(4):
            await at.press("x", "sample: x opens")
            await at.press("escape", "sample: Esc")
        await at.press("q")
        await at.rest(0.5)
        await at.press("j", "queue: move")


def _tell(at: Watched, title: str) -> None:
    print(f"\n{title}, ms")
    print("\n".join(at.told()))
    print(f"  Held up for more than {at.held_up.over * 1000:.0f} ms: {len(at.held_up.seen)} times")
    for took, where in sorted(at.held_up.seen, reverse=True)[:8]:
        print(f"    {took * 1000:6.0f}  {where[:600]}")


async def test_a_day_of_an_assessor(large: Path) -> None:
    async with watched(large, "asha", WIDE) as at:
        await _in_the_caseload(at)
        await _marking(at, _LONG)
    _tell(at, f"The keys of an assessor among {_LEARNERS:,} learners, {_UNITS * _EACH} criteria, {WIDE}")


async def test_a_day_of_a_verifier(large: Path) -> None:
    async with watched(large, "ines", MIDDLE) as at:
        await _verifying(at)
    _tell(at, f"The keys of a verifier among {_LEARNERS:,} learners, {MIDDLE}")


async def test_memory_stays_flat_over_two_thousand_keys(large: Path) -> None:
    async with watched(large, "asha", NARROW) as at:
        await at.until(lambda: "10,001 learners" in at.text)
        await at.rest(2.0)
        await at.press("enter")
        await at.rest(1.0)
        sizes = []
        for number in range(2_000):
            await at.press("jk"[number % 2], "move")
            if number in (200, 1_999):
                # What there is now, not the most that there ever was: the centre may have been made in this process.
                status = Path("/proc/self/status").read_text("ascii")
                sizes.append(int(status.split("VmRSS:")[1].split()[0]))
    print(f"\nMemory after 200 keys {sizes[0] / 1024:.0f} MB, after 2,000 {sizes[1] / 1024:.0f} MB")
    print("Run alone, with a centre that is kept, it is that of the app; otherwise that of all that ran before, too")
