"""Whatever a terminal or a browser sends is a key, or nothing: it never ends the reading of keys."""

from __future__ import annotations

import pytest
from textual import events

from markterm.tui.sent_keys import SentKeys


def _keys(sent: str) -> list[str]:
    return [each.key for each in SentKeys(False).feed(sent) if isinstance(each, events.Key)]


@pytest.mark.parametrize(
    "sent",
    ["\x1b[97:65;2u", "\x1b[1;2:1u", "\x1b[:48:1;48:200:3u", "\x1b[99999999999u", f"\x1b[{'9' * 30}u", "\x1b[::u"],
)
def test_what_is_no_key_is_passed_over_and_the_next_one_comes(sent: str) -> None:
    assert _keys(f"{sent}p")[-1:] == ["p"]


def test_a_key_as_terminals_write_it_is_that_key() -> None:
    assert _keys("\x1b[97;5u") == ["ctrl+a"]
    assert _keys("\x1b[A") == ["up"]
