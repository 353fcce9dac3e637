"""The server of readers: killed, held up, left behind or lied to, it costs no conversion and leaves nothing behind."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion import child, children, conversion
from markterm.evidence.conversion.conversion import convert
from markterm.evidence.conversion.seccomp import steps_for
from markterm.evidence.converted import Converted
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.progress import Progress, Urgency
from tests.evidence.conftest import child_that, has_ended
from tests.evidence.made import evidence, rtf
from tests.evidence.test_cage import ALLOWED, EPERM, outcome_of
from tests.pace import HANGS, PATIENCE, without_hanging

pytestmark = pytest.mark.skipif(not children.FORKS, reason="the system forks no processes")
in_proc = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")

# It says which process forked it, and then waits until a file of that name is there.
_WAITS = (
    "import os, time\n    while not os.path.exists({gate!r}): time.sleep(0.01)\n    return Converted(str(os.getppid()))"
)


@pytest.fixture(autouse=True)
def _patient() -> Iterator[None]:
    """A server that is slow because the machine is busy is none that hangs: where one does, the test says so."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(children, "PATIENCE", 60.0)
        yield


def _until(met: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE
    while not met():
        assert monotonic() < end, f"not so after {PATIENCE} s"
        sleep(0.005)


def _server() -> int:
    """The process of the server that there is."""
    process = children._server._process
    assert process is not None
    return process.pid


def _forked_by(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.fixture
def file(folder: Path) -> EvidenceFile:
    return evidence(folder / "a.rtf", rtf("the text"))


def _once_more(file: EvidenceFile, cache: Path) -> Converted:
    return conversion.kept_conversion(file, cache, again=True).converted


def test_conversions_are_forked_from_one_server(
    file: EvidenceFile, cache: Path, hostile: Callable[[str], None]
) -> None:
    hostile("import os; return Converted(f'{os.getppid()} {os.getpid()}')")
    (one, first), (same, second) = (_once_more(file, cache).markdown.split() for _ in range(2))
    assert one == same == str(_server())
    assert first != second


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM], ids=["killed", "held up", "ended"])
def test_a_server_that_is_gone_or_hangs_is_replaced_by_the_next_conversion(
    file: EvidenceFile, cache: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    convert(file, cache)
    before = _server()
    monkeypatch.setattr(children, "PATIENCE", 0.3)
    os.kill(before, how)
    assert "the text" in _once_more(file, cache).markdown
    monkeypatch.undo()
    assert "the text" in _once_more(file, cache).markdown
    assert _server() != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


@in_proc
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "held up"])
def test_a_server_that_goes_during_a_conversion_costs_it_nothing(
    file: EvidenceFile,
    cache: Path,
    tmp_path: Path,
    hostile: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    how: signal.Signals,
) -> None:
    gate = tmp_path / "outside"
    hostile(_WAITS.format(gate=str(gate)))
    running: list[int] = []

    def heard(*asked: Any, until_then: Callable[..., int] = children._heard) -> int:
        running.append(until_then(*asked))
        return running[0]

    monkeypatch.setattr(children, "_heard", heard)
    read: list[Converted] = []
    converting = Thread(target=lambda: read.append(convert(file, cache)))
    converting.start()
    _until(lambda: running)
    before, first = _server(), running[0]
    monkeypatch.setattr(children, "PATIENCE", 0.3 if how is signal.SIGSTOP else children.PATIENCE)
    os.kill(before, how)
    gate.touch()
    converting.join()
    monkeypatch.undo()
    assert read[0].markdown in (str(_server()), str(os.getpid()))
    assert read[0].markdown != str(before)
    _until(lambda: has_ended(first))


