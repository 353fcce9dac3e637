"""What a filter knows: how what is typed goes on, and what there is where somebody types what there is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.caseload_filter import CASELOAD_FILTER, words_among
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.listed_actions import ACTION_FILTER
from markterm.domain.views.listed_claims import CLAIM_FILTER
from markterm.domain.views.plan_lines import PLAN_FILTER
from markterm.domain.views.queue import QUEUE_FILTER
from markterm.domain.words.errors import WrongUse

_STATES = "There are open, pass, refer."
WORDS = FilterWords(("unit", "state", "site"), {"state": ("open", "pass", "refer")}).with_known(
    {"unit": ("502", "501", "501", ""), "site": ("Ørsted", "Leeds")}
)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("s", "state:"),
        ("si", "site:"),
        ("state:", "state:open"),
        ("state:r", "state:refer"),
        ("jones -St", "jones -State:"),
        ("-state:p", "-state:pass"),
        ("unit:5", "unit:501"),
        ("unit:502", "unit:502"),
        ("site:le", "site:leeds"),
        ("site:o", "site:orsted"),
        ("jones", "jones"),
        ("state:x", "state:x"),
        ("foo:b", "foo:b"),
        ("state:pass ", "state:pass "),
        ("", ""),
    ],
)
def test_what_is_typed_is_completed(typed: str, completed: str) -> None:
    assert WORDS.completed(typed).casefold().replace("ø", "o") == completed.casefold()


def test_behind_a_space_another_word_begins() -> None:
    assert WORDS.choices("sta ") == ()
    assert WORDS.completed("sta ") == "sta "


@given(st.text("stae:pun501- Øø", max_size=12))
def test_what_stands_already_stays_as_it_is(text: str) -> None:
    assert WORDS.completed(text).startswith(text)


@pytest.mark.parametrize(
    ("text", "title", "told", "there_are"),
    [
        (
            "state:refered",
            "No such state",
            "There is no state:refered.",
            "Did you mean refer? There are open, pass, refer.",
        ),
        ("jones -state:xyz", "No such state", "There is no state:xyz.", _STATES),
        ("stat:refer", "No such field", "There is no field stat.", "Did you mean state? There are unit, state, site."),
        ("http://x", "No such field", "There is no field http.", "There are unit, state, site."),
    ],
)
def test_who_types_what_there_is_not_is_told_what_there_is(text: str, title: str, told: str, there_are: str) -> None:
    with pytest.raises(WrongUse) as raised:
        WORDS.check(text)
    assert (raised.value.title, raised.value.what, raised.value.next_step) == (title, told, there_are)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unit:599", "None is unit:599. There are 501, 502."),
        ("jones site:york unit:501", "None is site:york. There are Leeds, Ørsted."),
        ("unit:501 site:orst", ""),
        ("unit:8580-501", ""),
        ("-unit:599", ""),
        ("unit:", ""),
    ],
)
def test_a_value_that_nobody_has_is_told_with_those_that_there_are(text: str, told: str) -> None:
    assert WORDS.not_listed(text) == told
    assert WORDS.why_nothing(text, "Nothing.") == (f"{told}\n\nNothing." if told else "Nothing.")


@pytest.mark.parametrize("text", ["", "jones", "state:", "state:re -unit:599", "site:nowhere", "-", "a-b"])
def test_what_may_let_somebody_through_is_no_mistake(text: str) -> None:
    WORDS.check(text)


@pytest.mark.parametrize(
    "words", [CASELOAD_FILTER, QUEUE_FILTER, PLAN_FILTER, ACTION_FILTER, CLAIM_FILTER], ids=lambda each: each.fields[1]
)
def test_every_value_that_is_offered_is_one_that_there_is(words: FilterWords) -> None:
    assert words.values.keys() <= set(words.fields)
    for field, values in words.values.items():
        assert words.choices(f"{field}:") == tuple(values)
        for value in values:
            assert " " not in value
            words.check(f"{field}:{value}")


def test_the_caseload_knows_the_units_members_qualifications_and_sites_of_its_learners() -> None:
    unit = UnitProgress("8580-501", UnitState.MARKING, 2, 2, 7)
    words = words_among([CaseloadRow("A", "A", "A", ("8580-CERT",), (unit,), "asha", "Leeds North")])
    assert {typed: words.completed(typed) for typed in ("unit:", "assessor:", "qualification:", "site:", "owner:")} == {
        "unit:": "unit:501",
        "assessor:": "assessor:asha",
        "qualification:": "qualification:8580-CERT",
        "site:": "site:Leeds",
        "owner:": "owner:",
    }
