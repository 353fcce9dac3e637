"""A register whose command is killed: whole learners are there, and the second time goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from markterm.sheets.learner_file import read_learner
from tests.centres import environment_in, make_centre_in

pytestmark = pytest.mark.long

LEARNERS = 3_000


@pytest.mark.parametrize("there", [1, 700, 1_900])
def test_a_command_that_is_killed_leaves_whole_learners_and_the_second_time_goes_on(tmp_path: Path, there: int) -> None:
    centre = make_centre_in(tmp_path / "centre", {})
    (centre / "learners").mkdir(exist_ok=True)
    lines = "".join(f"REG{number:05},Ann Lee {number}\n" for number in range(LEARNERS))
    (centre / "register.csv").write_text(f"ENR,Name\n{lines}", "utf-8")
    command = [sys.executable, "-m", "markterm", "register", "register.csv", "--yes"]
    environment = {**os.environ, **environment_in(tmp_path / "user")}

    def learners() -> list[str]:
        return [each.name for each in (centre / "learners").iterdir() if not each.name.startswith(".")]

    with subprocess.Popen(
        command, cwd=centre, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        while len(learners()) < there and running.poll() is None:
            time.sleep(0.001)
        running.kill()
    for name in learners():
        text = (centre / "learners" / name / "learner.md").read_text("utf-8")
        learner = read_learner(text).sheet
        assert learner is not None
        assert (learner.registration, learner.name) == (name, f"Ann Lee {int(name[3:])}")
    assert len(learners()) < LEARNERS
    again = subprocess.run(command, cwd=centre, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert again.returncode == 0, again.stderr
    assert len(learners()) == LEARNERS
