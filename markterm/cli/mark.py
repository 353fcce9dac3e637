"""`markterm mark`: a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text, learner_argument, task_of
from markterm.cli.asking import at_a_terminal
from markterm.cli.output import indented
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.decision import Occasion
from markterm.domain.record.event import Result
from markterm.domain.rules.decided_before import NothingNew, OthersNote, SomebodysNote, somebodys_note
from markterm.domain.rules.marking import with_sheet
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.recorder import Recorded
    from markterm.domain.assessed.member import Member


@click.command("mark", cls=Command)
@learner_argument
@click.argument("unit", required=False, shell_complete=completion.units)
@click.argument("criterion", required=False, shell_complete=completion.criteria)
@click.argument("result", required=False, type=click.Choice(Result, case_sensitive=False))
@click.option("--note", default="", metavar="TEXT", help="Feedback on the criterion; - reads it from stdin.")
@click.option("--keep-note", "others_note", flag_value="keep", help="A colleague's note that stands stays, as theirs.")
@click.option("--drop-note", "others_note", flag_value="drop", help="The note that stands goes.")
@click.option("--marks", type=int, metavar="N", help="Instead of RESULT: the marks, where the sheet has them.")
@click.option(
    "--assignment",
    default="",
    metavar="CODE",
    help="The integrated assignment it is decided in.",
    shell_complete=completion.assignments,
)
@click.option("--task", type=int, metavar="N", help="The task of the assignment.")
@click.option("--interactive", is_flag=True, help="Ask of each criterion that waits, in plain lines.")
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str | None,
    criterion: str | None,
    result: Result | None,
    note: str,
    others_note: str | None,
    marks: int | None,
    assignment: str,
    task: int | None,
    *,
    interactive: bool,
) -> int:
    """Mark a criterion pass or refer. A referral needs a note.

    On a graded sheet a merit or distinction criterion is achieved (pass) or not achieved (refer): not achieved refers
    nobody, and needs no note.

    CRITERION may be several with commas between; each is a decision of its own, with the same note. A decision that
    stands is replaced, and stays in the record; one that changes nothing is not recorded again. Without --note a note
    of yours stays with the same result, and of a colleague's note you are asked.

    Where a sheet has marks, --marks converts them: pass from the criterion's own minimum on.

    With --interactive it goes through the criteria of UNIT that wait, or of every unit of the learner that you may
    mark: each with its descriptors, the passages that refer to it and what is cited, and a question that one letter
    answers; ? tells the letters. With --assignment it goes by its tasks, or through one of them. Nothing is drawn or
    moved, so that a screen reader reads it in its order. Each decision is recorded before the next line is printed; the
    end of the input and Ctrl-C leave it.

    \b
    Examples:
      markterm mark JON2041 501 1.3 pass --as asha
      markterm mark JON2041 501 3.3 refer --note "One name can be recognised." --as asha
      markterm mark JON2041 503 1.1,1.2 pass --note - --as asha < note.txt
      markterm mark SOR4415 501 1.3 pass --assignment 8580-IA-CERT --task 3 --as asha
      markterm mark JON2041 301 2.1 --marks 12 --as asha
      markterm mark JON2041 501 --interactive --as asha
      markterm mark SOR4415 --assignment 8580-IA-CERT --task 3 --interactive --as asha
    """
    if interactive:
        _check_alone(session, criterion, (result, note, others_note, marks))
        if task is not None and not assignment:
            raise WrongUse("In which task?", "--task was given without --assignment.", "Give the assignment, too.")
        from markterm.cli.marking_in_lines import mark_in_lines  # It reads the evidence; one decision does not.

        centre = session.centre(bar=False)
        return mark_in_lines(session, centre, centre.learners.find(learner), unit, assignment, task)
    unit, criterion = _given("unit", unit), _given("criterion", criterion)
    numbers = [number.strip() for number in criterion.split(",") if number.strip()]
    _check_options(result, marks, assignment, task, len(numbers))
    text = given_text(note)
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    code = _checked_unit(shown, unit, numbers, criterion)
    occasion = _occasion(shown, assignment, task, code, numbers)

    def decide(number: str, theirs: OthersNote | None) -> Recorded:
        if marks is not None:
            return centre.marking.mark_by_marks(registration, code, number, marks, text, others_note=theirs)
        assert result is not None
        return centre.marking.mark(registration, code, number, result, text, occasion=occasion, others_note=theirs)

    theirs = OthersNote(others_note) if others_note else None
    if theirs is None and not text.strip() and result is not None:
        theirs = _asked_for(shown, code, numbers, result, centre.member)
    tell_each_recorded(session, centre, _decisions(decide, numbers, theirs), always_list=False)
    return 0


def _given(name: str, value: str | None) -> str:
    """The argument. Raises `click.MissingParameter`: only --interactive goes without."""
    if value is None:
        ctx = click.get_current_context()
        raise click.MissingParameter(ctx=ctx, param=next(each for each in ctx.command.params if each.name == name))
    return value


def _check_alone(session: Session, criterion: str | None, others: Sequence[object]) -> None:
    """Raise `WrongUse` when something is given that --interactive asks for, or JSON is asked of it."""
    if session.as_json:
        raise WrongUse(
            "No JSON of questions",
            "--interactive asks a person, and a person reads its answers.",
            "Leave out --json, or mark one criterion with markterm mark … --json.",
        )
    if criterion is not None or any(each not in (None, "") for each in others):
        raise WrongUse(
            "--interactive asks for the rest",
            "A criterion, a result or an option of a decision was given with it. Nothing was marked.",
            "Give the learner and the unit alone, or leave out --interactive.",
        )


def _decisions(
    decide: Callable[[str, OthersNote | None], Recorded], numbers: list[str], theirs: OthersNote | None
) -> Iterator[Recorded]:
    """One after the other; of a decision that stands already it is said that it does."""
    for number in numbers:
        try:
            yield decide(number, theirs)
        except NothingNew as standing:
            click.echo(one_line(standing.what), err=True)
        except SomebodysNote as unsaid:
            raise _which_note(unsaid) from None


def _asked_for(
    shown: LearnerPortfolio, code: str, numbers: list[str], result: Result, member: Member | None
) -> OthersNote | None:
    """What is to become of colleagues' notes, asked once for all of them and before the first decision is recorded.

    Raises `Refused` when there are some and nobody can be asked.
    """
    record = shown.portfolio.unit(shown.unit(code).key)
    for number in numbers if member is not None else ():
        assert member is not None
        standing = somebodys_note(record.criterion(number), result, record.attempt, member.id)
        if standing is None:
            continue
        unsaid = SomebodysNote(code, number, standing)
        if not at_a_terminal():
            raise _which_note(unsaid)
        by = " and ".join(unsaid.authors)
        click.echo(one_line(f"{code} {number} is a {result} with a note by {by}:"), err=True)
        click.echo(indented(standing.note, 4), err=True)
        answer = click.prompt(
            "Keep their note as theirs, or drop it?", type=click.Choice([each.value for each in OthersNote]), err=True
        )
        return OthersNote(answer)
    return None


def _which_note(unsaid: SomebodysNote) -> Refused:
    """The refusal with the options that answer it."""
    return Refused(
        unsaid.title,
        unsaid.what,
        "Add --keep-note (it stays, as theirs), --drop-note (it goes), or --note with your own.",
    )


def _check_options(result: Result | None, marks: int | None, assignment: str, task: int | None, criteria: int) -> None:
    """Raise `WrongUse` or `Refused` when the options do not go together."""
    if marks is not None and (assignment or task is not None):
        raise Refused(
            "An integrated assignment takes no marks",
            "Its units differ in size and level, so their numbers do not add up.",
            "Mark pass or refer in the task; marks belong on the unit's own sheet, without --assignment.",
        )
    if marks is not None and result is not None:
        raise WrongUse(
            "Marks or a result",
            "Marks are converted to pass or refer, so only one of the two can be given.",
            f"Leave out {result.value}, or leave out --marks.",
        )
    if marks is None and result is None:
        raise WrongUse("Pass or refer?", "No result was given.", "End with pass or refer, or give --marks.")
    if marks is not None and criteria > 1:
        raise WrongUse(
            "Marks are for one criterion", f"{criteria} criteria were given.", "Give each criterion its own marks."
        )
    if bool(assignment) != (task is not None):
        missing, given = ("--task", "--assignment") if assignment else ("--assignment", "--task")
        raise WrongUse("In which task?", f"{given} was given without {missing}.", "Give both, or neither.")


def _checked_unit(shown: LearnerPortfolio, unit: str, numbers: list[str], given: str) -> str:
    """The code of the unit. All or none: a slip in the last number must not leave the first ones marked."""
    found = with_sheet(shown.unit(unit))
    every = [each.number for each in found.criteria]
    unknown = [number for number in numbers if found.criterion(number) is None]
    if unknown or not numbers:
        raise WrongUse(
            "No such criterion",
            f"{found.code} has no criterion {one_line(', '.join(unknown) or given)}. Nothing was marked.",
            did_you_mean(unknown[0] if unknown else given, every, f"Its criteria are {', '.join(every)}."),
        )
    return found.code


def _occasion(
    shown: LearnerPortfolio, assignment: str, number: int | None, code: str, numbers: list[str]
) -> Occasion | None:
    """The task that was named, once it is clear that it carries every one of these criteria of the unit."""
    if number is None:
        return None
    named = shown.assignment(assignment)
    task = task_of(named, number)
    if strange := [each for each in numbers if each not in task.by_unit.get(code, ())]:
        carried = "; ".join(f"{unit} {', '.join(criteria)}" for unit, criteria in task.by_unit.items())
        raise WrongUse(
            "Not in this task",
            f"Task {number} of {named.code} does not carry {code} {', '.join(strange)}. Nothing was marked.",
            f"It carries {one_line(carried) or 'nothing'}. Name the right task, or mark without --assignment.",
        )
    return Occasion(named.code, number)
