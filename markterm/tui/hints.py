"""How the screens word a hint: as the key that does it, or where it stands; nothing where only the command line can."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import clean, one_line
from markterm.domain.words.hint import Way, with_hint
from markterm.tui.command import keyed

WORDS: Final = {
    Way.SAY_WHO_ACTS: "{app.who}",
    Way.SET_PASSWORD: "",
    Way.PREPARE_STORE: "",
    Way.NAME_CENTRE: "",
    Way.CHECK_SHEETS: "{caseload.refresh} on the caseload reads it again.",
    Way.CHECK_FILE: "Then {caseload.refresh} on the caseload reads it again.",
    Way.CHECK_DECISIONS: "What does not fit the sheet is shown as such in the list of criteria.",
    Way.LIST_LEARNERS: "the caseload lists everybody",
    Way.LIST_FILES: "",
    Way.LIST_ACCOUNTS: "",
    Way.LIST_CITED: "",
    Way.LIST_UNSIGNED: "it has a C beside it",
    Way.LIST_REMARKS: "",
    Way.LIST_REMARKS_WITH_IDS: "",
    Way.SHOW_HISTORY: "",
    Way.NUMBER_LINES: "",
    Way.READ_AGAIN: "",
    Way.SUBMIT: "{unit.submit}",
    Way.DECLARE: "{learner.declare}",
    Way.AUTHORISE: "",
    Way.SAY_CONDITIONS: "",
    Way.WITHDRAW: "{mark.withdraw-here}",
    Way.SETTLE_CONFLICT: "{mark.pass} for a pass, {mark.refer} for a referral, {mark.withdraw-here} for neither",
    Way.REOPEN: "{unit.close} reopens it.",
    Way.CARRY: "{app.palette} “settle” on the marking screen",
    Way.GO_ON_WITH_UNIT: "",
    Way.COUNTERSIGN: "{mark.countersign}",
    Way.SAMPLE: "",
    Way.VERIFY: "{area.verifying} lists what waits for a verifier",
    Way.COUNTERSIGN_VERIFICATION: "{area.verifying} lists what waits for a verifier",
    Way.VERIFY_BRIEF: "",
    Way.SHOW_ACTIONS: "{unit.verification} on the marking screen shows it.",
    Way.REASSIGN_ACTION: "",
    Way.SHOW_CASES: "{app.palette} “cases” on the marking screen shows it.",
    Way.SHOW_CLAIMS: "{claims.open} in the list of claims shows what blocks it.",
    Way.SAY_WHY_OF_CLAIM: "",
    Way.LET_PASS: "{verify.let-pass} in the sample",
    Way.LIST_INTERESTS: "",
    Way.RELEASE_ANYWAY: "",
    Way.SAME_PERSON: "at the command line, with the command for members",
    Way.RENAME: "at the command line, with rename",
    Way.JOIN: "",
    Way.AUDIT: "",
    Way.COMPLETE_DESTRUCTION: "{reports.retention} in the reports, and there {retention.complete}",
    Way.DESTROY_AGAIN: "at the command line, with the command for retention",
    Way.KEEP_HEADS: "",
    Way.WRITE_OVER: "",
    Way.WRITE_DRAFT: "",
    Way.FROM_ANOTHER_CENTRE: "",
    Way.NAME_PARTICIPANT: "",
    Way.EVEN_DAMAGED: "",
    Way.EVEN_INCOMPLETE: "",
    Way.NAME_CODE: "",
    Way.GIVE_TITLE: "",
    Way.NEW_ALONE: "{taken.keep-new}",
    Way.NAME_COLUMN: "in Headings",
}
"""By way: a sentence of its own, or what goes behind a colon; nothing where the step says all. In braces are the ids of
commands, for which stand the keys that they have now."""


def next_step_of(error: MarkTermError) -> str:
    """What to do now at the screen, with the key that does it."""
    return with_hint(error.next_step, keyed(WORDS[error.hint.way]) if error.hint is not None else "")


def whole_content(error: MarkTermError) -> Content:
    """The same below what it is called, where there is no other title."""
    title = error.title if error.title.endswith("?") else f"{error.title}."
    return Content.assemble(Content.styled(f"{clean(title).text} ", "bold"), error_content(error))


def error_content(error: MarkTermError) -> Content:
    """What a person is told: what happened, what to do next, and where; what matters less is cut off first."""
    place = f"\n{one_line(error.place)}" if error.place else ""
    return Content.assemble(
        Content(clean(error.what).text), "\n", Content(clean(next_step_of(error)).text), Content.styled(place, "$quiet")
    )
