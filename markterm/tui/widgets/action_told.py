"""What is said of the action under the cursor of a list: where it stands, and the last steps that led there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.content import Content

from markterm.centre.centre import Centre
from markterm.domain.views.listed_actions import ListedAction
from markterm.domain.words.foreign_text import one_line
from markterm.tui.local_time import date_told, moment

_LONGEST = 300
_STEPS_TOLD = 2


def action_told(
    centre: Centre, chosen: ListedAction, told: Callable[[str], str] = str, steps: int = _STEPS_TOLD
) -> Iterator[Content]:
    """What is to be done, by whom until when, what waits for it, and so many of the last steps, of which the beginning
    is shown as `told` gives it."""
    name, action = centre.details.name_of, chosen.action
    due = f", due {date_told(action.due)}" if action.due is not None else ""
    left = ", who left the centre" if chosen.has_left else ""
    holds = ", holds the feedback" if action.holds else f", holds {chosen.holds}" if chosen.holds else ""
    text = told(action.text[:_LONGEST])
    yield Content(one_line(f"{chosen.state}, for {name(action.owner)}{left}{due}{holds}: {text}"))
    for step in action.steps[-steps:]:
        word = told(step.text[:_LONGEST]) if step.text != action.text else ""
        to = f" for {name(step.owner, step.at)}" if step.owner else ""
        line = f"{moment(step.at)} {step.step}{to} by {name(step.actor, step.at)}{': ' * bool(word)}{word}"
        yield Content.styled(f"\n{one_line(line)}", "$quiet")
