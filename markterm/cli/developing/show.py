"""`markterm cpd show`: somebody's CPD plan, and what they did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.cpd import CpdState
from markterm.domain.standards.gap import in_sentences
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short
from markterm.exports.plain.development import cpd_as_json

if TYPE_CHECKING:
    from markterm.centre.development import Developing, Person
    from markterm.domain.record.cpd import CpdItem, Did
    from markterm.domain.standards.gap import Gap


@click.command("show", cls=Command)
@click.argument("person")
@click.option("--for", "what", default="", metavar="CODE", help="The gaps beside a profile, standard or suite too.")
@pass_session
def command(session: Session, person: str, what: str) -> None:
    """Show the CPD plan of a PERSON, and what they did.

    PERSON is a learner or the id of a member. With --for it names the gaps that nothing of the plan is for.

    \b
    Examples:
      markterm cpd show JON2041
      markterm cpd asha --for MENTOR
    """
    centre = session.centre()
    meant = centre.development.person(person)
    told, today = centre.development.of(meant), centre.development.today
    found = centre.development.beside(meant, what) if what else None
    if session.as_json:
        gaps = [str(each.link) for each in found.not_planned] if found is not None else None
        to_know = list(in_sentences(found)) if found is not None else None
        own = {"person": meant.id, "name": meant.name, **cpd_as_json(told.cpd, today)}
        say_json({**own, "not_planned": gaps, "caveats": to_know})
        return
    for line in _lines(told, found, today):
        say(line)


def named(person: Person) -> str:
    """Whose it is, for a line."""
    return one_line(f"{person.name} ({person.id})")


def _lines(told: Developing, found: Gap | None, today: date) -> Iterator[str]:
    late = len(told.cpd.overdue(today))
    yield f"{named(told.person)}: {counted(len(told.cpd.items), 'item')} planned{f', {late} overdue' if late else ''}"
    for item in told.cpd.items:
        yield from item_lines(item, today)
    if told.cpd.done:
        yield "Done"
        for did in told.cpd.done:
            yield from did_lines(did)
    if found is not None:
        yield f"Gaps beside {one_line(found.wanted.code)} that nothing of it is for: {len(found.not_planned)}"
        for caveat in in_sentences(found):
            yield f"  ! {caveat}"
        for each in found.not_planned:
            text = each.statement.text if each.statement is not None else ""
            yield "  " + one_line(f"{each.link} {text}")


def item_lines(item: CpdItem, today: date) -> Iterator[str]:
    """An item of a plan, in lines."""
    said = item.said
    state = "overdue" if item.is_overdue(today) else item.state.value
    by = f", by {said.by.isoformat()}" if said.by is not None else ""
    yield "  " + one_line(f"{short(item.uid)} {'! ' if state == 'overdue' else ''}{state}{by}: {said.what}")
    yield "      " + one_line(f"how: {said.how}; evidence: {said.evidence}")
    if item.statements:
        yield "      " + one_line(f"for {', '.join(map(str, item.statements))}")
    if said.why:
        yield "      " + one_line(f"{'dropped' if item.state is CpdState.DROPPED else 'changed'}: {said.why}")
    if len(item.heads) > 1:
        yield "      changed by two who had not seen each other's change: look in the record, and change it again"


def did_lines(did: Did) -> Iterator[str]:
    """Something that was done, in lines."""
    said = did.said
    asked = f", for {', '.join(said.requirements)}" if said.requirements else ""
    yield "  " + one_line(f"{short(did.uid)} {said.on.isoformat()}{asked}: {said.what}; evidence: {said.evidence}")
    if said.statements:
        yield "      " + one_line(f"for {', '.join(map(str, said.statements))}")
    if said.why:
        yield "      " + one_line(f"corrected: {said.why}")
