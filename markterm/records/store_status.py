"""How the store of a centre's records stands: what an administrator looks at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What keeps the records, where, and how much there is; `caveats` are sentences about what may be lost or changed
    there.

    Of a database also who we are in it, the version of its tables and of the server, the bytes that they take, and how
    many others stand by; of a folder these are empty or None.
    """

    kind: str
    place: str
    records: int
    role: str = ""
    server: str = ""
    tables: int | None = None
    lines: int | None = None
    size: int | None = None
    standbys: int | None = None
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """What preparing a database came to: from which version of the tables to which, for which role; whether that was
    made, and whether the database was."""

    before: int
    now: int
    role: str
    role_is_new: bool
    database_is_new: bool = False
