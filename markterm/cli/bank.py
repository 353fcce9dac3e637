"""`markterm bank`: every note that was ever written, to be used again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.asking import at_a_terminal
from markterm.cli.output import indented, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.event import Result
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short
from markterm.exports.plain.remark import remark_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.centre.remarks import RemarkBank
    from markterm.domain.remarks.remark import Remark
    from markterm.domain.remarks.remark_places import Person
    from markterm.domain.words.learner_names import Mention

_MOST = 20
_MOST_NAMED = 8
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
@click.option(
    "--doubt",
    type=click.Choice(("name", "word")),
    help="What a word is that may be the name of one a remark was written for: it gets a place, or stays.",
)
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
    doubt: str | None,
    *,
    retired: bool,
) -> int:
    """Find a remark among all the notes you wrote.

    Every note of a decision is kept by itself, also of one that was withdrawn; notes that say the same are one remark.
    WORDS may be beginnings, in any order, without capitals and accents. First come the pinned ones, then those written
    on the criterion that --unit and --criterion name, on its outcome and on criteria like it, then those used most.
    Names of learners, and pronouns that certainly are theirs, are places, {given} or {their}, which --for fills. A
    remark that still names a learner is left out, but for that learner. Where centre.toml has
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
    centre.caseload.now()  # Whom a remark names is looked for among everybody who is here now.
    bank = centre.remarks.refreshed()
    to_pin = [_settled(bank, bank.by_id(each), doubt) for each in pin]
    acts = ((bank.unpin, unpin), (bank.retire, retire), (bank.restore, restore))
    chosen = [bank.pin(each) for each in to_pin]
    chosen += [act(bank.by_id(each)) for act, ids in acts for each in ids]
    person = bank.person(centre.learners.named(centre.learners.find(learner))) if learner is not None else None
    whose = person.registration if person is not None else ""
    if chosen:
        _tell(session, bank, chosen, person, doubt)
        return 0
    asked = Result(result) if result is not None else None
    of_unit = centre.sheets.named(unit) if unit is not None else None
    every = bank.search(" ".join(words), of_unit, criterion or "", asked, with_retired=retired, learner=whose).remarks
    found = [each for each in every if asked is None or each.results[asked]]
    _tell(session, bank, found[:most], person, doubt)
    click.echo(_count(len(found), most), err=True)
    if left_out := bank.naming(whose):
        click.echo(f"{left_out} left out: they name a learner, and are offered for that one alone.", err=True)
    return 0 if found else 1


def _settled(bank: RemarkBank, remark: Remark, doubt: str | None) -> Remark:
    """The remark as it is to be pinned: what may be a name in it is decided. Raises `Refused` when nobody does."""
    from markterm.domain.remarks.remark_naming import said  # Help loads every command.

    doubted = bank.doubts(remark)
    if not doubted:
        return remark
    words = said(remark.text, doubted)
    if doubt is None and at_a_terminal():
        doubt = click.prompt(f"{words} may be a name. What is it?", type=click.Choice(("name", "word")), err=True)
    if doubt is None:
        raise Refused(
            "Is it a name?",
            f"{words} in {short(remark.id)} may be the name of one it was written for. Nothing was pinned.",
            "Say what it is: --doubt name puts a place there, --doubt word leaves it.",
        )
    return bank.as_names(remark, doubted) if doubt == "name" else remark


def _taken(bank: RemarkBank, remark: Remark, person: Person | None, doubt: str | None) -> str | None:
    """The text as it would be taken for that person; None for nobody."""
    if person is None:
        return None
    from markterm.domain.remarks.remark_places import fill  # Help loads every command.

    doubted = bank.doubts(remark, person.registration)
    return fill((bank.as_names(remark, doubted) if doubted and doubt == "name" else remark).text, person)


def _tell(session: Session, bank: RemarkBank, remarks: list[Remark], person: Person | None, doubt: str | None) -> None:
    from markterm.domain.remarks.remark_naming import to_look_at  # Help loads every command.

    whose = person.registration if person is not None else ""
    told = [(remark, _taken(bank, remark, person, doubt), bank.doubts(remark, whose)) for remark in remarks]
    if session.as_json:
        say_json([_as_json(remark, taken, doubted) for remark, taken, doubted in told])
        return
    for remark, taken, doubted in told:
        say(one_line(" · ".join(_about(remark))))
        if whose not in remark.learners:
            for sentence in to_look_at(remark.text, doubted):
                say(f"  ? {one_line(sentence)}")
        say(indented(taken if taken is not None else remark.text, 2))


def _about(remark: Remark) -> Iterator[str]:
    """What is said of a remark above its text."""
    from markterm.domain.remarks.remark import RemarkState  # Help loads every command.

    yield short(remark.id) + (f" {remark.state}" if remark.state is not RemarkState.USUAL else "")
    if remark.uses:
        yield f"{len(remark.uses)}×, {', '.join(f'{state} {count}' for state, count in remark.decided.items())}"
        yield f"for {_some(remark.learners)}"
        yield f"on {_some(tuple(f'{each.unit.code} {each.number}' for each in remark.criteria))}"


def _some(names: tuple[str, ...]) -> str:
    return first_of(names, _MOST_NAMED)


def _count(found: int, most: int) -> str:
    if found > most:
        return f"{found} remarks, the first {most} shown; --most shows more."
    return f"{counted(found, 'remark')}."


def _as_json(remark: Remark, taken: str | None, doubted: Sequence[Mention]) -> Json:
    return remark_as_json(remark) | {
        "filled": taken,
        "doubts": [remark.text[each.start : each.end] for each in doubted],
    }
