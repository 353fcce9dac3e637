"""An export that is signed, as it came back: its signature is read from it, and told in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from markterm.centre.export.signature import CheckedSignature, Verdict
from markterm.domain.words.errors import WrongUse
from markterm.exports.anchored import Manifest, SignatureFound, manifest_of, signature_with

_WORDS = {
    Verdict.GOOD: "the signature is good",
    Verdict.FITS: "the signature is over just this",
    Verdict.ALTERED: "the signature does not hold",
    Verdict.NOT_THEIRS: "the signature proves nothing",
    Verdict.ONLY_DATED: "the signature is not proven",
    Verdict.NOT_CHECKED: "the signature is not checked",
    Verdict.NOT_READ: "the signature is not read",
}


def signature_of(file: Path) -> tuple[SignatureFound, Manifest | None]:
    """The signature of an export by itself, and what became of the files that it lists. Raises `WrongUse`."""
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
    return found, manifest


def signature_in_words(
    checked: CheckedSignature, moment: Callable[[datetime], str], name_of: Callable[[str], str] | None = None
) -> str:
    """By whom, with which key and when, and what it comes to. Whoever signed is called as they call themselves where
    nothing tells the `name_of` a member."""
    said = checked.signature
    if said is None:
        return f": {checked.why}."
    name = said.name if name_of is None else name_of(said.member)
    told = f" by {name} ({said.member}) with key {said.key_name} on {moment(said.signed_at)}"
    return f"{told}: {_WORDS[checked.verdict]}{f': {checked.why}' * bool(checked.why)}."


def changed(manifest: Manifest | None) -> list[str]:
    """Of the files that a list of sums names, those that are others by now or gone."""
    return [*manifest.changed, *manifest.missing] if manifest is not None else []
