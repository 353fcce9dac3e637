"""`markterm withdraw`: takes back a decision, or all that were made at once with it."""

from __future__ import annotations

import click

from markterm.cli.arguments import criterion_argument, given_text, learner_argument, unit_argument
from markterm.cli.recorded import tell_each_recorded, tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.rules.taking_back import SLIP, is_slip
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line


@click.command("withdraw", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.option("--reason", metavar="TEXT", help="Why, one word is enough; - reads it from stdin.")
@click.option("--batch", is_flag=True, help="Everything that was decided at once with it, too.")
@pass_session
def command(session: Session, learner: str, unit: str, criterion: str, reason: str | None, batch: bool) -> None:
    """Withdraw the last decision on a criterion.

    What stood before it stands again, and both stay in the record. The pass of an earlier attempt is withdrawn before
    the criterion is decided anew; a conflict is settled instead, with markterm settle. Of decisions that were made at
    once, with markterm pass-task, only this one is withdrawn, unless you add --batch.

    Within ten seconds of a decision of your own no reason is needed: it is withdrawn as a slip.

    \b
    Examples:
      markterm withdraw JON2041 501 1.3 --reason "wrong learner" --as asha
      markterm withdraw JON2041 501 1.3 --as asha
      markterm withdraw JON2041 501 1.3 --batch --reason "wrong task" --as asha
    """
    text = given_text(reason) if reason is not None else ""
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    of_unit = shown.unit(unit)
    last = shown.portfolio.unit(of_unit.key).criterion(criterion).to_withdraw
    if reason is None and last is not None:
        who = centre.member
        if who is not None and (last.actor != who.id or not is_slip(last.at, centre.recorder.now())):
            raise Refused(
                "A withdrawal needs a reason",
                f"{of_unit.code} {one_line(criterion)} was decided by {one_line(last.actor)}, and not just now by you.",
                "Say why with --reason TEXT; one word is enough.",
            )
        text = SLIP
    if not batch:
        tell_recorded(session, centre, centre.marking.withdraw(registration, unit, criterion, text))
        return
    made_at_once = last.occasion.batch if last is not None else ""
    if not made_at_once:
        raise WrongUse(
            "Not decided at once",
            f"The last decision on {of_unit.code} {one_line(criterion)} was made alone, or there is none.",
            "Leave out --batch to withdraw it; markterm log shows which decisions have a batch.",
        )
    withdrawn = centre.marking.withdraw_batch(registration, made_at_once, text)
    tell_each_recorded(session, centre, withdrawn, always_list=True)
