"""A download, whatever it is: a folder, a zip, a mailbox, a message, or a file alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.incoming.coming import MOST_FILES, ComingFile, LeftFile
from markterm.evidence.incoming.downloaded_folder import file_at, files_in
from markterm.evidence.incoming.downloaded_zip import DownloadedZip


@contextmanager
def opened_download(path: Path) -> Iterator[Iterator[ComingFile | LeftFile]]:
    """What is in the download at `path`, to be read inside. A zip alone is opened when it is called `.zip`: a Word file
    is one too. Raises `Unreadable` and `WrongUse`."""
    name = one_line(path.name)
    if path.is_dir():
        yield _no_more_than(files_in(path), path)
        return
    found = file_at(path, path.name) if path.exists() or path.is_symlink() else None
    if found is None:
        raise WrongUse("No such download", f"There is no {name}.", "Name a folder, a zip, a mailbox or a file.")
    if isinstance(found, LeftFile):
        raise Unreadable("The download cannot be read", f"{name}: {found.why}.", "Name the download itself.", file=path)
    if path.suffix.lower() != ".zip":
        yield iter((found,))
        return
    archive = DownloadedZip(path)
    try:
        yield archive.files()
    finally:
        archive.close()


def _no_more_than(files: Iterator[ComingFile | LeftFile], path: Path) -> Iterator[ComingFile | LeftFile]:
    for number, each in enumerate(files):
        if number >= MOST_FILES:
            raise Unreadable(
                "Too many files",
                f"There are more than {MOST_FILES:,} files in it.",
                "Name the folder of the submissions, and not one of much else.",
                file=path,
            )
        yield each
