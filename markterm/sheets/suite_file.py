"""The sheet of a suite of standards, `mark_sheets/suites/*.md`: the standards that it lists, and its functional map.

Areas are headings `## Area A title`; their functions are a list, and under a function stands which standards meet it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.suite import Function, FunctionalArea, ListedStandard, Suite
from markterm.sheets.codes import short
from markterm.sheets.front_matter import FrontMatter, Part, value_text
from markterm.sheets.kinds import SUITE
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import content_of, heading, item_text, lines_of, title_heading
from markterm.sheets.sheet_parts import SheetWriter
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet
from markterm.sheets.standards_body import GLOSSARY, TO_CHECK, StandardsBody, glossary_parts, heading_of, to_check_parts

KEY_PURPOSE, STANDARDS, LINKS = "Key purpose", "Standards", "Links"
_SECTIONS = (KEY_PURPOSE, STANDARDS, LINKS, GLOSSARY, TO_CHECK)
_KEYS = ("title", "version", "origin", "approved", "review")

_AREA = re.compile(r"Area ([A-Z][A-Za-z0-9]{0,3}) +(\S.*)")
_MEANT_AS_AREA = re.compile(r"(?i)area\b.*")
_MET_BY = re.compile(r"standards: *(\S.*)")
_EXAMPLE = "**A1** and the function"


def read_suite(text: str, file: Path | None = None) -> SheetReading[Suite]:
    """The suite in `text`, as far as it can be read, and what is wrong with the sheet. Never raises."""
    opened = open_sheet(SUITE, text, file, _KEYS)
    if not isinstance(opened, OpenedSheet):
        return SheetReading(None, opened, text)
    said = {key: opened.fields.text(key, needed=key == "title") for key in _KEYS}
    body = _Body(opened.front, title_heading(opened.name, said["title"]), file)
    body.read()
    suite = Suite(
        code=opened.name,
        **said,
        overview=body.guidance(),
        key_purpose=body.key_purpose,
        standards=tuple(body.standards),
        areas=tuple(FunctionalArea(code, title, tuple(functions)) for code, title, functions in body.areas),
        glossary=body.glossary,
        links=tuple(body.links),
        to_check=body.to_check,
    )
    return SheetReading(suite if opened.says_which else None, opened.findings(body.findings), text, body.places)


class _Body(StandardsBody):
    """The body of a suite's sheet."""

    def __init__(self, front: FrontMatter, title: str, file: Path | None) -> None:
        super().__init__(front, title, file)
        self.key_purpose = ""
        self.standards: list[ListedStandard] = []
        self.areas: list[tuple[str, str, list[Function]]] = []
        self.links: list[str] = []
        self._in = ""

    def read(self) -> None:
        for node in self._blocks():
            if node.type == "heading":
                self._heading(node)
            elif node.type == "paragraph" and self._in == KEY_PURPOSE and not self.key_purpose:
                self.key_purpose = " ".join(content_of(node).split())
                self._take(("key purpose",), lines_of(node))
            elif node.type in ("bullet_list", "ordered_list") and self._in and self._in != KEY_PURPOSE:
                self._list(node)
        self._miss_nothing(_EXAMPLE)
        if not self.standards and not self.areas and not self.findings:
            message = f"The suite lists nothing: add `## {STANDARDS}`, or `## Area A …` with its functions."
            self._report("MS097", message, None)

    def _heading(self, node: SyntaxTreeNode) -> None:
        level, text, line = heading_of(node)
        if level != 2:
            if level == 1:
                self._take_title(node)
            return
        area = _AREA.fullmatch(text)
        self._in = next((each for each in _SECTIONS if text.lower() == each.lower()), "") if area is None else "area"
        if area is not None:
            part: Part = ("area", area[1])
            if part in self.places:
                message = f"{area[1]} is already on line {self.places[part][0]}: correct one of the two codes."
                self._report("MS096", message, line)
            self.areas.append((area[1], area[2], []))
            self._take(part, lines_of(node))
        elif self._in:
            self._take(("section", self._in), lines_of(node))
        elif _MEANT_AS_AREA.match(text) or get_close_matches(text.lower(), [each.lower() for each in _SECTIONS], 1):
            names = ", ".join(f"`## {each}`" for each in ("Area A title", *_SECTIONS))
            self._report("MS095", f"`{short(text)}` is no heading of a suite: write one of {names}.", line)

    def _list(self, node: SyntaxTreeNode) -> None:
        self._is_not_free(lines_of(node))
        if self._in in (GLOSSARY, TO_CHECK):
            (self._terms if self._in == GLOSSARY else self._uncertain)(node)
            return
        for item in self._items(node):
            if self._in == LINKS:
                self._link(item)
            elif (coded := self._coded(item, _EXAMPLE if self._in == "area" else "**CODE** and the title")) is not None:
                self._take_coded(item, *coded)

    def _link(self, item: SyntaxTreeNode) -> None:
        text = item_text(item)
        if not text or len(item.children) > 1:
            self._report("MS095", f"`{short(text)}` is no name of a suite: write one on a line.", lines_of(item)[0])
        elif self._is_first(("link", text), item):
            self.links.append(text)

    def _take_coded(self, item: SyntaxTreeNode, code: str, title: str) -> None:
        if self._in == STANDARDS:
            if self._is_first(("listed", code), item):
                self.standards.append(ListedStandard(code, title))
            for child in item.children[1:]:
                self._told_to_join(child, code)
        elif self._is_first(("function", code), item):
            self.areas[-1][2].append(Function(code, title, self._met_by(item, code)))

    def _met_by(self, item: SyntaxTreeNode, code: str) -> tuple[str, ...]:
        """The codes of the standards that meet a function, as they stand under it; that there are none is told."""
        met: list[str] = []
        for node in item.children[1:]:
            for each in node.children if node.type == "bullet_list" else ():
                match = _MET_BY.fullmatch(item_text(each))
                if match is None or met:
                    message = (
                        f"`{short(item_text(each))}` under {code} cannot be read: write `- standards: CODE, CODE`."
                    )
                    self._report("MS095", message, lines_of(each)[0])
                    continue
                met += [part.replace(" ", "") for part in match[1].split(",") if part.strip()]
                self.places["met by", code] = lines_of(each)
            if node.type != "bullet_list":
                self._told_to_join(node, code)
        if not met:
            message = f"No standard meets {code}: write `- standards: CODE` under it, if one does."
            self._report("MS093", message, lines_of(item)[0])
        return tuple(dict.fromkeys(met))


