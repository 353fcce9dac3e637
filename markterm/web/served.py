"""What the pages of a server stand on: the centre's members, who is signed in, and what runs for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markterm.domain.assessed.serving import Serving
from markterm.own.places import Places
from markterm.web.address import Address
from markterm.web.log import Log
from markterm.web.members import Members
from markterm.web.running_apps import RunningApps
from markterm.web.sign_ins import SignIns


@dataclass(frozen=True, slots=True)
class Served:
    """A centre that is served."""

    folder: Path
    places: Places
    members: Members
    serving: Serving
    address: Address
    sign_ins: SignIns
    apps: RunningApps
    log: Log

    @property
    def passwords(self) -> Path:
        """The file of members' passwords."""
        return self.places.of_centre(self.folder).passwords

    def every_folder_of_files(self) -> list[Path]:
        """The folder of each member who has files, or had some."""
        return [each for member in self.places.members() if (each := self.files_of(member)).is_dir()]

    def files_of(self, member: str) -> Path:
        """The folder of that member's own files."""
        return self.places.of_member(member).of_centre(self.folder).files
