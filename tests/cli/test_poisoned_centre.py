"""Every command, on a centre whose every text holds what a terminal obeys: nothing of it comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from markterm.cli.group import COMMANDS, markterm
from tests.centres import environment_in
from tests.copies import Copies
from tests.poisoned import OBEYED, POISON, poisoned_demo

_POISON = POISON.replace("\x00", "")
_FRAMEWORK, _SPECIFICATION, _UNIT, _PACKAGE = "framework.txt", "specification.txt", "unit.txt", "package.json"
_DOCX = "learners/JON2041/evidence/03-coaching-log.docx"

_TAKEN_IN = ["standard", "import", _FRAMEWORK, "--code", "POISON-1"]
"""Before others: the command of that name is asked, whoever's turn it is."""

ASKED: dict[str, list[list[str]]] = {
    "check": [[]],
    "observe": [
        ["JON2041"],
        [
            *("JON2041", "--method", "discussion", "--on", "2026-03-02", "--place", _POISON, "--present", _POISON),
            *("--minutes", "5", "--criteria", "501 1.1", "--text", _POISON, "--as", "asha"),
        ],
        ["JON2041"],
        ["JON2041", "--confirm", _POISON, "--as", "asha"],
        ["JON2041", "--method", "discussion", "--on", "2026-03-02", "--criteria", _POISON, "--as", "asha"],
    ],
    "testimony": [
        [],
        [
            *("JON2041", "--witness", _POISON, "--role", _POISON, "--relationship", _POISON, "--contact", _POISON),
            *("--on", "2026-03-02", "--place", _POISON, "--criteria", "501 2.1", "--text", _POISON, "--as", "asha"),
        ],
        [],
    ],
    "method": [["JON2041"], ["JON2041", "04-diary.md", "--set", "reflection", "--as", "asha"], ["JON2041"]],
    "comment": [
        ["JON2041", "501", "--outcome", "1", "--text", "x"],
        ["JON2041", "501", "--outcome", "99", "--text", "x"],
    ],
    "export": [
        [],
        ["sheet", "JON2041", "500", "--preview"],
        ["feedback", "NOW1870", "501", "--draft", "--force", "-o", "feedback.md"],
        ["record", "JON2041", "--preview"],
        ["scripts", "500", "JON2041", "BRA0952", "EZE2765", "--preview", "--as", "ines"],
        ["verification", "--preview"],
        ["claims", "--units", "--all", "--force"],
    ],
    "import-record": [["poisoned-records"]],
    "backup": [["../poisoned.zip"], [], ["--check", "../poisoned.zip"], ["--restore", "../again", "../poisoned.zip"]],
    "receive": [["learners"], ["learners/JON2041"], ["nowhere"]],
    "form": [[], ["check", _DOCX, "500"]],
    "qualification": [[], ["import", _SPECIFICATION, "--dry-run"], ["import", _SPECIFICATION]],
    "badge": [
        [],
        ["list"],
        ["agree", "BRA0952", "500", "--said-by", _POISON, "--how", "e-mail", "--as", "carol"],
        ["verify", _PACKAGE],
    ],
    "coverage": [["8580-CERT", "MTC"], ["8580-CERT", "MTC", "--map"], ["500", "POISON-1"], ["500", "MTC01 (9)"]],
    "profile": [
        [],
        _TAKEN_IN,
        ["keep", "POISON-2", POISON, "--standard", "POISON-1", "--as", "carol"],
        ["POISON-2"],
        ["end", "POISON-2", "--why", POISON, "--as", "carol"],
        [POISON],
    ],
    "skills": [
        [],
        _TAKEN_IN,
        ["rate", "JON2041", "POISON-1 S1", "1", "--how", POISON, "--example", POISON, "--as", "ines"],
        ["JON2041"],
        ["JON2041", "POISON-1"],
        ["form", "JON2041", "POISON-1"],
        ["form", "JON2041", "POISON-1", "--format", "md"],
        ["rate", "JON2041", POISON, POISON, "--how", "x"],
    ],
    "gap": [_TAKEN_IN, ["JON2041", "POISON-1"], ["ines", "POISON-1"], ["ines", "MTC"], [POISON, POISON]],
    "cpd": [
        [],
        *(
            ["plan", who, POISON, "--how", POISON, "--by", "2999-01-01", "--evidence", "x"]
            for who in ("JON2041", "ines")
        ),
        ["JON2041", "--for", "MTC"],
        ["done", "ines", "--what", POISON, "--evidence", POISON],
        ["ines"],
    ],
    "standard": [
        [],
        ["show"],
        ["show", "MTC01"],
        ["import", _FRAMEWORK, "--code", "POISON-1"],
        ["show", "POISON-1"],
        ["map", "501"],
        ["map", "502", "POISON-1", "--accept", "1.1", "POISON-1 K1", "--note", POISON.replace("\x00", "")],
        ["map", "501", "--reject", "1.1", "MTC03 K1"],
        ["import", _PACKAGE],
        ["export", "POISON-2", "--preview"],
        ["export", "MTC", "--mapping", "--preview"],
        ["carry", "MTC01", "1.0", POISON.replace("\x00", "")],
    ],
    "status": [[], ["--sort", "waiting"]],
    "filters": [[], ["mine", "unit:501"], ["mine", "--opens"]],
    "show": [["JON2041"], ["EZE2765"], ["OKA2218"], ["NOW1870"], ["BRA0952", "500"]],
    "due": [
        [],
        ["501"],
        ["501", "2026-12-04", "JON2041"],
        ["501", "2026-12-11", "JON2041"],
        ["501", "2026-12-11", "JON2041", "--why", _POISON],
        ["JON2041"],
        ["501", POISON],
        [],
    ],
    "evidence": [["JON2041"]],
    "read": [["SOR4415", "contents.md"]],
    "find": [["JON2041", "coach"]],
    "alike": [[], ["JON2041"], ["JON2041", "OKA2218"]],
    "references": [["JON2041"], ["NOW1870", "501", "1.1"]],
    "across": [["501", "1.1"]],
    "next": [[]],
    "differences": [["NOW1870", "501"], ["NOW1870", "501", "--whole"]],
    "submit": [["OBR0377", "501"], ["JON2041", "501"]],
    "attempts": [["NOW1870", "501"], ["OBR0377", "501"]],
    "cite": [["JON2041", "501", "1.1", "no such file", "--lines", "1"]],
    "mark": [["JON2041", "501", "2.2", "pass"], ["JON2041", "501", "--interactive"], ["JON2041", "501", "9.9", "pass"]],
    "bank": [[], ["coaching"]],
    "pass-task": [["SOR4415", "8580-IA-CERT", "1"]],
    "withdraw": [["JON2041", "501", "1.1", "--reason", "x"]],
    "settle": [["JON2041", "501", "1.1", "pass", "--reason", "x"]],
    "carry": [["501"], ["501", "--reason", "x"]],
    "learner": [
        ["add", POISON.replace("\x00", ""), "--registration", "POI1", "--site", POISON.replace("\x00", "")],
        ["left", "JON2041", "--why", POISON.replace("\x00", "")],
        ["back", "JON2041"],
        ["page", "JON2041"],
        ["link", "JON2041"],
        ["link", "JON2041", "--list"],
    ],
    "register": [["register.csv", "--preview"], ["register.csv", "--yes"]],
    "rename": [["JON2041", "JON9999"], ["JON9999", "BRA0952"], ["NOBODY1", "NOBODY2"]],
    "countersign": [[]],
    "keys": [[]],
    "store": [
        ["status"],
        ["copy", "--to", "../poisoned-copy"],
        ["copy", "--to", _POISON],
        ["prepare", "--owner", _POISON],
        ["prepare", "--owner", "postgresql://nobody@127.0.0.1:1/x"],
    ],
    "close": [["JON2041", "501"]],
    "reopen": [["NOW1870", "501", "--reason", "x"]],
    "feedback": [["BRA0952", "500"], ["NOW1870", "501", "--advice"]],
    "release": [["NOW1870", "501"]],
    "sample": [["NOW1870", "501", "--why", "x"]],
    "verify": [
        ["--all"],
        ["BRA0952", "500", "--agree"],
        ["BRA0952", "500", "--agree", "1.1", "--not-agreed", "1.2", "x"],
    ],
    "plan": [[]],
    "why": [["BRA0952", "500"]],
    "rate": [[]],
    "standardise": [[]],
    "report": [
        ["agreement"],
        ["agreement", "--decisions"],
        ["referrals"],
        ["referrals", "--by", "criterion", "--by", "task"],
        ["referrals", "--decisions"],
        ["referrals", "--by", "task", "--by", "month", "--plot"],
        ["unlike"],
        *([each] for each in ("plan", "actions", "workload")),
        ["workload", "--decisions"],
    ],
    "assessor-observation": [[]],
    "brief": [[]],
    "action": [[], ["--all"], ["EZE2765", "503", "--done", "x"], ["EZE2765", "503", "2.1", "--wider"]],
    "case": [[], ["--all"], ["OKA2218", "--close"], ["OKA2218", "503", "--open", "appeal", "--text", "x"]],
    "interest": [[], ["ines", "JON2041", "--why", "x"]],
    "signing-key": [[], ["--make"]],
    "declare": [["JON2041", "--form", "x"]],
    "log": [["JON2041"], ["NOW1870"], ["OBR0377"], ["BRA0952"], [], ["--kind", "closed", "--since", "2000-01-01"]],
    "recent": [[]],
    "yours": [[]],
    "audit": [[], ["--heads"], ["--page", "checked.html", "--force"]],
    "sheet": [["BRA0952", "500"], ["EZE2765", "500", "--verification"], ["SOR4415", "--assignment", "8580-IA-CERT"]],
    "matrix": [["8580-IA-CERT"]],
    "integrate": [["500", "503"]],
    "portfolio-index": [["JON2041", "MTC"], ["BRA0952", "MTC01"], ["JON2041", "nothing"]],
    "progress": [["BRA0952"], ["JON2041"]],
    "retention": [
        [],
        ["--due"],
        ["BRA0952"],
        ["BRA0952", "--hold", "x", "--as", "carol"],
        ["--complete", "--as", "carol"],
    ],
    "claim": [
        [],
        ["--ready"],
        ["--only", "state:blocked"],
        ["--standing"],
        ["BRA0952"],
        ["BRA0952", "500", "--record", "claimed", "--as", "carol"],
    ],
    "visit": [[], ["--on", "2026-01-31", "--organisation", "A", "--as", "carol"], []],
    "visit-list": [[], ["--pick", "BRA0952", "--why", _POISON], []],
    "members": [[], ["asha"]],
    "unit": [
        [],
        ["import", _UNIT, "--dry-run"],
        ["import", _UNIT, "--code", f"T-{POISON}"],
        ["import", _DOCX],
        ["new", f"N-{POISON}", "--title", POISON, "--outcome", POISON, "--criterion", f"1.1 A{POISON}"],
    ],
}
_EXPORTED = [
    ["sheet", "EZE2765", "--force", "--format", "md"],
    ["sheet", "EZE2765", "500", "--force"],
    ["feedback", "--released-since", "2020-01-01", "--force", "--format", "docx"],
    ["feedback", "--released-since", "2020-01-01", "--format", "eml"],
    ["moodle", "500", "--worksheet", "centre.toml"],
    ["canvas", "500", "--submissions", _DOCX],
    ["form", "JON2041", "500", "--form", _DOCX],
    ["scripts", "500", "JON2041", "-o", "poisoned-scripts", "--as", "ines"],
    ["record", "-o", "poisoned-records"],
    ["pack", "JON2041", "EZE2765", "--format", "html", "-o", "poisoned-pack"],
    ["matrix", "--preview"],
    ["portfolio-index", "JON2041", "MTC", "--format", "md", "-o", "poisoned-index.md"],
    *(["development", who, "MTC", "--format", "md", "-o", f"poisoned-{who}.md"] for who in ("QUR4478", "asha")),
    ["retention", "--preview"],
    ["cohort", "--format", "html", "--force"],
    *(["coverage", "8580-CERT", "MTC", "--format", form] for form in ("xlsx", "csv", "html", "md")),
    ["verification", "--format", "csv", "--force"],
    ["claims", "--units", "--all", "--format", "csv", "--force"],
    ["matrix", "--by", "unit", "--format", "csv", "--force"],
]
"""What else leaves a centre: exports take longest."""


