"""`markterm init`: a new centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session, require_nobody
from markterm.domain.assessed.fitting_policy import fitting_policy
from markterm.domain.assessed.member import STAFF, Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean


@click.command("init", cls=Command)
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--number", required=True, help="The centre's number with the awarding organisation.")
@click.option("--name", required=True, help="The centre's name.")
@click.option("--awarding-organisation", default="", help="Who awards the qualifications.")
@click.option(
    "--member",
    "given",
    multiple=True,
    metavar="ID:NAME:ROLES[:UNITS]",
    help="A member of staff, once for each: roles (assessor, verifier, coordinator, tutor) and units, with commas. "
    "Without units an assessor is approved for all that are shipped.",
)
@pass_session
def command(
    session: Session, directory: Path, number: str, name: str, awarding_organisation: str, given: tuple[str, ...]
) -> None:
    """Make a new centre in DIR, or in the current folder.

    It gets a copy of the mark sheets, assignments, qualifications and requirements for staff that are shipped.

    \b
    Example:
      markterm init northgate --number 012345 --name "Northgate Training" \\
        --member "asha:Asha Patel:assessor" --member "ines:Inês Carvalho:verifier"
    """
    require_nobody()
    from markterm.centre.folder import CentreFolder
    from markterm.centre.new_centre import make_centre
    from markterm.own.places import Places
    from markterm.sheets.shipped import shipped_mark_sheets
    from markterm.sheets.unit_library import UnitLibrary

    sheets = shipped_mark_sheets()
    shipped = frozenset(UnitLibrary.load(sheets).units)
    members = tuple(_member(text, shipped) for text in given)
    policy = fitting_policy(members)
    has_records = CentreFolder(directory).records.exists()
    make_centre(directory, CentreDetails(number, name, awarding_organisation, members, policy), sheets)
    if not has_records:
        Places.of_user().of_centre(directory).forget_records()
    if session.as_json:
        say_json(
            {
                "folder": str(directory.resolve()),
                "members": [member.id for member in members],
                "units": sorted(shipped),
                "policy": {
                    "attempts": policy.attempts,
                    "resubmission_authorised_by": policy.resubmission_authorised_by.value,
                    "feedback_waits_for_verification": policy.feedback_waits_for_verification,
                },
            }
        )
    else:
        say(str(directory.resolve()))
    for sentence in _told(members, policy):
        click.echo(sentence, err=True)
    click.echo(
        "Next:\n"
        + ("" if members else "  Add the members of staff to centre.toml, each as a [[member]].\n")
        + "  Put your awarding organisation's wording into mark_sheets/units.\n"
        "  A unit of your own: its sheet beside them, and its code among the units of its assessors in centre.toml.\n"
        "  Register the learners: markterm register with a table of them, or markterm learner add with one.\n"
        "  mark_sheets/README.md says how a sheet and a learner's file are written.\n"
        "  Then, in the centre's folder: markterm check, and markterm open --as MEMBER.",
        err=True,
    )


def _told(members: tuple[Member, ...], policy: Policy) -> Iterator[str]:
    """What is otherwise than a larger centre has it, and where to change it."""
    role, usual = policy.resubmission_authorised_by, Policy()
    if role is not usual.resubmission_authorised_by:
        who = " or ".join(one_line(each.name) for each in members if role in each.roles)
        yield f"No member is {_a(usual.resubmission_authorised_by)}: {_a(role)} authorises a resubmission, here {who}."
        if role is Role.ASSESSOR:
            yield "That is whoever marks: ask your awarding organisation whether it wants somebody else."
    if policy.feedback_waits_for_verification is not usual.feedback_waits_for_verification:
        yield "No other member could verify what is marked here: feedback does not wait for verification."
    if policy != usual:
        yield "[policy] in centre.toml says so; change it when somebody joins you."


def _a(role: Role) -> str:
    return f"an {role}" if role is Role.ASSESSOR else f"a {role}"


def _member(text: str, shipped: frozenset[str]) -> Member:
    parts = [part.strip() for part in text.split(":")]
    if len(parts) not in (3, 4) or not all(parts[:3]):
        raise WrongUse(
            "This member cannot be read",
            f"{one_line(text)} is not id:name:roles.",
            'Write --member "asha:Asha Patel:assessor", with commas between several roles.',
        )
    words = [word.strip() for word in parts[2].split(",")]
    unknown = [word for word in words if word not in STAFF]
    if unknown:
        raise WrongUse(
            "No such role",
            f"{one_line(unknown[0])} is not a role.",
            did_you_mean(unknown[0], STAFF, f"The roles are {', '.join(STAFF)}."),
        )
    roles = frozenset(map(Role, words))
    units = frozenset(code.strip() for code in parts[3].split(",") if code.strip()) if len(parts) == 4 else frozenset()
    if not units and Role.ASSESSOR in roles:
        units = shipped
    return Member(parts[0], parts[1], roles, units)
