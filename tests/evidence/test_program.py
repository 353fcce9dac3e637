"""Programs from outside run in the second cage: each thing that they have no use for is tried there, and fails."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer
from time import monotonic

import pytest

from markterm.evidence.conversion import program, seatbelt
from markterm.evidence.conversion.conversion import left_open
from markterm.evidence.conversion.program import ProgramFailed, ProgramStopped, folder_of_its_own, run
from markterm.evidence.conversion.program_filter import steps_for_program
from markterm.evidence.conversion.seccomp import GIVEN_UP
from tests.evidence.test_cage import ALLOWED, EPERM, outcome_of
from tests.pace import PATIENCE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no cage for programs")
needs_the_cage = pytest.mark.skipif(
    sys.platform != "linux" or bool(left_open()), reason="this system does not shut a process in"
)

_TRIES = """
import json, os, socket, subprocess, sys
place, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def connected(family, kind, address):
    with socket.socket(family, kind) as s: s.connect(address)
def datagram():
    one, two = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
tries = dict(
    tcp=lambda: connected(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port)),
    udp=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    unix=lambda: connected(socket.AF_UNIX, socket.SOCK_STREAM, name),
    datagram=datagram,
    read=lambda: open(place + "/record.log").read(),
    list=lambda: os.listdir(place),
    write=lambda: open(place + "/new", "wb"),
    append=lambda: open(place + "/record.log", "ab"),
    temporary=lambda: open("/tmp/markterm-was-here", "wb"),
    rename=lambda: os.rename(place + "/record.log", "record.log"),
    link_out=lambda: os.link(place + "/record.log", "record.log"),
    delete=lambda: os.unlink(place + "/record.log"),
    rights=lambda: os.chmod(place, 0o777),
    signal=lambda: os.kill(os.getppid(), 0),
    leave_group=lambda: os.setsid(),
    own_program=lambda: (open("x.sh", "w").write("#!/bin/sh"), os.chmod("x.sh", 0o700), os.execv("./x.sh", ["x"])),
    own=lambda: open("mine", "w").write("x"),
    own_folder=lambda: os.mkdir("folder"),
    child=lambda: subprocess.run(["/bin/sh", "-c", "exit 0"], check=True),
    pair=lambda: socket.socketpair(),
)
done = {}
for what, attempt in tries.items():
    try: attempt(); done[what] = "done"
    except OSError as error: done[what] = error.errno
print(json.dumps(done))
"""
ITS_OWN = {"own", "own_folder", "child", "pair"}


@pytest.fixture
def folder() -> Iterator[Path]:
    with folder_of_its_own() as path:
        yield path


def _python(script: str, folder: Path, *arguments: str, seconds: float = PATIENCE, stop: Event | None = None) -> bytes:
    command = (sys.executable, "-I", "-c", script, *arguments)
    return run(command, folder, seconds=seconds, memory=1024**3, stop=stop or Event())


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="time is not shared by sessions here")
def test_others_go_first_until_somebody_waits_for_it(folder: Path) -> None:
    asked: list[bool] = []

    def low() -> bool:
        asked.append(True)
        return not (folder / "waited").exists()

    # Outside the cage, as there is no other process whose share it could look at.
    script = """
import pathlib, time
until = time.monotonic() + 60
while "nice 10" not in pathlib.Path("/proc/self/autogroup").read_text() and time.monotonic() < until: time.sleep(0.01)
low = pathlib.Path("/proc/self/autogroup").read_text()
pathlib.Path("waited").touch()
while "nice 0" not in pathlib.Path("/proc/self/autogroup").read_text() and time.monotonic() < until: time.sleep(0.01)
print(low.split()[-1], pathlib.Path("/proc/self/autogroup").read_text().split()[-1])
"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "markterm.evidence.conversion.program.CAGE",
            (sys.executable, "-c", "import os, sys; os.execv(sys.argv[4], sys.argv[4:])"),
        )
        command = (sys.executable, "-I", "-c", script)
        said = run(command, folder, seconds=PATIENCE, memory=1024**3, stop=Event(), low=low)
    assert said.split() == [b"10", b"0"]
    assert asked


@needs_the_cage
def test_a_program_has_its_folder_and_no_other_no_network_and_nobody_to_speak_to(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "record.log").write_text("x", "utf-8")
    name = str(folder / "socket")
    with socket.socket() as listening, socket.socket(socket.AF_UNIX) as local:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        local.bind(name)
        local.listen()
        said = _python(_TRIES, folder, str(tmp_path), str(listening.getsockname()[1]), name)
    done = json.loads(said)
    assert {what for what, result in done.items() if result == "done"} == ITS_OWN
    assert {entry.name for entry in tmp_path.iterdir()} == {"record.log"}
    assert not Path("/tmp/markterm-was-here").exists()


@needs_the_cage
def test_that_it_is_shut_in_is_tried_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    program.programs_left_open.cache_clear()
    assert program.programs_left_open() == ()
    program.programs_left_open.cache_clear()
    script = "import os, sys; os.execv(sys.argv[4], sys.argv[4:])"
    monkeypatch.setattr(program, "CAGE", (sys.executable, "-c", script))
    assert program.programs_left_open() == (
        "read other files",
        "write files",
        "use the network",
        "speak to other programs",
    )
    program.programs_left_open.cache_clear()


