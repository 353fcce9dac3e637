"""A file is put where it belongs, and what has its name already is never begun again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from markterm.system.arriving import BeingWritten, arriving, forget, left_beside, put

KEY = "abc"


def test_what_is_written_beside_lies_under_its_name_and_nothing_is_left_beside(tmp_path: Path) -> None:
    with arriving(tmp_path, KEY) as (beside, into):
        into.write(b"plan")
        put(beside, into, tmp_path / "plan.md")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("plan.md", b"plan")]


@pytest.mark.skipif(sys.platform == "win32", reason="there a name is let go before it is begun again")
def test_evidence_whose_other_name_was_not_let_go_is_not_begun_again(tmp_path: Path) -> None:
    evidence = tmp_path / "plan.md"
    evidence.write_bytes(b"plan, with what was added by hand since")
    left_beside(tmp_path, KEY).hardlink_to(evidence)
    with arriving(tmp_path, KEY) as (beside, into):
        into.write(b"plan")
        put(beside, into, tmp_path / "plan 2026-11-29.md")
    assert evidence.read_bytes() == b"plan, with what was added by hand since"
    assert (tmp_path / "plan 2026-11-29.md").read_bytes() == b"plan"
    assert not left_beside(tmp_path, KEY).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open is not taken away there")
def test_who_opens_it_while_another_gives_it_its_name_leaves_that_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    evidence = tmp_path / "plan.md"
    left_beside(tmp_path, KEY).write_bytes(b"plan")

    def named_meanwhile(*_: int) -> None:
        if not evidence.exists():
            left_beside(tmp_path, KEY).rename(evidence)

    monkeypatch.setattr(fcntl, "flock", named_meanwhile)
    with arriving(tmp_path, KEY):
        assert evidence.read_bytes() == b"plan"


@pytest.mark.skipif(sys.platform == "win32", reason="told by the system there")
def test_two_do_not_write_one_file(tmp_path: Path) -> None:
    with arriving(tmp_path, KEY), pytest.raises(BeingWritten), arriving(tmp_path, KEY):
        pass


def test_only_what_has_its_name_is_let_go(tmp_path: Path) -> None:
    beside = left_beside(tmp_path, KEY)
    forget(beside)
    beside.write_bytes(b"pl")
    forget(beside)
    assert beside.exists()
    (tmp_path / "plan.md").hardlink_to(beside)
    forget(beside)
    assert not beside.exists()
