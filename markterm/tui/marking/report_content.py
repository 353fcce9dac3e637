"""The report of a verification as text to read: what was answered to which decision, what was found good and can be
developed, and what is to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from textual.content import Content

from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.bodies.actions import ActionStep
from markterm.domain.record.bodies.verifying import Answer
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.so_far import so_far
from markterm.domain.record.verifying import Verification
from markterm.domain.views import verified
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.tui.local_time import date_told, moment
from markterm.tui.signs import decision_sign

_LONGEST = 20_000

Named = Callable[[str], str]
"""What is shown for a member's id."""


def report_content(record: UnitRecord, last: Verification | None, name: Named, today: date) -> Content:
    """The report of the `last` answer to a unit, with the actions by that day and what was answered before; without an
    answer the actions alone."""
    parts = [Content("No verifier has answered yet.")] if last is None else list(_report(record, last, name))
    attempt = last.attempt if last is not None else record.attempt
    actions = [each for each in record.after.actions if each.attempt == attempt]
    if actions:
        parts += [Content(), _title("Actions"), *(line for each in actions for line in _action(each, name, today))]
    before = [each for each in verified.answered(record) if each is not last and each.attempt == attempt]
    if before:
        parts += [Content(), _title("Answered before")]
    for each in reversed(before):
        parts.append(Content(one_line(f"{moment(each.at)}  {verified.in_a_line(each, name)}")))
        told = verified.told(each, record, name)
        parts += [Content.styled(f"  {beginning(line, _LONGEST)}", "$quiet") for line in told]
    return Content("\n").join(parts)


def _report(record: UnitRecord, last: Verification, name: Named) -> Iterator[Content]:
    yield from _heading(record, last, name)
    yield Content()
    for each in last.answers:
        yield from _answer(record, each)
    report = last.report
    for title, text in (("Strengths", report.strengths), ("To develop", report.development)):
        if text.strip():
            yield from (Content(), _title(title), Content(beginning(text, _LONGEST)))
    for title, ticked in (("Evidence found to be", report.valid), ("Feedback found to be", report.feedback)):
        if ticked is not None:
            words = one_line(", ".join(ticked)) or "none of what is looked for"
            yield from (Content(), Content.assemble(Content.styled(f"{title} ", "bold $primary"), words))


def _heading(record: UnitRecord, last: Verification, name: Named) -> Iterator[Content]:
    agreed = (
        Content.styled("✓ Agreed", "bold $success") if last.agrees else Content.styled("✗ Not agreed", "bold $error")
    )
    what = "Interim look" if last.is_interim else "Verification"
    yield Content.assemble(agreed, f"  {what} by {one_line(name(last.actor))}, {moment(last.at)}")
    if last.unfinished:
        yield Content.styled(f"Not finished: {so_far(last, record)}.", "bold $warning")
    if last.in_training:
        told = "Answered in training: it waits for the countersignature of a verifier who is not."
        yield Content.styled(told, "bold $warning")
    if last.countersigns:
        whose = " and ".join(map(name, last.countersigns.split(", ")))
        yield Content.styled(one_line(f"Countersigns what {whose} answered in training."), "$quiet")
    if last.in_training:
        yield Content.styled("Answered in training: it waits for a countersignature.", "bold $warning")
    if why := record.why_stale(last):
        yield Content.styled(f"Stale: {one_line(why)}.", "bold $warning")
    if differ := verified.what_holds(record):
        yield Content.styled(one_line(f"{differ[:1].upper()}{differ[1:]}."), "bold $warning")
    if last.reason.strip():
        yield Content(beginning(last.reason, _LONGEST))
    for line, why in verified.sampled(record, name):
        yield Content.styled(one_line(f"{line[:1].upper()}{line[1:]}: {why}"), "$quiet")
    for each in last.overrides:
        let = f"{name(each.authorised_by)} let the rule of {each.rule} be passed over: {each.reason}"
        yield Content.styled(one_line(let), "$quiet")
    read = record.after.acknowledged(last.uid)
    if read is not None:
        word = f": {beginning(read.word, _LONGEST)}" if read.word.strip() else ""
        yield Content.styled(f"Read by {one_line(name(read.actor))}, {moment(read.at)}{word}", "$success")


def _answer(record: UnitRecord, answer: Answer) -> Iterator[Content]:
    live = record.criterion(answer.criterion).live
    decision = next((each for each in live if each.uid == answer.decision), None)
    told = (
        Content.styled("✓ agreed    ", "$success") if answer.agrees else Content.styled("✗ not agreed", "bold $error")
    )
    gone = "" if answer.decision in record.standing else ", decided again since"
    what = (
        Content.assemble(decision_sign(decision).content(), f" by {one_line(decision.actor)}{gone}")
        if decision is not None
        else Content("taken back since")
    )
    looked = f"  looked at ({answer.looked})" if answer.looked is not None else ""
    second = f"  second assessment: {own}" if (own := verified.own_result(answer, record)) else ""
    yield Content.assemble(f"{answer.criterion:<6}", told, "  ", what, Content.styled(f"{looked}{second}", "$quiet"))
    if answer.reason.strip():
        yield _indented(beginning(answer.reason, _LONGEST), 6)


def _action(action: ActionRecord, name: Named, today: date) -> Iterator[Content]:
    on = action.criterion or "the unit"
    due = f", due {date_told(action.due)}" if action.due is not None and action.is_open else ""
    style = "bold $error" if action.is_overdue(today) else "bold" if action.is_open else "$quiet"
    told = f"{on}: for {name(action.owner)}, {action.in_words(today)}{due}"
    yield Content.styled(one_line(f"{told}  {action.short}"), style)
    yield _indented(beginning(action.text, _LONGEST), 2)
    for each in action.steps:
        if each.step is not ActionStep.SET and each.text.strip():
            who = f"{each.step} by {one_line(name(each.actor))}, {moment(each.at)}: "
            yield _indented(f"{who}{beginning(each.text, _LONGEST)}", 4)


def _title(words: str) -> Content:
    return Content.styled(words, "bold $primary")


def _indented(text: str, by: int) -> Content:
    room = " " * by
    return Content(room + text.replace("\n", f"\n{room}"))
