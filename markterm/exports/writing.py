"""Writing an export: beside the target, synced, and then renamed. The target is complete or absent."""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from threading import Event
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from markterm.domain.words.errors import MarkTermError, NotSaved, Refused
from markterm.exports.anchor import take_furthest
from markterm.exports.export import Export, Made, Piece
from markterm.exports.placing import (
    BESIDE,
    HEADS,
    MANIFEST,
    SIGNATURE,
    SIGNED,
    check_free,
    clear_left,
    put,
    work_folder,
)
from markterm.exports.replaced import check_may_go
from markterm.records import kept_heads
from markterm.records.kept_heads import Heads
from markterm.records.store import Head
from markterm.system.platform import make_folders, sync_file, sync_folder

if TYPE_CHECKING:
    from markterm.exports.signature import ExportSignature

    Sign = Callable[[str, str, str], ExportSignature]
    """Signs the file of that name, by its SHA-256 and that of the heads beside it, which is empty where there are none.
    Raises `MarkTermError`."""

_PACKED = frozenset(
    (
        ".docx",
        ".gif",
        ".heic",
        ".jpeg",
        ".jpg",
        ".m4a",
        ".mov",
        ".mp3",
        ".mp4",
        ".pdf",
        ".png",
        ".pptx",
        ".webp",
        ".xlsx",
        ".zip",
    )
)
_READ = 1_048_576
_AHEAD = 2


