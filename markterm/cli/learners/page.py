"""`markterm learner page`: what a learner was told of themselves."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session


@click.command("page", cls=Command)
@learner_argument
@pass_session
def command(session: Session, learner: str) -> None:
    """Show what a learner sees on their own page.

    What was released to them, how far they are by that, what is outstanding, and how they rated themselves. Of what
    was not released it says nothing, and counts none of it.

    \b
    Examples:
      markterm learner page JON2041
      markterm learner page JON2041 --json
    """
    centre = session.centre()
    told = centre.learners_pages.told(centre.learners.find(learner))
    if session.as_json:
        from markterm.exports.plain.learners_page import learners_page_as_json

        say_json(learners_page_as_json(told))
        return
    from markterm.exports.markdown.render import render

    say(render(centre.learners_pages.page(told)).rstrip("\n"))
