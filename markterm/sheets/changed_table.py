"""A table of `centre.toml` that the program changes: nothing else of what a person wrote there becomes another."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markterm.domain.words.errors import Unreadable

Values = dict[str, Any]


def with_changed_table(
    path: Path, change: Callable[[str, str], str], wanted: Callable[[Values], Values], refusal: Unreadable
) -> bytes:
    """The bytes of the file `path` as `change` makes them of its text and of what ends its lines there.

    Raises the `refusal` where it does not say then what is `wanted` of what it said: it stands where only a person can
    change it. Raises OSError.
    """
    data = path.read_bytes()
    text = data.decode("utf-8-sig")
    changed = change(text, "\r\n" if "\r\n" in text else "\n")
    try:
        told = tomllib.loads(changed)
    except tomllib.TOMLDecodeError:
        told = {}
    if told != wanted(tomllib.loads(text)):
        raise refusal
    return data[: len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))] + changed.encode("utf-8")
