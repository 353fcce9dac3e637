"""The heads that an export has, whatever it is: in the file, beside it, or in the folder or zip that it is.

Files come back from outside: nothing of them is opened by a library that could be made to do something. Their bytes are
looked through for the mark, and those of a zip's members too.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from markterm.exports.anchor import found_in, furthest
from markterm.exports.writing import BESIDE, HEADS, MANIFEST
from markterm.records import kept_heads
from markterm.records.kept_heads import Heads

_LARGEST = 256_000_000
"""Bytes of one file that are looked through."""
_LARGEST_MEMBER = 64_000_000
_IN_DOCUMENTS = ("docProps/", "xl/worksheets/", "meta.xml")
_MOST_MEMBERS = 100_000


class Manifest(NamedTuple):
    """What became of the files that a folder or zip names with their hashes: `files` is how many it names."""

    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def altered(self) -> bool:
        """Whether a file that it names is another one by now, or is gone."""
        return bool(self.changed or self.missing)


def heads_with(export: Path) -> Heads:
    """The heads that an exported file, folder or zip was made from; empty when it has none.

    Raises OSError when it cannot be read.
    """
    if export.is_dir():
        return _parsed(export / HEADS)
    beside = _parsed(export.with_name(f"{export.name}{BESIDE}"))
    if zipfile.is_zipfile(export):
        return furthest((beside, _in_zip(export)))
    data = _some_of(export)
    return furthest((beside, found_in(data.decode("latin-1")), _in_mail(export, data)))


def manifest_of(export: Path) -> Manifest | None:
    """What became of the files that the manifest of a folder or zip names; None where there is none.

    Raises OSError when it cannot be read.
    """
    if export.is_dir():
        return _of_folder(export)
    if not zipfile.is_zipfile(export):
        return None
    try:
        with zipfile.ZipFile(export) as archive:
            return _of_zip(archive)
    except zipfile.BadZipFile as error:
        raise OSError(f"the zip is damaged: {error}") from error


def _of_folder(folder: Path) -> Manifest | None:
    if not (folder / MANIFEST).is_file():
        return None
    named = _named(_some_of(folder / MANIFEST))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    changed, missing = [], []
    for name, digest in named.items():
        file = folder.joinpath(*PurePosixPath(name).parts)
        if name not in there or file.is_symlink():
            missing.append(name)
            continue
        with file.open("rb") as opened:
            if file_digest(opened, "sha256").hexdigest() != digest:
                changed.append(name)
    return _manifest(named, changed, missing, there)


def _of_zip(archive: zipfile.ZipFile) -> Manifest | None:
    members = {each.filename: each for each in archive.infolist() if not each.is_dir()}
    if MANIFEST not in members:
        return None
    named = _named(_member(archive, members[MANIFEST]))
    changed, missing = [], []
    for name, digest in named.items():
        if name not in members:
            missing.append(name)
        elif _digest(archive, members[name]) != digest:
            changed.append(name)
    return _manifest(named, changed, missing, set(members))


def _digest(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    try:
        with archive.open(member) as opened:
            return file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type] # it asks for read alone
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return ""  # Its sum does not fit, or it is packed in another way than it was: it is another one.


def _manifest(named: dict[str, str], changed: list[str], missing: list[str], there: set[str]) -> Manifest:
    added = sorted(there - named.keys() - {MANIFEST})
    return Manifest(len(named), tuple(changed), tuple(missing), tuple(added))


def _named(data: bytes) -> dict[str, str]:
    """The files of a manifest with their hashes; a name that leads out of the folder is none."""
    named = {}
    for line in data.decode("utf-8", "replace").splitlines()[:_MOST_MEMBERS]:
        digest, _, name = line.partition("  ")
        path = PurePosixPath(name)
        if len(digest) == 64 and name and not path.is_absolute() and ".." not in path.parts:
            named[name] = digest.casefold()
    return named


def _in_zip(export: Path) -> Heads:
    try:
        with zipfile.ZipFile(export) as archive:
            members = archive.infolist()[:_MOST_MEMBERS]
            for each in members:
                if each.filename == HEADS:
                    return kept_heads.parse(_member(archive, each))
            own = [each for each in members if each.filename.startswith(_IN_DOCUMENTS)]
            return furthest(found_in(_member(archive, each).decode("latin-1")) for each in own)
    except zipfile.BadZipFile as error:
        raise OSError(f"the zip is damaged: {error}") from error


def _in_mail(export: Path, data: bytes) -> Heads:
    if export.suffix.casefold() != ".eml":
        return {}
    return furthest(found_in(part.decode("latin-1")) for part in _attachments(data))


def _attachments(data: bytes) -> Iterator[bytes]:
    for part in message_from_bytes(data).walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload


def _parsed(file: Path) -> Heads:
    return kept_heads.parse(_some_of(file)) if file.is_file() else {}


def _some_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_LARGEST)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    opened: IO[bytes]
    with archive.open(member) as opened:
        return opened.read(_LARGEST_MEMBER)
