from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.standards.version_difference import Fate, version_difference

P, K = StatementKind.PERFORMANCE, StatementKind.KNOWLEDGE


def standard(*statements: Statement, version: str = "1") -> Standard:
    return Standard("TEA01", "Tea", version=version, statements=statements)


def fates(old: Standard, new: Standard) -> list[tuple[Fate, str, str]]:
    return [
        (each.fate, each.old.code if each.old else "", each.new.code if each.new else "")
        for each in version_difference(old, new)
    ]


def test_wording_says_what_is_the_same_and_not_the_code() -> None:
    old = standard(Statement("P1", P, "boil the water"), Statement("P2", P, "warm the pot"))
    new = standard(Statement("P1", P, "greet"), Statement("P2", P, "Boil the water".lower() + "."), version="2")
    assert fates(old, new) == [(Fate.MOVED, "P1", "P2"), (Fate.GONE, "P2", ""), (Fate.NEW, "", "P1")]


def test_one_wording_of_two_kinds_is_two_statements() -> None:
    old, new = standard(Statement("P1", P, "safety at work")), standard(Statement("K1", K, "safety at work"))
    assert fates(old, new) == [(Fate.GONE, "P1", ""), (Fate.NEW, "", "K1")]


def test_what_two_statements_say_in_the_same_words_is_not_told_apart_by_them() -> None:
    old = standard(Statement("P1", P, "wash the cups"), Statement("P2", P, "wash the cups"))
    new = standard(Statement("P2", P, "wash the cups"), Statement("P3", P, "wash the cups"))
    assert (Fate.SAME, "P2", "P2") in fates(old, new)
    moved = standard(Statement("P8", P, "wash the cups"), Statement("P9", P, "wash the cups"))
    assert Fate.MOVED not in {fate for fate, _, _ in fates(old, moved)}


def test_a_word_that_changes_the_meaning_is_never_the_same() -> None:
    old, new = standard(Statement("P1", P, "do boil the water")), standard(Statement("P1", P, "do not boil the water"))
    assert fates(old, new) == [(Fate.REWORDED, "P1", "P1")]


WORDS = st.lists(st.sampled_from(("boil", "warm", "pour", "pot", "tea", "not")), min_size=1, max_size=6).map(" ".join)
STATEMENTS = st.dictionaries(st.sampled_from(["P1", "P2", "P3", "P4"]), WORDS).map(
    lambda said: standard(*(Statement(code, P, text) for code, text in said.items()))
)


@given(STATEMENTS, STATEMENTS)
def test_every_statement_of_both_versions_has_one_fate(old: Standard, new: Standard) -> None:
    found = version_difference(old, new)
    assert [each.old for each in found if each.old] == list(old.statements)
    assert sorted(each.new.code for each in found if each.new) == sorted(each.code for each in new.statements)
    for each in found:
        if each.fate.is_carried:
            assert (each.old and each.old.text) == (each.new and each.new.text)
    assert {each.fate for each in version_difference(old, old)} <= {Fate.SAME}


def test_of_two_that_are_as_like_the_one_of_the_same_code_is_what_was_reworded() -> None:
    old = standard(Statement("P2", P, "boil all of the water now"))
    new = standard(Statement("P1", P, "boil all of the water soon"), Statement("P2", P, "boil all of the water later"))
    assert fates(old, new)[0] == (Fate.REWORDED, "P2", "P2")


def test_a_word_in_common_makes_no_other_wording_of_it() -> None:
    old = standard(Statement("P1", P, "boil the water afresh for each pot"))
    new = standard(Statement("P1", P, "wash the cups"))
    assert [fate for fate, _, _ in fates(old, new)] == [Fate.GONE, Fate.NEW]
