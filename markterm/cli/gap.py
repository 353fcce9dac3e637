"""`markterm gap`: somebody beside what a role, a standard or a suite asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.standards.gap import GapState, in_sentences
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.development import gap_as_json

if TYPE_CHECKING:
    from markterm.centre.development import Person
    from markterm.domain.standards.gap import Gap, StatementGap

_SIGNS = {
    GapState.NONE: "✓",
    GapState.PART: "◐",
    GapState.GAP: "✗",
    GapState.NOT_SAID: "·",
    GapState.GONE: "!",
}


@click.command("gap", cls=Command)
@click.argument("person")
@click.argument("what")
@click.option("--missing", is_flag=True, help="Only what is a gap.")
@pass_session
def command(session: Session, person: str, what: str, missing: bool) -> None:
    """Show the gaps of a PERSON beside a role or a standard.

    Of a learner a gap is what no passed criterion evidences in full; how they rate themselves stands beside it, and
    closes none. Of a member of staff nobody decides: a gap is what they rate below enough, or have not rated.

    \b
    Examples:
      markterm gap JON2041 MENTOR
      markterm gap JON2041 MTC02 --missing
      markterm gap asha MTC --json
    """
    centre = session.centre()
    meant = centre.development.person(person)
    found = centre.development.beside(meant, what)
    if session.as_json:
        say_json({"person": meant.id, "name": meant.name, **gap_as_json(found)})
        return
    for line in _lines(meant, found, missing=missing):
        say(line)


def _lines(person: Person, found: Gap, *, missing: bool) -> Iterator[str]:
    wanted = found.wanted
    yield one_line(f"{person.name} ({person.id}) beside {wanted.code} {wanted.title}")
    told = ", ".join(f"{number} {state}" for state, number in found.counts.items())
    yield f"  {counted(len(found.statements), 'statement')}: {told or 'nothing is asked for'}"
    for caveat in in_sentences(found):
        yield f"  ! {caveat}"
    shown = found.gaps if missing else found.statements
    for line in columns([_row(each) for each in shown]):
        yield f"  {line}"
    if found.by_function:
        yield "By function"
        for line in columns(
            [
                (
                    each.function.code,
                    f"{each.gaps} of {len(each.statements)} missing" if each.statements else "nothing of it is here",
                    one_line(each.function.title),
                )
                for each in found.by_function
            ]
        ):
            yield f"  {line}"
    if found.not_planned:
        number = counted(len(found.not_planned), "gap")
        yield f"In no CPD plan: {number}. {', '.join(one_line(str(each.link)) for each in found.not_planned)}"


def _row(each: StatementGap) -> tuple[str, ...]:
    shown = each.evidenced.state.value if each.evidenced is not None else ""
    by = [
        f"{one.unit.code} {one.criterion.number}" for one in (each.evidenced.by if each.evidenced else ()) if one.counts
    ]
    rating = each.rating
    return (
        one_line(f"{_SIGNS[each.state]} {each.link}"),
        one_line(shown + (f" by {', '.join(by)}" if by else "")) if shown else each.state.value,
        one_line(f"says {rating.rating}, {rating.on.isoformat()}") if rating is not None else "not rated",
        "planned" if each.is_planned else "",
        one_line(each.statement.text if each.statement is not None else "the centre has no such statement any more")
        + (f" ({each.differs})" if each.differs else ""),
    )
