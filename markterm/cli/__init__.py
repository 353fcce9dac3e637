"""The command line: one module a command. Data goes to stdout, words for people to stderr."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper


def main() -> None:
    """Run `markterm` with the arguments of this process, and end it with the exit code."""
    from markterm.cli.group import markterm

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _show_everything(stream)
    markterm.main(prog_name="markterm")


def _show_everything(stream: TextIOWrapper) -> None:
    """No name or sign may stop a command on a terminal that cannot show it; files and pipes get UTF-8."""
    with suppress(OSError, ValueError):
        chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
        stream.reconfigure(encoding=None if chosen else "utf-8", errors="backslashreplace")
