"""What verifiers said of a criterion and want done about it, as lines beside the decision, and as signs in a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.disagreement import unread_report
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import VerificationState
from markterm.domain.views.verified import AnswerOn, by_criterion, not_agreed_as_a_whole
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.tui.command import keyed
from markterm.tui.local_time import date_told, moment

SIGNS = {
    VerificationState.AGREED: ("V✓", "sign--quiet"),
    VerificationState.NOT_AGREED: ("V✗", "sign--conflict"),
    VerificationState.CONFLICT: ("V!", "sign--conflict"),
    VerificationState.STALE: ("V≠", "sign--quiet"),
}
"""What a verifier's answer comes to, as a sign behind a decision and the class that colours it."""
_LONGEST = 2000
_SHORT = 200


def action_sign(actions: tuple[ActionRecord, ...], today: date) -> str:
    """The sign of open actions: `A`, and `A!` where one is overdue; empty where none is open."""
    if any(each.is_overdue(today) for each in actions):
        return "A!"
    return "A" if any(each.is_open for each in actions) else ""


def on_criterion(record: UnitRecord, number: str) -> tuple[ActionRecord, ...]:
    """The actions on that criterion which are not accepted."""
    return tuple(each for each in record.after.actions if each.criterion == number and not each.is_finished)


def lines(
    record: UnitRecord, number: str, today: date, *, for_assessor: bool = False
) -> tuple[list[Content], list[Content]]:
    """What is to be read before the decision, because it came back or something is to be done, and what after it;
    `for_assessor` where it is read by whom it came back to."""
    own = by_criterion(record).get(number)
    before, after = [*_whole(record)], list[Content]()
    if own is not None:
        (before if own.came_back else after).extend(map(_answer, own.shown))
    actions = [each for each in record.after.actions if not each.is_finished]
    before += [_action(each, today) for each in actions if each.criterion == number]
    after += [_action_on_unit(each, today) for each in actions if not each.criterion]
    if for_assessor and (before or actions or unread_report(record) is not None):
        (before or after).append(
            Content.styled(keyed("{unit.verification} reads the report, and answers it."), "$quiet")
        )
    return before, after


def _whole(record: UnitRecord) -> Iterator[Content]:
    for each in not_agreed_as_a_whole(record):
        words = one_line(beginning(each.reason, _SHORT))
        told = f"✗ {one_line(each.actor)} does not agree with the unit as a whole: {words}"
        yield Content.styled(told, "bold $warning")


def _answer(each: AnswerOn) -> Content:
    told = one_line(f"{each.in_words(str)}, {moment(each.verification.at)}")
    words = f": {beginning(each.reason, _LONGEST)}" if each.reason else ""
    if each.answer.agrees or not each.stands:
        return Content.styled(f"Verified: {told}{words}", "$quiet")
    return Content.assemble(Content.styled(told, "bold $warning"), words)


def _action(each: ActionRecord, today: date) -> Content:
    done = "" if each.is_open else f" Done: {beginning(each.last.text, _LONGEST)}"
    return Content.assemble(
        Content.styled(f"Action for {_whose(each, today)}", _style(each, today)),
        f": {beginning(each.text, _LONGEST)}{done}",
    )


def _action_on_unit(each: ActionRecord, today: date) -> Content:
    told = f"Action on the unit for {_whose(each, today)}"
    return Content.assemble(Content.styled(told, _style(each, today)), f": {one_line(beginning(each.text, _SHORT))}")


def _whose(each: ActionRecord, today: date) -> str:
    due = f", due {date_told(each.due)}" if each.due is not None and each.is_open else ""
    return f"{one_line(each.owner)}, {each.in_words(today)}{due}"


def _style(each: ActionRecord, today: date) -> str:
    if not each.is_open:
        return "$quiet"
    return "bold $error" if each.is_overdue(today) else "bold $accent"
