"""The exports within a centre that hold something of a learner, and which of them are of that learner alone."""

from __future__ import annotations

import zipfile
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from markterm.exports.anchored import heads_with
from markterm.exports.csv.script_key import learners_in_key
from markterm.exports.file_names import file_name
from markterm.exports.placing import BESIDE, HEADS, MANIFEST, SIGNATURE, SIGNED, is_work
from markterm.system.platform import CENTRE_RECORD

_OF_PACKS = "learners"
_EVIDENCE = "evidence"
_OF_SCRIPTS = "script-"


class Whose(Enum):
    """Whose an export is: the learner's alone, not surely theirs alone, or nobody can tell."""

    THEIRS = auto()
    OTHERS_TOO = auto()
    UNREADABLE = auto()


class Found(NamedTuple):
    """An export, or what could not be looked into, and whose it is."""

    place: Path
    whose: Whose


def exports_of(
    folder: Path, records: Iterable[str], everybody: Iterable[str], but: Container[Path] = ()
) -> Iterator[Found]:
    """What was exported into `folder` of these records of one learner, and what there cannot be read; `everybody` are
    the names of all learners' folders. Into what is in `but` it does not look.

    An export is of the learner alone when it was made from no other record and each file in it is called after them: a
    learner of whom nothing is recorded has no record that an export could name, and people put files of theirs there.
    A key to scripts says itself whom it names.
    """
    own = frozenset(records)
    names = frozenset(map(file_name, own))
    others = frozenset(map(file_name, everybody)) - names
    places = [folder]
    while places:
        place = places.pop()
        try:
            inside = sorted(place.iterdir())
        except FileNotFoundError:
            continue
        except OSError:
            yield Found(place, Whose.UNREADABLE)
            continue
        for each in inside:
            if each in but or each.is_symlink() or each.name.endswith((BESIDE, SIGNED)):
                continue
            if is_work(each):  # Its heads are written last.
                yield Found(each, Whose.OTHERS_TOO)
                continue
            if each.is_dir() and not (each / HEADS).exists():
                places.append(each)
                continue
            with suppress(FileNotFoundError):  # Somebody took it away meanwhile.
                yield from _looked_at(each, own, names, others)


def holds_evidence(export: Path, records: Iterable[str]) -> bool:
    """Whether an export of these records has in it what the learner handed in, as packs and scripts have, or nobody
    can tell."""
    names = frozenset(map(file_name, records))
    try:
        return is_work(export) or any(_is_evidence(path, names) for path in _files(export))
    except (OSError, zipfile.BadZipFile):
        return True


def _is_evidence(path: PurePosixPath, names: frozenset[str]) -> bool:
    of_pack = path.parts[0] == _OF_PACKS and path.parts[1:2] and path.parts[1] in names and _EVIDENCE in path.parts[2:3]
    return bool(of_pack) or (len(path.parts) > 1 and path.parts[0].startswith(_OF_SCRIPTS))


def _looked_at(export: Path, own: frozenset[str], names: frozenset[str], others: frozenset[str]) -> Iterator[Found]:
    try:
        in_key = learners_in_key(export)
        of = {*heads_with(export), *(in_key or ())} - {CENTRE_RECORD}
        if of & own:
            is_key = in_key is not None and in_key <= own
            theirs = of <= own and (is_key or all(_is_called_after(path, names, others) for path in _files(export)))
            yield Found(export, Whose.THEIRS if theirs else Whose.OTHERS_TOO)
    except FileNotFoundError:
        raise
    except OSError:
        yield Found(export, Whose.UNREADABLE)


def _files(export: Path) -> Iterator[PurePosixPath]:
    """The files in it that hold something: of a pack, those of its learners and those that its sums do not name."""
    if export.is_dir():
        every = [PurePosixPath(each.relative_to(export).as_posix()) for each in export.rglob("*") if not _is_real(each)]
        sums = (export / MANIFEST).read_text("utf-8", "replace") if (export / MANIFEST).is_file() else ""
    elif export.suffix.casefold() == ".zip":
        with zipfile.ZipFile(export) as archive:
            every = [PurePosixPath(name) for name in archive.namelist() if not name.endswith("/")]
            sums = archive.read(MANIFEST).decode("utf-8", "replace") if MANIFEST in archive.namelist() else ""
    else:
        yield PurePosixPath(export.name)
        return
    named = {line.partition("  ")[2] for line in sums.splitlines()}
    # What is signed has sums too, and is no pack.
    is_pack = any(name.startswith(f"{_OF_PACKS}/") for name in named)
    for path in every:
        is_of_pack = is_pack and str(path) in named and path.parts[0] != _OF_PACKS
        if not (is_of_pack or str(path) in (HEADS, MANIFEST, SIGNATURE)):
            yield path


def _is_real(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_called_after(path: PurePosixPath, names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a folder or the file of that path is called after the learner, and not after one whose name goes on."""
    for part in path.parts:
        own = max((len(name) for name in names if _begins(part, name)), default=0)
        if own:
            return all(len(name) < own for name in others if _begins(part, name))
    return False


def _begins(part: str, name: str) -> bool:
    return part.startswith(name) and (part[len(name) :] or " ")[0] in " ."
