"""The second cage: a process shuts itself in, and becomes a program from outside, such as LibreOffice or tesseract.

It is started as `python -I -B -m markterm.evidence.conversion.program_cage FOLDER MEMORY SECONDS PROGRAM ARGUMENT…`.
The program reads the system's programs, libraries and fonts and its own, has the one folder to write in, no network,
no other program's socket, no signals to send, a limit on its memory, its work and each of its files, and stays in its
group, so that its parent can end all of it. Where the system refuses, and on Windows, only the parent's clock is left.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from markterm.evidence.conversion import landlock, seatbelt, seccomp
from markterm.evidence.conversion.others_first import NICE
from markterm.evidence.conversion.program_filter import steps_for_program

LARGEST_FILE = 256 * 1024 * 1024
_OPEN_FILES = 512

_SYSTEM = (
    *("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec"),
    *("/usr/local/bin", "/usr/local/lib", "/nix/store", "/opt/libreoffice"),
)
"""Programs and libraries."""
_DATA = (
    *("/usr/share", "/usr/local/share", "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/etc/alternatives"),
    *("/dev/urandom", "/dev/random", "/dev/zero", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat"),
    *("/proc/sys/kernel/osrelease", "/sys/devices/system/cpu"),
)
_WRITTEN_TO = ("/dev/null",)
_SOCKETS = ("/tmp", "/var/tmp")
"""Where LibreOffice listens for others of its kind, and does not start if it cannot. None of them reaches it."""


def limit(memory: int, seconds: int) -> None:
    """Take from this process, and what it becomes and starts, more memory, work and larger files than it needs."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICE)
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        # A limit that this system does not know, or that is already lower, stays as it is.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def shut_in(folder: Path, program: Path) -> None:
    """Shut this process in for good, with a folder of its own and what `program` needs. Where the system refuses, it
    is as it was."""
    own = [path for path in _homes(program) if path.exists()]
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        with contextlib.suppress(OSError):
            landlock.restrict(
                library,
                _there((*_DATA, *filter(None, (os.environ.get("TESSDATA_PREFIX"),)))),
                runnable=[*_there(_SYSTEM), *own],
                writable=[folder, *_there(_WRITTEN_TO)],
                sockets=_there(_SOCKETS),
            )
        with contextlib.suppress(OSError):
            seccomp.install(library, steps_for_program(os.uname().machine))
    elif sys.platform == "darwin":
        with contextlib.suppress(OSError):
            seatbelt.restrict(own, programs_in=folder)


def _homes(program: Path) -> Iterable[Path]:
    """Where a program is installed. Python's packages are where it says, and so they are if it is what is run."""
    real = program.resolve()
    yield real.parent
    if program == Path(sys.executable):
        yield from (Path(entry) for entry in sys.path if entry)
        yield from (Path(prefix) for prefix in {sys.prefix, sys.base_prefix})
    # Of `…/LibreOffice.app/Contents/MacOS/soffice` and `…/libreoffice/program/soffice` all that came with it.
    if real.parent.name in ("program", "MacOS"):
        yield real.parent.parent


def _there(names: Iterable[str]) -> list[Path]:
    return [path for path in map(Path, names) if path.exists()]


def main() -> None:
    """Become the program that the command line names."""
    folder, memory, seconds, program = sys.argv[1:5]
    # Python ignores these, and what is ignored stays so: a program has to end when it writes too much.
    for name in ("SIGXFSZ", "SIGPIPE"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    limit(int(memory), int(seconds))
    shut_in(Path(folder), Path(program))
    os.execv(program, sys.argv[4:])


if __name__ == "__main__":
    main()
