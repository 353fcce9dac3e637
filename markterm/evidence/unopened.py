"""Archives that nothing here opens: what a person calls them, and what to ask for."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES: Mapping[str, str] = {
    ".rar": "a RAR archive",
    ".7z": "a 7-Zip archive",
    ".cab": "a cabinet archive of Windows",
    ".ace": "an ACE archive",
    ".lzh": "an LHA archive",
    ".sit": "a StuffIt archive",
    ".sitx": "a StuffIt archive",
    ".zst": "a file packed with Zstandard",
    ".iso": "an image of a disc",
    ".dmg": "a disk image of macOS",
}
"""By the suffix of their files."""


def why_unopened(suffix: str) -> str:
    """What a file with that suffix is and what to ask for, in a sentence; empty when it is no such archive."""
    name = _NAMES.get(suffix, "")
    return (
        f"This is {name}, which MarkTerm does not open: ask for the files in it, or for a zip archive." if name else ""
    )
