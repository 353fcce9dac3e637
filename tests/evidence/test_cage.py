"""The process that converts a file is shut in: each thing that it has no use for is tried, and fails.

Each is tried outside the cage too, where it has to work: an attempt that fails anywhere proves nothing.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from markterm.domain.words.foreign_text import clean
from markterm.evidence.conversion import cage, children, conversion, seatbelt, seccomp
from markterm.evidence.conversion.child import answer
from markterm.evidence.conversion.conversion import convert, left_open
from markterm.evidence.conversion.seccomp import GIVEN_UP, Step, steps_for
from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.readers import READERS
from tests.at_length import at_length
from tests.evidence.made import evidence, rtf
from tests.evidence.made_hostile import hostile_files
from tests.evidence.made_more import gif, heic, jpeg, mp3, png, tiff, wav, webp
from tests.evidence.made_odf import flat, odf, row

BY_KIND = {f"a.{suffix}": data for suffix, data in hostile_files().items() if f".{suffix}" in READERS}
BY_KIND |= {"a.png": png(60, 40), "a.jpg": jpeg(60, 40, "2026:03:02 10:00:00"), "a.gif": gif(60, 40)}
BY_KIND |= {"a.webp": webp(9, 9), "a.tiff": tiff(9, 9), "a.heic": heic(9, 9), "a.wav": wav(1.0), "a.mp3": mp3("Call")}
BY_KIND |= {
    "a.ods": odf("spreadsheet", f'<table:table table:name="Log">{row("zebra")}</table:table>'),
    "a.fodp": flat("presentation", "<draw:page/>"),
}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this cage")

_TRIES = """
    import ctypes, fcntl, json, os, pathlib, shutil, signal, socket, subprocess, sys, threading
    place, parent, port, name = {place!r}, os.getppid(), {port}, {name!r}
    libc = ctypes.CDLL(None, use_errno=True)
    def call(number, *arguments):
        if libc.syscall(number, *arguments) < 0: raise OSError(ctypes.get_errno(), "call")
    def memory():
        buffer = ctypes.create_string_buffer(8)
        pair = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)
        call(310, parent, pair, 1, pair, 1, 0)
    def connected(family, kind, address):
        with socket.socket(family, kind) as s: s.connect(address)
    def part():
        process = os.fork()
        if process == 0: os._exit(0)
        os.waitpid(process, 0)
    tries = dict(
        tcp=lambda: connected(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port)),
        udp=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
        tcp6=lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM),
        unix=lambda: connected(socket.AF_UNIX, socket.SOCK_STREAM, name),
        unix_datagram=lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
        netlink=lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        pair=lambda: socket.socketpair(),
        program=lambda: subprocess.run(["/bin/true"], check=True),
        shell=lambda: os.system("true") and 1 / 0,
        spawn=lambda: os.posix_spawn("/bin/true", ["true"], {{}}),
        fork=part,
        home=lambda: (pathlib.Path.home() / {home!r}).read_text(),
        list_home=lambda: os.listdir(pathlib.Path.home()),
        record=lambda: pathlib.Path(place, "record.log").read_text(),
        list_record=lambda: os.listdir(place),
        beside=lambda: pathlib.Path({cache!r}, "0" * 64 + ".other").read_text(),
        passwords=lambda: open("/etc/passwd").read(),
        memory_of_parent=lambda: open(f"/proc/{{parent}}/maps").read(),
        write=lambda: open(place + "/new", "wb"),
        write_temporary=lambda: open("/dev/shm/markterm-was-here", "wb"),
        append=lambda: open(place + "/record.log", "ab"),
        write_input=lambda: open(path, "r+b"),
        write_null=lambda: open(os.devnull, "wb"),
        cut=lambda: os.truncate(place + "/record.log", 0),
        rename=lambda: os.rename(place + "/record.log", place + "/renamed.log"),
        delete=lambda: os.unlink(place + "/victim"),
        folder=lambda: os.mkdir(place + "/folder"),
        link=lambda: os.symlink("x", place + "/link"),
        hard_link=lambda: os.link(path, place + "/hard"),
        rights=lambda: os.chmod(place, 0o777),
        times=lambda: os.utime(place),
        attribute=lambda: os.setxattr(place + "/rights", "user.x", b"x"),
        signal=lambda: os.kill(parent, 0),
        signal_by_file=lambda: fcntl.fcntl(0, fcntl.F_SETOWN, parent),
        signal_kind=lambda: fcntl.fcntl(0, 10, 9),
        trace=lambda: call(101, 0, 0, 0, 0),
        read_memory=memory,
        queue=lambda: call(425, 1, ctypes.create_string_buffer(120)),
        watch=lambda: call(253),
        share=lambda: call(29, 0, 4096, 0o600),
        open_otherwise=lambda: call(437, -100, place.encode() + b"/record.log", ctypes.create_string_buffer(24), 24),
    )
    done = dict()
    for what, attempt in tries.items():
        try: attempt(); done[what] = "done"
        except OSError as error: done[what] = f"errno {{error.errno}}"
        except Exception as error: done[what] = repr(error)
    thread = threading.Thread(target=lambda: done.update(thread="done"))
    thread.start(); thread.join()
    done["own"] = path.read_text()[:5]
    done["late"] = str("é".encode("cp037")) and "done"
    return Converted(json.dumps(done))
