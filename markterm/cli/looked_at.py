"""Whether somebody looked at what is fixed: files that no assessor has opened are named, and asked about."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from markterm.cli.asking import at_a_terminal
from markterm.cli.caveats import some_of
from markterm.domain.words.errors import Refused

if TYPE_CHECKING:
    from markterm.centre.centre import Centre

opened_option = click.option(
    "--opened", is_flag=True, help="You looked at the files that no assessor had opened: fix them with the others."
)


def look_first(centre: Centre, registration: str, names: Collection[str], stays: str, *, opened: bool) -> None:
    """Name those of the learner's files of these names that no assessor has opened as they are, and go on when somebody
    looked at them, which is recorded of an assessor. Raises `Refused` where nobody says that; `stays` says of what is
    left as it was."""
    files = [file for file in centre.evidence.listed(registration).files if file.name in names]
    unopened = centre.new_work.of(centre.learners.portfolio(registration).portfolio, files)
    if not unopened:
        return
    named = some_of(unopened)
    click.echo(f"Opened by no assessor as it is now: {named}.", err=True)
    if not (opened or (at_a_terminal() and click.confirm("Did you look at that, and go on with it?", err=True))):
        raise Refused(
            "Nobody opened it yet",
            f"{stays} No assessor has opened {named} since it came or was changed.",
            f"Look at it with markterm read {registration} FILE, or on the screen; then give --opened.",
        )
    with suppress(Refused):  # Who marks nothing may have looked at it all the same.
        centre.new_work.opened(registration, files)
