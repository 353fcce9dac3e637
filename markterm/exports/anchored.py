"""The heads that an export has, whatever it is: in the file, beside it, or in the folder or zip that it is.

Files come back from outside: nothing of them is opened by a library that could be made to do something. Their bytes are
looked through for the mark, piece by piece, and those of a zip's members too; what a zip says that it unpacks to is
added up before anything of it is.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from hashlib import file_digest
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from markterm.evidence.conversion.zip_end import zip_end
from markterm.exports.anchor import found_in, furthest
from markterm.exports.placing import BESIDE, HEADS, MANIFEST, SIGNATURE, SIGNED
from markterm.records import kept_heads
from markterm.records.kept_heads import Heads

_LARGEST = 256_000_000
"""Bytes of a list of heads, of a manifest or of a mail."""
_LARGEST_MEMBER = 64_000_000
_IN_DOCUMENTS = ("docProps/", "xl/worksheets/", "meta.xml")
_MOST_FILES = 1_000_000
_PIECE = 16_000_000
_OVERLAP = 16_000
"""Bytes. A mark with its word is shorter, wherever a piece ends."""
_HIGHEST_RATIO = 100
"""Bytes that one stored byte may become, in a zip of some size: a table that is exported packs well, a bomb better."""
_RATIO_FROM = 1_000_000_000
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    UnicodeDecodeError,
)
"""What is raised of a zip that is damaged, locked, or packed in a way that is not known here."""


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


class SignatureFound(NamedTuple):
    """The bytes of a signature, and the SHA-256 sums of what it is to be over, as that is now: empty for what is not
    there."""

    data: bytes
    sha256: str
    heads: str = ""


def heads_with(export: Path) -> Heads:
    """The heads that an exported file, folder or zip was made from; empty when it has none.

    Raises OSError when it cannot be read, or is made to be read without end.
    """
    _check_kind(export)
    if export.is_dir():
        return _parsed(export / HEADS)
    beside = _parsed(export.with_name(f"{export.name}{BESIDE}"))
    if zipfile.is_zipfile(export):
        with opened_zip(export) as archive:
            return furthest((beside, _in_zip(archive)))
    return furthest((beside, *_marks_in(export), *_in_mail(export)))


def manifest_of(export: Path) -> Manifest | None:
    """What became of the files that the manifest of a folder or zip names; None where there is none.

    Raises OSError when it cannot be read, or is made to be read without end.
    """
    _check_kind(export)
    if export.is_dir():
        return _of_folder(export)
    if not zipfile.is_zipfile(export):
        return None
    with opened_zip(export) as archive:
        return _of_zip(archive)


def named_in(folder: Path) -> frozenset[str]:
    """The files that were written into an exported folder, as its manifest or its list of heads names them, with the
    manifest itself; none where it has none, or one that another program made of files that are not MarkTerm's.

    Raises OSError when it cannot be read, or is made to be read without end.
    """
    if not (folder / MANIFEST).is_file():
        heads = folder / HEADS
        return kept_heads.files_beside(_some_of(heads)) if heads.is_file() and not heads.is_symlink() else frozenset()
    named = _named(_some_of(folder / MANIFEST, _LARGEST_MEMBER))
    if _is_signed(folder):
        return frozenset({*named, MANIFEST, SIGNATURE})
    return frozenset({*named, MANIFEST}) if HEADS in named else frozenset()


def _is_signed(folder: Path) -> bool:
    if not (folder / SIGNATURE).is_file():
        return False
    from markterm.exports.signature import parse  # Few centres sign.

    return parse(_some_of(folder / SIGNATURE, _LARGEST_MEMBER)) is not None


def signature_with(export: Path) -> SignatureFound | None:
    """The signature beside an exported file, or in the folder or zip that it is; None where there is none.

    Raises OSError when it cannot be read, or is made to be read without end.
    """
    _check_kind(export)
    if export.is_dir():
        signature, manifest = export / SIGNATURE, export / MANIFEST
        return SignatureFound(_some_of(signature, _LARGEST_MEMBER), _sum(manifest)) if signature.is_file() else None
    beside = export.with_name(f"{export.name}{SIGNED}")
    if beside.is_file():
        heads = export.with_name(f"{export.name}{BESIDE}")
        return SignatureFound(_some_of(beside, _LARGEST_MEMBER), _sum(export), _sum(heads))
    if not zipfile.is_zipfile(export):
        return None
    with opened_zip(export) as archive:
        signatures, manifests = (
            [each for each in archive.infolist() if each.filename == name] for name in (SIGNATURE, MANIFEST)
        )
        if not signatures:
            return None
        # Of two files with one name each program unpacks another.
        is_one = len(signatures) == len(manifests) == 1
        return SignatureFound(_member(archive, signatures[0]), _digest(archive, manifests[0]) if is_one else "")


def _sum(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _check_kind(export: Path) -> None:
    if not (export.is_file() or export.is_dir()):
        raise OSError("it is neither a file nor a folder")


@contextmanager
def opened_zip(export: Path) -> Iterator[zipfile.ZipFile]:
    """The zip, once it is known that listing and unpacking it comes to an end. Raises OSError, without a number where
    it is not the system that says so: it is damaged, locked, or made to be read without end."""
    try:
        with export.open("rb") as file:
            end = zip_end(file)
            if end is not None and (end.entries > _MOST_FILES or end.size > _LARGEST):
                raise OSError(f"the zip says that it holds more than {_MOST_FILES:,} files")
            with zipfile.ZipFile(file) as archive:
                unpacked = sum(each.file_size for each in archive.infolist())
                if unpacked > max(_RATIO_FROM, _HIGHEST_RATIO * export.stat().st_size):
                    raise OSError("the zip unpacks to so much more than it is that it must be made to do harm")
                yield archive
    except _DAMAGED as error:
        raise OSError(f"the zip is damaged or locked: {error}") from error


def _marks_in(file: Path) -> Iterator[Heads]:
    """The heads behind each mark in a file of any size."""
    with file.open("rb") as opened:
        before = b""
        while data := opened.read(_PIECE):
            yield found_in((before + data).decode("latin-1"))
            before = data[-_OVERLAP:]


def _of_folder(folder: Path) -> Manifest | None:
    if not (folder / MANIFEST).is_file():
        return None
    named = _named(_some_of(folder / MANIFEST, _LARGEST_MEMBER))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    changed, missing = [], []
    for name, digest in named.items():
        file = folder.joinpath(*PurePosixPath(name).parts)
        if name not in there or file.is_symlink():
            missing.append(name)
            continue
        if _sum(file) != digest:
            changed.append(name)
    return _manifest(named, changed, missing, there)


def _of_zip(archive: zipfile.ZipFile) -> Manifest | None:
    listed = [each for each in archive.infolist() if not each.is_dir()]
    members = {each.filename: each for each in listed}
    # Of two files with one name each program unpacks another.
    twice = {name for name, times in Counter(each.filename for each in listed).items() if times > 1}
    if MANIFEST not in members:
        return None
    named = _named(_member(archive, members[MANIFEST]))
    changed, missing = [], []
    for name, digest in named.items():
        if name not in members:
            missing.append(name)
        elif name in twice or _digest(archive, members[name]) != digest:
            changed.append(name)
    return _manifest(named, changed, missing, set(members))


def _digest(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    try:
        with archive.open(member) as opened:
            return file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type] # it asks for read alone
    except _DAMAGED:
        return ""  # Its sum does not fit, or it is packed in another way than it was: it is another one.


def _manifest(named: dict[str, str], changed: list[str], missing: list[str], there: set[str]) -> Manifest:
    added = sorted(there - named.keys() - {MANIFEST, SIGNATURE})
    return Manifest(len(named), tuple(changed), tuple(missing), tuple(added))


def _named(data: bytes) -> dict[str, str]:
    """The files of a manifest with their hashes; a name that leads out of the folder is none. Raises OSError."""
    named = {}
    if len(data) >= _LARGEST_MEMBER or data.count(b"\n") > _MOST_FILES:
        raise OSError("the list of files in it is longer than any that MarkTerm writes")
    for line in data.decode("utf-8", "replace").split("\n"):
        digest, _, name = line.partition("  ")
        path = PurePosixPath(name)
        if len(digest) == 64 and name and not path.is_absolute() and ".." not in path.parts:
            named[name] = digest.casefold()
    return named


def _in_zip(archive: zipfile.ZipFile) -> Heads:
    members = archive.infolist()
    for each in members:
        if each.filename == HEADS:
            return kept_heads.parse(_member(archive, each))
    own = [each for each in members if each.filename.startswith(_IN_DOCUMENTS)]
    return furthest(found_in(_member(archive, each).decode("latin-1")) for each in own)


def _in_mail(export: Path) -> Iterator[Heads]:
    if export.suffix.casefold() != ".eml":
        return
    try:
        for part in _attachments(_some_of(export)):
            yield found_in(part.decode("latin-1"))
            if zipfile.is_zipfile(BytesIO(part)):
                with zipfile.ZipFile(BytesIO(part)) as archive:
                    yield _in_zip(archive)
    except _DAMAGED as error:  # A RecursionError among them, of a mail in a mail in a mail.
        raise OSError(f"the mail is damaged: {error}") from error


def _attachments(data: bytes) -> Iterator[bytes]:
    for part in message_from_bytes(data).walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload


def _parsed(file: Path) -> Heads:
    return kept_heads.parse(_some_of(file)) if file.is_file() else {}


def _some_of(file: Path, most: int = _LARGEST) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    opened: IO[bytes]
    with archive.open(member) as opened:
        return opened.read(_LARGEST_MEMBER)
