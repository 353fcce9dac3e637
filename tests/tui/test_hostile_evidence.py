"""The bytes that a terminal gets when the learner's files, of any kind, try to speak to it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from markterm.domain.words.foreign_text import one_line
from tests.centres import add_learner, make_centre_in
from tests.evidence.made_hostile import NAME, hostile_files
from tests.tui.test_in_a_terminal import Terminal, terminal

# Their codes are ones that neither MarkTerm nor Textual ever sends.
THEIRS = (
    *(b"\x1b]0;OWNED", b"\x1b]52;", b"\x1b]8;;http://owned", b"\x1b[8;5;5t", b"\x1b[3;33;44m", b"\x1bPOWNED", b"\x1bc"),
    *(b"\x00", b"\x7f"),
)
MISLEADING = re.compile("[\x80-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e0fff]")
CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
# The bar on stderr hides the cursor while it is there.
CURSOR = re.compile(r"\x1b\[\?25[lh]")

_WITH_HEADINGS = ("docx", "odt", "xlsx", "pptx", "html", "md")
_CONTAINERS = ("eml", "zip")

_SEVERAL = """
import json, sys
from markterm.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["markterm", *words]
    try:
        main()
    except SystemExit as ended:
        print("ended", words[0], ended.code)
print("all done")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre with a learner who has handed in hostile files under hostile names."""
    centre = make_centre_in(tmp_path_factory.mktemp("hostile") / "centre", {})
    learner = add_learner(centre, "AAA1", "Rosalind Jones", evidence="# Diary\n\nzebra-first\n")
    for number, (suffix, data) in enumerate(hostile_files().items(), 10):
        (learner / "evidence" / f"{number} {NAME}.{suffix}").write_bytes(data)
    (learner / "evidence" / f"90 {NAME}.docx").write_bytes(b"no archive")
    (learner / "evidence" / f"91 {NAME}.xyz").write_bytes(b"")
    (learner / "evidence" / f"92 {NAME}").mkdir()
    (learner / "evidence" / f"92 {NAME}" / f"{NAME}.txt").write_text("zebra-last", "utf-8")
    (learner / "evidence" / f"93 {NAME}.lnk").symlink_to("/etc/passwd")
    return centre


def assert_nothing_of_theirs(seen: bytes) -> None:
    """The terminal got none of the codes and characters in the files, and was shown the words beside them."""
    for sequence in THEIRS:
        assert sequence not in seen, sequence
    assert not MISLEADING.search(seen.decode("utf-8"))
    assert b"OWNED" in seen


def run(folder: Path, own: Path, commands: Sequence[Sequence[str]]) -> str:
    """What a terminal got of those commands, in one process."""
    words = json.dumps([["-C", str(folder), *command] for command in commands])
    shown = Terminal(own, _SEVERAL, words)
    try:
        assert shown.ended() == 0
    finally:
        shown.close()
    assert_nothing_of_theirs(shown.seen)
    text = shown.seen.decode("utf-8")
    assert "all done" in text
    assert not CONTROLS.search(CURSOR.sub("", text))
    return text


@pytest.mark.long
def test_nothing_in_the_files_reaches_the_terminal_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    suffixes = list(hostile_files())
    listed = run(folder, tmp_path / "own", [["evidence", "AAA1"], ["evidence", "AAA1", "--json"], ["show", "AAA1"]])
    assert "reading" in listed
    assert "not read" in listed
    found = run(folder, tmp_path / "own", [["find", "AAA1", "owned"], ["find", "AAA1", "zebra", "--json"]])
    for suffix in suffixes:
        assert f"zebra-{suffix}" in found
    names = [f"{number} {one_line(NAME)}.{suffix}" for number, suffix in enumerate(suffixes, 10)]
    read = run(folder, tmp_path / "own", [["read", "AAA1", name] for name in (*names, ".docx", "93", "nothing")])
    for suffix in suffixes:
        assert f"zebra-{suffix}" in read
    assert read.count("OWNED") > len(suffixes) * 2


@pytest.mark.long
def test_nothing_in_the_files_reaches_the_terminal_from_the_screens(folder: Path, tmp_path: Path) -> None:
    suffixes = list(hostile_files())
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("AAA1")
        shown.press("\r")
        shown.until("Boil the water")
        at = 0
        shown.until(
            f"/{len(suffixes) + 5 + len(_CONTAINERS)}"
        )  # What lies within the others is listed when all are read.
        for suffix in suffixes:
            shown.until(f"zebra-{suffix}", at)
            if suffix in _CONTAINERS:
                at = shown.press("]")
                at = shown.until("zebra-inside", at)
            if suffix in _WITH_HEADINGS:
                at = shown.press("o")
                shown.until("Outline", at)
                at = shown.press("\r")
                at = shown.until("Boil the water", at)
            at = shown.press("]")
        at = shown.press("E")
        shown.until("Evidence", at)
        for _ in range(6):
            shown.press("\x1b[6~")
            shown.read(0.2)
        shown.press("\x11")
        assert shown.ended() == 0
    assert_nothing_of_theirs(shown.seen)
    # No file may even begin a sequence of a kind that the screens do not use; the one is the shape of the pointer.
    assert not re.search(rb"\x1b(?!\[|\]22;)", shown.seen)
