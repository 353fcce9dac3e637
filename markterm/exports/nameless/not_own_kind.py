"""Why a file is not given in its own kind."""

from __future__ import annotations


class NotOwnKind(Exception):
    """It holds what cannot be told to be free of names: a clause that says what, and names nobody."""
