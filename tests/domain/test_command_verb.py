from __future__ import annotations

import pytest

from markterm.domain.words.command_verb import CommandVerb, command_verb


def verb(text: str) -> CommandVerb:
    found = command_verb(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Identify own development needs", "identify"),
        ("Define coaching and mentoring, and compare the two", "compare"),
        ("Identify and rank own needs", "identify"),
        ("Propose and justify measures", "propose"),
        ("Critically evaluate a model", "evaluate"),
        ("Describe the model and critically evaluate it", "evaluate"),
        ("Keep a dated log with goals and agreed actions", "keep"),
        ("Apply a model and evaluate it", "evaluate"),
        ("ANALYSE feedback", "analyse"),
    ],
)
def test_the_verb_is_the_one_that_asks_for_most(text: str, word: str) -> None:
    assert verb(text).word == word


@pytest.mark.parametrize("text", ["", "The learner evaluates", "Gwerthuso adborth", "Only", "1.1"])
def test_a_criterion_that_begins_with_no_known_verb_has_none(text: str) -> None:
    assert command_verb(text) is None


def test_verbs_ask_for_more_from_identify_to_evaluate() -> None:
    rungs = [verb(text).rung for text in ("Identify x", "Describe x", "Explain x", "Analyse x", "Evaluate x")]
    assert rungs == [0, 1, 2, 3, 4]


def test_near_is_one_rung_and_far_is_three() -> None:
    identify, describe, explain, analyse = map(verb, ("Identify x", "Describe x", "Explain x", "Analyse x"))
    assert identify.is_near(describe)
    assert not identify.is_near(explain)
    assert not identify.is_far(explain)
    assert identify.is_far(analyse)
    assert analyse.is_far(identify)
    assert identify.is_near(verb("List x"))


def test_what_is_done_is_near_what_is_done_and_neither_near_nor_far_from_what_is_told() -> None:
    keep, deliver, evaluate = map(verb, ("Keep a log", "Deliver a session", "Evaluate it"))
    assert keep.rung is None
    assert keep.is_near(deliver)
    assert not keep.is_near(evaluate)
    assert not keep.is_far(evaluate)
