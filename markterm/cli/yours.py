"""What whoever acts has to do themselves, told beside an answer about many learners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from markterm.domain.views.yours import yours
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.views.caseload import CaseloadRow


def tell_yours(centre: Centre, rows: Iterable[CaseloadRow]) -> None:
    """Say on stderr what came back to whoever acts, and what else they have to do; nothing when there is nothing."""
    if centre.member is None:
        return
    told = ", ".join(yours(rows, centre.member.id, centre.caseload.today).parts)
    if told:
        who = one_line(centre.member.id)
        click.echo(f"Yours, {who}: {told}. markterm status owner:{who} shows where.", err=True)
