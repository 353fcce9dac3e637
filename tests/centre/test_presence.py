"""Who is at a learner now: said to the others, never relied on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from markterm.centre.presence import Presence


def test_others_on_the_same_learner_are_seen_and_oneself_is_not(tmp_path: Path) -> None:
    asha, ben, ines = (Presence(tmp_path / "presence") for _ in range(3))
    asha.be_on("asha", "JON2041")
    ben.be_on("ben", "JON2041")
    ines.be_on("ines", "EZE2765")
    assert asha.others_on("JON2041") == ("ben",)
    assert ines.others_on("JON2041") == ("asha", "ben")


def test_whoever_leaves_or_goes_to_another_learner_is_not_seen_any_more(tmp_path: Path) -> None:
    asha, ben = Presence(tmp_path), Presence(tmp_path)
    asha.be_on("asha", "JON2041")
    asha.be_on("asha", "EZE2765")
    assert ben.others_on("JON2041") == ()
    assert ben.others_on("EZE2765") == ("asha",)
    asha.leave()
    asha.leave()
    assert ben.others_on("EZE2765") == ()


def test_a_session_that_was_killed_is_forgotten_after_some_minutes(tmp_path: Path) -> None:
    Presence(tmp_path).be_on("asha", "JON2041")
    (file,) = tmp_path.iterdir()
    assert Presence(tmp_path).others_on("JON2041") == ("asha",)
    long_ago = time.time() - 600
    os.utime(file, (long_ago, long_ago))
    assert Presence(tmp_path).others_on("JON2041") == ()


@pytest.mark.skipif(sys.platform == "win32", reason="nobody tells who holds a file")
def test_on_its_own_machine_a_session_that_was_killed_is_forgotten_at_once_and_one_that_works_is_not(
    tmp_path: Path,
) -> None:
    killed = "import os, sys; from pathlib import Path; from markterm.centre.presence import Presence\n"
    killed += "Presence(Path(sys.argv[1])).be_on('asha', 'JON2041'); os._exit(9)"
    subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False)
    works = Presence(tmp_path)
    works.be_on("ben", "JON2041")
    for file in tmp_path.iterdir():
        os.utime(file, (time.time() - 20,) * 2)
    assert Presence(tmp_path).others_on("JON2041") == ("ben",)
    works.leave()
    assert Presence(tmp_path).others_on("JON2041") == ()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"learner": "JON2041"}', '{"learner": "JON2041", "member": 3}', "[" * 4000, "x" * 10_000]
)
def test_a_file_of_any_other_content_is_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "abc.json").write_text(text, "utf-8")
    assert Presence(tmp_path).others_on("JON2041") == ()


def test_where_nothing_can_be_written_nothing_is_said_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    presence = Presence(tmp_path / "file" / "presence")
    presence.be_on("asha", "JON2041")
    assert presence.others_on("JON2041") == ()
    presence.leave()
