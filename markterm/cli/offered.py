"""What may be offered to a shell, which puts it on the command line as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from click.shell_completion import CompletionItem

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line

_HARMLESS = re.compile(r"\w[\w./+:@-]*")


def offered(known: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    """What of this begins so, each with its help. What a shell could obey is not offered."""
    return [
        CompletionItem(value, help=one_line(text))
        for value, text in known
        if value.startswith(incomplete) and _HARMLESS.fullmatch(value)
    ]


def offered_members(folder: Callable[[], Path], incomplete: str) -> list[CompletionItem]:
    """The ids of the members of the centre in that folder; none where there is no centre."""
    from markterm.centre.folder import CentreFolder
    from markterm.sheets.centre_file import read_centre

    try:
        known = read_centre(CentreFolder(folder()).file).members
    except MarkTermError:
        return []
    return offered(((member.id, member.name) for member in known), incomplete)
