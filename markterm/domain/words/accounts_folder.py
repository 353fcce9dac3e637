"""Where accounts of what was seen and said lie among a learner's evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

ACCOUNTS_FOLDER = "records of assessment"
_OF_UNIT = "unit "
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


def accounts_folder(codes: Sequence[str]) -> str:
    """The folder of an account that covers criteria of the units with these codes: one of its own for a single unit, so
    that it is no new evidence for the others."""
    return f"{ACCOUNTS_FOLDER}/{_OF_UNIT}{_in_a_name(codes[0])}" if len(codes) == 1 else ACCOUNTS_FOLDER


def is_of_another_unit(name: str, codes: Collection[str]) -> bool:
    """Whether the file of that name is an account that covers one unit alone, or attached to it, and not the unit of
    one of these codes, which has or had them."""
    folder, _, within = name.partition("/")
    of, _, below = within.partition("/")
    is_of_one = folder == ACCOUNTS_FOLDER and of.startswith(_OF_UNIT) and bool(below)
    return is_of_one and of.removeprefix(_OF_UNIT) not in map(_in_a_name, codes)


def _in_a_name(code: str) -> str:
    return _NOT_IN_NAMES.sub("-", code)
