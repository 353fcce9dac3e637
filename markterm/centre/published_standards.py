"""Standards as they were published, taken in from the documents that people have of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.coming_sheets import Coming, ComingSheet, document_of, keep_coming
from markterm.domain.standards.published.ksb import read_ksb
from markterm.domain.standards.published.nos import read_nos
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.printed_lines import lines_of
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceKind
from markterm.sheets.kinds import STANDARD, SUITE
from markterm.sheets.standard_file import STANDARD_WRITER
from markterm.sheets.suite_file import SUITE_WRITER
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.centre.evidence import Evidence
    from markterm.centre.folder import CentreFolder
    from markterm.centre.sheets import CentreSheets
    from markterm.domain.standards.published.result import Published


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a document gave: what was read of it, and its sheets."""

    file: Path
    published: Published
    sheets: tuple[ComingSheet, ...]


class PublishedStandards:
    """Takes in published standards as sheets of the centre."""

    def __init__(self, folder: CentreFolder, sheets: CentreSheets, evidence: Evidence) -> None:
        self._folder, self._sheets, self._evidence = folder, sheets, evidence

    def read(self, file: Path, code: str = "") -> TakenIn:
        """What that document gives, and what its sheets meet in the centre; nothing is written. `code` is for a
        document of one standard that does not say its own. Raises `Unreadable`, also when no standard is found in it.
        """
        published = self._published(file)
        if code and len(published.standards) == 1:
            published = replace(published, standards=(replace(published.standards[0], code=code),))
        return TakenIn(file, published, tuple(self._coming(published)))

    def keep(self, taken: Sequence[TakenIn]) -> None:
        """Write the sheets that are new; durable when it returns. Raises `Refused`, and writes nothing, where one is
        there and says something else, and `NotSaved`."""
        keep_coming([each for one in taken for each in one.sheets])
        self._sheets.forget()

    def _published(self, file: Path) -> Published:
        document = document_of(file, self._evidence)
        is_marked = document.kind is not EvidenceKind.TEXT
        lines = (lines_of_marked if is_marked else lines_of)(document.text.text)
        read = max((read_nos(lines), read_ksb(lines)), key=lambda published: sum(published.counts.values()))
        if read.standards or read.suites:
            return read
        what = "It has no performance criteria P1 … and knowledge K1 …, and no knowledge, skills and behaviours."
        if document.has_unread_pages:
            what = "Its pages are pictures without words."
        raise Unreadable(
            "No standard was found in the document",
            f"{one_line(file.name)}: {what}",
            "Name the document that has the statements themselves, as text, PDF, Word or HTML.",
            file=file,
        )

    def _coming(self, published: Published) -> Iterator[ComingSheet]:
        known = self._sheets.standards
        for standard in published.standards:
            there = known.by_key.get(standard.key)
            meets = Coming.beside(standard, there)
            several = bool(known.versions(standard.code)) and there is None and standard.version
            name = f"{standard.code}-{standard.version}" if several else standard.code
            path = self._folder.mark_sheets / STANDARD.folder / f"{folder_name(name)}.md"
            yield ComingSheet(standard.code, path, STANDARD_WRITER.render(standard), meets)
        for suite in published.suites:
            here = self._sheets.suites.by_code.get(suite.code)
            path = self._folder.mark_sheets / SUITE.folder / f"{folder_name(suite.code)}.md"
            yield ComingSheet(suite.code, path, SUITE_WRITER.render(suite), Coming.beside(suite, here))
