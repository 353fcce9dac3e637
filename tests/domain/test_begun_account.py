"""An account that was begun: what was filled in comes back from its draft word for word, and is read strictly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.method import Method
from markterm.domain.record.bodies.accounts import Witness
from markterm.domain.views.begun_account import BegunAccount
from markterm.domain.words.errors import WrongUse

_TEXT = st.text(st.characters(codec="utf-8"))
_LINE = _TEXT.filter(lambda text: text == text.strip() and "\n" not in text)
_BEGUN = BegunAccount("disc", "2026-03-02", "Room 4", "40", "501 1.1", "Mo Ode; Ana", text="We spoke.")


@given(st.tuples(_LINE, _LINE, _LINE, _LINE, _LINE), _TEXT)
def test_a_draft_says_what_was_begun(head: tuple[str, str, str, str, str], text: str) -> None:
    begun = BegunAccount(*head, text=text)
    assert BegunAccount.read(begun.as_draft) == begun


def test_nothing_begun_is_no_draft_and_a_text_without_a_head_is_text() -> None:
    assert BegunAccount().as_draft == ""
    assert BegunAccount.read("We spoke: all of us.\n\nAnd then?").text == "We spoke: all of us.\n\nAnd then?"


def test_what_was_filled_in_becomes_an_account() -> None:
    said = _BEGUN.said(())
    assert (said.method, said.on, said.minutes) == (Method.DISCUSSION, date(2026, 3, 2), 40)
    assert said.present == ("Mo Ode", "Ana")
    witness = replace(_BEGUN, method="witness", witness="Mo Ode; cook; an uncle; mo@example.org").said(()).witness
    assert witness == Witness("Mo Ode", "cook", "an uncle", "mo@example.org")


@pytest.mark.parametrize(
    ("begun", "title"),
    [
        (replace(_BEGUN, method=""), "By which method"),
        (replace(_BEGUN, method="written"), "By which method"),
        (replace(_BEGUN, method="pr"), "By which method"),
        (replace(_BEGUN, minutes="1" * 5_000), "How long"),
        (replace(_BEGUN, day="2 March"), "Which day"),
        (replace(_BEGUN, minutes="an hour"), "How long"),
        (replace(_BEGUN, minutes="-5"), "How long"),
        (replace(_BEGUN, witness="Mo Ode; cook"), "Who is the witness"),
    ],
)
def test_what_is_none_is_refused_before_a_word_is_written(begun: BegunAccount, title: str) -> None:
    with pytest.raises(WrongUse, match=title):
        begun.said(())


def test_who_did_it_too_is_named_for_a_new_account_alone() -> None:
    begun = replace(_BEGUN, together="CAS2044; Men Jones;")
    assert begun.others == ("CAS2044", "Men Jones")
    assert BegunAccount.read(begun.as_draft) == begun
    with pytest.raises(WrongUse):
        assert replace(begun, replaces="abc").others
