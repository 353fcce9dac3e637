"""Converted files, kept by the hash of the file they were made of, or why there is no conversion.

Deleting them loses nothing but time. What is kept is shown and cited, so each entry begins with a hash of what follows,
and of the file and the reader it is for; an attached file has its own hash for a name. What does not match is made
anew. That finds damage, a stray edit and an entry put in another's place. Whoever may write here as this user and knows
how can still make a hash that fits: no key that this user's programs can read would hinder them.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from time import monotonic, time

from markterm.domain.words.foreign_text import clean
from markterm.evidence.conversion.wire import from_bytes, refusal_to_bytes, to_bytes
from markterm.evidence.converted import Attachment, Converted, NotReadable
from markterm.evidence.readers import VERSION

LARGEST = 500 * 1024 * 1024
"""Bytes. What was not used for the longest time goes first."""
REFUSED_FOR = 24 * 60 * 60
"""Seconds. After that a file that could not be read is tried again: it may have been the machine after all."""

_TOUCHED_EVERY = 60 * 60
"""Seconds. What was used in that time was used lately enough."""
_LOOKED_EVERY = 5 * 60
"""Seconds. Other programs of ours write there too."""
_FILLED = 0.9
"""How much of it is left when it was too full: not every file that comes then costs another look."""
_MOST_CHECKED = 10_000

_HASH = re.compile(rb"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversion in the cache. Its attachments are files of their own, whose contents it leaves out."""

    sha256: str
    """Of the file that was converted."""
    converted: Converted
    """Its Markdown is clean, like everything else in it."""
    replaced: int
    """How many characters of the Markdown were replaced by a visible glyph."""
    attached: tuple[tuple[str, Path], ...]
    """The name of each attachment, and where it is kept."""

    def whole(self) -> Converted:
        """The conversion with the contents of its attachments. Raises OSError when one is gone."""
        attachments = tuple(Attachment(name, path.read_bytes()) for name, path in self.attached)
        return replace(self.converted, attachments=attachments)


