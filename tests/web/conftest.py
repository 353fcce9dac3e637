"""What serves browsers is tested where it is installed; whoever works on a folder needs none of it."""

from __future__ import annotations

from importlib.util import find_spec

_IS_INSTALLED = all(find_spec(each) is not None for each in ("aiohttp", "argon2", "authlib", "textual_serve"))

collect_ignore_glob = [] if _IS_INSTALLED else ["test_[!i]*.py"]
"""Without it `test_installed.py` alone says why nothing of this is tried."""
