"""What was begun in the fields of forms: kept by learner, forgotten when it is saved, and wholly with the learner."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.form_drafts import FormDrafts, begun_in_forms
from markterm.own.drafts import Drafts


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    """Where they are kept."""
    return Drafts(tmp_path)


def _of(drafts: Drafts, member: str = "asha", earlier: dict[str, tuple[str, ...]] | None = None) -> FormDrafts:
    return FormDrafts(drafts, lambda: member, lambda registration: (earlier or {}).get(registration, ()))


def test_a_field_begins_with_what_was_left_in_it_and_every_learner_member_and_field_has_its_own(drafts: Drafts) -> None:
    _of(drafts).of("case open", "AAA1").keep("No pot, they say.")
    _of(drafts).of("case close", "AAA1").keep("Settled.")
    assert _of(drafts).of("case open", "AAA1").text == "No pot, they say."
    assert _of(drafts).of("case close", "AAA1").text == "Settled."
    assert _of(drafts).of("case open", "BBB2").text == ""
    assert _of(drafts, "ben").of("case open", "AAA1").text == ""


def test_what_was_proposed_is_no_draft_and_what_is_saved_is_none_any_more(drafts: Drafts) -> None:
    field = _of(drafts).of("report", "AAA1", "Clear notes.")
    assert field.text == "Clear notes."
    field.keep("Clear notes, and fair.")
    assert field.text == "Clear notes, and fair."
    field.keep("Clear notes.")
    assert not drafts.look()
    field.keep("Clear notes, and fair.")
    field.forget()
    assert not drafts.look()


def test_what_was_begun_under_an_earlier_registration_goes_on_and_does_not_come_back(drafts: Drafts) -> None:
    _of(drafts).of("case open", "OLD1").keep("No pot.")
    renamed = _of(drafts, earlier={"NEW1": ("OLD1",)}).of("case open", "NEW1")
    assert renamed.text == "No pot."
    renamed.forget()
    assert renamed.text == ""


def test_one_name_forgets_everything_that_was_begun_of_a_learner(drafts: Drafts) -> None:
    forms = _of(drafts)
    forms.of("case open", "AAA1").keep("No pot.")
    forms.of("claim T-101", "AAA1").keep("Late.")
    drafts.forget(*begun_in_forms("asha", "AAA1"))
    assert forms.begun("AAA1") == {}


def test_what_is_no_draft_of_ours_is_none(drafts: Drafts) -> None:
    for text in ("[1]", '{"a": 1}', "{"):
        drafts.keep(text, *begun_in_forms("asha", "AAA1"))
        assert _of(drafts).of("case open", "AAA1").text == ""
