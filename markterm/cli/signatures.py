"""The signature of an export, in words, as JSON and as an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from markterm.cli.output import moment
from markterm.domain.words.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from markterm.centre.export.signature import CheckedSignature
    from markterm.exports.anchored import Manifest

_NOT_PROVEN = 1
_DAMAGED = 4


def in_words(checked: CheckedSignature, name_of: Callable[[str], str] | None = None) -> str:
    """By whom, with which key and when, and what it comes to. Whoever signed is called as they call themselves where
    nothing tells the `name_of` a member."""
    from markterm.centre.export.signature import Verdict

    said = checked.signature
    if said is None:
        return f": {checked.why}."
    name = said.name if name_of is None else name_of(said.member)
    told = f" by {name} ({said.member}) with key {said.key_name} on {moment(said.signed_at)}"
    words = {
        Verdict.GOOD: "the signature is good",
        Verdict.FITS: "the signature is over just this",
        Verdict.ALTERED: "the signature does not hold",
        Verdict.NOT_THEIRS: "the signature proves nothing",
        Verdict.ONLY_DATED: "the signature is not proven",
        Verdict.NOT_CHECKED: "the signature is not checked",
        Verdict.NOT_READ: "the signature is not read",
    }[checked.verdict]
    return f"{told}: {words}{f': {checked.why}' * bool(checked.why)}."


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


def verify_alone(file: Path) -> tuple[CheckedSignature, Manifest | None]:
    """The signature of an export by itself, and what became of the files that it lists. Raises `WrongUse`."""
    from markterm.centre.export.signature import check
    from markterm.exports.anchored import manifest_of, signature_with

    try:
        if not file.exists():
            raise WrongUse("No such file", f"{file} is not there.", "Name an export.")
        found, manifest = signature_with(file), manifest_of(file)
    except OSError as error:
        raise WrongUse("It cannot be read", f"{file}: {error.strerror or error}.", "Name an export.") from error
    if found is None:
        raise WrongUse(
            "Nothing is signed here",
            f"There is no signature beside {file} or in it.",
            "Name an export with what lay beside it.",
        )
    return check(found, manifest, None), manifest


def changed(manifest: Manifest | None) -> list[str]:
    """Of the files that a list of sums names, those that are others by now or gone."""
    return [*manifest.changed, *manifest.missing] if manifest is not None else []
