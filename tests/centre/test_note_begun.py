"""With what the note of a decision begins, and which drafts are recorded with it."""

from __future__ import annotations

import pytest

from markterm.centre.drafts import DraftKind, kind_of_note, note_begun
from markterm.domain.record.event import Result

NOTE, KEPT, REFERRAL = DraftKind.NOTE, DraftKind.KEPT, DraftKind.REFERRAL


@pytest.mark.parametrize(
    ("kind", "drafts", "text", "used"),
    [
        (NOTE, {}, "", {NOTE, KEPT}),
        (NOTE, {KEPT: "kept"}, "kept", {NOTE, KEPT}),
        (NOTE, {KEPT: "kept", REFERRAL: "cold"}, "kept", {NOTE, KEPT}),
        (REFERRAL, {KEPT: "kept"}, "kept", {REFERRAL, KEPT}),
        (REFERRAL, {KEPT: "kept", NOTE: "begun"}, "begun", {REFERRAL, KEPT, NOTE}),
        (REFERRAL, {KEPT: "kept", NOTE: "begun", REFERRAL: "cold"}, "kept", {REFERRAL}),
    ],
)
def test_a_referral_begins_with_a_note_that_was_begun_and_leaves_what_it_did_not_begin_with(
    kind: DraftKind, drafts: dict[DraftKind, str], text: str, used: set[DraftKind]
) -> None:
    begun = note_begun(kind, lambda each: drafts.get(each, ""))
    assert (begun.text, set(begun.used)) == (text, used)


def test_what_says_what_is_missing_is_a_referral() -> None:
    assert {each: kind_of_note(each) for each in Result} == {Result.PASS: NOTE, Result.REFER: REFERRAL}
