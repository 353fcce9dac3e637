"""What a verifier who decides first has still to decide: nothing that is theirs, was decided first, or is answered."""

from __future__ import annotations

from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said
from markterm.domain.views.deciding_first import undecided
from tests.domain.test_verified_by_criterion import CLOSED, PARTS, answered
from tests.samples import ASSESSOR, KEY, VERIFIER

DECIDED = ("1.1", "1.2")


def test_what_nobody_answered_to_is_undecided_but_for_whoever_decided_it() -> None:
    record = CLOSED.unit(KEY)
    assert set(DECIDED) <= set(undecided(record, VERIFIER.id, {}))
    assert undecided(record, ASSESSOR.id, {}) == ()
    decision = record.criterion("1.1").decision
    assert decision is not None
    assert "1.1" not in undecided(record, VERIFIER.id, {("1.1", decision.uid): Result.PASS})
    assert "1.1" in undecided(record, VERIFIER.id, {("1.1", "another"): Result.PASS})


def test_what_they_answered_to_is_not_undecided() -> None:
    parts = answered(CLOSED, PARTS)
    assert not set(DECIDED) & set(undecided(parts.unit(KEY), VERIFIER.id, {}))
    assert undecided(answered(CLOSED, Said(True, "Read.")).unit(KEY), VERIFIER.id, {}) == ()
    assert set(DECIDED) <= set(undecided(parts.unit(KEY), "vo", {})), "another verifier's answer is not their own"
