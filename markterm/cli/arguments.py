"""Arguments that several commands take."""

from __future__ import annotations

import sys

import click

from markterm.cli import completion
from markterm.domain.errors import WrongUse

learner_argument = click.argument("learner", shell_complete=completion.learners)
unit_argument = click.argument("unit", shell_complete=completion.units)
criterion_argument = click.argument("criterion", shell_complete=completion.criteria)


def given_text(text: str) -> str:
    """`text`, or what stands on stdin when it is `-`, without the line end that closes it. Raises `WrongUse`."""
    if text != "-":
        return text
    if sys.stdin.isatty():
        click.echo("Write the text, and end it with Ctrl-D (Windows: Ctrl-Z and Enter) on a line of its own.", err=True)
    try:
        return sys.stdin.buffer.read().decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise WrongUse(
            "The text is not UTF-8",
            f"Byte {error.start + 1} of what came from stdin is no part of any character.",
            "Save it with the encoding UTF-8, and try again. Nothing was recorded.",
        ) from None
