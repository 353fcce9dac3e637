"""What every act that records a self-assessment is told: who said it, how and on which day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from markterm.cli.arguments import day_given
from markterm.cli.output import say, say_json
from markterm.cli.session import Session
from markterm.domain.record.bodies.developing import SkillsRated, StatementRated
from markterm.domain.record.self_ratings import in_words
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short
from markterm.exports.plain.event import event_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.development import Person
    from markterm.domain.record.event import Event


def said_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that say who said it, how and on which day."""
    for option in (
        click.option("--on", default="", metavar="DAY", help="The day on which it was said; today unless it is given."),
        click.option("--how", default="", metavar="TEXT", help="How it was said: in talk, on paper, by e-mail."),
        click.option("--said-by", default="", metavar="TEXT", help="Who said it; the person, unless it is given."),
    ):
        command = option(command)
    return command


def said(
    centre: Centre,
    person: Person,
    ratings: Sequence[StatementRated],
    *,
    said_by: str,
    how: str,
    on: str,
    corrects: str = "",
    why: str = "",
) -> SkillsRated:
    """The self-assessment that was given. Raises `WrongUse`."""
    scale = centre.details.skills
    return SkillsRated(
        tuple(ratings),
        said_by.strip() or person.name,
        how.strip(),
        day_given(on) or centre.development.today,
        scale.words,
        scale.enough,
        corrects=corrects,
        why=why.strip(),
    )


def tell(session: Session, person: Person, event: Event) -> None:
    """Say what was recorded."""
    if session.as_json:
        say_json(event_as_json(event))
    else:
        say(one_line(f"{person.name} ({person.id}): {in_words(event)}. Recorded as {short(event.uid)}."))
