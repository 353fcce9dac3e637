"""Programs are found by the PATH, and never in a centre's folder or where somebody happens to stand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from markterm.evidence.conversion.on_path import programs_called

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a program is known by its ending there")


def _program(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "tesseract"
    program.touch(0o755)
    return program


def test_the_first_on_the_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _program(tmp_path / "a"), _program(tmp_path / "b")
    monkeypatch.setenv("PATH", os.pathsep.join((str(tmp_path / "none"), str(first.parent), str(second.parent))))
    assert [*programs_called("soffice", "tesseract")] == [first, second]


def test_nothing_that_lies_in_a_centre_is_run_however_the_path_leads_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = tmp_path / "centre" / "learners" / "L1" / "evidence"
    program = _program(evidence)
    (tmp_path / "centre" / "centre.toml").touch()
    (tmp_path / "folder").symlink_to(evidence)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tesseract").symlink_to(program)
    monkeypatch.chdir(evidence)
    for path in (str(evidence), str(tmp_path / "folder"), str(tmp_path / "bin"), ".", "", f"{os.pathsep}."):
        monkeypatch.setenv("PATH", path)
        assert [*programs_called("tesseract")] == []


def test_nothing_is_run_that_lies_where_somebody_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = _program(tmp_path / "downloads")
    monkeypatch.chdir(program.parent)
    monkeypatch.setenv("PATH", ".")
    assert [*programs_called("tesseract")] == []
    monkeypatch.setenv("PATH", str(program.parent))
    assert [*programs_called("tesseract")] == [program]
