"""Tables and pages of figures as they leave a centre: with whose they are, and when they were made."""

from __future__ import annotations

from datetime import datetime

from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.local_time import local
from markterm.exports.table.model import Table, Tables

Facts = tuple[tuple[str, str], ...]


def facts_of(details: CentreDetails, now: datetime, *more: tuple[str, str]) -> tuple[Facts, str]:
    """Names and what is stated under them, and whose it is and of when in a line."""
    made = f"{local(now):%Y-%m-%d %H:%M}"
    facts = (("Centre number", details.number), ("Centre name", details.name), ("Made on", made), *more)
    return facts, f"{details.number} {details.name}, {made}"


def tables_of(
    details: CentreDetails,
    now: datetime,
    title: str,
    tables: tuple[Table, ...],
    *,
    more: Facts = (),
    caveats: tuple[str, ...] = (),
) -> Tables:
    """The tables of a centre, made `now`, with what is stated `more` above them."""
    facts, about = facts_of(details, now, *more)
    return Tables(title, tables, about, facts, caveats)
