"""Advice on giving the answer away, measured on notes that were labelled before the rules were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.demo import notes as demo
from markterm.domain.feedback.given_answer import gives_away
from markterm.domain.feedback.given_answer_forms import FORMS
from tests.advice import measure

FILES = sorted((Path(__file__).parent.parent / "data" / "labelled_notes").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nine_in_ten_that_are_pointed_at_give_the_answer_and_eight_in_ten_that_give_it_are_pointed_at(
    file: Path,
) -> None:
    measured = measure(file)
    print(measured.report())  # noqa: T201 - shown with -s, and when it fails
    assert measured.precision >= 0.9
    assert measured.recall >= 0.8


def test_what_the_demos_assessors_write_is_left_in_peace() -> None:
    referred = [note for notes in demo.NOTES.values() for _, note in notes.values()]
    found = [note for note in referred if gives_away(note, "")]
    assert len(referred) > 40
    assert len(found) <= 2, found


@pytest.mark.parametrize(
    ("form", "note"),
    [
        ("dictated", "Write: “By 1 March I will have completed a course.”"),
        ("say that", "You need to say that coaching is about performance."),
        ("say it", "Just say you chose GROW because the client had a goal."),
        ("is that", "The main risk is that managers leave."),
        ("to bring in", "The point to make is that you interrupt."),
        ("and it comes out", "Count the call in May and you get to 12."),
        ("would be, because", "Mentoring would be better because the apprentice needs contacts."),
        ("looked for", "It breaks the chain, which is what I wanted to read."),
        ("needed", "The law you need here is the Equality Act."),
        ("is to", "The purpose of the test is to see whether the client is allergic."),
        ("put", "Put 90 minutes for session 2."),
        ("steps", "First identify the circuit, then isolate and lock off."),
        ("that is it", "The body asks for it: that is your justification."),
        ("replaced", "Swap steps 2 and 3."),
        ("should be", "Your total should be £5,400."),
        ("the one", "The missing step is locking off the isolator."),
        ("as", "Enter session 7 as 75 minutes."),
        ("not that", "It is 75 degrees, not 60."),
    ],
)
def test_every_form_finds_what_it_is_for(form: str, note: str) -> None:
    assert FORMS[form].search(note)
    assert gives_away(note, "Explain it")


def test_every_form_is_tried() -> None:
    assert len(FORMS) == 18


@pytest.mark.parametrize(
    "note",
    [
        "Coaching draws out what the person knows, mentoring passes on what the mentor knows.",
        "Benefits: lower turnover, fewer complaints.",
        "75 °C.",
        "You could have mentioned gloves, aprons and masks.",
        "e.g. errors of omission, errors of commission and compensating errors.",
        "Before you cut the pipe you would turn off the stop valve. Put that in.",
        "Start with 120 grit, then 180 and finish with 240, always along the grain.",
        "Drop the voltage to about 110 and slow down.",
        "A vessel takes up the water as it is heated up there - you have described a relief valve instead.",
        "A firewall blocks incoming traffic from strangers that does not match.",
        "Look at the chart: it says 75 °C, and that is it.",
        "Stay calm, keep the cup and tell the lead at once.",
        "The causes were: roles, a small budget and a manager who took sides.",
        "Mentoring is for new drivers and coaching for leaders, and so they differ in your depot.",
        "GROW starts with the goal whereas CLEAR starts with a contract.",
        "You chose the questionnaire because she finds it hard to talk; write this down.",
    ],
)
def test_a_statement_of_the_subject_matter_gives_the_answer(note: str) -> None:
    assert gives_away(note, "Weigh the costs, benefits and models")


@pytest.mark.parametrize(
    "note",
    [
        "The log adds up to nine hours. Three more are to be evidenced.",
        "You state 60 °C. Check it.",
        "All true, but it could be about any kitchen.",
        "Hand washing gets a lot of attention, whereas waste is passed over.",
        "It would help to start with the boxes in order and say what goes in each.",
        "The figure is £300 too high because the returns have been treated wrongly.",
        "Add dates, times and the names of those who were there.",
        "Objectives should be measurable; the first and the third cannot be measured yet.",
        "Say that again with dates.",
        "If you say that it worked, show the figures.",
        "Is it that a coach asks and a mentor advises?",
        "Both appraisals are from the same manager, so they count as one source.",
        "Your source for the second model is a blog without an author.",
        "The order of the steps cannot be followed as it stands.",
        "Two steps have changed places with each other on the way. Check them against the guidance.",
        "Notes went from the cabinet to the open shelf in spring. What followed from that?",
        "Check the log, add the dates and hand it in again.",
        "Number the steps, so that the order can be followed.",
        "",
        "…",
    ],
)
def test_what_is_missing_asked_or_sent_for_gives_nothing_away(note: str) -> None:
    assert gives_away(note, "Plan it") is None
