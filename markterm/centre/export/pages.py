"""Documents as files of an export: in the form that was asked for, by the centre's own templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from markterm.exports.document.model import Document
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import FileNames
from markterm.exports.page_form import PageForm, write_page
from markterm.records.kept_heads import Heads

Making = Callable[[], tuple[Document, Heads]]
"""Makes a document as the record is now, with the heads that it was made from."""
MakingText = Callable[[], tuple[str, Document, Heads]]
"""The same of a text in Markdown: it, and the document that it is."""


class Pages:
    """Makes the pieces of exports that are documents; `templates` is where the centre has its own, if it has any."""

    def __init__(self, templates: Path, now: Callable[[], datetime]) -> None:
        self._templates = templates
        self._now = now

    def piece(self, names: FileNames, name: str, what: str, form: PageForm, making: Making) -> Piece:
        """The document as a file of that name."""

        def write(path: Path) -> Made:
            document, heads = making()
            return self.write(document, form, path, heads)

        return Piece(names.take(name, form.ending), what, write)

    def text(self, names: FileNames, name: str, what: str, form: PageForm, making: MakingText) -> Piece:
        """A text as a file of that name: in Markdown as it is, else as the document that it is."""

        def write(path: Path) -> Made:
            text, document, heads = making()
            if form is PageForm.MARKDOWN:
                path.write_text(text, "utf-8", newline="\n")
                return Made(heads)
            return self.write(document, form, path, heads)

        return Piece(names.take(name, form.ending), what, write)

    def write(self, document: Document, form: PageForm, path: Path, heads: Heads) -> Made:
        """Write a document there. Raises as `write_page` does."""
        return write_page(document, form, path, heads, at=self._now(), templates=self._templates)

    def export(self, title: str, name: str, pieces: Sequence[Piece], left_out: Sequence[LeftOut] = ()) -> Export:
        """One file where there is one, or a folder called `name`."""
        alone = len(pieces) == 1
        return Export(title, str(pieces[0].path) if alone else name, pieces, tuple(left_out), one_file=alone)
