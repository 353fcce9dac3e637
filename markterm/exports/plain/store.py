"""The plain form of how the store of the records stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.records.copying import Compared, Copy
    from markterm.records.store_status import Prepared, StoreStatus


def store_status_as_json(status: StoreStatus) -> Json:
    """What keeps the records and how it stands, as a JSON object; of a folder what only a database has is null."""
    return {
        "kind": status.kind,
        "place": status.place,
        "role": status.role or None,
        "server": status.server or None,
        "tables": status.tables,
        "records": status.records,
        "lines": status.lines,
        "size": status.size,
        "standbys": status.standbys,
        "caveats": list(status.caveats),
    }


def prepared_as_json(prepared: Prepared) -> Json:
    """What preparing a database came to, as a JSON object."""
    return {
        "before": prepared.before,
        "now": prepared.now,
        "role": prepared.role,
        "role_is_new": prepared.role_is_new,
        "database_is_new": prepared.database_is_new,
    }


def copy_as_json(copy: Copy) -> Json:
    """What a copy came to, as a JSON object."""
    return {"brought": copy.brought, "completed": copy.completed, **compared_as_json(copy.compared)}


def compared_as_json(compared: Compared) -> Json:
    """Two stores beside each other, as a JSON object."""
    return {
        "equal": compared.are_equal,
        "records": len(compared.heads),
        "events": compared.events,
        "behind": list(compared.behind),
        "further": list(compared.further),
        "only_here": list(compared.only_here),
        "only_there": list(compared.only_there),
        "unlike": list(compared.unlike),
    }
