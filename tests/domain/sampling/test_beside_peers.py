"""κ and the bound of a random sample beside statsmodels and scipy, over random tables: `pip install -e '.[peers]'`."""

from __future__ import annotations

from math import isnan
from random import Random

import pytest

from markterm.domain.sampling.fisher import by_chance
from markterm.domain.sampling.kappa import cohen, fleiss
from markterm.domain.sampling.proof import most_not_agreed

pytestmark = pytest.mark.long

_TABLES = 3000
_CLOSE = 1e-9


def _alike(own: float | None, theirs: float) -> bool:
    """Whether both are the same number, or both none."""
    return isnan(theirs) if own is None else abs(own - theirs) <= _CLOSE


def test_cohens_kappa_is_that_of_statsmodels() -> None:
    peer, random = pytest.importorskip("statsmodels.stats.inter_rater").cohens_kappa, Random(1960)
    for _ in range(_TABLES):
        size, most = random.randint(2, 6), random.choice((1, 5, 100))
        table = [[random.randint(0, most) for _ in range(size)] for _ in range(size)]
        if (own := cohen(table)) is not None:
            assert _alike(float(own), peer(table, return_results=False))


@pytest.mark.filterwarnings("ignore:invalid value encountered")  # theirs divides by zero where κ is undefined
def test_fleiss_kappa_is_that_of_statsmodels() -> None:
    peer, random = pytest.importorskip("statsmodels.stats.inter_rater").fleiss_kappa, Random(1971)
    array = pytest.importorskip("numpy").array
    undefined = 0
    for _ in range(_TABLES):
        raters, answers = random.randint(2, 9), random.randint(2, 6)
        said = [random.choices(range(answers), k=raters) for _ in range(random.randint(1, 40))]
        table = [[each.count(answer) for answer in range(answers)] for each in said]
        own = fleiss(table)
        undefined += own is None
        assert _alike(None if own is None else float(own), peer(array(table)))
    assert undefined, "some of them have none"


def test_the_bound_is_the_largest_that_the_hypergeometric_distribution_of_scipy_lets_be() -> None:
    chance, random = pytest.importorskip("scipy.stats").hypergeom.cdf, Random(95)
    for _ in range(_TABLES):
        population = random.choice((5, 30, 400, 3000))
        looked_at = random.randint(1, population)
        not_agreed = random.randint(0, min(looked_at, 20))
        most = most_not_agreed(population, looked_at, not_agreed)
        assert chance(not_agreed, population, most, looked_at) >= 0.05 - _CLOSE
        if most < population - (looked_at - not_agreed):
            assert chance(not_agreed, population, most + 1, looked_at) < 0.05 + _CLOSE


def test_how_far_apart_chance_makes_two_shares_is_what_scipy_says() -> None:
    peer, random = pytest.importorskip("scipy.stats").fisher_exact, Random(1935)
    for _ in range(_TABLES):
        of, among = random.choice((5, 40, 900)), random.choice((5, 40, 900))
        one, other = random.randint(0, of), random.randint(0, among)
        theirs = float(peer([[one, of - one], [other, among - other]])[1])
        assert _alike(by_chance(one, of, other, among), theirs)
