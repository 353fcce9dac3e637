"""A field for a path, which proposes how it may go on: → takes that."""

from __future__ import annotations

import asyncio

from textual.suggester import Suggester

from markterm.centre.centre import Centre
from markterm.tui.widgets.text_field import LineField

ANY = ("",)
"""Of files whatever they end in."""


def where_paths_begin(centre: Centre, then: str = "") -> str:
    """What a form says of its paths, and `then` of what comes of them."""
    return f"Paths begin at {centre.named_files.where}; → takes the one that is proposed. {then}".rstrip()


class _Paths(Suggester):
    def __init__(self, centre: Centre, endings: tuple[str, ...]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._centre = centre
        self._endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(self._centre.named_files.completed, value, self._endings) or None


class PathField(LineField):
    """Begins at the centre's folder, or at the files of whoever is signed in; it proposes folders, and files
    of these `endings`."""

    def __init__(self, centre: Centre, endings: tuple[str, ...], value: str = "", *, told: str) -> None:
        super().__init__(value, placeholder=told, suggester=_Paths(centre, endings), select_on_focus=False)
