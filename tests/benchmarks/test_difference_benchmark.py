"""What a difference of two texts of 20,000 words costs, also in bad cases, and what it costs to see it.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_difference_benchmark.py`. Beside it, on the same words: the
standard library's `difflib` with its own notion of junk, without which it takes minutes; it gives opcodes only.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import random
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pytest

import markterm.demo
from markterm.centre.differences import TextDifference
from markterm.domain.texts.difference import difference
from markterm.domain.texts.file_change import FileChange, FileFate
from markterm.tui.differences.view import Layout

pytestmark = pytest.mark.benchmark

_WORDS = 20_000
_PARAGRAPH = 60
_AT_MOST = 0.3
_TIMES = 5


def _text(seed: int, size: int = _WORDS) -> list[str]:
    """Words that follow each other as they do in the demo's portfolio: no two seeds give the same text."""
    folder = Path(markterm.demo.__file__).parent / "portfolio"
    words = " ".join(path.read_text("utf-8") for path in sorted(folder.glob("*.md"))).split()
    following: dict[str, list[str]] = {}
    for word, after in pairwise(words):
        following.setdefault(word, []).append(after)
    chance = random.Random(seed)
    text = [words[0]]
    while len(text) < size:
        text.append(chance.choice(following.get(text[-1], words)))
    return text


def _edited(words: list[str], every: int = 20) -> list[str]:
    """One word in so many replaced, removed or doubled."""
    chance = random.Random(9)
    edited: list[str] = []
    for word in words:
        if chance.randrange(every):
            edited.append(word)
        else:
            edited += ([], [word, word], ["anew"])[chance.randrange(3)]
    return edited


def _paragraphs(words: list[str]) -> str:
    return "\n\n".join(" ".join(words[at : at + _PARAGRAPH]) for at in range(0, len(words), _PARAGRAPH))


def _shuffled(text: str) -> str:
    paragraphs = text.split("\n\n")
    random.Random(5).shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def _cases() -> dict[str, tuple[str, str]]:
    first, second = _text(1), _text(2)
    whole = _paragraphs(first)
    line = first[:20]
    longer = " ".join([*line[:10], "new", *line[10:]])
    repeated = "\n\n".join([" ".join(line)] * (_WORDS // len(line)))
    return {
        "the same": (whole, whole),
        "one word in 20 changed": (whole, _paragraphs(_edited(first))),
        "another text by the same hand": (whole, _paragraphs(second)),
        "every word another": (whole, _paragraphs([f"{number}x" for number in range(_WORDS)])),
        "paragraphs reordered": (whole, _shuffled(whole)),
        "a paragraph 1,000 times, one in 3 changed": (repeated, repeated.replace(" ".join(line), longer, 333)),
        "a paragraph 1,000 times, all changed": (repeated, repeated.replace(" ".join(line), longer)),
        "one giant paragraph, one word in 20 changed": (" ".join(first), " ".join(_edited(first))),
        "one giant paragraph, another text": (" ".join(first), " ".join(second)),
    }


def _best(work: Callable[[], object]) -> float:
    """The seconds of the quickest of a few times: the machine has other things to do."""
    took = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return min(took)


def test_two_texts_of_20_000_words_are_compared_before_one_notices() -> None:
    print(f"\nTwo texts of {_WORDS:,} words, the best of {_TIMES}; difflib once, with its notion of junk")
    for name, (old, new) in _cases().items():
        own, its = old.split(), new.split()
        begun = time.perf_counter()
        SequenceMatcher(None, own, its).get_opcodes()
        peer = time.perf_counter() - begun
        took = _best(lambda old=old, new=new: difference(old, new))  # type: ignore[misc]  # bound for this turn
        found = difference(old, new)
        print(f"  {name:<44} {took * 1000:5.0f} ms   difflib {peer * 1000:6.0f} ms   {found}")
        assert took < _AT_MOST


def test_a_text_ten_times_as_long_takes_no_more_than_its_length() -> None:
    first = _text(3, 10 * _WORDS)
    old, new = _paragraphs(first), _paragraphs(_edited(first))
    took = _best(lambda: difference(old, new))
    print(f"\nTwo texts of {10 * _WORDS:,} words, one word in 20 changed: {took * 1000:.0f} ms")
    assert took < 15 * _AT_MOST


def test_it_is_broken_into_rows_in_a_thread_in_a_moment() -> None:
    change = FileChange(FileFate.CHANGED, "a.md", "b.md")
    for name, (old, new) in _cases().items():
        told = TextDifference(change, difference(old, new))
        took = _best(lambda told=told: Layout.of(told, 76, whole=True))  # type: ignore[misc]  # bound for this turn
        rows = len(Layout.of(told, 76, whole=True).rows)
        print(f"  {name:<44} {took * 1000:5.0f} ms for {rows:,} rows, all of them")
        assert took < _AT_MOST
