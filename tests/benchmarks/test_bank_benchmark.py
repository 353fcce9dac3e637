"""What a key in the bank of remarks costs over 50,000 different notes, and how long they take to be there.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_bank_benchmark.py`. Beside it, on the same keys and the same
notes: SQLite's full-text index (FTS5), which is what one would take from a shelf, ranking by use alone; and one pass of
`in` over every note, which is what one would write first.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

import pytest

from markterm.demo import notes as demo
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit, UnitKey
from markterm.domain.record.event import Result
from markterm.domain.remarks.remark import CriterionKey, Use
from markterm.domain.remarks.remark_search import Remarks, near, words_of
from markterm.domain.words.learner_names import LearnerNames
from markterm.own.remark_index import remark_index
from tests.benchmarks.test_screen_benchmark import _summary
from tests.samples import AT

pytestmark = pytest.mark.benchmark

_NOTES = 50_000
_RECORDS = 10_000
_SHOWN = 200
_AT_MOST = 0.03
_UNITS = tuple(
    Unit(
        f"8580-50{number}",
        "A unit",
        version="2012-09",
        outcomes=tuple(
            LearningOutcome(
                lo, "An outcome", tuple(Criterion(f"{lo}.{ac}", f"Explain the {lo}{ac} plan") for ac in range(1, 5))
            )
            for lo in range(1, 5)
        ),
    )
    for number in range(4)
)


def _sentences() -> list[str]:
    """What the demo's assessors write, sentence by sentence."""
    tables = [value for name, value in vars(demo).items() if name.startswith("NOTES")]
    written = " ".join(note for table in tables for pair in table.values() for note in pair)
    return [sentence for sentence in re.split(r"(?<=[.?!]) ", written) if sentence]


def _notes() -> dict[str, list[Use]]:
    """Notes of two to four sentences for ten thousand learners, no two alike: by record."""
    chance = random.Random(5)
    sentences = _sentences()
    by_record: dict[str, list[Use]] = {}
    for number in range(_NOTES):
        unit = chance.choice(_UNITS)
        key = CriterionKey(UnitKey(unit.code, unit.version), chance.choice(unit.criteria).number)
        said = [chance.choice(sentences) for _ in range(chance.randint(2, 4))]
        said.insert(chance.randrange(len(said)), f"See page {number} of the log.")
        registration = f"ENR{number % _RECORDS:05}"
        at = AT + timedelta(minutes=chance.randrange(1_000_000))
        use = Use(registration, "asha", key, chance.choice([*Result]), at, " ".join(said))
        by_record.setdefault(registration, []).append(use)
    return by_record


def _names() -> LearnerNames:
    """Ten thousand learners, one in four of whom is called what is a word as well."""
    chance = random.Random(11)
    given = ["Oliver", "Amelia", "Isla", "Ava", "Noah", "Zoé", "May", "Will"]
    syllables = ["ka", "lo", "mi", "ren", "tas", "vo", "dri", "el", "an", "ob"]
    return LearnerNames(
        (f"ENR{number:05}", f"{chance.choice(given)} {''.join(chance.choices(syllables, k=3)).capitalize()}")
        for number in range(_RECORDS)
    )


def _keys() -> list[str]:
    """What the field says after each key: phrases of one to four words out of the notes, whole and in beginnings."""
    chance = random.Random(7)
    typed: list[str] = []
    for _ in range(60):
        words = [word for word in words_of(chance.choice(_sentences())) if len(word) > 1]
        chosen = chance.sample(words, min(chance.randint(1, 4), len(words)))
        phrase = " ".join(chosen)
        typed += [phrase[:length] for length in range(1, len(phrase) + 1)]
    return typed


def _each(find: Callable[[str], object], keys: list[str]) -> list[float]:
    times: list[float] = []
    for query in keys:
        begun = time.perf_counter()
        find(query)
        times.append(time.perf_counter() - begun)
    return times


def test_a_key_finds_the_best_of_fifty_thousand_notes() -> None:
    by_record = _notes()
    begun = time.perf_counter()
    names = _names()
    named = time.perf_counter() - begun
    remarks = Remarks(names)
    for record, uses in by_record.items():
        remarks.put(record, uses)
    made = time.perf_counter() - begun
    print(f"\nThe names of {_RECORDS:,} learners made in {named:.2f} s; {remarks.naming('')} notes name one")
    wanted = near(_UNITS[1], "2.1", _UNITS)
    keys = _keys()

    def ours(query: str) -> None:
        remarks.find(query, wanted, Result.REFER, (), _SHOWN)

    texts = [f" {' '.join(words_of(use.text))}" for uses in by_record.values() for use in uses]

    def passes(query: str) -> None:
        words = [f" {word}" for word in words_of(query)]
        [text for text in texts if all(word in text for word in words)]

    index = sqlite3.connect(":memory:")
    index.execute("create virtual table note using fts5(text, prefix='1 2 3')")
    index.executemany("insert into note (text) values (?)", [(text,) for text in texts])

    def shelf(query: str) -> None:
        match = " ".join(f'"{word}"*' for word in words_of(query))
        index.execute(f"select rowid from note where note match ? order by rowid limit {_SHOWN}", [match]).fetchall()
        index.execute("select count(*) from note where note match ?", [match]).fetchone()

    took = _each(ours, keys)
    print(f"\nA key to the {_SHOWN} best of {_NOTES:,} notes, {len(keys)} keys; made in {made:.2f} s")
    print(_summary("one pass of `in`, for comparison", _each(passes, keys[::10]), 30))
    print(_summary("SQLite FTS5, for comparison", _each(shelf, keys), 30))
    print(_summary("found, ranked and counted", took, 30))
    assert quantiles(took, n=20)[-1] < _AT_MOST


def test_what_was_kept_is_there_soon(tmp_path: Path) -> None:
    path = tmp_path / "remarks.json"
    index = remark_index(path, "1")
    for record, uses in _notes().items():
        index.put(record, "stamp", tuple(uses))
    index.save()
    begun = time.perf_counter()
    again, remarks = remark_index(path, "1"), Remarks()
    for number in range(_RECORDS):
        record = f"ENR{number:05}"
        remarks.put(record, again.get(record, "stamp") or ())
    took = time.perf_counter() - begun
    size = path.stat().st_size / 1e6
    print(f"\n{_NOTES:,} notes of {_RECORDS:,} learners, {size:.0f} MB kept: there after {took:.2f} s")
    assert remarks.find("").count == _NOTES
    assert took < 20
