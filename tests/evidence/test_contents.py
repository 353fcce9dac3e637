"""Files within files within files: named after what they lie in, with limits over the whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from markterm.evidence import contents
from markterm.evidence.contents import with_contents
from markterm.evidence.converted import Attachment, Converted
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.text.reading import open_evidence
from tests.evidence import made_more
from tests.evidence.made import evidence

Held = dict[str, Sequence[str]]


def _holding(monkeypatch: pytest.MonkeyPatch, held: Held) -> None:
    """Let each file hold the files of those names, without a conversion."""

    def held_by(file: EvidenceFile, *_: object) -> tuple[EvidenceFile, ...]:
        return tuple(
            EvidenceFile(f"{file.name}/{name}", file.path, 10, 0, file.kind, file.depth + 1)
            for name in held.get(file.name.rpartition("/")[2], ())
        )

    monkeypatch.setattr(contents, "held_by", held_by)


def test_a_mail_in_a_mail_and_a_zip_in_a_zip_are_followed_by_what_they_hold(tmp_path: Path) -> None:
    inner = made_more.zip_of([("Unit 501/deep.txt", b"the deepest words")])
    mail = made_more.eml("Forwarded", files=[("inner.zip", inner), ("plan.txt", b"plan")])
    file = evidence(tmp_path / "bundle.zip", made_more.zip_of([("sent/mail.eml", mail)]))
    found = {each.name: each for each in with_contents(file, tmp_path / "cache")}
    assert list(found) == [
        "bundle.zip",
        "bundle.zip/sent/mail.eml",
        "bundle.zip/sent/mail.eml/inner.zip",
        "bundle.zip/sent/mail.eml/inner.zip/Unit 501/deep.txt",
        "bundle.zip/sent/mail.eml/plan.txt",
    ]
    deepest = found["bundle.zip/sent/mail.eml/inner.zip/Unit 501/deep.txt"]
    assert open_evidence(deepest, tmp_path / "cache").source == "the deepest words"
    assert deepest.depth == 3


def test_what_lies_too_deep_is_said_in_one_line_and_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _holding(monkeypatch, {"a.zip": ["a.zip"]})
    *_, last = found = list(with_contents(evidence(tmp_path / "a.zip", b""), tmp_path))
    assert len(found) == contents.DEEPEST + 1
    assert last.cut == "It lies 8 files deep, and what it holds is not opened: 1 file."
    assert not any(file.cut for file in found[:-1])


def test_files_are_counted_over_the_whole_of_what_was_handed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST_FILES", 5)
    _holding(monkeypatch, {"a.zip": ["b.zip", "c.zip"], "b.zip": ["1", "2"], "c.zip": ["3", "4", "5"]})
    found = list(with_contents(evidence(tmp_path / "a.zip", b""), tmp_path))
    assert [file.name.rpartition("/")[2] for file in found] == ["a.zip", "b.zip", "1", "2", "c.zip", "3"]
    assert found[4].cut.startswith("2 files in it are not listed, and what comes after it is not opened: there are ")


def test_a_bomb_of_archives_in_archives_costs_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_FILES", 20)
    names = [f"{number}.zip" for number in range(9)]
    _holding(monkeypatch, dict.fromkeys(["a.zip", *names], names))
    found = list(with_contents(evidence(tmp_path / "a.zip", b""), tmp_path))
    assert len(found) == 21
    assert [file.name for file in found if file.cut] == ["a.zip/0.zip/0.zip"]


def test_bytes_are_counted_over_the_whole_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_BYTES", 35)
    _holding(monkeypatch, {"a.zip": ["b.zip", "c.zip"], "b.zip": ["1", "2"]})
    assert len(list(with_contents(evidence(tmp_path / "a.zip", b""), tmp_path))) == 4


def test_what_is_not_listed_is_a_note_of_the_file_that_holds_it(tmp_path: Path) -> None:
    file = evidence(tmp_path / "a.zip", made_more.zip_of([("a.txt", b"x")]))
    cut = EvidenceFile(file.name, file.path, file.size, 0, file.kind, cut="More lies in it.")
    assert open_evidence(cut, tmp_path / "cache").notes == ("More lies in it.",)
    assert cut == file


def test_an_archive_that_holds_itself_again_and_again_comes_to_an_end(tmp_path: Path) -> None:
    data = b"the innermost"
    for depth in range(50):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("inner.zip" if depth else "a.txt", data)
        data = packed.getvalue()
    found = list(with_contents(evidence(tmp_path / "a.zip", data), tmp_path / "cache"))
    assert len(found) == contents.DEEPEST + 1
    assert found[-1].cut


def test_a_picture_is_not_converted_to_know_that_it_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def attached(file: EvidenceFile, *_: object) -> tuple[EvidenceFile, ...]:
        asked.append(file.name)
        return ()

    monkeypatch.setattr(contents, "attached_files", attached)
    for name, data in {"a.png": made_more.png(4, 4), "b.jpg": b"PK\x03\x04", "c.txt": b"x", "d.eml": b"x"}.items():
        list(with_contents(evidence(tmp_path / name, data), tmp_path))
    assert asked == ["b.jpg", "d.eml"]


@pytest.mark.long
def test_ten_thousand_files_in_an_archive_are_cut_off_with_one_line(tmp_path: Path) -> None:
    from markterm.evidence.readers import archive

    path = tmp_path / "a.zip"
    path.write_bytes(made_more.zip_of((f"{number}.txt", b"x") for number in range(10_000)))
    read: Converted = archive.read(path)
    assert read.attachments[-1] == Attachment("999.txt", b"x")
    (note,) = read.notes
    assert note == (
        "9,000 files are left out: more than 1,000 files. "
        "They are 1000.txt, 1001.txt, 1002.txt, 1003.txt, 1004.txt and 8,995 more."
    )
