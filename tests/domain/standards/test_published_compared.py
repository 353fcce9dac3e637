"""What a published standard would change in the sheet that is there."""

from __future__ import annotations

from dataclasses import replace

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.assessed.suite import Function, FunctionalArea, ListedStandard, Suite
from markterm.domain.standards.published.compared import standard_differences, suite_differences

P1 = Statement("P1", StatementKind.PERFORMANCE, "boil fresh water in a kettle that nobody has used today")
P2 = Statement("P2", StatementKind.PERFORMANCE, "pour")
HERE = Standard("TM01", "Make tea", "1", statements=(P1, P2))
SUITE = Suite(
    "TM",
    "Tea",
    standards=(ListedStandard("TM01", "Make tea"),),
    areas=(FunctionalArea("A", "Brew", (Function("A1", "Boil"),)),),
)


def differs(**change: object) -> list[str]:
    return list(standard_differences(HERE, replace(HERE, **change)))  # type: ignore[arg-type]


def test_what_is_left_to_check_makes_no_difference() -> None:
    assert differs(to_check=("Look.",)) == []


def test_every_statement_that_differs_is_told_from_where_it_goes_on_differently() -> None:
    other = replace(P1, text=P1.text.replace("today", "since"))
    assert differs(statements=(other, P2)) == ["P1: `…nobody has used today` here, `…nobody has used since` in it"]
    assert differs(statements=(P1,)) == ["P2: `pour` here alone", "the order of the statements"]
    assert differs(statements=(P1, replace(P2, under="Serving"))) == ["P2: it stands under another heading"]


def test_titles_and_other_texts_are_told() -> None:
    assert differs(title="Make a tea", overview="About tea.") == [
        "title: `Make tea` here, `Make a tea` in the document",
        "what it says of itself",
    ]


def test_a_function_that_others_meet_is_told() -> None:
    met = replace(
        SUITE, areas=(FunctionalArea("A", "Brew", (Function("A1", "Boil", ("TM01",)),)),), to_check=("Look.",)
    )
    assert list(suite_differences(SUITE, met)) == ["function A1"]
    assert list(suite_differences(SUITE, replace(SUITE, key_purpose="Refresh."))) == [
        "key purpose: `` here, `Refresh.` in it"
    ]