def _parts(suite: Suite) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: suite"}
    for key in ("code", *_KEYS):
        if value := getattr(suite, key):
            parts["front", key] = f"{key}: {value_text(value)}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(suite.code, suite.title)
    if suite.overview:
        parts["guidance",] = suite.overview
    if suite.key_purpose:
        parts["section", KEY_PURPOSE] = heading(2, KEY_PURPOSE)
        parts["key purpose",] = suite.key_purpose
    if suite.standards:
        parts["section", STANDARDS] = heading(2, STANDARDS)
    for listed in suite.standards:
        parts["listed", listed.code] = f"- **{listed.code}** {listed.title}"
    for area in suite.areas:
        parts["area", area.code] = heading(2, f"Area {area.code} {area.title}")
        for function in area.functions:
            parts["function", function.code] = f"- **{function.code}** {function.title}"
            if function.standards:
                parts["met by", function.code] = f"  - standards: {', '.join(function.standards)}"
    parts.update(glossary_parts(suite.glossary))
    parts.update(_links(suite.links))
    parts.update(to_check_parts(suite.to_check))
    return parts


def _links(links: Iterable[str]) -> dict[Part, str]:
    named: dict[Part, str] = {("link", each): f"- {each}" for each in links}
    return {("section", LINKS): heading(2, LINKS), **named} if named else {}


SUITE_WRITER = SheetWriter(SUITE, _parts, "Give it a code, each area and function its own, and every text one line.")
"""Writes suites; one in which a title has a line break, for one, cannot be written."""
