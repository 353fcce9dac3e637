"""What makes a learner's file look like another's."""

from __future__ import annotations

from markterm.domain.incoming.of_another import is_of_another, of_another
from markterm.domain.words.learner_names import LearnerNames

NAMES = LearnerNames([("AAA1", "Rosalind Jones"), ("BBB2", "Nneka Okafor")], ["Asha Patel"])


def test_the_same_bytes_and_anothers_name_or_registration_are_told_and_nobody_is_named() -> None:
    files = [
        "plan.md",
        "Nneka_Okafor_plan.md",
        "BBB2/log.md",
        "Rosalind Jones AAA1.md",
        "by Asha Patel.md",
        "okafor.md",
    ]
    told = of_another(files, {"plan.md", "BBB2/log.md"}, NAMES, "AAA1")
    assert told == {
        "plan.md": "the same bytes as a file of another learner",
        "Nneka_Okafor_plan.md": "the name of another learner in its name",
        "BBB2/log.md": "the same bytes as a file of another learner, the registration of another learner in its name",
    }
    assert all(map(is_of_another, told.values()))
