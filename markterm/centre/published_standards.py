"""Standards as they were published, taken in from the documents that people have of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from markterm.centre.case_packages import package_in
from markterm.centre.coming_sheets import Coming, ComingSheet, keep_coming
from markterm.centre.published_document import DocumentPlaces, document_of, pages_without_words
from markterm.domain.standards.published.compared import standard_differences, suite_differences
from markterm.domain.standards.published.ksb import read_ksb
from markterm.domain.standards.published.nos import read_nos
from markterm.domain.standards.published.result import Published, not_read
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.printed_lines import Doubt, lines_of
from markterm.domain.words.errors import Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceKind
from markterm.sheets.kinds import STANDARD, SUITE
from markterm.sheets.sheet_folder import sheet_path
from markterm.sheets.standard_file import STANDARD_WRITER
from markterm.sheets.suite_file import SUITE_WRITER

if TYPE_CHECKING:
    from markterm.centre.evidence import Evidence
    from markterm.centre.folder import CentreFolder
    from markterm.centre.sheets import CentreSheets
    from markterm.domain.assessed.standard import Standard, StandardKey
    from markterm.domain.assessed.suite import Suite
    from markterm.evidence.text.document import EvidenceDocument


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a document gave: what was read of it, its sheets, and the pages that lines of it stand on."""

    file: Path
    published: Published
    sheets: tuple[ComingSheet, ...]
    places: DocumentPlaces = field(default_factory=DocumentPlaces)


class PublishedStandards:
    """Takes in published standards as sheets of the centre."""

    def __init__(
        self, folder: CentreFolder, sheets: CentreSheets, evidence: Evidence, clock: Callable[[], datetime]
    ) -> None:
        self._folder, self._sheets, self._evidence, self._clock = folder, sheets, evidence, clock

    def read(self, file: Path, code: str = "", version: str = "", *, welsh: bool = False) -> TakenIn:
        """What that document gives, and what its sheets meet in the centre; nothing is written.

        `code` is for a document of one standard that does not say its own, `version` for what does not say its version.
        Of a document in two languages the English is read, or the `welsh`. Raises `Unreadable`, also when no standard
        is found in it, and `WrongUse` for a code where it has several standards.
        """
        if (package := package_in(file, self._clock, code, version)) is not None:
            coming = tuple(self._coming(package.published, package.texts))
            return TakenIn(file, package.published, (*coming, *package.beside(self._folder.mark_sheets, coming)))
        document = document_of(file, self._evidence)
        published = _written(_named(self._published(file, document, code, welsh=welsh), code, version))
        places = DocumentPlaces.of(document, published.doubts, published.left_out)
        return TakenIn(file, published, tuple(self._coming(published)), places)

    def keep(self, taken: Sequence[TakenIn], *, passing_over: bool = False) -> None:
        """Write the sheets that are new; durable when it returns. Raises `Refused`, and writes nothing, where one is
        there and says something else, unless those are to be passed over, and where two documents give the same
        standard differently; and `NotSaved`."""
        sheets: dict[tuple[Path, str], ComingSheet] = {}
        for each in (sheet for one in taken for sheet in one.sheets):
            # Names that differ in capitals alone are one file to many systems.
            if sheets.setdefault((each.path.parent, each.path.name.lower()), each).text != each.text:
                raise Refused(
                    "Two documents give the same standard",
                    f"{one_line(each.code)} stands in two of them, and they say something else. Nothing was written.",
                    "Take in one of the two, or give the other its version.",
                    file=each.path,
                )
        self._sheets.require_staff()
        keep_coming(list(sheets.values()), passing_over=passing_over)
        self._sheets.forget()

    def _published(self, file: Path, document: EvidenceDocument, code: str, *, welsh: bool) -> Published:
        is_marked = document.kind is not EvidenceKind.TEXT
        lines = (lines_of_marked if is_marked else lines_of)(document.text.text)
        # What has no performance criteria is the framework of an apprenticeship sooner than a NOS.
        found = read_ksb(lines, code), read_nos(lines, welsh=welsh)
        read = max(found, key=lambda published: sum(published.counts.values()))
        read = replace(read, doubts=(*not_read(lines, read), *read.doubts))
        if read.standards or read.suites:
            return replace(read, doubts=(*pages_without_words(document, "statement"), *read.doubts))
        what = "It has no performance criteria P1 … and knowledge K1 …, and no knowledge, skills and behaviours."
        next_step = "Name the document that has the statements themselves, as text, PDF, Word or HTML."
        if document.scans:
            pages = ", ".join(map(str, document.scans))
            what = f"Its pages are pictures without words: {pages}."
            next_step = (
                "Ask for the document itself, or give it words with a program that reads scans, and take that in."
            )
        title = "No standard was found in the document"
        raise Unreadable(title, f"{one_line(file.name)}: {what}", next_step, file=file)

    def _coming(
        self, published: Published, texts: Mapping[StandardKey, str] = MappingProxyType({})
    ) -> Iterator[ComingSheet]:
        """The sheets of what was read; `texts` are those of standards that are written already."""
        known = self._sheets.standards
        for standard in published.standards:
            there = known.by_key.get(standard.key)
            differs = tuple(standard_differences(there, standard)) if there is not None else ()
            several = bool(known.versions(standard.code)) and there is None and standard.version
            name = f"{standard.code}-{standard.version}" if several else standard.code
            text = texts.get(standard.key) or STANDARD_WRITER.render(standard)
            yield self._sheet(standard, STANDARD.folder, name, text, there, differs)
        for suite in published.suites:
            here = self._sheets.suites.by_code.get(suite.code)
            differs = tuple(suite_differences(here, suite)) if here is not None else ()
            yield self._sheet(suite, SUITE.folder, suite.code, SUITE_WRITER.render(suite), here, differs)

    def _sheet(
        self,
        coming: Standard | Suite,
        folder: str,
        name: str,
        text: str,
        there: Standard | Suite | None,
        differs: tuple[str, ...],
    ) -> ComingSheet:
        path = sheet_path(self._folder.mark_sheets / folder, name)
        if there is None and path.exists():
            differs = (f"{path.name} is of another version or code, or cannot be read: give it a version of its own",)
        return ComingSheet(coming.code, path, text, Coming.beside(there, differs), differs)


