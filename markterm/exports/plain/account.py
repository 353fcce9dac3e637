"""The plain form of accounts of what was seen and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.accounts import KeptAccount, NameOf
    from markterm.domain.record.bodies.accounts import Witness


def account_as_json(account: KeptAccount, name_of: NameOf, files: Mapping[str, str] | None, *, destroyed: bool) -> Json:
    """An account as a JSON object; `files` are the SHA-256 of the learner's by name, as they are now, None where they
    cannot be looked at, and `destroyed` says that the evidence was."""
    said, confirmed = account.said, account.confirmed
    return {
        "uid": account.uid,
        "method": account.method.value,
        "file": said.file,
        "sha256": said.sha256,
        "on": said.on.isoformat() if said.on is not None else None,
        "place": said.place,
        "present": list(said.present),
        "minutes": said.minutes,
        "covers": [{"unit": each.unit.code, "criteria": list(each.criteria)} for each in said.covers],
        "witness": witness_as_json(said.witness) if said.witness is not None else None,
        "attached": dict(said.attached),
        "actor": account.actor,
        "at": iso(account.at),
        "replaced_by": account.replaced_by or None,
        "confirmed": None
        if confirmed is None
        else {
            "said_by": confirmed.said_by,
            "how": confirmed.how,
            "on": confirmed.on.isoformat() if confirmed.on is not None else None,
            "seen_by": confirmed.seen_by,
            "attached": dict(confirmed.attached),
        },
        "told": account.in_words(name_of),
        "of_its_file": account.found(files, destroyed=destroyed).became,
    }


def witness_as_json(witness: Witness) -> Json:
    """A witness as a JSON object."""
    return {
        "name": witness.name,
        "role": witness.role,
        "relationship": witness.relationship,
        "contact": witness.contact,
    }
