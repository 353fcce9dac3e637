"""Every command, asked by every role that sees some of the learners: nothing of the others comes out.

The commands and their words are those of `test_poisoned_centre.py`, where none can be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from click.testing import CliRunner

from markterm.centre.centre import Centre
from markterm.cli.group import markterm
from markterm.demo.centre import make_demo
from tests.centres import environment_in, places_in
from tests.cli.test_poisoned_centre import ASKED, all_asked
from tests.copies import Copies
from tests.poisoned import POISON

pytestmark = pytest.mark.long

ROLES = {
    "ben": "an assessor, who sees whom they assess",
    "viktor": "a verifier, who sees whom they verify",
    "tom": "a tutor, who sees a site",
    "una": "an external quality assurer, who sees a qualification",
    "": "nobody, who sees nobody",
}
_SHORTEST = 4
_OF_THE_CENTRE = ("centre.toml", "learners", "mark_sheets", "members", "records", "presence", "templates", "to-try")
_OF_EVIDENCE = ("poisoned-scripts", "/evidence/")
"""Learners name each other in what they write: whoever sees one of them reads that."""


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with who may see whom, made once."""
    return limited_demo(tmp_path_factory.mktemp("limited"))


def limited_demo(folder: Path) -> Path:
    """The demo in that folder, with who may see whom."""
    now = datetime.now(UTC)
    make_demo(folder / "demo", places_in(folder), now)
    toml = folder / "demo" / "centre.toml"
    first, last = now.date() - timedelta(1), now.date() + timedelta(1)
    toml.write_text(
        toml.read_text("utf-8")
        + '\n[[member]]\nid = "tom"\nname = "Tom Hale"\nroles = ["tutor"]\nsites = ["Leeds"]\n'
        + '\n[[member]]\nid = "una"\nname = "Una Reed"\nroles = ["external"]\nqualifications = ["MTE-AWARD"]\n'
        + f"visit_from = {first}\nvisit_to = {last}\n"
        + '\n[visibility]\nassessors = ["assigned"]\nverifiers = ["assigned"]\ntutors = ["site"]\n',
        "utf-8",
    )
    return folder / "demo"


@pytest.fixture(scope="module")
def copies(limited: Path, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Copies of that demo."""
    return Copies(limited, lambda: tmp_path_factory.mktemp("copy"))


@pytest.fixture
def here(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One of them, the current folder."""
    centre = copies.lent()
    for key, value in environment_in(centre.parent / "user").items():
        monkeypatch.setenv(key, value)
    monkeypatch.chdir(centre)
    return centre


def hidden_words(centre: Path, user: Path, member: str) -> dict[str, str]:
    """By whom it tells of what is not to be seen by that member: registrations, names, and names of files."""
    opened = Centre.open(centre, member=member or None, places=places_in(user))
    seen = {row.registration for row in opened.caseload.now()}
    every = {row.registration: row for row in opened.caseload.everybody}
    opened.close_down()
    found: dict[str, str] = {}
    of_seen = {each for registration in seen for each in _files(centre, registration)}
    for registration, row in every.items():
        if registration not in seen:
            parts = {registration, *re.findall(r"\w+", row.name)[1:], *(_files(centre, registration) - of_seen)}
            found |= {each: registration for each in parts if len(each) >= _SHORTEST}
    for registration in seen:
        for each in re.findall(r"\w+", every[registration].name):
            found.pop(each, None)
    return found


def _files(centre: Path, registration: str) -> set[str]:
    return {each.name for each in (centre / "learners" / registration / "evidence").rglob("*") if each.is_file()}


@pytest.mark.parametrize("member", ROLES)
@pytest.mark.parametrize("command", ASKED)
def test_no_command_tells_of_a_learner_whom_somebody_may_not_see(
    here: Path, monkeypatch: pytest.MonkeyPatch, command: str, member: str
) -> None:
    hidden = hidden_words(here, here.parent / "looking", member)
    assert hidden
    before = _centres_own(here)
    monkeypatch.setenv("MARKTERM_AS", member)
    for words in all_asked(command):
        own = list(_as_asked(words))
        if command == "receive" and own[0].startswith("learners"):
            continue  # Who names the centre's own folders as a download has them before them.
        for more in ([], ["--json"]):
            answer = CliRunner().invoke(markterm, [command, *own, *more], prog_name="markterm")
            assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
            said = answer.stdout + answer.stderr
            if said.startswith("Usage: "):
                continue  # Examples name learners.
            if more:
                said = said.encode().decode("unicode_escape", "replace")
            shown = [each for each in hidden if each in said and not any(each in word for word in own)]
            assert shown == [], (own, shown, said)
    for name, data in _written_in(here):
        told = data.decode("utf-8", "replace") + name
        asked = " ".join(word for words in all_asked(command) for word in words)
        assert [each for each in hidden if each in told and each not in asked] == [], (name, told)
    if member == "una":
        assert _centres_own(here) == before


def _written_in(centre: Path) -> Iterator[tuple[str, bytes]]:
    """What commands wrote, with what is packed in it."""
    for file in (each for each in centre.rglob("*") if each.is_file()):
        name = str(file.relative_to(centre))
        if not name.startswith(_OF_THE_CENTRE) and not any(each in name for each in _OF_EVIDENCE):
            yield name, file.read_bytes()
            if is_zipfile(file):
                with ZipFile(file) as packed:
                    yield from ((f"{name}/{each}", packed.read(each)) for each in packed.namelist())


def _as_asked(words: list[str]) -> Iterator[str]:
    """The words without who asks, and without what only a poisoned centre knows."""
    skipped = False
    for word in words:
        if skipped or word == "--as":
            skipped = not skipped
            continue
        yield word.replace(POISON, "x").replace(POISON.replace("\x00", ""), "x")


def _centres_own(centre: Path) -> dict[str, bytes]:
    """Everything in the centre but its own record, where looks are noted, and what was asked to be written out."""
    return {
        str(each.relative_to(centre)): each.read_bytes()
        for each in sorted(centre.rglob("*"))
        if each.is_file() and each.relative_to(centre).parts[0] in ("centre.toml", "learners", "mark_sheets", "members")
    } | {
        str(each.relative_to(centre)): each.read_bytes()
        for each in sorted((centre / "records").rglob("*"))
        if each.is_file() and "centre" not in each.relative_to(centre).parts[1]
    }
