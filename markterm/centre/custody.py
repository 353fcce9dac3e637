"""What keeps the centre's records, for whoever administers it: how it stands, a database prepared for it, and
the records brought there and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from markterm.centre import stores
from markterm.centre.folder import CentreFolder
from markterm.centre.seeing import Seeing
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.database_address import is_address, role_in, wrong_with
from markterm.domain.words.errors import NotSaved, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.own.places import CentrePlaces
from markterm.records.copying import Compared, Copy, Progress, Target, compare_records, copy_records
from markterm.records.store_status import Prepared, StoreStatus
from markterm.sheets.record_table import with_record_store
from markterm.system.platform import alone_in, replace_file

_ADMINISTERED = "What keeps the records is administered"


class Custody:
    """The custody of the records of the centre in `folder`."""

    def __init__(self, folder: CentreFolder, details: CentreDetails, own: CentrePlaces, seeing: Seeing) -> None:
        self._folder = folder
        self._details = details
        self._own = own
        self._seeing = seeing

    def status(self) -> StoreStatus:
        """How it stands now. Raises `Unreadable`, and `Refused` for who does not see everybody."""
        self._seeing.require_everybody(_ADMINISTERED)
        return stores.status_of(self._folder, self._own, self._details)

    def reach(self) -> None:
        """Raises `Unreadable` where the records cannot be reached from here now."""
        stores.reach(self._details, self._own)

    def prepare(self, owner: str, role: str = "", password: str = "") -> Prepared:
        """Make the tables in the database that `owner` leads to, or bring them to the newest version, and let the
        `role` work in this centre's records: the one that centre.toml names, where none is given. What is there stays.

        A role that is not there is made, with the `password` if there is one. Raises `WrongUse`, `Unreadable`,
        `Refused` and `NotSaved`.
        """
        self._require_administrator()
        if (wrong := wrong_with(owner)) is not None:
            what, next_step = wrong
            raise WrongUse("The address cannot be used", f"What leads to the database {what}.", next_step)
        role = role or (role_in(self._details.record_store) if self._details.record_store else "")
        if not role:
            raise WrongUse(
                "For which role?",
                "centre.toml names no role of the database for this centre.",
                "Write it into the address, as in postgresql://markterm@localhost/markterm, or name it here.",
            )
        return stores.prepare(self._details, owner, role, password)

    def copy_to(self, place: str, told: Callable[[Progress], None]) -> Copy:
        """Bring every record to the store at that place, the address of a database or a folder, and prove that both
        have the same; what was stopped goes on. Nothing here is changed, and centre.toml is not.

        Raises `WrongUse`, `Refused` when there is something else there, `Unreadable`, and `NotSaved`.
        """
        with self._here_and(place) as (here, there):
            return copy_records(here, there, told)

    def move_to(self, place: str, told: Callable[[Progress], None]) -> Copy:
        """`copy_to`, and where both have the same in the end, centre.toml says that the records are there: everybody
        goes on there, who opens the centre from then on. Only the centre's own folder or a database can be gone on in.

        Raises what `copy_to` raises, and `Unreadable` or `NotSaved` when centre.toml could not be written: the records
        are in both then, and the centre goes on where it was.
        """
        if not is_address(place) and Path(place).resolve() != self._folder.records.resolve():
            raise WrongUse(
                "A centre does not go on there",
                f"Records are in a database or in the centre's own folder {self._folder.records.name}.",
                "Copy them there without going on, or name one of these.",
            )
        copy = self.copy_to(place, told)
        if copy.compared.are_equal:
            file = self._folder.file
            try:
                with alone_in(file.parent):
                    replace_file(file, with_record_store(file, place if is_address(place) else ""))
            except OSError as error:
                raise NotSaved(
                    "The centre goes on where it was",
                    f"{file.name} could not be written: {error.strerror or error}. The records are in both.",
                    "Check that you may write in the centre's folder and that the disk has room.",
                    file=file,
                ) from error
        return copy

    def compare_with(self, place: str, told: Callable[[Progress], None]) -> Compared:
        """The records beside those of the store at that place, every line of both. Raises `WrongUse` and
        `Unreadable`."""
        if not is_address(place) and not Path(place).is_dir():
            raise WrongUse(
                "No records are there",
                f"{one_line(place)} is no folder: nothing was compared.",
                "Name the folder of records as it is called from here, or the address of a database.",
            )
        with self._here_and(place) as (here, there):
            return compare_records(here, there, told)

    @contextmanager
    def _here_and(self, place: str) -> Iterator[tuple[Target, Target]]:
        self._require_administrator()
        if is_address(place) and (wrong := wrong_with(place)) is not None:
            what, next_step = wrong
            raise WrongUse("The address cannot be used", f"What leads to the other store {what}.", next_step)
        own = self._details.record_store or str(self._folder.records)
        if place == own or (not is_address(own) and Path(place).resolve() == Path(own).resolve()):
            raise WrongUse(
                "That is where the records are", f"{one_line(place)} is the centre's own store.", "Name another one."
            )
        with (
            closing(stores.store_at(own, self._folder, self._own, self._details)) as here,
            closing(stores.store_at(place, self._folder, self._own, self._details)) as there,
        ):
            yield here, there

    def _require_administrator(self) -> None:
        """Raise `Refused` for who does not see everybody, and for whom a server signed in: it would open another
        database, or another folder, with the rights and the password that are its own."""
        if self._own.signed_in:
            raise Refused(
                "Not from here",
                "You are signed in to a server, which keeps the records.",
                "Whoever runs it does that there.",
            )
        self._seeing.require_everybody(_ADMINISTERED)
