"""Downloads of every kind, whole and spoilt: what comes of each file, and what is left and told."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import IO

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.evidence.incoming.coming import ComingFile, LeftFile, Sender
from markterm.evidence.incoming.download import opened_download
from markterm.evidence.incoming.mailbox import attachments_of
from tests.evidence.made_mail import attachment, compound, msg_tree


def in_download(path: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """The bytes of the files that come in by name, and why the others are left."""
    coming, left = {}, {}
    with opened_download(path) as files:
        for file in files:
            if isinstance(file, LeftFile):
                left[file.name] = file.why
            else:
                with file.opened() as stream:
                    coming[file.name] = stream.read()
    return coming, left


def of_mail(path: Path) -> list[ComingFile | LeftFile]:
    """What is attached to the messages of a file."""
    with opened_download(path) as files:
        (mail,) = files
        assert isinstance(mail, ComingFile)
        return list(attachments_of(mail))


def message(sender: str, *attached: tuple[str, bytes], within: EmailMessage | None = None) -> EmailMessage:
    """A message with files, and perhaps another message."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "centre@example.org", "My work"
    made.set_content("Here it is.")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if within is not None:
        made.add_attachment(within)
    return made


def test_of_a_folder_links_locks_and_halves_are_left_and_told(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.md").write_bytes(b"a")
    for name in ("~$a.docx", ".DS_Store", "desktop.ini", "b.pdf.crdownload", ".plan.docx.icloud"):
        (tmp_path / "in" / name).write_bytes(b"x")
    (tmp_path / "in" / "link.md").symlink_to(tmp_path)
    coming, left = in_download(tmp_path / "in")
    assert coming == {"deep/a.md": b"a"}
    assert left["b.pdf.crdownload"].startswith("a download that did not end")
    assert left[".plan.docx.icloud"].startswith("plan.docx lies in iCloud")
    assert left["link.md"] == "a link, which is not followed"
    assert len(left) == 6


def test_a_file_that_somebody_writes_to_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "in" / "a.md"
    file.parent.mkdir()
    file.write_bytes(b"half")
    with opened_download(file.parent) as files:
        (coming,) = files
        assert isinstance(coming, ComingFile)
        told = pytest.raises(Unreadable, match="Somebody is writing")
        with told, coming.opened():
            file.write_bytes(b"half and more")


def test_of_a_zip_what_would_land_elsewhere_or_swell_is_left_and_the_rest_comes(tmp_path: Path) -> None:
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Ada/plan.md", "plan")
        archive.writestr("../out.md", "out")
        archive.writestr("/abs.md", "abs")
        archive.writestr("bomb.txt", b"0" * 8_000_000)
        archive.writestr("__MACOSX/Ada/._plan.md", "fork")
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    coming, left = in_download(path)
    assert coming == {"Ada/plan.md": b"plan"}
    assert set(left) == {"../out.md", "/abs.md", "bomb.txt", "__MACOSX/Ada/._plan.md", "link.md"}


def test_names_of_a_zip_in_utf8_that_does_not_say_so_are_read_as_that(tmp_path: Path) -> None:
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Zxxe.md", "z")
    path.write_bytes(path.read_bytes().replace(b"Zxxe", "Zöe".encode()))
    assert list(in_download(path)[0]) == ["Zöe.md"]


def test_a_zip_that_ends_half_way_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.md", b"x" * 1000)
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(Unreadable, match="cut short"):
        in_download(path)


def test_what_is_attached_comes_with_who_sent_it_and_a_forwarded_one_with_its_own_sender(tmp_path: Path) -> None:
    inner = message("Ada Moss <ada@example.org>", ("inner.md", b"inner"))
    outer = message("tutor@example.org", ("winmail.dat", b"packet"), ("empty.md", b""), within=inner)
    path = tmp_path / "one.eml"
    path.write_bytes(bytes(outer))
    packet, empty, forwarded = of_mail(path)
    assert isinstance(packet, ComingFile)
    assert packet.note.startswith("a packet of Outlook")
    assert isinstance(empty, LeftFile)
    assert isinstance(forwarded, ComingFile)
    assert forwarded.sender is not None
    assert (forwarded.sender.address, forwarded.sender.forwarded_by) == ("ada@example.org", "tutor@example.org")
    with forwarded.opened() as stream:
        assert stream.read() == b"inner"


def test_a_message_of_apples_mail_comes_without_what_that_writes_around_it(tmp_path: Path) -> None:
    within = b"Subject: My work\nFrom: ada@example.org\n\nFrom what I saw.\n\n>From me.\n"
    path = tmp_path / "one.emlx"
    path.write_bytes(b"%d\n" % len(within) + within + b"<plist></plist>")
    (whole,) = of_mail(path)
    assert isinstance(whole, ComingFile)
    assert whole.kept == "My work.eml"
    with whole.opened() as stream:
        assert stream.read() == within
    packed = bytes(message("ada@example.org", ("a.md", b"a"), ("b.md", b"")))
    packed = packed.replace(b'filename="b.md"', b'filename="b.md"\nX-Apple-Content-Length: 12')
    path.write_bytes(b"%d\n" % len(packed) + packed)
    first, apart = of_mail(path)
    assert isinstance(first, ComingFile)
    assert first.sender is not None
    assert (first.sender.address, first.kept) == ("ada@example.org", "a.md")
    assert isinstance(apart, LeftFile)
    assert apart.why.startswith("Apple's Mail keeps it apart")
    path.write_bytes(b"99999\n" + within)
    (cut,) = of_mail(path)
    assert cut.name == "one.emlx"


def test_a_message_with_nothing_attached_is_kept_itself_and_one_without_a_sender_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "bare.eml"
    path.write_bytes(b"Subject: My work\n\nHere it is.\n")
    (whole,) = of_mail(path)
    assert isinstance(whole, ComingFile)
    assert (whole.kept, whole.sender and whole.sender.address) == ("My work.eml", "")


def test_the_messages_of_a_mailbox_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "inbox.mbox"
    mails = [message(f"s{number}@example.org", ("a.md", b"%d" % number)) for number in (1, 2, 3)]
    path.write_bytes(b"".join(b"From x@y Mon Jun  1 10:00:00 2026\n" + bytes(each) + b"\n\n" for each in mails))
    found = of_mail(path)
    assert [each.name for each in found] == [f"inbox.mbox/e-mail {number}/a.md" for number in (1, 2, 3)]
    for number, each in enumerate(found, 1):
        assert isinstance(each, ComingFile)
        with each.opened() as stream:
            assert stream.read() == b"%d" % number


def test_of_a_download_cut_short_the_zip_within_is_not_taken_for_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("word/document.xml", "text")
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as archive:
        archive.write(tmp_path / "inner.zip", "AAA1 plan.docx")
    whole = (tmp_path / "whole.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: whole.rindex(b"PK\x01\x02")])
    assert list(in_download(tmp_path / "whole.zip")[0]) == ["AAA1 plan.docx"]
    with pytest.raises(Unreadable, match="cut short"):
        in_download(tmp_path / "half.zip")


def test_a_message_that_is_kept_itself_is_as_it_was_also_where_a_line_looks_marked(tmp_path: Path) -> None:
    text = b"From: ada@example.org\nSubject: My log\n\nI wrote:\n\n>From the start I asked.\n"
    (tmp_path / "a.eml").write_bytes(text)
    (kept,) = of_mail(tmp_path / "a.eml")
    assert isinstance(kept, ComingFile)
    with kept.opened() as stream:
        assert stream.read() == text


def test_a_line_that_only_looks_like_the_next_message_of_a_mailbox_stays_where_it_was_written(tmp_path: Path) -> None:
    text = b"From: ada@example.org\nSubject: My log\n\nBegun.\n\nFrom what I saw at 10:30 it went well.\n\nFrom Leeds\n"
    (tmp_path / "in.mbox").write_bytes(b"From - Mon Jan 05 10:00:00 2026\n" + text)
    (kept,) = of_mail(tmp_path / "in.mbox")
    assert isinstance(kept, ComingFile)
    with kept.opened() as stream:
        assert stream.read() == text


def test_what_was_written_is_kept_beside_the_pictures_in_it_and_what_signs_it_is_no_work(tmp_path: Path) -> None:
    written = message("ada@example.org")
    written.add_attachment(b"key", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    written.add_attachment(b"logo", maintype="image", subtype="png", filename="image001.png", cid="<logo>")
    (tmp_path / "a.eml").write_bytes(written.as_bytes())
    assert [each.name for each in of_mail(tmp_path / "a.eml")] == ["a.eml/image001.png", "a.eml"]


def test_a_message_that_is_a_file_as_scanners_send_it_comes_as_that_file(tmp_path: Path) -> None:
    scan = EmailMessage()
    scan["From"] = "ada@example.org"
    scan.set_content(b"%PDF", maintype="application", subtype="pdf", filename="scan.pdf")
    (tmp_path / "a.eml").write_bytes(scan.as_bytes())
    (found,) = of_mail(tmp_path / "a.eml")
    assert isinstance(found, ComingFile)
    with found.opened() as stream:
        assert (found.name, stream.read()) == ("a.eml/scan.pdf", b"%PDF")


def test_a_fault_of_where_a_file_is_written_to_is_not_told_as_one_of_the_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("a.md", "a")
    with opened_download(tmp_path / "in.zip") as files:
        (file,) = files
        assert isinstance(file, ComingFile)
        with pytest.raises(OSError, match="No space left"), file.opened():
            raise OSError("No space left on device")


def test_a_file_with_a_password_is_left_and_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("a.md", "a")
    locked = bytearray((tmp_path / "in.zip").read_bytes())
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "in.zip").write_bytes(locked)
    assert in_download(tmp_path / "in.zip") == ({}, {"a.md": "protected by a password: ask for a copy without one"})


def mailbox(*senders: str) -> bytes:
    """A message of each, with a file."""
    return b"".join(
        b"From a@b Mon Jan 05 10:00:00 2026\n" + message(each, (f"{each}.md", each.encode())).as_bytes() + b"\n"
        for each in senders
    )


def test_a_mailbox_within_a_zip_is_unpacked_once_and_not_for_each_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    senders = [f"a{number}@post.example" for number in range(20)]
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("takeout/inbox.mbox", mailbox(*senders))
    opened: list[object] = []
    open_entry = zipfile.ZipFile.open

    def counted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
        opened.append(entry)
        return open_entry(archive, entry)

    monkeypatch.setattr(zipfile.ZipFile, "open", counted)
    with opened_download(tmp_path / "in.zip") as files:
        (mail,) = files
        assert isinstance(mail, ComingFile)
        found = list(attachments_of(mail))
        for file, sender in zip(found, senders, strict=True):
            assert isinstance(file, ComingFile)
            with file.opened() as stream:
                assert stream.read() == sender.encode()
    assert len(opened) == 1


def test_a_mailbox_without_an_ending_is_known_by_how_it_begins(tmp_path: Path) -> None:
    (tmp_path / "Inbox").write_bytes(mailbox("a@post.example", "b@post.example"))
    (tmp_path / "README").write_bytes(b"From here on it is told at 10:30.\nSo it goes.")
    (tmp_path / "Readme").write_bytes(b"Nothing.")
    kinds = {}
    with opened_download(tmp_path) as files:
        for file in files:
            assert isinstance(file, ComingFile)
            kinds[file.name] = file.is_mailbox()
    assert kinds == {"Inbox": True, "README": False, "Readme": False}
    assert [each.name for each in of_mail(tmp_path / "Inbox")] == [
        "Inbox/e-mail 1/a@post.example.md",
        "Inbox/e-mail 2/b@post.example.md",
    ]


def test_what_is_attached_to_a_message_of_outlook_is_of_who_sent_it(tmp_path: Path) -> None:
    tree = msg_tree({0x0C1A: "Ada", 0x5D01: "ada@post.example", 0x0037: "Work"}, [attachment("plan.md", b"plan")])
    (tmp_path / "work.msg").write_bytes(compound(tree))
    (found,) = of_mail(tmp_path / "work.msg")
    assert isinstance(found, ComingFile)
    assert (found.kept, found.sender) == ("plan.md", Sender("ada@post.example", "Ada"))
    with found.opened() as stream:
        assert stream.read() == b"plan"


def test_a_message_of_outlook_with_nothing_attached_is_kept_as_it_is_and_one_that_is_none_too(tmp_path: Path) -> None:
    whole = compound(msg_tree({0x5D01: "ada@post.example", 0x0037: "My diary", 0x1000: "Today."}))
    for content, kept, note in ((whole, "My diary.msg", ""), (b"x", "", "no e-mail of Outlook that can be read")):
        (tmp_path / "work.msg").write_bytes(content)
        (found,) = of_mail(tmp_path / "work.msg")
        assert isinstance(found, ComingFile)
        assert (found.kept, found.note) == (kept, note)
        with found.opened() as stream:
            assert stream.read() == content


@pytest.mark.parametrize(
    "kind", ['application/pkcs7-mime; name="smime.p7m"', 'multipart/encrypted; protocol="application/pgp-encrypted"']
)
def test_a_message_that_is_sealed_is_kept_itself_and_that_is_said(tmp_path: Path, kind: str) -> None:
    sealed = EmailMessage()
    sealed["From"], sealed["Subject"] = "ada@post.example", "Work"
    sealed["Content-Type"] = kind
    if sealed.is_multipart() or kind.startswith("multipart"):
        for each in ("application/pgp-encrypted", "application/octet-stream"):
            part = EmailMessage()
            part.set_content(b"x", *each.split("/"))
            sealed.attach(part)
    else:
        sealed.set_payload("eA==")
    (tmp_path / "work.eml").write_bytes(sealed.as_bytes())
    (found,) = of_mail(tmp_path / "work.eml")
    assert isinstance(found, ComingFile)
    assert found.kept == "Work.eml"
    assert found.note.startswith("signed or encrypted")


def test_a_name_that_is_wrongly_called_utf8_is_read_as_people_write_and_keeps_no_other_from_coming(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for name in ("Si1n.md", "Si2n.txt", "SI3N.md"):
            archive.writestr(name, "It is.")
    data = (tmp_path / "in.zip").read_bytes()
    for was, written, flags in ((b"Si1n", b"Si\xe2n", 0x800), (b"Si2n", b"Si\x83n", 0), (b"SI3N", b"SI\xe2N", 0)):
        before, middle, after = data.split(was)
        head, listed = before[:-24], middle[:-38]
        said = flags.to_bytes(2, "little")
        data = head + said + before[-22:] + written + listed + said + middle[-36:] + written + after
    (tmp_path / "in.zip").write_bytes(data)
    coming, left = in_download(tmp_path / "in.zip")
    assert left == {}
    assert list(coming) == ["Siân.md", "Siân.txt", "SIÔN.md"]
