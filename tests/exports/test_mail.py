"""A draft of a message says to whom it goes, has its PDFs, and takes no line of its head from what somebody wrote."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.exports.mail.draft import Attached, draft, is_address

HEADS = {"to", "subject", "x-unsent", "content-type", "mime-version"}


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def decoded(text: str) -> str:
    """As older mail programs read it: the newer parser of Python puts spaces between the parts of a long name."""
    return str(make_header(decode_header(text)))


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_name_and_no_subject_makes_a_line_of_the_head(name: str, subject: str) -> None:
    message = read(draft(name, "r.jones@example.org", subject, "Dear", []))
    assert {each.lower() for each in message} <= {*HEADS, "content-transfer-encoding"}
    assert [each.addr_spec for each in message["To"].addresses] == ["r.jones@example.org"]


@pytest.mark.parametrize("name", ["R\r\nBcc: x@y.z", "A, B <c@d.e>", '"q" \\', "Żółć " * 60, "李文"])
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    message = message_from_bytes(draft(name, "a@b.cd", f"Feedback on {name}", "Dear", []))
    said, address = parseaddr(message["To"])
    assert address == "a@b.cd"
    assert decoded(said).split() == name[:200].split()
    assert decoded(message["Subject"]).split() == f"Feedback on {name}"[:300].split()
    assert message["Bcc"] is None


def test_a_name_is_not_read_as_letters_that_are_written_in_another_way() -> None:
    message = read(draft("=?utf-8?q?Bcc?=", "a@b.cd", "=?utf-8?q?Bcc?=", "Dear", []))
    assert message["To"].addresses[0].display_name == "= ?utf-8?q?Bcc?="
    assert message["Subject"] == "= ?utf-8?q?Bcc?="


def test_it_is_not_sent_and_carries_what_is_attached() -> None:
    data = draft("R", "a@b.cd", "Feedback", "Dear Zoé,\n", [Attached("Zoé 500.pdf", b"%PDF-1.7 \x00\r\n.\r\n")])
    message = read(data)
    assert message["X-Unsent"] == "1"
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("Zoé 500.pdf", "application/pdf")
    assert pdf.get_payload(decode=True) == b"%PDF-1.7 \x00\r\n.\r\n"
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == "Dear Zoé,"
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("text", ["a@b.cd", "r.o'neil+x@mail.example.org"])
def test_an_address_is_one(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "a@@b.cd",
        "a@b.cd, c@d.ef",
        "a b@c.de",
        "a@b.cd\n",
        "a@b.cd\r\nBcc: x@y.z",
        "R <a@b.cd>",
        "é@b.cd",
        f"{'a' * 65}@b.cd",
        f"a@{'b.' * 130}cd",
        ".a@b.cd",
        "a@-b.cd",
    ],
)
def test_what_is_no_plain_address_is_none(text: str) -> None:
    assert not is_address(text)
