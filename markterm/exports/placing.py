"""What was written beside its place takes it: at once and whole; and what a machine that went off left there goes.

What is taken in from outside is unpacked in such a place, too.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.hint import Hint, Way
from markterm.system.new_file import give_name
from markterm.system.platform import machine

BESIDE = ".heads"
"""Behind the name of a file that cannot carry its heads."""
HEADS = "record-heads.txt"
"""In a folder or zip: the heads of every record that it was made from."""
MANIFEST = "SHA256SUMS"
"""In a folder or zip: what `sha256sum --check` reads."""
SIGNATURE = "SIGNATURE"
"""In a folder or zip that somebody signed: their signature, over the manifest."""
SIGNED = ".sig"
"""Behind the name of a file that somebody signed: their signature."""
_BEFORE = "before"
_WORK = re.compile(r"\.export-(?P<machine>[0-9a-f]{8})-(?P<process>[0-9]{1,10})-[0-9a-f]{8}\.part")


def work_folder(folder: Path) -> Path:
    """A name in that folder that tells which process of which machine works there."""
    return folder / f".export-{machine()}-{os.getpid()}-{token_hex(4)}.part"


def is_work(folder: Path) -> bool:
    """Whether it is called like a place in which something was being written, now or when it was killed."""
    return _WORK.fullmatch(folder.name) is not None


def clear_left(folder: Path) -> None:
    """Remove what exports of this machine left in that folder when they were killed, and put back what they had set
    aside. Raises OSError when the folder cannot be read."""
    for left in sorted(folder.iterdir()):
        found = _WORK.fullmatch(left.name)
        if found is None or found["machine"] != machine() or _runs(int(found["process"])):
            continue
        if (left / _BEFORE).is_dir():
            for old in (left / _BEFORE).iterdir():
                if not os.path.lexists(folder / old.name):
                    old.rename(folder / old.name)
        shutil.rmtree(left, ignore_errors=True)


def check_free(target: Path, *, force: bool) -> None:
    """Raises `WrongUse` when something is at `target` and nobody said that it may go, or nothing can be called so."""
    try:
        is_name = target.name not in {"", ".."} and b"\0" not in os.fsencode(target)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        raise WrongUse(
            "Nothing can be called so here",
            f"{target} is no name of a file or a folder on this system.",
            "Give another name, or use a locale with UTF-8.",
        )
    if os.path.lexists(target) and not (target.is_symlink() or target.is_file() or target.is_dir()):
        raise WrongUse(
            "That is no file",
            f"{target} is a device or a pipe. It was left as it is.",
            "Give another name.",
            file=target,
        )
    if not force and os.path.lexists(target):
        raise WrongUse(
            "It is there already",
            f"{target} was left as it is.",
            "Give another name, or say that it may be written over.",
            hint=Hint(Way.WRITE_OVER),
            file=target,
        )


def put(made: Path, target: Path, work: Path, *, force: bool) -> None:
    """Let what was made, with the heads and the signature beside it, take the target's place; what was there under
    `force` goes only when it has. Raises `WrongUse` when something came there meanwhile, and OSError: all is then as it
    was."""
    check_free(target, force=force)
    beside = [(made.with_name(made.name + end), target.with_name(target.name + end)) for end in (BESIDE, SIGNED)]
    coming = [(new, place) for new, place in beside if new.exists()]
    for _, place in coming:
        check_free(place, force=force)
    (work / _BEFORE).mkdir()
    # Heads and a signature of what was there would be taken for those of what comes.
    aside = [place for new, place in beside if os.path.lexists(place) and (new.exists() or os.path.lexists(target))]
    # A file takes the place of a file in one step, and a folder that of nothing alone.
    if os.path.lexists(target) and (target.is_dir() or made.is_dir()):
        aside.append(target)
    try:
        for each in aside:
            each.rename(work / _BEFORE / each.name)
        for new, place in coming:
            new.replace(place)
        _place(made, target, force=force)
    except BaseException:
        with suppress(OSError):
            for new, place in coming:
                if not new.exists():
                    place.unlink()
            for each in aside:
                if not os.path.lexists(each):
                    (work / _BEFORE / each.name).rename(each)
        raise


def _place(made: Path, target: Path, *, force: bool) -> None:
    try:
        if force or not made.is_file():
            made.replace(target)
        else:
            give_name(made, target)  # Unlike a renaming, it never takes the place of what came there in this moment.
    except OSError:
        check_free(target, force=force)
        raise


def _runs(process: int) -> bool:
    """Whether that process of this machine may still run."""
    if sys.platform == "win32":
        return True  # There, asking by a signal would end it.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
