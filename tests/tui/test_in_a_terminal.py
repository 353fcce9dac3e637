"""The real program in a pseudo-terminal: the bytes that a terminal gets, and what is left when it is killed."""

from __future__ import annotations

import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from markterm.domain.record.event import Event, Kind
from markterm.domain.words.foreign_text import clean
from tests.centres import add_learner, environment_in, make_centre_in
from tests.pace import PATIENCE
from tests.tui.sitting import on_disk

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

import fcntl
import pty
import termios

# Each says OWNED where a terminal that obeyed it would not show it.
HOSTILE = (
    "\x1b]0;OWNED title\x07 \x1b]52;c;T1dORUQ=\x07 \x1b]8;;http://owned.example\x1b\\link\x1b]8;;\x1b\\ "
    "\x1b[8;5;5t \x1b[?1049l \x1b[3;33;44mOWNED\x1b[5m \x1bPOWNED\x1b\\ \x1bc \x9b31m \x9d0;OWNED\x9c \u202eOWNED"
)
NEVER = (
    *(b"\x1b]0;", b"\x1b]2;", b"\x1b]52;", b"\x1b]8;;http://owned", b"\x1b[8;5;5t", b"\x1b[3;33;44m", b"\x1bPOWNED"),
    *(b"\x1bc", "\x9b".encode(), "\x9d".encode(), "\u202e".encode()),
)


