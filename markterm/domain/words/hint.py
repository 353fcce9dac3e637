"""What a refusal points to, as a value: the rules know neither commands nor keys, and each front end has its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Something that a person can do with MarkTerm, however a front end lets them."""

    SAY_WHO_ACTS = "say who acts"
    PREPARE_STORE = "prepare the database for the records"
    SET_PASSWORD = "set the password of a member"
    NAME_CENTRE = "name the centre"
    CHECK_SHEETS = "check the sheets"
    CHECK_FILE = "check that file"
    CHECK_DECISIONS = "check what fits its sheet"
    LIST_LEARNERS = "list the learners"
    LIST_FILES = "list the files"
    LIST_ACCOUNTS = "list the accounts of what was seen and said"
    LIST_CITED = "list what is cited"
    LIST_UNSIGNED = "list what waits for a countersignature"
    LIST_REMARKS = "list the remarks"
    LIST_REMARKS_WITH_IDS = "list the remarks with their ids"
    SHOW_HISTORY = "show what happened"
    NUMBER_LINES = "number the lines"
    READ_AGAIN = "read the file again"
    SUBMIT = "submit"
    DECLARE = "declare"
    AUTHORISE = "authorise a resubmission"
    SAY_CONDITIONS = "say that the conditions of a resubmission are met"
    WITHDRAW = "withdraw"
    SETTLE_CONFLICT = "settle a conflict"
    REOPEN = "reopen the unit"
    CARRY = "carry decisions over"
    GO_ON_WITH_UNIT = "go on with another unit"
    COUNTERSIGN = "countersign"
    SAMPLE = "sample for verification"
    VERIFY = "verify"
    COUNTERSIGN_VERIFICATION = "countersign a verification"
    VERIFY_BRIEF = "verify the brief of an assignment"
    SHOW_ACTIONS = "show the actions"
    REASSIGN_ACTION = "give an action to somebody else"
    SHOW_CASES = "show the cases"
    SHOW_CLAIMS = "show what blocks a claim"
    SAY_WHY_OF_CLAIM = "say why of a step of a claim"
    LET_PASS = "have a Lead IV let it pass"
    LIST_INTERESTS = "list conflicts of interest"
    RELEASE_ANYWAY = "release in spite of a doubt"
    SAME_PERSON = "say that it is the same person"
    RENAME = "correct a registration"
    JOIN = "join two records"
    AUDIT = "audit"
    COMPLETE_DESTRUCTION = "complete a destruction"
    DESTROY_AGAIN = "destroy again what came back"
    KEEP_HEADS = "keep heads"
    WRITE_OVER = "write over a file"
    WRITE_DRAFT = "write feedback that was not released, as a draft"
    FROM_ANOTHER_CENTRE = "take in another centre's record"
    NAME_PARTICIPANT = "say which learner a participant is"
    EVEN_DAMAGED = "take in a record that does not verify"
    EVEN_INCOMPLETE = "write a backup without what cannot be read"
    NAME_CODE = "give what is taken in its code"
    GIVE_TITLE = "give what is taken in its title"
    NEW_ALONE = "take in what is new alone"
    NAME_COLUMN = "say which column of a register holds what"


@dataclass(frozen=True, slots=True)
class Hint:
    """A way out, and what it is about as far as that is known: the learner, the unit, the member,
    another learner, the assignment."""

    way: Way
    learner: str = ""
    unit: str = ""
    member: str = ""
    to: str = ""
    assignment: str = ""


def with_hint(text: str, words: str) -> str:
    """`text` and the words of its hint: behind it when they are a sentence, behind a colon when they are none."""
    if not words or words.endswith("."):
        return f"{text} {words}".strip()
    stop = "." if text.endswith(".") else ""
    return f"{text.removesuffix('.')}: {words}{stop}"
