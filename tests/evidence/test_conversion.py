"""Conversion in a process of its own: whatever a file does to it costs one clear line, and never more."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion import conversion, conversion_cache
from markterm.evidence.conversion.conversion import attached_files, convert
from markterm.evidence.conversion.conversion_cache import ConversionCache
from markterm.evidence.converted import Attachment, Converted
from markterm.evidence.folder import EvidenceFile, EvidenceKind, list_evidence
from markterm.evidence.progress import Progress
from markterm.evidence.text.reading import open_evidence
from tests.at_length import at_length
from tests.evidence.made import (
    BILLION_LAUGHS,
    OLE,
    docx,
    docx_bomb,
    docx_with_prolog,
    evidence,
    odt,
    paragraph,
    root,
    rtf,
    zipped,
)
from tests.evidence.made_more import xlsx
from tests.pace import HANGS, without_hanging

needs_limits = pytest.mark.skipif(os.name == "nt", reason="Windows has no limits for a process")
needs_links = pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system cannot refuse a link")


def _refusal(file: EvidenceFile, cache: Path) -> str:
    with pytest.raises(Unreadable) as refusal:
        convert(file, cache)
    assert refusal.value.file == file.path
    assert "\n" not in refusal.value.what
    return refusal.value.what


def test_a_word_file_is_converted_and_the_second_time_comes_from_the_cache(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = evidence(folder / "a.docx", docx(paragraph("Text")))
    first = convert(file, cache)
    assert first.markdown == "Text"
    monkeypatch.setattr(conversion, "COMMAND", ("no such program",))
    assert convert(file, cache) == first


def test_the_document_says_where_its_lines_come_from_and_what_the_bytes_were(folder: Path, cache: Path) -> None:
    data = docx(paragraph("Title", "Heading1") + paragraph("One \u202e two"))
    document = open_evidence(evidence(folder / "a.docx", data), cache)
    assert document.source == "# Title\n\nOne ⇄ two"
    assert document.text.replaced == 1
    assert document.text.sha256 == hashlib.sha256(data).hexdigest()
    assert [document.place_at(line) for line in range(3)] == ["paragraph 1", "paragraph 1", "paragraph 2"]
    assert [heading.text for heading in document.outline] == ["Title"]


def test_a_text_is_opened_without_a_conversion(folder: Path, cache: Path) -> None:
    document = open_evidence(evidence(folder / "a.txt", b"# as it is"), cache)
    assert document.source == "# as it is"
    assert document.outline == ()
    assert document.place_at(0) == ""
    assert not cache.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", OLE, "password"),
        ("a.odt", OLE, "password"),
        ("a.docx", docx(paragraph("x"))[:-40], "cut short"),
        ("a.odt", odt("<text:p>x</text:p>")[:300], "cut short"),
        ("a.rtf", b"{\\rt", "something else"),
        ("a.html", b"<p>\0\1\2", "something else"),
        ("a.docx", b"", "empty"),
        ("a.docx", docx_with_prolog(BILLION_LAUGHS, "&j;"), "entities"),
        ("a.odt", odt("<text:p>&j;</text:p>", prolog=BILLION_LAUGHS), "entities"),
        ("a.docx", zipped({"[Content_Types].xml": "", "../../x": "x"}), "outside its folder"),
        ("a.docx", zipped({"[Content_Types].xml": "", "/etc/x": "x"}), "outside its folder"),
        ("a.docx", zipped({"[Content_Types].xml": "", "C:\\x": "x"}), "outside its folder"),
        ("a.docx", zipped({"[Content_Types].xml": "", **{str(number): "" for number in range(5001)}}), "5,000 entries"),
        ("a.docx", docx("<w:p>" * 4000 + "</w:p>" * 4000), "nested too deeply"),
        ("a.xyz", b"x", "no reader"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_said_in_one_line(folder: Path, cache: Path, name: str, data: bytes, words: str) -> None:
    assert words in _refusal(evidence(folder / name, data), cache)


@pytest.mark.long
def test_a_word_file_that_unpacks_to_600_megabytes_is_refused_at_once(folder: Path, cache: Path) -> None:
    file = evidence(folder / "a.docx", docx_bomb(600_000_000))
    assert "100 MB" in _refusal(file, cache)


def test_what_packs_too_well_is_refused(folder: Path, cache: Path) -> None:
    assert "200 times" in _refusal(evidence(folder / "a.docx", docx_bomb(20_000_000)), cache)


def test_macros_are_named_and_not_run(folder: Path, cache: Path) -> None:
    data = docx(paragraph("Text"), parts={"word/vbaProject.bin": "macro"})
    assert convert(evidence(folder / "a.docx", data), cache).notes == ("It holds macros, which MarkTerm never runs.",)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsm"])
def test_the_macros_of_a_workbook_are_named_once(folder: Path, cache: Path, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(lambda workbook: workbook.active.append(["Hours", 7])))) as made:
        parts = {part: made.read(part) for part in made.namelist()}
    data = zipped({**parts, "xl/vbaProject.bin": b"macro"})
    assert convert(evidence(folder / name, data), cache).notes == ("It holds macros, which MarkTerm never runs.",)


def test_a_reader_that_hangs_is_ended(
    folder: Path, cache: Path, hostile: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "SECONDS", 0.5)
    hostile(f"import time; time.sleep({HANGS})")
    with without_hanging():
        assert "too long" in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)


@needs_limits
def test_a_process_that_a_reader_started_is_ended_with_it(
    folder: Path, cache: Path, hostile: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "SECONDS", 0.5)
    hostile(f"import os, time; os.fork(); os.dup2(3, 1); time.sleep({HANGS})", uncaged=True)
    with without_hanging():
        assert "too long" in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)


@needs_limits
def test_a_reader_that_works_without_end_is_ended_by_its_own_clock(
    folder: Path, cache: Path, hostile: Callable[[str], None]
) -> None:
    hostile("child.CPU_SECONDS = 1; child.limit()\n    while True: pass")
    assert "too long" in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)


@needs_limits
@pytest.mark.parametrize(
    "lines", [pytest.param("b'x' * 2**31", marks=pytest.mark.long), "[bytes(2**27) for _ in range(9)]"]
)
def test_a_reader_that_wants_too_much_memory_is_refused_it(
    folder: Path, cache: Path, hostile: Callable[[str], None], lines: str
) -> None:
    hostile(lines)
    assert "memory" in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)


@pytest.mark.parametrize(
    ("lines", "words"),
    at_length(
        [
            ("return Converted('x' * 64_000_000)", "32 MB of text"),
            ("import os; os.kill(os.getpid(), 11)", "broke off"),
            ("import os; os.kill(os.getpid(), 9)", "broke off"),
            ("import os; os._exit(0)", "no proper answer"),
            ("raise SystemExit(3)", "broke off"),
            ("raise ValueError('secret detail')", "damaged"),
            ("raise NotReadable('because\\n\\x1b[31m')", "because ␛[31m"),
            ("return Converted(7)", "no proper answer"),
            ("return Converted('x', (Place(-1, 'y'),))", "no proper answer"),
        ],
        at_once=4,
        names=2,
    ),
)
def test_a_reader_that_fails_costs_one_line(
    folder: Path, cache: Path, hostile: Callable[[str], None], lines: str, words: str
) -> None:
    hostile(lines)
    assert words in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)


def test_a_reader_that_cannot_be_started_is_said(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "COMMAND", ("no such program",))
    assert "does not start" in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)


def test_what_a_reader_prints_is_no_answer(folder: Path, cache: Path, hostile: Callable[[str], None]) -> None:
    hostile("import os; print('x' * 64_000_000); os.write(1, b'{}'); return Converted('the text')")
    assert convert(evidence(folder / "a.rtf", rtf("x")), cache).markdown == "the text"


@needs_limits
def test_a_reader_can_write_no_file_even_where_it_is_not_shut_in(
    folder: Path, cache: Path, hostile: Callable[..., None]
) -> None:
    target = folder / "written"
    hostile(f"open({str(target)!r}, 'wb', 0).write(b'x'); return Converted('x')", uncaged=True)
    assert "damaged" in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)
    assert target.read_bytes() == b""
    target.unlink()


def test_names_labels_and_notes_are_cleaned(folder: Path, cache: Path, hostile: Callable[[str], None]) -> None:
    hostile(
        "return Converted('a\\r\\nb', (Place(1, 'p\\x1b'),), ('n\\nm',), 2, (Attachment('../a/../../x\\n.txt', b'y'),))"
    )
    file = evidence(folder / "a.rtf", rtf("x"))
    place = convert(file, cache)
    assert (place.markdown, place.places[0].label, place.notes) == ("a\nb", "p␛", ("n m",))
    assert place.attachments == (Attachment("a/x .txt", b"y"),)
    assert convert(file, cache) == place


def test_attachments_are_files_of_their_own(folder: Path, cache: Path, hostile: Callable[[str], None]) -> None:
    hostile("return Converted('x', attachments=(Attachment('plan.docx', b'1'), Attachment('notes.md', b'# 2')))")
    file = evidence(folder / "a.rtf", rtf("x"))
    found = attached_files(file, cache)
    assert [(own.name, own.kind) for own in found] == [
        ("a.rtf/plan.docx", EvidenceKind.CONVERTED),
        ("a.rtf/notes.md", EvidenceKind.MARKDOWN),
    ]
    assert open_evidence(found[1], cache).source == "# 2"
    assert {own.path.parent for own in found} == {cache}


def test_a_lost_attachment_is_made_again(folder: Path, cache: Path, hostile: Callable[[str], None]) -> None:
    hostile("return Converted('x', attachments=(Attachment('notes.md', b'# 2'),))")
    file = evidence(folder / "a.rtf", rtf("x"))
    attached_files(file, cache)[0].path.unlink()
    assert convert(file, cache).attachments == (Attachment("notes.md", b"# 2"),)


def test_a_conversion_can_be_stopped(folder: Path, cache: Path, hostile: Callable[[str], None]) -> None:
    hostile(f"import time; time.sleep({HANGS})")
    progress = Progress()
    Timer(0.3, progress.stop.set).start()
    with without_hanging(), pytest.raises(Unreadable, match="Stopped"):
        open_evidence(evidence(folder / "a.rtf", rtf("x")), cache, progress)


def test_a_file_that_changes_while_it_is_read_is_refused(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = evidence(folder / "a.rtf", rtf("before"))
    find = ConversionCache.find

    def changing(self: ConversionCache, digest: str, reader: str) -> object:
        file.path.write_bytes(rtf("after"))
        return find(self, digest, reader)

    monkeypatch.setattr(ConversionCache, "find", changing)
    assert "changed while it was read" in _refusal(file, cache)


@needs_links
def test_a_link_that_took_the_place_of_a_file_is_not_followed(folder: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    secret = evidence(tmp_path / "outside" / "secret.rtf", rtf("secret"))
    file = evidence(folder / "a.rtf", rtf("x"))
    file.path.unlink()
    file.path.symlink_to(secret.path)
    _refusal(file, cache)
    (listed,) = list_evidence(folder).files
    assert "points to another place" in _refusal(listed, cache)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes of this kind")
def test_a_pipe_is_not_waited_for(folder: Path, cache: Path) -> None:
    os.mkfifo(folder / "a.rtf")
    assert "pipe" in _refusal(EvidenceFile("a.rtf", folder / "a.rtf", 0, 0, EvidenceKind.CONVERTED), cache)


def test_a_file_that_is_too_large_is_refused(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "LARGEST_FILE", 10)
    assert "larger than" in _refusal(evidence(folder / "a.rtf", b"x" * 11), cache)


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such a name itself")
def test_a_name_cannot_speak_to_the_terminal(folder: Path, cache: Path) -> None:
    (folder / "a\n\x1b]0;x\x07.docx").write_bytes(b"")
    (file,) = list_evidence(folder).files
    what = _refusal(file, cache)
    assert what.startswith("a ␛]0;x␇.docx: ")


def test_a_cache_that_cannot_be_written_is_said(folder: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be", "utf-8")
    assert "cache folder cannot be used" in _refusal(evidence(folder / "a.rtf", rtf("x")), cache)


def test_damage_in_the_cache_is_mended(folder: Path, cache: Path) -> None:
    file = evidence(folder / "a.rtf", rtf("the text"))
    convert(file, cache)
    for kept in cache.iterdir():
        kept.write_bytes(b'0\n{"markdown": 7}\n')
    assert convert(file, cache).markdown == "the text\n"


def test_what_was_not_used_for_the_longest_time_leaves_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion_cache, "LARGEST", 700)
    conversions = ConversionCache(tmp_path)
    names = ["a" * 64, "b" * 64, "c" * 64]
    for age, digest in enumerate(names[:2]):
        conversions.keep(digest, "rtf", Converted("x" * 100))
        for kept in tmp_path.glob(f"{digest}*"):
            os.utime(kept, (age, age))
    assert conversions.find(names[0], "rtf") is not None
    conversions.keep(names[2], "rtf", Converted("x" * 100))
    assert [conversions.find(digest, "rtf") is not None for digest in names] == [True, False, True]


def test_a_full_cache_is_looked_through_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    scandir = os.scandir

    def looking(path: Path) -> object:
        looked.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", looking)
    monkeypatch.setattr(conversion_cache, "LARGEST", 5_000)
    conversions = ConversionCache(tmp_path)
    for number in range(60):
        conversions.keep(f"{number:064}", "rtf", Converted("x" * 100))
        assert sum((tmp_path / name).stat().st_size for name in os.listdir(tmp_path)) <= 5_000  # noqa: PTH208 - the other ways look, too
    assert 1 < len(looked) < 40
    looked.clear()
    monkeypatch.setattr(conversion_cache, "_LOOKED_EVERY", 0)
    conversions.keep("f" * 64, "rtf", Converted("x"))
    assert len(looked) == 1


def test_margins_survive_the_way(folder: Path, cache: Path) -> None:
    data = docx(paragraph("Text"), parts={"word/header1.xml": root("hdr", paragraph("Top"))})
    assert convert(evidence(folder / "a.docx", data), cache).markdown == "Top\n\nText"