class Terminal:
    """A pseudo-terminal of 80 columns and 24 lines with a Python program in it; `seen` are the bytes it got."""

    def __init__(self, own: Path, code: str, *arguments: str, **variables: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        environment = environment_in(own, **usual | variables)
        command = [sys.executable, "-c", code, *arguments]
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            # Where the tests run in the background of a shell they ignore Ctrl+C, and so would what they start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(slave)
        self.seen = b""

    def read(self, seconds: float) -> None:
        """Take in what comes within that time."""
        if select.select([self._master], [], [], seconds)[0]:
            with suppress(OSError):  # the other end is closed
                self.seen += os.read(self._master, 65536)

    def until(self, text: str, since: int = 0) -> int:
        """Wait for a text to come after byte `since`; returns how many bytes were seen then."""
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.seen[since:]:
            assert time.monotonic() < end, f"{text!r} did not come; the last was {self.seen[-3000:]!r}"
            self.read(0.05)
        return len(self.seen)

    def ended(self) -> int:
        """Read to the end of the program; its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        self.read(0.1)
        assert self.process.returncode is not None, "it has not ended"
        return self.process.returncode

    def press(self, keys: str) -> int:
        """Send keys; returns how many bytes were seen before."""
        return self.send(keys.encode())

    def send(self, data: bytes) -> int:
        """Send bytes; returns how many were seen before."""
        os.write(self._master, data)
        return len(self.seen)

    def hang_up(self) -> None:
        """Close the terminal, and tell the program nothing of it."""
        os.close(self._master)
        self._master = -1

    def resize(self, columns: int, lines: int) -> int:
        """Have another size; returns how many bytes were seen before."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)
        return len(self.seen)

    def close(self) -> None:
        """Let go of the terminal."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)


@contextmanager
def terminal(folder: Path, own: Path, member: str = "asha", **variables: str) -> Iterator[Terminal]:
    """Open the centre in a terminal, with these variables of the environment."""
    program = "from markterm.cli import main; main()"
    shown = Terminal(own, program, "-C", str(folder), "--as", member, "open", **variables)
    try:
        yield shown
    finally:
        shown.close()


@pytest.mark.long
def test_hostile_text_never_reaches_the_terminal_as_commands(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre", {})
    add_learner(folder, "AAA1", "x", evidence=f"# {HOSTILE}\n\n{HOSTILE}\n\n<b>{HOSTILE}</b>\n")
    quoted = "".join(f"\\U{ord(character):08x}" for character in HOSTILE)
    learner = f'kind: learner\nregistration: AAA1\nname: "OWNED {quoted}"\nunits: [T-101, T-102]'
    (folder / "learners" / "AAA1" / "learner.md").write_text(f"---\n{learner}\n---\n", "utf-8")
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("AAA1")
        shown.press("\r")
        shown.until("Boil the water")
        shown.until("OWNED title")
        shown.press("r")
        at = shown.until("What is missing?")
        shown.press(f"\x1b[200~pasted {HOSTILE}\x1b[201~")
        shown.until("pasted", at)
        time.sleep(0.15)  # A line end that comes sooner than anybody presses Enter belongs to what was pasted.
        at = shown.press("\r")
        shown.until("✗ refer", at)
        at = shown.press("kl")
        shown.until("History of", at)
        at = shown.press("q")
        shown.until("Boil", at)
        at = shown.press("E")
        shown.until("diary.md", at)
        shown.press("\x11")
        assert shown.ended() == 0
    for sequence in NEVER:
        assert sequence not in shown.seen, sequence
    assert b"OWNED" in shown.seen
    assert clean(str(_decisions(folder, "AAA1")[0].body["note"])).replaced == 0


def test_a_terminal_that_is_killed_has_lost_no_mark_that_it_showed(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("BBB2")
        shown.press("\r")
        shown.until("0/3")
        at = shown.press("p")
        shown.until("1/3", at)
        at = shown.press("p")
        shown.until("2/3", at)
        at = shown.press("r")
        shown.until("What is missing?", at)
        at = shown.press("half a sente")
        shown.until("sente", at)
        os.killpg(shown.process.pid, signal.SIGKILL)
    decided = _decided(folder, "BBB2")
    assert decided == ["1.1 pass", "1.2 pass"]
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("2/5")
        shown.press("\r")
        shown.until("2/3")
        at = shown.press("r")
        shown.until("half a sente", at)
        at = shown.press("\r")
        shown.until("3/3", at)
        shown.press("qq")
        assert shown.ended() == 0
    assert len(_decisions(folder, "BBB2")) == 3
    assert _decisions(folder, "BBB2")[-1].body["note"] == "half a sente"


def _decided(folder: Path, registration: str) -> list[str]:
    return [f"{event.subject.criterion} {event.body['result']}" for event in _decisions(folder, registration)]


def _decisions(folder: Path, registration: str) -> list[Event]:
    """Beside them it is recorded that the evidence was opened."""
    return [event for event in on_disk(folder, registration) if event.kind == Kind.DECIDED]


_PASTE_IS_OVER = 0.3
"""Seconds: more than what may lie between two pieces of one paste."""


def _in_pieces(shown: Terminal, text: str, size: int, apart: float) -> None:
    """Send a text as a slow link delivers it."""
    for begin in range(0, len(text), size):
        shown.press(text[begin : begin + size])
        shown.read(apart)
        time.sleep(apart)


@pytest.mark.long  # It waits as a slow link does.
def test_a_paste_without_bracketed_paste_marks_nothing_over_a_slow_link_either(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("BBB2")
        shown.press("\r")
        shown.until("0/3")
        at = shown.press("Applied well, proper p reports\rpp and more\r")
        shown.until("looked like pasted text", at)
        assert _decided(folder, "BBB2") == []
        time.sleep(_PASTE_IS_OVER)
        shown.press("\x1b")
        time.sleep(_PASTE_IS_OVER)
        shown.read(0.1)
        at = len(shown.seen)
        _in_pieces(shown, "Applied well, proper p reports\rpp and more, quite a lot of it\r", 12, 0.05)
        shown.until("looked like pasted text", at)
        time.sleep(_PASTE_IS_OVER)
        at = shown.press("n")
        shown.until("Note on", at)
        assert _decided(folder, "BBB2") == []
        time.sleep(_PASTE_IS_OVER)
        at = shown.press("\r")
        shown.until("Kept", at)
        at = shown.press("p")
        shown.until("1/3", at)
    (event,) = _decisions(folder, "BBB2")
    assert event.body["note"] == "Applied well, proper p reports\npp and more, quite a lot of it"


@pytest.mark.long
def test_a_paste_into_a_note_is_text_to_its_last_line_end_and_commands_in_a_burst_are_obeyed(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("BBB2")
        shown.press("\r")
        shown.until("0/3")
        at = shown.press("r")
        shown.until("What is missing?", at)
        at = len(shown.seen)
        _in_pieces(shown, "Which pot?\rpp\rAnd when?\r", 8, 0.03)
        shown.until("when?", at)
        assert _decided(folder, "BBB2") == []
        time.sleep(0.2)
        at = shown.press("\r")
        shown.until("1/3", at)
        at = shown.press("ppj")
        shown.until("3/3", at)
    events = _decisions(folder, "BBB2")
    assert [event.body["result"] for event in events] == ["refer", "pass", "pass"]
    assert events[0].body["note"] == "Which pot?\npp\nAnd when?\n"


@pytest.mark.long
def test_a_byte_that_is_no_utf_8_ends_nothing_and_is_told_and_a_signal_leaves_the_terminal_as_it_was(
    tmp_path: Path,
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("BBB2")
        at = shown.send(b"\xe9j")  # Alone it may be the beginning of a character that is under way.
        shown.until("A key was not taken", at)
        shown.press("\r")
        shown.until("0/3")
        at = shown.press("r")
        shown.until("What is missing?", at)
        at = shown.send(b"\x1b[200~caf\xe9 in Latin\x1b[201~")
        shown.until("caf\ufffd in Latin", at)
        shown.until("Some of what was pasted could not be read", at)
        at = len(shown.seen)
        shown.process.send_signal(signal.SIGTERM)
        assert shown.ended() == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in shown.seen[at:]
    assert on_disk(folder, "BBB2") == ()


@pytest.mark.long
def test_a_terminal_that_is_gone_ends_the_program(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    with terminal(folder, tmp_path / "own") as shown:
        shown.until("BBB2")
        shown.hang_up()
        assert shown.process.wait(PATIENCE) == 128 + signal.SIGHUP


@pytest.mark.long
def test_signs_are_drawn_whatever_the_locale_says_and_a_terminal_of_lines_alone_is_refused_in_words(
    tmp_path: Path,
) -> None:
    folder = make_centre_in(tmp_path / "centre")
    no_utf_8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with terminal(folder, tmp_path / "own", **no_utf_8) as shown:
        shown.until("▸ ")
        shown.press("q")
        assert shown.ended() == 0
    assert b"\\u25" not in shown.seen
    with terminal(folder, tmp_path / "own", TERM="dumb") as shown:
        shown.until("This one says that it is dumb")
        assert shown.ended() == 2
