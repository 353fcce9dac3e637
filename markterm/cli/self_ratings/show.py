"""`markterm skills show`: what somebody says of themselves, beside what assessors decided, and how it changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli.output import columns, indented, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.self_ratings import Change, SelfRating, change
from markterm.domain.standards.gap import in_sentences
from markterm.domain.standards.wanted import Wanted
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short
from markterm.exports.plain.development import gap_as_json, rating_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.development import Developing
    from markterm.domain.standards.gap import StatementGap


@click.command("show", cls=Command)
@click.argument("person")
@click.argument("what", required=False, default="")
@pass_session
def command(session: Session, person: str, what: str) -> None:
    """Show how a PERSON rates themselves, with each change.

    PERSON is a learner or the id of a member; WHAT a profile, standard or suite. Without WHAT it is everything that
    they rated. Beside it stands what assessors decided, which it does not change.

    \b
    Examples:
      markterm skills show JON2041
      markterm skills JON2041 MTC02
      markterm skills asha MENTOR --json
    """
    centre = session.centre()
    meant = centre.development.person(person)
    told = centre.development.of(meant)
    if what:
        found = centre.development.beside(meant, what)
        wanted = found.wanted
        if session.as_json:
            say_json({"person": meant.id, "name": meant.name, **gap_as_json(found)})
            return
        say(one_line(f"{meant.name} ({meant.id}) of {wanted.code} {wanted.title}: {_counted(wanted, told)}"))
        for caveat in in_sentences(found):
            say(f"  ! {caveat}")
        for line in columns([_row(each) for each in found.statements]):
            say(f"  {line}")
        return
    if session.as_json:
        said = [rating_as_json(each) for ratings in told.said.values() for each in ratings]
        say_json({"person": meant.id, "name": meant.name, "said": said})
        return
    for line in _lines(centre, told):
        say(line)


def _counted(wanted: Wanted, told: Developing) -> str:
    rated = sum(link in told.said for link in wanted.links)
    return f"rated {rated} of {counted(len(wanted.links), 'statement')}"


def _row(each: StatementGap) -> tuple[str, ...]:
    rating = each.rating
    said = f"{rating.rating}, {rating.on.isoformat()}" if rating is not None else "not rated"
    evidenced = each.evidenced.state.value if each.evidenced is not None else ""
    return (
        one_line(str(each.link)),
        one_line(said),
        (each.change or "") if each.change is not Change.FIRST else "",
        evidenced,
        one_line(each.statement.text if each.statement is not None else "the centre has no such statement any more"),
    )


def _lines(centre: Centre, told: Developing) -> Iterator[str]:
    person = told.person
    yield one_line(f"{person.name} ({person.id}): {counted(len(told.said), 'statement')} rated")
    for link, ratings in told.said.items():
        yield f"  {one_line(str(link))}{_text(centre, link)}"
        for before, now in zip((None, *ratings), ratings, strict=False):
            yield from (f"    {line}" for line in _told(centre, now, before))


def _text(centre: Centre, link: StatementLink) -> str:
    named = centre.sheets.standards.named(link)
    return f" {one_line(named.statement.text)}" if named is not None else ", which the centre has no more"


def _told(centre: Centre, now: SelfRating, before: SelfRating | None) -> Iterator[str]:
    how = change(now, before)
    told = f", {how}" if how is not Change.FIRST else ""
    by = centre.details.name_of(now.actor, now.at)
    yield one_line(
        f"{now.on.isoformat()} {now.rating}{told}; said by {now.said.said_by}, {now.said.how}, "
        f"recorded by {by} ({short(now.uid)})"
    )
    if now.why:
        yield f"  corrected: {one_line(now.why)}"
    if now.unseen:
        yield "  corrected by two who had not seen each other's: look in the record, and correct it again"
    if now.example:
        yield indented(now.example, 2)
