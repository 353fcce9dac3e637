"""Reading e-mails."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from markterm.evidence.converted import Attachment, Converted, NotReadable, Place
from markterm.evidence.readers.mail import eml
from markterm.evidence.readers.mail import message as message_of
from tests.evidence import made_more


def _read(folder: Path, data: bytes) -> Converted:
    path = folder / "mail.eml"
    path.write_bytes(data)
    return eml.read(path)


def test_the_header_is_a_table_and_the_text_follows(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.eml("Hello\n\n# I saw *Zoë*\n- lay bricks\n", subject="A|B"))
    assert read.markdown.split("\n") == [
        "| Header | Value |",
        "| --- | --- |",
        "| From | Zoë Marsh \\<zoe@example.org> |",
        "| To | Sam Hale \\<sam@example.org> |",
        "| Date | Mon, 03 Jun 2024 09:30:00 +0100 |",
        "| Subject | A\\|B |",
        "",
        "Hello",
        "",
        "\\# I saw \\*Zoë\\*\\",
        "\\- lay bricks",
        "",
    ]
    assert read.places == (Place(0, "header"), Place(7, "text"))


def test_plain_text_is_preferred_and_the_other_is_said(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.eml("Plain words", "<p>Rich words</p>"))
    assert "Plain words" in read.markdown
    assert "Rich" not in read.markdown
    assert read.notes == (
        "The e-mail has its text as HTML too; the plain text is shown.",
        "Words that the HTML alone has: rich.",
    )


def test_html_alone_is_read_as_html(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.eml(html="<h1>Report</h1><p>I <b>saw</b> it</p>"))
    assert "# Report\n\nI **saw** it" in read.markdown
    assert read.notes == ()


def test_html_is_read_when_the_plain_text_is_empty(tmp_path: Path) -> None:
    assert "Rich words" in _read(tmp_path, made_more.eml(" \n", "<p>Rich words</p>")).markdown


def test_attachments_keep_only_their_base_name(tmp_path: Path) -> None:
    names = ["../../x.docx", "C:\\temp\\plan.pdf", "/etc/passwd", "..", "", "X.docx"]
    read = _read(tmp_path, made_more.eml("Hi", files=[(name, name.encode()) for name in names]))
    assert [file.name for file in read.attachments] == [
        "x.docx",
        "plan.pdf",
        "passwd",
        "attachment-4.bin",
        "attachment-5.bin",
        "X (2).docx",
    ]
    assert [file.content for file in read.attachments] == [name.encode() for name in names]
    assert "| ../../x.docx | 12 bytes | x.docx |" in read.markdown
    assert read.places[-1].label == "attachments"


def test_a_message_in_a_message_is_an_attachment(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.eml_in_eml(2))
    assert [file.name for file in read.attachments] == ["attachment-1.eml"]
    inner = _read(tmp_path, read.attachments[0].content)
    assert "around 0" in inner.markdown
    assert "the innermost" in _read(tmp_path, inner.attachments[0].content).markdown


def test_parts_nested_too_deeply_are_refused(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("deep")
    for _ in range(message_of.DEEPEST + 2):
        outer = EmailMessage()
        outer["Content-Type"] = "multipart/mixed"
        outer.attach(message)
        message = outer
    message["Subject"] = "Deep"
    with pytest.raises(NotReadable, match="parts within parts"):
        _read(tmp_path, message.as_bytes())


def test_boundaries_without_end_are_refused(tmp_path: Path) -> None:
    lines = [b"Subject: x"]
    for number in range(1_000):
        lines.append(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d' % (number, number))
    with pytest.raises(NotReadable, match="nested too deeply"):
        _read(tmp_path, b"\n".join(lines))


def test_too_many_parts_are_cut_off_with_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_of, "MOST_PARTS", 20)
    part = b"--b\nContent-Type: text/plain\n\nword\n"
    data = b'Subject: many\nContent-Type: multipart/mixed; boundary="b"\n\n' + part * 21 + b"--b--\n"
    read = _read(tmp_path, data)
    assert read.markdown.count("word") == 20
    assert read.notes == ("The e-mail has more than 20 parts; the others are not listed.",)


def test_attachments_beyond_the_limit_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markterm.evidence.readers.attached.MOST_FILES", 1)
    read = _read(tmp_path, made_more.eml("Hi", files=[("a.txt", b"a"), ("b.txt", b"b")]))
    assert read.attachments == (Attachment("a.txt", b"a"),)
    assert read.notes == ("b.txt is left out: more than 1 files.",)


def test_an_unknown_alphabet_is_read_as_well_as_can_be(tmp_path: Path) -> None:
    data = b"Subject: x\nContent-Type: text/plain; charset=klingon\n\nqapla words\n"
    assert "qapla words" in _read(tmp_path, data).markdown


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not an e-mail"):
        _read(tmp_path, b"just words")
