"""A command given another key in the user's own `keys.toml`: its line alone is written, all else stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.system.platform import replace_file
from markterm.tui.command import keys_together, without_key
from markterm.tui.keymap import keymap_of, names_in_file
from markterm.tui.own_lines import with_line
from markterm.tui.settings import KEYS_FILE, load_keys, why_unreadable


def change_key(folder: Path, name: str, keys: Sequence[str]) -> dict[str, str]:
    """Have the command of that id have these keys, or with none those that are ours, in the file of that folder.
    Returns the keymap from now on. Loads every screen.

    Raises `WrongUse` when it cannot have them or the file cannot be read, `NotSaved` when it cannot be written; nothing
    is written then.
    """
    if why := why_unreadable(folder, KEYS_FILE):
        raise WrongUse("No key is changed", f"{why}.", f"Correct {folder / KEYS_FILE} first, or delete it.")
    names = names_in_file(name)
    together, in_palette = keys_together(), without_key()
    had = load_keys(folder)
    wanted: dict[str, object] = {each: keys_ for each, keys_ in had.items() if each not in names}
    if keys:
        wanted[name] = list(keys)
    _, before = keymap_of(had, together, in_palette)
    keymap, problems = keymap_of(wanted, together, in_palette)
    if new := [each for each in problems if each not in before]:
        raise WrongUse(
            "No key is changed", str(new[0]), "Choose another key, or give the other command another one first."
        )
    path = folder / KEYS_FILE
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, with_keys(text, names, keys).encode())
    except OSError as error:
        reason = f"{path} cannot be written: {error.strerror or error}."
        raise NotSaved("No key is changed", reason, "See to the folder, and press the key again.") from error
    return keymap


def with_keys(text: str, names: Sequence[str], keys: Sequence[str]) -> str:
    """That text of a `keys.toml` with these keys for the first of the names, and without the others, which are former
    ones; with no keys without all of them. Comments stay. Raises `WrongUse` when its lines are written in a way that
    cannot be changed one by one."""
    value = keys[0] if len(keys) == 1 else list(keys) or None
    changed = with_line(text, names, value)
    if changed is None:
        raise WrongUse(
            "No key is changed", f"{KEYS_FILE} names {names[0]} in several lines.", "Change it there in an editor."
        )
    return changed
