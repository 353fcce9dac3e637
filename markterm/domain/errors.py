"""What a user is told when something cannot be done: what happened, and what to do next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

_COMMAND = re.compile(r"\bmarkterm [a-z]|(?<![\w-])--[a-z]|\bMARKTERM_")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


class MarkTermError(Exception):
    """A failure that a user can cause or meet.

    `title` names it in a few words, `what` says what happened, `next_step` what to do now; `file` and `line`
    (1-based) say where, when there is a where. `exit_code` is what the command line ends with. `on_screen` is the next
    step for whoever sits at the screen, where it is another one than at the command line.
    """

    exit_code: ClassVar[int] = 4

    def __init__(
        self,
        title: str,
        what: str,
        next_step: str,
        *,
        on_screen: str = "",
        file: Path | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(f"{title}: {what}")
        self.title = title
        self.what = what
        self.next_step = next_step
        self._on_screen = on_screen
        self.file = file
        self.line = line

    @property
    def screen_step(self) -> str:
        """What to do now at the screen, where nobody can type a command or an option: none is named."""
        return self._on_screen or without_commands(self.next_step)

    @property
    def place(self) -> str:
        """`file:line`, `file`, or an empty string."""
        if self.file is None:
            return ""
        return f"{self.file}:{self.line}" if self.line is not None else str(self.file)


class WrongUse(MarkTermError):
    """The command was given something that is not there or makes no sense."""

    exit_code: ClassVar[int] = 2


class Refused(MarkTermError):
    """A rule of assessment forbids it."""

    exit_code: ClassVar[int] = 3


class Unreadable(MarkTermError):
    """Data that is damaged, of the wrong kind, or that the system does not let us read."""

    exit_code: ClassVar[int] = 4


class NotNow(Unreadable):
    """Data that the system does not let us read now: the next time it may. Nobody keeps it as an answer."""


class NotSaved(MarkTermError):
    """A write that could not be made durable. It was not acknowledged: a later reading may find it, or not."""

    exit_code: ClassVar[int] = 4


def without_commands(text: str) -> str:
    """`text` without the sentences, or parts of them behind a semicolon, that name a command or an option."""
    kept = []
    for sentence in _SENTENCES.split(text):
        parts = [part for part in sentence.split("; ") if not _COMMAND.search(part)]
        if parts:
            kept.append("; ".join(parts).rstrip(".") + "." if len(parts) < len(sentence.split("; ")) else sentence)
    return " ".join(kept)
