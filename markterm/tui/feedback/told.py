"""What the screen of feedback says above and beside the text: of what it is, how it stands, what to look at again."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from textual.content import Content

from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import keyed
from markterm.tui.hints import next_step_of
from markterm.tui.local_time import moment

if TYPE_CHECKING:
    from markterm.centre.feedback import DrawnUp
    from markterm.domain.record.after_closing import Release


class Edited(Enum):
    """Whether somebody changed the text, and whether the record changed after that."""

    NOT = auto()
    SINCE = auto()
    BEFORE_A_CHANGE = auto()


def what(draft: DrawnUp) -> str:
    """The learner, the unit or assignment and the attempt, as they stand in the question too."""
    feedback, learner = draft.feedback, draft.shown.learner
    attempts = [f"{f'{told.unit.code} ' * bool(feedback.assignment)}attempt {told.attempt}" for told in feedback.units]
    # The title comes last: it is the longest, and what is cut off where there is no room.
    return one_line(
        f"{learner.name} {learner.registration}: {', '.join([feedback.code, *attempts])} · {feedback.title}"
    )


def advice_of(draft: DrawnUp) -> Content:
    """What to look at again before it goes, with how much there is of it; nothing if there is none."""
    several = len(draft.feedback.units) > 1
    lines = [Content.styled(f"Advice ({len(draft.advice)})", "bold $primary")]
    for each in draft.advice:
        said = one_line(f"{f'{each.unit}: ' * several}{each.sentence}")
        lines.append(Content.assemble(Content.styled("· ", "$warning"), said))
    return Content("\n").join(lines) if draft.advice else Content()


def state(draft: DrawnUp, edited: Edited, *, may_release: bool) -> Content:
    """Whether it went or may go, what holds it, and whether it was changed."""
    released, waits = draft.released, draft.refusal
    parts: list[Content] = []
    if released is not None:
        parts.append(Content.styled(f"✓ Released {moment(released.at)} by {one_line(released.actor)}.", "$success"))
    elif waits is not None:
        told = one_line(f"{waits.title}. {waits.what} {next_step_of(waits)}")
        parts.append(Content.styled(f"Not released. {told}", "$warning"))
    else:
        how = keyed(" {feedback.release} releases it.") if may_release else ""
        parts.append(Content.styled(f"Not released.{how}", "$quiet"))
    held = [(each.unit.code, each.held) for each in draft.feedback.following if each.held is not None]
    if held and draft.feedback.units:
        told = "; ".join(f"{code}: {why.title[:1].lower()}{why.title[1:]}" for code, why in held)
        parts.append(Content.styled(one_line(f"Not with it, {told}."), "$warning"))
    if edited is Edited.BEFORE_A_CHANGE:
        words = keyed("Edited before the record changed: {feedback.anew} goes back to what it gives now.")
        parts.append(Content.styled(words, "bold $warning"))
    elif edited is Edited.SINCE:
        parts.append(Content.styled("Edited.", "bold $accent"))
    return Content(" ").join(parts)


def state_of(went: Release) -> Content:
    """That it went to the learner for that attempt, and how one comes back."""
    told = f"Attempt {went.attempt}: released {moment(went.at)} by {one_line(went.actor)}. "
    return Content.styled(told + keyed("{feedback.later} goes back."), "$success")
