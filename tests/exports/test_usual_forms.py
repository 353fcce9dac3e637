"""What is written where nobody asks for a form: one that can be made with what is installed."""

from __future__ import annotations

import pytest

from markterm.exports import page_form
from markterm.exports.page_form import PageForm
from markterm.exports.table import table_form
from markterm.exports.table.table_form import TableForm


def test_without_what_makes_pdf_pages_are_html_and_without_what_makes_workbooks_tables_are_csv(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for installed, forms in ((object(), (PageForm.PDF, TableForm.XLSX)), (None, (PageForm.HTML, TableForm.CSV))):
        for module in (page_form, table_form):
            monkeypatch.setattr(module, "find_spec", lambda _, found=installed: found)
        assert (PageForm.usual(), TableForm.usual()) == forms
