"""`markterm submit`: the evidence of a unit, or of an assignment's units, as it was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.asking import at_a_terminal
from markterm.cli.caveats import say_left_out, some_of
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.evidence.folder import EvidenceFile


@click.command("submit", cls=Command)
@learner_argument
@click.argument("unit", metavar="UNIT|ASSIGNMENT", shell_complete=completion.units_and_assignments)
@click.option("--attempt", type=click.IntRange(min=1), help="The attempt; without it, the next that can be submitted.")
@click.option("--declared", default="", metavar="TEXT", help="How the learner declared it to be their own work.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the declaration: 2026-01-31.")
@click.option("--refuses-use", is_flag=True, help="The learner refuses anonymised use of the work for standardisation.")
@click.option("--authorised-by", default="", metavar="MEMBER", help="Who authorised a resubmission, if not you.")
@click.option("--conditions", default="", metavar="NUMBERS", help="Which of its conditions are met: all, or 1,2.")
@click.option("--opened", is_flag=True, help="You looked at the files that no assessor had opened: submit with them.")
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
    listed = centre.evidence.listed(registration)
    say_left_out(listed)
    coming = centre.attempts.coming(registration, codes)
    names = {name for each in coming.values() for name in each.files}
    _look_first(centre, registration, [file for file in listed.files if file.name in names], opened=opened)
    # Without any, what is passed is not handed in again: the rule says it.
    recorded = centre.attempts.submit_units(registration, codes, attempt, said, authorised_by, met, coming or None)
    tell_each_recorded(session, centre, recorded, always_list=len(codes) > 1)


def _look_first(centre: Centre, registration: str, files: Sequence[EvidenceFile], *, opened: bool) -> None:
    """Name those of these files that no assessor has opened as they are, and go on when somebody looked at them. Raises
    `Refused` where nobody says that."""
    unopened = centre.new_work.of(centre.learners.portfolio(registration).portfolio, files)
    if not unopened:
        return
    named = some_of(unopened)
    click.echo(f"Opened by no assessor as it is now: {named}.", err=True)
    if not (opened or (at_a_terminal() and click.confirm("Did you look at that, and submit with it?", err=True))):
        raise Refused(
            "Nobody opened it yet",
            f"Nothing of {registration} was submitted: no assessor has opened {named} since it came or was changed.",
            f"Look at it with markterm read {registration} FILE, or on the screen; then give --opened.",
        )
    with suppress(Refused):  # Who marks nothing may have looked at it all the same.
        centre.new_work.opened(registration, files)


def _numbers(text: str, count: int) -> list[int]:
    """The numbers that were given, or those of all conditions. Raises `WrongUse`."""
    if text.strip() == "all":
        return list(range(1, count + 1))
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise WrongUse("These are no conditions", f"{one_line(text)} is no list of numbers.", "Write all, or 1,2.")
    return [int(part) for part in parts]