def test_a_server_that_is_held_up_as_it_forks_is_not_waited_for(
    file: EvidenceFile, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = child_that("import os; return Converted(str(os.getppid()))")
    before = """
import os, signal
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGSTOP))
process.main()
"""
    monkeypatch.setattr(conversion, "COMMAND", (*command[:-1], command[-1].replace("process.main()", before)))
    monkeypatch.setattr(children, "PATIENCE", 0.3)
    assert convert(file, cache).markdown == str(os.getpid())


@in_proc
def test_nothing_outlives_the_process_that_asked(folder: Path, cache: Path) -> None:
    command = child_that(_WAITS.format(gate="/nowhere/at all"))
    script = (
        "import sys; from pathlib import Path; from threading import Thread\n"
        "from markterm.evidence.conversion import children, conversion\n"
        "from markterm.evidence.folder import EvidenceFile, EvidenceKind\n"
        f"conversion.COMMAND = {command!r}\n"
        "path = Path(sys.argv[1]); file = EvidenceFile('a.rtf', path, 1, 1, EvidenceKind.CONVERTED)\n"
        "Thread(target=conversion.convert, args=(file, Path(sys.argv[2]))).start()\n"
        "while children._server._process is None: pass\n"
        "print(children._server._process.pid, flush=True)\n"
    )
    file = evidence(folder / "a.rtf", rtf("x"))
    with subprocess.Popen(
        [sys.executable, "-c", script, str(file.path), str(cache)], stdout=subprocess.PIPE, text=True
    ) as asker:
        assert asker.stdout is not None
        server = int(asker.stdout.readline())
        _until(lambda: _forked_by(server))
        (process,) = _forked_by(server)
        asker.kill()
    _until(lambda: has_ended(server) and has_ended(process))
    for left in cache.iterdir():  # the copy: whoever is killed tidies nothing up
        left.unlink()


def test_a_reader_that_crashes_costs_one_line_and_the_server_goes_on(
    folder: Path, cache: Path, hostile: Callable[[str], None]
) -> None:
    hostile(
        "import os\n    if b'crash' in path.read_bytes(): os.kill(os.getpid(), 11)\n    return Converted('the text')"
    )
    sound, crashes = evidence(folder / "a.rtf", rtf("x")), evidence(folder / "b.rtf", rtf("crash"))
    convert(sound, cache)
    before = _server()
    with pytest.raises(Unreadable, match="broke off"):
        convert(crashes, cache)
    assert _once_more(sound, cache).markdown == "the text"
    assert _server() == before


@in_proc
def test_it_leaves_no_zombies(file: EvidenceFile, cache: Path) -> None:
    for _ in range(3):
        _once_more(file, cache)
    _until(lambda: not _forked_by(_server()))


def test_the_process_has_no_descriptor_but_that_of_its_answer_and_none_of_the_environment(
    file: EvidenceFile, cache: Path, hostile: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKTERM_PASSWORD", "secret")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    hostile(
        "import os, json, stat\n"
        "    found = dict()\n"
        "    for number in range(64):\n"
        "        try: found[number] = stat.filemode(os.fstat(number).st_mode)[0]\n"
        "        except OSError: pass\n"
        "    return Converted(json.dumps([found, dict(os.environ)]))"
    )
    found, environment = json.loads(convert(file, cache).markdown)
    assert found == {"0": "c", "1": "c", "2": "c", "3": "p"}
    assert "MARKTERM_PASSWORD" not in environment
    assert environment["LC_ALL"] == "C.UTF-8"


@in_proc
def test_the_server_has_limits_and_those_of_a_process_begin_with_it(
    folder: Path, cache: Path, hostile: Callable[[str], None]
) -> None:
    hostile(
        "child.CPU_SECONDS = 1; child.limit()\n    while 'spin' in path.read_text(): pass\n    return Converted('x')"
    )
    with pytest.raises(Unreadable, match="too long"):
        convert(evidence(folder / "a.rtf", rtf("spin")), cache)
    assert convert(evidence(folder / "b.rtf", rtf("y")), cache).markdown == "x"
    limits = Path(f"/proc/{_server()}/limits").read_text().splitlines()
    soft = {line[:26].strip(): line[26:].split()[0] for line in limits}
    assert (soft["Max address space"], soft["Max file size"]) == (str(1024**3), "0")
    assert int(soft["Max cpu time"]) < 1000


@pytest.mark.long
def test_a_process_may_be_asked_to_let_others_go_first(file: EvidenceFile, hostile: Callable[[str], None]) -> None:
    hostile("import os; return Converted(str(os.getpriority(os.PRIO_PROCESS, 0)))")
    for low in (False, True):
        process = children.start(conversion.COMMAND, file.path, "rtf.rtf", Event().is_set, low=low)
        assert (b'"markdown": "10"' in process.answer.read()) is low
        assert process.wait() == 0
        process.close()


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="the system does not share time by sessions")
def test_one_that_let_others_go_first_is_hurried_when_a_person_waits_for_it(
    file: EvidenceFile, cache: Path, tmp_path: Path, hostile: Callable[[str], None]
) -> None:
    gate = tmp_path / "outside"
    hostile(_WAITS.format(gate=str(gate)))

    def share() -> str:
        found = _forked_by(_server()) if children._server._command == conversion.COMMAND else []
        return Path(f"/proc/{found[0]}/autogroup").read_text().split()[-1] if found else ""

    background = Thread(target=conversion.kept_conversion, args=(file, cache, Progress(urgency=Urgency.SOON)))
    background.start()
    _until(lambda: share() == "10")
    person = Thread(target=convert, args=(file, cache))
    person.start()
    _until(lambda: share() == "0")
    gate.touch()
    background.join()
    person.join()


