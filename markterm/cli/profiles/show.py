"""`markterm profile show`: the role profiles, and what is in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli.output import columns, moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.standards.wanted import Wanted, wanted_of_profile
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.development import profile_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.profiles import Profile


@click.command("show", cls=Command)
@click.argument("code")
@pass_session
def command(session: Session, code: str) -> None:
    """Show what is in a role profile.

    \b
    Examples:
      markterm profile show MENTOR
      markterm profile MENTOR
    """
    centre = session.centre()
    tell_profile(session, centre, centre.profiles.named(code))


def tell_every(session: Session) -> None:
    """Print every profile, a line each."""
    centre = session.centre()
    known = centre.sheets.standards
    every = [(each, wanted_of_profile(each, known)) for each in centre.profiles.every()]
    if session.as_json:
        say_json([profile_as_json(profile, wanted) for profile, wanted in every])
        return
    rows = [
        (
            one_line(profile.code),
            counted(len(profile.links), "statement"),
            "ended" if profile.ended is not None else "newer version" if wanted.newer else "",
            one_line(profile.said.title),
        )
        for profile, wanted in every
    ]
    for line in columns(rows) if rows else ["No profile is kept: markterm profile keep keeps one."]:
        say(line)


def tell_profile(session: Session, centre: Centre, profile: Profile) -> None:
    """Print what is in a profile."""
    wanted = wanted_of_profile(profile, centre.sheets.standards)
    if session.as_json:
        say_json(profile_as_json(profile, wanted))
        return
    for line in _lines(centre, profile, wanted):
        say(line)


def _lines(centre: Centre, profile: Profile, wanted: Wanted) -> Iterator[str]:
    yield one_line(f"{profile.code} {profile.said.title}: {counted(len(profile.links), 'statement')}")
    if profile.ended is not None:
        yield f"  ended: {one_line(profile.ended)}"
    for function in profile.said.functions:
        yield "  " + one_line(f"{function.suite} {function.code} {function.title}: {', '.join(function.standards)}")
    for part in profile.said.parts:
        key = f"{part.standard} ({part.version})" if part.version else part.standard
        yield "  " + one_line(f"{key}: {' '.join(part.statements)}")
    for line in told_newer(wanted):
        yield f"  {line}"
    if profile.unseen:
        yield "  kept by two who had not seen each other's: look in the record, and keep it anew"
    why = f": {one_line(profile.said.why)}" if profile.said.why else ""
    yield "  " + one_line(f"kept {moment(profile.at)} by {centre.details.name_of(profile.actor, profile.at)}{why}")


def told_newer(wanted: Wanted) -> Iterator[str]:
    """The standards of it that have a newer version, a line each."""
    for each in wanted.newer:
        yield one_line(f"{each.newest} is in force: {each.kept} stays until it is kept anew.")
