"""Files that are converted for the first time: a bar on a terminal, ended with Ctrl+C; and those that fail, again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from markterm.evidence.conversion import conversion
from tests.centres import make_centre_in
from tests.cli.conftest import Ask
from tests.evidence.conftest import child_that, has_ended
from tests.evidence.made import docx, paragraph, rtf
from tests.pace import HANGS, PATIENCE
from tests.tui.test_in_a_terminal import Terminal

_PROGRAM = """
import ast, sys
from markterm.evidence.conversion import conversion
conversion.COMMAND = ast.literal_eval(sys.argv.pop(1)) or conversion.COMMAND
from markterm.cli import main
main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A centre whose first learner has a text and a Word file."""
    centre = make_centre_in(tmp_path / "centre")
    word = docx(paragraph("The kettle was descaled."))
    (centre / "learners" / "AAA1" / "evidence" / "log.docx").write_bytes(word)
    return centre


def _terminal(folder: Path, own: Path, words: Sequence[str], command: tuple[str, ...] = ()) -> Terminal:
    return Terminal(own, _PROGRAM, repr(command), "-C", str(folder), *words)


def _seen(folder: Path, own: Path, words: Sequence[str]) -> str:
    """What a terminal got of a command."""
    shown = _terminal(folder, own, words)
    try:
        while shown.process.poll() is None:
            shown.read(0.05)
        shown.read(0.1)
    finally:
        shown.close()
    return shown.seen.decode("utf-8")


@pytest.mark.long
@pytest.mark.parametrize(
    "words", [("evidence", "AAA1"), pytest.param(("find", "AAA1", "kettle"), marks=pytest.mark.long)]
)
def test_the_bar_is_there_the_first_time_only(folder: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    first = _seen(folder, tmp_path / "own", words)
    assert "1/2  log.docx" in first
    assert "2/2" in first
    second = _seen(folder, tmp_path / "own", words)
    assert "reading" not in second
    assert "log.docx" in second


def test_nothing_of_it_is_written_where_no_terminal_is(ask: Ask, centre: Path) -> None:
    word = docx(paragraph("The kettle was descaled."))
    (centre / "learners" / "AAA1" / "evidence" / "log.docx").write_bytes(word)
    answer = ask("evidence", "AAA1")
    assert "log.docx" in answer.out
    assert answer.err == "2 files.\n"


@pytest.mark.long
def test_a_file_that_cannot_be_read_is_refused_at_once_until_asked_again(
    ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (centre / "learners" / "AAA1" / "evidence" / "odd.rtf").write_bytes(rtf("x"))
    monkeypatch.setattr(conversion, "COMMAND", child_that("raise NotReadable('because')"))
    first = ask("read", "AAA1", "odd.rtf")
    assert (first.code, "--again" in first.err) == (4, False)
    monkeypatch.setattr(conversion, "COMMAND", child_that("return Converted('the text')"))
    second = ask("read", "AAA1", "odd.rtf")
    assert second.code == 4
    assert "odd.rtf: because" in second.err
    assert "markterm read --again" in second.err
    assert ask("read", "AAA1", "odd.rtf", "--again").out == "the text\n"
    assert ask("read", "AAA1", "odd.rtf").out == "the text\n"


@pytest.mark.parametrize(
    "words",
    [
        ("read", "AAA1", "slow.rtf"),
        *(pytest.param(words, marks=pytest.mark.long) for words in (("evidence", "AAA1"), ("find", "AAA1", "tea"))),
    ],
)
def test_ctrl_c_ends_it_with_what_it_started(folder: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    (folder / "learners" / "AAA1" / "evidence" / "slow.rtf").write_bytes(rtf("x"))
    pid = tmp_path / "pid"
    # The child may write no file, even where it is not shut in: a name in a folder says which process it is.
    hangs = child_that(
        f"import os, time; os.symlink(str(os.getpid()), {str(pid)!r}); time.sleep({HANGS})", uncaged=True
    )
    (folder / "learners" / "AAA1" / "evidence" / "log.docx").unlink()
    shown = _terminal(folder, tmp_path / "own", words, hangs)
    try:
        end = time.monotonic() + PATIENCE
        while not pid.is_symlink():
            assert time.monotonic() < end
            shown.read(0.02)
        os.kill(shown.process.pid, signal.SIGINT)
        while shown.process.poll() is None:
            assert time.monotonic() < end
            shown.read(0.02)
        shown.read(0.1)
    finally:
        shown.close()
    assert shown.process.returncode == 130
    assert b"Traceback" not in shown.seen
    while not has_ended(int(pid.readlink().name)):  # its end may be told a moment after that of who asked
        assert time.monotonic() < end
        time.sleep(0.01)
    assert not list((tmp_path / "own" / "cache").rglob("*.rtf"))
    if words[0] != "read":  # the cursor is back
        assert shown.seen.rindex(b"\x1b[?25h") > shown.seen.rindex(b"\x1b[?25l")
