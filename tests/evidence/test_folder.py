"""Listing a learner's evidence."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from markterm.evidence import folder as folder_module
from markterm.evidence.folder import EvidenceFolder, EvidenceKind, list_evidence, to_read_first


def _write(learner: Path, name: str, text: str = "text") -> Path:
    path = learner / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_folder_is_an_empty_one(tmp_path: Path) -> None:
    assert list_evidence(tmp_path / "evidence") == EvidenceFolder()


@pytest.mark.parametrize(
    ("names", "there_are"),
    [
        ((), False),
        (("essay.md",), True),
        (("plan.gdoc", "page.URL"), False),
        (("plan.gdoc", "week 2/deep/photo.xyz"), True),
        (("Thumbs.db", ".hidden/essay.md"), False),
    ],
)
def test_whether_there_are_documents_is_what_the_list_says(
    tmp_path: Path, names: tuple[str, ...], there_are: bool
) -> None:
    for name in names:
        _write(tmp_path, name)
    assert bool(list_evidence(tmp_path / "evidence").documents) is there_are


def test_files_are_sorted_with_numbers_as_numbers(tmp_path: Path) -> None:
    for name in ("diary 10.md", "diary 2.md", "Diary 1.md", "b/2.txt", "a/10.txt", "a/9.txt", "²x.md"):
        _write(tmp_path, name)
    names = [file.name for file in list_evidence(tmp_path / "evidence").files]
    assert names == ["a/9.txt", "a/10.txt", "b/2.txt", "Diary 1.md", "diary 2.md", "diary 10.md", "²x.md"]


def test_kind_and_size_are_told(tmp_path: Path) -> None:
    for name in ("a.MD", "b.markdown", "c.txt", "d.jpg", "e.eml", "f.xyz"):
        _write(tmp_path, name, "12345")
    files = list_evidence(tmp_path / "evidence").files
    assert [file.kind.value for file in files] == ["markdown", "markdown", "text", "converted", "converted", "other"]
    assert {file.size for file in files} == {5}


def test_hidden_files_and_clutter_are_left_out(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", ".git/config", "kept.md"):
        _write(tmp_path, name)
    listed = list_evidence(tmp_path / "evidence")
    assert [file.name for file in listed.files] == ["kept.md"]
    assert listed.left_out == (".DS_Store", ".git", "Thumbs.db")
    assert listed.left_out_words == "left out: 3 files that programs leave behind: .DS_Store, .git, Thumbs.db"


def test_what_lies_in_a_cloud_only_is_a_problem(tmp_path: Path) -> None:
    _write(tmp_path, "Unit 501/.plan.docx.icloud")
    listed = list_evidence(tmp_path / "evidence")
    assert listed.left_out == ()
    assert listed.problems == (
        "Unit 501/plan.docx lies in iCloud and not on this machine: have it downloaded, and look again.",
    )


def test_a_name_is_the_same_name_however_its_accents_are_written(tmp_path: Path) -> None:
    _write(tmp_path, unicodedata.normalize("NFD", "Zoë/café.md"))
    assert [file.name for file in list_evidence(tmp_path / "evidence").files] == ["Zoë/café.md"]


@pytest.mark.skipif(sys.platform == "darwin", reason="the system takes them for one")
def test_two_files_whose_names_differ_by_that_alone_are_listed_and_told_apart(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        _write(tmp_path, unicodedata.normalize(form, "é.md"), form)
    found = {file.name: file.path.read_text("utf-8") for file in list_evidence(tmp_path / "evidence").files}
    assert found == {"é.md": "NFC", "é (2).md": "NFD"}


def test_a_file_that_only_leads_to_a_document_is_none(tmp_path: Path) -> None:
    for name in ("plan.gdoc", "page.URL", "essay.md"):
        _write(tmp_path, name)
    listed = list_evidence(tmp_path / "evidence")
    assert [file.kind_words for file in listed.files] == ["Markdown", "a link, no document", "a link, no document"]
    assert [file.name for file in listed.documents] == ["essay.md"]


def test_a_link_is_listed_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret", encoding="utf-8")
    learner = tmp_path / "learner"
    _write(learner, "own.md")
    (learner / "evidence" / "folder").symlink_to(outside)
    (learner / "evidence" / "file.md").symlink_to(outside / "secret.md")
    files = {file.name: file.kind for file in list_evidence(learner / "evidence").files}
    assert files == {"own.md": EvidenceKind.MARKDOWN, "folder": EvidenceKind.LINK, "file.md": EvidenceKind.LINK}


def test_an_evidence_folder_that_is_a_link_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "evidence").symlink_to(tmp_path / "other")
    listed = list_evidence(tmp_path / "evidence")
    assert listed.files == ()
    assert "not followed" in listed.problems[0]


def test_a_folder_that_cannot_be_listed_is_a_problem_and_the_rest_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "kept.md")
    _write(tmp_path, "closed/hidden.md")
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    listed = list_evidence(tmp_path / "evidence")
    assert [file.name for file in listed.files] == ["kept.md"]
    assert listed.problems == ("closed cannot be listed: Permission denied.",)


def test_an_evidence_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("not a folder", encoding="utf-8")
    assert len(list_evidence(tmp_path / "evidence").problems) == 1


def test_a_long_list_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MOST_ENTRIES", 3)
    for number in range(3):
        _write(tmp_path, f"{number}.md")
    assert not list_evidence(tmp_path / "evidence").truncated
    _write(tmp_path, "3.md")
    listed = list_evidence(tmp_path / "evidence")
    assert listed.truncated
    assert len(listed.files) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such a name itself")
def test_a_name_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    _write(tmp_path, "a\x1b]0;title\x07\nb.md")
    assert list_evidence(tmp_path / "evidence").files[0].name == "a␛]0;title␇ b.md"


def test_documents_are_read_before_pictures_recordings_and_archives(tmp_path: Path) -> None:
    for name in ("1 wall.png", "2 talk.mp3", "3 all.zip", "4 game.xyz", "5 plan.docx", "6 log.md"):
        (tmp_path / name).write_bytes(b"x")
    first = [file.name for file in to_read_first(list_evidence(tmp_path).files)]
    assert first == ["5 plan.docx", "6 log.md", "1 wall.png", "2 talk.mp3", "3 all.zip"]
