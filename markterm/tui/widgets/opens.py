"""A command of every screen, found in the palette, that asks for a screen: it loads nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from markterm.tui.command import Command
from markterm.tui.requests import Request, ask


def opens(
    called: str, label: str, words: str, asked: Callable[[App[Any]], Request], *, records: bool = False
) -> type[Command[App[Any]]]:
    """The command `app.…` that asks for a screen; `words` say what is on it, `records` that it is there to write."""

    class Opens(Command["App[Any]"]):
        id = f"app.{called}"

        async def run(self, on: App[Any]) -> None:
            await ask(on.screen, asked(on))

    Opens.label, Opens.words, Opens.records = label, words, records
    return Opens
