"""What units cover of standards, as it leaves the centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from markterm.centre.export.pages import Pages
from markterm.centre.export.table_facts import facts_of, tables_of
from markterm.centre.folder import CentreFolder
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.standards.coverage_asked import CoverageAsked
from markterm.exports.document.coverage import coverage_document
from markterm.exports.document.model import Document
from markterm.exports.export import Export
from markterm.exports.file_names import FileNames
from markterm.exports.page_form import PageForm
from markterm.exports.table.coverage import coverage_tables
from markterm.exports.table.table_form import TableForm, table_export
from markterm.records.kept_heads import Heads

FORMS = (TableForm.XLSX.value, TableForm.CSV.value, *(form.value for form in PageForm))
"""In what it is written: as tables, or as a document with the functional map as a picture."""


@dataclass(frozen=True)
class CoverageExports:
    """Coverage as a workbook or CSV of tables, or as a document. It is made from sheets, and holds nothing of any
    record: so it carries no heads."""

    folder: CentreFolder
    details: CentreDetails
    clock: Callable[[], datetime]

    def of(self, asked: CoverageAsked, form: str) -> Export:
        """What was asked, in one of `FORMS`. Raises `WrongUse` when what writes a workbook is not installed."""
        name = f"coverage {asked.of_what} {asked.target.code}"
        more = (("Of", self._titled(asked)), ("Beside", asked.target_title))
        now = self.clock()
        if form in (TableForm.XLSX.value, TableForm.CSV.value):
            tables = tables_of(self.details, now, "Coverage", coverage_tables(asked), more=more, caveats=asked.caveats)
            return table_export(tables, TableForm(form), name, {}, now=self.clock, templates=self.folder.templates)
        facts, about = facts_of(self.details, now, *more)
        page = coverage_document(asked, facts, about)

        def made() -> tuple[Document, Heads]:
            return page, {}

        pages = Pages(self.folder.templates, self.clock)
        piece = pages.piece(FileNames(), name, "what units cover of a standard", PageForm(form), made)
        return pages.export("Coverage", name, [piece])

    @staticmethod
    def _titled(asked: CoverageAsked) -> str:
        return "; ".join(f"{each.code} {each.title}" for each in asked.of)
