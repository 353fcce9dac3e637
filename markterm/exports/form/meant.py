"""What a label that leaves something open asks for where it stands, and why nothing can be put there."""

from __future__ import annotations

import re

from markterm.exports.form.fields import OF_CRITERION, Asked, Field, Label, Whose, is_comments_of_unit, whose
from markterm.exports.form.words import is_of_assessment

_A_PERSON_SIGNS = "a person signs it"
_NOT_IN_RECORD = "the record does not have it"
_SIGNED = re.compile(r"\b(?:sign|declar|confirm)", re.IGNORECASE)
_WHOSE_IT_IS = "the form does not say whose it is"

_OF_WHOM = {
    (Asked.NAME, Whose.LEARNER): Field.LEARNER,
    (Asked.NAME, Whose.ASSESSOR): Field.ASSESSOR,
    (Asked.NAME, Whose.VERIFIER): Field.VERIFIER,
    (Asked.DATE, Whose.LEARNER): Field.DECLARED,
    (Asked.DATE, Whose.ASSESSOR): Field.ASSESSED,
    (Asked.DATE, Whose.VERIFIER): Field.VERIFIED,
}
_IN_ROWS = {
    Asked.COMMENTS: Field.FEEDBACK,
    Asked.DECISION: Field.DECISION,
    Asked.PASSED: Field.DECISION,
    Asked.REFERRED: Field.DECISION,
    Asked.NAME: Field.DECIDED_BY,
    Asked.DATE: Field.DECIDED,
}
_OF_UNIT = {
    Asked.COMMENTS: Field.COMMENTS,
    Asked.DECISION: Field.OUTCOME,
    Asked.PASSED: Field.OUTCOME,
    Asked.REFERRED: Field.OUTCOME,
}


def field_of(label: Label, in_rows: bool, who: Whose | None) -> Field | None:
    """What a label that leaves something open asks for where it stands."""
    asked = label.asked
    if asked is None or label.whose is Whose.OTHER:
        return None
    if asked in (Asked.NAME, Asked.DATE):
        if in_rows and label.whose in (None, Whose.ASSESSOR):
            return _IN_ROWS[asked]
        said = label.whose or who
        return _OF_WHOM.get((asked, said)) if said is not None else None
    if asked is Asked.DECISION and label.whose is Whose.VERIFIER:
        return Field.VERIFIED_AS
    if asked is Asked.COMMENTS and label.whose is None and not in_rows and who is Whose.VERIFIER:
        return Field.VERIFICATION
    return (_IN_ROWS if in_rows else _OF_UNIT).get(asked)


def why_not(label: Label) -> str:
    """Why a place with that label stays empty."""
    if label.asked is Asked.SIGNATURE:
        return _A_PERSON_SIGNS
    if label.asked in (Asked.NAME, Asked.DATE) and label.whose is None:
        return _WHOSE_IT_IS
    if label.field in OF_CRITERION:
        return "it belongs to no criterion"
    return _NOT_IN_RECORD


def doubt(
    field: Field | None, label: Label, text: str, near: str, spoken: str, *, in_rows: bool, in_section: bool
) -> str:
    """Why it is not sure enough that a place is for what its label says; empty where it is.

    `text` are the words of the label, `near` those around it, and `spoken` those that named somebody last. `in_rows`
    and `in_section` say whether it stands in the rows of a criterion, and under the heading of an outcome.
    """
    if label.asked in (Asked.PASSED, Asked.REFERRED) and not in_rows and not is_of_assessment(text):
        return "what its tick would mean is not clear"
    if field is Field.DECLARED and label.field is None and not _SIGNED.search(f"{text} {near} {spoken}"):
        return "it is not the day of a declaration"
    if field is Field.REGISTRATION and whose(text) is None:
        who = whose(near) or whose(spoken)
        return _WHOSE_IT_IS if who not in (None, Whose.LEARNER) else ""
    if field is Field.COMMENTS and label.field is None and not in_section and not is_comments_of_unit(text):
        return "the form does not say what is to be commented on"
    return ""
