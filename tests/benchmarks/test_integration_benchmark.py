"""What a proposal for an integrated assignment of very many units costs.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_integration_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time

import pytest

from markterm.domain.views.integration import propose
from tests.domain.test_integration import stem, synthetic

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("words", [60, 600, 6000])
def test_two_hundred_units_of_fifty_criteria_end_in_reasonable_time(words: int) -> None:
    units = synthetic(200, 50, words)
    begun = time.perf_counter()
    proposal = propose(units, stem)
    took = time.perf_counter() - begun
    print(
        f"\n200 units of 50 criteria, {words:5} words: {took:5.1f} s, {len(proposal.joined)} joined tasks   (target 30)"
    )
    assert took < 30
