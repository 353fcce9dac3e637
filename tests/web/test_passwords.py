"""Members' passwords: hashes in a file that nobody else reads."""

from __future__ import annotations

import errno
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from markterm.domain.words.errors import NotSaved, Refused, Unreadable, WrongUse
from markterm.web import passwords as module
from markterm.web.passwords import LEAST, MOST, Passwords
from tests.pace import PATIENCE

GOOD = "correct horse battery"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    monkeypatch.setattr(module, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def test_the_password_of_a_member_fits_and_no_other(tmp_path: Path) -> None:
    passwords = Passwords(tmp_path / "own" / "passwords")
    passwords.set("asha", GOOD)
    assert passwords.fits("asha", GOOD)
    assert not passwords.fits("asha", GOOD + " ")
    assert not passwords.fits("ben", GOOD)
    assert not passwords.fits("ben", "of nobody")


def test_it_is_kept_nowhere_and_nobody_else_reads_the_file(tmp_path: Path) -> None:
    file = tmp_path / "passwords"
    Passwords(file).set("asha", GOOD)
    assert GOOD not in file.read_text("utf-8")
    assert "$argon2id$" in file.read_text("utf-8")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
        file.chmod(0o640)
        with pytest.raises(Refused, match="Others may read"):
            Passwords(file).fits("asha", GOOD)


def test_a_removed_one_fits_no_more_and_a_changed_one_has_another_mark(tmp_path: Path) -> None:
    passwords = Passwords(tmp_path / "passwords")
    passwords.set("asha", GOOD)
    mark = passwords.mark_of("asha")
    passwords.set("asha", GOOD)
    assert passwords.mark_of("asha") != mark
    assert passwords.remove("asha")
    assert not passwords.remove("asha")
    assert not passwords.fits("asha", GOOD)
    assert passwords.mark_of("asha") == ""


def test_of_many_that_are_set_at_the_same_moment_none_is_lost(tmp_path: Path) -> None:
    members = [f"member{number}" for number in range(12)]
    begin = Barrier(len(members))

    def set_one(member: str) -> None:
        begin.wait(PATIENCE)
        Passwords(tmp_path / member / ".." / "passwords").set(member, GOOD)

    for member in members:
        (tmp_path / member).mkdir()
    with ThreadPoolExecutor(len(members)) as all_at_once:
        list(all_at_once.map(set_one, members))
    assert set(Passwords(tmp_path / "passwords").read()) == set(members)


@pytest.mark.parametrize("short", ["", "elevenchars", "x" * 257])
def test_a_short_or_endless_one_is_refused(tmp_path: Path, short: str) -> None:
    with pytest.raises(WrongUse, match="characters"):
        Passwords(tmp_path / "passwords").set("asha", short)


def test_however_a_keyboard_puts_it_together_it_is_the_same(tmp_path: Path) -> None:
    passwords = Passwords(tmp_path / "passwords")
    passwords.set("asha", "Zoe\u0301 drinks tea daily")
    assert passwords.fits("asha", "Zo\u00e9 drinks tea daily")


@pytest.mark.parametrize("text", ["{", "[]", '{"asha": 1}'])
def test_a_broken_file_signs_nobody_in(tmp_path: Path, text: str) -> None:
    file = tmp_path / "passwords"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    with pytest.raises(Unreadable):
        Passwords(file).fits("asha", GOOD)


@pytest.mark.parametrize("characters", [LEAST, MOST])
def test_the_shortest_and_the_longest_are_taken_and_fit_to_the_last_character(tmp_path: Path, characters: int) -> None:
    passwords = Passwords(tmp_path / "passwords")
    passwords.set("asha", "x" * characters)
    assert passwords.fits("asha", "x" * characters)
    assert not passwords.fits("asha", "x" * (characters + 1))
    assert not passwords.fits("asha", "x" * (characters - 1))


def test_one_that_the_disk_does_not_take_is_told_and_the_one_before_still_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = Passwords(tmp_path / "passwords")
    passwords.set("asha", GOOD)
    before = os.umask(0o022)
    for where in ("make_folders", "replace_file"):
        with monkeypatch.context() as patched:
            patched.setattr(module, where, _full)
            for change in (lambda: passwords.set("asha", "another good one"), lambda: passwords.remove("asha")):
                with pytest.raises(NotSaved, match="No space left"):
                    change()
        assert passwords.fits("asha", GOOD)
    assert os.umask(before) == 0o022


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
