"""`markterm standard map`: what the criteria of a unit cover of standards, and what they might."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.mapping import Strength
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.mapping import unit_mapped_as_json

if TYPE_CHECKING:
    from markterm.centre.mappings import Mappings
    from markterm.domain.assessed.unit import Unit
    from markterm.domain.standards.unit_mapped import MappedCriterion, PairOrder, UnitMapped

_PAIR = ("CRITERION", "STATEMENT")
_SIGNS = {Strength.FULLY: "✓", Strength.PARTLY: "◐", Strength.NOT: "✗"}


@click.command("map", cls=Command)
@click.argument("unit", metavar="UNIT", shell_complete=completion.units)
@click.argument("standards", metavar="[STANDARD]...", nargs=-1)
@click.option("--accept", nargs=2, multiple=True, metavar=" ".join(_PAIR), help="Put the pair down: it covers it.")
@click.option("--reject", nargs=2, multiple=True, metavar=" ".join(_PAIR), help="Put down that it does not cover it.")
@click.option("--remove", nargs=2, multiple=True, metavar=" ".join(_PAIR), help="Take the pair out of the mapping.")
@click.option(
    "--covers", type=click.Choice(["fully", "partly"]), default="fully", help="How far what is accepted covers."
)
@click.option("--note", default=None, metavar="TEXT", help="A note on what is accepted or turned down, in one line.")
@click.option("--left", is_flag=True, help="Only criteria that cover nothing yet.")
@click.option(
    "--proposals", type=click.IntRange(0, 20), default=3, metavar="N", help="At most so many for a criterion."
)
@pass_session
def command(
    session: Session,
    unit: str,
    standards: tuple[str, ...],
    accept: tuple[tuple[str, str], ...],
    reject: tuple[tuple[str, str], ...],
    remove: tuple[tuple[str, str], ...],
    covers: str,
    note: str | None,
    left: bool,
    proposals: int,
) -> None:
    """Map a unit to standards.

    Shows what each criterion covers, and proposes statements that are worded alike, with the words that both have.
    A proposal counts for nothing until somebody has looked and accepts it. What is accepted or turned down is written
    to mark_sheets/mappings at once; turned down, it is not proposed again. STANDARD is a code, MTC01 or "MTC01 (2.0)",
    or that of a suite; without one it is every standard in its newest version.

    \b
    Examples:
      markterm standard map 501 MTC
      markterm standard map 501 --left
      markterm standard map 501 --accept 1.1 "MTC01 P1" --accept 1.1 "MTC01 P2"
      markterm standard map 501 --accept 1.2 "MTC02 P1" --covers partly --note "the programme, not each session"
      markterm standard map 501 --reject 1.3 "MTC01 P4"
      markterm standard map 501 --remove 1.1 "MTC01 P2"
    """
    mappings = session.centre().mappings
    meant = mappings.unit(unit)
    if note is not None and not (accept or reject):
        raise WrongUse("A note on what?", "A note stands beside a pair.", "Give --accept or --reject with it.")
    orders = [
        *_orders(mappings, meant, accept, Strength(covers), note),
        *_orders(mappings, meant, reject, Strength.NOT, note),
        *_orders(mappings, meant, remove, None, None),
    ]
    changed = {order.criterion for order in orders}
    if len({(order.criterion, order.link) for order in orders}) < len(orders):
        raise WrongUse("One pair twice", "A pair is named twice. Nothing was written.", "Name each once.")
    written = mappings.order(meant, orders) if orders else ()
    shown = mappings.of(meant.code, standards, 0 if orders else proposals)
    told = [each for each in shown.criteria if not (orders and each.criterion.number not in changed)]
    told = [each for each in told if not (left and each.is_mapped)]
    if session.as_json:
        say_json({**unit_mapped_as_json(shown), "written": [each.path.name for each in written]})
        return
    for line in _lines(shown, told):
        say(line)
    if orders:
        names = ", ".join(f"mark_sheets/mappings/{each.path.name}" for each in written)
        click.echo(one_line(f"Written: {names}." if written else "It says so already: nothing was written."), err=True)


def _orders(
    mappings: Mappings, unit: Unit, pairs: Sequence[tuple[str, str]], strength: Strength | None, note: str | None
) -> Iterator[PairOrder]:
    from markterm.domain.standards.unit_mapped import PairOrder

    for criterion, statement in pairs:
        yield PairOrder(
            criterion.strip(),
            mappings.link(statement, unit, criterion),
            strength,
            one_line(note) if note is not None else None,
        )


def _lines(shown: UnitMapped, criteria: Sequence[MappedCriterion]) -> Iterator[str]:
    yield one_line(f"{shown.unit.key} {shown.unit.title}: {shown.told}")
    yield one_line(f"Beside {', '.join(str(each.key) for each in shown.standards) or 'no standard'}")
    for each in criteria:
        yield ""
        yield one_line(f"{each.criterion.number} {each.criterion.text}")
        for pair in each.pairs:
            note = f" ({pair.mapped.note})" if pair.mapped.note else ""
            strength = pair.mapped.strength
            yield f"  {_SIGNS[strength]} {strength.value:<6}  {one_line(f'{pair.name}: {pair.told}{note}')}"
        for proposed in each.proposed:
            yield f"  ? {proposed.score:>6}  {one_line(f'{proposed.known.link}: {proposed.known.statement.text}')}"
            yield f"{' ' * 12}{one_line(proposed.reason)}"
