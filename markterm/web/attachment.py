"""A file that a browser is to save, and never to show: what it holds is not ours."""

from __future__ import annotations

from urllib.parse import quote


def attached(name: str) -> str:
    """The header by which it is saved under that name, whatever signs are in it."""
    plain = "".join(each if each.isascii() and each.isprintable() and each not in '"\\' else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
