"""What a label that leaves something open asks for where it stands, and why nothing can be put there."""

from __future__ import annotations

from markterm.exports.form.fields import OF_CRITERION, Asked, Field, Label, Whose

_SIGNED = "a person signs it"
_NOT_IN_RECORD = "the record does not have it"
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
    if label.asked is Asked.SIGNATURE:
        return _SIGNED
    if label.asked in (Asked.NAME, Asked.DATE) and label.whose is None:
        return _WHOSE_IT_IS
    if label.field in OF_CRITERION:
        return "it belongs to no criterion"
    return _NOT_IN_RECORD
