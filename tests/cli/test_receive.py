"""`markterm receive`: a download is shown, and what a person decides is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask


@pytest.fixture
def shared(centre: Path) -> Path:
    """A folder beside the centre's, with what came in."""
    folder = centre.parent / "shared"
    folder.mkdir()
    (folder / "AAA1 plan.md").write_text("plan", "utf-8")
    (folder / "okafor log.md").write_text("log", "utf-8")
    (folder / "scan.md").write_text("scan", "utf-8")
    (folder / "half.pdf.part").write_text("x", "utf-8")
    return folder


def test_a_preview_says_whose_each_file_is_and_writes_nothing(ask: Ask, centre: Path, shared: Path) -> None:
    answer = ask("receive", str(shared))
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("sure    AAA1        AAA1 plan.md: by the registration")
    assert lines[1].startswith("left    -           half.pdf.part: a download that did not end")
    assert lines[2].startswith("likely  BBB2        okafor log.md: by the family name alone")
    assert lines[3].startswith("nobody  -           scan.md")
    assert lines[4] == "4 files: 1 sure, 1 likely, 1 nobody's, 1 left."
    assert not (centre / "learners/AAA1/evidence/AAA1 plan.md").exists()


def test_what_is_sure_and_what_was_said_is_taken_and_the_log_tells_of_it(ask: Ask, centre: Path, shared: Path) -> None:
    answer = ask("receive", str(shared), "--take", "sure", "--to", "CCC3", "*scan.md", "--as", "asha")
    assert (answer.code, answer.err) == (0, "")
    assert (centre / "learners/CCC3/evidence/scan.md").read_text("utf-8") == "scan"
    assert "received 1 file out of shared: scan.md" in ask("log", "CCC3").out
    assert not (centre / "learners/BBB2/evidence/okafor log.md").exists()
    assert ask("audit").code == 0


def test_programs_read_the_same(ask: Ask, shared: Path) -> None:
    files = ask("receive", str(shared), "--take", "likely", "--as", "asha", "--json").json["files"]
    assert [(each["sure"], each["learner"], each["kept_as"]) for each in files if not each["left"]] == [
        ("sure", "AAA1", "AAA1 plan.md"),
        ("likely", "BBB2", "okafor log.md"),
        ("nobody", None, None),
    ]


def test_a_file_that_is_not_in_the_download_is_told_and_nothing_is_taken(ask: Ask, centre: Path, shared: Path) -> None:
    answer = ask("receive", str(shared), "--take", "sure", "--to", "CCC3", "other.md", "--as", "asha")
    assert answer.code == 2
    assert "the name of none of the 4 files" in answer.err
    assert not (centre / "learners/AAA1/evidence/AAA1 plan.md").exists()


def test_what_a_file_is_called_is_cleaned_for_programs_as_for_people(ask: Ask, shared: Path) -> None:
    (shared / "AAA1 x\u202efdp.md").write_text("x", "utf-8")
    (shared / "BBB2 y\x1b[2J.md").write_text("y", "utf-8")
    files = ask("receive", str(shared), "--take", "sure", "--as", "asha", "--json").json["files"]
    assert not any(sign in str(each) for each in files for sign in ("\u202e", "\x1b", "\\u202e", "\\x1b"))
    assert [each["learner"] for each in files if each["kept_as"]] == ["AAA1", "AAA1", "BBB2"]
