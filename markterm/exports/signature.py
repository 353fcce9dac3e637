"""The signature of an export by a member who has a key: a text beside the file or in the folder, for people to read.

It is over all that it says, and it says what the bytes are: of the file beside which it lies and of the heads beside
that, or of the list of sums in the folder or zip, which names the sums of everything else.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from markterm.domain.record.signing_keys import name_of_key
from markterm.records.canonical import canonical
from markterm.records.strict_json import read_json

_WHAT = "MarkTerm signature of an export 1"
"""First in all that is signed, so that no signature made for something else is one of an export."""
_SHAPES = {"sha256": "[0-9a-f]{64}", "heads": "([0-9a-f]{64})?", "key": "[0-9a-f]{64}", "signature": "[0-9a-f]{128}"}


@dataclass(frozen=True, slots=True)
class ExportSignature:
    """Who signed the file called `of`, with which key, and when.

    `sha256` is that of its bytes, `heads` that of what lies beside it as NAME.heads, and empty where nothing does.
    `key` is the public half, `confirmed` the uid of the entry by which somebody confirmed it. `at` is as it is written.
    """

    of: str
    sha256: str
    heads: str
    centre: str
    member: str
    name: str
    at: str
    key: str
    confirmed: str
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed: all of it."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return canonical({"what": _WHAT, **said})

    @property
    def signed_at(self) -> datetime:
        """When, as whoever signed it says."""
        return datetime.fromisoformat(self.at).astimezone(UTC)

    @property
    def key_name(self) -> str:
        """What people call the key."""
        return name_of_key(self.key)

    def render(self) -> str:
        """The text of it."""
        return json.dumps({"what": _WHAT, **asdict(self)}, indent=1) + "\n"


def parse(data: bytes) -> ExportSignature | None:
    """The signature in a file that `render` wrote; None where it holds anything else, or anything more."""
    try:
        said = read_json(data.strip())
        if not isinstance(said, dict) or said.pop("what", None) != _WHAT:
            return None
        texts = {name: value for name, value in said.items() if isinstance(value, str)}
        if texts.keys() != said.keys():
            return None
        found = ExportSignature(**texts)
        if datetime.fromisoformat(found.at).tzinfo is None:
            return None
        found.signed_at  # noqa: B018  # of a time that no calendar has it raises
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return found if all(re.fullmatch(shape, getattr(found, name)) for name, shape in _SHAPES.items()) else None
