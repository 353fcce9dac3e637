"""A demo centre in which every text that somebody could have written holds what a terminal obeys or an eye overlooks.

    folder = poisoned_demo(tmp_path, now)

The record's chain is whole: whoever may write in the folder can make such a line.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

from markterm.centre.centre import Centre
from markterm.demo.centre import make_demo
from markterm.own.places import Places
from markterm.records.folder.line import NO_LINE
from tests.centres import places_in

REFERRED = "NOW1870"
POISON = "\x1b]0;owned\x07\x9b31m\u202e\u200b\ufeff\u2028\x7f\x1b[2J"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What must not reach a person: neither shown nor printed, nor as a text in JSON."""

_HEADINGS = (
    *("Rules", "Progression", "Tutor", "Assessor and verifier", "Standards"),
    *("Duties", "Performance criteria", "Knowledge", "Skills", "Behaviours"),
)
_FREE = re.compile(rf"(?!## ({'|'.join(_HEADINGS)})$)(#|- \*\*|  - (?!standards|years|kind)|\w)")
"""Lines of a sheet that are words, and not words that mean something to the format."""

_MEANT = (
    *("kind", "learner", "at", "unit", "version", "criterion", "result", "outcome", "record", "segment", "prev"),
    *("step", "about", "of", "view"),
)
"""What says what an event is. Poisoned, it would be another event: those are added beside."""


def poisoned_demo(folder: Path, now: datetime) -> Path:
    """The demo of that moment in `folder`, poisoned: its records, sheets, learners, members and the centre's file."""
    centre = folder / "demo"
    make_demo(centre, places_in(folder), now)
    _hand_in_again(centre, places_in(folder))
    # What this machine remembers of its segments is not true any more.
    rmtree(places_in(folder).state, ignore_errors=True)
    rmtree(places_in(folder).cache, ignore_errors=True)
    for segment in sorted((centre / "records").glob("*/*.log")):
        _poison_segment(segment)
    for sheet in sorted((centre / "mark_sheets").glob("*/*.md")):
        _poison_text(sheet, ("title", "approval"))
    for learner in sorted((centre / "learners").glob("*/learner.md")):
        _poison_text(learner, ("name", "email", "site", "uln"))
    for member in sorted((centre / "members").glob("*.md")):
        _poison_text(member, ())
    toml = centre / "centre.toml"
    escaped = json.dumps(POISON)[1:-1].replace("\x7f", "\\u007f")
    text = re.sub(
        r'(?m)^(name|number|awarding_organisation) = "(.*)"$', rf'\1 = "\2{_literal(escaped)}"', toml.read_text("utf-8")
    )
    toml.write_text(text, "utf-8")
    return centre


def _hand_in_again(path: Path, places: Places) -> None:
    """Have a referred learner hand in what they added since."""
    centre = Centre.open(path, member="asha", places=places)
    (path / "learners" / REFERRED / "evidence" / "02 again.md").write_text(
        "# Again\n\nWith what was missing.\n", "utf-8"
    )
    if (
        centre.learners.portfolio(REFERRED)
        .portfolio.unit(centre.learners.portfolio(REFERRED).unit("501").key)
        .submission
        is None
    ):
        centre.closings.reopen(REFERRED, "501", "to fix its evidence")
        centre.attempts.submit(REFERRED, "501")
        centre.closings.close(REFERRED, "501", "Not yet.")
        (path / "learners" / REFERRED / "evidence" / "03 more.md").write_text("# More\n\nAnd more.\n", "utf-8")
    centre.attempts.submit(REFERRED, "501", authorised_by="ines")
    centre.close_down()


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\")


def _poison_text(path: Path, keys: tuple[str, ...]) -> None:
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    escaped = json.dumps(POISON)[1:-1].replace("\x7f", "\\u007f")
    for key in keys:
        front = re.sub(rf'(?m)^{key}: "?(.*?)"?$', rf'{key}: "\1{_literal(escaped)}"', front)
    lines = [f"{line}{POISON}" if _FREE.match(line) else line for line in body.split("\n")]
    path.write_text(f"---\n{front}---\n" + "\n".join(lines), "utf-8", newline="")


def _poison_segment(path: Path) -> None:
    """Write the segment anew with poison in every text, and behind each kind of event others that are nothing else."""
    header, *events = [json.loads(line[65:]) for line in path.read_bytes().splitlines()]
    lines = [_line(header, NO_LINE)]
    seen: set[str] = set()
    for number, event in enumerate(events):
        event.pop("seen", None)
        # Of every other event the actor is a member still: what looks for one's own entries finds some.
        written = [_poisoned(event, None if number % 2 else (*_MEANT, "actor", "role"))]
        if event["kind"] not in seen:
            seen.add(event["kind"])
            for but in ((), ("kind",), ("kind", "unit", "version"), ("kind", "unit", "version", "criterion")):
                other = _poisoned(event, ("learner", "at", *but))
                other["uid"] = f"{number}-{len(but)}{POISON}"
                other["lc"] = event["lc"]
                written.append(other)
        for each in written:
            lines.append(_line(each, lines[-1][:64].decode("ascii")))
    path.write_bytes(b"".join(lines))


def _line(body: dict[str, Any], previous: str) -> bytes:
    text = json.dumps({**body, "prev": previous}, sort_keys=True, separators=(",", ":")).encode("ascii")
    return sha256(text).hexdigest().encode("ascii") + b" " + text + b"\n"


def _poisoned(value: Any, meant: tuple[str, ...] | None = None) -> Any:
    kept = _MEANT if meant is None else meant
    if isinstance(value, str):
        return value + POISON
    if isinstance(value, list):
        return [_poisoned(each, meant) for each in value]
    if isinstance(value, dict):
        return {
            key if key.isidentifier() else key + POISON: each if key in kept else _poisoned(each, meant)
            for key, each in value.items()
        }
    return value
