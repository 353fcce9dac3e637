"""What every screen that shows what was read does alike: it is read again, and it leaves the centre."""

from __future__ import annotations

from typing import Any, Protocol

from markterm.centre.export.shown import OnScreen
from markterm.tui.command import Command
from markterm.tui.requests import ShowExports, ask


class Exported(Protocol):
    """A screen that shows what can leave the centre."""

    @property
    def to_export(self) -> OnScreen | None:
        """What is shown; None while that is not known."""


def look_again(area: str, words: str, *, anew: bool = True) -> type[Command[Any]]:
    """The command `area.refresh`, which reads again what is shown; `words` say what that is. With `anew` the screen is
    told to take nothing for known."""

    class LookAgain(Command[Any]):
        id, key = f"{area}.refresh", "ctrl+r"

        async def run(self, on: Any) -> None:
            if anew:
                on.look(anew=True)
            else:
                on.look()

    LookAgain.words = words
    return LookAgain


def export(area: str, words: str) -> type[Command[Any]]:
    """The command `area.export` of what opens over a screen, where the key of the app does not come; `words` say what
    is exported."""

    class Export(Command[Any]):
        id, key, label = f"{area}.export", "X", "export"

        async def run(self, on: Any) -> None:
            shown: Exported = on
            if (to_export := shown.to_export) is not None:
                await ask(on, ShowExports(to_export))

    Export.words = words
    return Export
