"""What the page about work that comes in tells to type works: in the demo, and in a centre of one's own."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.whole_way import FIRST, register, submissions

PAGE = Path(__file__).parents[2] / "docs" / "incoming.md"
_OF_NO_DEMO = "shared/"
"""A download that everybody has elsewhere."""


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("markterm ", "cd "))]


@pytest.mark.long
def test_each_line_of_the_page_works_in_the_demo(alone: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("demo", "--no-open").code == 0
    monkeypatch.chdir(alone / "markterm-demo")
    lines = [
        line for line in _lines(PAGE.read_text("utf-8").partition("## The whole way")[0]) if _OF_NO_DEMO not in line
    ]
    assert len(lines) > 12
    for line in lines:
        answer = ask(*shlex.split(line)[1:])
        assert answer.code == (1 if "register.csv" in line else 0), (line, answer.err)


@pytest.mark.long
def test_a_centre_of_forty_goes_from_a_register_to_the_first_unit_with_both_cited(
    alone: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(alone / "register.csv")
    submissions(alone / "submissions.zip")
    (alone / "form.txt").write_text("Signed: Rosalind Jones", "utf-8")
    told: dict[str, str] = {}
    for line in _lines(PAGE.read_text("utf-8").partition("## The whole way")[2]):
        if line.startswith("cd "):
            monkeypatch.chdir(line.removeprefix("cd "))
            continue
        words = shlex.split(line)[1:]
        if "ID" in words:
            words[words.index("ID")] = told["observe"].split()[0]
        answer = ask(*words)
        assert answer.code == 0, (line, answer.err)
        told[words[0]] = answer.out + answer.err
        told[" ".join(words[:2])] = answer.out + answer.err
    assert "40 of 40 learners" in told["status"]
    assert told["status"].count("1 new file") == 40
    assert "40 wait for you, 40 with new files" in told["status"]
    assert "due 2030-01-31, 1 new file" in told["next"]
    assert "closed as pass, 12 of 12" in told["show"]
    assert "unit 501.md, line 5" in told["show"]
    assert "professional discussion.md, line 15" in told["show"]
    (row,) = ask("status", FIRST, "--json").json
    assert (row["new_files"], row["due_on"], row["step"]) == (0, None, "release")
