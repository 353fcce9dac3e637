"""A badge is checked by itself, and whatever was changed in it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.exports.badge.credential import (
    Achieved,
    _base58,
    _from_base58,
    _public_of,
    _to_sign,
    checked,
    did_of,
    signed_credential,
)
from markterm.records import ed25519

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEM = ed25519.new_key()
PUBLIC = ed25519.public_of(PEM)
ACHIEVED = Achieved(
    "0123456789abcdef0123456789abcdef",
    "Leeds Centre",
    "Siân Jones",
    "OWN-1",
    "Brew tea",
    "1",
    "A course.",
    ("1.1 Boil it.", "1.2 Wait."),
    "pass",
    AT,
    AT,
)


def signed(achieved: Achieved = ACHIEVED) -> str:
    return signed_credential(achieved, PUBLIC, lambda message: bytes.fromhex(ed25519.sign_bytes(PEM, message)))


def test_a_badge_says_who_achieved_what_and_proves_it_without_asking_anybody() -> None:
    found = checked(signed(), ed25519.proves_bytes)
    assert not found.fault
    assert (found.learner, found.name, found.issuer) == ("Siân Jones", "OWN-1 Brew tea", "Leeds Centre")
    assert found.public == PUBLIC
    said = json.loads(signed())
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["credentialSubject"]["achievement"]["criteria"]["narrative"] == "- 1.1 Boil it.\n- 1.2 Wait."
    assert said["proof"]["cryptosuite"] == "eddsa-jcs-2022"
    assert signed() == signed()


def _changed(value: Any, path: tuple[Any, ...]) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = "another"


@pytest.mark.parametrize(
    "path",
    [
        ("id",),
        ("name",),
        ("validFrom",),
        ("issuer", "name"),
        ("issuer", "id"),
        ("credentialSubject", "identifier", 0, "identityHash"),
        ("credentialSubject", "achievement", "name"),
        ("evidence", 0, "narrative"),
        ("@context", 0),
        ("more",),
        ("proof", "created"),
        ("proof", "proofPurpose"),
        ("proof", "cryptosuite"),
        ("proof", "verificationMethod"),
        ("proof", "proofValue"),
        ("proof", "more"),
        ("proof", "@context"),
        ("proof",),
    ],
)
def test_whatever_is_changed_in_a_badge_shows(path: tuple[Any, ...]) -> None:
    said = json.loads(signed())
    _changed(said, path)
    assert checked(json.dumps(said), ed25519.proves_bytes).fault


def test_a_badge_that_somebody_else_signed_is_by_another_key_and_says_so() -> None:
    other = ed25519.new_key()
    public = ed25519.public_of(other)
    text = signed_credential(ACHIEVED, public, lambda message: bytes.fromhex(ed25519.sign_bytes(other, message)))
    assert checked(text, ed25519.proves_bytes).public == public != PUBLIC
    moved = {**json.loads(signed()), "issuer": {"id": did_of(public), "name": "Leeds Centre"}}
    assert checked(json.dumps(moved), ed25519.proves_bytes).fault


def test_a_key_that_is_said_twice_and_numbers_that_have_two_forms_are_not_taken() -> None:
    text = signed()
    assert checked(text.replace('"name":', '"name": "Forged", "name":', 1), ed25519.proves_bytes).fault
    assert checked(text.replace('"VerifiableCredential"', '1.0, "VerifiableCredential"', 1), ed25519.proves_bytes).fault


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_json_is_taken_for_a_badge_and_none_raises(value: object) -> None:
    assert checked(json.dumps(value), ed25519.proves_bytes).fault


@given(st.binary(max_size=70))
def test_bytes_in_base_58_are_those_bytes_again(data: bytes) -> None:
    assert _from_base58(f"z{_base58(data)}") == data


def test_the_example_of_the_specification_is_proved() -> None:
    # Data Integrity EdDSA Cryptosuites (W3C), the example of eddsa-jcs-2022: hashes and signature as they are there.
    context = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
    credential = {
        "@context": context,
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    }
    key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": f"did:key:{key}#{key}",
        "proofPurpose": "assertionMethod",
        "@context": context,
    }
    message = _to_sign(credential, proof)
    assert message.hex() == (
        "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
        "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
    )
    signature = _from_base58(
        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
    )
    assert ed25519.proves_bytes(_public_of(f"did:key:{key}"), signature.hex(), message)


def test_a_proof_for_another_purpose_proves_no_badge() -> None:
    said = json.loads(signed())
    proof = {**said.pop("proof"), "proofPurpose": "authentication"}
    proof.pop("proofValue")
    value = f"z{_base58(bytes.fromhex(ed25519.sign_bytes(PEM, _to_sign(said, proof))))}"
    assert checked(json.dumps({**said, "proof": {**proof, "proofValue": value}}), ed25519.proves_bytes).fault


_ASKED_FOR: dict[tuple[str, ...], set[str]] = {
    (): {"@context", "id", "type", "credentialSubject", "issuer", "validFrom"},
    ("issuer",): {"id", "type", "name"},
    ("credentialSubject",): {"type", "achievement", "identifier"},
    ("credentialSubject", "achievement"): {"id", "type", "name", "description", "criteria"},
    ("proof",): {"type", "created", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue"},
}
"""What Open Badges 3.0 asks for, by where it stands."""


@pytest.mark.parametrize("where", _ASKED_FOR)
def test_a_badge_has_every_field_that_open_badges_ask_for(where: tuple[str, ...]) -> None:
    said = json.loads(signed())
    for step in where:
        said = said[step]
    assert said.keys() >= _ASKED_FOR[where]


def test_the_learner_of_a_badge_is_named_by_what_an_identity_may_be_and_nothing_more() -> None:
    (identity,) = json.loads(signed())["credentialSubject"]["identifier"]
    assert identity == {
        "type": "IdentityObject",
        "identityType": "name",
        "hashed": False,
        "identityHash": "Siân Jones",
    }


def test_a_criterion_in_a_badge_makes_no_markup_and_the_version_of_the_unit_stands_in_it() -> None:
    achievement = json.loads(signed(replace(ACHIEVED, criteria=("1.1 *Boil* <b>it</b>.",))))["credentialSubject"][
        "achievement"
    ]
    assert achievement["criteria"]["narrative"] == r"- 1.1 \*Boil\* \<b\>it\</b\>."
    assert achievement["version"] == "1"
    assert "version" not in json.loads(signed(replace(ACHIEVED, version="")))["credentialSubject"]["achievement"]
