"""Names as PostgreSQL can hold them: in ASCII, and so short that an index takes them. No two names have one key."""

from __future__ import annotations

import re
from hashlib import sha256

from markterm.records.canonical import canonical
from markterm.records.strict_json import NotJson, read_json

_LONGEST = 200
_KEPT = 150
_PLAIN = re.compile(r"[\w.-]*", re.ASCII)


def key_of(name: str) -> str:
    """What stands for the name in the tables: the name itself where it is plain and short, as nearly all are."""
    if len(name) <= _LONGEST and _PLAIN.fullmatch(name):  # As they are in JSON, which takes longer.
        return name
    key = canonical(name)[1:-1].decode("ascii")
    if len(key) <= _LONGEST:
        return key
    # Longer than any that is kept whole, so it is nobody else's.
    return f"{key[:_KEPT]}~{sha256(key.encode('ascii')).hexdigest()}"


def name_of(key: str) -> str | None:
    """The name that has that key; None where the key does not tell it."""
    if len(key) > _LONGEST:
        return None
    try:
        name = read_json(b'"%b"' % key.encode("ascii"))
    except (NotJson, UnicodeEncodeError):
        return None
    return name if isinstance(name, str) else None