def all_asked(command: str) -> list[list[str]]:
    """With which words a command is asked where there is time for all of them."""
    return [*ASKED[command], *(_EXPORTED if command == "export" else ())]


_NOT_OF_A_CENTRE = {"open", "demo", "init", "serve", "password"}


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The poisoned demo, made once."""
    centre = poisoned_demo(tmp_path_factory.mktemp("poisoned"), datetime(2026, 6, 7, 21, 30, tzinfo=UTC))
    words = ("Knowledge", f"K1: Tea{POISON} and", "more", "Skills", f"S1: Pour{POISON}", "Behaviours", "B1: Calm.")
    words_of_one = POISON.replace("\x00", "")
    (centre / "register.csv").write_text(
        f"ENR,Name,{words_of_one}\nPOI2,{words_of_one},x\n{words_of_one},Ann Lee,x\n", "utf-8"
    )
    (centre / _FRAMEWORK).write_text("\n".join(words), "utf-8")
    particulars = (
        f"Level 2 Award in Tea{POISON}",
        "Qualification Accreditation No:",
        "600/1234/X",
        "Credit Value:",
        "7",
    )
    (centre / _SPECIFICATION).write_text("\n".join(particulars), "utf-8")
    criteria = (
        f"Unit title: Tea{POISON}",
        f"LO1 Know{POISON} tea",
        f"1.1 Name{POISON} it",
        f"Left{POISON}",
        "1.2 Pour it",
    )
    (centre / _UNIT).write_text("\n".join(criteria), "utf-8")
    items = [{"humanCodingScheme": f"1{POISON}", "fullStatement": f"Tea{POISON}", POISON: POISON}]
    package = {"CFDocument": {"title": f"POISON-2 {POISON}", "version": POISON, "uri": POISON}, "CFItems": items}
    (centre / _PACKAGE).write_text(json.dumps(package), "utf-8")
    return centre


@pytest.fixture(scope="module")
def copies(poisoned: Path, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Copies of the poisoned demo."""
    return Copies(poisoned, lambda: tmp_path_factory.mktemp("copy"))