def _named(published: Published, code: str, version: str) -> Published:
    """What was read, with the code and the version that a person gives where the document does not."""
    if code and len(published.standards) != 1:
        raise WrongUse(
            "There are several standards",
            f"The document has {len(published.standards)} standards, and a code names one.",
            "Give no code, and correct the codes in the sheets.",
        )
    old = published.standards[0].code if code else ""
    standards = tuple(
        replace(
            each,
            code=code or each.code,
            title=code if old and each.title == old else each.title,
            version=each.version or version,
            to_check=tuple(_said_of(code, old, each.to_check)),
        )
        for each in published.standards
    )
    doubts = tuple(
        replace(each, message=message) for each in published.doubts for message in _said_of(code, old, [each.message])
    )
    suites = tuple(replace(each, version=each.version or version) for each in published.suites)
    return replace(published, standards=standards, suites=suites, doubts=doubts)


def _said_of(code: str, old: str, messages: Sequence[str]) -> Iterator[str]:
    """The doubts about a standard that a person gave a code: that it says none of its own is settled."""
    for message in messages:
        if not code or not message.startswith(f"{old} "):
            yield message
        elif not message.startswith(f"{old} has no reference"):
            yield f"{code}{message.removeprefix(old)}"


def _written(published: Published) -> Published:
    """What was read, without what no sheet can hold, which is told: free text that reads as something else."""
    doubts = list(published.doubts)
    standards = []
    for standard in published.standards:
        try:
            STANDARD_WRITER.render(standard)
        except WrongUse:
            message = "What it says of itself, and its glossary, cannot stand in a sheet as they are: write them there."
            doubts.append(Doubt(0, f"{standard.code}: {message}"))
            told = (*standard.to_check, message)
            standards.append(replace(standard, overview="", glossary=(), to_check=told))
        else:
            standards.append(standard)
    return replace(published, standards=tuple(standards), doubts=tuple(doubts))
