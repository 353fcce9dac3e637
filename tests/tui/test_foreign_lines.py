"""Lines with true hashes that another program wrote, at the screen: shown as what they are, and no key stops at one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from markterm.domain.record.event import Json
from markterm.records.folder.line import NO_LINE, encode
from tests.at_length import at_length
from tests.tui.sitting import sitting

NAME = "zed.0123abcd"
_LOOKING = (
    "l",
    "escape",
    "m",
    "escape",
    "j",
    "l",
    "escape",
    "f",
    "escape",
    "h",
    "escape",
    "d",
    "escape",
    "E",
    "escape",
)


def write_foreign(folder: Path, *events: Mapping[str, Json]) -> None:
    """A segment of AAA1 with these lines."""
    digest, line = encode({"format": 1, "record": "AAA1", "segment": NAME, "prev": NO_LINE})
    lines = [line]
    for number, event in enumerate(events):
        whole: dict[str, Json] = {
            "uid": f"foreign{number}",
            "kind": "decided",
            "learner": "AAA1",
            "at": "2025-03-04T09:30:00+00:00",
            "actor": "zed",
            "role": "assessor",
            "unit": "T-101",
            "version": "2026-01",
            "criterion": "1.1",
            "lc": number + 1,
            "prev": digest,
            **event,
        }
        digest, line = encode(whole)
        lines.append(line)
    place = folder / "centre" / "records" / "AAA1"
    place.mkdir(parents=True)
    (place / f"{NAME}.log").write_bytes(b"".join(lines))


@pytest.mark.parametrize(
    "body",
    at_length(
        [{"result": "pass", "attempt": 10**30, "note": [1]}, {}, {"result": ["pass"]}, {"result": "distinction"}]
    ),
    ids=["a far attempt", "without a result", "a list", "a newer result"],
)
async def test_no_key_stops_at_a_decision_that_is_none(tmp_path: Path, body: dict[str, Json]) -> None:
    async with sitting(tmp_path) as at:
        await at.press("q")
    write_foreign(tmp_path, {"body": body}, {"kind": "closed", "body": body}, {"kind": "moderated", "body": body})
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press(*_LOOKING)
        await at.press("home", "space", "p")
        own = [event for event in at.events() if event.actor == "asha" and event.kind == "decided"]
        assert [(event.subject.criterion, event.body["result"]) for event in own] == [("1.2", "pass")]


@pytest.mark.long
async def test_the_history_shows_what_is_not_understood_as_it_stands(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("q")
    write_foreign(tmp_path, {"body": {"note": "no result"}})
    async with sitting(tmp_path, learner="AAA1") as at:
        assert "record incomplete" in at.lines[0]
        assert "newer version" not in at.lines[0]
        await at.press("l")
        assert "Not understood, and not counted" in at.text
        assert '{"note": "no result"}' in at.text
