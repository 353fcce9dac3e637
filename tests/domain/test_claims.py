"""What was claimed: as far as somebody came, and no further than what was not taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.claims import in_words
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio, fold

_UNIT = UnitKey("T-101", "2026-01")


def step(uid: str, said: Claimed, supersedes: tuple[str, ...] = (), unit: UnitKey | None = _UNIT) -> Event:
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    subject = Subject(None if said.qualification else unit)
    return Event(uid, Kind.CLAIMED, "AAA1", at, "ines", "coordinator", subject, said.write(), supersedes)


_CLAIMED = step("c", Claimed(ClaimStep.CLAIMED, on=date(2026, 6, 1), number="17"))
_RECEIVED = step("r", Claimed(ClaimStep.RECEIVED, on=date(2026, 6, 12)), ("c",))


def test_a_claim_is_as_far_as_its_last_step() -> None:
    (claim,) = fold([_CLAIMED, _RECEIVED]).claims
    assert (claim.place, claim.state, claim.heads) == ("T-101", ClaimStep.RECEIVED, ("r",))
    claimed = claim.last(ClaimStep.CLAIMED)
    assert claimed is not None
    assert (claimed.on, claimed.number, claimed.actor) == (date(2026, 6, 1), "17", "ines")


def test_a_step_that_was_taken_back_counts_no_more() -> None:
    back = step("b", Claimed(ClaimStep.TAKEN_BACK, text="Another learner's."), ("r",))
    (claim,) = fold([_CLAIMED, _RECEIVED, back]).claims
    assert claim.state is ClaimStep.CLAIMED
    assert claim.last(ClaimStep.RECEIVED) is None
    again = step("a", Claimed(ClaimStep.TAKEN_BACK, text="None."), ("b", "c"))
    assert fold([_CLAIMED, _RECEIVED, back, again]).claims[0].state is None


def test_the_day_of_a_step_without_one_is_that_of_its_entry() -> None:
    (claim,) = fold([step("s", Claimed(ClaimStep.SENT))]).claims
    assert claim.steps[0].on == date(2026, 6, 1)


def test_units_and_qualifications_are_claimed_apart() -> None:
    events = [_CLAIMED, step("q", Claimed(ClaimStep.EXEMPT, "T-CERT", text="Transferred."))]
    unit, qualification = fold(events).claims
    assert (unit.place, unit.state) == ("T-101", ClaimStep.CLAIMED)
    assert (qualification.place, qualification.state) == ("T-CERT", ClaimStep.EXEMPT)


def test_of_two_who_had_not_seen_each_other_both_count_in_whatever_order() -> None:
    beside = step("x", Claimed(ClaimStep.SENT), ("c",))
    states = {fold([_CLAIMED, *order]).claims[0].state for order in permutations([_RECEIVED, beside])}
    assert states == {ClaimStep.SENT}


def test_a_claim_folded_on_is_a_claim_folded_from_the_start() -> None:
    assert Portfolio().with_event(_CLAIMED).with_event(_RECEIVED) == fold([_CLAIMED, _RECEIVED])


def test_a_claim_of_neither_a_unit_nor_a_qualification_is_none() -> None:
    assert fold([step("n", Claimed(ClaimStep.CLAIMED), unit=None)]).claims == ()


def test_a_step_is_told_in_a_line() -> None:
    said = Claimed(ClaimStep.RECEIVED, "T-CERT", on=date(2026, 6, 12), number="17")
    assert in_words(step("r", said)) == "T-CERT certificate received, number 17, as of 2026-06-12"
