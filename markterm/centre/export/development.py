"""Somebody's gaps, what they say of themselves and their CPD, as it leaves the centre."""

from __future__ import annotations

from markterm.centre.development import Development
from markterm.centre.export.pages import Pages
from markterm.centre.export.standing import AsItStands
from markterm.centre.learners import Learners
from markterm.centre.role_profiles import RoleProfiles
from markterm.domain.record.centre_details import CentreDetails
from markterm.exports.document.development import development
from markterm.exports.document.model import Document
from markterm.exports.export import Export
from markterm.exports.file_names import FileNames
from markterm.exports.page_form import PageForm
from markterm.records.kept_heads import Heads
from markterm.system.platform import CENTRE_RECORD


class DevelopmentExports:
    """Documents of how the people of a centre develop."""

    def __init__(
        self,
        details: CentreDetails,
        learners: Learners,
        profiles: RoleProfiles,
        people: Development,
        standing: AsItStands,
        pages: Pages,
    ) -> None:
        self._details = details
        self._learners = learners
        self._profiles = profiles
        self._people = people
        self._standing = standing
        self._pages = pages

    def of(self, person: str, what: str, form: PageForm) -> Export:
        """Of the learner or member that `person` means, beside the profile, standard or suite of that code. Raises
        `WrongUse`, `Unreadable` and `NotNow`."""
        meant = self._people.person(person)
        self._profiles.wanted(what)  # What cannot be asked for is told before one is written.

        def read() -> Document:
            found = self._people.beside(meant, what)
            own = self._people.of(meant).cpd
            return development(self._details, meant.id, meant.name, found, own, self._people.today)

        def made() -> tuple[Document, Heads]:
            return self._standing.steady(CENTRE_RECORD if meant.of_staff else meant.id, read)

        told = f"development of {meant.id} beside {what}"
        piece = self._pages.piece(FileNames(), f"{meant.id} {what} development", told, form, made)
        return self._pages.export("Development", "development", [piece])
