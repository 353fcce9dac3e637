"""Accounts of what was seen and said, in lines and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markterm.cli.arguments import given_text
from markterm.cli.output import say, say_json
from markterm.cli.session import Session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.account import account_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.accounts import KeptAccount, NameOf

Decorated = Callable[..., Any]
_SHARED = (
    click.option("--on", default="", metavar="DATE", help="The day on which it was."),
    click.option("--place", default="", metavar="TEXT", help="Where it was."),
    click.option("--present", multiple=True, metavar="NAME", help="Who was there besides; may be given again."),
    click.option("--minutes", type=int, metavar="N", help="How long it took."),
    click.option("--criteria", multiple=True, metavar="TEXT", help='What it covers: "501 1.1, 1.2"; again for more.'),
    click.option("--text", default="", metavar="TEXT", help="What was seen and said; - reads it from stdin."),
    click.option(
        "--from", "source", type=click.Path(path_type=Path), metavar="FILE", help="The text of it: a Markdown file."
    ),
    click.option(
        "--attach", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="A recording or signed form."
    ),
    click.option("--replaces", default="", metavar="ID", help="The account that it corrects, which stays."),
)


def account_options(command: Decorated) -> Decorated:
    """The options that every account has."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


def text_given(text: str, source: Path | None) -> str:
    """The text of an account: as it was given, or what stands in the file. Raises `WrongUse` and `Unreadable`."""
    if source is None:
        return given_text(text)
    if text:
        raise WrongUse("Which text?", "Both --text and --from were given.", "Give one of them.")
    from markterm.sheets.text_file import read_text_file

    return read_text_file(source)


def tell_accounts(session: Session, centre: Centre, registration: str) -> None:
    """Tell every account of the learner, with what became of its file."""
    portfolio = centre.learners.portfolio(registration).portfolio
    kept, destroyed = portfolio.accounts.kept, portfolio.evidence_destroyed is not None
    files = centre.fixing.looked_at(registration) if kept else {}
    name_of = centre.details.name_of
    if session.as_json:
        say_json([account_as_json(each, name_of, files, destroyed=destroyed) for each in kept])
        return
    for each in kept:
        say(account_line(each.found(files, destroyed=destroyed), name_of))
    if not kept:
        say("No account of what was seen and said.")


def account_line(account: KeptAccount, name_of: NameOf) -> str:
    """An account in a line: its id, its file, what it is, whether it was confirmed, and what it covers."""
    told = account.in_words(name_of)
    return one_line(f"{account.short} {account.said.file}: {told}. It covers {account.covers_in_words}.")
