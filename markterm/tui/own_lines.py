"""A user's own file of names and values, changed in one line: everything else in it stays as they wrote it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Mapping, Sequence


def flat(values: Mapping[str, object], before: str = "") -> dict[str, object]:
    """A table `[mark]` with `pass` in it means what `"mark.pass"` means."""
    found: dict[str, object] = {}
    for name, value in values.items():
        found.update(flat(value, f"{before}{name}.") if isinstance(value, dict) else {before + name: value})
    return found


def lines_naming(text: str, names: Collection[str]) -> list[tuple[int, str]]:
    """The lines (from 1) of a TOML text that name these, and which."""
    table = ""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        before, is_set, _ = line.partition("=")
        bare = "".join(before.split()).replace('"', "").replace("'", "")
        if not is_set and bare.startswith("["):
            table = f"{bare.partition(']')[0].lstrip('[')}."
        elif is_set and table + bare in names:
            found.append((number, table + bare))
    return found


def with_line(text: str, names: Sequence[str], value: object) -> str | None:
    """That TOML text with this value (a text, a list of them, a number or whether it is so) for the first of the names,
    and without the others, which are former ones; with None without all of them. Comments stay.

    None when its lines are written in a way that cannot be changed one by one. Raises ValueError when it is no TOML.
    """
    lines = text.splitlines(keepends=True)
    written = json.dumps(value)  # A TOML basic string, number and boolean are written as JSON's.
    is_there = value is None
    for number, name in reversed(lines_naming(text, names)):
        line = lines[number - 1]
        if name == names[0] and not is_there:
            before = line.partition("=")[0]
            lines[number - 1] = f"{before}= {written}{_comment(line)}\n"
            is_there = True
        else:
            comment = _comment(line).lstrip()
            lines[number - 1] = f"{comment}\n" if comment else ""
    lines = [line for line in lines if line]
    if not is_there:
        at = _end_of_names(lines)
        if at and not lines[at - 1].endswith("\n"):
            lines[at - 1] += "\n"
        name = names[0] if names[0].isidentifier() else json.dumps(names[0])
        lines.insert(at, f"{name} = {written}\n")
    changed = "".join(lines)
    kept = {name: each for name, each in flat(tomllib.loads(text)).items() if name not in names}
    return changed if _means(changed, kept | ({names[0]: value} if value is not None else {})) else None


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
