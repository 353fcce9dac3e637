"""The bar on stderr while a learner's files are converted for the first time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from markterm.cli.hashing_bar import name_in_bar
from markterm.cli.output import runs_bars
from markterm.evidence.progress import Progress, Step

_WIDTH = 20


@contextmanager
def reading_bar() -> Iterator[Progress]:
    """The progress of a reading inside. The bar is drawn from the first conversion on, and only on a terminal."""
    with ExitStack() as drawn:
        bar: Any = None  # click has no public name for its kind

        def tell(step: Step) -> None:
            nonlocal bar
            if bar is None:
                bar = drawn.enter_context(
                    click.progressbar(
                        length=step.of,
                        label="reading",
                        width=_WIDTH,
                        show_eta=False,
                        show_pos=True,
                        item_show_func=name_in_bar,
                        file=sys.stderr,
                        update_min_steps=0,  # another file is news, even when the one before was not finished
                    )
                )
            bar.update(step.done - bar.pos, step.name)

        progress = Progress(tell if runs_bars() else None)
        yield progress
        if bar is not None:
            tell(progress.step)
