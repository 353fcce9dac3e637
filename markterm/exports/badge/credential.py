"""An Open Badges 3.0 credential: what it says, signed so that anybody can check it without asking anybody.

The signature is a Data Integrity proof of the cryptosuite `eddsa-jcs-2022` (W3C): Ed25519 over the hashes of the
proof's options and of the credential, each in the canonical form of RFC 8785. The issuer is named by the key itself
(`did:key`), so what is proved is that whoever had the key said this; whose key it was is for the centre to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from markterm.exports.markdown.markdown_text import inline

Fields = dict[str, Any]
Sign = Callable[[bytes], bytes]
"""Gives the Ed25519 signature over those bytes."""
Proves = Callable[[str, str, bytes], bool]
"""Whether a signature, in hexadecimal, is by the key of that public half over those bytes."""

_CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
_TYPES = ("VerifiableCredential", "OpenBadgeCredential")
_SUITE = "eddsa-jcs-2022"
_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Achieved:
    """What a badge says: who achieved what, where and when, and on what it rests: the criteria that were passed, and
    the outcome in a word."""

    uid: str
    centre: str
    learner: str
    unit: str
    title: str
    version: str
    description: str
    criteria: tuple[str, ...]
    outcome: str
    closed: datetime
    at: datetime


def signed_credential(achieved: Achieved, public: str, sign: Sign) -> str:
    """The credential as the text of a file, signed with the key of that public half."""
    issuer = did_of(public)
    name = f"{achieved.unit} {achieved.title}"
    credential: Fields = {
        "@context": _CONTEXT,
        "id": identifier_of(achieved.uid),
        "type": list(_TYPES),
        "name": name,
        "issuer": {"id": issuer, "type": ["Profile"], "name": achieved.centre},
        "validFrom": _time(achieved.at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": achieved.learner,
                }
            ],
            "achievement": {
                "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{issuer} {achieved.unit} {achieved.version}')}",
                "type": ["Achievement"],
                "name": name,
                "description": achieved.description,
                # It is Markdown: lines alone would run together, and signs in a criterion would be obeyed.
                "criteria": {"narrative": "\n".join(f"- {inline(each)}" for each in achieved.criteria)},
                "humanCode": achieved.unit,
                **({"version": achieved.version} if achieved.version else {}),
            },
        },
        "evidence": [
            {
                "type": ["Evidence"],
                "name": "Assessed portfolio",
                "narrative": f"Each of these {len(achieved.criteria)} criteria was assessed and met; the unit was "
                f"closed on {_time(achieved.closed)[:10]} with the outcome {achieved.outcome}.",
            }
        ],
    }
    proof: Fields = {
        "type": "DataIntegrityProof",
        "cryptosuite": _SUITE,
        "created": _time(achieved.at),
        "verificationMethod": f"{issuer}#{issuer.removeprefix('did:key:')}",
        "proofPurpose": "assertionMethod",
        "@context": _CONTEXT,
    }
    value = f"z{_base58(sign(_to_sign(credential, proof)))}"
    return f"{json.dumps({**credential, 'proof': {**proof, 'proofValue': value}}, indent=1)}\n"


@dataclass(frozen=True, slots=True)
class BadgeChecked:
    """What a badge says, and whether it says so still: `fault` is why it proves nothing, empty where the signature is
    over all that it says. `public` is the key's public half."""

    identifier: str = ""
    name: str = ""
    issuer: str = ""
    learner: str = ""
    valid_from: str = ""
    public: str = ""
    fault: str = ""


def checked(text: str, proves: Proves) -> BadgeChecked:
    """What that text is as a badge. Never raises."""
    try:
        value = json.loads(text, parse_constant=_refused, parse_float=_refused, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return BadgeChecked(fault="it is no JSON that can be signed")
    if not isinstance(value, dict):
        return BadgeChecked(fault="it is no credential")
    credential = dict(value)
    proof = credential.pop("proof", None)
    said = _said(credential)
    if said.fault:
        return said
    public = _public_of(credential["issuer"]["id"])
    if not isinstance(proof, dict) or not public:
        return BadgeChecked(fault="it has no proof by a key that it names")
    proof = dict(proof)
    signature = _from_base58(proof.pop("proofValue", None))
    method = f"{credential['issuer']['id']}#{credential['issuer']['id'].removeprefix('did:key:')}"
    if proof.get("cryptosuite") != _SUITE or proof.get("type") != "DataIntegrityProof":
        return BadgeChecked(fault=f"its proof is not of the kind that is checked here ({_SUITE})")
    if proof.get("verificationMethod") != method or proof.get("proofPurpose") != "assertionMethod":
        return BadgeChecked(fault="its proof is by another key than its issuer's")
    if proof.get("@context", credential.get("@context")) != credential.get("@context"):
        return BadgeChecked(fault="its proof is in other words than what it says")
    if len(signature) != _SIGNATURE_BYTES or not proves(public, signature.hex(), _to_sign(credential, proof)):
        return BadgeChecked(fault="its signature is not over what it says")
    return BadgeChecked(said.identifier, said.name, said.issuer, said.learner, said.valid_from, public)


def identifier_of(uid: str) -> str:
    """What a badge calls itself that the entry of that uid issued."""
    return f"urn:uuid:{'-'.join((uid[:8], uid[8:12], uid[12:16], uid[16:20], uid[20:]))}"


def did_of(public: str) -> str:
    """The key with that public half as a name that holds the key itself."""
    return f"did:key:z{_base58(_ED25519 + bytes.fromhex(public))}"


def _said(credential: Fields) -> BadgeChecked:
    issuer, subject = credential.get("issuer"), credential.get("credentialSubject")
    types = credential.get("type")
    if not isinstance(types, list) or not all(each in types for each in _TYPES):
        return BadgeChecked(fault="it is no Open Badges 3.0 credential")
    if not isinstance(issuer, dict) or not isinstance(issuer.get("id"), str) or not isinstance(subject, dict):
        return BadgeChecked(fault="it names no issuer with a key, or nobody who achieved it")
    identifiers = subject.get("identifier")
    first = identifiers[0] if isinstance(identifiers, list) and identifiers else None
    learner = first.get("identityHash") if isinstance(first, dict) else ""
    texts = (credential.get("id"), credential.get("name"), issuer.get("name"), learner, credential.get("validFrom"))
    return BadgeChecked(*(each if isinstance(each, str) else "" for each in texts))


def _to_sign(credential: Fields, proof: Fields) -> bytes:
    return sha256(_canonical(proof)).digest() + sha256(_canonical(credential)).digest()


def _canonical(value: object) -> bytes:
    """RFC 8785, for what has no numbers with a point and keys in ASCII alone, as all of these have."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _once(pairs: list[tuple[str, Any]]) -> Fields:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refused(text: str) -> object:
    raise ValueError(text)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _base58(data: bytes) -> str:
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, len(_LETTERS))
        text = _LETTERS[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _from_base58(text: object) -> bytes:
    """The bytes of a text in base 58 with its `z` before; none where it is no such text."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > _LONGEST:
        return b""
    number = 0
    for letter in text[1:]:
        digit = _LETTERS.find(letter)
        if digit < 0:
            return b""
        number = number * len(_LETTERS) + digit
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def _public_of(issuer: str) -> str:
    data = _from_base58(issuer.removeprefix("did:key:")) if issuer.startswith("did:key:") else b""
    is_key = data.startswith(_ED25519) and len(data) == len(_ED25519) + _KEY_BYTES
    return data.removeprefix(_ED25519).hex() if is_key else ""
