"""`[visibility]` of `centre.toml`: which learners assessors, verifiers and tutors see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.domain.assessed.visibility import LIMITED, TheirsBy, Visibility
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import Table, as_list, nearest

_NAME = "visibility"
_KEYS = {f"{role.value}s": role for role in LIMITED}
_WAYS = tuple(way.value for way in TheirsBy)


def read_visibility(values: dict[str, object], path: Path, text: str) -> Visibility:
    """What that table of the file `path`, whose text is `text`, says. Raises `Unreadable`, with the line."""
    table = Table(values, tuple(_KEYS), _NAME, 0, path, text)
    ways = {}
    for key, role in _KEYS.items():
        if key in values:
            words = table.texts(key)
            for word in words:
                if word not in _WAYS:
                    what = f"`{one_line(word)}` is no way in which a learner is somebody's"
                    raise table.refusal(key, what, nearest(word, _WAYS, "The ways are"))
            ways[role] = frozenset(map(TheirsBy, words))
    return Visibility(ways)


def visibility_lines(visibility: Visibility) -> Iterator[str]:
    """The lines of the table, and where it says nothing how it is written."""
    mark = "" if visibility.ways else "# "
    if mark:
        yield "# Whom assessors, verifiers and tutors see; without a line they see everybody. Learners are theirs when"
        yield "# they are assigned, or by site or qualification, which stand in the member's own entry. Coordinators"
        yield "# and the Lead IV see everybody. From whoever can open the centre's folder itself it hides nothing."
        yield "# [visibility]"
        yield f"# assessors = {as_list([TheirsBy.ASSIGNED.value])}"
        return
    yield f"[{_NAME}]"
    for key, role in _KEYS.items():
        if role in visibility.ways:
            yield f"{key} = {as_list(way.value for way in TheirsBy if way in visibility.ways[role])}"
