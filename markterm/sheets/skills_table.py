"""`[skills]` of `centre.toml`: the scale in whose words people rate themselves, and which of them is enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.domain.assessed.skills_scale import SkillsScale
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import Table, as_list, nearest, quoted

_NAME = "skills"
_LEAST, _MOST = 2, 10


def read_skills(values: dict[str, object], path: Path, text: str) -> SkillsScale:
    """What that table of the file `path`, whose text is `text`, says; without `enough` the last word but one of the
    scale is, and of two the last. Raises `Unreadable`, with the line."""
    table = Table(values, ("scale", "enough"), _NAME, 0, path, text)
    usual = SkillsScale()
    words = tuple(" ".join(each.split()) for each in table.texts("scale")) if "scale" in values else usual.words
    if not all(words) or any(each.isdigit() for each in words):
        raise table.refusal(
            "scale", "a word of the scale is empty, or a number", 'Write words, as scale = ["not yet", "alone"].'
        )
    if not _LEAST <= len(words) <= _MOST or len({each.casefold() for each in words}) < len(words):
        raise table.refusal(
            "scale",
            f"a scale has {_LEAST} to {_MOST} words, each another one",
            f"Write the least first, as scale = {as_list(usual.words)}.",
        )
    enough = " ".join(table.text("enough").split())
    if enough and enough not in words:
        raise table.refusal("enough", f"`{one_line(enough)}` is no word of the scale", nearest(enough, words, "It has"))
    return SkillsScale(words, enough or (words[-2] if len(words) > _LEAST else words[-1]))


def skills_lines(scale: SkillsScale) -> Iterator[str]:
    """The lines of the table, and where it says nothing how it is written."""
    mark = "# " if scale == SkillsScale() else ""
    if mark:
        yield "# The words in which people rate themselves on a statement of a standard, the least first, and the one"
        yield "# from which on it is no gap. What was said keeps the scale that it was said on."
    yield f"{mark}[{_NAME}]"
    yield f"{mark}scale = {as_list(scale.words)}"
    yield f"{mark}enough = {quoted(scale.enough)}"
