"""Files made to do harm: each ends in one clear line or in its own words, and touches nothing but the cache."""

from __future__ import annotations

import io
import os
import socket
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion import children, conversion
from markterm.evidence.conversion.child import answer
from markterm.evidence.conversion.conversion import attached_files, convert
from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.conversion.zip_check import MOST_ENTRIES as MOST_PARTS
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.folder import MOST_ENTRIES, list_evidence
from markterm.evidence.readers import READERS, archive
from markterm.evidence.text.reading import open_evidence
from tests.at_length import at_length
from tests.evidence import made, made_book, made_mail, made_more, made_word
from tests.evidence.made import BILLION_LAUGHS, docx, docx_bomb, evidence, odt, paragraph, rtf, zipped
from tests.pace import steps

_bomb = lru_cache(docx_bomb)


def _slides(presentation: Any) -> None:
    presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "Tools"


def _changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with other words in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    return zipped({**parts, part: parts[part].replace(old, new, 1)})


WHOLE = {
    ".docx": docx(paragraph("Title", "Heading1") + paragraph("Text")),
    ".xml": made_word.flat(made_word.word(made_word.said("Text"))).encode(),
    ".odt": odt("<text:p>Text</text:p>"),
    ".rtf": rtf("Text\\par more {\\b bold}"),
    ".html": b"<html><body><h1>Title</h1><table><tr><td>a</td></tr></table><p>Text</p></body></html>",
    ".pdf": made_more.pdf([["# Diary", "wall"], []], fields={"Name": "Zoe"}),
    ".pptx": made_more.pptx(_slides),
    ".xlsx": made_more.xlsx(lambda workbook: workbook.active.append(["Date", 7.5])),
    ".csv": b'a,b\n"c ""d""",e\n',
    ".eml": made_more.eml("Plain", "<p>Rich</p>", [("x.docx", bytes(range(256)))]),
    ".epub": made_book.epub({"1.xhtml": "<h1>One</h1><p>Text</p>"}),
    ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Zoe>I made tea\n",
    ".mbox": made_mail.mbox([made_more.eml("Plain", files=[("x.txt", b"x" * 99)])] * 2),
    ".mht": made_mail.MHT,
    ".dat": made_mail.tnef("Text", {"plan.txt": b"plan"}),
    ".msg": made_mail.compound(
        made_mail.msg_tree({0x0037: "Witness", 0x1000: "Text"}, [made_mail.attachment("plan.txt", b"plan")])
    ),
    ".zip": made_more.zip_of([("plan.txt", b"plan" * 20), ("b/plan.txt", b"other")]),
    ".tar": made_more.tar_of({"plan.txt": b"plan" * 20, "b/plan.txt": b"other"}),
    ".png": made_more.png(40, 30),
    ".jpg": made_more.jpeg(40, 30),
    ".gif": made_more.gif(40, 30),
    ".webp": made_more.webp(40, 30),
    ".bmp": made_more.bmp(40, 30),
    ".tiff": made_more.tiff(40, 30),
    ".heic": made_more.heic(40, 30),
    ".pages": zipped({"preview.jpg": made_more.jpeg(40, 30), "Index/Document.iwa": "?"}),
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text>Plan</text></svg>',
    ".wav": made_more.wav(0.1),
    ".mp3": made_more.mp3("Discussion"),
}


def _answer(path: Path, data: bytes) -> Converted | str:
    """What the child process would say of a file with that content."""
    path.write_bytes(data)
    try:
        return from_bytes(answer(path, READERS[path.suffix]))
    except NotReadable as refusal:
        return str(refusal)


def test_a_file_of_every_reader_is_cut_short_below() -> None:
    assert {READERS[suffix] for suffix in WHOLE} == set(READERS.values())