class ExportStopped(Refused):
    """Somebody stopped it."""

    def __init__(self) -> None:
        super().__init__("Stopped", "The export was stopped. Nothing of it was left behind.", "Export it again.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is: `done` of its files are written, the last one of that name."""

    done: int
    of: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of an export: where in it, how many bytes, and their SHA-256."""

    path: PurePosixPath
    size: int
    sha256: str


@dataclass(frozen=True)
class Written:
    """What was written, with the heads of the records that it was made from, and what is to be told of it; `signature`
    is what it was signed with, where it was."""

    target: Path
    files: tuple[WrittenFile, ...]
    heads: Heads = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    signature: ExportSignature | None = None


def write_export(
    export: Export,
    target: Path,
    *,
    centre: str,
    now: datetime,
    force: bool = False,
    as_zip: bool = False,
    told: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    sign: Sign | None = None,
    fits: Callable[[int], None] = lambda _: None,
) -> Written:
    """Write `export` to `target`: one file, a folder, or a zip; return when it is durable there.

    `told` is called in the calling thread after each file; setting `stop` ends it within a file. With `sign` it is
    signed; what stops a signature stops no export, and is told. `fits` is given how many bytes it has come to, in any
    thread, and raises where there is no room for them. Raises `WrongUse` when
    something is there and `force` does not say that it may go, `ExportStopped`, `NotSaved`, and what a piece raises:
    the target is then as it was before.
    """
    check_free(target, force=force)
    target = target.absolute()
    try:
        make_folders(target.parent)
        clear_left(target.parent)
        check_free(target, force=force)
        check_may_go(target, frozenset(piece.path for piece in export.pieces))
        with _beside(target) as work:
            writing = _Writing(export, work, target.name, told, stop or Event(), sign, fits)
            if as_zip or not export.one_file:
                made = writing.packed(centre, now) if as_zip else writing.folder(centre, now)
            else:
                made = writing.one_file(centre, now)
            put(made, target, work, force=force)
        _sync_place(target)
        return Written(target, tuple(writing.files), writing.heads, tuple(writing.caveats), writing.signature)
    except (OSError, UnicodeEncodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "its encoding has no sign for the name of a file"
        raise NotSaved(
            "The export could not be written",
            f"The system said: {said or error}. Nothing of it was left behind.",
            "Check that the folder may be written to and that the disk has room, then export it again.",
            file=target,
        ) from error


def _sync_place(target: Path) -> None:
    """Have what took its place stay there. Raises `NotSaved`: it is there and whole, and says so."""
    try:
        sync_folder(target.parent)
    except OSError as error:
        raise NotSaved(
            "The export is there, and may not stay",
            f"All of it was written to its place. Then the system said: {error.strerror or error}. Should the machine "
            "lose power now, it may be gone.",
            "Check the disk, then export it again and let it be written over.",
            file=target,
        ) from error


class _Writing:
    """One writing of an export, in a folder of its own."""

    def __init__(
        self,
        export: Export,
        work: Path,
        name: str,
        told: Callable[[Progress], None] | None,
        stop: Event,
        sign: Sign | None,
        fits: Callable[[int], None],
    ) -> None:
        self._fits = fits
        self._export = export
        self._work = work
        self._name = name
        self._told = told
        self._stop = stop
        self._sign = sign
        self.signature: ExportSignature | None = None
        self.heads: dict[str, dict[str, Head]] = {}
        self.caveats: list[str] = []
        self.files: list[WrittenFile] = []

    def one_file(self, centre: str, now: datetime) -> Path:
        [piece] = self._export.pieces
        content = self._work / "content"
        content.mkdir()
        with closing(self._made(lambda piece: content / piece.path.name)) as every:
            for _, made in every:
                if made.heads and not made.carries_heads:
                    self._write(content / f"{piece.path.name}{BESIDE}", kept_heads.render(self.heads, centre, now))
        if self.files:
            written, *heads = self.files
            if signed := self._signed(self._name, written.sha256, heads[0].sha256 if heads else ""):
                self._write(content / f"{piece.path.name}{SIGNED}", signed)
        return content / piece.path.name

    def folder(self, centre: str, now: datetime) -> Path:
        content = self._work / "content"
        content.mkdir()
        with closing(self._made(lambda piece: content.joinpath(*piece.path.parts))) as every:
            for _ in every:
                pass
        for name, text in self._ends(centre, now):
            self._write(content / name, text)
        for folder, _, _ in os.walk(content, topdown=False):
            sync_folder(Path(folder))
        return content

    def packed(self, centre: str, now: datetime) -> Path:
        zipped = self._work / "content.zip"
        parts = self._work / "parts"
        parts.mkdir()
        numbers = {id(piece): number for number, piece in enumerate(self._export.pieces)}

        def place(piece: Piece) -> Path:
            return parts / f"{numbers[id(piece)]}{piece.path.suffix}"

        # Closed whatever happens: no thread writes on into a folder that is about to go.
        with ZipFile(zipped, "x") as archive, closing(self._made(place)) as every:
            for piece, _ in every:
                part = place(piece)
                self._add(archive, piece.path, part, now)
                self._fits(zipped.stat().st_size)
                part.unlink()
            for name, text in self._ends(centre, now):
                self._write(parts / name, text)
                self._add(archive, PurePosixPath(name), parts / name, now)
        with zipped.open("rb+") as file:
            sync_file(file.fileno())
        return zipped

    def _add(self, archive: ZipFile, path: PurePosixPath, part: Path, now: datetime) -> None:
        entry = ZipInfo(str(path), now.timetuple()[:6])
        entry.compress_type = ZIP_STORED if path.suffix.casefold() in _PACKED else ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.file_size = part.stat().st_size  # So that the zip knows whether it needs room for more than 4 GB.
        with part.open("rb") as source, archive.open(entry, "w") as into:
            while data := source.read(_READ):
                self._go_on()
                into.write(data)

    def _made(self, place: Callable[[Piece], Path]) -> Generator[tuple[Piece, Made]]:
        """Every piece, written: in the order in which they are given, on as many threads as there are cores."""
        workers = os.cpu_count() or 1
        pieces = deque(sorted(self._export.pieces, key=lambda piece: piece.is_last))
        waiting = deque[tuple[Piece, Future[tuple[Made, WrittenFile | None]]]]()
        done = 0
        with ThreadPoolExecutor(workers, thread_name_prefix="export") as threads:
            try:
                while True:
                    # A few ahead and no more: what is made ahead lies in memory or on the disk.
                    while len(waiting) < workers * _AHEAD and pieces:
                        if pieces[0].is_last and waiting and not waiting[-1][0].is_last:
                            break
                        piece = pieces.popleft()
                        waiting.append((piece, threads.submit(self._one, piece, place(piece))))
                    if not waiting:
                        return
                    piece, future = waiting.popleft()
                    made, written = future.result()
                    take_furthest(self.heads, made.heads)
                    self.caveats += made.caveats
                    done += 1
                    if written is not None:
                        self.files.append(written)
                        yield piece, made
                    else:
                        self.caveats += (f"Left out: {piece.what}: {made.left_out}",)
                    if self._told is not None:
                        self._told(Progress(done, len(self._export.pieces), str(piece.path)))
            except BaseException:
                self._stop.set()  # Those that are under way are not waited for longer than a piece.
                raise

    def _one(self, piece: Piece, path: Path) -> tuple[Made, WrittenFile | None]:
        self._go_on()
        path.parent.mkdir(parents=True, exist_ok=True)
        made = piece.write(path)
        self._go_on()
        if made.left_out:
            return made, None
        with path.open("rb+") as file:
            digest = made.sha256 or file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
            self._fits(size)
            sync_file(file.fileno())
        return made, WrittenFile(piece.path, size, digest)

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise ExportStopped

    def _ends(self, centre: str, now: datetime) -> Iterator[tuple[str, str]]:
        # With a manifest also where nothing was recorded yet: by it the folder is known as one that MarkTerm wrote.
        if self.heads or self._export.manifest:
            # A manifest names them as well, with their sums.
            names = () if self._export.manifest else [str(each.path) for each in self.files]
            yield HEADS, kept_heads.render(self.heads, centre, now, names)
        text = "".join(f"{each.sha256}  {each.path}\n" for each in self.files)
        signed = self._signed(MANIFEST, sha256(text.encode("utf-8")).hexdigest(), "")
        if self._export.manifest or signed:
            yield MANIFEST, text
        if signed:
            yield SIGNATURE, signed

    def _signed(self, name: str, digest: str, heads: str) -> str:
        """The signature of what was written, as text; empty where it is not signed, and then it is told why."""
        if self._sign is None:
            return ""
        try:
            self.signature = self._sign(name, digest, heads)
        except MarkTermError as error:
            self.caveats.append(f"Written, and not signed. {error.title}: {error.what} {error.next_step}")
            return ""
        return self.signature.render()

    def _write(self, path: Path, text: str) -> None:
        with path.open("xb") as file:
            data = text.encode("utf-8")
            file.write(data)
            file.flush()
            sync_file(file.fileno())
            file.seek(0)
        self.files.append(WrittenFile(PurePosixPath(path.name), len(data), _sha256(path)))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder beside the target, on the same disk, that is gone afterwards."""
    work = work_folder(target.parent)
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
