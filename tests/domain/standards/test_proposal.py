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


_VERBS = ("Justify", "Explain")


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
    assert known.reason == "Both say kettle. “Explain” asks for what is known."
    assert done.reason == "Both say kettle. “Use” asks for what is done."


def test_a_criterion_of_an_outcome_to_be_able_asks_for_what_is_done_unless_it_asks_to_tell() -> None:
    able = "Be able to serve tea"
    justified, explained = (index().like(Criterion("1", f"{verb} the kettle"), 1, able)[0] for verb in _VERBS)
    assert (justified.known.statement.code, explained.known.statement.code) == ("P1", "K1")
    assert justified.reason.endswith("“Be able to” asks for what is done.")


def test_the_words_of_an_outcome_count_less_than_those_of_the_criterion_and_are_never_said_to_be_shared() -> None:
    cups, kettle = Criterion("1", "Agree the cups"), "Be able to boil the kettle for guests"
    proposed = index().like(cups, 5, kettle)
    assert proposed[0].known.statement.code == "P2"
    assert not any("kettle" in each.reason for each in proposed)
    assert all(each.shared or each.near for each in proposed)


def test_a_verb_counts_as_a_verb_only_where_it_stands_as_one() -> None:
    statements = (Statement("P1", P, "judge the tea"), Statement("P2", P, "plan the assessment of the tea"))
    tea = Standard("TEA02", "Judge tea", statements=statements)
    found = StatementIndex([KnownStatement(tea, each) for each in statements], cache(stemmer("english").stemWord))
    first, *_ = found.like(Criterion("1", "Plan the assessment"))
    assert (first.known.statement.code, first.shared) == ("P2", ("assessment", "plan"))


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
    assert first.reason.startswith("Both say complaint, diary (log).")


def test_a_statement_of_the_same_matter_is_nearer_than_one_of_none_and_says_by_which_words() -> None:
    (first, *_) = index().like(Criterion("1.1", "Respond to a dispute in the tea room"))
    assert first.known.statement.code == "P3"
    assert "It says complaint where the criterion says dispute." in first.reason
