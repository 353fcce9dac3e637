"""A learner's portfolio by standard, as it leaves the centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markterm.centre.by_standard import LearnersByStandard
from markterm.centre.export.pages import Pages
from markterm.domain.record.centre_details import CentreDetails
from markterm.exports.document.model import Document
from markterm.exports.document.portfolio_index import portfolio_index
from markterm.exports.export import Export
from markterm.exports.file_names import FileNames
from markterm.exports.page_form import PageForm
from markterm.records.kept_heads import Heads


class PortfolioIndexExports:
    """Indexes of the portfolios of a centre's learners. `files` gives the SHA-256 of a learner's files by name: what
    is cited may be called otherwise by now, or be gone."""

    def __init__(
        self,
        details: CentreDetails,
        by_standard: LearnersByStandard,
        files: Callable[[str], Mapping[str, str]],
        pages: Pages,
    ) -> None:
        self._details = details
        self._by_standard = by_standard
        self._files = files
        self._pages = pages

    def of(self, registration: str, name: str, version: str = "", form: PageForm = PageForm.PDF) -> Export:
        """The index by the standard or the suite of that code. Raises `WrongUse`, `Unreadable` and `NotNow`."""
        self._by_standard.index(registration, name, version)  # What cannot be asked for is told before one is written.

        def made() -> tuple[Document, Heads]:
            found = self._by_standard.index(registration, name, version)
            shown = found.shown
            document = portfolio_index(
                self._details,
                shown.learner,
                found.name,
                found.index,
                shown.portfolio,
                self._files(registration),
                damaged=bool(shown.incomplete),
            )
            return document, found.heads

        called = f"{registration} {name} portfolio index"
        piece = self._pages.piece(FileNames(), called, f"portfolio index {name} of {registration}", form, made)
        return self._pages.export("Portfolio index", "portfolio index", [piece])
