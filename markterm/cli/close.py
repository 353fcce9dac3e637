"""`markterm close`: a unit's outcome, and the evidence that it rests on."""

from __future__ import annotations

import click

from markterm.cli.arguments import given_text, learner_argument, unit_argument
from markterm.cli.asking import at_a_terminal
from markterm.cli.looked_at import look_first, opened_option
from markterm.cli.recorded import tell_last_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.feedback.feedback import feedback_on_unit
from markterm.domain.feedback.summary import summary_from_notes
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.closing_evidence import Basis, ClosingEvidence, Terms
from markterm.domain.rules.marking import closing_outcome
from markterm.domain.views.graded import higher_left
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line

_LEAVE = "no"


@click.command("close", cls=Command)
@learner_argument
@unit_argument
@click.option("--feedback", default="", metavar="TEXT", help="Summary feedback on the unit; - reads it from stdin.")
@click.option(
    "--evidence",
    "basis",
    type=click.Choice(Basis, case_sensitive=False),
    help="If it changed since it was submitted: close on it as it is now, which is fixed then, or as it was submitted.",
)
@click.option("--no-evidence", default="", metavar="WHY", help='Why there is none, if there is none: "seen in person".')
@click.option("--from-notes", is_flag=True, help="The notes of the criteria are the summary, what is missing first.")
@click.option("--no-feedback", is_flag=True, help="Close a referral without a summary; each note is told all the same.")
@opened_option
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    feedback: str,
    basis: Basis | None,
    no_evidence: str,
    *,
    from_notes: bool,
    no_feedback: bool,
    opened: bool,
) -> None:
    """Close a unit with its outcome.

    The outcome is what the criteria come to: pass when every one is passed, a referral otherwise. On a graded sheet the
    pass criteria say that, and the unit is closed with the grade that it reached: pass, merit or distinction. Evidence
    that nobody submitted is fixed by hash as it is now; what changes afterwards shows. If it changed since it was
    submitted, if no assessor has opened some of it, or if there is none, you are asked, and without a terminal an
    option says what is meant; so it is for a referral without --feedback or --from-notes.

    \b
    Examples:
      markterm close JON2041 501 --feedback "Sound work; see 3.3." --as asha
      markterm close JON2041 501 --from-notes --as asha
      markterm close JON2041 501 --evidence now --as asha
      markterm close JON2041 501 --no-evidence "seen in person" --as asha
    """
    text = given_text(feedback)
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    code = shown.unit(unit).code
    evidence = centre.closings.evidence(registration, code)
    reached = closing_outcome(registration, shown.unit(unit), shown.portfolio)
    if from_notes:
        if text.strip():
            raise WrongUse("Two summaries", "--feedback and --from-notes both give one.", "Give one of the two.")
        text = summary_from_notes(feedback_on_unit(shown.unit(unit), shown.portfolio).units[0])
    if left := higher_left(shown.unit(unit), shown.portfolio.unit(shown.unit(unit).key)):
        click.echo(one_line(f"{code}, for a higher grade: {left}. The unit is closed without."), err=True)
    if reached is CriterionState.REFER and not text.strip() and not no_feedback:
        text = _asked_summary(code)
    terms = _terms(code, evidence, basis, no_evidence)
    if not evidence.is_fixed and terms.basis is not Basis.SUBMITTED:
        look_first(centre, registration, evidence.files, f"{code} of {registration} stays open.", opened=opened)
    tell_last_recorded(session, centre, centre.closings.close_in_steps(registration, code, text, terms))


def _terms(unit: str, evidence: ClosingEvidence, basis: Basis | None, no_evidence: str) -> Terms:
    """What was said on the line, and what has to be asked. Raises `Refused` when nobody can be asked."""
    if evidence.changes:
        click.echo(one_line(f"Since {unit} was submitted: {evidence.changes}."), err=True)
        for line in evidence.changes.lines():
            click.echo(f"  {one_line(line)}", err=True)
        basis = basis or (_asked_basis(unit) if evidence.asks_basis else Basis.NOW)
    if evidence.unread and not evidence.is_fixed:
        click.echo(one_line(f"Not fixed, because it cannot be read: {'; '.join(evidence.unread)}."), err=True)
    nothing = not evidence.files and (evidence.submission is None or basis is Basis.NOW)
    if nothing and not no_evidence.strip():
        no_evidence = _asked_reason(unit)
    return Terms(basis, no_evidence, evidence.files)


def _asked_summary(unit: str) -> str:
    """The summary of a referral as it is asked for; empty when it is to go without one."""
    if at_a_terminal():
        said = click.prompt(
            f"{one_line(unit)} comes to REFER. What is the learner told on the whole of it? (Enter: nothing)",
            default="",
            show_default=False,
            err=True,
        )
        if said.strip() or click.confirm("Close it as REFER without a summary?", err=True):
            return str(said)
    raise Refused(
        "A referral without a summary",
        f"{one_line(unit)} comes to REFER and stays open: nothing was said to the learner on the whole unit.",
        "Say what to do next with --feedback, or give --no-feedback.",
    )


def _asked_basis(unit: str) -> Basis:
    if at_a_terminal():
        question = "Close it on the evidence as it is now, or as it was submitted?"
        said = click.prompt(question, type=click.Choice([*Basis, _LEAVE]), default=_LEAVE, err=True)
        if said != _LEAVE:
            return Basis(said)
    raise Refused(
        "The evidence changed since it was submitted",
        f"{one_line(unit)} stays open: nobody said on which evidence it is closed.",
        "Look at markterm differences, then give --evidence now, which fixes it as it is, or --evidence submitted.",
    )


def _asked_reason(unit: str) -> str:
    if at_a_terminal():
        said = click.prompt("There is no evidence. What was it decided on?", default="", show_default=False, err=True)
        if said.strip():
            return str(said)
    raise Refused(
        "There is no evidence",
        f"{one_line(unit)} stays open: there is no file that the decisions could rest on.",
        'Put the files into the learner\'s evidence folder, or say why there is none: --no-evidence "seen in person".',
    )
