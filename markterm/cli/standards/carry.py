"""`markterm standard carry`: a new version of a standard, statement by statement, and what holds for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import given_text
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.new_version import new_version_as_json

if TYPE_CHECKING:
    from markterm.domain.standards.new_version import FateOfStatement, NewVersion

_NO_VERSION = "-"


@click.command("carry", cls=Command)
@click.argument("code", metavar="CODE")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--also", multiple=True, metavar="OLD=NEW", help="A statement that was reworded holds as well: P2=P3.")
@click.option("--leave", multiple=True, metavar="STATEMENT", help="Do not carry this statement of the old version.")
@click.option(
    "--reason", default="", metavar="TEXT", help="Why it holds; without it nothing is written. - reads stdin."
)
@pass_session
def command(
    session: Session, code: str, old: str, new: str, also: tuple[str, ...], leave: tuple[str, ...], reason: str
) -> None:
    """Carry what is mapped to a new version of a standard.

    Shows what became of each statement between two versions that the centre has, by its wording and not by its code,
    and what is mapped to it. With --reason, what is mapped to statements whose wording is the same, under whatever
    code, is mapped to the new version as well: in new rows beside the old ones, with an entry in the centre's record.
    What learners have evidenced stays with the version that it was mapped to. What was reworded is carried where a
    person says so. A version that a sheet does not say is -.

    \b
    Examples:
      markterm standard carry MTC01 1.0 2.0
      markterm standard carry MTC01 1.0 2.0 --reason "Numbered anew, as the publisher says." --as ines
      markterm standard carry MTC01 1.0 2.0 --also P2=P3 --leave K1 --reason "P3 says no more." --as ines
    """
    versions = session.centre().new_versions
    shown = versions.beside(code, *("" if each == _NO_VERSION else each for each in (old, new)))
    held, why = dict(map(_pair, also)), given_text(reason)
    if (also or leave) and not why:
        raise WrongUse("Why?", "What is carried has a reason. Nothing was written.", "Give --reason as well.")
    carried = versions.carry(shown, why, held, leave) if why else None
    if carried is not None:
        shown = versions.beside(code, shown.old.version, shown.new.version)
    if session.as_json:
        files = [each.path.name for each in carried.written] if carried is not None else []
        say_json({**new_version_as_json(shown), "written": files})
        return
    for line in _lines(shown):
        say(line)
    if carried is not None:
        click.echo(one_line(f"Written: {', '.join(each.path.name for each in carried.written)}. Recorded."), err=True)


def _pair(text: str) -> tuple[str, str]:
    old, equals, new = (part.strip() for part in text.partition("="))
    if not (old and equals and new):
        raise WrongUse("Which for which?", f"{one_line(text)} names no two statements.", "Write it as P2=P3.")
    return old, new


def _lines(shown: NewVersion) -> Iterator[str]:
    counted = Counter(each.of.fate for each in shown.statements)
    told = ", ".join(f"{number} {fate.value}" for fate, number in counted.items())
    yield one_line(f"{shown.old.key} and {shown.new.key}: {told}")
    yield ""
    for each in shown.statements:
        yield from _fate(each)


def _fate(each: FateOfStatement) -> Iterator[str]:
    fate, old, new = each.of.fate, each.of.old, each.of.new
    codes = " → ".join(dict.fromkeys(one.code for one in (old, new) if one is not None))
    one = old or new
    yield one_line(f"{fate.sign} {codes} {one.text if one is not None else ''}")
    if old is not None and new is not None and not fate.is_carried:
        yield f"    now: {one_line(new.text)}"
    for mapped in each.mapped:
        stands = "carried" if mapped.is_carried else "not carried"
        yield f"    {one_line(f'{mapped.unit.key} {mapped.mapped.criterion}, {mapped.mapped.strength}: {stands}')}"
