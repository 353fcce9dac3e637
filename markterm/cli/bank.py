"""`markterm bank`: every note that was ever written, to be used again."""

from __future__ import annotations

from collections.abc import Iterator

import click

from markterm.cli import completion
from markterm.cli.output import indented, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.errors import WrongUse
from markterm.domain.event import Result
from markterm.domain.foreign_text import one_line
from markterm.domain.remark import Remark, RemarkState
from markterm.domain.remark_places import Person, fill

_MOST = 20
_MOST_NAMED = 8
_SHOWN_OF_ID = 8
_RESULTS = tuple(result.value for result in Result)


@click.command("bank", cls=Command)
@click.argument("words", nargs=-1)
@click.option("--unit", metavar="UNIT", shell_complete=completion.units, help="The unit that is marked.")
@click.option("--criterion", metavar="NUMBER", shell_complete=completion.criteria, help="The criterion that is marked.")
@click.option("--result", type=click.Choice(_RESULTS), help="Only remarks that stood with such a decision.")
@click.option(
    "--for", "learner", shell_complete=completion.learners, metavar="LEARNER", help="Fill the places for them."
)
@click.option("--retired", is_flag=True, help="Show the retired ones too.")
@click.option("--most", type=click.IntRange(1), default=_MOST, show_default=True, help="How many to show.")
@click.option("--pin", metavar="ID", multiple=True, help="Have this remark first from now on.")
@click.option("--unpin", metavar="ID", multiple=True, help="Have it where its use puts it again.")
@click.option("--retire", metavar="ID", multiple=True, help="Be shown it no more.")
@click.option("--restore", metavar="ID", multiple=True, help="Be shown it again.")
@pass_session
def command(
    session: Session,
    words: tuple[str, ...],
    unit: str | None,
    criterion: str | None,
    result: str | None,
    learner: str | None,
    most: int,
    pin: tuple[str, ...],
    unpin: tuple[str, ...],
    retire: tuple[str, ...],
    restore: tuple[str, ...],
    *,
    retired: bool,
) -> int:
    """Find a remark among all the notes you wrote.

    Every note of a decision is kept by itself, also of one that was withdrawn; notes that say the same are one remark.
    WORDS may be beginnings, in any order, without capitals and accents. First come the pinned ones, then those written
    on the criterion that --unit and --criterion name, on its outcome and on criteria like it, then those used most.
    Names and pronouns of learners are places, {given} or {their}, which --for fills. Where centre.toml has
    shared_remarks = true, the notes of all members are there. Ends with 1 when nothing is found.

    \b
    Examples:
      markterm bank --unit 501 --criterion 2.1 --as asha
      markterm bank sessions signed --result refer --for JON2041
      markterm bank --pin 3f2a91bc --as asha
    """
    if (unit is None) is not (criterion is None):
        raise WrongUse("Which criterion?", "A unit and a criterion are given together.", "Give both, or neither.")
    centre = session.centre()
    bank = centre.bank.refreshed()
    acts = ((bank.pin, pin), (bank.unpin, unpin), (bank.retire, retire), (bank.restore, restore))
    chosen = [act(bank.by_id(each)) for act, ids in acts for each in ids]
    person = bank.person(centre.learner(centre.find_learner(learner))) if learner is not None else None
    if chosen:
        _tell(session, chosen, person)
        return 0
    asked = Result(result) if result is not None else None
    of_unit = bank.unit(unit) if unit is not None else None
    every = bank.search(" ".join(words), of_unit, criterion or "", asked, with_retired=retired).remarks
    found = [each for each in every if asked is None or each.results[asked]]
    _tell(session, found[:most], person)
    click.echo(_count(len(found), most), err=True)
    return 0 if found else 1


def _tell(session: Session, remarks: list[Remark], person: Person | None) -> None:
    if session.as_json:
        say_json([_as_json(remark, person) for remark in remarks])
        return
    for remark in remarks:
        say(one_line(" · ".join(_about(remark))))
        say(indented(_text(remark, person), 2))


def _text(remark: Remark, person: Person | None) -> str:
    return fill(remark.text, person) if person is not None else remark.text


def _about(remark: Remark) -> Iterator[str]:
    """What is said of a remark above its text."""
    yield remark.id[:_SHOWN_OF_ID] + (f" {remark.state}" if remark.state is not RemarkState.USUAL else "")
    if remark.uses:
        yield f"{len(remark.uses)}×, {', '.join(f'{result} {count}' for result, count in remark.results.items())}"
        yield f"for {_some(remark.learners)}"
        yield f"on {_some(tuple(f'{each.unit.code} {each.number}' for each in remark.criteria))}"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _count(found: int, most: int) -> str:
    if found > most:
        return f"{found} remarks, the first {most} shown; --most shows more."
    return f"{found} remark{'s' if found != 1 else ''}."


def _as_json(remark: Remark, person: Person | None) -> dict[str, object]:
    return {
        "id": remark.id,
        "state": remark.state.value,
        "text": remark.text,
        "filled": fill(remark.text, person) if person is not None else None,
        "uses": len(remark.uses),
        "results": {result.value: remark.results[result] for result in Result},
        "learners": list(remark.learners),
        "criteria": [
            {"unit": each.unit.code, "version": each.unit.version, "criterion": each.number} for each in remark.criteria
        ],
        "last": remark.uses[0].at.isoformat() if remark.uses else None,
    }
