"""What the head of a text says of itself, in every form that is left when somebody edited it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.feedback.addressee import addressed, doubts, refuse_what_is_of_another
from markterm.domain.feedback.feedback import feedback_on_unit
from markterm.domain.feedback.feedback_heading import (
    Addressed,
    Told,
    contradictions,
    head_of,
    is_marked,
    marked,
    names_somebody,
    unmarked,
)
from markterm.domain.record.event import Result
from markterm.domain.words.errors import Refused
from markterm.domain.words.learner_names import LearnerNames
from markterm.exports.document.feedback_sheet import feedback_sheet
from markterm.exports.markdown.render import render
from tests.exports.tea import CENTRE, TEA
from tests.exports.test_feedback_sheet import NOTES, made
from tests.seen_text import seen_text

CODES = ("T-101", "T-102", "T-IA", "8580-501", "8580-500")
TO = Addressed("AAA1", "Rosalind Jones", "T-101", {"T-101": Told(2, Result.REFER)})
BOTH = Addressed("AAA1", "Rosalind Jones", "T-IA", {"T-101": Told(2, Result.REFER), "T-102": Told(1, Result.PASS)})
NAMES = LearnerNames(
    [("AAA1", "Rosalind Jones"), ("BBB2", "Nneka Okafor"), ("CCC3", "May Hope"), ("DDD4", "Tom Jones")]
)


def against(text: str, to: Addressed = TO) -> list[str]:
    return [f"{each.what}: {each.value}" for each in contradictions(head_of(text, CODES), to)]


OWN = """\
# Feedback T-101 Making Tea

| | |
|---|---|
| Centre number | 012345 |
| Learner registration number | AAA1 |
| Learner name | Rosalind Jones |
| Unit | version 2026-01, level 1, credit 2 |
| Attempt | 2 |
| Outcome | Referral: what is missing is named below |

## Summary

Outcome: a pass is near. Attempt 3 may do it.
"""
PLAIN = """\
Feedback on T-101 Making Tea
Outcome: referral
Attempt 2
Learner: Jones, Rosalind
Registration: AAA1

