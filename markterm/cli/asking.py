"""Whether somebody can be asked: questions go to stderr, and only where a person sits at stdin."""

from __future__ import annotations

import sys

import click


class NobodyAnswers(Exception):
    """The input is at its end."""


def at_a_terminal() -> bool:
    """Whether a question would reach a person. Without one, the option that answers it has to be given."""
    return sys.stdin.isatty()


def asked_line(question: str) -> str:
    """The line that is answered, without its end. Raises `NobodyAnswers`."""
    encoding = sys.stdin.encoding if at_a_terminal() else "utf-8"
    while True:
        click.echo(f"{question} ", nl=False, err=True)
        line = sys.stdin.buffer.readline()
        if not at_a_terminal():
            click.echo(err=True)  # Nobody pressed Enter here: what follows would stand in the line of the question.
        if not line:
            raise NobodyAnswers
        try:
            return line.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            click.echo(f"That line is not {encoding.upper()}, and nothing of it was taken. Write it again.", err=True)
