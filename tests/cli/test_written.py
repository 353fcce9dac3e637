"""Files that a command writes because it was told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize("command", ["sheet", "feedback"])
def test_markdown_is_not_written_to_a_file_that_is_called_like_a_pdf(ask: Ask, tmp_path: Path, command: str) -> None:
    refused = ask(command, "AAA1", "T-101", "-o", str(tmp_path / "jones.PDF"))
    assert refused.code == 2
    assert f"Name it jones.md, or write it with markterm export {command}." in refused.err
    assert not list(tmp_path.glob("jones*"))
    assert ask(command, "AAA1", "T-101", "-o", str(tmp_path / "jones.md")).code == 0
