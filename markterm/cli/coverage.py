"""`markterm coverage`: which statements of a standard the units of a qualification cover, and which nothing covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.standard import StatementKind
from markterm.domain.standards.coverage import Only
from markterm.domain.words.errors import WrongUse

if TYPE_CHECKING:
    from markterm.domain.standards.coverage_asked import CoverageAsked

_TO_MEND = 1
KINDS = {kind.name.lower(): kind for kind in StatementKind if kind.is_asked}
"""The kinds of statement by what they are called on the command line."""


@click.command("coverage", cls=Command)
@click.argument(
    "names",
    metavar="[QUALIFICATION|UNIT]... STANDARD|SUITE",
    nargs=-1,
    required=True,
    shell_complete=completion.for_coverage,
)
@click.option("--version", default="", help="The version of the standard; without it the newest that is in force.")
@click.option(
    "--only",
    type=click.Choice([each.value for each in Only]),
    default=Only.ALL.value,
    show_default=True,
    help="Which statements are listed; the sums are of all.",
)
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only statements of that kind are listed.")
@click.option("--map", "only_map", is_flag=True, help="Only the functional map of the suite, drawn.")
@pass_session
def command(
    session: Session, names: tuple[str, ...], version: str, only: str, kind: str | None, *, only_map: bool
) -> int:
    """Show what units cover of a standard.

    Which statements of a standard, or of all standards of a suite, the criteria of these units cover, or of all units
    that are mapped to it, by what is mapped
    in mark_sheets/mappings and in the sheets of the units: statement by unit, with the criteria; what no unit covers,
    what is covered in part alone, and what is covered more than once. What people know stands apart from what they do.
    Of a suite its functional map is drawn too. A mapping to one version covers nothing of another.

    What is mapped and does not count is told with the reason; it ends with 1 then, or when a sheet has errors that may
    keep something out. A statement that nothing covers is no error.

    \b
    Examples:
      markterm coverage 8580-CERT MTC
      markterm coverage 500 501 MTC01 --only uncovered
      markterm coverage 8580-CERT MTC --map
    """
    *of, target = names
    asked = session.centre().coverages.of(of, target, version)
    listed = asked.coverage.among(Only(only), KINDS[kind] if kind else None)
    if only_map and not asked.areas:
        raise _no_map(asked)
    if session.as_json:
        from markterm.exports.plain.coverage import coverage_as_json

        say_json(coverage_as_json(asked, () if only_map else listed))
    else:
        from markterm.cli.standards.coverage_told import lines, map_lines

        for line in map_lines(asked) if only_map else lines(asked, listed, Only(only)):
            say(line)
    return _TO_MEND if asked.mends else 0


def _no_map(asked: CoverageAsked) -> WrongUse:
    return WrongUse(
        "There is no functional map",
        f"{asked.target.code} has no functional map: a suite has one.",
        "Name a suite whose sheet has areas; without --map everything else is shown.",
    )
