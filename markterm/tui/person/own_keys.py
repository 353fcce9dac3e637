"""The user's own keys, taken when the screens open."""

from __future__ import annotations

from pathlib import Path

from textual.app import App

from markterm.domain.words.foreign_text import clean
from markterm.tui.command import change_keys, keys_together, without_key
from markterm.tui.settings import load_keys, not_taken, unreadable


def take_own_keys(app: App[None], folder: Path) -> None:
    """Have the keys that the files in that folder name, and say what is not taken of the user's settings."""
    problems = unreadable(folder) + not_taken(folder, app.available_themes)
    wanted = load_keys(folder)
    keymap: dict[str, str] = {}
    if wanted:
        from markterm.tui.keymap import keymap_of  # Nobody without keys of their own waits for it.

        keymap, wrong = keymap_of(wanted, keys_together(), without_key())
        problems += map(str, wrong)
    app.set_keymap(keymap)
    change_keys(keymap)
    for problem in problems:
        app.notify(clean(problem).text, title="Your settings", severity="warning", markup=False)