class ConversionCache:
    """A folder of conversions. It is made when something is first kept in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, digest: str, reader: str, *, unchecked: bool = False) -> Kept | None:
        """What was kept of the file with that SHA-256; None when there is nothing, or nothing that can be used.

        `unchecked` takes what was kept by a MarkTerm that wrote no hash yet: for the text of a file that is gone, which
        nothing can make anew. Raises NotReadable when it could not be read, less than `REFUSED_FOR` ago.
        """
        path = self._path(digest, reader)
        try:
            facts = path.stat()
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST:
                return None
            whole, _, data = path.read_bytes().partition(b"\n")
            words = whole.split(b" ")
            if _HASH.fullmatch(words[0]):
                if words.pop(0) != _hash(digest, reader, words[0], data):
                    return None
            elif not unchecked:
                return None
            converted = from_bytes(data)
            attached = tuple((name, self._folder / kept) for name, kept in _named(converted))
            if not all(_is_sound(kept) for _, kept in attached):
                return None
            for used in (path, *(kept for _, kept in attached)):
                if time() - used.stat().st_mtime > _TOUCHED_EVERY:
                    os.utime(used)
            return Kept(digest, replace(converted, attachments=()), int(words[0]), attached)
        except NotReadable:
            with contextlib.suppress(OSError):
                if 0 <= time() - path.stat().st_mtime < REFUSED_FOR:
                    raise
            return None
        except (OSError, ValueError, IndexError):
            return None

    def keep(self, digest: str, reader: str, converted: Converted) -> Kept:
        """Keep a conversion as it can be shown, its attachments beside it. Raises OSError."""
        cleaned = clean(converted.markdown)
        attached = []
        for attachment in converted.attachments:
            suffix = _SUFFIX.fullmatch(Path(attachment.name).suffix)
            kept = f"{sha256(attachment.content).hexdigest()}{suffix[0].lower() if suffix else ''}"
            self._write(self._folder / kept, attachment.content)
            attached.append(Attachment(attachment.name, kept.encode()))
        # Cleaning takes longer than all else when a file is opened again.
        kept_form = replace(converted, markdown=cleaned.text, attachments=tuple(attached))
        self._write_entry(digest, reader, cleaned.replaced, to_bytes(kept_form))
        self._make_room()
        paths = tuple((attachment.name, self._folder / attachment.content.decode()) for attachment in attached)
        return Kept(digest, replace(kept_form, attachments=()), cleaned.replaced, paths)

    def keep_refusal(self, digest: str, reader: str, reason: str) -> None:
        """Keep why a file cannot be read. Raises OSError."""
        self._write_entry(digest, reader, 0, refusal_to_bytes(reason))

    @contextlib.contextmanager
    def scratch(self, suffix: str) -> Iterator[Path]:
        """A name in the folder that nobody else uses, for a file that is gone afterwards. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{secrets.token_hex(16)}{suffix}"
        try:
            yield path
        finally:
            with contextlib.suppress(OSError):
                path.unlink()

    def _path(self, digest: str, reader: str) -> Path:
        return self._folder / f"{digest}.{reader}.{VERSION}"

    def _write_entry(self, digest: str, reader: str, replaced: int, data: bytes) -> None:
        count = b"%d" % replaced
        self._write(self._path(digest, reader), b"%b %b\n%b" % (_hash(digest, reader, count, data), count, data))

    def _write(self, path: Path, data: bytes) -> None:
        with self.scratch(".new") as beside:
            beside.write_bytes(data)
            beside.replace(path)
        looked, size = _sizes.get(self._folder, (0.0, LARGEST))
        _sizes[self._folder] = (looked, size + len(data))

    def _make_room(self) -> None:
        """Delete what was not used for the longest time, until the rest is small enough.

        A full folder is looked through now and then: between two looks all that came is counted.
        """
        looked, size = _sizes.get(self._folder, (0.0, LARGEST))
        if size <= LARGEST and monotonic() - looked < _LOOKED_EVERY:
            return
        found = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    facts = entry.stat(follow_symlinks=False)
                    found.append((facts.st_mtime_ns, facts.st_size, entry.path))
        size = sum(size for _, size, _ in found)
        enough = LARGEST if size <= LARGEST else LARGEST * _FILLED
        for _, freed, path in sorted(found):
            if size <= enough:
                break
            with contextlib.suppress(OSError):  # somebody else deleted it, or Windows has it open
                Path(path).unlink()
            size -= freed
        _sizes[self._folder] = (monotonic(), size)


def _hash(digest: str, reader: str, replaced: bytes, data: bytes) -> bytes:
    """Of an entry, and of what it is for."""
    return sha256(b"%b %b %b\n%b" % (digest.encode(), reader.encode(), replaced, data)).hexdigest().encode()


def _is_sound(attached: Path) -> bool:
    """Whether an attached file still is what its name says. Once it was looked at, a change of size or time is enough.

    Raises OSError.
    """
    facts = attached.stat()
    now = (facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
    if _checked.get(attached) == now:
        return True
    if not stat.S_ISREG(facts.st_mode):
        return False
    with attached.open("rb") as stream:
        if file_digest(stream, "sha256").hexdigest() != attached.name.partition(".")[0]:
            return False
    if len(_checked) >= _MOST_CHECKED:
        _checked.clear()
    _checked[attached] = now
    return True


_checked: dict[Path, tuple[int, int, int]] = {}
_sizes: dict[Path, tuple[float, int]] = {}
"""When each folder was looked through, and the bytes that were in it or came since."""


def _named(converted: Converted) -> list[tuple[str, str]]:
    """The name of each attachment and of the file in the cache that holds it."""
    found = []
    for attachment in converted.attachments:
        kept = attachment.content.decode("ascii")
        if not re.fullmatch(rf"[0-9a-f]{{64}}(?:{_SUFFIX.pattern})?", kept):
            raise ValueError("no name in the cache")
        found.append((attachment.name, kept))
    return found
