"""`markterm learner link`: a link by which a learner opens their own page."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line


@click.command("link", cls=Command)
@learner_argument
@click.option("--days", type=int, default=None, metavar="N", help="For so many days from now, at most 90; usually 14.")
@click.option("--list", "lists", is_flag=True, help="The links that hold now; none is made.")
@click.option("--end", is_flag=True, help="End every link of theirs; none is made.")
@pass_session
def command(session: Session, learner: str, days: int | None, lists: bool, end: bool) -> None:
    """Make a link to a learner's own page, on the server.

    The page is read alone: what was released to them, their progress by that, what is outstanding, and how they rated
    themselves (markterm learner page shows it). Whoever has the link sees the page until it ends: send it to the
    learner alone.

    \b
    Examples:
      markterm learner link JON2041 --days 14 --as asha
      markterm learner link JON2041 --list
      markterm learner link JON2041 --end --as asha
    """
    if sum((days is not None, lists, end)) > 1:
        raise WrongUse("Which of these?", "--days, --list and --end exclude each other.", "Give one of them.")
    centre = session.centre()
    registration = centre.learners.find(learner)
    pages = centre.learners_pages
    if end:
        ended = pages.end_links(registration)
        if session.as_json:
            say_json({"registration": registration, "ended": ended})
        else:
            say(f"{counted(ended, 'link')} of {one_line(registration)} ended.")
        return
    if lists:
        links = pages.links(registration)
        if session.as_json:
            say_json(
                {
                    "registration": registration,
                    "links": [
                        {"made": each.made.isoformat(), "until": each.until.isoformat(), "by": each.by}
                        for each in links
                    ],
                }
            )
            return
        for each in links:
            say(one_line(f"made {each.made:%Y-%m-%d} by {each.by}, until {each.until:%Y-%m-%d %H:%M} UTC"))
        if not links:
            say("No link holds.")
        return
    link, address = pages.link(registration, 14 if days is None else days)
    if session.as_json:
        say_json({"registration": registration, "link": address, "until": link.until.isoformat()})
        return
    say(address)
    until = f"{link.until:%Y-%m-%d %H:%M} UTC"
    click.echo(one_line(f"It opens the page of {registration} until {until}, to whoever has it."), err=True)
    if address.startswith("/"):
        from markterm.centre.learners_pages import WITHOUT_ADDRESS  # Help loads every command.

        click.echo(WITHOUT_ADDRESS, err=True)
