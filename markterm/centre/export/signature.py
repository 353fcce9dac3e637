"""Signing what leaves the centre, by the key of whoever writes it, and checking a signature that came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from markterm.centre.recorder import Recorder
from markterm.centre.signing import Signing
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.domain.record.signing_keys import SigningKey
    from markterm.exports.anchored import Manifest, SignatureFound
    from markterm.exports.signature import ExportSignature
    from markterm.exports.writing import Sign


class Verdict(StrEnum):
    """What a signature of an export comes to."""

    GOOD = "good"
    FITS = "fits"
    """It is by the key that it names, over just these bytes; whose key that is nobody asked."""
    ALTERED = "altered"
    NOT_THEIRS = "not-their-key"
    ONLY_DATED = "only-dated"
    """The key ended since: nothing but a date that could be put back says that it signed before."""
    NOT_CHECKED = "not-checked"
    NOT_READ = "not-read"


@dataclass(frozen=True, slots=True)
class CheckedSignature:
    """What a signature comes to, and why where it is not good; None where what lies there is no signature."""

    verdict: Verdict
    why: str
    signature: ExportSignature | None


@dataclass(frozen=True, slots=True)
class Signer:
    """How what whoever acts exports is signed: with which `key`, or for which `problem` with none though they have one.
    Somebody without a key has neither."""

    key: SigningKey | None = None
    problem: MarkTermError | None = None

    @property
    def in_words(self) -> str:
        """What will come of it, in sentences; empty where nothing is signed and nobody would have it."""
        if self.problem is not None:
            return f"It will not be signed. {self.problem.title}: {self.problem.what} {self.problem.next_step}"
        return f"It will be signed with key {self.key.name}." if self.key is not None else ""


NOBODY_SIGNS = Signer()


def signer_of(signing: Signing, recorder: Recorder) -> Signer:
    """How an export of whoever acts now is signed."""
    act = recorder.act(CENTRE_RECORD)
    if act.member is None:
        return NOBODY_SIGNS
    try:
        every = signing.keys()
        own = [key for key in every if key.member == act.member.id]
        keys = [key for key in own if key.signs]
        if keys:
            from markterm.own.key_files import KeyFiles  # Few centres sign.

            KeyFiles(signing.files).read(keys[-1].public)
            return Signer(keys[-1])
    except MarkTermError as error:
        return Signer(problem=error)  # The export is written all the same, and says so.
    return Signer(problem=_unable(own[-1])) if own else NOBODY_SIGNS


def _unable(key: SigningKey) -> MarkTermError:
    if key.ends:
        return Refused(
            "Your key has ended",
            f"Key {key.name} signs nothing any more.",
            "Have another one entered and confirmed, if it is to be signed.",
        )
    return Refused("Your key is not confirmed", f"Nobody confirmed key {key.name} yet.", "Have somebody confirm it.")


def sign_by(signer: Signer, signing: Signing, recorder: Recorder, centre: str) -> Sign | None:
    """What signs an export so; None where nothing is signed and nobody would have it. It raises `MarkTermError` when it
    cannot."""
    act = recorder.act(CENTRE_RECORD)
    if signer.problem is not None:
        return partial(_refuse, signer.problem)
    member, key = act.member, signer.key
    if member is None or key is None:
        return None

    def sign(of: str, sha256: str, heads: str) -> ExportSignature:
        from markterm.exports.signature import ExportSignature  # Few centres sign.
        from markterm.own.key_files import KeyFiles
        from markterm.records import ed25519

        pem = KeyFiles(signing.files).read(key.public)
        at = recorder.now().astimezone(UTC).isoformat(timespec="seconds")
        confirmed = key.confirmed[0].uid
        said = ExportSignature(of, sha256, heads, centre, member.id, member.name, at, key.public, confirmed)
        return replace(said, signature=ed25519.sign_bytes(pem, said.message))

    return sign


def _refuse(problem: MarkTermError, *_: str) -> NoReturn:
    raise problem


def check(found: SignatureFound, manifest: Manifest | None, keys: Sequence[SigningKey] | None) -> CheckedSignature:
    """What that signature comes to, of an export with this manifest if it has one, by these keys of the centre; None
    asks nobody whose key it is."""
    from markterm.domain.record.signatures import confirmed_key
    from markterm.exports.signature import parse
    from markterm.records import ed25519

    said = parse(found.data)
    if said is None:
        return CheckedSignature(Verdict.NOT_READ, "what lies there is no signature that this version reads", None)
    if (said.sha256, said.heads) != (found.sha256, found.heads):
        why = "it is over other bytes than these" if said.sha256 != found.sha256 else "the heads beside it are others"
        return CheckedSignature(Verdict.ALTERED, why, said)
    if manifest is not None and manifest.altered:
        return CheckedSignature(Verdict.ALTERED, "files are not what the signed list of sums says", said)
    if not ed25519.is_installed():
        return CheckedSignature(Verdict.NOT_CHECKED, "markterm[exports] is not installed", said)
    if not ed25519.proves_bytes(said.key, said.signature, said.message):
        return CheckedSignature(Verdict.ALTERED, "it is not by the key that it names, over what it says", said)
    if keys is None:
        return CheckedSignature(Verdict.FITS, "whose key it is, the record of its centre tells", said)
    key = confirmed_key(said.member, said.key, said.confirmed, keys)
    if isinstance(key, str):
        return CheckedSignature(Verdict.NOT_THEIRS, key, said)
    if key.ends:
        since = min(end.since for end in key.ends)
        ended = f"key {key.name} of {key.member} is ended from {since.isoformat(' ', 'minutes')} on"
        if said.signed_at >= since:
            return CheckedSignature(Verdict.NOT_THEIRS, f"{ended}, and this is from after that", said)
        return CheckedSignature(Verdict.ONLY_DATED, f"{ended}, and only its own date says that it is older", said)
    return CheckedSignature(Verdict.GOOD, "", said)
