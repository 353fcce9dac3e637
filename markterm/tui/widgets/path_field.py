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
    def __init__(self, centre: Centre, endings: tuple[str, ...], parted_by: str) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._centre = centre
        self._endings = endings
        self._parted_by = parted_by

    async def get_suggestion(self, value: str) -> str | None:
        before, parting, last = value.rpartition(self._parted_by) if self._parted_by else ("", "", value)
        path = last.lstrip() if parting else last
        found = await asyncio.to_thread(self._centre.named_files.completed, path, self._endings)
        return f"{before}{parting}{last[: len(last) - len(path)]}{found}" if found else None


class PathField(LineField):
    """Begins at the centre's folder, or at the files of whoever is signed in; it proposes folders, and files
    of these `endings`. One for `several` has them parted by semicolons, and proposes the last."""

    def __init__(
        self, centre: Centre, endings: tuple[str, ...], value: str = "", *, told: str, several: bool = False
    ) -> None:
        suggester = _Paths(centre, endings, ";" if several else "")
        super().__init__(value, placeholder=told, suggester=suggester, select_on_focus=False)
