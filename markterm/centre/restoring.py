"""A centre that is made of a backup again: of what was destroyed since, nothing comes back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from markterm.centre import stores
from markterm.centre.backups import is_gone
from markterm.centre.folder import EVIDENCE, LEARNERS, CentreFolder
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.destructions import Destruction, destructions
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.exports.backup.checking import CheckedBackup, check_backup
from markterm.exports.backup.form import RECORDS
from markterm.exports.backup.restoring import check_empty, restore_backup
from markterm.own.places import Places
from markterm.records.store import EventStore
from markterm.sheets.centre_file import read_centre
from markterm.sheets.record_table import without_record_store
from markterm.system.platform import CENTRE_RECORD, folder_name


@dataclass(frozen=True, slots=True)
class Restored:
    """A centre that was made of a backup, in `into`. `kept_away` counts the records, and `evidence_kept_away` the
    learners' evidence, that were destroyed since and did not come back. Where they `were_in_database`, they are in
    the folder now, and its centre.toml says so."""

    into: Path
    checked: CheckedBackup
    kept_away: int = 0
    evidence_kept_away: int = 0
    were_in_database: bool = False


def restore(file: Path, into: Path, *, newer: Path | None = None, places: Places | None = None) -> Restored:
    """Make the centre of the backup `file` in the folder `into`. What was destroyed as `newer` knows, a centre's folder
    or a backup that was made later, stays away.

    Raises `WrongUse`, `Unreadable`, `Refused` where a newer MarkTerm wrote it, and `NotSaved`: nothing is left then.
    """
    check_empty(into)
    checked = check_backup(file)
    every = _destroyed(newer, checked, places or Places.of_user()) if newer is not None else ()
    gone = {record for record, heads in checked.heads.items() if is_gone(record, heads, every)}
    learners = {PurePosixPath(each).parts[1] for each in checked.members if each.startswith(f"{LEARNERS}/")}
    bare = {
        folder_name(name)
        for name in {*checked.heads, *learners} - gone - {CENTRE_RECORD}
        if any(each.is_begun and each.what is What.EVIDENCE and each.is_of(name) for each in every)
    } & learners
    away = {PurePosixPath(place, folder_name(record)) for record in gone for place in (RECORDS, LEARNERS)}
    away |= {PurePosixPath(LEARNERS, name, EVIDENCE) for name in bare}
    from_database: list[bool] = []
    restore_backup(
        file,
        into,
        lambda path: away.isdisjoint(path.parents),
        lambda whole: from_database.append(_have_records_in_folder(CentreFolder(whole))),
    )
    return Restored(into.resolve(), checked, len(gone), len(bare), from_database[0])


def _have_records_in_folder(centre: CentreFolder) -> bool:
    """Have the centre's records in its folder, where the backup has them; whether they were in a database before.

    Whoever tries a backup out must not record in the database of the living centre.
    """
    before = read_centre(centre.file)
    if not before.record_store:
        return False
    file = centre.file
    file.write_text(without_record_store(file.read_text("utf-8")), "utf-8", newline="\n")
    if read_centre(file) != replace(before, record_store=""):
        raise Unreadable(
            "The centre could not be restored",
            f"In its {file.name} the database of its records could not be told from the rest. Nothing was restored.",
            "Unpack the backup with another program, and take [record] and store out of that file yourself.",
        )
    return True


def _destroyed(newer: Path, older: CheckedBackup, places: Places) -> tuple[Destruction, ...]:
    """What was destroyed, as that centre or that backup knows."""
    if newer.is_dir():
        folder = CentreFolder(newer)
        details = read_centre(folder.file)
        number = details.number
        with closing(stores.store_of(folder, places.of_centre(newer), details)) as store:
            found = _of(store)
    else:
        number, found = check_backup(newer).facts.number, ()
        with TemporaryDirectory() as beside, closing(_own_record_of(newer, Path(beside))) as store:
            found = _of(store)
    if number != older.facts.number:
        raise WrongUse(
            "Another centre's",
            f"{newer} is of the centre {number}, and the backup of {older.facts.number}. Nothing was restored.",
            "Name a later backup of the same centre, or its folder.",
        )
    return found


def _own_record_of(backup: Path, beside: Path) -> EventStore:
    """The centre's own record of a backup."""
    own = PurePosixPath(RECORDS, folder_name(CENTRE_RECORD))
    restore_backup(backup, beside / "centre", lambda path: own in path.parents)
    return stores.store_in_files(beside / "centre" / RECORDS, beside / "states")


def _of(store: EventStore) -> tuple[Destruction, ...]:
    return destructions(store.load(CENTRE_RECORD))
