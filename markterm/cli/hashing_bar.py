"""The bar on stderr while a learner's files are hashed; ctrl+c stops it, and then nothing was recorded."""

from __future__ import annotations

import sys
from typing import Any

import click

from markterm.domain.words.foreign_text import shortened
from markterm.evidence.progress import Step

_WIDTH = 20
_LONGEST_NAME = 30


class HashingBar:
    """Drawn from the moment on in which hashing takes longer than a moment."""

    def __init__(self) -> None:
        self._bar: Any = None  # click has no public name for its kind
        self._of = 0

    def tell(self, step: Step) -> None:
        """Draw how far it is."""
        if self._bar is None or self._of != step.of:
            self.close()
            self._of = step.of
            self._bar = click.progressbar(
                length=step.of, label="hashing", width=_WIDTH, file=sys.stderr, item_show_func=name_in_bar
            )
            self._bar.__enter__()
        self._bar.update(step.done - self._bar.pos, step.name)

    def close(self) -> None:
        """Go to the next line."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def name_in_bar(name: str | None) -> str:
    """The name of the file that is looked at, as long as a bar has room for."""
    return shortened(name or "", _LONGEST_NAME)
