"""The signature of an export, as JSON and as an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markterm.centre.export.signature import CheckedSignature

_NOT_PROVEN = 1
_DAMAGED = 4


def code_of(checked: CheckedSignature | None) -> int:
    """0 where nothing is signed or the signature is good, 4 where it is not over what is there, else 1."""
    from markterm.centre.export.signature import Verdict

    if checked is None or checked.verdict in (Verdict.GOOD, Verdict.FITS):
        return 0
    return _DAMAGED if checked.verdict in (Verdict.ALTERED, Verdict.NOT_READ) else _NOT_PROVEN


def as_json(checked: CheckedSignature | None) -> dict[str, object] | None:
    """The same as a JSON object; null where nothing is signed."""
    if checked is None:
        return None
    said = checked.signature
    whose = {"member": said.member, "key": said.key_name, "at": said.at} if said is not None else {}
    return {"verdict": checked.verdict.value, "why": checked.why, **whose}
