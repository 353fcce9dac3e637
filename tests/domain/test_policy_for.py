"""What waits for a summative sample is as the learner's qualifications say, and else as the policy does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.strategy import Before, Strategies, Strategy
from markterm.domain.record.centre_details import CentreDetails

OWN = {"NVQ": Strategy(summative_before=Before.CLAIM), "BTEC": Strategy(summative_before=Before.RELEASE)}


@pytest.mark.parametrize("usual", [True, False])
@pytest.mark.parametrize(
    ("qualifications", "waits"),
    [
        ((), None),
        (("OTHER",), None),
        (("NVQ",), False),
        (("BTEC",), True),
        (("NVQ", "BTEC"), True),
    ],
)
def test_feedback_waits_as_the_learners_qualifications_say(
    usual: bool, qualifications: tuple[str, ...], waits: bool | None
) -> None:
    policy = Policy(feedback_waits_for_verification=usual)
    details = CentreDetails("1", "Centre", policy=policy, strategies=Strategies(own=OWN))
    found = details.policy_for(Learner("AAA1", "Rosalind Jones", qualifications=qualifications))
    assert found.feedback_waits_for_verification is (usual if waits is None else waits)
    assert replace(found, feedback_waits_for_verification=usual) == policy


def test_one_qualification_that_says_nothing_waits_as_the_policy_does_beside_one_that_says_claim() -> None:
    details = CentreDetails("1", "Centre", strategies=Strategies(own=OWN))
    both = Learner("AAA1", "Rosalind Jones", qualifications=("NVQ", "OTHER"))
    assert details.policy_for(both).feedback_waits_for_verification
