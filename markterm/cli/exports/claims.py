"""`markterm export claims`: the list of what is ready to claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import filter_given
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.exported import export_options, table_form, table_format_option, write
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse

if TYPE_CHECKING:
    from markterm.centre.export.claims import ClaimsRead


@click.command("claims", cls=Command)
@click.argument("filters", metavar="[FILTER]...", nargs=-1, shell_complete=completion.filters)
@click.option("--units", is_flag=True, help="Units instead of qualifications.")
@click.option("--qualification", default="", metavar="CODE", help="Only that qualification, or units of it.")
@click.option("--all", "everything", is_flag=True, help="Also what is claimed or blocked, with the codes of why.")
@click.option(
    "--only", metavar="FILTER", help="All that this filter of markterm claim lets through, whatever blocks it."
)
@table_format_option
@export_options(folder=False)
@pass_session
def command(
    session: Session,
    filters: tuple[str, ...],
    units: bool,
    qualification: str,
    everything: bool,
    only: str | None,
    form: str | None,
    to: Path | None,
    *,
    preview: bool,
    force: bool,
) -> None:
    """Write the list of what is ready to claim.

    Of every learner, or of those that the FILTERs of markterm status let through: qualifications, or with --units
    units. What is claimed already or blocked is left out, and told with what is in the way and its code. The columns
    are those that [claims.columns] of centre.toml names; a page (HTML, PDF) leaves out those in which there is nothing,
    and names them. --only writes what a filter of markterm claim lets through, units and qualifications. It is a list
    for people and for their own forms, and no awarding organisation's portal was tried with it. Nothing is recorded:
    markterm claim --record does that.

    \b
    Examples:
      markterm export claims
      markterm export claims --qualification 8580-CERT --format csv
      markterm export claims --only "state:blocked why:no-uln"
      markterm export claims site:leeds --units --all -o units.xlsx
    """
    from markterm.centre.export.claims import ClaimsAsked  # Only whoever exports needs it.
    from markterm.domain.views.listed_claims import CLAIM_FILTER, filter_claims

    centre = session.centre()
    if only is not None and (units or qualification or everything):
        raise WrongUse("Which of them?", "--only says it by a filter.", "Leave out --units, --qualification and --all.")
    CLAIM_FILTER.check(only or "")
    everybody(centre)

    learners = centre.exports.claims.let_through(filter_given(filters))
    read: list[ClaimsRead] = []
    reading = centre.exports.claims.reading(learners, read)
    for _ in with_bar(reading, len(learners), "Reading the records", learners=len(learners)):
        pass
    lets_through = None if only is None else lambda each: bool(filter_claims((each,), only))
    asked = ClaimsAsked(units, qualification, everything, lets_through)
    export = centre.exports.claims.of(read, asked, table_form(form, to))
    write(session, centre, export, to=to, preview=preview, force=force)
