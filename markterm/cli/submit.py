"""`markterm submit`: the evidence of a unit, or of an assignment's units, as it was handed in."""

from __future__ import annotations

from datetime import datetime

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import say_left_out
from markterm.cli.looked_at import look_first, opened_option
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line


@click.command("submit", cls=Command)
@learner_argument
@click.argument("unit", metavar="UNIT|ASSIGNMENT", shell_complete=completion.units_and_assignments)
@click.option("--attempt", type=click.IntRange(min=1), help="The attempt; without it, the next that can be submitted.")
@click.option("--declared", default="", metavar="TEXT", help="How the learner declared it to be their own work.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the declaration: 2026-01-31.")
@click.option("--refuses-use", is_flag=True, help="The learner refuses anonymised use of the work for standardisation.")
@click.option("--authorised-by", default="", metavar="MEMBER", help="Who authorised a resubmission, if not you.")
@click.option("--conditions", default="", metavar="NUMBERS", help="Which of its conditions are met: all, or 1,2.")
@opened_option
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    attempt: int | None,
    declared: str,
    on: datetime | None,
    refuses_use: bool,
    authorised_by: str,
    conditions: str,
    *,
    opened: bool,
) -> None:
    """Submit a unit or an assignment: its evidence fixed by hash.

    After a unit was closed as refer this begins the next attempt: what was referred waits to be decided again, and what
    was passed stands. The policy in centre.toml says how many attempts there are, who authorises another, and under
    which conditions: --conditions says that they are met.

    Files that no assessor has opened since they came, or changed, are named, and nothing is fixed that nobody looked
    at: you are asked, and without a terminal --opened says that you did, which is recorded of an assessor. Files that
    are added, changed or removed afterwards are shown as such. Submitting the same attempt again replaces the
    submission; the first one stays in the record.

    \b
    Examples:
      markterm submit JON2041 501 --declared "signed sheet" --on 2026-03-02 --as asha
      markterm submit JON2041 501 --declared e-mail --authorised-by ines --as asha
      markterm submit NOW1870 IA-CERT --declared e-portfolio --opened --as asha
    """
    if not declared and (on is not None or refuses_use):
        raise WrongUse(
            "How was it declared?",
            "--on and --refuses-use belong to a declaration, and none was given.",
            'Add --declared "signed sheet", for example.',
        )
    said = Declared(declared, on.date() if on is not None else None, refuses_use) if declared else None
    centre = session.centre()
    registration = centre.learners.find(learner)
    codes = centre.learners.portfolio(registration).units_of(unit)
    policy = centre.details.policy_for(centre.learners.named(registration))
    met = _numbers(conditions, len(policy.resubmission_conditions))
    say_left_out(centre.evidence.listed(registration))
    coming = centre.attempts.coming(registration, codes)
    names = {name for each in coming.values() for name in each.files}
    look_first(centre, registration, names, f"Nothing of {registration} was submitted.", opened=opened)
    # Without any, what is passed is not handed in again: the rule says it.
    recorded = centre.attempts.submit_units(registration, codes, attempt, said, authorised_by, met, coming or None)
    tell_each_recorded(session, centre, recorded, always_list=len(codes) > 1)


def _numbers(text: str, count: int) -> list[int]:
    """The numbers that were given, or those of all conditions. Raises `WrongUse`."""
    if text.strip() == "all":
        return list(range(1, count + 1))
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise WrongUse("These are no conditions", f"{one_line(text)} is no list of numbers.", "Write all, or 1,2.")
    return [int(part) for part in parts]
