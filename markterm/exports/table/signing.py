"""The keys with which members sign, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markterm.domain.assessed.member import Member
from markterm.domain.words.local_time import local
from markterm.exports.table.model import Column, Row, Table
from markterm.exports.table.verifying import Named

if TYPE_CHECKING:
    from markterm.domain.record.signing_keys import SigningKey


def key_table(members: Sequence[Member], keys: Sequence[SigningKey], name_of: Named) -> Table:
    """Each key with who confirmed and ended it; a member without one has a row too."""
    columns = (
        *(Column("Member", 20), Column("Key", 22), Column("State", 14), Column("Entered", 10)),
        *(Column("Confirmed by", 20), Column("Confirmed on", 10), Column("Ended from", 10), Column("Why ended", 40)),
    )

    def rows() -> Iterator[Row]:
        for key in keys:
            first = min(key.confirmed, key=lambda each: each.at, default=None)
            confirmed = (name_of(first.by), local(first.at).date()) if first is not None else ("", None)
            ended = min((local(each.since).date() for each in key.ends), default=None)
            why = "\n".join(f"{name_of(each.by)}: {each.why}" for each in key.ends)
            yield name_of(key.member), key.name, key.state, local(key.entered).date(), *confirmed, ended, why
        with_one = {key.member for key in keys}
        for member in members:
            if member.id not in with_one:
                yield member.name, "", "no key", None, "", None, None, ""

    notes = ("Signing is optional. Who has a key signs each closing and each verification with it.",)
    return Table("Signing keys", "Keys with which members sign", columns, rows, 1, notes)
