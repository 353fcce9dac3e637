"""What the sheets of standards and of suites have in common: items that begin with a code in bold, and glossaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.standard import Term
from markterm.sheets.codes import short
from markterm.sheets.front_matter import Part
from markterm.sheets.sheet_body import SheetBody, content_of, heading, item_text, lines_of

GLOSSARY, TO_CHECK = "Glossary", "To check"

# A code stands between the stars, and a colon after it does no harm: many write `**P1:** text`.
_CODED = re.compile(r"\*\*([A-Za-z0-9][A-Za-z0-9./_-]{0,39}):?\*\*:? +(\S.*)")
_MARKERS = re.compile(r"^[\s>]*(?:[-+*]\s+|[0-9]+[.)]\s+)?")
_TERM = re.compile(r"\*\*([^*]{1,120}?):?\*\*:? +(\S.*)")


class StandardsBody(SheetBody):
    """The body of a sheet of a standard or of a suite."""

    glossary: tuple[Term, ...] = ()
    to_check: tuple[str, ...] = ()

    def _items(self, node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
        """The items of a list; an ordered one is reported, for its numbers are no codes."""
        if node.type == "ordered_list":
            message = "An ordered list: start its items with `-`; the bold code is the statement's."
            self._report("MS051", message, lines_of(node)[0])
        yield from node.children

    def _coded(self, item: SyntaxTreeNode, example: str) -> tuple[str, str] | None:
        """The code in bold that an item begins with, and its text; None, and reported, where it has none."""
        text = item_text(item)
        match = _CODED.fullmatch(text)
        if match is None:
            self._report("MS095", f"`{short(text)}` cannot be read: write `- {example}`.", lines_of(item)[0])
            return None
        return match[1], match[2]

    def _is_first(self, part: Part, item: SyntaxTreeNode) -> bool:
        """Whether that part, which ends in its code, is not in the sheet yet; if it is, that is reported."""
        if part not in self.places:
            self.places[part] = (lines_of(item)[0], lines_of(item.children[0])[1])
            return True
        message = f"{part[-1]} is already on line {self.places[part][0]}: correct one of the two codes."
        self._report("MS096", message, lines_of(item)[0])
        return False

    def _terms(self, node: SyntaxTreeNode) -> None:
        """Take the items of a glossary."""
        for item in self._items(node):
            match = _TERM.fullmatch(item_text(item))
            if match is None or len(item.children) > 1:
                message = f"`{short(item_text(item))}` is no term: write `- **term** ` and what is meant by it."
                self._report("MS095", message, lines_of(item)[0])
            elif self._is_first(("term", match[1]), item):
                self.glossary += (Term(match[1], match[2]),)

    def _uncertain(self, node: SyntaxTreeNode) -> None:
        """Take what an importer read with a choice: each is told until somebody has looked and deletes its line."""
        for item in self._items(node):
            text = item_text(item)
            if text and self._is_first(("to check", text), item):
                self.to_check += (text,)
                message = f"{text} Look at it in the document, mend the sheet, and delete this line."
                self._report("MS099", message, lines_of(item)[0])

    def _told_to_join(self, node: SyntaxTreeNode, code: str) -> None:
        message = f"{code} has more than one text: join it, or give the second a code of its own."
        self._report("MS095", message, lines_of(node)[0])

    def _miss_nothing(self, example: str) -> None:
        """Report every line of the free text that looks as if it should be in a list, and every comment."""
        self._report_comments()
        for line, text in self._body_lines():
            if self._free[line - 1] and _CODED.match(_MARKERS.sub("", text)):
                message = f"`{short(text)}` is free text here: write `- {example}` in a list under its heading."
                self._report("MS121", message, line)


def glossary_parts(glossary: Iterable[Term]) -> dict[Part, str]:
    """The parts that a glossary consists of; none for an empty one."""
    terms: dict[Part, str] = {("term", term.word): f"- **{term.word}** {term.meaning}" for term in glossary}
    return {("section", GLOSSARY): heading(2, GLOSSARY), **terms} if terms else {}


def to_check_parts(to_check: Iterable[str]) -> dict[Part, str]:
    """The parts that tell what is to be checked; none where nothing is."""
    told: dict[Part, str] = {("to check", each): f"- {each}" for each in to_check}
    return {("section", TO_CHECK): heading(2, TO_CHECK), **told} if told else {}


def heading_of(node: SyntaxTreeNode) -> tuple[int, str, int]:
    """The level of a heading, its text, and its line."""
    return int(node.tag[1:]), content_of(node), lines_of(node)[0]
