"""What would be written is found out until somebody stops it, and how far it is can be told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from markterm.centre.export.shown import Looking
from markterm.exports.writing import ExportStopped


def test_it_ends_with_the_learner_at_whom_somebody_stops_it() -> None:
    looking, looked_at = Looking(), list[str]()

    def each() -> Iterator[None]:
        for learner in ("A1", "B2", "C3"):
            looked_at.append(learner)
            if learner == "B2":
                looking.stop.set()
            yield

    with pytest.raises(ExportStopped):
        looking.go_through(each())
    assert looked_at == ["A1", "B2"]
    assert looking.done == 2
