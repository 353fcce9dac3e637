"""Telling of failures: on stderr, in words or as JSON, with what to do next. Each returns the exit code."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from markterm.cli.hints import next_step_of
from markterm.cli.output import as_json_text
from markterm.domain.words.errors import MarkTermError, NotSaved, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean

_SCREENS = "markterm.tui"
_CHOICE = re.compile(r"'([^']*)' is not (?:one of )?((?:'[^']*'(?:, | or )?)+)")
_QUOTED = re.compile(r"'([^']*)'")


def tell(error: MarkTermError, *, as_json: bool = False) -> int:
    """Tell of a failure that has a name."""
    if as_json:
        told = {
            "title": error.title,
            "what": error.what,
            "next_step": next_step_of(error),
            "file": None if error.file is None else str(error.file),
            "line": error.line,
            "exit_code": error.exit_code,
        }
        click.echo(as_json_text({"error": told}), err=True)
        return error.exit_code
    title = one_line(error.title)
    lines = [
        f"{title}{'' if title.endswith('?') else ':'} {one_line(error.what)}",
        f"  What to do: {one_line(next_step_of(error))}",
    ]
    if error.place:
        lines.append(f"  Where: {one_line(error.place)}")
    click.echo("\n".join(lines), err=True)
    return error.exit_code


def tell_misuse(error: click.ClickException, *, as_json: bool = False) -> int:
    """Tell of a command that was not understood."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "markterm"
    message = error.format_message()
    asked = _CHOICE.search(message)
    # Of an option or a command that there is not click says so itself.
    meant = did_you_mean(asked[1], _QUOTED.findall(asked[2])) if asked is not None else ""
    return tell(WrongUse("Not understood", message, f"{meant} See {path} --help.".lstrip()), as_json=as_json)


def tell_fault(error: BaseException, *, as_json: bool = False) -> int:
    """Tell of a failure that nobody foresaw: a fault in MarkTerm, or a system that does what none should.

    Of a fault a report is kept, and its place told. What an exception says may be words of a learner's, or a name:
    only its kind is told.
    """
    # A fault costs loading them; starting any command must not.
    from markterm.own.fault_report import came_through, keep_report, place_of_fault
    from markterm.own.places import Places

    if isinstance(error, OSError) and not came_through(error, _SCREENS):
        # A full disk behind a redirection, a share that went away: the system's own words say most.
        told = NotSaved(
            "The system refused it",
            f"{error.strerror or error}.",
            "What was recorded before is safe. Check the disk, the folder's permissions or where the output goes.",
            file=Path(error.filename) if isinstance(error.filename, str) else None,
        )
        return tell(told, as_json=as_json)
    try:
        path = keep_report(error, Places.of_user().faults, datetime.now(UTC))
    except Exception:  # there is nowhere to keep it: no fault may hide the first
        path = None
    place = place_of_fault(error)
    fault = Unreadable(
        "MarkTerm could not go on",
        f"It met a fault of its own ({type(error).__name__}{f', {place}' if place else ''}). "
        "What was recorded before is safe.",
        "Begin again where you were. No report of it could be kept."
        if path is None
        else "Begin again where you were. A report for whoever mends MarkTerm lies in the file below: it was sent to "
        "nobody, and holds no words or names of learners. Read it before you give it to anybody.",
        file=path,
    )
    return tell(fault, as_json=as_json)
