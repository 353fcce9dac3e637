"""What programs leave behind in a folder, and what only looks like that."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.left_behind import is_left_behind, left_out_words, lies_left_behind
from markterm.evidence.readers import archive
from tests.evidence.made_more import zip_of


@pytest.mark.parametrize(
    "name",
    [
        "~$plan.docx", "~$an 1.xlsx", ".~lock.plan.odt#", "~WRL0003.tmp", "~WRD0001.TMP", "film.mp4.crdownload",
        "film.mp4.part", "essay.pdf.partial", "essay.pdf.download", "__MACOSX", ".DS_Store", "._plan.docx",
        "Thumbs.db", "thumbs.db", "desktop.ini", "A1B2C3D4.tmp", "ppt4F2A.tmp", ".~tmp~", "~plan.docx.gstmp",
        ".syncthing.plan.docx.tmp", "~syncthing~plan.docx.tmp", "Backup of plan.wbk", "plan.txt~", "#plan.txt#",
        "$RECYCLE.BIN", "Icon\r", "plan.docx.sb-1a2b3c4d-Xy12Zw", "AutoRecovery save of plan.asd", "@eaDir",
    ],
)  # fmt: skip
def test_what_a_program_leaves_behind_is_no_evidence(name: str) -> None:
    assert is_left_behind(name)


@pytest.mark.parametrize(
    "name",
    [
        "Report~1.docx", "partial plan.docx", "part.docx", "Backup of plan.docx", "download.pdf", "tmp.docx",
        "~plan.docx", "icon.png", "Icon",
        "lock.docx", "plan.bak", "crdownload", "Part 1", "$5 notes.txt", "temp", "Thumbs.db.docx",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_evidence(name: str) -> None:
    assert not is_left_behind(name)


def test_a_path_leads_to_it_whichever_system_wrote_it() -> None:
    assert lies_left_behind("__MACOSX/Unit 501/plan.docx")
    assert lies_left_behind("Unit 501\\~$plan.docx")
    assert not lies_left_behind("./Unit 501/../plan.docx")


def test_many_are_counted_and_some_are_named() -> None:
    assert left_out_words([]) == ""
    assert left_out_words(["~$a"]) == "left out: 1 file that a program left behind: ~$a"
    assert left_out_words([f"~${n}" for n in range(9)]).endswith("~$4, ~$5, and 3 more")


def test_in_an_archive_it_is_left_out_and_named_too(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of([("plan.txt", b"x"), ("__MACOSX/._Plan.txt", b"x"), ("~$plan.docx", b"x")]))
    read = archive.read(path)
    assert [file.name for file in read.attachments] == ["plan.txt"]
    assert "MACOSX" not in read.markdown
    assert read.notes == (
        "It holds what is no evidence, left out: 2 files that programs leave behind: __MACOSX/._Plan.txt, ~$plan.docx.",
    )
