"""`markterm references`: where a learner says that a criterion is met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import say, say_json
from markterm.cli.reading_bar import reading_bar
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.decision import place_as_json
from markterm.exports.plain.evidence import reference_as_json

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.assessed.unit import Criterion, Unit
    from markterm.domain.texts.evidence_reference import EvidenceReference
    from markterm.evidence.text.referenced import ReferencedPassage, ReferencedPassages


@click.command("references", cls=Command)
@learner_argument
@click.argument("unit", required=False)
@click.argument("criterion", required=False)
@pass_session
def command(session: Session, learner: str, unit: str | None, criterion: str | None) -> int:
    """Show where a learner's evidence refers to a criterion.

    That is what the key e goes to on the screen: the passages in which the learner says which criterion they are for,
    the clearest first and whole files last, with file and line. Of all units, or of one, or of one criterion. Without a
    unit also what is referred to and is not of any unit of this learner (unit null in JSON). Ends with 1 when a
    criterion that is asked for is referred to nowhere.

    \b
    Examples:
      markterm references JON2041
      markterm references JON2041 501
      markterm references JON2041 501 1.2 --json
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    asked = list(_asked(shown, unit, criterion))
    problems = centre.evidence.told(registration).problems
    with reading_bar() as progress:
        references = centre.evidence.references(shown, progress)
        left = progress.left
    found = [(of, each, references.for_criterion(of.key, each.number)) for of, each in asked]
    others = references.unresolved() if unit is None else ()
    if session.as_json:
        listed = [_as_json(of, each, there) for of, each, there in found]
        if others:
            listed.append(
                {"unit": None, "version": None, "criterion": None, "references": list(map(reference_as_json, others))}
            )
        say_json(listed)
    else:
        for of, each, there in found:
            for line in _lines(of, each, there, alone=criterion is not None):
                say(line)
        for other in others:
            named = f"{other.reference.kind} {other.reference.number}, not of any unit of this learner"
            say(one_line(f"{other.file}:{other.line + 1}: {named}: {other.words}"))
    tell_left(references, left)
    for problem in problems:
        click.echo(f"Not read: {one_line(problem)}", err=True)
    none = sum(not there for _, _, there in found)
    of_all = f"{len(found) - none} of {len(found)} criteria are referred to"
    click.echo(f"{of_all}." if criterion is None else f"{len(found[0][2])} found.", err=True)
    return 1 if criterion is not None and none else 0


def _asked(shown: LearnerPortfolio, unit: str | None, criterion: str | None) -> Iterator[tuple[Unit, Criterion]]:
    units = [each.on_sheet for each in (shown.units if unit is None else (shown.unit(unit),))]
    for each in units:
        for one in each.criteria if criterion is None else (criterion_of(each, criterion),):
            yield each, one


def _lines(
    unit: Unit, criterion: Criterion, references: tuple[ReferencedPassage, ...], *, alone: bool
) -> Iterator[str]:
    count = f"referenced in {counted(len(references), 'passage')}" if references else "not referenced"
    yield one_line(f"{unit.code} {criterion.number} {count}" + (f": {criterion.text}" if alone else ""))
    for each in references:
        yield "  " + passage_line(each)


def passage_line(passage: ReferencedPassage) -> str:
    """A passage in one line: file, line, its words, and what makes the reference less than clear."""
    return one_line(f"{passage.file}:{passage.line + 1}: {passage.words}{_doubt(passage.reference)}")


def _doubt(reference: EvidenceReference) -> str:
    """What makes a reference less than clear."""
    from markterm.domain.texts.evidence_reference import Strength

    if reference.ambiguous:
        return f" (may mean {' or '.join(key.code for key in reference.units)})"
    return " (perhaps another number)" if reference.strength is Strength.DOUBTFUL else ""


def _as_json(unit: Unit, criterion: Criterion, references: tuple[ReferencedPassage, ...]) -> dict[str, object]:
    return {
        **place_as_json(unit.key, criterion.number),
        "references": [reference_as_json(each) for each in references],
    }


def tell_left(found: ReferencedPassages, left: int) -> None:
    """What was not looked through to its end."""
    references = found.references
    for name, why in found.unread.items():
        click.echo(
            one_line(f"Not read, so its references are not known: {why if name in why else f'{name}: {why}'}"), err=True
        )
    if left:
        click.echo(f"{counted(left, 'file')} not read: their references are not known.", err=True)
    for name in references.failed:
        click.echo(f"{one_line(name)} could not be looked through, for a fault of MarkTerm's own.", err=True)
    for name in references.cut_short:
        click.echo(f"Only the beginning was looked through: {one_line(name)}", err=True)
