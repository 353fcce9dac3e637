"""A file that looks like another learner's is told wherever the learner is opened, and nobody else is named."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Ask


def test_show_and_evidence_tell_of_it_alike(ask: Ask, centre: Path) -> None:
    for learner in ("AAA1", "BBB2"):
        (centre / "learners" / learner / "evidence" / "Nneka Okafor plan.md").write_text("plan", "utf-8")
    told = "the same bytes as a file of another learner, the name of another learner in its name"
    assert told in ask("show", "AAA1").out
    assert told in ask("evidence", "AAA1").out
    for command in ("show", "evidence"):
        answer = ask(command, "AAA1", "--json").json
        files = answer["evidence"] if command == "show" else answer
        assert {each["of_another"] for each in files if each["name"].startswith("Nneka")} == {told}
    assert "BBB2" not in ask("evidence", "AAA1").out
    assert "the name of another learner" not in ask("show", "BBB2").out
