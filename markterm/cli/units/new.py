"""`markterm unit new`: the mark sheet of a unit, typed in or begun from its paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli.asking import NobodyAnswers, at_a_terminal
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markterm.centre.centre import Centre
    from markterm.centre.unit_papers import UnitParticulars, UnitTakenIn

_TO_CHECK = 1


@click.command("new", cls=Command)
@click.argument("code")
@click.option("--title", default="", help="The title as published.")
@click.option("--level", type=click.IntRange(0), help="The level.")
@click.option("--credit", type=click.IntRange(0), help="The credits.")
@click.option("--glh", type=click.IntRange(0), help="The guided learning hours.")
@click.option("--version", default="", help="The version of the unit, so that an old and a new one are not mixed up.")
@click.option("--outcome", "outcomes", multiple=True, help="A learning outcome, once for each, in their order.")
@click.option(
    "--criterion", "criteria", multiple=True, help='A criterion with its number, once for each: "1.1 Explain why".'
)
@click.option("--graded", is_flag=True, help="P, M and D in the numbers are levels: pass, merit and distinction.")
@click.option(
    "--from", "paper", metavar="FILE", type=click.Path(path_type=Path), help="Begin from its published paper."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@pass_session
def command(
    session: Session,
    code: str,
    title: str,
    level: int | None,
    credit: int | None,
    glh: int | None,
    version: str,
    outcomes: tuple[str, ...],
    criteria: tuple[str, ...],
    paper: Path | None,
    *,
    graded: bool,
    dry_run: bool,
) -> int:
    """Write the mark sheet of a unit CODE.

    The code is that of the unit with its suite. At a terminal what is not given is asked for; elsewhere a title, an
    outcome and a criterion have to be given, or FILE that has them. The sheet is written when check would find nothing
    in it, to mark_sheets/units, and nothing that is there is written over. From a FILE it ends with 1 when there is
    something to check, as markterm unit import does.

    \b
    Examples:
      markterm unit new TEA-101
      markterm unit new TEA-101 --title "Making Tea" --outcome "Know tea" --criterion "1.1 Name three kinds of tea"
      markterm unit new TEA-101 --from mark-sheet.docx --level 2 --credit 3
    """
    from markterm.centre.papers_told import unit_told
    from markterm.centre.unit_papers import UnitParticulars
    from markterm.cli.units.told import unit_as_json

    centre = session.centre()
    known = UnitParticulars(one_line(code), one_line(title), one_line(version), level, credit, glh)
    if not known.code:
        raise WrongUse("A unit has a code", "It is empty.", "Write the code with its suite, such as 8580-500.")
    if paper is not None and (outcomes or criteria or graded):
        raise WrongUse(
            "The criteria are those of the document",
            "--outcome, --criterion and --graded go without --from.",
            "Take in the document first, and add to the sheet what it lacks.",
        )
    taken = (
        _from_paper(centre, paper, known)
        if paper is not None
        else _typed(centre, known, outcomes, criteria, is_graded=graded)
    )
    if not dry_run:
        centre.unit_papers.keep([taken])
    if session.as_json:
        say_json(unit_as_json(taken))
    else:
        for line in unit_told(taken):
            say(line)
        click.echo("Nothing was written." if dry_run else "Written.", err=True)
        if not dry_run:
            click.echo("Next: its code among the units of its assessors in centre.toml.", err=True)
    return 0 if taken.is_clean else _TO_CHECK


def _from_paper(centre: Centre, paper: Path, known: UnitParticulars) -> UnitTakenIn:
    """The unit of a paper; at a terminal what neither says is asked for."""
    from markterm.centre.unit_papers import UnitParticulars
    from markterm.cli.units.asked import asked_particulars

    (taken,) = centre.unit_papers.read(paper, known)
    unit = taken.unit
    if at_a_terminal():
        said = UnitParticulars(unit.code, unit.title, unit.version, unit.level, unit.credit, unit.glh)
        try:
            (taken,) = centre.unit_papers.read(paper, asked_particulars(said))
        except NobodyAnswers:
            raise _not_ended() from None
    return taken


def _typed(
    centre: Centre, known: UnitParticulars, outcomes: Sequence[str], criteria: Sequence[str], *, is_graded: bool
) -> UnitTakenIn:
    """The unit that is given, or asked for. Raises `Refused` where nobody can be asked, and where check would find
    something in its sheet; `WrongUse` for criteria that make no unit."""
    from markterm.cli.units.asked import asked_outcomes, asked_particulars
    from markterm.domain.assessed.unit import Unit
    from markterm.domain.papers.graded import graded
    from markterm.domain.papers.typed_unit import outcomes_typed

    missing = [
        option
        for option, value in (("--title", known.title), ("--outcome", outcomes), ("--criterion", criteria))
        if not value
    ]
    if missing and not at_a_terminal():
        raise Refused(
            "The unit is not whole",
            f"Nobody can be asked here for what is missing: {', '.join(missing)}. Nothing was written.",
            "Give each, an outcome and a criterion as often as there are, or a document with --from.",
        )
    if missing:
        try:
            known = asked_particulars(known)
            if not (outcomes and criteria):
                outcomes, criteria = asked_outcomes()
        except NobodyAnswers:
            raise _not_ended() from None
    unit = known.of(Unit("", "", outcomes=outcomes_typed(outcomes, criteria)))
    taken = centre.unit_papers.typed(graded(unit) if is_graded else unit)
    if taken.findings:
        told = "; ".join(one_line(f"{each.code} {each.message}") for each in taken.findings)
        raise Refused("Check would find something in the sheet", f"{told} Nothing was written.", "Write it otherwise.")
    return taken


def _not_ended() -> Refused:
    return Refused("The unit is not whole", "The input ended. Nothing was written.", "Begin again.")