"""


@pytest.fixture
def tried(
    tmp_path: Path, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, hostile: Callable[..., None]
) -> Iterator[Callable[[bool], dict[str, str]]]:
    """What became of each attempt, in the cage or outside it."""
    home = tmp_path / "learners" / "home"
    place = tmp_path / "learners" / "place"
    for each in (home, place, cache):
        each.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(conversion, "LARGEST_ANSWER", 1_000_000)
    (home / "diary.txt").write_text("private", "utf-8")
    (cache / f"{'0' * 64}.other").write_text("another learner's words", "utf-8")
    for name in ("record.log", "victim", "rights"):
        (place / name).write_text("x", "utf-8")
    short = Path("/tmp") / f"markterm-{os.getpid()}"
    with socket.socket() as listening, socket.socket(socket.AF_UNIX) as local:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        local.bind(str(short))
        local.listen()

        def run(uncaged: bool) -> dict[str, str]:
            script = _TRIES.format(
                place=str(place), port=listening.getsockname()[1], name=str(short), home="diary.txt", cache=str(cache)
            )
            hostile(script.strip(), uncaged=uncaged)
            file = evidence(folder / f"{uncaged}.rtf", rtf(str(uncaged)))
            # A limit of its own keeps it from writing; that is not what is tried here.
            answer: dict[str, str] = json.loads(convert(file, cache).markdown)
            return answer

        yield run
    short.unlink()
    Path("/dev/shm/markterm-was-here").unlink(missing_ok=True)


needs_the_cage = pytest.mark.skipif(bool(left_open()), reason=f"this kernel lets it {', '.join(left_open())}")
ALWAYS = {"thread", "own", "late"}
# What a test machine may refuse by itself, so that it proves nothing there.
MAY_FAIL_OUTSIDE = {
    "tcp6",
    "netlink",
    "trace",
    "read_memory",
    "queue",
    "attribute",
    "open_otherwise",
    "write_temporary",
}


@needs_the_cage
@pytest.mark.parametrize("forks", at_length([True, False]), ids=["forked", "started"])
def test_nothing_that_a_conversion_has_no_use_for_can_be_done_inside(
    tried: Callable[[bool], dict[str, str]], monkeypatch: pytest.MonkeyPatch, forks: bool
) -> None:
    monkeypatch.setattr(children, "FORKS", forks)
    inside = tried(False)
    assert {what for what, result in inside.items() if result == "done"} == ALWAYS - {"own"}
    assert inside["own"] == "{\\rtf"
    refused = {result for what, result in inside.items() if what not in ALWAYS}
    assert refused <= {"errno 1", "errno 13", "errno 38", "ZeroDivisionError('division by zero')"}


@pytest.mark.skipif(platform.machine() != "x86_64", reason="system calls by their numbers there")
def test_outside_each_of_them_can(tried: Callable[[bool], dict[str, str]]) -> None:
    outside = tried(True)
    assert {what for what, result in outside.items() if result != "done"} <= {"own", *MAY_FAIL_OUTSIDE}


@needs_the_cage
@pytest.mark.parametrize("name", sorted(BY_KIND))
def test_every_kind_of_file_is_read_inside(folder: Path, cache: Path, name: str) -> None:
    file = evidence(folder / name, BY_KIND[name])
    outside = from_bytes(answer(file.path, READERS[file.path.suffix]))
    assert convert(file, cache) == replace(outside, markdown=clean(outside.markdown).text)


def test_where_the_system_refuses_a_file_is_read_all_the_same(
    folder: Path, cache: Path, hostile: Callable[..., None]
) -> None:
    hostile("return Converted('the text')", uncaged=True)
    assert convert(evidence(folder / "a.rtf", rtf("x")), cache).markdown == "the text"


def test_a_kernel_without_either_leaves_the_process_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    class OldKernel:
        def __init__(self, *_: object, **__: object) -> None:
            ctypes.set_errno(38)

        def syscall(self, *_: object) -> int:
            return -1

        def prctl(self, *_: object) -> int:
            return -1

    monkeypatch.setattr(ctypes, "CDLL", OldKernel)
    cage.shut_in(Path(__file__))
    assert Path(__file__).read_bytes()


# The filter


def outcome_of(steps: list[Step], machine: int, number: int, *arguments: int) -> int:
    """What the kernel would do with a call: the filter is run as it runs it."""
    data = {0: number, 4: machine, **{16 + 8 * n: argument & 0xFFFFFFFF for n, argument in enumerate(arguments)}}
    at = loaded = 0
    while True:
        step = steps[at]
        at += 1
        if step.code == 0x20:
            loaded = data.get(step.value, 0)
        elif step.code == 0x06:
            return step.value
        else:
            met = {0x15: loaded == step.value, 0x35: loaded >= step.value, 0x45: bool(loaded & step.value)}[step.code]
            at += step.yes if met else step.no


ALLOWED, EPERM, ENOSYS, KILLED = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000


@pytest.mark.parametrize(("machine", "name", "own"), [("x86_64", 0xC000003E, 0), ("aarch64", 0xC00000B7, 1)])
def test_the_filter_gives_up_each_call_by_the_numbers_of_the_machine(machine: str, name: int, own: int) -> None:
    steps = steps_for(machine, 77)
    assert len(steps) < 4096
    for call, numbers in GIVEN_UP.items():
        number = numbers[own]
        if number is not None:
            assert outcome_of(steps, name, number) == EPERM, call
    read, exits, openat = ((0, 231, 257), (63, 94, 56))[own]
    clone, kill, tgkill = ((56, 62, 234), (220, 129, 131))[own]
    assert outcome_of(steps, name, read) == outcome_of(steps, name, exits) == ALLOWED
    assert outcome_of(steps, name, openat, -100, 0, os.O_RDONLY | os.O_CLOEXEC) == ALLOWED
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_RDWR | os.O_APPEND):
        assert outcome_of(steps, name, openat, -100, 0, flags) == EPERM
    assert outcome_of(steps, name, clone, 0x10000 | 0x100) == ALLOWED, "a thread"
    assert outcome_of(steps, name, clone, 17) == EPERM, "a process"
    assert outcome_of(steps, name, kill, 77) == outcome_of(steps, name, tgkill, 77, 77) == ALLOWED, "to itself"
    assert outcome_of(steps, name, kill, 78) == outcome_of(steps, name, kill, -1) == EPERM
    limits = (302, 261)[own]
    assert (outcome_of(steps, name, limits, 0), outcome_of(steps, name, limits, 78)) == (ALLOWED, EPERM)
    fcntl = (72, 25)[own]
    assert [outcome_of(steps, name, fcntl, 1, asked) for asked in (1, 2, 3, 4, 8, 10, 15, 1030)] == [
        *(ALLOWED, ALLOWED, ALLOWED, ALLOWED),
        *(EPERM, EPERM, EPERM, ALLOWED),
    ]
    assert outcome_of(steps, name, 435) == outcome_of(steps, name, 437) == outcome_of(steps, name, 470) == ENOSYS
    assert outcome_of(steps, 0x40000003, read) == KILLED, "a call of 32 bits"
    if machine == "x86_64":
        assert outcome_of(steps, name, 0x40000000 + 41) == EPERM, "a socket, for programs with addresses of 32 bits"


def test_a_machine_that_is_not_known_is_refused() -> None:
    with pytest.raises(OSError, match="riscv64"):
        seccomp.steps_for("riscv64", 1)


def test_the_profile_for_macos_quotes_every_path(tmp_path: Path) -> None:
    file = tmp_path / 'a") (allow network*) "'
    file.touch()
    rules = seatbelt.profile([file, tmp_path])
    assert f'(literal "{tmp_path.resolve()}/a\\") (allow network*) \\"")' in rules
    assert f'(subpath "{tmp_path.resolve()}")' in rules
    assert rules.index("(deny file-read-data") < rules.index("(allow file-read-data")
