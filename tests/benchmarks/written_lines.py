"""Records as the program would have written them, line by line: thousands are there in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markterm.domain.record.event import Event
from markterm.records.codec import to_json
from markterm.records.folder.line import NO_LINE, encode


def write_record(centre: Path, learner: str, events: Iterable[Event], writer: str = "a") -> None:
    """Write the record of that learner, who has none yet: one segment of that writer with these events."""
    segment = f"{writer}.00000001"
    digest, line = encode({"format": 2, "record": learner, "segment": segment, "prev": NO_LINE})
    lines = [line]
    for count, event in enumerate(events, 1):
        digest, line = encode({**to_json(event), "prev": digest, "lc": count})
        lines.append(line)
    place = centre / "records" / learner
    place.mkdir(parents=True)
    (place / f"{segment}.log").write_bytes(b"".join(lines))
