"""A member's file, `members/<id>.md`: what a member of staff has shown of their competence and development, and when.

A list item says it: the requirements it is for, the day, and what it was. Everything else is free text.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.competence import MemberFile, Shown
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.codes import found, short
from markterm.sheets.front_matter import FrontMatter, iso_day
from markterm.sheets.kinds import MEMBER
from markterm.sheets.lookalikes import undressed
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import SheetBody, item_text, lines_of
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet

_CODE = r"[A-Z]{1,4}[0-9]{1,3}"
_ENTRY = re.compile(rf"\*\*({_CODE}(?:, *{_CODE})*)\*\* +([0-9-]+)(?: +(?:until +([0-9-]+)|(for good)))? *: *(\S.*)")
_MEANT_AS_ENTRY = re.compile(r"[\s>|+-]*(?:\*\s+|[0-9]+[.)]\s+)?\*\*\s*[A-Za-z]{1,4}[0-9]{1,3}\b")
_LIKE_AN_ENTRY = re.compile(rf"{_CODE}(?:, *{_CODE})*[\W_]+[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}")


def read_member(text: str, file: Path | None = None, today: date | None = None) -> SheetReading[MemberFile]:
    """What the file of a member says, and what is wrong with it. Never raises.

    With `today` an entry of a later day is a finding.
    """
    opened = open_sheet(MEMBER, text, file, ())
    if not isinstance(opened, OpenedSheet):
        return SheetReading(None, opened, text)
    body = _Body(opened.front, file)
    body.read(today)
    of_another: list[Finding] = []
    if file is not None and opened.says_which and file.stem != opened.name:
        name = one_line(opened.name)
        message = f"The file of `{name}` is called {one_line(file.name)}: correct the id, or rename it."
        of_another.append(found("MS113", message, file, opened.line_of("id")))
    says_who = opened.says_which and not of_another
    shown = MemberFile(opened.name, tuple(body.shown), tuple(body.shown_lines))
    return SheetReading(shown if says_who else None, opened.findings(of_another, body.findings), text, body.places)


class _Body(SheetBody):
    """The body of a member's file."""

    def __init__(self, front: FrontMatter, file: Path | None) -> None:
        super().__init__(front, "", file)
        self.shown: list[Shown] = []
        self.shown_lines: list[int] = []

    def read(self, today: date | None) -> None:
        items: set[int] = set()
        for node in self._blocks():
            if node.type == "bullet_list":
                for item in node.children:
                    items.add(lines_of(item)[0])
                    self._entry(item, today)
        # However it is indented, quoted or listed: nothing that somebody wrote down as shown is passed over in silence.
        self._report_comments()
        for line, text in self._body_lines():
            if (line not in items and _MEANT_AS_ENTRY.match(text)) or _LIKE_AN_ENTRY.match(undressed(text)):
                if line in self.shown_lines or line in {finding.line for finding in self.findings}:
                    continue
                self._report("MS110", f"`{short(text)}` is not read: {_FORM} at the left margin.", line)

    def _entry(self, item: SyntaxTreeNode, today: date | None) -> None:
        text = item_text(item)
        if not _MEANT_AS_ENTRY.match(text):
            return
        line = lines_of(item)[0]
        match = _ENTRY.fullmatch(text)
        day = iso_day(match.group(2)) if match else None
        until = iso_day(match.group(3)) if match and match.group(3) else None
        if match is None or day is None or (match.group(3) and until is None):
            self._report("MS110", f"`{short(text)}` cannot be read: {_FORM}.", line)
            return
        if until is not None and until < day:
            message = f"It counts until {until}, which is before {day}: correct one of the two days."
            self._report("MS112", message, line)
            return
        if today is not None and day > today:
            self._report("MS111", f"{day} has not come yet: until then it shows nothing.", line)
        codes = tuple(dict.fromkeys(code.strip() for code in match.group(1).split(",")))
        self.shown.append(Shown(codes, day, match.group(5), until, match.group(4) is not None))
        self.shown_lines.append(line)


_FORM = "write `- **A3** 2026-01-31: ` and what it was"
