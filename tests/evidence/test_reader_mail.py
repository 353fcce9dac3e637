"""Reading the e-mails of Outlook, mailboxes and web pages in one file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.mail import eml, mbox, mht, msg, tnef
from markterm.evidence.readers.mail.mime import Part, message
from markterm.evidence.readers.mail.outlook_rtf import page_in, unpacked
from markterm.evidence.true_kind import true_suffix
from tests.evidence import made_mail, made_more
from tests.evidence.made import evidence
from tests.evidence.made_mail import Tree, attachment, compound, message_within, msg_tree, packed_rtf, texts

HALF_PAST_NINE = 133618806000000000
"""2024-06-03 09:30 UTC as Windows counts it: tenths of microseconds since 1601."""
WITNESS = {
    0x0037: "Witness",
    0x0C1A: "Zoë Marsh",
    0x5D01: "zoe@example.org",
    0x0E04: "Sam Hale",
    0x1000: "I saw “her”.\r\n",
}


def _msg(folder: Path, data: bytes) -> Converted:
    (folder / "mail.msg").write_bytes(data)
    return msg.read(folder / "mail.msg")


def _eml(folder: Path, data: bytes) -> Converted:
    (folder / "mail.eml").write_bytes(data)
    return eml.read(folder / "mail.eml")


def test_a_message_of_outlook_is_shown_as_any_e_mail(tmp_path: Path) -> None:
    tree = msg_tree(WITNESS, [attachment("plan.txt", b"plan")], fixed={0x0039: HALF_PAST_NINE})
    read = _msg(tmp_path, compound(tree))
    assert read.markdown.split("\n") == [
        "| Header | Value |",
        "| --- | --- |",
        '| From | "Zoë Marsh" \\<zoe@example.org> |',
        "| To | Sam Hale |",
        "| Date | Mon, 03 Jun 2024 09:30:00 +0000 |",
        "| Subject | Witness |",
        "",
        "I saw “her”.",
        "",
        "| Attached | Size | Kept as |",
        "| --- | --- | --- |",
        "| plan.txt | 4 bytes | plan.txt |",
        "",
    ]
    assert [(file.name, file.content) for file in read.attachments] == [("plan.txt", b"plan")]


def test_a_message_in_a_message_of_outlook_is_an_e_mail_with_its_own_files(tmp_path: Path) -> None:
    deepest = msg_tree({0x0037: "Deepest", 0x1000: "the innermost"}, head=24)
    inner = msg_tree(WITNESS, [attachment("plan.txt", b"plan"), message_within(deepest, "Deepest")], head=24)
    read = _msg(tmp_path, compound(msg_tree({0x0037: "Fwd"}, [message_within(inner)])))
    (file,) = read.attachments
    assert file.name == "message.eml"
    within = _eml(tmp_path, file.content)
    assert "I saw “her”." in within.markdown
    assert [each.name for each in within.attachments] == ["plan.txt", "Deepest.eml"]
    assert "the innermost" in _eml(tmp_path, within.attachments[1].content).markdown


@pytest.mark.parametrize(
    ("codepage", "text"), [(1252, "“Zoë” – 5 €"), (1251, "Привет"), (932, "日本語です"), (0, "“plain”")]
)
def test_strings_of_bytes_are_in_the_alphabet_of_the_message(tmp_path: Path, codepage: int, text: str) -> None:
    tree = msg_tree({}, narrow={0x1000: text.encode(f"cp{codepage or 1252}")}, fixed={0x3FFD: codepage})
    assert _msg(tmp_path, compound(tree)).markdown.strip() == text


@pytest.mark.parametrize("as_it_is", [False, True])
def test_a_text_that_is_only_there_as_packed_rich_text_is_read(tmp_path: Path, *, as_it_is: bool) -> None:
    packed = packed_rtf(made_mail.PAGE_IN_RTF, as_it_is=as_it_is)
    read = _msg(tmp_path, compound(msg_tree({}, binary={0x1009: packed})))
    assert read.markdown.strip() == "I saw “her” coach**twice**"
    plain = packed_rtf(rb"{\rtf1\ansi I made tea\par and toast}", as_it_is=as_it_is)
    assert "I made tea" in _msg(tmp_path, compound(msg_tree({}, binary={0x1009: plain}))).markdown


@pytest.mark.parametrize(
    ("packed", "rtf"),
    [  # The examples of MS-OXRTFCP, 4.1.
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ],
)
def test_packed_text_goes_back_to_what_was_before_it(packed: str, rtf: bytes) -> None:
    assert unpacked(bytes.fromhex(packed)) == rtf


def test_packed_text_that_is_cut_off_in_its_head_is_refused() -> None:
    with pytest.raises(ValueError, match="cut short"):
        unpacked(b"x")


@given(st.binary(max_size=200))
def test_any_rich_text_is_packed_and_unpacked_as_it_was(rtf: bytes) -> None:
    assert unpacked(packed_rtf(rtf)) == rtf
    assert isinstance(page_in(b"{\\rtf1\\fromhtml1 " + rtf), str)


@given(st.binary(max_size=300))
def test_any_packed_bytes_are_unpacked_or_refused(data: bytes) -> None:
    with suppress(ValueError):
        assert isinstance(unpacked(b"\x10\0\0\0\x10\0\0\0LZFu\0\0\0\0" + data), bytes)


def test_another_compound_file_is_no_message(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not an e-mail of Outlook"):
        _msg(tmp_path, compound({"WordDocument": b"x"}))


def test_what_another_program_put_in_is_said(tmp_path: Path) -> None:
    folder: Tree = {
        "__properties_version1.0": made_mail.properties({0x3705: 6}, 8),
        "__substg1.0_3701000D": {"CONTENTS": b"x"},
    }
    read = _msg(tmp_path, compound(msg_tree(WITNESS, [folder])))
    assert read.notes == ("An object is an object of another program, which is not read here.",)


def test_the_messages_of_a_mailbox_stand_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    first = made_more.eml("From here on I coached.\n", files=[("plan.txt", b"1")], subject="First # one")
    path.write_bytes(made_mail.mbox([first, made_more.eml("Then I stopped.", files=[("plan.txt", b"2")])]))
    read = mbox.read(path)
    assert "# 1. First # one" in read.markdown
    assert "From here on I coached." in read.markdown
    assert "Then I stopped." in read.markdown
    assert [file.name for file in read.attachments] == ["e-mail 1/plan.txt", "e-mail 2/plan.txt"]
    line = read.markdown.split("\n").index("Then I stopped.")
    assert (
        max((place for place in read.places if place.line <= line), key=lambda each: each.line).label
        == "e-mail 2, text"
    )


def test_a_mailbox_that_is_too_long_is_cut_off_with_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MOST_MESSAGES", 2)
    (tmp_path / "a.mbox").write_bytes(made_mail.mbox([made_more.eml(f"number {number}") for number in range(3)]))
    read = mbox.read(tmp_path / "a.mbox")
    assert "number 1" in read.markdown
    assert read.notes == ("Only the first 2 e-mails are shown; open it outside to see the others.",)


def test_something_else_is_no_mailbox(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(b"just words")
    with pytest.raises(NotReadable, match="no e-mail begins in it"):
        mbox.read(tmp_path / "a.mbox")


def test_a_web_page_in_one_file_is_read_with_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(made_mail.MHT)
    read = mht.read(tmp_path / "a.mht")
    assert "| Title | Zoë's page |" in read.markdown
    assert "# Tea\n\nI made “tea”." in read.markdown
    assert "\\[attached: a.png\\]" in read.markdown
    assert [file.name for file in read.attachments] == ["a.png"]
    assert "Styles and scripts that were left out and not run: 1." in read.notes


def test_a_web_page_of_too_many_parts_is_cut_off_with_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mht, "_MOST_PARTS", 2)
    (tmp_path / "a.mht").write_bytes(made_mail.MHT)
    read = mht.read(tmp_path / "a.mht")
    assert "made “tea”" in read.markdown
    assert "It has more than 2 parts; the others are not listed." in read.notes


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii", "utf-8", "x-unknown", ""])
@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_a_text_is_read_in_the_alphabet_that_it_is_in(tmp_path: Path, label: str, codec: str) -> None:
    said = f"; charset={label}" if label else ""
    head = f"Subject: x\nContent-Type: text/plain{said}\nContent-Transfer-Encoding: 8bit\n\n"
    assert "“Zoë’s” – 5 €" in _eml(tmp_path, head.encode() + "“Zoë’s” – 5 €\n".encode(codec)).markdown


@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_header_lines_without_a_label_are_read_too(tmp_path: Path, codec: str) -> None:
    data = "Subject: Zoë’s “plan”\nFrom: Zoë <z@example.org>\n\nHi\n".encode(codec)
    assert "| Subject | Zoë’s “plan” |" in _eml(tmp_path, data).markdown


def test_an_encoded_header_under_a_wrong_label_shows_no_control_characters(tmp_path: Path) -> None:
    data = b"Subject: =?iso-8859-1?Q?=93plan=94?=\nTo: undisclosed-recipients:;\n\nHi\n"
    assert "| Subject | “plan” |" in _eml(tmp_path, data).markdown


def test_the_form_of_a_text_that_says_more_is_shown(tmp_path: Path) -> None:
    read = _eml(tmp_path, made_more.eml("This is HTML.", f"<p>{'I coached her again. ' * 30}</p>"))
    assert "I coached her again." in read.markdown
    assert read.notes == (
        "The e-mail has its text as plain text too, which says less; the HTML is shown.",
        "Words that the plain text alone has: this, is, html.",
    )


def test_pictures_beside_a_page_that_is_not_shown_are_attached_all_the_same(tmp_path: Path) -> None:
    page = b'<p>I made tea</p><img src="cid:1@x">'
    picture = Part("image/png", b"png", "tea.png", "1@x")
    both = message([("Subject", "x")], [Part("text/plain", b"I made tea"), Part("text/html", page)], [picture])
    assert [file.name for file in _eml(tmp_path, both).attachments] == ["tea.png"]
    alone = message([("Subject", "x")], [Part("text/html", page)], [picture])
    assert "[image: attached: tea.png]" in _eml(tmp_path, alone).markdown
    related = alone.replace(b"multipart/mixed", b"multipart/related")
    assert [file.name for file in _eml(tmp_path, related).attachments] == ["tea.png"]


def test_lines_that_were_broken_to_fit_are_one_paragraph(tmp_path: Path) -> None:
    head = b"Subject: x\nContent-Type: text/plain; format=flowed; charset=utf-8\n\n"
    read = _eml(tmp_path, head + b"I made tea \nfor all.\n> quoted \n> words\n-- \nZoe\n")
    assert "I made tea for all." in read.markdown
    assert "\\> quoted words" in read.markdown
    assert "--\\\nZoe" in read.markdown.replace("\\-- ", "--").replace("\\--", "--")


def test_what_is_encrypted_or_signed_is_said(tmp_path: Path) -> None:
    head = "Subject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\nContent-Type: {}\n\nAAAA\n"
    for kind, said in {
        'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"': "It is encrypted",
        'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"': "It is signed",
    }.items():
        read = _eml(tmp_path, head.format(kind).encode())
        assert read.notes[0].startswith(said)
        assert len(read.attachments) == 1


def test_a_mail_of_apples_is_cut_to_its_length(tmp_path: Path) -> None:
    data = made_more.eml("I made tea")
    (tmp_path / "a.emlx").write_bytes(b"%d   \n" % len(data) + data + b"<plist>flags</plist>")
    read = eml.read(tmp_path / "a.emlx")
    assert "I made tea" in read.markdown
    assert "flags" not in read.markdown


def test_what_is_written_again_is_the_same_bytes() -> None:
    made = [message([("Subject", "a\nb")], [Part("text/plain", b"x")], [Part("a/b", b"y", "é.txt")]) for _ in range(2)]
    assert made[0] == made[1]
    assert b"Subject: a b\r\n" in made[0]


def _dat(folder: Path, data: bytes) -> Converted:
    (folder / "winmail.dat").write_bytes(data)
    return tnef.read(folder / "winmail.dat")


def test_what_outlook_packed_for_outlook_alone_is_unpacked(tmp_path: Path) -> None:
    read = _dat(tmp_path, made_mail.tnef("I saw “her”.", {"Zoë’s plan.txt": b"plan", "b.docx": b"word"}))
    assert read.markdown.startswith("I saw “her”.\n")
    assert [(file.name, file.content) for file in read.attachments] == [
        ("Zoë’s plan.txt", b"plan"),
        ("b.docx", b"word"),
    ]
    rich = _dat(tmp_path, made_mail.tnef(properties={0x1009: packed_rtf(made_mail.PAGE_IN_RTF)}))
    assert "I saw “her” coach" in rich.markdown


def test_what_outlook_packed_is_known_under_any_name_and_other_data_is_refused(tmp_path: Path) -> None:
    assert true_suffix(evidence(tmp_path / "winmail.dat", made_mail.tnef("x"))) == ".dat"
    assert true_suffix(evidence(tmp_path / "attachment", made_mail.tnef("x"))) == ".tnef"
    with pytest.raises(NotReadable, match="no reader for this kind"):
        _dat(tmp_path, b"\0\1\2")


@given(st.integers(0, 400), st.binary(max_size=9))
def test_what_outlook_packed_may_be_cut_off_anywhere(cut: int, more: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(NotReadable):
        assert isinstance(_dat(Path(folder), made_mail.tnef("I saw", {"a.txt": b"plan"})[:cut] + more), Converted)


def test_a_message_that_was_signed_is_an_e_mail_of_its_own(tmp_path: Path) -> None:
    signed = message([], [Part("text/plain", b"I saw her")], [Part("application/pkcs7-signature", b"x", "smime.p7s")])
    folder = {**attachment("smime.p7m", signed), **texts({0x370E: "multipart/signed"})}
    tree = msg_tree({0x001A: "IPM.Note.SMIME.MultipartSigned", 0x0037: "x"}, [folder])
    (file,) = _msg(tmp_path, compound(tree)).attachments
    assert file.name == "signed message.eml"
    assert "I saw her" in _eml(tmp_path, file.content).markdown


def _two_texts(plain: str, page: str) -> bytes:
    part = "--b\r\nContent-Type: text/{}; charset=utf-8\r\n\r\n{}\r\n"
    head = "From: a@example.org\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
    return (head + part.format("plain", plain) + part.format("html", page) + "--b--\r\n").encode()


def test_no_word_of_a_text_that_differs_from_its_other_form_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(_two_texts("See the page.", "<p>I coached Tom on Monday, and Ann on Friday.</p>"))
    assert "I coached Tom on Monday, and Ann on Friday." in eml.read(path).markdown
    one, other = "I went to the long meeting in Leeds", "They coached Tom on Monday and Ann after it"
    path.write_bytes(_two_texts(one, f"<p>{other}</p>"))
    read = eml.read(path)
    assert one in read.markdown
    assert other in read.markdown
    assert read.notes == ("The e-mail has two texts that differ, plain text and HTML; both are shown.",)
    path.write_bytes(_two_texts("We meet on 12 May.", "<p>We meet on <a href='https://x.org'>13</a> May."))
    assert "Words that the HTML alone has: 13." in eml.read(path).notes


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("=?utf-8?B?Wm/D?=\r\n =?utf-8?B?q+KAmXM=?= <z@example.org>", "Zoë’s \\<z@example.org>"),
        ("=?utf-8?Q?Zo=C3?= =?utf-8?Q?=AB_Lee?= <z@example.org>", "Zoë Lee \\<z@example.org>"),
        ("=?x-unknown?Q?Zo=EB_Lee?= <z@example.org>", "Zoë Lee \\<z@example.org>"),
    ],
)
def test_a_name_that_was_broken_within_a_letter_is_whole(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(f"From: {line}\r\nSubject: s\r\n\r\nI made tea.\r\n".encode())
    assert f"| From | {said} |" in eml.read(path).markdown


def test_a_report_of_delivery_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: a@example.org\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nIt failed.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n--b--\r\n"
    )
    assert [file.name for file in eml.read(path).attachments] == ["attachment-1.txt"]
