"""A sheet of requirements, `mark_sheets/competence/*.md`: what is asked of a centre's staff, section by section.

Whatever stands outside the lists of its two sections is free text, shown to nobody and never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.competence import CompetenceSheet, Requirement
from markterm.sheets.codes import short
from markterm.sheets.front_matter import FrontMatter
from markterm.sheets.kinds import COMPETENCE
from markterm.sheets.lookalikes import undressed
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import SheetBody, content_of, item_text, lines_of, title_heading
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet

TUTOR, ASSESSOR = "Tutor", "Assessor and verifier"

_KEYS = ("title", "suite")
_WORDS = ("years", "kind", "evidence", "lasting")
_KINDS = ("competence", "cpd")
_REQUIREMENT = re.compile(r"\*\*([A-Z]{1,4}[0-9]{1,3})\*\* +(\S.*)")
_MEANT_AS_REQUIREMENT = re.compile(r"[\s>|+-]*(?:\*\s+|[0-9]+[.)]\s+)?\*\*\s*[A-Za-z]{1,4}[0-9]{1,3}[.:]?\s*\*\*")
_LIKE_A_REQUIREMENT = re.compile(r"[A-Z]{1,4}[0-9]{1,3}[\W_]+[A-Z]")
_LINE = re.compile(r"(\w+):\s*(\S.*)")
_YEARS = re.compile(r"[1-9][0-9]?")


def read_requirements(text: str, file: Path | None = None) -> SheetReading[CompetenceSheet]:
    """The requirements in `text`, as far as they can be read, and what is wrong with the sheet. Never raises."""
    opened = open_sheet(COMPETENCE, text, file, _KEYS)
    if not isinstance(opened, OpenedSheet):
        return SheetReading(None, opened, text)
    title = opened.fields.text("title", needed=True)
    body = _Body(opened.front, title_heading(opened.name, title), file)
    body.read()
    tutor, assessor = (tuple(body.sections[section]) for section in (TUTOR, ASSESSOR))
    sheet = CompetenceSheet(opened.name, title, opened.fields.text("suite"), tutor, assessor)
    return SheetReading(sheet if opened.says_which else None, opened.findings(body.findings), text, body.places)


class _Body(SheetBody):
    """The body of a sheet of requirements."""

    def __init__(self, front: FrontMatter, title: str, file: Path | None) -> None:
        super().__init__(front, title, file)
        self.sections: dict[str, list[Requirement]] = {TUTOR: [], ASSESSOR: []}
        self._section: list[Requirement] | None = None
        self._items: set[int] = set()

    def read(self) -> None:
        for node in self._blocks():
            if node.type == "heading":
                self._heading(node)
            elif node.type in ("bullet_list", "ordered_list"):
                self._list(node)
        self._miss_no_requirement()
        if not any(self.sections.values()) and not self.findings:
            self._report("MS103", f"The sheet asks for nothing: add `## {TUTOR}` or `## {ASSESSOR}`.", None)

    def _heading(self, node: SyntaxTreeNode) -> None:
        text, line = content_of(node), lines_of(node)[0]
        if node.tag != "h2" or node.markup != "##":
            self._take_title(node)
            return
        self._section = self.sections.get(text)
        if self._section is None:
            message = f"`{short(text)}` is no section: write `## {TUTOR}` or `## {ASSESSOR}`."
            self._report("MS101", message, line)
        self._take(("section", text), lines_of(node))

    def _list(self, node: SyntaxTreeNode) -> None:
        if self._section is None:
            return
        self._is_not_free(lines_of(node))
        if node.type == "ordered_list":
            message = "An ordered list: start its items with `-`; the bold code is the requirement's."
            self._report("MS051", message, lines_of(node)[0])
        for item in node.children:
            self._requirement(item, self._section)

    def _requirement(self, item: SyntaxTreeNode, section: list[Requirement]) -> None:
        line = lines_of(item)[0]
        self._items.add(line)
        text = item_text(item)
        match = _REQUIREMENT.fullmatch(text)
        if match is None:
            self._report("MS100", f"`{short(text)}` is not a requirement: write `- **A1** ` and its text.", line)
            return
        code, wording = match.groups()
        if ("requirement", code) in self.places:
            first = self.places["requirement", code][0]
            self._report("MS104", f"{code} is already on line {first}: correct one of the two codes.", line)
            return
        self.places["requirement", code] = lines_of(item)
        given = dict(self._lines_under(code, item))
        section.append(
            Requirement(
                code,
                wording,
                int(given["years"][0]) if "years" in given else None,
                given.get("kind") == ["cpd"],
                tuple(given.get("evidence", ())),
                tuple(given.get("lasting", ())),
            )
        )

    def _lines_under(self, code: str, item: SyntaxTreeNode) -> Iterator[tuple[str, list[str]]]:
        """What stands under a requirement, by word; whatever cannot be read is reported, not swallowed."""
        given: dict[str, list[str]] = {}
        for node in item.children[1:]:
            if node.type != "bullet_list":
                message = f"{code} has more than one text: join it, or begin a line with `- evidence: `."
                self._report("MS105", message, lines_of(node)[0])
                continue
            for each in node.children:
                text, line = item_text(each), lines_of(each)[0]
                self._items.add(line)
                match = _LINE.fullmatch(text)
                word, value = match.groups() if match else (text, "")
                if (fault := _fault(word, value, given)) is not None:
                    self._report("MS105", f"`{short(text)}` under {code} cannot be read: {fault}", line)
                else:
                    given.setdefault(word, []).append(value)
        yield from given.items()

    def _miss_no_requirement(self) -> None:
        """Report every line that was meant as a requirement and is inside something else, or in no section."""
        self._report_comments()
        for line, text in self._body_lines():
            if line in self._items:
                continue
            message = f"`{short(text)}` is not read: write `- **A1** ` and its text in a list under `## {TUTOR}`"
            if _MEANT_AS_REQUIREMENT.match(text):
                self._report("MS102", f"{message} or `## {ASSESSOR}`.", line)
            elif _LIKE_A_REQUIREMENT.match(undressed(text)):
                self._report("MS121", f"{message} or `## {ASSESSOR}`, if it is one.", line)


def _fault(word: str, value: str, given: Mapping[str, list[str]]) -> str | None:
    """What is wrong with a line under a requirement; None if it is right."""
    if word not in _WORDS or not value:
        near = get_close_matches(word.lower(), _WORDS, 1)
        return f"did you mean `{near[0]}: …`?" if near else f"write one of {', '.join(f'`{w}: …`' for w in _WORDS)}."
    if word in ("years", "kind") and word in given:
        return f"there is `{word}:` already."
    if word == "years" and not _YEARS.fullmatch(value):
        return "write `years: 3`, or leave it out for what does not lapse."
    if word == "kind" and value not in _KINDS:
        return f"write {' or '.join(f'`kind: {kind}`' for kind in _KINDS)}."
    return None
