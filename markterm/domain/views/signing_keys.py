"""What is told of a key with which a member signs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from markterm.domain.record.signing_keys import SigningKey
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line


def told_of_key(
    key: SigningKey, name_of: Callable[[str, datetime], str], moment: Callable[[datetime], str]
) -> Iterator[str]:
    """When it was entered, who confirmed and who ended it and why, a line each; `name_of` a member at that time."""
    yield f"entered {moment(key.entered)}"
    for confirmed in key.confirmed[:1]:
        alone = ", its owner: there was nobody else" if key.is_alone else ""
        yield one_line(f"confirmed {moment(confirmed.at)} by {name_of(confirmed.by, confirmed.at)}{alone}")
    for end in key.ends:
        yield one_line(
            f"ended {moment(end.at)} by {name_of(end.by, end.at)} from {moment(end.since)} on: {end.why}; "
            f"it had signed {counted(len(end.signed), 'entry', 'entries')}"
        )
