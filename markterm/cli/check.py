"""`markterm check`: lint of mark sheets, assignments, qualifications and learners' files."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.everybody import say_what_is_read
from markterm.cli.hints import line_of
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.finding import Severity
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.finding import finding_as_json

_ERRORS_FOUND = 1


@click.command("check", cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@pass_session
def command(session: Session, paths: tuple[Path, ...]) -> int:
    """Check sheets, assignments, qualifications, learners' files.

    Those in PATH; or all of the centre, and then also whether they fit together. Prints a line for each finding and
    ends with 1 when one of them is an error.

    \b
    Examples:
      markterm check
      markterm check mark_sheets/units/8580-500.md
      markterm check mark_sheets/assignments
    """
    if paths:
        from markterm.sheets.lint import check

        findings = check(paths)
    else:
        centre = session.centre()
        say_what_is_read("Checking the files", learners=centre.caseload.count)
        findings = centre.check.findings()
    if session.as_json:
        say_json([finding_as_json(finding) for finding in findings])
    else:
        for finding in findings:
            say(one_line(line_of(finding)))
        counts = [(sum(finding.severity is severity for finding in findings), severity) for severity in Severity]
        told = ", ".join(_told(count, severity) for count, severity in counts if count) or "nothing found"
        click.echo(f"Checked: {told}.", err=True)
    return _ERRORS_FOUND if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _told(count: int, severity: Severity) -> str:
    return counted(count, "style note" if severity is Severity.STYLE else severity.value)
