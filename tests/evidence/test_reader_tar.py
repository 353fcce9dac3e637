"""Tar archives, packed or not, single packed files, and archives that are named and not opened."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.evidence.converted import NotReadable
from markterm.evidence.readers import tar
from markterm.evidence.text.reading import open_evidence
from markterm.evidence.true_kind import true_suffix
from tests.evidence.made import evidence
from tests.evidence.made_more import tar_of


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_the_files_keep_their_folders_and_lead_nowhere_else(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(
        pack(tar_of({"Unit 501/Zoë.txt": b"x", "../../up.txt": b"y", "~$plan.docx": b"", "/abs.txt": b"z"}))
    )
    read = tar.read(path)
    assert [(file.name, file.content) for file in read.attachments] == [
        ("Unit 501/Zoë.txt", b"x"), ("up.txt", b"y"), ("abs.txt", b"z"),
    ]  # fmt: skip
    assert any("secret is left out: it is a link" in note for note in read.notes)
    assert any("~$plan.docx" in note for note in read.notes)


def test_a_single_packed_file_has_the_name_that_it_was_packed_under(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    with path.open("wb") as stream, gzip.GzipFile("diary.md", "wb", fileobj=stream) as packed:
        packed.write(b"# I made tea")
    assert [(file.name, file.content) for file in tar.read(path).attachments] == [("diary.md", b"# I made tea")]
    path.write_bytes(bz2.compress(b"I made tea"))
    assert [file.name for file in tar.read(path).attachments] == ["unpacked.txt"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_one_that_is_cut_short_says_so_wherever_it_was_cut(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    whole = pack(tar_of({f"{number}.txt": bytes(range(256)) * 20 for number in range(3)}))
    path = tmp_path / "a.tar"
    for place in range(20):
        path.write_bytes(whole[: len(whole) * place // 20 * 4 // 5])
        try:
            read = tar.read(path)
        except NotReadable:
            continue
        assert any("cut short" in note for note in read.notes), place


def test_what_unpacks_to_very_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar, "LARGEST", 100_000)
    path = tmp_path / "a.tgz"
    path.write_bytes(gzip.compress(tar_of({"a.txt": bytes(2_000_000)})))
    with pytest.raises(NotReadable, match="unpacks to more than"):
        tar.read(path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00xxxx", "a RAR archive"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", "a 7-Zip archive"),
        ("plan.zip", b"Rar!\x1a\x07\x00xxxx", "a RAR archive"),
    ],
)
def test_what_is_not_opened_is_named_with_what_to_ask_for(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=f"This is {said}, which MarkTerm does not open: ask for the files in it"):
        open_evidence(evidence(tmp_path / name, data), tmp_path / "cache")


def test_a_tar_archive_is_known_by_its_bytes(tmp_path: Path) -> None:
    assert true_suffix(evidence(tmp_path / "a.docx", tar_of({"a.txt": b"x"}))) == ".tar"
    assert true_suffix(evidence(tmp_path / "a.tgz", gzip.compress(tar_of({"a.txt": b"x"})))) == ".tgz"
    assert true_suffix(evidence(tmp_path / "a.zip", gzip.compress(b"x"))) == ".gz"
