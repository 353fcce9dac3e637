"""Everybody whom a text names is covered while somebody is marked blind."""

from __future__ import annotations

import random
from random import Random

import pytest

from markterm.domain.views.blind import Blind, Disguise
from markterm.domain.views.covering import Covering
from markterm.domain.words.learner_names import LearnerNames
from tests.pace import steps

PEOPLE = {
    "AAA1": "Rosalind Jones",
    "BBB2": "Nneka Okafor",
    "HHH8": "May Hope",
    "TTT3": "Tom Jones",
    "WWW4": "Will Marks",
}
NAMES = LearnerNames(PEOPLE.items(), ["Asha Patel"])
OWN = Disguise("AAA1", "Rosalind Jones", "Learner 9", ("jones.md",))


def label(registration: str) -> str:
    return f"<{registration}>"


ALL = Covering(NAMES, label, OWN)
BUT_NNEKA = Covering(NAMES, label, None, frozenset({"BBB2"}))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("With Nneka Okafor and OKAFOR, BBB2", "With <BBB2> and <BBB2>, <BBB2>"),
        ("Rosalind worked with Tom Jones, says Jones.", "Learner 9 worked with <TTT3>, says Learner 9."),
        ("okafor_log.docx and rosalind-jones.docx", "<BBB2>_log.docx and Learner 9.docx"),
        ("In May we Hope that Will Marks, May Hope, hhh8 may", "In May we Hope that <WWW4>, <HHH8>, <HHH8> may"),
        ("Marks: Will, Grace, Rose. Ms Hope", "Marks: Will, Grace, Rose. Ms <HHH8>"),
        ("said Asha Patel", "said Asha Patel"),
    ],
)
def test_everybody_is_covered_in_what_others_wrote(text: str, shown: str) -> None:
    assert ALL.covered(text) == shown


def test_a_name_that_several_have_has_no_label_of_one() -> None:
    assert BUT_NNEKA.covered("Ask Jones.") == "Ask a learner."


def test_who_is_shown_by_name_may_be_named() -> None:
    assert BUT_NNEKA.covered("Nneka Okafor, BBB2, and Tom Jones") == "Nneka Okafor, BBB2, and <TTT3>"


def test_pieces_are_in_order_and_apart() -> None:
    for text in ("Tom Jones, Jones, R. Jones-AAA1 jones.md Tom_Jones", "BBB2/AAA1/TTT3 Rosalind Nneka Jones"):
        ends = [place for start, end, _ in ALL.pieces(text) for place in (start, end)]
        assert ends == sorted(ends)
        covered = Covering(NAMES, lambda _: "X", OWN).covered(text).casefold()
        assert all(word not in covered for word in ("jones", "nneka", "aaa1", "bbb2", "ttt3"))


def many_learners(count: int) -> tuple[Covering, list[str], str]:
    """A cover for so many learners, a screen of words, and the name of a learner that stands in it."""
    rolled = random.Random(3)
    syllables = ["ka", "lo", "mi", "ren", "tas", "vo", "dri", "el", "an", "ob", "sha", "nu"]
    given = ["Oliver", "Amelia", "Isla", "Noah", "Grace", "May", "Will", "Hope", "Mark", "Rose"]
    people = [
        (f"REG{number:05}", f"{rolled.choice(given)} {''.join(rolled.choices(syllables, k=3)).capitalize()}")
        for number in range(count)
    ]
    blind = Blind(Random(1))
    blind.meet(registration for registration, _ in people)
    covering = Covering(LearnerNames(people), blind.label, Disguise(*people[0], label="Learner 1"))
    words = ["the", "learner", "May", "said", "that", "plan", "Mark", "and", "é", "evidence", "of", "│", "diary.md"]
    lines = [" ".join(rolled.choices(words, k=30))[:160] for _ in range(43)]
    lines += [f"with {people[77][1]} and {people[78][0]}", f"by {people[0][1]}"]
    return covering, lines, people[77][1]


def test_a_screen_is_covered_with_no_more_steps_for_more_learners() -> None:
    def cover(count: int) -> int:
        covering, lines, named = many_learners(count)
        covered = [covering.covered(line) for line in lines]
        assert named not in covered[-2]
        assert covered[-1] == "by Learner 1"
        return steps(lambda: [covering.covered(line) for line in lines])

    assert cover(10_000) <= 1.5 * cover(100)
