"""`markterm case`: malpractice, appeals, complaints, reasonable adjustments, recognition of prior learning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text
from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.follow_up import case_lines
from markterm.cli.output import say, say_json
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.cases import CaseAbout, RecognisedAs
from markterm.domain.record.cases import ASKED_FOR, CaseRecord, outcome_of, words_of
from markterm.domain.rules.cases import the_case
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.case import case_as_json

if TYPE_CHECKING:
    from markterm.centre.cases import CaseOf
    from markterm.centre.centre import Centre
    from markterm.centre.recorder import Recorded

_RECOGNISED_AS = {"exemption": RecognisedAs.EXEMPTION, "credit-transfer": RecognisedAs.CREDIT_TRANSFER}
_OUTCOMES = ("upheld", "not-upheld", "agreed", "not-agreed")


@click.command("case", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@click.argument("unit", required=False, default="", shell_complete=completion.units)
@click.argument("criterion", required=False, default="", shell_complete=completion.criteria)
@click.option("--open", "about", type=click.Choice([each.value for each in CaseAbout]), help="Open a case.")
@click.option("--report", "to", metavar="WHOM", help="It was reported to them: the awarding organisation.")
@click.option("--decide", "outcome", type=click.Choice(_OUTCOMES), help="What it comes to; --text says why.")
@click.option("--close", "is_closed", is_flag=True, help="Close it: what it held goes on.")
@click.option("--text", default="", metavar="TEXT", help="What is said of it. - reads it from stdin.")
@click.option(
    "--recognise-as", type=click.Choice(list(_RECOGNISED_AS)), help="What recognition of prior learning is to give."
)
@click.option("--evidence", multiple=True, metavar="FILE", help="A file of the learner's that shows prior learning.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of it; today without.")
@click.option("--id", "named", default="", metavar="ID", help="Which case, where there are several.")
@click.option("--all", "also_closed", is_flag=True, help="List closed cases too.")
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    criterion: str,
    about: str | None,
    to: str | None,
    outcome: str | None,
    is_closed: bool,
    text: str,
    recognise_as: str | None,
    evidence: Sequence[str],
    on: datetime | None,
    named: str,
    also_closed: bool,
) -> None:
    """List cases, open one, or go on with one.

    A case is of a learner as a whole, of a UNIT, or of a CRITERION. Anybody opens one; the coordinator or a verifier
    reports, decides and closes it. Suspected malpractice and an appeal hold what they are on until they are closed: no
    feedback goes and no attempt begins. Under suspicion nothing is decided there; what is appealed is decided again by
    another assessor. Recognition of prior learning says whether it is to give an exemption or a credit transfer, is
    agreed on evidence, and is not to be used before the awarding organisation was told. Nothing that is said here is
    printed for the learner.

    \b
    Examples:
      markterm case
      markterm case JON2041 501 2.1 --open appeal --text "Page 4 was not read." --as carol
      markterm case JON2041 --report "the awarding organisation" --text "Form M1" --as carol
      markterm case JON2041 --decide not-upheld --text "Read again by Ben." --as carol
      markterm case JON2041 --close --as carol
      markterm case JON2041 503 --open recognition --recognise-as exemption --text "Coached for ten years."
        --evidence 08-agreements.pdf --as asha
    """
    asked = [about is not None, to is not None, outcome is not None, is_closed]
    if sum(asked) > 1:
        raise WrongUse("One at a time", "A case is opened, reported, decided or closed.", "Give one of the options.")
    centre = session.centre()
    if not any(asked):
        _list(session, centre, learner, unit, also_closed=also_closed)
        return
    if not learner:
        raise WrongUse("Whose case?", "No learner was named.", "Give the registration, then what is to be recorded.")
    registration = centre.learners.find(learner)
    day = on.date() if on is not None else None
    recorded: Recorded
    if about is not None:
        said = given_text(text)
        gives = _RECOGNISED_AS.get(recognise_as or "")
        recorded = centre.cases.open(registration, CaseAbout(about), said, unit, criterion, day, gives, evidence)
    elif to is not None:
        recorded = centre.cases.report(registration, named, to, given_text(text), day)
    elif outcome is not None:
        case = the_case(registration, [each.case for each in centre.cases.of(registration)], named)
        upheld = _upheld(case, outcome)
        said = given_text(text)
        recorded = centre.cases.decide(registration, case.uid, upheld=upheld, text=said, on=day, evidence=evidence)
    else:
        recorded = centre.cases.close(registration, named, given_text(text), day)
    tell_recorded(session, centre, recorded)


def _upheld(case: CaseRecord, outcome: str) -> bool:
    upheld = not outcome.startswith("not-")
    if outcome_of(case.about, upheld).replace(" ", "-") != outcome:
        words = "agreed or not-agreed" if case.about in ASKED_FOR else "upheld or not-upheld"
        raise WrongUse(
            "Not an outcome of such a case", f"Case {case.short} is {words_of(case.about)}.", f"Say {words}."
        )
    return upheld


def _list(session: Session, centre: Centre, learner: str, unit: str, *, also_closed: bool) -> None:
    if learner:
        registration = centre.learners.find(learner)
        key = centre.learners.portfolio(registration).unit(unit).key if unit else None
        own = centre.cases.of(registration)
        found = [each for each in own if key is None or each.case.concerns(key)]
    else:
        rows = everybody(centre)
        steps = with_bar(centre.cases.of_everybody(), len(rows), "Reading the records", learners=len(rows))
        every = [each for of_one in steps for each in of_one]
        found = [each for each in every if also_closed or each.case.is_open]
        warn_of_hidden(rows)
    if session.as_json:
        say_json([{"registration": each.registration, "name": each.name, **case_as_json(each.case)} for each in found])
        return
    for each in found:
        say(one_line(f"{each.registration} {each.name}"))
        for line in case_lines(centre, each.case):
            say(f"  {line}")
    click.echo(_count(found), err=True)


def _count(found: Iterable[CaseOf]) -> str:
    every = [each.case for each in found]
    return f"{counted(len(every), 'case')}, {sum(each.is_open for each in every)} open."
