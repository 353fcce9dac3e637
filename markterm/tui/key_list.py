"""Every command that has a key, with the key that it has now: for the command line and for the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from textual.keys import format_key

from markterm.tui.command import keys_together, without_key
from markterm.tui.keymap import keymap_of
from markterm.tui.settings import KEYS_FILE, line_of_key, load_keys, why_unreadable

_AREAS = {
    "caseload": "Caseload",
    "filter": "Caseload",
    "mark": "Marking",
    "marking": "Marking",
    "criterion": "Criteria",
    "criteria": "Criteria",
    "goto": "Going to a criterion",
    "map": "The map of a learner",
    "evidence": "Evidence",
    "files": "Choosing a file",
    "picture": "The page as it looks",
    "find": "Find",
    "found": "Find in all files",
    "difference": "Differences",
    "unit": "Unit",
    "task": "Task",
    "pass": "Passing a task",
    "learner": "Learner",
    "verification": "What a verifier answered",
    "feedback": "Feedback",
    "editing": "Feedback",
    "across": "One criterion across learners",
    "samples": "Queue, plan and actions",
    "alike": "Alike work",
    "queue": "The queue",
    "plan": "The sampling plan",
    "proposal": "A sample proposed",
    "finder": "Choosing a unit",
    "action": "Actions",
    "verify": "Verifying a sample",
    "reports": "Reports",
    "claims": "Claims",
    "claim": "A claim",
    "yours": "Yours to do",
    "recent": "Recent decisions",
    "signing": "Signing keys",
    "visits": "Visits",
    "standards": "Standards",
    "taken": "Taking in a document",
    "versions": "Versions of a standard",
    "coverage": "Coverage",
    "mapping": "Mapping a unit",
    "index": "Portfolio by standard",
    "development": "Development",
    "profiles": "Role profiles",
    "badges": "Badges",
    "register": "A register",
    "receive": "What came in",
    "retention": "Retention",
    "backup": "Backups",
    "export": "Exporting",
    "preview": "Exporting",
    "over": "Exporting",
    "running": "Exporting",
    "standardisations": "Standardisation",
    "standardise": "Answering a standardisation",
    "bank": "The bank of remarks",
    "writing": "Writing a note",
    "note": "Writing",
    "form": "Filling in a form",
    "pasted": "What was pasted",
    "keys": "Changing keys",
    "newkey": "Changing keys",
    "visit": "First visit",
    "who": "Who you are",
    "choice": "Choosing",
    "reading": "Reading",
    "scroll": "Reading",
    "page": "Reading a sheet",
    "help": "Reading",
    "hashing": "While files are read for a submission",
    "list": "Lists",
    "text": "Texts",
    "pane": "Panes",
    "area": "Areas of work",
    "app": "Everywhere",
}


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A command: what it is about, its name in `keys.toml`, its keys as that file calls them, and what it does."""

    area: str
    id: str
    keys: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """What is wrong in `keys.toml`, and in which line (from 1) where that is known."""

    message: str
    line: int | None


def area_of(name: str) -> str:
    """What the command of that id is about, as a title of help and lists."""
    return _AREAS.get(name.partition(".")[0], "Everywhere")


def every_key(keymap: Mapping[str, str] | None = None) -> tuple[KeyLine, ...]:
    """Every command that has a key, by area, with the keys of that keymap or our own. Loads every screen."""
    lines: dict[str, KeyLine] = {}
    for bindings in keys_together():
        for binding in bindings:
            if binding.id:
                keys = (keymap or {}).get(binding.id, binding.key).split(",")
                words = binding.tooltip or binding.description.capitalize()
                line = KeyLine(area_of(binding.id), binding.id, tuple(written(each) for each in keys), words)
                lines.setdefault(binding.id, line)
    areas = list(dict.fromkeys(_AREAS.values()))
    return tuple(sorted(lines.values(), key=lambda line: areas.index(line.area)))


def users_keys(folder: Path) -> tuple[dict[str, str], tuple[KeyFinding, ...]]:
    """The keymap that the user's `keys.toml` in that folder makes, and what is wrong with the file."""
    if problem := why_unreadable(folder, KEYS_FILE):
        return {}, (KeyFinding(problem, None),)
    keymap, problems = keymap_of(load_keys(folder), keys_together(), without_key())
    lines = [(each, [line_of_key(folder, name) for name in each.names]) for each in problems]
    return keymap, tuple(
        KeyFinding(str(each), min((line for line in of if line is not None), default=None)) for each, of in lines
    )


def written(key: str) -> str:
    """A key as one writes it into `keys.toml`: a sign as itself, whatever else by its name."""
    sign = format_key(key)
    return sign if len(sign) == 1 and sign.isascii() else key
