"""The plain form of an export: what will be written, and what was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.exports.export import Export
    from markterm.exports.writing import Written


def export_as_json(export: Export, target: str, signed_with: str, not_signed: str) -> Json:
    """What will be written, as a JSON object: signed with the key of that name, if any; `not_signed` says why it is not
    though there is a key."""
    return {
        "title": export.title,
        "target": target,
        "written": False,
        "files": [{"path": path, "what": what} for path, what in export.files(signed=bool(signed_with))],
        "found": list(export.found),
        **_rest(export, (*export.caveats, not_signed) if not_signed else export.caveats),
        "signed_with": signed_with or None,
    }


def written_as_json(export: Export, written: Written, told: Callable[[Path], str]) -> Json:
    """What was written, as a JSON object; `told` says where a place is."""
    return {
        "title": export.title,
        "target": told(written.target),
        "written": True,
        "files": [{"path": str(each.path), "size": each.size, "sha256": each.sha256} for each in written.files],
        **_rest(export, (*export.caveats, *written.caveats)),
        "signed_with": written.signature.key_name if written.signature is not None else None,
    }


def _rest(export: Export, caveats: tuple[str, ...]) -> Json:
    return {
        "left_out": [{"what": each.what, "why": each.why} for each in export.left_out],
        "caveats": list(caveats),
    }
