from __future__ import annotations

from functools import cache

from snowballstemmer import stemmer  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.assessed.known_standards import KnownStatement
from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.assessed.unit import Criterion
from markterm.domain.standards.proposal import StatementIndex

P, K, D = StatementKind.PERFORMANCE, StatementKind.KNOWLEDGE, StatementKind.DUTY
TEA = Standard(
    "TEA01",
    "Serve tea to guests",
    statements=(
        Statement("D1", D, "boil the kettle safely before the guests are seated"),
        Statement("P1", P, "warm the pot and boil the kettle before the guests are seated"),
        Statement("P2", P, "agree with the host which cups are put on the table"),
        Statement("P3", P, "note every complaint in the diary of the tea room"),
        Statement("K1", K, "why a kettle must be boiled afresh"),
        Statement("K2", K, "which laws hold for allergens in cakes"),
        Statement("K3", K, "the responsibilities of a host"),
    ),
)
LABELLED = (
    ("Boil a kettle for seated guests", "P1"),
    ("Explain why the kettle is boiled afresh", "K1"),
    ("Describe the legislation on allergens", "K2"),
    ("Keep a log of complaints", "P3"),
    ("Agree the cups with the host", "P2"),
    ("Outline the duties of a host", "K3"),
)
"""In words of our own: criteria with the statement that a person would put beside them."""


def index() -> StatementIndex:
    return StatementIndex([KnownStatement(TEA, each) for each in TEA.statements], cache(stemmer("english").stemWord))


def proposed(text: str) -> list[str]:
    return [each.known.statement.code for each in index().like(Criterion("1.1", text))]


def test_the_statement_that_a_person_would_name_comes_first() -> None:
    assert [(text, proposed(text)[:1]) for text, _ in LABELLED] == [(text, [code]) for text, code in LABELLED]


def test_nothing_is_proposed_where_no_words_are_shared() -> None:
    assert proposed("Evaluate the budget of the year") == []
    assert proposed("") == []
    assert StatementIndex([], str).like(Criterion("1.1", "Boil a kettle")) == ()


def test_a_duty_is_never_proposed() -> None:
    assert "D1" not in proposed("Boil the kettle safely before the guests are seated")


def test_what_is_known_and_what_is_done_are_told_apart_by_the_command_verb() -> None:
    known, done = (
        index().like(Criterion("1.1", "Explain the kettle"))[0],
        index().like(Criterion("1", "Use the kettle"))[0],
    )
    assert (known.known.statement.code, done.known.statement.code) == ("K1", "P1")
    assert known.reason == "both say kettle; “explain” asks for what is known"
    assert done.reason == "both say kettle; “use” asks for what is done"


def test_a_reason_names_the_words_that_both_have() -> None:
    (first, *_) = index().like(Criterion("1.1", "Agree the cups"))
    assert first.shared == ("agree", "cups")
    assert 1 <= first.score <= 100


def test_no_more_than_asked_for_are_proposed_and_the_likest_first() -> None:
    every = index().like(Criterion("1.1", "Boil the kettle for the host and the guests"), most=10)
    assert [each.score for each in every] == sorted((each.score for each in every), reverse=True)
    assert index().like(Criterion("1.1", "Boil the kettle for the host and the guests"), most=1) == every[:1]


def test_a_reason_never_says_that_a_word_is_there_which_is_another_one() -> None:
    (first, *_) = index().like(Criterion("1.1", "Keep a log of complaints"))
    assert first.reason.startswith("both say complaint, diary (log)")
