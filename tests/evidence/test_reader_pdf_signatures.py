"""Electronic signatures of a PDF: what they say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.readers.pdf import pdf
from markterm.evidence.readers.pdf.signatures import signer
from tests.evidence import made_pdf


def _value(kind: int, *parts: bytes, open_ended: bool = False) -> bytes:
    content = b"".join(parts)
    if open_ended:
        return bytes((kind, 0x80)) + content + b"\0\0"
    return bytes((kind, 0x82)) + len(content).to_bytes(2, "big") + content


def _certificate(serial: int, name: str) -> bytes:
    common_name = _value(0x30, _value(0x06, b"\x55\x04\x03"), _value(0x0C, name.encode()))
    subject = _value(0x30, _value(0x31, common_name))
    empty = _value(0x30)
    version = _value(0xA0, _value(0x02, b"\x02"))
    return _value(0x30, _value(0x30, version, _value(0x02, bytes((serial,))), empty, empty, empty, subject))


def _signed(*, open_ended: bool = False) -> bytes:
    info = _value(0x30, _value(0x02, b"\x01"), _value(0x30, _value(0x30), _value(0x02, b"\x07")))
    certificates = _certificate(3, "The authority") + _certificate(7, "Zoë Marsh")
    data = _value(
        0x30,
        _value(0x02, b"\x01"),
        _value(0x31),
        _value(0x30),
        _value(0xA0, certificates),
        _value(0x31, info),
        open_ended=open_ended,
    )
    return _value(0x30, _value(0x06, b"\x2a"), _value(0xA0, data, open_ended=open_ended), open_ended=open_ended)


def _read(folder: Path, value: str) -> tuple[str, tuple[str, ...]]:
    path = folder / "signed.pdf"
    field = f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sign1) {value} /Rect [60 60 200 80] >>"
    form = "/AcroForm << /Fields [100 0 R] >>"
    path.write_bytes(
        made_pdf.one_page(
            "BT /F1 12 Tf 60 800 Td (Declaration) Tj ET", annotations=["100 0 R"], more={100: field}, catalog=form
        )
    )
    read = pdf.read(path)
    assert read.pages == 1
    return read.markdown, read.notes


def test_a_signature_says_who_signed_when_and_why_and_is_not_checked(tmp_path: Path) -> None:
    content = (_signed() + bytes(50)).hex()
    value = f"/V << /Type /Sig /Contents <{content}> /M (D:20240603093000+01'00') /Reason (My own work) >>"
    markdown, notes = _read(tmp_path, value)
    assert markdown.endswith("- Signed by Zoë Marsh on 2024-06-03 09:30: My own work\n")
    assert "- Form field Sign1: signed" in markdown
    assert notes == ("It has 1 electronic signature, which MarkTerm does not check.",)


def test_a_field_that_waits_for_a_signature_is_left_empty(tmp_path: Path) -> None:
    assert _read(tmp_path, "") == ("Declaration\n\n- Form fields left empty: Sign1\n", ())


@pytest.mark.parametrize("open_ended", [False, True])
def test_the_signer_is_whoever_the_signature_names_and_not_an_authority(open_ended: bool) -> None:
    assert signer(_signed(open_ended=open_ended)) == "Zoë Marsh"


@given(st.integers(0, 400), st.binary(max_size=8))
def test_whatever_is_damaged_in_a_signature_costs_no_more_than_the_name(place: int, bytes_there: bytes) -> None:
    content = _signed(open_ended=True)
    assert isinstance(signer(content[:place] + bytes_there + content[place + len(bytes_there) :]), str)
