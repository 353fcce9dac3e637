"""`markterm carry`: decisions on a sheet that says something else by now, settled by a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text, unit_argument
from markterm.cli.caveats import warn_of_hidden
from markterm.cli.output import say, say_json
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.upgrading import bring_to_newest_format, upgrade_option
from markterm.domain.record.settlement import Settlement, Settling
from markterm.domain.words.code import is_code
from markterm.domain.words.counted import counted
from markterm.domain.words.criterion_number import sort_key
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.decision import decision_as_json
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.centre.recorder import Recorded
    from markterm.centre.sheet_changes import Changed, Order, SheetChanges
    from markterm.domain.rules.settling import Unsettled

_LEFT = 1


@click.command("carry", cls=Command)
@unit_argument
@click.argument("learners", metavar="[LEARNER]...", nargs=-1, shell_complete=completion.learners)
@click.option("--criterion", default="", metavar="NUMBER", help="Only this criterion, or several with commas between.")
@click.option("--to", default="", metavar="NUMBER", help="Carry it over to this criterion of the sheet.")
@click.option("--anew", is_flag=True, help="Set its decisions aside: it is decided anew.")
@click.option("--no-longer-asked", is_flag=True, help="Set its decisions aside: nobody asks for it any more.")
@click.option("--into", default="", metavar="UNIT", help="The unit that takes its place, where its code was changed.")
@click.option("--undo", is_flag=True, help="Take back what was settled last in the unit, of these learners.")
@click.option("--reason", default="", metavar="TEXT", help="Why; without it nothing is recorded. - reads stdin.")
@upgrade_option
@pass_session
def command(
    session: Session,
    unit: str,
    learners: tuple[str, ...],
    criterion: str,
    to: str,
    anew: bool,
    no_longer_asked: bool,
    into: str,
    undo: bool,
    reason: str,
    upgrade: bool,
) -> int:
    """Settle decisions that do not fit the mark sheet any more.

    A decision belongs to the wording it was made on. When a sheet is renumbered, reworded or given another version, its
    decisions count again once a person has said where they belong: carried over to a criterion, decided anew, or no
    longer asked.

    Without --reason it only shows what does not fit and where it would be carried over to: to the criterion that asks
    the same, whatever its number is. With --reason that is recorded, for every learner or for those that are named;
    what was settled before is left out, so it can be done again when it was interrupted. Ends with 1 when something is
    left.

    \b
    Examples:
      markterm carry 501
      markterm carry 501 --reason "Sheet of 2026-01: 1.1 is new." --as asha
      markterm carry 501 --criterion 3.1 --no-longer-asked --reason "Taken out in 2026-01." --as asha
      markterm carry 501 JON2041 --criterion 1.1 --to 1.2 --reason "Reworded only." --as asha
      markterm carry 501 JON2041 --undo --reason "The wrong sheet." --as asha
    """
    orders = _orders(criterion, to, anew=anew, no_longer_asked=no_longer_asked)
    why = given_text(reason)
    centre = session.centre()
    changes = centre.sheet_changes
    if undo:
        if orders or not learners or not why:
            raise WrongUse(
                "Whose, and why?",
                "What was settled is taken back of learners who are named, with a reason. Nothing was recorded.",
                "Give the learners and --reason with --undo, and no other option.",
            )
        taken_back = (changes.take_back(centre.learners.find(each), unit, why) for each in learners)
        tell_each_recorded(session, centre, taken_back, always_list=True)
        return 0
    registrations = [centre.learners.find(each) for each in learners] if learners else None
    found = [
        changes.ordered(each, orders, into)
        for each in changes.look(unit, registrations)
        if not orders or any(_is_ordered(one, orders) for one, _ in each.criteria)
    ]
    if not found and not any(is_code(unit, each.code) for row in centre.caseload.rows for each in row.units):
        centre.sheets.named(unit)  # Of a unit that nobody knows nothing fits.
    named = [centre.caseload.row_of(folder_name(each)) for each in registrations or ()]
    warn_of_hidden(named if learners else centre.caseload.rows)
    if orders and not found:
        raise WrongUse(
            "Nothing to settle there",
            f"{one_line(unit)} {one_line(criterion)} has nothing that does not fit its sheet. Nothing was recorded.",
            f"markterm carry {one_line(unit)} shows what does not fit.",
        )
    if why:
        to_record = [each for each in found if each.settled or (each.to is None and each.criteria)]
        if to_record:
            bring_to_newest_format(centre, upgrade=upgrade)
        tell_each_recorded(session, centre, _record_each(changes, to_record, why), always_list=True)
        left = [each for each in found for _, settlement in each.criteria if settlement is None and not orders]
        if left:
            _tell_what_is_left(left)
        elif not to_record:
            click.echo("Everything fits its sheet: nothing was recorded.", err=True)
        return _LEFT if left else 0
    if session.as_json:
        say_json([_as_json(each) for each in found])
    else:
        for line in _lines(found):
            say(line)
    click.echo("Nothing was recorded: --reason records it." if found else "Everything fits its sheet.", err=True)
    return _LEFT if found else 0


def _orders(criterion: str, to: str, *, anew: bool, no_longer_asked: bool) -> tuple[Order, ...]:
    """What the options say. Raises `WrongUse` when they do not go together."""
    from markterm.centre.sheet_changes import Order  # Help loads every command.

    ways = [
        way
        for way, said in ((Settling.CARRIED, to), (Settling.ANEW, anew), (Settling.NOT_ASKED, no_longer_asked))
        if said
    ]
    numbers = [number.strip() for number in criterion.split(",") if number.strip()]
    if len(ways) != bool(numbers) or (to and len(numbers) > 1):
        raise WrongUse(
            "How is it settled?",
            "A criterion is carried over to one other, decided anew or no longer asked: one of the three.",
            "Give --criterion with one of --to, --anew and --no-longer-asked; or none of them, for what is proposed.",
        )
    return tuple(Order(number, ways[0], to) for number in numbers)


def _is_ordered(one: Unsettled, orders: Sequence[Order]) -> bool:
    return any(order.criterion in (one.name, one.place[1]) for order in orders)


def _record_each(changes: SheetChanges, found: Sequence[Changed], reason: str) -> Iterator[Recorded]:
    for each in found:
        yield from changes.record(each, reason)


def _tell_what_is_left(left: Sequence[Changed]) -> None:
    learners = len({each.registration for each in left})
    click.echo(
        f"{counted(len(left), 'criterion', 'criteria')} of {counted(learners, 'learner')} "
        "fit no criterion of the sheet: say for each of them --criterion with --to, --anew or --no-longer-asked.",
        err=True,
    )


def _lines(found: Sequence[Changed]) -> Iterator[str]:
    by_way: dict[tuple[str, str, str, str], list[str]] = {}
    for each in found:
        to = str(each.to.key) if each.to is not None else ""
        heading = one_line(f"{each.unit.key}: {each.unit.no_sheet}" if each.unit.no_sheet else str(each.unit.key))
        for one, settlement in each.criteria:
            way = (heading, to, one.name, _way(each, one, settlement))
            by_way.setdefault(way, []).append(f"{each.registration} ({one.results})")
        if not each.criteria:
            by_way.setdefault((heading, to, "", "goes on there, nothing is decided"), []).append(each.registration)
    shown = ("", "")
    for (heading, to, name, told), learners in sorted(by_way.items(), key=_order):
        if (heading, to) != shown:
            shown = (heading, to)
            yield heading + (f"; it goes on as {one_line(to)}" if to and not heading.startswith(one_line(to)) else "")
        yield f"  {one_line(f'{name} {told}')}"
        yield f"      {one_line(', '.join(learners))}"


def _order(item: tuple[tuple[str, str, str, str], list[str]]) -> tuple[object, ...]:
    (heading, to, name, told), _ = item
    return heading, to, sort_key(name), told


def _way(changed: Changed, one: Unsettled, settlement: Settlement | None) -> str:
    wording = one.wording or "its wording was not recorded"
    if settlement is None:
        now = changed.to.criterion(one.place[1]) if changed.to is not None else None
        return f"→ ? {wording} ({f'now {now.number} asks: {now.text}' if now is not None else 'not on the sheet now'})"
    if settlement.settling is Settling.CARRIED:
        return f"→ {settlement.to} {settlement.wording}"
    return f"→ {'decided anew' if settlement.settling is Settling.ANEW else 'no longer asked'}: {wording}"


def _as_json(each: Changed) -> dict[str, object]:
    return {
        "registration": each.registration,
        "name": each.name,
        "unit": each.unit.code,
        "version": each.unit.version,
        "no_sheet": each.unit.no_sheet,
        "to_unit": each.to.code if each.to is not None else None,
        "to_version": each.to.version if each.to is not None else None,
        "criteria": [
            {
                "name": one.name,
                "criterion": one.place[1],
                "version": one.place[0].version,
                "wording": one.wording,
                "decisions": [decision_as_json(each) for each in one.record.standing],
                "settling": settlement.settling.value if settlement is not None else None,
                "to": settlement.to or None if settlement is not None else None,
            }
            for one, settlement in each.criteria
        ],
    }
