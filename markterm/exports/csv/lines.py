"""The lines of a CSV file (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator


def csv_lines(names: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The rows under the names of their columns, each line ending in CR and LF and made when it is asked for."""
    writer = csv.writer(_AsIs(), lineterminator="\r\n")
    yield writer.writerow(names)
    for row in rows:
        yield writer.writerow(row)


class _AsIs:
    """Gives back what is written, so that each line is there at once."""

    def write(self, text: str) -> str:
        return text
