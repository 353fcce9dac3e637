"""What the page about a centre's month tells a newcomer to type works in the demo, in that order."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

PAGE = Path(__file__).parents[2] / "docs" / "centre.md"


@pytest.mark.long
def test_each_line_of_the_page_works_in_the_demo(alone: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("demo", "--no-open").code == 0
    monkeypatch.chdir(alone / "markterm-demo")
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("markterm ")]
    assert len(lines) > 12
    for line in lines:
        answer = ask(*shlex.split(line)[1:])
        assert answer.code == 0, (line, answer.err)
