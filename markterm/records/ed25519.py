"""Ed25519 signatures over entries of a record and over exports, and the keys that make them.

What does the sums is loaded on use.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING

from markterm.domain.record.bodies.signing import Signed
from markterm.domain.record.event import Event
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.records.canonical import canonical
from markterm.records.codec import to_json

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_WHAT = "MarkTerm signature 1"
"""First in all that is signed, so that no signature made for something else is one of an entry."""


def is_installed() -> bool:
    """Whether signatures can be made and checked here."""
    return find_spec("cryptography") is not None


def require_installed() -> None:
    """Raises `WrongUse` where they cannot."""
    if not is_installed():
        raise WrongUse(
            "Signatures need one more package",
            "cryptography, which makes and checks them, is not installed.",
            "Install markterm[exports] with pip.",
        )


def digest_of(event: Event) -> str:
    """The hash of an entry by itself, wherever it stands."""
    return sha256(canonical(to_json(event))).hexdigest()


def new_key() -> bytes:
    """A private key, as PEM. Raises `WrongUse` where signatures cannot be made."""
    require_installed()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_of(pem: bytes) -> str:
    """The public half of a private key, in hexadecimal. Raises `Unreadable` when it is none, and `WrongUse`."""
    return _private(pem).public_key().public_bytes_raw().hex()


def sign(pem: bytes, event: Event, confirmed: str) -> str:
    """The signature of the private key over that entry and who confirmed the key, in hexadecimal. Raises as `public_of`
    does."""
    return sign_bytes(pem, _message(digest_of(event), event, confirmed))


def sign_bytes(pem: bytes, message: bytes) -> str:
    """The signature of the private key over a message that says first what it is. Raises as `public_of` does."""
    return _private(pem).sign(message).hex()


def proves(signed: Signed, event: Event) -> bool:
    """Whether the signature is by the key that it names, over just this event."""
    digest = digest_of(event)
    if signed.event != event.uid or signed.digest != digest:
        return False
    return proves_bytes(signed.key, signed.signature, _message(digest, event, signed.confirmed))


def proves_bytes(public: str, signature: str, message: bytes) -> bool:
    """Whether the signature is by the key with that public half, over just this message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(digest: str, event: Event, confirmed: str) -> bytes:
    return canonical({"what": _WHAT, "event": event.uid, "digest": digest, "confirmed": confirmed})


def _private(pem: bytes) -> Ed25519PrivateKey:
    require_installed()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Unreadable(
            "Not a key to sign with", "The file holds no Ed25519 key.", "End that key, and make another one."
        )
    return key
