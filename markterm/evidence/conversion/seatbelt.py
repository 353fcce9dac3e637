"""The sandbox of macOS, asked through `sandbox_init`: deprecated for years, there all the same, and described nowhere.

Written from published profiles. It could not be tried where it was written, so it takes only what a conversion cannot
miss: the network, other programs, writing, and reading where people keep their files.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from pathlib import Path

_KEPT_BY_PEOPLE = ("/Users", "/Volumes", "/private/tmp", "/private/var/folders", "/private/var/tmp")
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"'})


def profile(readable: Iterable[Path], programs_in: Path | None = None) -> str:
    """What is allowed, in the sandbox's own language: of two rules that fit, the later counts.

    With `programs_in` programs may be started, and write in that folder.
    """
    kept = "".join(f" (subpath {_quoted(path)})" for path in _KEPT_BY_PEOPLE)
    read = "".join(f" ({'subpath' if path.is_dir() else 'literal'} {_quoted(path.resolve())})" for path in readable)
    if programs_in is not None:
        own = f"(subpath {_quoted(programs_in.resolve())})"
        return (
            "(version 1)(allow default)(deny network*)(deny file-write*)(deny signal (target others))"
            f"(allow file-write* {own})(allow network* {own})"
            f"(deny file-read-data{kept})(allow file-read-data{read} {own})"
        )
    return (
        "(version 1)(allow default)"
        "(deny network*)(deny process-exec*)(deny process-fork)(deny file-write*)(deny signal (target others))"
        f"(deny file-read-data{kept})(allow file-read-data{read})"
    )


def restrict(readable: Iterable[Path], programs_in: Path | None = None) -> None:
    """Shut this process in, or the program that it becomes, which has a folder of its own.

    Raises OSError where the system refuses, or has no such call.
    """
    error = ctypes.c_char_p()
    try:
        library = ctypes.CDLL("/usr/lib/libSystem.B.dylib")
        refused = library.sandbox_init(profile(readable, programs_in).encode(), ctypes.c_uint64(0), ctypes.byref(error))
    except AttributeError as missing:
        raise OSError("no sandbox_init") from missing
    if refused:
        raise OSError("sandbox_init refused")


def _quoted(path: Path | str) -> str:
    return f'"{str(path).translate(_QUOTED)}"'
