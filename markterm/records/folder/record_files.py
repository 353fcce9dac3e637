"""The files of one record as this process has read them: each to its end, and what cannot be read said, not raised."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from markterm.domain.words.errors import NotNow
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.records.finding_codes import MISSING, NO_SEGMENT, UNREAD
from markterm.records.folder.record_listing import MOST_FILES, Listed, RecordListing
from markterm.records.folder.segment import Entry, Segment, Unread
from markterm.records.folder.segment_copies import chiefs, goes_on_from
from markterm.system.regular_file import open_regular

LARGEST_IN_ALL = 256 * 2**20
"""Bytes of a record that are read."""
_THE_REST = ""


class RecordFiles:
    """What has been read of the files in the folder of a record.

    `by_file` are they by their names; `by_name` is for each segment the file that tells how far it goes; `unread` says
    by file what could not be read, or not to its end; `lost` what went since it was read.
    """

    def __init__(self, folder: Path, record: str) -> None:
        self._folder = folder
        self._record = record
        self._listing = RecordListing(folder, record)
        self._given_up: dict[str, Listed] = {}
        self.by_file: dict[str, Segment] = {}
        self.by_name: dict[str, Segment] = {}
        self.unread: dict[str, Finding] = {}
        self.lost: dict[str, Finding] = {}
        self.changed = False
        """Whether something is found otherwise than when somebody last set this to False."""

    @property
    def strays(self) -> tuple[str, ...]:
        """The names of what lies in the folder and is no part of the record, as it was last listed."""
        return self._listing.strays

    @property
    def all_in_their_place(self) -> bool:
        """Whether every file is called as the segment in it is."""
        return len(self.by_name) == len(self.by_file) and all(map(_is_in_its_place, self.by_file.values()))

    def read_on(self, writes: Collection[str] = ()) -> list[Entry]:
        """The events that came since the last reading. `writes` are the files that this process is writing.

        Raises `Unreadable` when the folder cannot be listed.
        """
        try:
            listed = self._listing.look()
        except OSError as error:
            raise NotNow(
                "The record cannot be read",
                f"The system said: {error.strerror or error}.",
                "Check that the folder is there and that you may read it, then try again.",
                file=self._folder,
            ) from error
        self._say_how_much_was_looked_at()
        # Before anything is read: what is appended from here on is more than was listed, and nothing is lost by it.
        missed = [
            file
            for file, known in self.by_file.items()
            if (listed[file].size < known.offset if file in listed else not self._listing.is_cut_short)
        ]
        added: list[Entry] = []
        any_read = False
        total = sum(known.offset for known in self.by_file.values())
        for file, now in listed.items():
            known = self.by_file.get(file)
            if known is not None and file not in self.unread:
                if now.size < known.offset:
                    continue  # It lost lines: what was read of it stays.
                is_as_long = now.size == known.offset + known.unfinished
                if (is_as_long or file in self.lost) and now.times != known.times:
                    self._look_again(file, known, now)
                if is_as_long:
                    continue
            more = now.size - (known.offset if known is not None else 0)
            if total + more > LARGEST_IN_ALL:
                now = Listed(now.size, now.times, f"the record has more than {LARGEST_IN_ALL:,} bytes")
            else:
                total += more
            any_read |= self._read(file, now, known, added)
        if any_read:
            self.by_name = chiefs(self.by_file.values())
        self._miss(missed, listed, writes)
        return added

    def add(self, segment: Segment) -> None:
        """Have a segment that this process has just made."""
        self.by_file[segment.path.name] = segment
        self.by_name[segment.name] = segment

    def is_restored(self, name: str, lines: int) -> bool:
        """Whether what stood in so many lines of that segment was recorded again by whoever wrote it."""
        return any(
            name == lost and lines <= head.lines for each in self.by_file.values() for lost, head in each.restored
        )

    def of(self, name: str) -> list[Segment]:
        """Every file of the segment of that name."""
        return [each for each in self.by_file.values() if each.name == name]

    def _say_how_much_was_looked_at(self) -> None:
        if self._listing.is_cut_short != (_THE_REST in self.unread):
            self.changed = True
            if self.unread.pop(_THE_REST, None) is None:
                message = f"more than {MOST_FILES:,} files lie here: the others are not read"
                self.unread[_THE_REST] = Finding(NO_SEGMENT, Severity.ERROR, message, self._folder)

    def _read(self, file: str, now: Listed, known: Segment | None, added: list[Entry]) -> bool:
        """Read on in one file; whether something of it was read."""
        if file in self.unread and self._given_up.get(file) == now:
            return False
        segment = known or Segment(self._folder / file, self._record)
        lines = len(segment.digests)
        fault: Finding | None = None
        try:
            if now.fault:
                raise Unread(now.code, f"{now.fault}: it is not read")
            with open_regular(segment.path) as opened:
                segment.read_into(added, opened)
        except FileNotFoundError:
            return False  # Removed since it was listed.
        except Unread as error:
            # What it is does not change while it is not touched; what the system refuses may be over the next time.
            self._given_up[file] = now
            fault = Finding(error.code, Severity.ERROR, str(error), segment.path)
        except OSError as error:
            message = one_line(f"it cannot be read, the system said: {error.strerror or error}")
            fault = Finding(UNREAD, Severity.ERROR, message, segment.path)
        if fault is not None:
            self.changed |= self.unread.get(file) != fault
            self.unread[file] = fault
            if len(segment.digests) == lines:
                return False
        else:
            self.unread.pop(file, None)
        self.changed = True
        self.by_file[file] = segment
        return True

    def _look_again(self, file: str, known: Segment, now: Listed) -> None:
        """See whether a file that was written since, and is as long as it was or longer again, has the same lines."""
        anew = Segment(known.path, self._record)
        try:
            anew.read_on()
        except (OSError, Unread):
            return  # Looked at again the next time.
        known.times = now.times
        # Somebody may have appended since the folder was listed.
        lines = len(known.digests)
        if not goes_on_from(anew, known) or [f for f in anew.findings if (f.line or 0) <= lines] != known.findings:
            self._lose(file, known, "was altered")
        elif self.lost.pop(file, None) is not None:
            self.changed = True  # A sync client or a person put it back.

    def _miss(self, missed: Collection[str], listed: Mapping[str, Listed], writes: Collection[str]) -> None:
        """Say what went: of the files that were `missed`, those with lines that stand in no other one."""
        for file in self.unread.keys() - listed.keys() - {_THE_REST}:
            del self.unread[file]
            self.changed = True
        for file in missed:
            known = self.by_file[file]
            if file in listed or not any(
                each is not known and goes_on_from(each, known) for each in self.of(known.name)
            ):
                if self.is_restored(known.name, len(known.digests)):
                    self.changed |= self.lost.pop(file, None) is not None
                else:
                    self._lose(file, known, "lost lines")
                    known.times = (0, 0)  # Looked at again when it is back, whatever times it bears.
            elif file not in writes:
                # It was called otherwise, or was a copy.
                del self.by_file[file]
                self.by_name = chiefs(self.by_file.values())
                self.changed = True

    def _lose(self, file: str, known: Segment, what: str) -> None:
        if file not in self.lost:
            message = f"the file {what} while it was open: there were {len(known.digests)}; they are still shown here"
            self.lost[file] = Finding(MISSING, Severity.ERROR, message, known.path)
            self.changed = True


def _is_in_its_place(segment: Segment) -> bool:
    return segment.is_in_its_place
