"""`markterm register`: learners from a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.asking import at_a_terminal
from markterm.cli.everybody import with_bar
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.register import Registering, Taken
    from markterm.domain.register.beside import Beside

_FINDINGS = 1


@click.command("register", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--column", "given", multiple=True, metavar="FACT=HEADING", help='Which column holds it: name="Pupil". Repeat it.'
)
@click.option("--keep-columns", is_flag=True, help="Keep what --column says in centre.toml, for the next register.")
@click.option("--qualification", default="", metavar="CODE", help="For lines that name none; several with commas.")
@click.option("--unit", "units", default="", metavar="CODE", help="The units, for lines that name none.")
@click.option("--assignment", default="", metavar="CODE", help="The assignments, for lines that name none.")
@click.option("--assessor", default="", metavar="MEMBER", shell_complete=completion.members, help="Likewise.")
@click.option("--site", default="", metavar="TEXT", help="Likewise.")
@click.option("--registered", default="", metavar="DATE", help="The day of registration, likewise.")
@click.option("--preview", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", "is_sure", is_flag=True, help="Register who is new without being asked.")
@click.option("--accept-changes", is_flag=True, help="Also change what learners' files have otherwise.")
@pass_session
def command(
    session: Session,
    file: Path,
    given: tuple[str, ...],
    keep_columns: bool,
    qualification: str,
    units: str,
    assignment: str,
    assessor: str,
    site: str,
    registered: str,
    preview: bool,
    is_sure: bool,
    accept_changes: bool,
) -> int:
    """Register the learners that a table names, CSV or XLSX.

    What parts the columns of a CSV, and in which encoding it is, is found out.

    Its columns are told by their headings, in the words that people use; --column says which holds what, and so does
    [register.columns] in centre.toml, where --keep-columns keeps it for the next register. Facts are registration,
    name (or first and last), qualification, registered, expires, legal_name, born, uln, email, funded, assessor,
    units, assignment and site. Days are read as the British write them. A learner with several qualifications has a
    line for each.

    Every line is shown with what becomes of it before anything is done: + is new, = is there already, ≠ is there with
    other facts, ! cannot be taken, and why. A line is taken whole or not at all, and what a register leaves out stays.
    Whoever runs it again changes nothing. Without a terminal --yes registers who is new, and --accept-changes changes
    the others. Ends with 1 when lines are not taken.

    \b
    Examples:
      markterm register learners.csv --preview
      markterm register learners.xlsx --qualification 8580-CERT --assessor asha --yes
      markterm register export.csv --column name="Pupil" --keep-columns --yes --accept-changes
    """
    from markterm.domain.register.beside import Verdict
    from markterm.domain.register.columns import headings_in
    from markterm.domain.register.headings import Fact
    from markterm.domain.register.told import columns_told, totals

    registering = session.centre().registering
    usual = {
        Fact.QUALIFICATION: qualification,
        Fact.UNITS: units,
        Fact.ASSIGNMENT: assignment,
        Fact.ASSESSOR: assessor,
        Fact.SITE: site,
        Fact.REGISTERED: registered,
    }
    headings = headings_in(given)
    register = registering.read(file, headings, registering.usual(usual))
    if not session.as_json:
        for line in columns_told(register.columns, register.headings):
            click.echo(one_line(line), err=True)
    found: list[Beside] = []
    for each in registering.look(register.entries):
        found.append(each)
        if not session.as_json:
            say(_line(each))
    click.echo(f"{totals(found)}.", err=True)
    has_new, has_changes = (
        any(each.verdict is verdict for each in found) for verdict in (Verdict.NEW, Verdict.CHANGED)
    )
    taken: list[Taken] = []
    if not preview:
        if has_new and not is_sure:
            _ask(f"Register {counted(sum(each.verdict is Verdict.NEW for each in found), 'new learner')}?", "--yes")
        if has_changes and not accept_changes and at_a_terminal():
            accept_changes = click.confirm("Change the files of those marked ≠ as well?", err=True)
        steps = registering.take(found, accept_changes=accept_changes)
        taken = list(with_bar(steps, len(found), "Registering", learners=len(found)))
        _keep(registering, headings, is_sure=keep_columns)
    _tell(session, found, taken, preview=preview)
    is_all = all(each.verdict is Verdict.SAME or not each.entry.is_bad for each in found)
    left = any(each.why_not or each.beside.verdict is Verdict.CHANGED for each in taken if not each.is_taken)
    return 0 if is_all and not left else _FINDINGS


def _ask(question: str, option: str) -> None:
    if not at_a_terminal():
        raise Refused(question, "Nothing was registered.", f"Give {option}, or --preview to look at it alone.")
    if not click.confirm(question, err=True):
        raise Refused("Not registered", "Nothing was changed.", "Do it again when the register is as it should be.")


def _keep(registering: Registering, headings: dict[str, str], *, is_sure: bool) -> None:
    """Keep the headings that were given, where the person wants that, and say so."""
    from markterm.domain.register.told import kept_told

    if not (new := registering.new_headings(headings)):
        return
    told = one_line(kept_told(new))
    if is_sure or (at_a_terminal() and click.confirm(f"Keep for the next register: {told}?", err=True)):
        registering.keep_headings(new)
        click.echo(f"Kept in centre.toml: {told}.", err=True)
    elif not at_a_terminal():
        click.echo(f"For the next register --keep-columns would keep: {told}.", err=True)


def _line(each: Beside) -> str:
    from markterm.domain.register.told import SIGNS

    told = "; ".join(each.told)
    who = f"{each.learner.registration} {each.learner.name}".strip()
    return one_line(f"{SIGNS[each.verdict]} {each.entry.where}: {who}{f': {told}' if told else ''}")


def _tell(session: Session, found: Sequence[Beside], taken: Sequence[Taken], *, preview: bool) -> None:
    if session.as_json:
        from markterm.exports.plain.register import beside_as_json

        done = {id(each.beside): each for each in taken}
        say_json([{**beside_as_json(each), **_done_as_json(done.get(id(each)))} for each in found])
        return
    from markterm.domain.register.told import done_told

    if preview:
        click.echo("Nothing was changed: this is what would be done.", err=True)
        return
    told = done_told((each.beside, each.is_taken) for each in taken)
    click.echo(f"{told} --accept-changes changes them." if "≠" in told else told, err=True)
    for each in taken:
        if each.why_not:
            say(one_line(f"! {each.beside.entry.where}: {each.beside.learner.registration}: {each.why_not}"))


def _done_as_json(taken: Taken | None) -> dict[str, object]:
    is_taken = taken.is_taken if taken is not None else False
    return {"taken": is_taken, "why_not": (taken.why_not or None) if taken is not None else None}
