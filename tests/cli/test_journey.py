"""The whole job in real processes: a demo, a unit marked and closed, its sheet, an audit that finds a changed byte."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from markterm.domain.words.criterion_number import sort_key
from tests.at_length import at_length
from tests.centres import environment_in, make_centre_in
from tests.pace import PATIENCE


def markterm(
    folder: Path, *words: str, stdin: str = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `markterm` in `folder` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "markterm", *words],
        cwd=folder,
        input=stdin,
        env=environment or environment_in(folder.parent / "user"),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.long
def test_a_unit_of_the_demo_is_marked_closed_printed_and_audited(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    made = markterm(here, "demo", "--no-open")
    assert made.returncode == 0, made.stderr
    demo = Path(made.stdout.strip())
    shown = json.loads(markterm(demo, "show", "JON2041", "503", "--json").stdout)["units"][0]
    numbers = [criterion["number"] for outcome in shown["outcomes"] for criterion in outcome["criteria"]]
    assert {criterion["state"] for outcome in shown["outcomes"] for criterion in outcome["criteria"]} == {"open"}

    marked = markterm(demo, "mark", "jones", "503", ",".join(numbers[:-1]), "pass", "--as", "asha")
    assert (marked.returncode, len(marked.stdout.splitlines())) == (0, len(numbers) - 1)
    refused = markterm(demo, "mark", "jones", "503", numbers[-1], "refer", "--as", "asha")
    assert refused.returncode == 3
    last = markterm(demo, "mark", "jones", "503", numbers[-1], "refer", "--note", "-", "--as", "asha", stdin="When?\n")
    assert last.returncode == 0, last.stderr
    closed = markterm(demo, "close", "jones", "503", "--feedback", "One thing left.", "--as", "asha", "--json")
    assert json.loads(closed.stdout)["body"]["outcome"] == "refer"

    sheet = markterm(demo, "sheet", "JON2041", "503", "-o", "jones-503.md")
    assert sheet.returncode == 0
    text = (demo / "jones-503.md").read_text("utf-8")
    assert re.findall(r"^### (\S+) ", text, re.MULTILINE) == sorted(numbers, key=sort_key)
    assert "**REFERRAL** (attempt 1)" in text
    assert "> One thing left." in text
    assert text.count("Decision: ✓ Pass") == len(numbers) - 1

    clean = markterm(demo, "audit")
    # A badge is to be revoked there, and nobody did yet.
    assert (clean.returncode, re.findall(r"MR\d\d", clean.stdout)) == (0, ["MR45"])
    file = max((demo / "records" / "JON2041").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    damaged = markterm(demo, "audit")
    assert damaged.returncode == 4
    assert file.name in damaged.stdout
    assert markterm(demo, "status", "jones").returncode == 0


@pytest.mark.parametrize("encoding", at_length(["ascii", "cp1252", "latin-1"]))
def test_a_terminal_that_lacks_the_signs_stops_no_command(tmp_path: Path, encoding: str) -> None:
    centre = make_centre_in(tmp_path / "centre", {"AAA1": "李文 Łukasz"})
    environment = environment_in(tmp_path / "user", PYTHONIOENCODING=encoding, LC_ALL="C")
    answer = subprocess.run(
        [sys.executable, "-m", "markterm", "status"], cwd=centre, env=environment, capture_output=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert b"not started" in answer.stdout


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="there, names of files are Unicode whatever the locale is")
def test_a_locale_without_utf_8_exports_every_sign(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre", {"AAA1": "李文 Łukasz"})
    environment = environment_in(tmp_path / "user", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    marked = markterm(centre, "mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha", environment=environment)
    assert marked.returncode == 0, marked.stderr
    packed = markterm(centre, "export", "pack", "AAA1", "--format", "md", "-o", "pack", environment=environment)
    assert packed.returncode == 0, packed.stderr
    for page in ("index.html", "learners/AAA1/index.html", "learners/AAA1/sheets/AAA1 T-101 mark sheet.md"):
        assert "李文 Łukasz" in (centre / "pack" / page).read_text("utf-8"), page
    audited = markterm(centre, "audit", "--against", "pack", environment=environment)
    assert audited.returncode == 0, audited.stderr


@pytest.mark.long
def test_a_reader_who_has_seen_enough_is_no_failure(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre", {f"A{number:04}": "x" * 400 for number in range(400)})
    process = subprocess.Popen(
        [sys.executable, "-m", "markterm", "status"],
        cwd=centre,
        env=environment_in(tmp_path / "user"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    told = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in told
    assert "Broken" not in told


@pytest.mark.skipif(os.name == "nt", reason="the record's place is a device of this system")
def test_a_full_disk_is_told_and_no_success_is_claimed(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre")
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from markterm.cli import main; sys.argv = ['markterm', *sys.argv[1:]]; main()"
    )
    words = ["mark", "AAA1", "T-101", "1.1", "refer", "--note", "x" * 5000, "--as", "asha"]
    answer = subprocess.run(
        [sys.executable, "-c", limited, *words],
        cwd=centre,
        env=environment_in(tmp_path / "user"),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert answer.returncode == 4
    assert answer.stdout == ""
    assert "What to do: " in answer.stderr
    assert "Traceback" not in answer.stderr
    assert json.loads(markterm(centre, "show", "AAA1", "T-101", "--json").stdout)["units"][0]["state"] == "not started"
