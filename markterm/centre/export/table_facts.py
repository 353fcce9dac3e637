"""Tables as they leave a centre: with whose they are, and when they were made."""

from __future__ import annotations

from datetime import datetime

from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.local_time import local
from markterm.exports.table.model import Table, Tables


def tables_of(
    details: CentreDetails,
    now: datetime,
    title: str,
    tables: tuple[Table, ...],
    *,
    more: tuple[tuple[str, str], ...] = (),
    caveats: tuple[str, ...] = (),
) -> Tables:
    """The tables of a centre, made `now`, with what is stated `more` above them."""
    made = f"{local(now):%Y-%m-%d %H:%M}"
    facts = (("Centre number", details.number), ("Centre name", details.name), ("Made on", made), *more)
    return Tables(title, tables, f"{details.number} {details.name}, {made}", facts, caveats)
