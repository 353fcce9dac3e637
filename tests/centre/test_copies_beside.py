"""What a sync client leaves beside the files that a centre edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.copies_beside import COPY_BESIDE, copies_beside
from markterm.domain.words.finding import Severity

LEFT = [
    "learner (Asha's conflicted copy 2026-11-30).md",
    "learner (1).md",
    "learner-DESKTOP-7.md",
    "learner.sync-conflict-20261130-024100-ABC.md",
    "Learner 2.md",
]


@pytest.mark.parametrize("name", LEFT)
def test_what_somebody_else_changed_and_a_sync_client_put_beside_the_file_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "learner.md").write_text("ours")
    (tmp_path / name).write_text("theirs")
    (found,) = copies_beside(tmp_path / "learner.md")
    assert (found.code, found.severity, found.file) == (COPY_BESIDE, Severity.WARNING, tmp_path / name)


def test_a_copy_with_the_same_in_it_may_be_deleted_and_other_files_are_nobodys_copy(tmp_path: Path) -> None:
    for name in ("learner.md", "learner (1).md", "learners.md", "about the learner.md", "learner (2).txt"):
        (tmp_path / name).write_text("ours")
    (tmp_path / "learner (3).md").mkdir()
    (found,) = copies_beside(tmp_path / "learner.md")
    assert (found.severity, found.file) == (Severity.INFORMATION, tmp_path / "learner (1).md")
    assert list(copies_beside(tmp_path / "gone" / "learner.md")) == []
