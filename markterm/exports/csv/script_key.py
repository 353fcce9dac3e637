"""The key to anonymised scripts: a row for each file, with whose it is."""

from __future__ import annotations

import csv
from pathlib import Path

from markterm.exports.csv.guarded import unguarded
from markterm.exports.csv.lines import csv_lines

COLUMNS = ("script", "registration", "unit", "attempt", "file", "sha256", "was", "sha256_was", "what")
_WHOSE = COLUMNS.index("registration")
_LONGEST_HEAD = 200


def learners_in_key(file: Path) -> frozenset[str] | None:
    """The registrations that a key names, an empty one where a row names none; None where the file is no key.

    Raises OSError when it cannot be read as one.
    """
    if file.suffix.casefold() != ".csv" or not file.is_file():
        return None
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            if opened.readline(_LONGEST_HEAD).rstrip("\r\n") != "".join(csv_lines(COLUMNS, ())).rstrip("\r\n"):
                return None
            return frozenset(unguarded(row[_WHOSE]) if len(row) > _WHOSE else "" for row in csv.reader(opened) if row)
    except (csv.Error, UnicodeDecodeError) as error:
        raise OSError(f"the key is damaged: {error}") from error
