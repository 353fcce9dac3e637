"""How the command line words a hint: as the command or the option that does it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Final

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.finding import Finding
from markterm.domain.words.hint import Hint, Way, with_hint

WORDS: Final = {
    Way.SAY_WHO_ACTS: "start with --as and your member id, or set MARKTERM_AS",
    Way.SET_PASSWORD: "markterm password ID does it.",
    Way.PREPARE_STORE: "markterm store prepare --owner URL does it.",
    Way.NAME_CENTRE: "-C names it, markterm demo makes one to try, markterm init a real one",
    Way.CHECK_SHEETS: "markterm check names each line and says how to mend it.",
    Way.CHECK_FILE: "Then run markterm check on it.",
    Way.CHECK_DECISIONS: "markterm check names what does not fit.",
    Way.LIST_LEARNERS: "markterm status lists everybody",
    Way.LIST_FILES: "markterm evidence lists them all.",
    Way.LIST_ACCOUNTS: "markterm observe {learner} lists them.",
    Way.LIST_CITED: "markterm show lists what is cited.",
    Way.LIST_UNSIGNED: "markterm countersign lists it",
    Way.LIST_REMARKS: "markterm bank shows which are pinned; with --retired it shows the retired ones too.",
    Way.LIST_REMARKS_WITH_IDS: "markterm bank shows them before each remark.",
    Way.SHOW_HISTORY: "markterm log shows what happened to it.",
    Way.NUMBER_LINES: "markterm find and markterm read tell their numbers.",
    Way.READ_AGAIN: "markterm read --again tries at once.",
    Way.SUBMIT: "markterm submit",
    Way.DECLARE: 'markterm declare {learner} {unit} --form "signed sheet"',
    Way.AUTHORISE: "--authorised-by and their id",
    Way.SAY_CONDITIONS: "--conditions all, or their numbers",
    Way.WITHDRAW: "markterm withdraw",
    Way.SETTLE_CONFLICT: "markterm settle",
    Way.REOPEN: "markterm reopen {learner} {unit} --reason …",
    Way.CARRY: "markterm carry {unit} shows where each would go",
    Way.GO_ON_WITH_UNIT: "--into names the unit that takes its place.",
    Way.COUNTERSIGN: "markterm countersign",
    Way.SAMPLE: 'markterm sample {learner} {unit} --reason "routine"',
    Way.VERIFY: "markterm verify {learner} {unit} --agree",
    Way.COUNTERSIGN_VERIFICATION: "markterm countersign {learner} {unit} --verification",
    Way.SHOW_ACTIONS: "markterm action {learner} shows it.",
    Way.REASSIGN_ACTION: "markterm action … --reassign WHY --owner MEMBER",
    Way.SHOW_CASES: "markterm case {learner} shows it.",
    Way.SHOW_CLAIMS: "markterm claim {learner} lists what blocks it, with codes.",
    Way.SAY_WHY_OF_CLAIM: "--text",
    Way.LET_PASS: "--override with the reason, and --authorised-by with the id of the Lead IV",
    Way.LIST_INTERESTS: "markterm interest lists them.",
    Way.VERIFY_BRIEF: "markterm brief {assignment} --fit",
    Way.RELEASE_ANYWAY: "markterm release … --anyway",
    Way.SAME_PERSON: "markterm members {member} --same-person",
    Way.RENAME: "markterm rename {learner} {to}",
    Way.JOIN: "--join",
    Way.AUDIT: "markterm audit {learner} names them.",
    Way.COMPLETE_DESTRUCTION: "markterm retention --complete",
    Way.DESTROY_AGAIN: "markterm retention {learner} --destroy removes it again",
    Way.KEEP_HEADS: "markterm audit --keep or --heads writes one.",
    Way.WRITE_OVER: "--force",
    Way.WRITE_DRAFT: "--draft",
    Way.FROM_ANOTHER_CENTRE: "--from-another-centre",
    Way.NAME_PARTICIPANT: '--match "Participant 123=JON2041"',
    Way.EVEN_DAMAGED: "--even-damaged",
    Way.EVEN_INCOMPLETE: "--even-incomplete",
    Way.NAME_CODE: "--code",
    Way.GIVE_TITLE: "--title",
    Way.NEW_ALONE: "--new-only",
    Way.NAME_COLUMN: "--column {to}",
}
"""By way: a sentence of its own, or what goes behind a colon. In braces is what the hint is about."""


def worded(hint: Hint | None) -> str:
    """The hint in words; nothing when there is none."""
    if hint is None:
        return ""
    return " ".join(WORDS[hint.way].format(**asdict(hint)).split())


def next_step_of(error: MarkTermError) -> str:
    """What to do now, with the command that does it."""
    return with_hint(error.next_step, worded(error.hint))


def message_of(finding: Finding) -> str:
    """What was found, with the command that mends it."""
    return with_hint(finding.message, worded(finding.hint))


def line_of(finding: Finding) -> str:
    """A finding on one line: its place, its code, how bad it is, and what to do."""
    return str(replace(finding, message=message_of(finding)))
