"""`markterm cpd`: what people plan to learn, and what they did."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

ACTS = ("show", "plan", "drop", "done")
"""Each is the `command` of the module of its name in `cli/developing`, imported when it is asked for."""


@click.group(
    "cpd",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.developing",
    otherwise="show",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Plan and record professional development.

    A plan comes from the gaps: what, how, by when, and what will show it. What a
    member of staff did counts for what is asked of them, beside what stands in
    members/<id>.md, which MarkTerm never writes.

    \b
    Examples:
      markterm cpd asha
      markterm cpd plan asha "Contracts with sponsors" --statement "MTC01 P3"
        --how "a course" --by 2026-09-30 --evidence "the certificate" --as asha
      markterm cpd done asha 3f2a91bc --evidence "notes" --for A3 --as asha
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"cpd": list(ACTS)})
        else:
            click.echo(ctx.get_help())
