"""The files of a member on the server: what they sent there, and what was exported for them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from markterm.domain.assessed.serving import FILES_OF_SIZE, MOST_FILES
from markterm.domain.words.errors import NotSaved, Refused, WrongUse
from markterm.exports.file_names import file_name
from markterm.system.new_file import give_name
from markterm.system.platform import make_folders, sync_file, sync_folder

_COMING = ".coming-"
COMES_WITHIN = 600.0
"""Seconds: what was coming, and to which nothing was added for so long, comes no more."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One of them."""

    name: str
    size: int
    came: datetime


class OwnFiles:
    """Those in `folder`, each of `most` bytes at most."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most

    def list(self) -> list[OwnFile]:
        """Each of them, the newest first. Reads the folder."""
        try:
            with os.scandir(self._folder) as entries:
                found = [
                    OwnFile(each.name, each.stat().st_size, datetime.fromtimestamp(each.stat().st_mtime, UTC))
                    for each in entries
                    if each.is_file(follow_symlinks=False) and not each.name.startswith(".")
                ]
        except FileNotFoundError:
            return []
        return sorted(found, key=lambda each: (each.came, each.name), reverse=True)

    def named(self, name: str) -> Path:
        """Where that one is. Raises `WrongUse` where there is none of that name."""
        if name not in {each.name for each in self.list()}:
            raise WrongUse("No such file", "You have no file of that name here.", "Take one that is listed.")
        return self._folder / name

    def remove(self, name: str) -> None:
        """Have it no more. Raises as `named` does."""
        self.named(name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Have nothing more of files that were coming when their server was killed."""
        dead = time.time() - COMES_WITHIN
        with suppress(FileNotFoundError):
            for each in self._folder.glob(f"{_COMING}*"):
                with suppress(FileNotFoundError):
                    if each.lstat().st_mtime < dead:
                        each.unlink()

    async def take(self, name: str, pieces: AsyncIterator[bytes]) -> str:
        """Take in a file that is called so where it comes from; how it is called here, when the disk has it. Nothing is
        written over. Raises `Refused` for one that is too large or one too many, and `NotSaved`; then nothing of it is
        left."""
        room = self._room()
        coming = self._folder / f"{_COMING}{os.urandom(8).hex()}"
        try:
            size = 0
            await asyncio.to_thread(make_folders, self._folder)
            descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                async for piece in pieces:
                    size += len(piece)
                    self._check_fits(size, room)
                    await asyncio.to_thread(file.write, piece)
                await asyncio.to_thread(file.flush)
                await asyncio.to_thread(sync_file, file.fileno())
            self._check_fits(size, self._room())  # Others of theirs may have come meanwhile.
            taken = self._place(coming, _plain(name))
            await asyncio.to_thread(sync_folder, self._folder)
        except OSError as error:
            raise NotSaved("The file was not saved", f"{error.strerror or error}.", "Send it again.") from error
        finally:
            with suppress(FileNotFoundError):
                coming.unlink()
        return taken

    def _room(self) -> int:
        """How many bytes more they may have. Raises `Refused` where they have as many files as anybody may."""
        files = self.list()
        if len(files) >= MOST_FILES:
            raise Refused(
                "There are too many files",
                f"You have {len(files):,} here, and nobody may have more than {MOST_FILES:,}.",
                "Remove what you need no more, or send many as one zip.",
            )
        return self._most * FILES_OF_SIZE - sum(each.size for each in files)

    def _check_fits(self, size: int, room: int) -> None:
        if size > min(self._most, room):
            raise Refused(
                "There is no room for this file",
                f"A file may have {self._most:,} bytes, and all of yours {FILES_OF_SIZE} times as many.",
                "Remove what you need no more, or send it in parts.",
            )

    def _place(self, coming: Path, name: str) -> str:
        stem, dot, ending = name.rpartition(".") if "." in name.strip(".") else (name, "", "")
        for number in count(1):
            called = name if number == 1 else f"{stem} ({number}){dot}{ending}"
            try:
                give_name(coming, self._folder / called)
            except FileExistsError:
                continue
            return called
        raise AssertionError


def _plain(name: str) -> str:
    """The name as every system takes it, without what folders it had."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, _, ending = last.rpartition(".")
    return file_name(stem, f".{file_name(ending)}") if stem.strip(". ") and ending else file_name(last)
