"""Files of older formats, and of other makers, made into newer ones by LibreOffice where it is installed.

LibreOffice is a program of its own: it runs in the second cage (`program_cage`), with a new profile each time in which
macros are off and links are not updated, and what it makes is read by the ordinary reader in its own cage.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from errno import ENOSPC
from functools import cache as kept_once
from pathlib import Path
from threading import Event

from markterm.evidence.conversion.on_path import programs_called
from markterm.evidence.conversion.program import (
    ProgramBrokeOff,
    ProgramFailed,
    check_room,
    folder_of_its_own,
    run,
    somebody_waits,
)
from markterm.evidence.converted import Converted, NotInstalled, NotReadable
from markterm.evidence.machine.old_formats import IWORK, OLD_FORMATS, OldFormat
from markterm.evidence.ole import is_cut_short
from markterm.evidence.readers import READERS

SECONDS = 60.0
_SECONDS_TO_START = 20.0
MEMORY = 4 * 1024**3
"""Bytes of address space, of which it uses a part."""
KEY = "libreoffice"
"""What is kept in the cache of a file that came through it."""

_USUAL = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_OPT = "/opt"
_STARTERS = frozenset({"snap", "flatpak"})
"""These start it in a cage of their own, which cannot be started in another one."""
_NAMES = ("soffice", "libreoffice")
_VERSION = re.compile(rb"LibreOffice (\d+\.\d+)")
_HEAD = 4096
_BEGINNINGS = re.compile(
    rb"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1|PK\x03\x04|\xFFWPC|\{\\rtf"
    rb"|\xDB\xA5|\xFE\x37\x00[\x1C\x23]|1\xBE|\x31\xBE"  # Word for Windows 2, for DOS and the Mac
    rb"|\x09[\x00\x02\x04\x08][\x04-\x08]|\x01\xFE",  # Excel before its files had folders; Works
    re.DOTALL,
)
_TEXT_SAVED_SO = frozenset({".doc", ".dot", ".wps", ".xls", ".xlt"})
"""What web sites and old programs give out under these names may be a web page or plain text."""
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0E-\x1A\x1C-\x1F]")
_ONCE_MORE = 81
"""With this it ends when its profile is new, to be started again."""
_STARTS = 3

_OFF = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Writer/Content/Update", "Link", "0"),  # never
    ("Calc/Content/Update", "Link", "1"),  # never
    ("Java/VirtualMachine", "Enable", "false"),
)
_REGISTRY = "http://openoffice.org/2001/registry"


def libreoffice_found() -> Path | None:
    """The program of LibreOffice, from the PATH or where it is usually installed; None when it is not there."""
    for named in (*programs_called(*_NAMES), *map(Path, (*_USUAL, *_newest_first()))):
        if os.access(named, os.X_OK) and named.is_file():
            program = _program(named)
            if program.name not in _STARTERS:
                return program
    return None


def through_libreoffice(
    copy: Path, read: Callable[[Path, str], Converted], stop: Event, *, low: Callable[[], bool] = somebody_waits
) -> Converted:
    """A file of an old format as `read` reads what LibreOffice made of it, given its place and its reader.

    `low` says now and then whether nobody waits for it.

    Raises NotReadable, NotInstalled where LibreOffice does not start, ProgramStopped, and OSError.
    """
    suffix = copy.suffix
    old = OLD_FORMATS[suffix]
    program = libreoffice_found()
    if program is None:
        raise NotInstalled(old.missing)
    if suffix in IWORK and _is_of_now(copy):
        return read(copy, READERS[suffix])
    _check(copy, old)
    name = _name(program)
    with folder_of_its_own() as folder:
        try:
            made = _made(program, name, copy, old.made, folder, stop, low=low)
        except NotReadable:
            if suffix not in IWORK:
                raise
            with contextlib.suppress(NotReadable):  # the first refusal says more than that there is no preview
                return read(copy, READERS[suffix])
            raise
        converted = read(made, READERS[old.made])
    notes = [f"Converted by {name} from {old.name}."]
    if is_cut_short(copy):
        notes.append("The file is cut short: only what is left of it is shown. Ask for the file once more.")
    return replace(converted, notes=(*notes, *converted.notes))


def as_pdf(document: bytes) -> bytes:
    """A Word document of this program's own making as LibreOffice lays it out.

    Raises NotReadable, NotInstalled where LibreOffice is not there or does not start, and OSError.
    """
    program = libreoffice_found()
    if program is None:
        raise NotInstalled("LibreOffice is not installed on this machine.")
    with folder_of_its_own() as folder, folder_of_its_own() as given:
        copy = given / "form.docx"
        copy.write_bytes(document)
        return _made(program, _name(program), copy, ".pdf", folder, Event(), low=somebody_waits).read_bytes()


def _made(
    program: Path, name: str, copy: Path, suffix: str, folder: Path, stop: Event, *, low: Callable[[], bool]
) -> Path:
    """What LibreOffice made of the copy, in a folder of its own."""
    given = folder / f"evidence{copy.suffix}"
    shutil.copyfile(copy, given)
    _write_profile(folder)
    made = folder / "made" / f"evidence{suffix}"
    asked = ("--convert-to", suffix.removeprefix("."), "--outdir", str(made.parent), str(given))
    try:
        _run(program, asked, folder, stop, SECONDS, low=low)
    except ProgramFailed as failed:
        raise NotReadable(f"{name} {failed} with it.") from None
    except OSError as error:
        if error.errno == ENOSPC:
            raise
        raise NotInstalled(f"{name} does not start: {error.strerror or error}.") from None
    # A link of its making would lead out of the folder.
    if made.parent.is_symlink() or made.is_symlink() or not made.is_file():
        check_room(folder)
        raise NotReadable(f"{name} cannot read it: it is damaged, protected by a password, or newer than it knows.")
    return made


def _is_of_now(copy: Path) -> bool:
    """Whether a file is as Apple's programs have written it since 2013, in a form that is described nowhere."""
    data = copy.read_bytes()
    return b".iwa" in data or b"Index.zip" in data