@pytest.mark.parametrize("fault", ["os.fork = refuse", "raise SystemExit"], ids=["no fork", "no server"])
def test_where_nothing_can_be_forked_each_is_started_by_itself(
    file: EvidenceFile, cache: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    command = child_that("import os; return Converted(str(os.getppid()))")
    before = f"""
import os
def refuse(): raise OSError({errno.EAGAIN}, "no process more")
if "--serve" in sys.argv: {fault}
process.main()
"""
    monkeypatch.setattr(conversion, "COMMAND", (*command[:-1], command[-1].replace("process.main()", before)))
    assert convert(file, cache).markdown == str(os.getpid())


def test_a_request_that_is_stopped_before_it_runs_waits_for_nothing(
    file: EvidenceFile, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert(file, cache)
    before, stop = _server(), Event()
    monkeypatch.setattr(children, "PATIENCE", HANGS)
    os.kill(before, signal.SIGSTOP)
    stop.set()
    with without_hanging(), pytest.raises(children.Stopped):
        children.start(conversion.COMMAND, file.path, "rtf.rtf", stop.is_set)
    os.kill(before, signal.SIGKILL)


def test_the_filter_of_the_server_leaves_it_its_forks_and_no_more() -> None:
    steps = steps_for("x86_64", 77, forks=True)
    fork, kill, clone, nice, execve, socket_, unlink, ptrace = 57, 62, 56, 141, 59, 41, 87, 101
    name = 0xC000003E
    assert [outcome_of(steps, name, number, 5) for number in (fork, kill, clone, nice)] == [ALLOWED] * 4
    assert [outcome_of(steps, name, number, 5) for number in (execve, socket_, unlink, ptrace)] == [EPERM] * 4


@in_proc
def test_what_the_server_loads_starts_no_thread_and_leaves_room_in_the_memory_that_is_allowed() -> None:
    """A fork of a process with threads may hang; and what is loaded counts in the memory of each that it forks."""
    script = (
        "from markterm.evidence.conversion import child; from pathlib import Path\n"
        "from markterm.evidence.readers import READERS\n"
        "for reader in set(READERS.values()): child.load(reader)\n"
        "print(Path('/proc/self/status').read_text())"
    )
    told = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True).stdout
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert facts["Threads"].strip() == "1"
    assert int(facts["VmSize"].split()[0]) * 1024 < child.MEMORY / 4


@in_proc
def test_a_server_that_is_held_up_does_not_outlive_the_process_that_asked(folder: Path, cache: Path) -> None:
    file = folder / "a.rtf"
    file.write_bytes(rtf("the text"))
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from markterm.evidence.conversion import children\n"
        "from markterm.evidence.conversion.conversion import convert\n"
        "from tests.evidence.made import evidence\n"
        "path = Path(sys.argv[1])\nconvert(evidence(path, path.read_bytes()), Path(sys.argv[2]))\n"
        "server = children._server._process.pid\nos.kill(server, signal.SIGSTOP)\nprint(server)\n"
    )
    command = [sys.executable, "-c", script, str(file), str(cache)]
    server = int(subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE).stdout)
    try:
        _until(lambda: has_ended(server))
    finally:
        if not has_ended(server):
            os.kill(server, signal.SIGKILL)
