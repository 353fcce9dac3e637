"""Where a store does not tell now what a learner handed in, no command says anything of what there is."""

from __future__ import annotations

import pytest

from markterm.centre.evidence import Evidence
from markterm.evidence.folder import EvidenceFolder
from tests.cli.conftest import Ask

pytestmark = pytest.mark.usefixtures("centre")


@pytest.fixture(autouse=True)
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is away, and nothing is known from before."""
    why = "the store does not answer"
    folder = EvidenceFolder(problems=(f"evidence cannot be listed: {why}.",), unreachable=why)
    monkeypatch.setattr(Evidence, "listed", lambda *_: folder)


@pytest.mark.parametrize(
    "words",
    [
        ("find", "AAA1", "tea"),
        ("find", "AAA1", "tea", "--json"),
        ("read", "AAA1", "diary.md"),
        ("references", "AAA1"),
        ("references", "AAA1", "--json"),
        ("differences", "AAA1", "T-101"),
        ("cite", "AAA1", "T-101", "1.1", "diary.md", "--lines", "1"),
    ],
    ids=" ".join,
)
def test_what_asks_for_files_says_that_they_cannot_be_listed_and_not_that_there_are_none(
    ask: Ask, words: tuple[str, ...]
) -> None:
    answer = ask(*words)
    assert "The evidence cannot be listed" in answer.err + answer.out
    assert "No file was handed in" not in answer.err + answer.out
    assert answer.code not in (0, 1)


def test_a_learner_is_shown_with_why_and_not_as_one_who_handed_in_nothing(ask: Ask) -> None:
    answer = ask("show", "AAA1")
    assert "Evidence: none yet" not in answer.out
    assert "evidence cannot be listed: the store does not answer." in answer.out
