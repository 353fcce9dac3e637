"""Zip archives: what is in them as a list, and their files as files of their own. Nothing is unpacked to a place."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path

from markterm.evidence.conversion.zip_end import LARGEST_LIST, zip_end
from markterm.evidence.conversion.zip_names import name_in, opened_zip
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.folder import size_words
from markterm.evidence.left_behind import left_out_words, lies_left_behind
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import Draft, damage_said

MOST_ENTRIES = 20_000
_ENCRYPTED = 0x1


def read(path: Path) -> Converted:
    """The entries of `path`, and as attachments those that can be had. Raises NotReadable when it is no archive."""
    with damage_said("a zip archive"):
        _refuse_too_many(path)
        attached = Attached(keeps_folders=True)
        with opened_zip(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise _too_many()
            files = [(name_in(entry), entry) for entry in entries if not entry.is_dir()]
            left = [name for name, _ in files if lies_left_behind(name)]
            rows = [_row(archive, entry, name, attached) for name, entry in files if not lies_left_behind(name)]
        return list_of(rows, left, attached, archive.comment.decode("utf-8", "replace"))


def list_of(rows: Sequence[list[str]], left: Sequence[str], attached: Attached, comment: str = "") -> Converted:
    """An archive of these entries: name, size, when it was changed, and what it was kept as. `left` are the names of
    those that are no evidence."""
    draft = Draft()
    if left:
        draft.notes.append(f"It holds what is no evidence, {left_out_words(left)}.")
    if not rows:
        draft.notes.append("There is no file in it.")
    labels = [f"entry {number}" for number in range(1, len(rows) + 1)]
    draft.add_table([["File", "Size", "Changed", "Kept as"], *rows], ["the list", *labels])
    draft.add_text(comment)
    draft.notes.extend(attached.notes())
    return draft.converted(attachments=attached.files)


def _refuse_too_many(path: Path) -> None:
    with path.open("rb") as stream:
        end = zip_end(stream)
    if end is None:
        raise NotReadable("This is not a zip archive, or its end is missing.")
    if end.entries > MOST_ENTRIES or end.size > LARGEST_LIST:
        raise _too_many()


def _too_many() -> NotReadable:
    return NotReadable(f"The archive holds more than {MOST_ENTRIES:,} files: open it outside.")


def _row(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, attached: Attached) -> list[str]:
    """An entry's line in the list, after it has been added to the attachments or left out."""
    changed = "{:04}-{:02}-{:02} {:02}:{:02}".format(*entry.date_time)
    kept = _refusal(entry) or attached.refusal(entry.file_size) or _kept(archive, entry, name, attached)
    if kept.startswith("left out"):
        attached.leave_out(name, kept)
    return [name, size_words(entry.file_size), changed, kept]


def _refusal(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not even looked into; empty when it may be."""
    if entry.flag_bits & _ENCRYPTED:
        return "left out: it is encrypted"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "left out: it is a link, not a file"
    return ""


def _kept(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, attached: Attached) -> str:
    """The name that an entry's bytes are kept under. What it says of its size is not believed."""
    try:
        with archive.open(entry) as stream:
            content = stream.read(attached.room + 1)
    except MemoryError:  # the child process says it
        raise
    except Exception:  # any of a dozen, by what is damaged
        return "left out: it is damaged or packed in a way that cannot be read here"
    return attached.refusal(len(content)) or attached.add(name, content)