Summary
Well done.
"""


@pytest.mark.parametrize("text", [OWN, PLAIN, OWN.replace("|", " "), OWN.replace("| ", "| **").replace(" |", "** |")])
def test_the_head_of_this_feedback_is_in_order_in_every_form(text: str) -> None:
    assert against(text) == []
    assert names_somebody(head_of(text, CODES))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("| Learner registration number | BBB2 |", "registration"),
        ("| **Learner registration number** | **BBB2** |", "registration"),
        ("Learner registration number: BBB2", "registration"),
        ("**Registration:** BBB2", "registration"),
        ("- ENR: BBB2", "registration"),
        ("Registration number BBB2", "registration"),
        ("Learner registration number\tBBB2", "registration"),
        ("| Learner name | Nneka Okafor |", "learner"),
        ("Learner name: Nneka Okafor", "learner"),
        ("Learner: Nneka Okafor (BBB2)", "learner"),
        ("For: Nneka Okafor", "learner"),
        ("Name – Rosalind Okafor", "learner"),
        ("> Candidate: N. Okafor", "learner"),
        ("# Feedback T-102 Washing Up", "unit or assignment"),
        ("Feedback on unit 8580-500 Something", "unit or assignment"),
        ("Feedback T-IA Tea for Two", "unit or assignment"),
        ("Unit: T-102 Washing Up", "unit"),
        ("## T-102 Washing Up", "unit"),
        ("| Attempt | 1 |", "attempt"),
        ("Attempt: 1", "attempt"),
        ("*Attempt 3*", "attempt"),
        ("Attempt: first", "attempt"),
        ("| Outcome | Pass |", "outcome"),
        ("**Outcome:** PASS", "outcome"),
        ("Result - passed", "outcome"),
        ("Outcome: not closed yet", "outcome"),
        ("1. Learner name: Nneka Okafor", "learner"),
        ("<b>Learner name</b>: Nneka Okafor", "learner"),
        ("Learner name;Nneka Okafor", "learner"),
        ("Unit T-102 Washing Up", "unit"),
        ("- [x] Outcome: Pass", "outcome"),
        ("Outcome of unit T-101: Pass", "outcome"),
        ("Grade: achieved", "outcome"),
        ("**PASS**", "outcome"),
        ("First attempt", "attempt"),
        ("Attempt 1 of 2", "attempt"),
        ("Attempt #1", "attempt"),
        ("Attempt: original", "attempt"),
        ("Attempt: III", "attempt"),
        ("Grade: P", "outcome"),
        ("Outcome: met", "outcome"),
        ("Outcome: competent", "outcome"),
        ("Learner\u00a0name: Nneka Okafor", "learner"),
        ("\ufeffLearner name\uff1a Nneka Okafor", "learner"),
        ("Learner na\u00adme: Nneka Okafor", "learner"),
        ("Learner name—Nneka Okafor", "learner"),
        ("Feedback T\u2011102 Washing Up", "unit or assignment"),
    ],
)
def test_a_head_that_names_another_is_seen_in_every_form(line: str, what: str) -> None:
    (found,) = against(f"Please read.\n\n{line}\n\n## Summary\n\nDone.\n")
    assert found.startswith(f"{what}: ")


@pytest.mark.parametrize(
    "outcome",
    [
        "not passed",
        "Did not pass",
        "no pass",
        "fail",
        "R",
        "not met",
        "not yet competent",
        "to be resubmitted",
        "unsuccessful",
    ],
)
def test_a_pass_is_not_released_with_a_head_that_says_in_other_words_that_it_is_none(outcome: str) -> None:
    passed = Addressed("AAA1", "Rosalind Jones", "T-101", {"T-101": Told(1, Result.PASS)})
    assert against(f"Outcome: {outcome}\n", passed) == [f"outcome: {outcome}"]
    assert against("Attempt: resubmission\n", passed) == ["attempt: resubmission"]


def test_the_lines_of_the_head_may_stand_in_any_order_and_are_all_named() -> None:
    other = "Outcome: Pass\nLearner name: Nneka Okafor\nAttempt: 1\nFeedback T-102\nRegistration: BBB2\n"
    assert len(against(other)) == 5
    with pytest.raises(Refused, match=r"Nneka Okafor.*T-101 attempt 2 \(refer\) of AAA1 Rosalind Jones"):
        refuse_what_is_of_another(other, TO, CODES)


@pytest.mark.parametrize(
    "line",
    [
        "Learner name: R. Jones",
        "Learner: Rosalind",
        "Learner name: JONES, Rosalind",
        "Registration: aaa1",
        "Unit: Making Tea",
        "Unit: 101",
        "Feedback 101",
        "Outcome: see below",
        "Outcome: not yet achieved",
        "Unit 3 of the book helps",
        "Second attempt",
        "Attempt: resubmission",
        "Attempt: I think that it is nearer",
        "Outcome: not passed",
        "Outcome: did not pass",
        "Outcome: to be resubmitted",
        "Outcome: referral, not a pass",
        "Attempt: last",
        "For the next time: add dates",
        "To do: add dates",
        "Name: is missing on the log",
    ],
)
def test_what_may_be_so_is_no_contradiction(line: str) -> None:
    assert against(line) == []


def test_prose_below_the_head_contradicts_nothing() -> None:
    assert against("Registration: AAA1\n\n## LO1 Make tea\n\nAttempt 1\n\nOutcome: Pass\n\nUnit: T-102\n") == []


def test_the_units_of_an_assignment_each_have_a_head() -> None:
    good = "# Feedback T-IA Tea\n\n## T-101 Making Tea\n\n- Attempt: 2\n- Outcome: Referral\n\n### Summary\n\nx\n\n"
    good += "## T-102 Washing Up\n\n- Attempt: 1\n- Outcome: Pass\n"
    assert against(good, BOTH) == []
    assert against(good.replace("- Attempt: 1", "- Attempt: 2"), BOTH) == ["attempt: 2"]
    assert against(good.replace("T-102", "8580-501"), BOTH)[0] == "unit: 8580-501"


@pytest.mark.parametrize("text", ["# Dear Rosalind\n\nNearly there.\n", "Rosalind Jones did well.", ""])
def test_a_text_without_a_head_is_asked_about(text: str) -> None:
    assert doubts(text, TO, NAMES, CODES) == ("The text has no head that says whose feedback it is.",)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("You worked with Nneka Okafor.", "“Nneka Okafor” (BBB2)"),
        ("You worked with NNEKA.", "“NNEKA” (BBB2)"),
        ("As bbb2 said.", "“bbb2” (BBB2)"),
        ("May Hope helped.", "“May Hope” (CCC3)"),
        ("Tom Jones helped.", "“Tom Jones” (DDD4)"),
    ],
)
def test_a_text_that_names_another_learner_anywhere_is_asked_about(note: str, words: str) -> None:
    assert doubts(f"{OWN}\n{note}\n", TO, NAMES, CODES) == (f"It names another learner: {words}.",)


def test_nothing_is_asked_of_words_and_of_the_learners_own_name() -> None:
    assert doubts(f"{OWN}\nMay I hope that Rosalind Jones, Ms Jones, reads on? Hope so.\n", TO, NAMES, CODES) == ()


def test_many_names_are_counted_after_the_first() -> None:
    people = [(f"R{number:03}", f"Zed{chr(97 + number)}x Quork{chr(97 + number)}") for number in range(9)]
    text = OWN + " ".join(name for _, name in people)
    asked = doubts(text, TO, LearnerNames(people), CODES)
    assert (len(asked), asked[-1]) == (6, "It names 4 more.")


def test_the_mark_of_a_draft_is_put_first_and_taken_out_wherever_it_stands() -> None:
    held = marked(OWN, "held for verification")
    assert held.startswith("**DRAFT, not released: held for verification.**\n\n# Feedback")
    assert unmarked(held) == OWN
    assert unmarked(f"Dear Rosalind\n\n> {marked('Read this.', '')}") == "Dear Rosalind\n\nRead this."
    assert is_marked(held)
    assert not is_marked(OWN)


def test_a_text_that_still_says_that_it_is_a_draft_is_refused() -> None:
    with pytest.raises(Refused, match="says that it is a draft"):
        refuse_what_is_of_another(unmarked(f"{OWN}\nNB: DRAFT, not released: held.\n"), TO, CODES)


WORDS = seen_text(min_size=1, max_size=20).filter(lambda text: any(sign.isalnum() for sign in text))


@pytest.mark.parametrize("value", ["Washing Up", "washing up (level 1)", "Washing Up Well"])
def test_the_title_of_another_unit_is_another_units(value: str) -> None:
    to = replace(TO, other_titles=("Washing Up", "Washing Up Well"))
    stated = against(f"Learner name: Rosalind Jones\nUnit: {value}\n", to)
    assert stated == ([] if "(" in value else [f"unit: {value}"])


def test_a_title_that_is_no_other_units_is_nobodys() -> None:
    to = replace(TO, other_titles=("Washing Up",))
    for value in ("Making Tea", "Washing", "Up", "version 2026-01, level 1"):
        assert against(f"Learner name: Rosalind Jones\nUnit: {value}\n", to) == []


@given(WORDS, WORDS, WORDS, st.text(max_size=60))
def test_what_we_print_ourselves_never_contradicts_itself(registration: str, name: str, title: str, note: str) -> None:
    portfolio = made({**NOTES, "1.2": note.strip() or "x"}, note)
    unit = Unit(TEA.code, title, outcomes=TEA.outcomes, level=1, credit=2, version="2026-01")
    feedback = feedback_on_unit(unit, portfolio)
    learner = Learner(registration, name)
    text = render(feedback_sheet(CENTRE, learner, feedback, portfolio))
    to = addressed(feedback, learner, {TEA.code: title, "T-102": "Washing Up"})
    assert contradictions(head_of(text, CODES), to) == ()


@given(st.text(), st.lists(st.sampled_from([*CODES, "|", "Learner name", ": ", "Attempt", "1", "\n", "**", "## "])))
def test_any_text_has_a_head_or_none(text: str, pieces: list[str]) -> None:
    contradictions(head_of("".join(pieces) + text, CODES), TO)
    # The lines below the mark go with it.
    assert unmarked(marked(text, "")).lstrip("\n") in (text.lstrip("\n"), unmarked(text).lstrip("\n"))
