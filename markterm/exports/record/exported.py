"""Where the records are in what was exported: a file, a folder or a zip of them, or a visit pack."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.exports.anchored import heads_with, opened_zip
from markterm.records.kept_heads import Heads
from markterm.system.platform import sync_file

_PLACES = ("*.jsonl", "learners/*/*.jsonl", "centre/*.jsonl")
"""Those of records alone, and those of a visit pack: what a learner handed in may be called alike."""


class ExportedRecord(NamedTuple):
    """A file of records: where it lies, what it is `called` for whoever gave it, and the heads that it was exported
    with, as far as anything tells them."""

    file: Path
    called: Path
    heads: Heads


def exported_in(given: Sequence[Path], work: Path) -> Iterator[ExportedRecord]:
    """The files of records that are given or lie in what is given; those of a zip are unpacked below `work`.

    Raises `WrongUse` where there is none, `Unreadable` for a zip that is damaged, and OSError.
    """
    for number, path in enumerate(given):
        if path.is_dir():
            found = _in_folder(path)
        elif zipfile.is_zipfile(path):
            found = _in_zip(path, work / f"zip {number}")
        else:
            found = [ExportedRecord(path, path, heads_with(path) or heads_with(path.parent))]
        if not found:
            raise WrongUse(
                "No records there",
                f"{path} holds no file of records: their names end in .jsonl.",
                "Name the file of a record, or the folder or zip that records were exported into.",
                file=path,
            )
        yield from found


def _in_folder(folder: Path) -> list[ExportedRecord]:
    of_all = heads_with(folder)
    files = (file for place in _PLACES for file in sorted(folder.glob(place)))
    return [ExportedRecord(file, file, heads_with(file) or of_all) for file in files]


def _in_zip(path: Path, into: Path) -> list[ExportedRecord]:
    try:
        of_all = heads_with(path)
        with opened_zip(path) as archive:
            names = Counter(each.filename for each in archive.infolist() if _is_of_record(each.filename))
            if twice := next((name for name, times in names.items() if times > 1), ""):
                raise OSError(f"two files in it are called {twice}")
            found = []
            for number, name in enumerate(sorted(names)):
                file = into / f"{number}.jsonl"
                into.mkdir(exist_ok=True)
                with archive.open(name) as source, file.open("xb") as whole:
                    shutil.copyfileobj(source, whole)
                    whole.flush()
                    sync_file(whole.fileno())
                found.append(ExportedRecord(file, path / name, heads_with(file) or of_all))
            return found
    except OSError as error:
        if error.errno is not None:
            raise
        raise Unreadable(
            "Not the records that were exported",
            f"{error}. Nothing was taken in.",
            "Take another copy of the export.",
            file=path,
        ) from error


def _is_of_record(name: str) -> bool:
    return any(name.count("/") == place.count("/") and fnmatchcase(name, place) for place in _PLACES)
