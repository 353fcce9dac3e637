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


def tell_of_centre(centre: Centre) -> None:
    """Say on stderr what is due of the centre as a whole, and what of it is for whoever acts; nothing when there is
    nothing."""
    due = centre.due.now()
    if not due.words:
        return
    told = f"Of the centre: {'; '.join(due.words)}."
    own = due.of(centre.member.id).words if centre.member is not None else ()
    if centre.member is not None and own:
        told += f" Of that yours, {one_line(centre.member.id)}: {'; '.join(own)}."
    click.echo(f"{told} markterm action, members and assessor-observation show more.", err=True)
