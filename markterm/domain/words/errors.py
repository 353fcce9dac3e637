"""What a user is told when something cannot be done: what happened, and what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from markterm.domain.words.hint import Hint


class MarkTermError(Exception):
    """A failure that a user can cause or meet.

    `title` names it in a few words, `what` says what happened, `next_step` what to do now, in words that hold for every
    front end; `hint` points to what does it, and each front end has its own words for that. `file` and `line` (1-based)
    say where, when there is a where. `exit_code` is what the command line ends with.
    """

    exit_code: ClassVar[int] = 4

    def __init__(
        self,
        title: str,
        what: str,
        next_step: str,
        *,
        hint: Hint | None = None,
        file: Path | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(f"{title}: {what}")
        self.title = title
        self.what = what
        self.next_step = next_step
        self.hint = hint
        self.file = file
        self.line = line

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
