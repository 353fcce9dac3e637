"""`--upgrade`: what acts that are recorded in the newest format have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli.asking import at_a_terminal
from markterm.domain.record.record_format import NEWEST, OLDEST
from markterm.domain.words.errors import Refused

if TYPE_CHECKING:
    from markterm.centre.centre import Centre

upgrade_option = click.option(
    "--upgrade", is_flag=True, help=f"Bring a centre of format {OLDEST} to format {NEWEST} first, without asking."
)


def bring_to_newest_format(centre: Centre, *, upgrade: bool) -> None:
    """Have the centre in the newest format before an act that needs it: with the option, or when a person says yes.

    Raises `Refused` when they do not, or when there is neither the option nor a terminal, and what
    `CentreFormat.upgrade` raises.
    """
    if not centre.format.needs_upgrade:
        return
    if not upgrade and not (at_a_terminal() and _agreed()):
        raise Refused(
            "This centre has the older format",
            f"This is recorded in format {NEWEST}, and the centre has format {centre.format.number}. "
            "Nothing was changed.",
            "Have everybody who works in it install this version or a newer one, then give the option --upgrade.",
        )
    centre.format.upgrade()
    click.echo(f"The centre has format {NEWEST} now: everybody who works in it needs this version.", err=True)


def _agreed() -> bool:
    question = (
        f"This is recorded in format {NEWEST}. Once the centre has it, everybody who works in it needs this version of "
        "MarkTerm or a newer one; an older one says so and marks nothing. What is recorded stays as it is. Go on?"
    )
    return click.confirm(question, err=True)
