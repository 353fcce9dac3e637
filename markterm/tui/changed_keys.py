"""The keys that do something else than in the version before, each answered with a word while whoever is used to it
may press it: for one version."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from markterm.tui.command import has_its_own_keys, key_of


class ChangedKey(NamedTuple):
    """The command that had this key, and what it is called in the word."""

    command: str
    key: str
    called: str


CHANGED = (
    ChangedKey("caseload.next-open", "f", "Next open"),
    ChangedKey("find.next", "n", "The next place found"),
    ChangedKey("find.previous", "N", "The place found before"),
    ChangedKey("difference.next", "n", "The next change"),
    ChangedKey("difference.previous", "N", "The change before"),
    ChangedKey("feedback.edit", "e", "Editing"),
    ChangedKey("mark.withdraw-here", "u", "Withdrawing the decision under the cursor"),
)
"""What changed since version 0.1.0."""
WERE_KEYS = frozenset(each.key for each in CHANGED)


def word_for(key: str, working: Collection[str]) -> str:
    """What is to be said to whoever presses that key where these commands work, by their ids; nothing where it is no
    key that changed there, or where its user has given the command a key of their own."""
    for each in CHANGED:
        if each.key == key and each.command in working and has_its_own_keys(each.command):
            return f"{each.called} is {key_of(each.command)} now."
    return ""
