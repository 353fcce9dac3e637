"""What finding as one types costs over a megabyte of a learner's own text in eight files.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_find_benchmark.py`. Beside it, on the same keys: one pass of
`str.count` over the text, below which nothing that looks at every character can be; and `re.finditer`, which is what
one would write first. The screen stands beside a Textual app of one line that counts keys.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

import pytest

import markterm.demo
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.portfolio_find import find_in_files
from markterm.evidence.text_file import EvidenceText
from markterm.tui.evidence.find_all import MOST_SHOWN
from tests.benchmarks.test_screen_benchmark import _BETWEEN, _counts, _summary, _timed
from tests.centres import make_centre_in
from tests.tui.test_in_a_terminal import terminal

pytestmark = pytest.mark.benchmark

_SIZE = 1_000_000
_FILES = 8
_IN_SIGHT = 40
_TYPED = (
    *("supervision", "line manager", "the quiet room", "confidential", "what i would do differently", "e t a o i n"),
    *("goal", "13.5 hours", "zoë", "...", "a b c d", "in the end i did", "he said", "zzz", "reflection", "s"),
)


def _texts() -> dict[str, str]:
    """The demo's portfolio over and over, a megabyte in all, each file with other text."""
    folder = Path(markterm.demo.__file__).parent / "portfolio"
    portfolio = "\n\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.md")))
    whole = (portfolio * (_SIZE // len(portfolio) + 1))[:_SIZE]
    size = _SIZE // _FILES
    return {f"{number:02}.md": whole[number * size : (number + 1) * size] for number in range(_FILES)}


def _keys() -> list[str]:
    """What the field says after each key."""
    return [typed[:length] for typed in _TYPED for length in range(1, len(typed) + 1)]


def _each(find: Callable[[str], object]) -> list[float]:
    """The seconds of a processor that each key takes: nothing is waited for."""
    times: list[float] = []
    for query in _keys():
        begun = time.process_time()
        find(query)
        times.append(time.process_time() - begun)
    return times


def test_a_key_looks_through_a_megabyte_before_one_notices() -> None:
    files = [
        (name, EvidenceDocument.of(EvidenceText(text, 0, ""), EvidenceKind.MARKDOWN)) for name, text in _texts().items()
    ]

    for _, document in files:  # as the screen does before a key is pressed
        assert document.folded.text
        for number in range(len(document.chunks)):
            document.blocks(number)

    def ours(query: str) -> None:
        found = list(find_in_files(files, query, MOST_SHOWN))
        lines = [(each, number) for each in found for number in range(len(each.matches))]
        for each, number in lines[:_IN_SIGHT]:
            each.place(number)

    def passes(query: str) -> None:
        for _, document in files:
            document.folded.text.count(query)

    def patterns(query: str) -> None:
        words = r"\s+".join(re.escape(word) for word in query.split())
        for _, document in files:
            [found.span() for found in re.finditer(words, document.folded.text)]

    limit, peer, took = _each(passes), _each(patterns), _each(ours)
    p95 = quantiles(took, n=20)[-1]
    print(f"\nA key to the places found in {sum(len(d.source) for _, d in files) / 1e6:.2f} MB, {len(took)} keys")
    print(_summary("str.count, one pass, for comparison", limit, 50))
    print(_summary("re.finditer, all places, for comparison", peer, 50))
    print(_summary(f"counted in all, {_IN_SIGHT} places with context", took, 50))
    print(f"  in all {sum(took) / sum(limit):.1f} times one pass, {sum(took) / sum(peer):.2f} times re.finditer")
    assert p95 < 0.05


def test_a_key_in_the_field_is_counted_and_painted_at_once(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre", {"AAA1": "Rosalind Jones"})
    evidence = centre / "learners" / "AAA1" / "evidence"
    (evidence / "diary.md").unlink()
    documents = []
    for name, text in _texts().items():
        (evidence / name).write_text(text, "utf-8")
        documents.append((name, EvidenceDocument.of(EvidenceText(text, 0, ""), EvidenceKind.MARKDOWN)))

    def counted(query: str) -> str:
        found = [each.count for each in find_in_files(documents, query, MOST_SHOWN)]
        places = f"{sum(found):,} place{'s' if sum(found) != 1 else ''}"
        return f"{places} in {len(found)} file{'s' if len(found) != 1 else ''}" if found else "not found"

    times: list[float] = []
    with terminal(centre, tmp_path / "own") as shown:
        shown.until("Rosalind Jones")
        time.sleep(2.0)
        shown.press("\r")
        shown.until("Referenced")
        shown.press("\x06")
        shown.until(f"{_FILES} files read")
        for text in _TYPED:
            said = f"{_FILES} files read"
            for length, character in enumerate(text, 1):
                now = counted(text[:length])
                if now == said:
                    # Nothing to wait for: it says what it said before.
                    shown.press(character)
                    shown.read(0.3)
                else:
                    times.append(_timed(shown, character, now))
                    time.sleep(_BETWEEN)
                said = now
            at = shown.press("\x15")
            shown.until(f"{_FILES} files read", at)
    peer = _counts(tmp_path)
    ratio = median(times) / median(peer)
    print(f"\nA key in the field to the count and the places painted, over a megabyte, {len(times)} keys")
    print(_summary("a Textual app that counts keys, for comparison", peer, 50))
    print(_summary("painted", times, 50))
    print(f"  {ratio:.2f} times an app that does nothing else, at the median")
    assert len(times) > 50
    assert quantiles(times, n=20)[-1] < 0.2
