"""`markterm export feedback`: what went to learners, as files, and drafts of the messages that take it there."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given
from markterm.cli.caveats import warn_of_damage
from markterm.cli.exported import USUAL_PAGES, ending_form, export_options, format_option, write
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.exports.page_form import PageForm

_MESSAGE = "eml"
_FORMS = (*PageForm, _MESSAGE)


@click.command("feedback", cls=Command)
@click.argument("learner", required=False, shell_complete=completion.learners)
@click.argument("name", metavar="[UNIT|ASSIGNMENT]", required=False, shell_complete=completion.units_and_assignments)
@click.option("--released-since", "since", metavar="DAY", default="", help="What was released on that day or later.")
@click.option("--draft", is_flag=True, help="What is not released yet too, marked as a draft on every page.")
@format_option(_FORMS, USUAL_PAGES)
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    learner: str | None,
    name: str | None,
    since: str,
    form: str | None,
    to: Path | None,
    *,
    draft: bool,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write the feedback that went to learners.

    What was released is written as it went, word for word: on one UNIT or ASSIGNMENT, all of one LEARNER, or with
    --released-since that of everybody. Where it would not be released as things stand now, that is said above it. What
    is not released is refused, but with --draft, which says so on every page.

    With --format eml drafts of messages are written, one a learner, with the PDFs attached; a mail program opens them.
    Nothing is sent. The address is the learner's email in learner.md; who has none, a wrong one or that of another
    learner is left out, and told.

    \b
    Examples:
      markterm export feedback OBR0377 500
      markterm export feedback OBR0377 --format docx
      markterm export feedback --released-since 2026-06-01 --format eml
      markterm export feedback JON2041 501 --draft -o jones.pdf
    """
    centre = session.centre()
    day = day_given(since)
    registration = centre.learners.find(learner) if learner is not None else None
    meant = ending_form(form, to, _FORMS, PageForm.usual())
    as_message = meant == _MESSAGE
    if draft and (name is None or as_message):
        raise WrongUse("A draft of what?", "A draft is written of one unit or assignment, as a document.", "Name it.")
    if name is not None and (as_message or day is not None):
        raise WrongUse(
            "One or several?",
            "A unit was named, and what is written for several.",
            "Leave out the unit, or the day and the format eml.",
        )
    if registration is None and day is None:
        raise WrongUse(
            "Whose feedback?", "Nobody was named, and no day.", "Name a learner, or add --released-since DAY."
        )
    asked = [registration] if registration is not None else None
    feedback = centre.exports.feedback
    if as_message:
        export = feedback.messages(asked, day)
    elif registration is not None and name is not None:
        export = feedback.of_unit(registration, name, PageForm(meant), draft=draft)
    else:
        export = feedback.released(asked, day, PageForm(meant))
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
    if registration is not None:
        warn_of_damage(centre.learners.findings(registration))
