"""`markterm release`: feedback is released to the learner, who gets it from a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text, learner_argument
from markterm.cli.asking import at_a_terminal
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.text_file import normalised, read_text_file

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.feedback import DrawnUp


@click.command("release", cls=Command)
@learner_argument
@click.argument("name", metavar="UNIT|ASSIGNMENT", shell_complete=completion.units_and_assignments)
@click.option(
    "--text",
    type=click.Path(path_type=str, allow_dash=True),
    default=None,
    metavar="FILE",
    help="Release the Markdown of this file in place of what the record gives; - reads it from stdin.",
)
@click.option("--anyway", is_flag=True, help="Release it though it names another learner or does not say whose it is.")
@pass_session
def command(session: Session, learner: str, name: str, text: str | None, anyway: bool) -> None:
    """Record that feedback goes to the learner.

    Nothing is sent: you hand it over yourself. It is recorded as it went, with who released it and when. A unit has to
    be closed first; of an assignment, the units that are closed are told of and the others are said to follow. Where
    the centre's policy says so, feedback waits for the verification of the unit. A text whose head names another
    learner, unit, attempt or outcome is refused; one that does not say whose it is, or names another learner of the
    centre, is asked about first.

    \b
    Examples:
      markterm release JON2041 501 --as asha
      markterm release JON2041 501 --text edited.md --as asha
    """
    edited = _edited(text) if text is not None else None
    centre = session.centre()
    draft = centre.feedback.draft(centre.learners.find(learner), name)
    if edited is None and centre.feedback.kept(draft):
        raise WrongUse(
            "The text was edited on the screen",
            f"What was edited of the feedback on {one_line(draft.feedback.code)} is kept and was not released.",
            "Release it there, or name the text: markterm feedback … -o FILE, then --text FILE.",
        )
    if edited is None and draft.released is not None and draft.released.text != draft.text:
        raise WrongUse(
            "It was released with another text",
            f"What went to the learner on {one_line(draft.feedback.code)} was edited; the record's own text would "
            "take its place.",
            "Name the text that is to go: markterm feedback … -o FILE writes what went, then --text FILE.",
        )
    recorded = centre.feedback.release(draft, edited, anyway=anyway or _agreed(centre, draft, edited))
    tell_each_recorded(session, centre, recorded, always_list=bool(draft.feedback.assignment))
    click.echo(
        "Recorded as released. Nothing was sent: hand it to the learner yourself (markterm feedback … -o FILE).",
        err=True,
    )
    for each in draft.feedback.following:
        why = each.held.title.lower() if each.held is not None else "still being marked"
        click.echo(f"{one_line(each.unit.code)} follows: {one_line(why)}.", err=True)


def _agreed(centre: Centre, draft: DrawnUp, edited: str | None) -> bool:
    """Whether a person at the terminal says that a text in doubt may go; False where nothing has to be asked."""
    if not at_a_terminal() or draft.refusal is not None:
        return False
    asked = centre.feedback.doubts(draft, edited)
    who = one_line(f"{draft.shown.learner.registration} {draft.shown.learner.name}")
    return bool(asked) and click.confirm(f"{' '.join(asked)} Release it to {who} all the same?", err=True)


def _edited(source: str) -> str:
    return given_text(source) if source == "-" else normalised(read_text_file(Path(source)))
