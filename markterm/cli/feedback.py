"""`markterm feedback`: what the learner is to be told, or was told, of a unit or an assignment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.hints import next_step_of
from markterm.cli.output import moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.written import write_file
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.closing import release_as_json
from markterm.exports.plain.feedback import advice_as_json, feedback_as_json
from markterm.exports.plain.learner import departure_as_json
from markterm.exports.plain.values import iso

if TYPE_CHECKING:
    from markterm.centre.feedback import DrawnUp
    from markterm.domain.record.after_closing import Release


@click.command("feedback", cls=Command)
@learner_argument
@click.argument("name", metavar="UNIT|ASSIGNMENT", shell_complete=completion.units_and_assignments)
@click.option("--advice", is_flag=True, help="Print what to look at again before it goes, in place of the text.")
@click.option("--attempt", type=click.IntRange(1), metavar="N", help="What was released for that attempt.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file, as Markdown."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@pass_session
def command(
    session: Session, learner: str, name: str, advice: bool, attempt: int | None, output: Path | None, force: bool
) -> None:
    """Print the feedback to a learner, as Markdown.

    What was released is printed as it went; before that, the text that the record gives, marked as a draft: by learning
    outcome the strengths and what is missing, each with its note and the evidence cited. Nothing is sent: see markterm
    release.

    \b
    Examples:
      markterm feedback JON2041 501
      markterm feedback JON2041 501 --advice
      markterm feedback JON2041 501 --attempt 1
      markterm feedback NOW1870 8580-IA-CERT -o nowak.md
    """
    centre = session.centre()
    draft = centre.feedback.draft(centre.learners.find(learner), name)
    went = draft.of_attempt(attempt) if attempt is not None else draft.released
    text = went.text if went is not None else draft.printed()
    if output is not None:
        write_file(
            output,
            text,
            force=force,
            otherwise="Name another file, or add --force.",
            printed="markterm export feedback",
        )
        click.echo(f"Written to {output}.", err=True)
    if session.as_json:
        say_json(_as_json(draft, went, text, output))
    elif advice:
        for each in draft.advice:
            say(one_line(f"{each.unit}: {each.sentence}"))
    elif output is None:
        say(text.removesuffix("\n"))
    _tell(draft, went, with_advice=advice)
    warn_of_damage(draft.shown.findings, draft.shown.incomplete)


def _tell(draft: DrawnUp, went: Release | None, *, with_advice: bool) -> None:
    """Say on stderr whether it went, what holds it, and how much there is to look at again."""
    if went is not None:
        click.echo(f"Released {moment(went.at)} by {one_line(went.actor)}.", err=True)
        if went is not draft.released:
            return
    elif draft.refusal is not None:
        waits = draft.refusal
        click.echo(one_line(f"Not released. {waits.title}: {waits.what} {next_step_of(waits)}"), err=True)
    else:
        click.echo(
            "Not released yet: markterm release records that it goes; you hand it to the learner yourself.", err=True
        )
    if count := len(draft.advice):
        listed = "" if with_advice else ": --advice lists what to look at again"
        click.echo(f"{counted(count, 'piece')} of advice{listed}.", err=True)


def _as_json(draft: DrawnUp, released: Release | None, text: str, output: Path | None) -> dict[str, object]:
    waits = draft.refusal
    return {
        "registration": draft.shown.learner.registration,
        "code": draft.feedback.code,
        "markdown": text,
        "draft": released is None,
        "file": str(output) if output is not None else None,
        "released": (release_as_json(released) | {"by": released.actor} if released is not None else None),
        "earlier": [release_as_json(each) | {"by": each.actor, "markdown": each.text} for each in draft.earlier],
        "refused": {"title": waits.title, "what": waits.what, "next_step": next_step_of(waits)} if waits else None,
        "advice": [advice_as_json(each) for each in draft.advice],
        "units": [feedback_as_json(told) for told in draft.feedback.units],
        "incomplete": draft.shown.incomplete,
        "following": [each.unit.code for each in draft.feedback.following],
        "following_due_on": {each.unit.code: iso(each.due_on) for each in draft.feedback.following},
        "departure": departure_as_json(draft.shown.portfolio.departure),
    }
