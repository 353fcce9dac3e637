"""Files of older formats, made new by LibreOffice: most tests have another program in its place, which misbehaves."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Event, Timer

import pytest
from PIL import Image

from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion import program
from markterm.evidence.conversion.conversion import convert, kept_conversion
from markterm.evidence.folder import EvidenceKind, kind_of
from markterm.evidence.machine import libreoffice
from markterm.evidence.machine.libreoffice import libreoffice_found, through_libreoffice
from markterm.evidence.machine.old_formats import OLD_FORMATS
from markterm.evidence.progress import Progress
from markterm.evidence.readers import READERS
from markterm.evidence.readers.word import docx as word
from tests.at_length import at_length
from tests.evidence.made import OLE, docx, evidence, paragraph, zipped
from tests.evidence.made_more import pdf

REAL = libreoffice_found()
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs in its place are scripts of a shell")

Office = Callable[[str], None]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Puts a script in the place of LibreOffice. In it, $made is the file that it should write."""
    place = tmp_path / "outside"
    place.mkdir()
    monkeypatch.setattr(libreoffice, "_NAMES", ("soffice",))
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")
    (place / "made.docx").write_bytes(docx(paragraph("What the learner wrote")))

    def become(script: str) -> None:
        program = place / "soffice"
        program.write_text(
            "#!/bin/sh\n"
            'case "$*" in *--version*) echo "LibreOffice 24.2.7.2 42(Build:2)"; exit;; esac\n'
            'for given; do :; done; made="$PWD/made/evidence.docx"; mkdir -p made; '
            f'ready="{place}/made.docx"\n{script}\n',
            "utf-8",
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        libreoffice._name.cache_clear()

    return become


def _picture() -> bytes:
    with BytesIO() as stream:
        Image.new("RGB", (60, 40), "green").save(stream, "JPEG")
        return stream.getvalue()


def _refusal(folder: Path, cache: Path, data: bytes = OLE + bytes(600), name: str = "essay.doc") -> str:
    with pytest.raises(Unreadable) as refusal:
        convert(evidence(folder / name, data), cache)
    assert "\n" not in refusal.value.what
    return refusal.value.what


def test_what_it_makes_is_read_by_the_ordinary_reader_and_said_to_be_converted(
    folder: Path, cache: Path, office: Office
) -> None:
    office('cp "$ready" "$made"')
    converted = convert(evidence(folder / "essay.doc", OLE + bytes(600)), cache)
    assert converted.markdown.strip() == "What the learner wrote"
    assert converted.notes == ("Converted by LibreOffice 24.2 from the old Word format.",)


def test_a_new_profile_that_wants_to_be_started_again_is(folder: Path, cache: Path, office: Office) -> None:
    office('[ -e seen ] || { : > seen; exit 81; }; cp "$ready" "$made"')
    assert convert(evidence(folder / "essay.doc", OLE + bytes(600)), cache).markdown == "What the learner wrote"


def test_macros_are_off_and_links_are_not_updated_in_its_profile(folder: Path, cache: Path, office: Office) -> None:
    office(
        'grep -q "DisableMacrosExecution.*true" profile/user/registrymodifications.xcu'
        ' && grep -q "MacroSecurityLevel.*3" profile/user/registrymodifications.xcu && cp "$ready" "$made"'
    )
    assert convert(evidence(folder / "essay.doc", OLE + bytes(600)), cache).markdown


def test_where_it_is_not_installed_a_sentence_says_the_way_out_and_nothing_of_it_is_kept(
    folder: Path, cache: Path
) -> None:
    said = _refusal(folder, cache)
    assert "the old Word format, which MarkTerm reads where LibreOffice is installed" in said
    assert "ask for the file as .docx or PDF" in said


def test_installed_later_it_reads_at_once_what_it_could_not(
    folder: Path, cache: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(libreoffice, "_USUAL", ())
        without.setenv("PATH", str(folder))
        _refusal(folder, cache)
    office('cp "$ready" "$made"')
    assert convert(evidence(folder / "essay.doc", OLE + bytes(600)), cache).markdown == "What the learner wrote"


@pytest.mark.parametrize(
    ("script", "said"),
    at_length(
        [
            (
                "exit 0",
                "LibreOffice 24.2 cannot read it: it is damaged, protected by a password, or newer than it knows.",
            ),
            ("exit 3", "LibreOffice 24.2 breaks off with it."),
            ("kill -SEGV $$; exit 139", "LibreOffice 24.2 breaks off with it."),
            ('ln -s /etc/passwd "$made"', "LibreOffice 24.2 cannot read it"),
            ('rmdir made; ln -s /etc made; : > "$made"', "LibreOffice 24.2 "),
            ('head -c 5000 /dev/urandom > "$made"', "It is damaged or cut short"),
            (': > "$made"', "It is damaged or cut short"),
        ],
        at_once=2,
        names=2,
    ),
    ids=["nothing", "error", "crash", "link", "folder elsewhere", "garbage", "empty"],
)
def test_whatever_it_does_costs_one_clear_line(
    folder: Path, cache: Path, office: Office, script: str, said: str
) -> None:
    office(script)
    assert said in _refusal(folder, cache)


@pytest.mark.parametrize("script", ["exit 0", "exit 1"])
def test_a_full_disk_is_not_taken_for_a_damaged_file(
    folder: Path, cache: Path, office: Office, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    office(script)
    monkeypatch.setattr(program, "LEAST_ROOM", 1 << 62)
    assert "No space left on device" in _refusal(folder, cache)
    monkeypatch.setattr(program, "LEAST_ROOM", 0)
    assert "No space left on device" not in _refusal(folder, cache), "it is tried again at once"


def test_one_that_hangs_is_ended(folder: Path, cache: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "SECONDS", 0.4)
    office("sleep 600 & sleep 600")
    assert "LibreOffice 24.2 takes longer than 0.4 seconds with it." in _refusal(folder, cache)


def test_the_reading_can_be_stopped_and_nothing_of_that_is_kept(folder: Path, cache: Path, office: Office) -> None:
    office("sleep 600")
    progress = Progress()
    Timer(0.4, progress.stop.set).start()
    file = evidence(folder / "essay.doc", OLE + bytes(600))
    with pytest.raises(Unreadable, match=r"essay\.doc was not read"):
        kept_conversion(file, cache, progress)
    office('cp "$ready" "$made"')
    assert convert(file, cache).markdown == "What the learner wrote"


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.ppt", "a.key"])
def test_bytes_of_no_known_kind_are_not_made_into_letters(folder: Path, cache: Path, office: Office, name: str) -> None:
    office("exit 9")
    said = _refusal(folder, cache, b"\x01\x02\x03\0\0" * 200, name)
    assert "and holds something else, or is damaged" in said


def test_a_certificate_is_no_show_of_keynote(folder: Path, cache: Path, office: Office) -> None:
    office("exit 9")
    assert "Keynote format, and holds something else" in _refusal(
        folder, cache, b"\x30\x82\x04\xbf\x02\x01\x00", "a.key"
    )


def test_a_newer_file_of_pages_shows_its_preview_without_libreoffice(folder: Path, cache: Path, office: Office) -> None:
    office("exit 9")
    newer = zipped({"Index/Document.iwa": "?", "QuickLook/Preview.pdf": pdf([["Diary"]])})
    converted = convert(evidence(folder / "diary.pages", newer), cache)
    assert [attachment.name for attachment in converted.attachments] == ["Preview.pdf"]
    assert "\\[attached: Preview.pdf\\]" in converted.markdown
    assert "Only Pages itself can read this file." in converted.notes[0]
    drawn = zipped({"Index/Document.iwa": "?", "preview.jpg": _picture()})
    assert convert(evidence(folder / "plan.numbers", drawn), cache).picture is not None
    neither = _refusal(folder, cache, zipped({"Index/Document.iwa": "?"}), "show.key")
    assert "it holds no preview: ask for it as PDF" in neither


def test_an_older_file_of_pages_shows_its_preview_where_libreoffice_fails_or_is_missing(
    folder: Path, cache: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office("exit 9")
    older = zipped({"index.xml": "<x/>", "QuickLook/Preview.pdf": pdf([["Diary"]])})
    file = evidence(folder / "diary.pages", older)
    assert convert(file, cache).attachments
    monkeypatch.setattr(libreoffice, "_USUAL", ())
    monkeypatch.setenv("PATH", str(folder))
    assert convert(file, cache).attachments
    bare = zipped({"index.xml": "<x/>"})
    assert "it holds no preview" in _refusal(folder, cache, bare, "bare.pages")


def test_every_old_format_is_listed_as_readable_and_made_into_one_that_has_a_reader() -> None:
    for suffix, old in OLD_FORMATS.items():
        assert kind_of(suffix) is EvidenceKind.CONVERTED
        assert old.made in READERS


@pytest.mark.long
@pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed here")
def test_the_real_one_reads_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "libreoffice_found", lambda: REAL)
    copy = tmp_path / "essay.doc"
    copy.write_bytes(b"{\\rtf1\\ansi What the learner wrote}")
    converted = through_libreoffice(copy, lambda made, _: word.read(made), Event())
    assert converted.markdown.strip() == "What the learner wrote"
    assert converted.notes[0].startswith("Converted by LibreOffice ")


def test_it_is_found_on_the_path_and_where_its_makers_put_it_but_not_where_it_is_in_a_cage_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def program(name: str) -> Path:
        path = tmp_path / "outside" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o755)
        return path

    monkeypatch.setattr(libreoffice, "_OPT", str(tmp_path / "outside"))
    assert libreoffice_found() is None
    program("libreoffice7.6/program/soffice")
    program("libreoffice24.2/program/soffice")
    newest = program("libreoffice25.8/program/soffice")
    assert libreoffice_found() == newest
    beside = program("libreoffice25.8/program/soffice.bin")
    assert libreoffice_found() == beside, "and not the script that starts it"
    monkeypatch.setattr(libreoffice, "_NAMES", ("soffice",))
    monkeypatch.setenv("PATH", str(tmp_path / "outside" / "bin"))
    (tmp_path / "outside" / "bin").mkdir()
    (tmp_path / "outside" / "bin" / "soffice").symlink_to(program("snap"))
    assert libreoffice_found() == beside
    (tmp_path / "outside" / "bin" / "soffice").unlink()
    assert program("bin/soffice") == libreoffice_found()


def test_the_socket_that_it_leaves_behind_is_known_by_its_profile() -> None:
    # As LibreOffice 7.4 named it; of each byte it leaves a leading nought away.
    names = libreoffice._sockets("file:///tmp/a/profile")
    assert "OSL_PIPE_SingleOfficeIPC_d43b05893f67a252df7e9f486fc42" in names
