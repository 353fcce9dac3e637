"""seccomp: a process of Linux gives up system calls, for good, by a filter that the kernel runs before each of them.

A call that is given up fails with EPERM, as if the user had no right to it, so that a library goes on or says so. Calls
by the numbers of another kind of machine (32 bits) end the process. Numbers are those of the kernel's `unistd.h`.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_GIVEN_UP = """
Sockets of any kind, TCP, UDP, Unix and all others:
  socket 41 198 · socketpair 53 199 · connect 42 203 · bind 49 200 · listen 50 201 · accept 43 202 · accept4 288 242
  sendto 44 206 · sendmsg 46 211 · sendmmsg 307 269
Other programs, and other processes:
  execve 59 221 · execveat 322 281 · fork 57 - · vfork 58 - · ptrace 101 117 · process_vm_readv 310 270
  process_vm_writev 311 271 · process_madvise 440 440 · pidfd_open 434 434 · pidfd_getfd 438 438
  pidfd_send_signal 424 424 · kcmp 312 272 · rt_sigqueueinfo 129 138 · rt_tgsigqueueinfo 297 240
  setpriority 141 140 · ioprio_set 251 30 · sched_setscheduler 144 119 · sched_setparam 142 118
  sched_setattr 314 274 · sched_setaffinity 203 122
  migrate_pages 256 238 · move_pages 279 239 · process_mrelease 448 448
What other processes share:
  shmget 29 194 · shmat 30 196 · shmctl 31 195 · semget 64 190 · semop 65 193 · semtimedop 220 192 · semctl 66 191
  msgget 68 186 · msgsnd 69 189 · msgrcv 70 188 · msgctl 71 187 · mq_open 240 180 · mq_unlink 241 181
  mq_notify 244 184 · keyctl 250 219 · add_key 248 217 · request_key 249 218
Files, changed; and opened or watched in ways of their own:
  creat 85 - · truncate 76 45 · ftruncate 77 46 · fallocate 285 47 · rename 82 - · renameat 264 38 · renameat2 316 276
  link 86 - · linkat 265 37 · symlink 88 - · symlinkat 266 36 · unlink 87 - · unlinkat 263 35 · mkdir 83 -
  mkdirat 258 34 · rmdir 84 - · mknod 133 - · mknodat 259 33 · chmod 90 - · fchmod 91 52 · fchmodat 268 53
  fchmodat2 452 452 · chown 92 - · fchown 93 55 · lchown 94 - · fchownat 260 54 · utime 132 - · utimes 235 -
  futimesat 261 - · utimensat 280 88 · setxattr 188 5 · lsetxattr 189 6 · fsetxattr 190 7 · removexattr 197 14
  lremovexattr 198 15 · fremovexattr 199 16 · open_by_handle_at 304 265 · name_to_handle_at 303 264
  fanotify_init 300 262 · fanotify_mark 301 263 · inotify_init 253 - · inotify_init1 294 26 · inotify_add_watch 254 27
The system itself:
  mount 165 40 · umount2 166 39 · pivot_root 155 41 · chroot 161 51 · setns 308 268 · unshare 272 97 · fsopen 430 430
  fsconfig 431 431 · fsmount 432 432 · fspick 433 433 · open_tree 428 428 · move_mount 429 429 · mount_setattr 442 442
  bpf 321 280 · perf_event_open 298 241 · userfaultfd 323 282 · io_uring_setup 425 425 · io_uring_enter 426 426
  io_uring_register 427 427 · io_setup 206 0 · io_submit 209 2 · init_module 175 105 · finit_module 313 273
  delete_module 176 106 · kexec_load 246 104 · kexec_file_load 320 294 · reboot 169 142 · swapon 167 224
  swapoff 168 225 · acct 163 89 · quotactl 179 60 · quotactl_fd 443 443 · settimeofday 164 170 · clock_settime 227 112
  adjtimex 159 171 · clock_adjtime 305 266 · sethostname 170 161 · setdomainname 171 162 · syslog 103 116
  personality 135 92 · iopl 172 - · ioperm 173 -
"""
GIVEN_UP = {
    name: (int(x86), None if arm == "-" else int(arm))
    for name, x86, arm in re.findall(r"(\w+) (\d+) (\d+|-)", _GIVEN_UP)
}
"""The number of each call on x86-64 and on ARM64, where an older call is often missing."""
TO_ITSELF = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131)}
"""A library that ends with an error sends itself a signal: allowed, where the first argument is this process."""
OF_ITSELF = {"prlimit64": (302, 261)}
"""A library may ask what its limits are: allowed, where the first argument is 0, which is the process itself."""
_OPENS: dict[str, tuple[int, int | None, int]] = {"open": (2, None, 1), "openat": (257, 56, 2)}
"""And the number of the argument that says what for."""
_FCNTL = (72, 25)
_SENDS_SIGNALS = (8, 10, 15)
"""What `fcntl` can be asked for (F_SETOWN, F_SETSIG, F_SETOWN_EX), so that another process gets a signal."""
_CLONE = (56, 220)
# These take what they are to do from memory, which no filter sees. The C library then uses the calls before them.
UNKNOWN = {"clone3": (435, 435), "openat2": (437, 437)}
_FIRST_TOO_NEW = 463
"""Calls that came after this was written are unknown too."""

_OF_A_SERVER = frozenset({"fork", "setpriority"})
"""What a process keeps that is there to start others like itself, beside ending those and opening files."""

_CLONE_THREAD = 0x10000
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
EPERM, ENOSYS = 1, 38

_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""What the kernel calls the machine, and which of the numbers are its own."""
_OTHER_NUMBERS = 0x40000000  # x32, on x86-64

