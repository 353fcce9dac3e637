"""`markterm portfolio-index`: a learner's portfolio by standard, statement by statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.output import indented, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wording import learner_line
from markterm.domain.assessed.mapping import Strength
from markterm.domain.record.citation import since_cited
from markterm.domain.standards.portfolio_index import EvidenceSort, PortfolioIndex, in_words, why_left
from markterm.domain.views.signs import CRITERION_SIGNS
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.plain.learner import named_as_json
from markterm.exports.plain.portfolio_index import portfolio_index_as_json

if TYPE_CHECKING:
    from markterm.centre.by_standard import IndexOfLearner
    from markterm.centre.centre import Centre
    from markterm.domain.standards.evidenced import ShownBy, StatementOfLearner


@click.command("portfolio-index", cls=Command)
@learner_argument
@click.argument("standard", shell_complete=completion.standards)
@click.option("--version", default="", help="The version of the standard; otherwise the newest that is in force.")
@pass_session
def command(session: Session, learner: str, standard: str, version: str) -> None:
    """Index a learner's portfolio by a standard.

    STANDARD is the code of a standard, or of a suite. For each statement, what evidences it: the passed criteria that
    are mapped to it, with the words that were cited, their file and place, the note, and who decided when; knowledge
    apart from performance. A criterion counts once it is passed and nothing has to be settled in it; how far its unit
    is, is told beside it. A statement that is covered in part stays partly evidenced.

    It tells of decisions that were not released yet: it is the centre's document, not the learner's. markterm export
    portfolio-index writes it.

    \b
    Examples:
      markterm portfolio-index JON2041 MTC01
      markterm portfolio-index JON2041 MTC --json
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    found = centre.by_standard.index(registration, standard, version)
    index, shown = found.index, found.shown
    cited = any(each.citations for statement in index.statements for each in statement.by)
    files = centre.fixing.looked_at(registration) if cited else {}
    if session.as_json:
        told = portfolio_index_as_json(index, shown.portfolio, files)
        say_json({**named_as_json(shown.learner), **told, "incomplete": shown.incomplete or None})
    else:
        for line in _lines(centre, found, files):
            say(line)
    warn_of_damage(shown.findings, shown.incomplete)


def _lines(centre: Centre, found: IndexOfLearner, files: Mapping[str, str] | None) -> Iterator[str]:
    index = found.index
    yield learner_line(found.shown)
    for caveat in index.caveats:
        yield one_line(f"! {caveat}")
    for standard in index.standards:
        yield from ("", one_line(f"{standard.key} {standard.title}: {in_words(index.of(standard))}"))
        for sort in EvidenceSort:
            own = index.of(standard, sort)
            yield from ("", sort.value) if own else ()
            for statement in own:
                yield from _statement(centre, found, statement, files)
    yield from ("", "What remains") if index.remaining else ()
    yield from (f"  {_left(index, each)}" for each in index.remaining)


def _left(index: PortfolioIndex, statement: StatementOfLearner) -> str:
    standard = f"{statement.standard.code} " if len(index.standards) > 1 else ""
    return one_line(f"{standard}{statement.statement.code} {why_left(statement)}")


def _statement(
    centre: Centre, found: IndexOfLearner, statement: StatementOfLearner, files: Mapping[str, str] | None
) -> Iterator[str]:
    own = statement.statement
    yield f"  {one_line(f'{own.code} {statement.state.sign} {statement.state.value}: {own.text}')}"
    for each in statement.by:
        yield f"    {one_line(_criterion(centre, each))}"
        if each.decision is None:
            continue
        destroyed = found.shown.portfolio.destroyed_of(each.unit.key) is not None
        for citation in each.citations:
            passage = citation.passage
            doubt = found.shown.portfolio.accounts.doubt(passage)
            since = ", ".join(filter(None, (since_cited(passage, files, destroyed=destroyed), doubt)))
            place = f"{passage.file}, {passage.locator}{f' ({since})' if since else ''}"
            yield f"      {one_line(f'{place}: “{passage.quote}”')}"
        if each.decision.note.strip():
            yield "      Note:"
            yield indented(each.decision.note, 8)


def _criterion(centre: Centre, shown: ShownBy) -> str:
    covers = "" if shown.mapped.strength is Strength.FULLY else f", covers it {shown.mapped.strength.value}"
    place = f"{shown.unit.code} {shown.criterion.number}{covers}"
    if shown.decision is None:
        return f"{place}: {shown.why_not} ({shown.unit_words})"
    decision = shown.decision
    who, day = centre.details.name_of(decision.actor, decision.at), local(decision.at).date()
    return f"{place}: {CRITERION_SIGNS[shown.state]} by {who}, {day} ({shown.unit_words})"
