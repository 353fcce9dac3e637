"""What a Lead IV looks at of each verifier: a share, drawn, what was looked at counted first."""

from __future__ import annotations

from datetime import date

from markterm.domain.record.bodies.observing import SeenHow
from markterm.domain.record.states import VerificationState
from markterm.domain.record.to_observe import ToObserve
from markterm.domain.sampling.assessed_unit import Answered, AssessedUnit
from markterm.domain.sampling.beside import NOTHING_BESIDE, BesidePlan
from markterm.domain.sampling.verifiers import VerifierSampled, verifiers_sampled

BEGINS, ENDS = date(2026, 9, 1), date(2027, 8, 31)


def verified(learner: str, by: str = "omar", on: date = BEGINS, countersigned_by: str = "") -> AssessedUnit:
    answered = Answered(on, by, VerificationState.AGREED, countersigned_by=countersigned_by)
    return AssessedUnit(learner, "T-101", "", "asha", ("asha",), (("asha", on),), on, "pass", answered=answered)


def sampled(*units: AssessedUnit, percent: int = 10, leads: tuple[str, ...] = ("iva",)) -> tuple[VerifierSampled, ...]:
    return verifiers_sampled(units, BEGINS, ENDS, percent, leads, "s")


def test_a_share_of_each_verifier_is_drawn_rounded_up() -> None:
    units = [verified(f"L{number}") for number in range(11)] + [verified("L99", "ines")]
    ines, omar = sampled(*units)
    assert (ines.verifier, ines.verified, ines.asked) == ("ines", 1, 1)
    assert (omar.verified, omar.asked, len(omar.to_look_at)) == (11, 2, 2)
    assert sampled(*reversed(units)) == (ines, omar), "whatever the order"


def test_what_a_lead_looked_at_counts_first_and_what_another_countersigned_does_not() -> None:
    units = [verified(f"L{number}") for number in range(8)]
    units += [verified("DONE", countersigned_by="iva"), verified("TRAINED", countersigned_by="ines")]
    (omar,) = sampled(*units)
    assert (omar.verified, omar.looked_at, omar.to_look_at) == (10, (("DONE", "T-101"),), ())
    (omar,) = sampled(*units, percent=20)
    assert (omar.asked, len(omar.to_look_at)) == (2, 1)
    assert ("TRAINED", "T-101") not in omar.to_look_at


def test_nobody_looks_at_their_own_and_that_is_said() -> None:
    assert [each.nobody for each in sampled(verified("L1", "iva"))] == ["the centre has no other Lead IV"]
    assert [each.nobody for each in sampled(verified("L1", "iva"), leads=("iva", "max"))] == [""]
    assert [each.nobody for each in sampled(verified("L1"), leads=())] == ["the centre has no Lead IV"]


def test_outside_the_days_and_without_a_share_nothing_is_sampled() -> None:
    assert sampled(verified("L1", on=date(2026, 8, 31))) == ()
    assert sampled(verified("L1"), percent=0) == ()


def test_what_is_to_be_seen_beside_the_samples_is_said_line_by_line_and_in_short() -> None:
    asha = ToObserve("asha", SeenHow.OBSERVATION, 12)
    (omar,) = sampled(verified("L1"))
    (done,) = sampled(verified("L1", countersigned_by="iva"))
    beside = BesidePlan((asha,), (omar, done))
    assert [(is_done, words[:11]) for is_done, words in beside.lines] == [
        (False, "observation"),
        (False, "verified by"),
        (True, "verified by"),
    ]
    assert beside.in_short == "1 observation or interview due, 0 planned; 1 verification for a Lead IV to look at"
    assert NOTHING_BESIDE.in_short == ""