@pytest.mark.parametrize("suffix", WHOLE)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_file_that_is_cut_short_anywhere_is_read_or_refused_in_one_line(tmp_path: Path, suffix: str) -> None:
    data = WHOLE[suffix]
    path = tmp_path / f"cut{suffix}"
    assert isinstance(_answer(path, data), Converted)
    for part in range(12):
        said = _answer(path, data[: len(data) * part // 12])
        assert isinstance(said, Converted) or (said.endswith(".") and "\n" not in said)
    assert isinstance(_answer(path, b""), str) or suffix in (".csv", ".html")


_SECRET = "the secret words"
_LISTENING = """
import os, sys
from markterm.evidence.conversion import process
mine, copy = {mine!r}, sys.argv[1]
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "urllib.")):
        os._exit(77)
    if event == "open" and str(arguments[0]).startswith(mine) and str(arguments[0]) != copy:
        os._exit(78)
sys.addaudithook(watch)
{more}
process.main()
"""


@pytest.fixture
def address() -> Iterator[str]:
    """Where nobody may knock."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/owned"
        with pytest.raises(BlockingIOError):
            server.accept()


def _prolog(target: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE x SYSTEM "{target}" [<!ENTITY e SYSTEM "{target}">]>'


def _linked_docx(target: str) -> bytes:
    picture = (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="a child"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:link="out" r:embed="out"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    link = '<w:p><w:hyperlink r:id="out"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>'
    return docx(paragraph("Text") + picture + link, relations={"out": target})


def _linked_odt(target: str) -> bytes:
    return odt(
        f'<text:p>Text <draw:frame><draw:image xlink:href="{target}"/></draw:frame>'
        f'<text:a xlink:href="{target}">link</text:a></text:p>'
        f'<text:section><text:section-source xlink:href="{target}"/></text:section>'
    )


def _linked_html(target: str) -> bytes:
    return (
        f'<html><head><base href="{target}"><link rel="stylesheet" href="{target}"><style>@import "{target}";</style>'
        f'<meta http-equiv="refresh" content="0;url={target}"><script src="{target}"></script></head><body>Text'
        f'<img src="{target}" srcset="{target} 2x"><iframe src="{target}"></iframe><object data="{target}"></object>'
        f'<a href="{target}" ping="{target}">link</a><video src="{target}" autoplay></video></body></html>'
    ).encode()


def _linked_xlsx(target: str) -> bytes:
    def fill(workbook: Workbook) -> None:
        workbook.active.append(["Text", f'=WEBSERVICE("{target}")', f"='{target}'!A1"])
        workbook.active["A1"].hyperlink = target

    return made_more.xlsx(fill)


def _linked_pptx(target: str) -> bytes:
    def fill(presentation: Any) -> None:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Text"
        slide.shapes.title.text_frame.paragraphs[0].runs[0].hyperlink.address = target
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        slide.part.relate_to(target, kind, is_external=True)

    return made_more.pptx(fill)


def _linked_eml(target: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Zoe <zoe@example.org>", "Text"
    message.set_content(f'<p>Text</p><img src="{target}">', subtype="html")
    message.add_attachment(b"x", maintype="message", subtype="external-body", params={"url": target})
    return message.as_bytes()


def _linked_pdf(target: str) -> bytes:
    action = f"<</S/URI/URI({target})>>"
    begun = f"/OpenAction<</S/Launch/F({target})/Next{action}>>/AA<</O{action}>>".encode()
    # It moves what follows: the reader finds the parts of such a file by looking through it.
    return made_more.pdf([["Text"]]).replace(b"<</Type/Catalog", b"<</Type/Catalog" + begun)


LINKED: dict[str, Callable[[str], bytes]] = {
    "link.docx": _linked_docx,
    "link.odt": _linked_odt,
    "link.html": _linked_html,
    "link.xlsx": _linked_xlsx,
    "link.pptx": _linked_pptx,
    "link.eml": _linked_eml,
    "link.pdf": _linked_pdf,
    "link.rtf": lambda target: rtf(f'Text {{\\field{{\\*\\fldinst INCLUDEPICTURE "{target}"}}{{\\fldrslt x}}}}'),
    "link.csv": lambda target: f'Text,"=WEBSERVICE(""{target}"")"\n'.encode(),
}
ENTITIES: dict[str, Callable[[str], bytes]] = {
    "entity.docx": lambda target: made.docx_with_prolog(_prolog(target), "&e;"),
    "entity.odt": lambda target: odt("<text:p>&e;</text:p>", prolog=_prolog(target)),
    "entity.xlsx": lambda target: _with_entity(WHOLE[".xlsx"], "xl/worksheets/sheet1.xml", b"<worksheet", target),
    "strings.xlsx": lambda target: _with_entity(WHOLE[".xlsx"], "xl/workbook.xml", b"<workbook", target),
    "entity.pptx": lambda target: _with_entity(WHOLE[".pptx"], "ppt/slides/slide1.xml", b"<p:sld ", target),
}


def _with_entity(data: bytes, part: str, before: bytes, target: str) -> bytes:
    prolog = _prolog(target).partition("?>")[2].encode()
    named = _changed(data, part, before, prolog + before)
    return (
        _changed(named, part, b">", b"><!-- -->&e;") if "slide" not in part else _changed(named, part, b"Tools", b"&e;")
    )


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child process that ends at once when it opens another file of the test's, a socket or a process."""
    monkeypatch.setattr(conversion, "COMMAND", _watching(tmp_path))
    monkeypatch.setattr(children, "FORKS", False)  # A server would end at its first fork, and each be started anyway.


def _watching(folder: Path, more: str = "") -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", _LISTENING.format(mine=str(folder), more=more))


@pytest.mark.parametrize(
    "act", ["open({path!r})", "import socket; socket.socket()", "import subprocess; subprocess.run(['true'])"]
)
def test_the_watch_sees_what_it_is_there_for(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    file = evidence(folder / "a.rtf", rtf("x"))
    monkeypatch.setattr(conversion, "COMMAND", _watching(tmp_path, act.format(path=str(file.path))))
    monkeypatch.setattr(children, "FORKS", False)
    with pytest.raises(Unreadable, match="broke off"):
        convert(file, cache)


def _secret_outside(folder: Path) -> str:
    """The address of a file that lies outside the learner's folder."""
    secret = folder / "outside" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text(_SECRET, "utf-8")
    return secret.as_uri()


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("where", at_length(["file", "network"]))
@pytest.mark.parametrize("name", LINKED)
def test_what_a_file_links_to_is_shown_and_never_opened(
    folder: Path, cache: Path, tmp_path: Path, address: str, name: str, where: str
) -> None:
    target = _secret_outside(tmp_path) if where == "file" else address
    said = convert(evidence(folder / name, LINKED[name](target)), cache).markdown
    assert "Text" in said
    assert _SECRET not in said


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("where", at_length(["file", "network"]))
@pytest.mark.parametrize("name", ENTITIES)
def test_an_external_entity_is_never_fetched(
    folder: Path, cache: Path, tmp_path: Path, address: str, name: str, where: str
) -> None:
    target = _secret_outside(tmp_path) if where == "file" else address
    file = evidence(folder / name, ENTITIES[name](target))
    try:
        said = convert(file, cache).markdown
    except Unreadable as refusal:
        said = refusal.what
        assert "broke off" not in said
    assert _SECRET not in said


@pytest.mark.parametrize("name", ["laughs.xlsx", "laughs.pptx"])
def test_a_billion_laughs_in_a_workbook_or_slide_cost_nothing(folder: Path, cache: Path, name: str) -> None:
    prolog = BILLION_LAUGHS.partition("?>")[2].encode()
    if name.endswith("xlsx"):
        data = _changed(WHOLE[".xlsx"], "xl/worksheets/sheet1.xml", b"<worksheet", prolog + b"<worksheet")
        data = _changed(data, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>&j;")
    else:
        data = _changed(WHOLE[".pptx"], "ppt/slides/slide1.xml", b"<p:sld ", prolog + b"<p:sld ")
        data = _changed(data, "ppt/slides/slide1.xml", b"Tools", b"&j;")
    with pytest.raises(Unreadable) as refusal:
        convert(evidence(folder / name, data), cache)
    assert "entities" in refusal.value.what or "damaged" in refusal.value.what


@pytest.mark.parametrize("suffix", at_length([".xlsx", ".pptx", ".odt"]))
def test_every_kind_of_package_that_unpacks_to_600_megabytes_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    def unpack(_archive: zipfile.ZipFile, name: str, *_more: object) -> None:
        raise AssertionError(f"{name} is unpacked")

    data = _bomb(600_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    said = _answer(tmp_path / f"bomb{suffix}", data)
    assert isinstance(said, str)
    assert "100 MB" in said


def test_an_archive_that_unpacks_to_600_megabytes_keeps_none_of_them(folder: Path, cache: Path) -> None:
    file = evidence(folder / "bomb.zip", _bomb(600_000_000))
    assert any("left out" in note for note in convert(file, cache).notes)
    assert sum(kept.stat().st_size for kept in cache.iterdir()) < 10_000


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pptx", ".odt"])
def test_a_password_is_named_whatever_kind_it_protects(folder: Path, cache: Path, suffix: str) -> None:
    locked = bytearray(WHOLE[suffix])
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    for number, data in enumerate((made.OLE, bytes(locked))):
        with pytest.raises(Unreadable, match="password"):
            convert(evidence(folder / f"locked{number}{suffix}", data), cache)


def test_a_cell_in_the_last_corner_costs_no_memory(folder: Path, cache: Path) -> None:
    def far(workbook: Workbook) -> None:
        workbook.active["XFD1048576"] = "far"

    assert "far" in convert(evidence(folder / "far.xlsx", made_more.xlsx(far)), cache).markdown


def _zip_of_many(count: int) -> bytes:
    """An archive of that many empty files, written by hand: a library takes its time for so many."""
    local, listed = [], []
    place = 0
    for number in range(count):
        name = b"%06d" % number
        local.append(struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name)
        head = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, place)
        listed.append(head + name)
        place += len(local[-1])
    files, names = b"".join(local), b"".join(listed)
    shown = min(count, 0xFFFF)
    return files + names + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, shown, shown, len(names), len(files), 0)


def test_the_archive_of_many_is_one() -> None:
    with zipfile.ZipFile(io.BytesIO(_zip_of_many(3))) as made_by_hand:
        assert made_by_hand.namelist() == ["000000", "000001", "000002"]
        assert made_by_hand.testzip() is None


@pytest.mark.parametrize("name", ["many.zip", "many.docx", "many.xlsx"])
def test_a_hundred_thousand_entries_are_refused_at_once(folder: Path, cache: Path, name: str) -> None:
    file = evidence(folder / name, _zip_of_many(100_000))
    with pytest.raises(Unreadable, match=r"more than (5|20),000"):
        convert(file, cache)
    assert (archive.MOST_ENTRIES, MOST_PARTS) == (20_000, 5_000)


@pytest.mark.parametrize("name", ["/etc/owned", "../../owned", "C:\\owned", "..\\..\\owned", "a/../../owned"])
def test_attached_files_never_leave_the_cache(folder: Path, cache: Path, name: str) -> None:
    for file in (
        evidence(folder / "mail.eml", made_more.eml("Hi", files=[(name, b"owned")])),
        evidence(folder / "unit.zip", made_more.zip_of([(name, b"owned"), ("good.txt", b"good")])),
    ):
        for attached in attached_files(file, cache):
            assert attached.path.parent == cache
            assert ".." not in attached.name
            assert not Path(attached.name).is_absolute()


@pytest.mark.long
def test_five_thousand_files_are_listed_and_read(folder: Path, cache: Path) -> None:
    for number in range(MOST_ENTRIES):
        (folder / f"{number}.txt").write_bytes(b"(T-101: 1.1)")
    assert steps(lambda: list_evidence(folder)) < MOST_ENTRIES * 200
    listed = list_evidence(folder)
    assert [file.name for file in listed.files] == [f"{number}.txt" for number in range(MOST_ENTRIES)]
    assert not listed.truncated
    for file in listed.files[::50]:
        assert open_evidence(file, cache).source == "(T-101: 1.1)"
    (folder / "one more.txt").touch()
    assert list_evidence(folder).truncated


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names itself")
def test_a_name_of_newlines_and_escape_codes_is_one_clean_line_wherever_it_is_said(folder: Path, cache: Path) -> None:
    name = "\n\x1b]0;owned\x07\r\x9b\u202e\u200b"
    for suffix, data in {".docx": b"no", ".zip": WHOLE[".zip"], ".xyz": b""}.items():
        (folder / f"{name}{suffix}").write_bytes(data)
    said = []
    for file in list_evidence(folder).files:
        said.append(file.name)
        try:
            said += [attached.name for attached in attached_files(file, cache)]
        except Unreadable as refusal:
            said += [refusal.title, refusal.what, refusal.next_step]
    assert len(said) == 11
    assert all(line.isprintable() for line in said)
