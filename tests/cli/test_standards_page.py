"""What the page about standards tells a newcomer to type works in the demo, in that order."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

PAGE = Path(__file__).parents[2] / "docs" / "standards.md"


@pytest.mark.long
def test_each_line_of_the_page_works_in_the_demo_and_the_gap_gets_smaller(
    alone: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask("demo", "--no-open").code == 0
    monkeypatch.chdir(alone / "markterm-demo")
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("markterm ")]
    assert len(lines) > 12
    told: dict[str, list[str]] = {}
    for line in lines:
        answer = ask(*shlex.split(line)[1:])
        assert answer.code == 0, (line, answer.err)
        told.setdefault(line, []).append(answer.out)
    before, after = told["markterm gap BRA0952 MENTOR"]
    assert "MTC02 (1.0) K4" in before.partition("In no CPD plan")[2]
    assert "MTC02 (1.0) K4" not in after.partition("In no CPD plan")[2]
