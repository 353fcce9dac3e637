"""What is found of planted pairs, and how long a centre of a thousand learners takes; MARKTERM_LEARNERS says how many.

pytest -n 0 -m benchmark -s tests/benchmarks/test_alike_benchmark.py
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import os
import resource
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest

from markterm.centre.centre import Centre
from markterm.domain.views.alike import AlikeSeen
from markterm.evidence.progress import Progress
from tests.centres import add_learner, make_centre_in, places_in
from tests.planted_pairs import QUESTIONS, Made, Pair, answered, own_text, planted
from tests.reworded_by_hand import OWN, accounts

pytestmark = pytest.mark.benchmark

_WORDS = 1_200
"""Of each answer: a learner's text has some five thousand words."""
_SYLLABLES = [one + two for one in "bdfgklmnprstvz" for two in ("a", "e", "i", "o", "u", "ar", "en", "il")]


def _looked(path: Path) -> tuple[AlikeSeen, float, float]:
    """What is found in the end, and after how many seconds the first of it was there, and all."""
    centre = Centre.open(path, member="ines", places=places_in(path.parent / "user"))
    centre.caseload.now()
    began = time.perf_counter()
    first = 0.0
    seen = AlikeSeen(())
    for seen in centre.alike.look(Progress()):  # noqa: B007  # the last one is the whole
        first = first or time.perf_counter() - began
    return seen, first, time.perf_counter() - began


def _empty(path: Path) -> Path:
    make_centre_in(path)
    shutil.rmtree(path / "learners")
    return path


def _found(path: Path, pairs: Sequence[Pair]) -> tuple[Counter[Made], int, list[Pair]]:
    """How many of the pairs are found by how they were made, how many others are told of, and what was missed."""
    for each in pairs:
        add_learner(path, f"P{each.number}A", f"One {each.number}", evidence=each.one)
        add_learner(path, f"P{each.number}B", f"Other {each.number}", evidence=each.other)
    seen, _, _ = _looked(path)
    told = {(each.one, each.other) for each in seen.pairs}
    own = {each.number: (f"P{each.number}A", f"P{each.number}B") in told for each in pairs}
    hits = Counter(each.made for each in pairs if own[each.number])
    missed = [each for each in pairs if not own[each.number] and each.made is not Made.TEMPLATE]
    return hits, len(told) - sum(hits.values()) + hits[Made.TEMPLATE], missed


def test_recall_and_false_alarms_of_a_hundred_planted_pairs(tmp_path: Path) -> None:
    for named, kept_apart in (("thresholds chosen by it", False), ("kept apart", True)):
        pairs = [each for each in planted() if each.kept_apart is kept_apart]
        of = Counter(each.made for each in pairs)
        hits, false, missed = _found(_empty(tmp_path / named.replace(" ", "-")), pairs)
        print(f"\n{len(pairs)} pairs, {named}: false alarms {false} of {len(pairs) * 2 * (len(pairs) * 2 - 1) // 2:,}")
        for made in (Made.COPIED, Made.REWORDED):
            print(f"  {made}: {hits[made]} of {of[made]} found")
        print(f"  {Made.TEMPLATE}: {hits[Made.TEMPLATE]} of {of[Made.TEMPLATE]} told of")
        for each in missed:
            print(f"  missed: every {each.every}th word replaced, {len(each.taken.split())} words")
        assert hits[Made.TEMPLATE] == 0
        assert hits[Made.COPIED] == of[Made.COPIED]


def test_recall_and_false_alarms_of_accounts_reworded_by_hand(tmp_path: Path) -> None:
    path, random = _empty(tmp_path / "centre"), Random(2)
    all_of_them = list(accounts())
    for number, each in enumerate(all_of_them):
        answers = [own_text(random, 8), own_text(random, 8), each.text, own_text(random, 8)]
        add_learner(path, f"H{number:03}", f"{each.subject} {each.how}", evidence=answered(answers))
    seen, _, _ = _looked(path)
    told = {(int(each.one[1:]), int(each.other[1:])) for each in seen.pairs}
    hits, of = Counter[str](), Counter[str]()
    for number, each in enumerate(all_of_them):
        if each.is_taken:
            first = next(place for place, one in enumerate(all_of_them) if one.subject == each.subject)
            of[each.how] += 1
            hits[each.how] += (first, number) in told
    false = [
        (one, other)
        for one, other in told
        if all_of_them[one].subject != all_of_them[other].subject
        or OWN in (all_of_them[one].how, all_of_them[other].how)
    ]
    pairs = len(all_of_them) * (len(all_of_them) - 1) // 2
    print(f"\nReworded by hand: {hits.total()} of {of.total()} found; false alarms {len(false)} of {pairs:,}")
    for how in of:
        print(f"  {how}: {hits[how]} of {of[how]}")


def _language(random: Random) -> tuple[list[str], list[float]]:
    """Invented words, and how often each is written, the next one less than the one before: as in what people write,
    where a few words are in every text and most in hardly any. Every second one is one that says little."""
    words = {"".join(random.choices(_SYLLABLES, k=random.randint(2, 4))) for _ in range(20_000)}
    return sorted(words), list(accumulate(1 / (rank + 3) for rank in range(len(words))))


def _written(random: Random, language: tuple[list[str], list[float]], number: int) -> str:
    """So many words of that language, in sentences."""
    said = random.choices(language[0], cum_weights=language[1], k=number // 2)
    small = random.choices(("the", "of", "and", "to", "a", "in", "was", "that", "with", "my"), k=number // 2)
    words = [word for both in zip(said, small, strict=True) for word in both]
    return " ".join(f"{' '.join(words[at : at + 16])}." for at in range(0, len(words), 16))


def test_a_centre_is_looked_through(tmp_path: Path) -> None:
    learners = int(os.environ.get("MARKTERM_LEARNERS", "1000"))
    random = Random(1)
    language = _language(random)
    path = _empty(tmp_path / "centre")
    words, copied = 0, ""
    for number in range(learners):
        answers = [_written(random, language, _WORDS) for _ in QUESTIONS]
        if number % 50 == 1:  # Copied from the learner before.
            answers[0] = f"{copied} {answers[0]}"
        copied = answers[1][:900].rpartition(". ")[0] + "."
        text = answered(answers)
        words += len(text.split())
        add_learner(path, f"L{number:05}", f"Learner {number}", evidence=text)
    print(f"\n{learners:,} learners, {words:,} words")
    for named in ("from nothing", "again"):
        seen, first, whole = _looked(path)
        found = {(each.one, each.other) for each in seen.pairs}
        copies = {(f"L{number - 1:05}", f"L{number:05}") for number in range(1, learners, 50)}
        print(f"  {named}: first {first:.1f} s, whole {whole:.1f} s; {len(copies & found)} of {len(copies)} found,")
        print(f"  {len(found - copies)} others, {seen.left} not looked into")
    kept = sum(each.stat().st_size for each in (tmp_path / "user").rglob("fingerprints.db*"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  index {kept / 1e6:.0f} MB, most memory of the process {memory} MB")
    began = time.perf_counter()
    centre = Centre.open(path, member="ines", places=places_in(tmp_path / "user"))
    centre.caseload.now()
    *_, seen = centre.alike.look(Progress(), learner="L00001")
    print(f"  one learner: {time.perf_counter() - began:.1f} s with the caseload, {len(seen.pairs)} pair")
    assert copies <= found
