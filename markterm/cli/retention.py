"""`markterm retention`: what is kept of whom until when; holds, and destroying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli import completion, failure
from markterm.cli.arguments import given_text
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.output import moment, say, say_each, say_json
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.upgrading import bring_to_newest_format, upgrade_option
from markterm.domain.record.bodies.retaining import What
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.plain.event import event_as_json
from markterm.exports.plain.retention import completed_as_json, kept_of_as_json, outcome_as_json

if TYPE_CHECKING:
    from datetime import date

    from markterm.centre.centre import Centre
    from markterm.domain.record.destructions import Destruction
    from markterm.domain.views.kept_of import KeptOf, Outcome


@click.command("retention", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@click.option("--due", "only_due", is_flag=True, help="List only of whom something may be destroyed today.")
@click.option("--hold", metavar="REASON", help="Hold everything of the learner: nothing of it may go.")
@click.option("--lift", metavar="REASON", help="Lift every hold of the learner.")
@click.option("--destroy", is_flag=True, help="Destroy what there is of the learner; --reason says why.")
@click.option("--evidence", is_flag=True, help="With --destroy: the evidence alone; the record stays and says so.")
@click.option("--reason", default="", metavar="TEXT", help="Why it is destroyed. - reads it from stdin.")
@click.option("--take-back", is_flag=True, help="Mean no longer to destroy anything of the learner.")
@click.option("--complete", is_flag=True, help="Complete whatever began to be destroyed and is not gone.")
@upgrade_option
@pass_session
def command(
    session: Session,
    learner: str,
    only_due: bool,
    hold: str | None,
    lift: str | None,
    destroy: bool,
    evidence: bool,
    reason: str,
    take_back: bool,
    complete: bool,
    upgrade: bool,
) -> int | None:
    """Show how long evidence and records are kept, and why.

    The rules are those of [retention] in centre.toml: weeks from the receipt of the certificates, and years. What is
    not known keeps everything: no rule, no certificate. So does what is open: a case, an action, a claim, a hold.

    --destroy needs two people, or one twice a day apart: the first time it is only meant, which lapses after four
    weeks. It removes the evidence, the record, and what this machine and the centre's folder have of the learner alone;
    what lies elsewhere is listed for you to look through. What is recorded of the learner while it begins keeps it, and
    it is given up. In the centre's own record a destruction record remains, and what names the registration there.

    \b
    Examples:
      markterm retention --due
      markterm retention JON2041 --hold "The learner's solicitor wrote." --as carol
      markterm retention JON2041 --destroy --evidence --reason "12 weeks are over" --as carol
      markterm retention JON2041 --destroy --reason "3 years are over" --as ines
      markterm retention --complete --as carol
    """
    asked = [hold is not None, lift is not None, destroy, take_back, complete]
    if sum(asked) > 1:
        raise WrongUse(
            "One at a time", "Something is held, lifted, destroyed or completed.", "Give one of the options."
        )
    if (evidence or reason) and not destroy:
        raise WrongUse(
            "Destroy it?", "--evidence and --reason say what is destroyed, and why.", "Give them with --destroy."
        )
    if complete and learner:
        raise WrongUse(
            "Of everybody?",
            "--complete completes whatever began to be destroyed; nothing was done.",
            "Leave the learner out, or complete theirs by --destroy once more.",
        )
    if only_due and any(asked):
        raise WrongUse("List or record?", "--due lists; nothing was recorded.", "Leave one of them out.")
    centre = session.centre()
    if not any(asked):
        return _list(session, centre, learner, only_due=only_due)
    if complete:
        bring_to_newest_format(centre, upgrade=upgrade)
        return _tell_completed(session, centre.retention.complete_all())
    if not learner:
        raise WrongUse("Whose?", "No learner was named.", "Give the registration, then what is to be done.")
    if hold is not None or lift is not None:
        registration = centre.learners.find(learner)
        held = centre.retention.hold if hold is not None else centre.retention.lift
        tell_recorded(session, centre, held(registration, given_text(hold or lift or "")))
        return None
    # What is half gone has no learner's folder any more, by which a name would be found.
    registration = learner if centre.retention.knows(learner) else centre.learners.find(learner)
    if take_back:
        event = centre.retention.take_back(registration)
        if session.as_json:
            say_json(event_as_json(event))
        else:
            say(one_line(f"Nothing of {registration} is meant to be destroyed any more."))
        return None
    bring_to_newest_format(centre, upgrade=upgrade)
    what = What.EVIDENCE if evidence else What.RECORD
    _tell(session, registration, centre.retention.destroy(registration, what, given_text(reason)))
    return None


def _tell(session: Session, registration: str, outcome: Outcome) -> None:
    destruction = outcome.destruction
    if session.as_json:
        say_json(outcome_as_json(outcome, registration))
        return
    what = "The evidence" if destruction.what is What.EVIDENCE else "Everything"
    if destruction.is_pending:
        say(one_line(f"{what} of {registration} is meant to be destroyed; nothing was destroyed yet."))
        again = "Another coordinator or verifier does the same, or you do it again a day later."
        click.echo(f"{again} --take-back means it no longer.", err=True)
        return
    say(one_line(f"{what} of {registration} that the centre and this machine had is {destruction.words}."))
    _tell_left(outcome)


def _tell_left(outcome: Outcome) -> None:
    if outcome.names:
        entries = counted(outcome.names, "entry", "entries")
        click.echo(f"{entries} of the centre's own record, which only grows, still name the registration.", err=True)
    click.echo("For you to look through:", err=True)
    for each in outcome.left:
        click.echo(f"  {one_line(each)}", err=True)


def _tell_completed(session: Session, completed: Iterable[tuple[Destruction, Outcome | MarkTermError]]) -> int:
    """Tell what became of each, in words as soon as it is known; the worst exit code of those that are not done."""
    code = 0
    told = []
    for destruction, became in completed:
        told.append(completed_as_json(destruction, became))
        if isinstance(became, MarkTermError):
            code = max(code, became.exit_code)
        if session.as_json:
            continue
        if isinstance(became, MarkTermError):
            click.echo(one_line(f"Destruction {destruction.short} is not done:"), err=True)
            failure.tell(became)
        else:
            say(one_line(f"Destruction {destruction.short} is done: {became.destruction.words}."))
            _tell_left(became)
    if session.as_json:
        say_json(told)
    elif not told:
        click.echo("Nothing was left to complete.", err=True)
    return code


def _list(session: Session, centre: Centre, learner: str, *, only_due: bool) -> int | None:
    today = local(centre.recorder.now()).date()
    if learner:
        found = [centre.retention.of(centre.learners.find(learner))]
    else:
        rows = everybody(centre)
        found = list(with_bar(centre.retention.of_everybody(), len(rows), "Reading the records", learners=len(rows)))
    if only_due:
        found = [each for each in found if each.is_due(today)]
    unfinished = centre.retention.unfinished()
    if session.as_json:
        say_json([kept_of_as_json(each, today) for each in found])
    else:
        say_each(line for each in found for line in _lines(each, today))
    for destruction in unfinished:
        click.echo(one_line(f"Destruction {destruction.short}: {destruction.words} (--complete)."), err=True)
    evidence, records = (sum(each.may_go(what, today) for each in found) for what in (What.EVIDENCE, What.RECORD))
    click.echo(
        f"{counted(len(found), 'learner')}: the evidence of {evidence} and the record of {records} may go today.",
        err=True,
    )
    return None


def _lines(of: KeptOf, today: date) -> Iterator[str]:
    yield one_line(f"{of.registration} {of.name}")
    for line in of.in_words(today):
        yield f"  {one_line(line)}"
    for each in of.coming:
        yield f"  {each.of_what} {one_line(each.words)} ({moment(each.last.at)})"
