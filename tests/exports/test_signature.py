"""The text of an export's signature is read as it was written, and nothing else is read as one."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.exports.signature import ExportSignature, parse
from tests.examples import examples

_AT = "2026-05-04T10:00:00+00:00"
_SAID = ExportSignature("a.pdf", "a" * 64, "b" * 64, "A college", "asha", "Asha Patel", _AT, "c" * 64, "uid", "d" * 128)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=examples(15))
@given(_TEXTS, _TEXTS)
def test_a_signature_is_read_as_it_was_written(name: str, centre: str) -> None:
    said = replace(_SAID, name=name, centre=centre)
    assert parse(said.render().encode()) == said


def test_all_that_it_says_is_signed_but_the_signature_itself() -> None:
    others = {"sha256": "e" * 64, "heads": "", "key": "e" * 64, "signature": "e" * 128}
    for each in fields(_SAID):
        other = replace(_SAID, **{each.name: others.get(each.name, "another")})
        assert (other.message == _SAID.message) is (each.name == "signature")


@pytest.mark.parametrize(
    "changed",
    [
        {"sha256": "A" * 64},
        {"heads": "b"},
        {"key": ""},
        {"signature": "d" * 127},
        {"at": "2026-05-04T10:00:00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "today"},
        {"name": 1},
        {"more": "x"},
        {"what": "MarkTerm signature 1"},
    ],
)
def test_what_says_something_else_or_more_is_no_signature(changed: dict[str, object]) -> None:
    assert parse(json.dumps(json.loads(_SAID.render()) | changed).encode()) is None


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"-----BEGIN PGP SIGNATURE-----", _SAID.render().encode() * 2])
def test_what_is_no_object_is_no_signature(data: bytes) -> None:
    assert parse(data) is None
