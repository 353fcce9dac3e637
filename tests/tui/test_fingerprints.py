"""What is said of files that changed since they were submitted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from markterm.domain.record.submission import Changes
from markterm.tui.evidence.fingerprints import Fingerprints


def test_what_changed_is_said_once_and_does_not_hide_what_each_act_comes_to() -> None:
    said: list[str] = []
    screen = SimpleNamespace(notify=lambda words, **_: said.append(words))
    desk = SimpleNamespace(shown=SimpleNamespace(portfolio=SimpleNamespace(units={})))
    files = Fingerprints(cast(Any, screen), cast(Any, desk), lambda _: None)
    for changes in (Changes(added=("late.md",)), Changes(added=("late.md",)), Changes(removed=("plan.md",))):
        files._tell({"T-101": changes})
    assert [words.partition(". ")[0] for words in said] == [
        "Evidence since T-101 was submitted: 1 added",
        "Evidence since T-101 was submitted: 1 removed",
    ]
