"""`markterm integrate`: help in designing an integrated assignment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.written import write_file
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.assignment import proposal_as_json

if TYPE_CHECKING:
    from markterm.domain.views.integration import Proposal, ProposedTask


@click.command("integrate", cls=Command)
@click.argument("units", metavar="UNIT...", nargs=-1, shell_complete=completion.units)
@click.option(
    "--write", "output", type=click.Path(path_type=Path), metavar="FILE", help="Write the draft; never over a file."
)
@click.option("--code", default="", metavar="CODE", help="The draft's code.")
@click.option("--title", default="", metavar="TEXT", help="The draft's title.")
@pass_session
def command(session: Session, units: tuple[str, ...], output: Path | None, code: str, title: str) -> None:
    """Propose tasks for an integrated assignment of several units.

    Criteria of different units that share words, the more so rare ones, and whose verbs ask for about as much are put
    together, at most 8 in a task; what is left goes by outcome. Each task has a score, how alike its criteria are from
    1 to 100, and the reason. You decide: the draft is there to be changed. It holds every criterion once and passes
    markterm check.

    \b
    Examples:
      markterm integrate 500 501 503
      markterm integrate 500 503 --write mark_sheets/assignments/draft.md
      markterm integrate 500 503 --json
    """
    centre = session.centre()
    proposal = centre.design.propose(units)
    if output is not None:
        write_file(output, centre.design.draft(proposal, code, title))
    if session.as_json:
        say_json({**proposal_as_json(proposal), "file": str(output) if output is not None else None})
    else:
        for line in _lines(proposal):
            say(line)
    if output is not None:
        click.echo(f"Written to {output}: a draft. Write the briefs, and move what belongs elsewhere.", err=True)
    else:
        click.echo("This is a proposal: you decide. --write FILE makes a draft of it.", err=True)


def _lines(proposal: Proposal) -> Iterator[str]:
    for number, task in enumerate(proposal.tasks, 1):
        yield one_line(f"Task {number} {task.title}{_score(task)}")
        yield from (f"  {one_line(reason)}" for reason in (*task.reasons, *task.warnings))
        yield from (f"  - {one_line(f'{asked.cell} {asked.criterion.text}')}" for asked in task.asked)
        yield ""
    yield from proposal.notes
    count = sum(len(task.asked) for task in proposal.tasks)
    yield f"{counted(count, 'criterion', 'criteria')} in {counted(len(proposal.tasks), 'task')}."
    yield f"{counted(proposal.saves, 'separate piece', 'separate pieces')} of evidence saved. {proposal.saving}"


def _score(task: ProposedTask) -> str:
    return "" if task.score is None else f" (score {task.score}, saves {task.saves})"
