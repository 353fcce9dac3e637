"""The files of one record's folder: which are segments by their name, which by what they hold, and which are neither.

Sync clients, backups and people rename files. What its first line says to be a part of the record is one, whatever it
is called.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from markterm.records.finding_codes import NO_SEGMENT, UNREAD
from markterm.records.folder.segment import NOT_YET, SUFFIX, Times, record_name, times_of
from markterm.system.regular_file import is_regular, read_regular

_OF_THE_SYSTEM = re.compile(
    r"desktop\.ini|thumbs\.db|\.ds_store|\._.*|icon\r?|\.directory|~\$.*|\.fuse_hidden.*|\.nfs[0-9a-f]+"
    r"|\.dropbox.*|\.sync.*|\.st(folder|versions|ignore).*|\.(nextcloud|owncloud).*|\.smbdelete.*|@eadir|#recycle|\.trash.*",
    re.IGNORECASE,
)
_LONGEST_HEADER = 2**16
MOST_FILES = 5000
"""Files of one record's folder that are looked at: a session that cannot keep its state begins one each time."""


class Listed(NamedTuple):
    """A file as the folder shows it: its size, its times, and why it cannot be one that is read, with the
    code of that finding."""

    size: int
    times: Times
    fault: str = ""
    code: str = NO_SEGMENT


class RecordListing:
    """Lists the folder of one record, and remembers which files under other names are no part of it."""

    def __init__(self, folder: Path, record: str) -> None:
        self._folder = folder
        self._record = record
        self._of_the_record: dict[str, tuple[Listed, bool]] = {}
        self.is_cut_short = False
        """Whether more lies in the folder than was looked at."""
        self.strays: tuple[str, ...] = ()
        """What lies in the folder and is no part of the record, as it was listed last: names, sorted."""

    def look(self) -> dict[str, Listed]:
        """The files that are the record's, by name. Raises OSError when the folder cannot be listed.

        Reads no file that is called as a segment is, and any other one once.
        """
        found: dict[str, Listed] = {}
        strays: list[str] = []
        try:
            with os.scandir(self._folder) as entries:
                for entry in islice(entries, MOST_FILES):
                    is_segment = is_called_a_segment(entry.name)
                    # Not entry.stat(): the size that Windows keeps in the folder lags while the file is open.
                    with suppress(FileNotFoundError):
                        listed = _listed(entry.path)
                        if is_segment or self._holds_a_part(entry.name, listed):
                            found[entry.name] = listed
                        elif not self._is_a_shell(entry.name, listed):
                            strays.append(entry.name)
                self.is_cut_short = next(entries, None) is not None
        except FileNotFoundError:
            pass  # No folder yet: nobody has added anything.
        self.strays = tuple(sorted(strays))
        return found

    def _holds_a_part(self, name: str, listed: Listed) -> bool:
        if listed.fault or is_of_the_system(name):
            return False
        if name.endswith(NOT_YET):
            return self._is_of_the_record(name, listed) and not _is_one_line(self._folder / name)
        return self._is_of_the_record(name, listed)

    def _is_of_the_record(self, name: str, listed: Listed) -> bool:
        known = self._of_the_record.get(name)
        if known is None or known[0] != listed:
            known = self._of_the_record[name] = listed, record_name(self._folder / name) == self._record
        return known[1]

    def _is_a_shell(self, name: str, listed: Listed) -> bool:
        """Whether it is what a process leaves that was ended while it made a segment: nothing was recorded in it."""
        return name.endswith(NOT_YET) and not listed.fault and listed.size < _LONGEST_HEADER


def is_called_a_segment(name: str) -> bool:
    """Whether a file of that name in a record's folder is read, whatever it holds."""
    return not name.startswith(".") and (name.endswith(SUFFIX) or name.lower().endswith(SUFFIX))


def _is_one_line(path: Path) -> bool:
    with suppress(OSError):
        return not read_regular(path, _LONGEST_HEADER).partition(b"\n")[2]
    return False


def is_of_the_system(name: str) -> bool:
    """Whether systems and sync clients call files and folders of their own like that."""
    return _OF_THE_SYSTEM.fullmatch(name) is not None


def _listed(path: str) -> Listed:
    """Raises FileNotFoundError when it went since it was listed."""
    try:
        status = os.stat(path)  # noqa: PTH116  # a Path for it would cost more than the call
    except FileNotFoundError:
        raise
    except OSError as error:
        return Listed(0, (0, 0), f"it cannot be looked at: {error.strerror or error}", UNREAD)
    if not is_regular(status):
        return Listed(0, (0, 0), "it is no file")
    return Listed(status.st_size, times_of(status))
