"""`markterm standard show`: the standards that the centre has, and the statements of one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.standard import Standard
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.standard import standard_as_json


@click.command("show", cls=Command)
@click.argument("code", metavar="[CODE]", required=False, default="")
@click.option("--version", default="", help="The version; without it the newest that is in force.")
@pass_session
def command(session: Session, code: str, version: str) -> None:
    """Show the standards, or the statements of one.

    \b
    Examples:
      markterm standard show
      markterm standard show MTC01
      markterm standard show MTC01 --version 1.0
    """
    sheets = session.centre().sheets
    known = sheets.standards
    if not code:
        if session.as_json:
            say_json([standard_as_json(each) for each in known.standards])
        else:
            for line in _listed(known.standards):
                say(line)
        return
    standard = sheets.which_standard.standard(code, version)
    if session.as_json:
        say_json(standard_as_json(standard, whole=True))
        return
    for line in _lines(standard):
        say(line)


def _listed(standards: tuple[Standard, ...]) -> Iterator[str]:
    rows = [
        (
            one_line(each.code),
            one_line(each.version),
            " ".join(f"{number} {kind.letter or kind.value}" for kind, number in each.counts.items()),
            ", ".join(("withdrawn",) * (not each.in_force) + ("has errors",) * each.faulty),
            one_line(each.title),
        )
        for each in standards
    ]
    yield from columns(rows) if rows else ("The centre has no standards: markterm standard import takes them in.",)


def _lines(standard: Standard) -> Iterator[str]:
    yield one_line(f"{standard.key} {standard.title}")
    if not standard.in_force:
        yield one_line(f"No longer in force: {standard.withdrawn} {standard.replaced_by}".rstrip())
    if standard.faulty:
        yield "! Its sheet has errors, a statement may be missing: markterm check names them."
    for kind in standard.counts:
        yield from ("", kind.value)
        for statement in standard.of_kind(kind):
            yield f"  {one_line(f'{statement.code} {statement.text}')}"
    for each in standard.to_check:
        yield one_line(f"To check: {each}")