@pytest.fixture
def here(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One of them, the current folder."""
    centre = copies.lent()
    for key, value in environment_in(centre.parent / "user", MARKTERM_AS="asha").items():
        monkeypatch.setenv(key, value)
    monkeypatch.chdir(centre)
    return centre


def test_every_command_on_a_centre_is_asked() -> None:
    assert set(ASKED) | _NOT_OF_A_CENTRE == set(COMMANDS)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", ASKED)
def test_no_command_prints_what_a_terminal_obeys(command: str) -> None:
    for words in ASKED[command]:
        _asked(command, words)


@pytest.mark.long
@pytest.mark.usefixtures("here")
def test_no_export_prints_what_a_terminal_obeys() -> None:
    for words in _EXPORTED:
        _asked("export", words)


@pytest.mark.long
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", ASKED)
def test_no_command_has_in_its_json_what_a_terminal_obeys(command: str) -> None:
    for words in all_asked(command):
        told = _asked(command, [*words, "--json"])
        if told.strip():
            assert [text for text in _texts(json.loads(told)) if OBEYED.search(text)] == [], words


def _asked(command: str, words: list[str]) -> str:
    """What the command prints, of which nothing is obeyed."""
    own = [] if words[: len(_TAKEN_IN)] == _TAKEN_IN else [command]
    told = CliRunner().invoke(markterm, [*own, *words], prog_name="markterm")
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    assert not OBEYED.search(told.stdout + told.stderr), (words, ascii(told.stdout + told.stderr))
    return told.stdout


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (key, *_texts(each))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
