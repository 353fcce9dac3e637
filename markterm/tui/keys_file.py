"""A command given another key in the user's own `keys.toml`: its line alone is written, all else stays as it was."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path

from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.system.platform import replace_file
from markterm.tui.command import keys_together, without_key
from markterm.tui.keymap import keymap_of, names_in_file
from markterm.tui.settings import KEYS_FILE, flat, lines_naming, load_keys, why_unreadable


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
    lines = text.splitlines(keepends=True)
    value = json.dumps(keys[0] if len(keys) == 1 else list(keys))
    is_there = not keys
    for number, name in reversed(lines_naming(text, names)):
        line = lines[number - 1]
        if name == names[0] and not is_there:
            before = line.partition("=")[0]
            lines[number - 1] = f"{before}= {value}{_comment(line)}\n"
            is_there = True
        else:
            comment = _comment(line).lstrip()
            lines[number - 1] = f"{comment}\n" if comment else ""
    lines = [line for line in lines if line]
    if not is_there:
        at = _end_of_names(lines)
        if at and not lines[at - 1].endswith("\n"):
            lines[at - 1] += "\n"
        lines.insert(at, f'"{names[0]}" = {value}\n')
    changed = "".join(lines)
    kept = {name: keys_ for name, keys_ in flat(tomllib.loads(text)).items() if name not in names}
    if not _means(changed, kept | ({names[0]: json.loads(value)} if keys else {})):
        raise WrongUse(
            "No key is changed", f"{KEYS_FILE} names {names[0]} in several lines.", "Change it there in an editor."
        )
    return changed


def _means(text: str, wanted: dict[str, object]) -> bool:
    try:
        return flat(tomllib.loads(text)) == wanted
    except ValueError:
        return False


def _comment(line: str) -> str:
    """What is said behind the value of a line, with the space before it."""
    rest = line.rstrip("\r\n").partition("=")[2]
    for at, sign in enumerate(rest):
        if sign == "#" and _is_value(rest[:at]):
            return rest[len(rest[:at].rstrip()) :]
    return ""


def _is_value(text: str) -> bool:
    try:
        return bool(tomllib.loads(f"x ={text}"))
    except ValueError:
        return False


def _end_of_names(lines: Collection[str]) -> int:
    """Where a line with a whole name may stand: before the first table, and what is said above it."""
    every = list(lines)
    at = next((place for place, line in enumerate(every) if line.lstrip().startswith("[")), len(every))
    while 0 < at < len(every) and every[at - 1].lstrip().startswith("#"):
        at -= 1
    return at
