"""Where a learner is opened, and with what whoever marks goes on when nothing is open any more: at what waits for them,
and in a word why, where that is not seen at once."""

from __future__ import annotations

from datetime import UTC, datetime

from markterm.domain.views.due import Step
from markterm.domain.views.queue import waits_in_words
from markterm.domain.views.where_to_begin import Beginning, Why
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import key_of

_STEPS = {
    Step.CLOSE: ("close it", "unit.close"),
    Step.RELEASE: ("release its feedback", "unit.feedback"),
    Step.COUNTERSIGN: ("countersign", "mark.countersign"),
    Step.ACKNOWLEDGE: ("read its report", "unit.verification"),
}
_WAITED = {Why.RESUBMITTED: "resubmitted", Why.SUBMITTED: "handed in", Why.OPEN: "begun"}


def said_of(begin: Beginning, *, is_declared: bool = True) -> str:
    """Why one begins there, in a sentence; empty where the screen shows it: it is the first that is undecided, or the
    criterion itself says it. What is not `is_declared` to be the learner's own work cannot be closed yet."""
    code = one_line(begin.unit)
    if begin.why is Why.NEXT_STEP and begin.due is not None:
        if begin.due.step is Step.CLOSE and not is_declared:
            declares, closes = key_of("learner.declare"), key_of("unit.close")
            return f"{code} waits for the learner's declaration: {declares} records it, then {closes} closes the unit."
        told, key = _STEPS.get(begin.due.step, (f"{begin.due.step} it", ""))
        return f"{code} waits for you to {told}{f': {key_of(key)}' if key else ''}."
    if begin.passed_over and begin.why is Why.SETTLE:
        return f"Opened at {code} {begin.criterion}: it waits to be settled."
    if begin.passed_over and begin.why in _WAITED and begin.due is not None and begin.due.since is not None:
        waits = waits_in_words(begin.due.since, datetime.now(UTC))
        return f"Opened at {code}: {_WAITED[begin.why]}, {waits}.{_longer(begin)}"
    if begin.longer is not None:
        return f"Opened at {code}, to mark.{_longer(begin)}"
    return ""


def _longer(begin: Beginning) -> str:
    """What another unit waits for longer, which is what the caseload tells of the learner."""
    other = begin.longer
    if other is None or other.due is None or other.due.since is None:
        return ""
    told, _ = _STEPS.get(other.due.step, (f"{other.due.step} it", ""))
    return f" {one_line(other.unit)} waits longer for you to {told}: {key_of('criterion.go-to')} goes there."
