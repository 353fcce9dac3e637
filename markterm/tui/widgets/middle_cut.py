"""A name that there is no room for, cut in its middle: names differ at their ends."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

_SIGN = "…"


def middle_cut(text: str, width: int) -> str:
    """`text` in at most `width` cells: its beginning and its end, where both do not fit with a sign between them.

    A little more is kept of the end, where the kind of a file and the last word of a title stand.
    """
    if cell_len(text) <= width:
        return text
    room = width - cell_len(_SIGN)
    if room < 1:
        return _SIGN * max(width, 0)
    before = set_cell_size(text, room // 2).rstrip(" ")
    after = ""
    for character in reversed(text):
        if cell_len(before) + cell_len(character + after) > room:
            break
        after = character + after
    return f"{before}{_SIGN}{after.lstrip(' ')}"
