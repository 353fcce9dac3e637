"""`markterm profile keep`: keep a role profile."""

from __future__ import annotations

import click

from markterm.cli.arguments import listed
from markterm.cli.profiles.show import tell_profile
from markterm.cli.session import Command, Session, pass_session


@click.command("keep", cls=Command)
@click.argument("code")
@click.argument("title")
@click.option("--standard", "standards", multiple=True, metavar="CODE", help="All of a standard: MTC01, MTC01 (1.0).")
@click.option("--function", "functions", multiple=True, metavar="CODE", help="A function or area of the map: A1, B.")
@click.option("--suite", default="", metavar="CODE", help="In the map of which suite, where several have one.")
@click.option("--statement", "statements", multiple=True, metavar="NAME", help="One statement: MTC01 P3.")
@click.option("--without", multiple=True, metavar="NAME", help="A statement that is left out: MTC01 P3.")
@click.option("--reason", "why", default="", metavar="TEXT", help="Why it changes, where one stands under that code.")
@pass_session
def command(
    session: Session,
    code: str,
    title: str,
    standards: tuple[str, ...],
    functions: tuple[str, ...],
    suite: str,
    statements: tuple[str, ...],
    without: tuple[str, ...],
    why: str,
) -> None:
    """Keep a role profile under a CODE.

    Each standard is in it in its newest version that is in force, or in the one that is named, and stays in that. A
    function brings every standard that meets it. What stood under the code before stays in the record.

    \b
    Examples:
      markterm profile keep MENTOR "Mentor at work" --function A1 --function B1 --as carol
      markterm profile keep MENTOR "Mentor at work" --standard MTC01 --without "MTC01 P3"
        --reason "No sponsors." --as carol
    """
    centre = session.centre()
    kept = centre.profiles.keep(
        code,
        title,
        standards=listed(standards),
        functions=listed(functions),
        suite=suite,
        statements=listed(statements),
        without=listed(without),
        why=why,
    )
    tell_profile(session, centre, kept)