def _check(copy: Path, old: OldFormat) -> None:
    """Raises NotReadable for what has no known beginning and is no text: LibreOffice would show it as letters."""
    with copy.open("rb") as stream:
        head = stream.read(_HEAD)
    if _BEGINNINGS.match(head):
        return
    if copy.suffix not in _TEXT_SAVED_SO or _NOT_IN_TEXT.search(head):
        raise NotReadable(f"It is called like a file in {old.name}, and holds something else, or is damaged.")


def _newest_first() -> list[str]:
    """Where the packages of its own makers put it, a folder for each version."""
    found = map(str, Path(_OPT).glob("libreoffice*/program/soffice"))
    return sorted(found, key=lambda name: [*map(int, re.findall(r"\d+", name.removeprefix(_OPT)))], reverse=True)


def _program(named: Path) -> Path:
    """The program itself: what is called so on Linux is a script that starts one, which starts another."""
    real = named.resolve()
    beside = real.with_name("soffice.bin")
    return beside if beside.is_file() else real


@kept_once
def _name(program: Path) -> str:
    """Its name with its version, if it says one."""
    with contextlib.suppress(ProgramFailed, OSError), folder_of_its_own() as folder:
        _write_profile(folder)
        if said := _VERSION.search(_run(program, ("--version",), folder, Event(), _SECONDS_TO_START)):
            return f"LibreOffice {said[1].decode()}"
    return "LibreOffice"


def _run(
    program: Path,
    arguments: tuple[str, ...],
    folder: Path,
    stop: Event,
    seconds: float,
    *,
    low: Callable[[], bool] = somebody_waits,
) -> bytes:
    profile = (folder / "profile").as_uri()
    command = (str(program), "--headless", "--norestore", "--nologo", f"-env:UserInstallation={profile}", *arguments)
    for start in range(1, _STARTS + 1):
        try:
            return run(command, folder, seconds=seconds, memory=MEMORY, stop=stop, low=low)
        except ProgramBrokeOff as broke:
            if broke.code != _ONCE_MORE or start == _STARTS:
                raise
        finally:
            _remove_socket(profile)
    raise AssertionError("every start returns or raises")


def _remove_socket(profile: str) -> None:
    """In its cage it can make the socket by which it is found by others of its kind, and not delete it."""
    for folder in ("/tmp", "/var/tmp"):
        for name in _sockets(profile):
            with contextlib.suppress(OSError):
                Path(folder, name).unlink()


def _sockets(profile: str) -> tuple[str, str]:
    """What that socket is called, for the profile at that address: of root, and of anybody else."""
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)  # without a leading nought: so LibreOffice writes it
    user = getattr(os, "getuid", int)()
    return f"OSL_PIPE_SingleOfficeIPC_{name}", f"OSL_PIPE_{user}_SingleOfficeIPC_{name}"


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _OFF
    )
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{_REGISTRY}">{items}</oor:items>', "utf-8"
    )
