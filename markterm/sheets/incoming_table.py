"""`[incoming]` of `centre.toml`: how the files of the centre's own downloads are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import Table, as_list

_NAME = "incoming"
_KEY = "names"


def read_download_names(values: dict[str, object], path: Path, text: str) -> tuple[str, ...]:
    """The patterns in that table of the file `path`, whose text is `text`. Raises `Unreadable`, with the line."""
    from markterm.domain.incoming.download_name import pattern_of  # Few centres have patterns of their own.

    table = Table(values, (_KEY,), _NAME, 0, path, text)
    patterns = tuple(table.texts(_KEY))
    for each in patterns:
        if pattern_of(each) is None:
            raise table.refusal(
                _KEY,
                f"`{one_line(each)}` says of no learner who they are",
                "Write {registration}, {name}, {email} or {number}, each once, where that stands in the name, and * "
                "for anything else.",
            )
    return patterns


def download_name_lines(patterns: Sequence[str]) -> Iterator[str]:
    """The table as it is written, and without patterns how it would be."""
    if not patterns:
        yield "# How the files of your own downloads are called, beside those of Moodle, Canvas and the awarding"
        yield "# organisation: {registration}, {name}, {email} or {number} where that stands, * for anything else."
        yield f"# [{_NAME}]"
        yield f'# {_KEY} = ["{{registration}}_{{name}}_*"]'
        return
    yield f"[{_NAME}]"
    yield f"{_KEY} = {as_list(patterns)}"
