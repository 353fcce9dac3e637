"""Advice on feedback: what is pointed at, and what is left in peace."""

from __future__ import annotations

import pytest

from markterm.domain.assessed.unit import Criterion, Descriptor, Standing, Unit
from markterm.domain.feedback.feedback import Feedback, OutcomeFeedback, Remark, UnitFeedback
from markterm.domain.feedback.feedback_advice import Advice, Concern, advice
from markterm.domain.record.citation import Citation, Passage
from markterm.domain.record.event import Result
from tests.samples import AT

UNIT = Unit("T-101", "Making Tea")
LOG = Criterion(
    "2.1",
    "Deliver at least 12 hours of coaching",
    (
        Descriptor(Standing.REFER, "fewer than 12 hours are evidenced by what the learner handed in so far"),
        Descriptor(Standing.PASS, "12 hours or more are evidenced by session and confirmed by the clients"),
        Descriptor(Standing.GOOD, "sessions build on each other"),
    ),
)


def on(*remarks: Remark) -> tuple[Advice, ...]:
    strengths = tuple(each for each in remarks if each.result is Result.PASS)
    missing = tuple(each for each in remarks if each.result is Result.REFER)
    outcome = OutcomeFeedback(1, "", strengths, missing)
    return advice(Feedback("", (UnitFeedback(UNIT, 1, None, (outcome,), ()),)))


def remark(note: str, wording: str = "Keep a log", result: Result = Result.REFER, number: str = "1.1") -> Remark:
    return Remark(Criterion(number, wording), wording, result, note, 1)


def concerns(*remarks: Remark) -> list[tuple[Concern, tuple[str, ...]]]:
    return [(each.concern, each.numbers) for each in on(*remarks)]


@pytest.mark.parametrize(
    ("wording", "note"),
    [
        ("Evaluate two tools", "You list five tools and their features."),
        ("Critically evaluate two tools", "Clear and well written."),
        ("Analyse the feedback", "Three pages of feedback are attached."),
        ("Define and evaluate two tools", "A good definition."),
    ],
)
@pytest.mark.parametrize("result", list(Result))
def test_a_note_that_says_nothing_of_what_the_verb_asks_for_is_pointed_at(
    wording: str, note: str, result: Result
) -> None:
    assert concerns(remark(note, wording, result)) == [(Concern.VERB, ("1.1",))]


def test_the_reminder_names_the_verb_and_says_why() -> None:
    (found,) = on(remark("Five tools.", "Evaluate two tools", Result.PASS))
    assert (found.unit, found.sentence) == (
        "T-101",
        "1.1 says evaluate: the note says nothing of the learner's judgement or what it rests on.",
    )


@pytest.mark.parametrize(
    ("wording", "note"),
    [
        ("Evaluate two tools", "You weigh both and say which served the client."),
        ("Evaluate two tools", "Both tools are described. Which of them would you keep, for whom?"),
        ("Evaluate two tools", "The costs are missing from the picture."),
        ("Analyse the feedback", "A pattern in three of the answers."),
        ("Describe a model", "Five steps, each with an example."),
        ("Recommend changes", "Two, both for the autumn."),
        ("Deliver 12 hours", "The log adds up."),
        ("Bewerten Sie zwei Modelle", "Fünf Schritte."),
    ],
)
def test_a_note_that_does_is_left_in_peace(wording: str, note: str) -> None:
    assert concerns(remark(note, wording)) == []


def test_a_pass_needs_no_note() -> None:
    assert concerns(remark("", "Evaluate two tools", Result.PASS)) == []


@pytest.mark.parametrize("note", ["", " \n", "Insufficient.", "Log", "Not met.", "More evidence is needed, please."])
def test_a_referral_that_says_nothing_of_this_criterion_is_pointed_at(note: str) -> None:
    assert concerns(remark(note)) == [(Concern.EMPTY, ("1.1",))]


@pytest.mark.parametrize("note", ["Missing dates.", "The log?", "Not signed by the client."])
def test_a_short_referral_that_says_what_is_missing_is_left_in_peace(note: str) -> None:
    assert concerns(remark(note)) == []


def test_one_note_for_many_referrals_is_pointed_at_once() -> None:
    same = [remark("See the agreement.", number=number) for number in ("1.1", "1.2", "2.10")]
    same[1] = remark("see the agreement", number="1.2")
    (found,) = on(*same)
    assert (found.concern, found.numbers) == (Concern.SAME, ("1.1", "1.2", "2.10"))
    assert found.sentence.startswith("1.1, 1.2, 2.10 are referred with the same note")


def test_one_note_for_two_referrals_or_for_many_passes_is_left_in_peace() -> None:
    assert concerns(*(remark("See the log.", number=number) for number in ("1.1", "1.2"))) == []
    assert concerns(*(remark("In the log.", "Keep it", Result.PASS, number) for number in ("1.1", "1.2", "1.3"))) == []


@pytest.mark.parametrize(
    "note",
    [
        'Write "The coaching took twelve hours in seven sessions" in section 2.',
        "The total is missing. Please add the sentence “Each session lasted at least ninety minutes” there.",
        "Write that the sessions took place in March.",
        "The correct answer is twelve hours.",
        "You should have written how many hours there were.",
        "Insert the following: seven sessions, twelve hours.",
        "12 hours or more are evidenced by session and confirmed: that is what I look for.",
        "It is enough when sessions build on each other.",
    ],
)
def test_a_referral_that_gives_the_answer_away_is_pointed_at(note: str) -> None:
    (found,) = on(Remark(LOG, LOG.text, Result.REFER, note, 1))
    assert (found.concern, found.numbers) == (Concern.ANSWER, ("2.1",))


@pytest.mark.parametrize(
    "note",
    [
        "You write “I was very tired on that day in March”: what did the client do?",
        "Say what you mean by “I was tired and so was the client”.",
        "The criterion asks you to deliver at least 12 hours of coaching; the log has nine.",
        "So far fewer than 12 hours are evidenced by what the learner handed in.",
        "Say “when” for each session.",
        "The answer is missing.",
        "Use this log for every session.",
        "Say that again with the dates.",
    ],
)
def test_a_referral_that_quotes_the_learner_the_criterion_or_what_is_missing_is_left_in_peace(note: str) -> None:
    own = Passage("diary.md", "0" * 64, 1, 1, "Then I was tired and so was the client, but it went on.")
    assert on(Remark(LOG, LOG.text, Result.REFER, note, 1, (Citation("c", own, "jm", AT, 1),))) == ()


def test_a_pass_may_quote_the_sheet() -> None:
    note = "12 hours or more are evidenced by session and confirmed by the clients"
    assert on(Remark(LOG, LOG.text, Result.PASS, note, 1)) == ()


def test_a_huge_note_is_looked_through_at_once() -> None:
    assert concerns(remark("Write “ and then, say “ " * 40_000, "Evaluate it")) == [(Concern.VERB, ("1.1",))]
