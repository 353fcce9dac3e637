"""A report of a fault in MarkTerm, for whoever mends it. It lies in the user's own folder and is sent to nobody.

It says where in the program it happened and with which versions. What the program was working on is left out: the
message of an exception and the values of variables may hold what learners wrote, names, registrations or paths.
"""

from __future__ import annotations

import errno
import os
import platform
import secrets
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from markterm import __version__

_MOST_REPORTS = 20
_MOST_LINES = 60
_MOST_CAUSES = 8
_OURS = "markterm"
_ABOUT = """\
A fault of MarkTerm's own. This report holds versions and places in the program: no words, names or registrations
of learners, and no paths. It was sent to nobody. Read it before you give it to anybody.
"""


def fault_report(error: BaseException, at: datetime) -> str:
    """What is known of the fault, as text: versions, the kind of exception, and where in the program it was."""
    lines = [
        _ABOUT,
        f"at        {at:%Y-%m-%d %H:%M} UTC",
        f"MarkTerm  {__version__}",
        f"Python    {platform.python_version()} ({platform.python_implementation()})",
        f"system    {platform.system()} {platform.release()} {platform.machine()}",
    ]
    for cause in _causes(error):
        lines += ["", f"{_kind(cause)}", *_stack(cause.__traceback__)]
    return "\n".join(lines) + "\n"


def keep_report(error: BaseException, folder: Path, at: datetime) -> Path | None:
    """Where the report of the fault lies now, in the user's folder of them; None when it could not be kept.

    The newest reports are kept, the others go.
    """
    path = folder / f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.write(fault_report(error, at))
    except OSError:
        return None
    with suppress(OSError):
        for old in sorted(folder.glob("*.txt"))[:-_MOST_REPORTS]:
            old.unlink()
    return path


def place_of_fault(error: BaseException) -> str:
    """The innermost place in MarkTerm itself that the fault passed: `markterm.centre.sheets line 88`; may be empty."""
    ours = _ours(error)
    return f"{ours[-1][0]} line {ours[-1][1]}" if ours else ""


def is_of_others(error: BaseException) -> bool:
    """Whether the fault is a library's, met in its own work: it passed no code of MarkTerm's but what caught it."""
    return len(_ours(error)) <= 1


def came_through(error: BaseException, package: str) -> bool:
    """Whether the fault passed a module of that package."""
    return any(module.startswith(f"{package}.") for module, _, _ in _frames(error.__traceback__))


def _ours(error: BaseException) -> list[tuple[str, int]]:
    return [(module, line) for module, line, _ in _frames(error.__traceback__) if module.split(".")[0] == _OURS]


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception, and what it came of, up to a limit."""
    current: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if current is None:
            return
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _kind(error: BaseException) -> str:
    """The class of the exception, and of a refusal by the system its name (`ENOSPC`): never the message."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    number = error.errno if isinstance(error, OSError) else None
    return f"{kind} {errno.errorcode.get(number, number)}" if number is not None else kind


def _stack(traceback: TracebackType | None) -> list[str]:
    lines = [f"  {module} line {line} in {name}" for module, line, name in _frames(traceback)]
    if len(lines) > _MOST_LINES:
        half = _MOST_LINES // 2
        lines[half:-half] = [f"  … {len(lines) - 2 * half} more"]
    return lines


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, int, str]]:
    """The module, line and function of each call, the outermost first. Modules are named, for a file has a path."""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        module = traceback.tb_frame.f_globals.get("__name__")
        known = module if isinstance(module, str) and module in sys.modules else "?"
        yield known, traceback.tb_lineno, code.co_qualname if known != "?" else "?"
        traceback = traceback.tb_next