LOAD, EQUALS, _AT_LEAST, HAS_ANY, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, ARGUMENTS_AT = 0, 4, 16
ALLOW, _KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000

_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2


class Step(NamedTuple):
    """An instruction of the filter; `yes` and `no` are how many to pass over after a comparison."""

    code: int
    yes: int
    no: int
    value: int


def restrict(library: ctypes.CDLL, *, forks: bool = False) -> None:
    """Give up the calls, in this thread and those it starts. `library` is the C library, with `use_errno`.

    A process that `forks` keeps what it needs to start, end and set aside processes like itself, and opens files.
    Raises OSError where the kernel has no seccomp or refuses it, and on a kind of machine that is not known here.
    """
    install(library, steps_for(os.uname().machine, os.getpid(), forks=forks))


def install(library: ctypes.CDLL, filtering: Iterable[Step]) -> None:
    """Put a filter before every call of this thread and those it starts. Raises OSError where the kernel refuses."""
    steps = b"".join(
        step.code.to_bytes(2, "little") + bytes((step.yes, step.no)) + step.value.to_bytes(4, "little")
        for step in filtering
    )
    buffer = ctypes.create_string_buffer(steps, len(steps))
    program = _Program(len(steps) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if library.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if library.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


class _Program(ctypes.Structure):
    _fields_ = [("count", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


def steps_for(machine: str, process: int, *, forks: bool = False) -> list[Step]:
    """The filter for a kind of machine and the process of that id, which `forks` or not.

    Raises OSError for a machine that is not known.
    """
    steps, own = begun(machine)
    for name_of_call, numbers in GIVEN_UP.items():
        if (number := numbers[own]) is not None and not (forks and name_of_call in _OF_A_SERVER):
            steps += [Step(EQUALS, 0, 1, number), Step(RETURN, 0, 0, FAIL | EPERM)]
    for numbers in UNKNOWN.values():
        steps += [Step(EQUALS, 0, 1, numbers[own]), Step(RETURN, 0, 0, FAIL | ENOSYS)]
    if not forks:
        for numbers in TO_ITSELF.values():
            steps += allowed_if(numbers[own], 0, Step(EQUALS, 1, 0, process))
    for numbers in OF_ITSELF.values():
        steps += allowed_if(numbers[own], 0, Step(EQUALS, 1, 0, 0))
    steps += no_signals_by_files(own)
    if forks:
        return [*steps, Step(RETURN, 0, 0, ALLOW)]
    steps += allowed_if(_CLONE[own], 0, Step(HAS_ANY, 1, 0, _CLONE_THREAD))
    for x86, arm, argument in _OPENS.values():
        if (number := (x86, arm)[own]) is not None:
            steps += allowed_if(number, argument, Step(HAS_ANY, 0, 1, _TO_WRITE))
    return [*steps, Step(RETURN, 0, 0, ALLOW)]


def begun(machine: str) -> tuple[list[Step], int]:
    """The first steps of any filter, after which the number of the call is loaded, and which numbers are its own.

    Raises OSError for a machine that is not known.
    """
    if machine not in _MACHINES:
        raise OSError(ENOSYS, f"no filter for {machine}")
    name, own = _MACHINES[machine]
    steps = [
        Step(LOAD, 0, 0, _MACHINE_AT),
        Step(EQUALS, 1, 0, name),
        Step(RETURN, 0, 0, _KILL),
        Step(LOAD, 0, 0, _NUMBER_AT),
    ]
    if own == 0:
        steps += [Step(_AT_LEAST, 0, 1, _OTHER_NUMBERS), Step(RETURN, 0, 0, FAIL | EPERM)]
    steps += [Step(_AT_LEAST, 0, 1, _FIRST_TOO_NEW), Step(RETURN, 0, 0, FAIL | ENOSYS)]
    return steps, own


def no_signals_by_files(own: int) -> Iterator[Step]:
    """A file may not be asked to send signals to others when something happens to it."""
    yield Step(EQUALS, 0, 7, _FCNTL[own])
    yield Step(LOAD, 0, 0, ARGUMENTS_AT + 8)
    for asked in _SENDS_SIGNALS:
        yield Step(EQUALS, 0, 1, asked)
        yield Step(RETURN, 0, 0, FAIL | EPERM)
    # Comparing the number again needs it loaded again.
    yield Step(LOAD, 0, 0, _NUMBER_AT)


def allowed_if(number: int, argument: int, test: Step) -> Iterator[Step]:
    """The call of that number is given up unless the test of an argument passes over the refusal."""
    yield Step(EQUALS, 0, 4, number)
    yield Step(LOAD, 0, 0, ARGUMENTS_AT + 8 * argument)  # its lower half: both machines have that first
    yield test
    yield Step(RETURN, 0, 0, FAIL | EPERM)
    yield Step(RETURN, 0, 0, ALLOW)
