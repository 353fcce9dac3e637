"""A table of `centre.toml`, read key by key: whatever does not fit is refused with its line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import clean, one_line

_HIGHEST = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HEADER = re.compile(r"\s*\[{1,2}\s*([^\]#]+?)\s*\]{1,2}\s*(#.*)?")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*(?:\.|$)""")


class Table:
    """One table of the file, read key by key; whatever does not fit is refused with its line."""

    def __init__(
        self, values: dict[str, object], known: tuple[str, ...], name: str, count: int, path: Path, text: str
    ) -> None:
        self.values, self._name, self._count, self._path, self._text = values, name, count, path, text
        for key in values:
            if key not in known:
                where = f"in [{name}]" if name else "at the top"
                raise self.refusal(key, f"`{one_line(key)}` is not a key {where}", nearest(key, known, "The keys are"))

    def refusal(self, key: str, what: str, next_step: str) -> Unreadable:
        """An error about `key`, with its line."""
        line = line_of(key, self._name, self._count, self._text)
        return Unreadable("The centre's file has a mistake", f"{what}.", next_step, file=self._path, line=line)

    def table(self, key: str) -> dict[str, object]:
        """The table of that name within this one. Raises `Unreadable`, as all of these do."""
        value = self.values.get(key)
        if value is None:
            raise self.refusal(key, f"[{key}] is missing", f"Add the line [{key}] and its keys below it.")
        if not isinstance(value, dict):
            raise self.refusal(key, f"`{key}` is not a table", f"Write [{key}] and its keys below it.")
        return value

    def tables(self, key: str) -> list[dict[str, object]]:
        """The tables of that name; none where there are none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.refusal(key, f"`{key}` is not a list of tables", f"Write [[{key}]] above each one's keys.")
        return value

    def text(self, key: str) -> str:
        """The text, made safe and without the spaces around it; an empty one where there is none."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.refusal(key, f"`{key}` is not a text", "Put it in double quotes.")
        return clean(value).text.strip()

    def needed_text(self, key: str) -> str:
        """The text, which is not empty."""
        value = self.text(key)
        if not value:
            raise self.refusal(key, f"`{key}` is missing or empty in [{self._name}]", f'Add {key} = "…".')
        return value

    def texts(self, key: str) -> list[str]:
        """The texts of a list, made safe and without the spaces around them; none of them is empty."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.refusal(key, f"`{key}` is not a list of texts", f'Write it as {key} = ["…", "…"].')
        texts = [clean(each).text.strip() for each in value]
        if not all(texts):
            raise self.refusal(key, f"a text of `{key}` is empty", "Say what is meant, or leave it out.")
        return texts

    def day(self, key: str) -> date | None:
        """The day; None where there is none."""
        value = self.values.get(key)
        # A datetime is a date to isinstance, and has an hour that nobody meant.
        if value is not None and type(value) is not date:
            raise self.refusal(key, f"`{key}` is not a date", f"Write it without quotes, as {key} = 2026-01-31.")
        return value

    def count(self, key: str, default: int, least: int = 1, most: int = _HIGHEST) -> int:
        """The whole number, from `least` to `most`."""
        value = self.values.get(key, default)
        # To isinstance true and false are numbers.
        if type(value) is not int or not least <= value <= most:
            raise self.refusal(
                key, f"`{key}` is not a number from {least} to {most}", f"Write {key} = {default}, for example."
            )
        return value

    def truth(self, key: str, default: bool) -> bool:
        """Whether it is so."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.refusal(key, f"`{key}` is neither true nor false", "Write true or false, without quotes.")
        return value


def nearest(word: str, known: tuple[str, ...], introduction: str) -> str:
    """What to do about a word that is not known: the one that it looks like, or all of them."""
    near = get_close_matches(word.lower(), known, 1)
    return f"Did you mean `{near[0]}`?" if near else f"{introduction} {', '.join(known)}."


def line_of(key: str, table: str, count: int, text: str) -> int | None:
    """The line of `key` in the `count`-th table of that name, else of the header of the table called `key` within it or
    of one below that, else of its own header; None if none of them is there."""
    assigned = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""")
    within = f"{table}.{key}" if table else key
    current, seen, header_line, within_line = "", 0, None, None
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.fullmatch(line)
        if header is not None:
            current = _name_in(header.group(1))
            if within_line is None and (current == within or current.startswith(f"{within}.")):
                within_line = number
            if current == table:
                header_line = number if seen == count else header_line
                seen += 1
        elif current == table and seen == (count + 1 if table else 0) and assigned.match(line):
            return number
    return within_line or header_line


def _name_in(header: str) -> str:
    """The name of a table as its header says it, without the quotes of its parts."""
    return ".".join(next(filter(None, parts), "") for parts in _PART.findall(header))


def as_list(values: Iterable[str]) -> str:
    """The texts as a list of TOML."""
    return "[" + ", ".join(quoted(value) for value in values) + "]"


def quoted(text: str) -> str:
    """The text as TOML has it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04X}", escaped) + '"'