def test_it_is_told_little_of_what_this_process_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    said = _python("import os, json; print(json.dumps(dict(os.environ)))", folder)
    environment = json.loads(said)
    assert "SECRET_KEY" not in environment
    assert environment["HOME"] == environment["TMPDIR"] == str(folder)


def test_one_that_hangs_is_ended_with_all_that_it_started(folder: Path) -> None:
    script = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open('child', 'w').write(str(child.pid))\n"
        "time.sleep(600)"
    )
    with pytest.raises(ProgramFailed, match="takes longer than 1 seconds"):
        _python(script, folder, seconds=1)
    assert _is_gone(int((folder / "child").read_text("utf-8")))


def test_what_outlives_it_is_ended_too(folder: Path) -> None:
    script = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], stdout=subprocess.DEVNULL)\n"
        "open('child', 'w').write(str(child.pid))"
    )
    _python(script, folder)
    assert _is_gone(int((folder / "child").read_text("utf-8")))


def _is_gone(process: int) -> bool:
    """Whether a process ends soon; nobody may have asked for its end yet."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        shown = subprocess.run(("ps", "-o", "stat=", "-p", str(process)), capture_output=True, check=False).stdout
        if not shown.strip() or shown.startswith((b"Z", b"X")):
            return True
    return False


def test_a_file_without_end_ends_it(folder: Path) -> None:
    with pytest.raises(ProgramFailed, match="a larger file than a portfolio needs"):
        run(("/bin/sh", "-c", "exec cat /dev/zero > large"), folder, seconds=60, memory=1024**3, stop=Event())
    assert (folder / "large").stat().st_size <= 256 * 1024 * 1024


def test_files_that_together_fill_the_disk_end_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "LARGEST_FOLDER", 1_000_000)
    script = "import time\nfor n in range(99): open(str(n), 'wb').write(b'x' * 99_999)\ntime.sleep(600)"
    with pytest.raises(ProgramFailed, match="fills the disk"):
        _python(script, folder)


def test_one_that_says_more_than_anybody_reads_is_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "LARGEST_SAID", 1000)
    with pytest.raises(ProgramFailed, match="says more"):
        _python("while True: print('x' * 999)", folder)


def test_one_that_asks_for_too_much_memory_breaks_off(folder: Path) -> None:
    with pytest.raises(ProgramFailed, match="breaks off"):
        _python("x = bytearray(3 * 1024**3)", folder)


def test_stop_ends_it_at_once(folder: Path) -> None:
    stop = Event()
    Timer(0.2, stop.set).start()
    with pytest.raises(ProgramStopped):
        _python("import time; time.sleep(600)", folder, stop=stop)


def test_its_folder_is_gone_afterwards_whatever_it_did_there() -> None:
    with folder_of_its_own() as folder:
        _python("import os; os.makedirs('a/b'); open('a/b/c', 'w'); os.symlink('/', 'root')", folder)
        assert (folder / "a" / "b" / "c").exists()
    assert not folder.exists()
    assert shutil.which("sh")


@pytest.mark.parametrize(("machine", "name", "own"), [("x86_64", 0xC000003E, 0), ("aarch64", 0xC00000B7, 1)])
def test_the_filter_lets_a_program_write_and_start_others_and_make_no_socket_but_its_own(
    machine: str, name: int, own: int
) -> None:
    steps = steps_for_program(machine)
    for call in ("connect", "ptrace", "mount", "bpf", "chmod", "io_uring_setup", "sendmsg", "keyctl"):
        number = GIVEN_UP[call][own]
        assert number is None or outcome_of(steps, name, number) == EPERM, call
    for call in ("execve", "unlinkat", "bind", "listen"):
        number = GIVEN_UP[call][own]
        assert number is None or outcome_of(steps, name, number) == ALLOWED, call
    for number in (GIVEN_UP["socket"][own], GIVEN_UP["socketpair"][own]):
        assert number is not None
        unix, internet, stream, datagram = 1, 2, 1 | 0o2000000, 2
        assert outcome_of(steps, name, number, unix, stream) == ALLOWED
        assert (
            outcome_of(steps, name, number, unix, datagram)
            == outcome_of(steps, name, number, internet, stream)
            == EPERM
        )
    openat, setsid, kill = ((257, 112, 62), (56, 157, 129))[own]
    assert outcome_of(steps, name, openat, -100, 0, os.O_RDWR | os.O_CREAT) == ALLOWED
    assert outcome_of(steps, name, setsid) == outcome_of(steps, name, kill, 77) == EPERM


def test_the_profile_for_macos_gives_a_program_its_folder_to_write_in(tmp_path: Path) -> None:
    rules = seatbelt.profile([], programs_in=tmp_path)
    assert "(deny file-write*)" in rules
    assert f'(allow file-write* (subpath "{tmp_path.resolve()}"))' in rules
    assert "process-exec" not in rules
