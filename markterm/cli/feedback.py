"""`markterm feedback`: what the learner is to be told, or was told, of a unit or an assignment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.hints import next_step_of
from markterm.cli.output import moment, say, say_json, warn_of_damage
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.written import write_file
from markterm.domain.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.feedback import Draft
    from markterm.domain.after_closing import Release
    from markterm.domain.feedback import Remark, UnitFeedback


@click.command("feedback", cls=Command)
@learner_argument
@click.argument("name", metavar="UNIT|ASSIGNMENT", shell_complete=completion.units_and_assignments)
@click.option("--advice", is_flag=True, help="Print what to look at again before it goes, in place of the text.")
@click.option("--attempt", type=click.IntRange(1), metavar="N", help="What was released for that attempt.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the text to a file.")
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
      markterm feedback JON2041 8580-IA-CERT -o jones.md
    """
    centre = session.centre()
    draft = centre.feedback.draft(centre.learners.find(learner), name)
    went = draft.of_attempt(attempt) if attempt is not None else draft.released
    text = went.text if went is not None else draft.printed()
    if output is not None:
        write_file(output, text, force=force, otherwise="Name another file, or add --force.")
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


def _tell(draft: Draft, went: Release | None, *, with_advice: bool) -> None:
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
        click.echo(f"{count} piece{'s' * (count > 1)} of advice{listed}.", err=True)


def _as_json(draft: Draft, released: Release | None, text: str, output: Path | None) -> dict[str, object]:
    waits = draft.refusal
    return {
        "registration": draft.shown.learner.registration,
        "code": draft.feedback.code,
        "markdown": text,
        "draft": released is None,
        "file": str(output) if output is not None else None,
        "released": (
            {"at": released.at.isoformat(), "by": released.actor, "attempt": released.attempt}
            if released is not None
            else None
        ),
        "earlier": [
            {"attempt": each.attempt, "at": each.at.isoformat(), "by": each.actor, "markdown": each.text}
            for each in draft.earlier
        ],
        "refused": {"title": waits.title, "what": waits.what, "next_step": next_step_of(waits)} if waits else None,
        "advice": [
            {
                "concern": each.concern.value,
                "unit": each.unit,
                "criteria": list(each.numbers),
                "sentence": each.sentence,
            }
            for each in draft.advice
        ],
        "units": [_unit_as_json(told) for told in draft.feedback.units],
        "incomplete": draft.shown.incomplete,
        "following": [each.unit.code for each in draft.feedback.following],
    }


def _unit_as_json(told: UnitFeedback) -> dict[str, object]:
    return {
        "unit": told.unit.code,
        "attempt": told.attempt,
        "outcome": told.closing.outcome.value if told.closing is not None else None,
        "summary": told.closing.feedback if told.closing is not None else "",
        "outcomes": [
            {
                "number": outcome.number,
                "title": outcome.title,
                "strengths": [_remark_as_json(remark) for remark in outcome.strengths],
                "missing": [_remark_as_json(remark) for remark in outcome.missing],
            }
            for outcome in told.outcomes
        ],
        "waiting": list(told.waiting),
    }


def _remark_as_json(remark: Remark) -> dict[str, object]:
    return {
        "criterion": remark.criterion.number,
        "wording": remark.wording,
        "note": remark.note,
        "attempt": remark.attempt,
        "citations": [
            {
                "file": citation.passage.file,
                "place": citation.passage.locator,
                "quote": citation.passage.quote,
                "attempt": citation.attempt,
            }
            for citation in remark.citations
        ],
    }
