"""The framework of an apprenticeship or of a role as published: duties or tasks, knowledge, skills and behaviours.

Layouts differ: `K1: …`, `• K1 …`, `Duty 1 …`, `Task 1 – …`, a table of codes and texts, or bullets without a number. A
statement begins where the next number of its kind stands, and ends at the next heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.standards.published.result import Published
from markterm.domain.standards.published.rows import codes_with_texts, read_along
from markterm.domain.standards.published.statements import goes_on
from markterm.domain.texts.printed_lines import Doubt, Line, Vocabulary, beginning_of, without_page_numbers

_HEADING = re.compile(
    r"(?i)(?:(?:core|occupation(?:al)?|required)\s+)?(duties|duty|tasks|knowledge|skills|behaviou?rs)"
    r"(?:\s+(?:statements?|\([KSBD]\)|required|and understanding))?\s*:?"
)
_KINDS = {
    "dut": StatementKind.DUTY,
    "tas": StatementKind.DUTY,
    "kno": StatementKind.KNOWLEDGE,
    "ski": StatementKind.SKILL,
    "beh": StatementKind.BEHAVIOUR,
}
_ASKED = (StatementKind.KNOWLEDGE, StatementKind.SKILL, StatementKind.BEHAVIOUR)
_BEHIND = re.compile(
    r"(?i)ksbs?|ksb|ref(?:erence)?|assessment methods?|qualifications?|english and maths.*|professional recognition.*|"
    r"version log|version|change detail.*|occupation(?:al)? (?:summary|profile)|duration|level|entry requirements?|"
    r"additional information|regulated standard.*|progression.*|end of document|duty ksbs"
)
"""What stands behind or between the lists and belongs to none of their statements."""
_ITEM = re.compile(
    r"(?:(?P<letter>[KSBD])|(?P<word>Duty|Task)\s)\s?(?P<number>[0-9]{1,4})\s*[:.)–—-]?\s+(?P<text>\S.*)"
)
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,4})[.)]\s+(?P<text>\S.*)")
_CODES_ALONE = re.compile(r"[KSB][0-9]{1,4}(?:[,;\s]+(?:and\s+)?[KSB][0-9]{1,4})*[,;.]?")
_BACK = re.compile(r"(?i)\s*\bback to (?:duty|duties|top)\s*$")
_CODE = re.compile(r"\b(ST[0-9]{4})(?:/[A-Z0-9]+)?\b(?:\s*[:,–—-]\s*(\S[^,;.]*))?")
_BEFORE_CODE = re.compile(r"([A-Z][^:,;]{3,80}?)[\s(–—-]*$")
_VERSION = re.compile(r"(?i)\bversion\s*(?:number)?:?\s*([0-9][0-9.]*)")
_TITLED = re.compile(
    r"(?i)(?:competency|occupational)\s+(?:framework|standard)\s+(?:for(?: the)?\s+)?[“\"]?(.+?)[”\"]?(?: role\b.*)?"
)
_OFTEN = 3
"""How often the same line stands between statements if it belongs to the page and not to them."""


def read_ksb(lines: Sequence[Line], code: str = "") -> Published:
    """The frameworks in those lines; none where they are no such text. `code` is what a person calls one that does not
    say its reference."""
    kept, feet = without_page_numbers(read_along(lines))
    apart = tuple(_frameworks_apart(tuple(codes_with_texts(kept))))
    read = [_Reading(each, feet if place == 0 else (), code).published() for place, each in enumerate(apart)]
    return Published(
        tuple(standard for each in read for standard in each.standards),
        (),
        tuple(doubt for each in read for doubt in each.doubts),
        tuple(sorted((line for each in read for line in each.left_out), key=lambda line: line.number)),
    )


def _frameworks_apart(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each framework: before the first statement of the next one stands its reference, another one."""
    begin, named, has_statements = 0, "", False
    reference, at = "", 0
    """The reference that stood last, and where."""
    for place, line in enumerate(lines):
        if (match := _CODE.search(line.text)) is not None:
            reference, at = match[1], place
        item = _item(line)
        if item is None or (item["letter"], item["number"]) != ("K", "1"):
            continue
        if has_statements and reference != named and at > begin:
            yield lines[begin:at]
            begin = at
        named, has_statements = reference, True
    yield lines[begin:]


class _Reading:
    def __init__(self, lines: Sequence[Line], feet: Sequence[Line], code: str) -> None:
        self._lines, self._code = lines, code
        self._left_out = list(feet)
        self._doubts: list[Doubt] = []
        self._found: dict[StatementKind, list[list[Line]]] = {}
        self._counted: dict[StatementKind, list[int]] = {}
        """The numbers of what was found."""
        self._times = Counter(line.text for line in lines)
        items = [match for line in lines if (match := _item(line)) is not None]
        self._lettered = {_kind_of(match) for match in items}
        self._numbers = {(_kind_of(match), int(match["number"])) for match in items}

    def published(self) -> Published:
        """What was read of it."""
        self._read()
        if not any(self._found.get(each) for each in _ASKED):
            return Published(())
        code, title = _named(self._lines)
        code = self._code or code
        if not code:
            self._doubts.append(
                Doubt(0, "The document names no reference: give it the code that it is published under.")
            )
        if not title:
            title = next((line.text for line in self._lines if line.is_heading), self._lines[0].text)
            self._doubts.append(Doubt(self._lines[0].number, f"`{beginning_of(title)}` was taken for the title."))
        words = Vocabulary(self._lines)
        statements = tuple(
            Statement(f"{each.letter}{number}", each, words.joined(own, self._doubts))
            for each in StatementKind
            for number, own in zip(self._counted.get(each, ()), self._found.get(each, ()), strict=True)
        )
        for kind in (*_ASKED, *(each for each in self._found if each is StatementKind.DUTY)):
            if not self._found.get(kind):
                self._doubts.append(Doubt(0, f"There is nothing under {kind.value} in it."))
        to_check = tuple(dict.fromkeys(doubt.message for doubt in self._doubts))
        version = next((match[1].rstrip(".") for line in self._lines if (match := _VERSION.search(line.text))), "")
        return Published(
            (Standard(code or "KSB", title or code or "KSB", version, statements=statements, to_check=to_check),),
            (),
            tuple(self._doubts),
            tuple(sorted(self._left_out, key=lambda line: line.number)),
        )

    def _read(self) -> None:
        kind: StatementKind | None = None
        for line in self._without_links():
            heading = _HEADING.fullmatch(line.text)
            if heading is not None:
                named = _KINDS[heading[1][:3].lower()]
                kind = named if not self._found.get(named) else None
                continue
            begins = self._begins(line, kind)
            if begins is not None:
                kind, number, text = begins
                self._found.setdefault(kind, []).append([Line(line.number, text, line.is_item)])
                self._counted.setdefault(kind, []).append(number)
            elif kind is not None and self._found.get(kind):
                kind = self._go_on(line, kind)

    def _without_links(self) -> Iterator[Line]:
        """The lines without the links back to the duties, and without the codes that stand beside a duty; told."""
        for line in self._lines:
            text = _BACK.sub("", line.text)
            if not text or _CODES_ALONE.fullmatch(text):
                self._left_out.append(line)
            else:
                yield Line(line.number, text, line.is_item, line.cell, line.is_heading)

    def _begins(self, line: Line, kind: StatementKind | None) -> tuple[StatementKind, int, str] | None:
        """The kind, the number and the text of the statement that begins with that line; None where none does."""
        match = _item(line)
        if match is not None:
            own, number = _kind_of(match), int(match["number"])
            if (own is not StatementKind.DUTY or kind is own) and self._is_next(own, number, line):
                return own, number, match["text"]
            return None
        if kind is None or kind in self._lettered:
            return None
        done = self._found.get(kind, [])
        numbered = _NUMBERED.fullmatch(line.text)
        if numbered is not None and int(numbered["number"]) == self._next(kind):
            return kind, self._next(kind), numbered["text"]
        if line.is_item and numbered is None and all(each[0].is_item for each in done):
            if not done:
                message = (
                    f"What stands under {kind.value} has no numbers: they were given in the order of the document."
                )
                self._doubts.append(Doubt(line.number, message))
            return kind, self._next(kind), line.text
        return None

    def _next(self, kind: StatementKind) -> int:
        return self._counted.get(kind, [0])[-1] + 1

    def _is_next(self, kind: StatementKind, number: int, line: Line) -> bool:
        """Whether the statement of that number comes next; one before it that stands nowhere is missing, and told."""
        expected = self._next(kind)
        if number <= expected or (kind, expected) in self._numbers:
            return number == expected
        said = f"`{beginning_of(line.text)}` stands where {kind.letter}{expected} is expected."
        self._doubts.append(Doubt(line.number, said))
        return True

    def _go_on(self, line: Line, kind: StatementKind) -> StatementKind | None:
        """Take a line that begins no statement: it goes on with the last one, or stands between or behind them. Returns
        the kind that may go on."""
        own = self._found[kind]
        last = own[-1][-1]
        code = f"{kind.letter}{self._counted[kind][-1]}"
        has_next = any(each is kind and number > self._counted[kind][-1] for each, number in self._numbers)
        if line.is_heading or _BEHIND.fullmatch(line.text) or self._times[line.text] >= _OFTEN or line.cell > 1:
            self._left_out.append(line)
            return kind if has_next else None
        if line.is_item:
            own[-1].append(replace(line, text=f"• {line.text}"))
            return kind
        if kind is StatementKind.DUTY or line.text[:1].islower() or goes_on(last.text):
            own[-1].append(line)
            return kind
        is_apart = line.number > last.number + 1 or last.text.endswith((".", "!", "?"))
        if is_apart and not has_next:
            if not last.text.endswith((".", "!", "?")):
                message = f"`{beginning_of(line.text)}` was taken for what stands behind {code}, and not for its end."
                self._doubts.append(Doubt(line.number, message))
            self._left_out.append(line)
            return None
        if is_apart or not has_next:
            message = f"`{beginning_of(line.text)}` was taken for the end of {code}."
            self._doubts.append(Doubt(line.number, message))
        own[-1].append(line)
        return kind


def _item(line: Line) -> re.Match[str] | None:
    """The line as a statement with its letter; what is nothing but codes is none."""
    return None if _CODES_ALONE.fullmatch(line.text) else _ITEM.fullmatch(line.text)


def _kind_of(match: re.Match[str]) -> StatementKind:
    letter = match["letter"] or "D"
    return next(kind for kind in StatementKind if kind.letter == letter)


def _named(lines: Sequence[Line]) -> tuple[str, str]:
    """The reference of the standard and its title, as the document gives them first; empty where it gives none."""
    for line in lines:
        match = _CODE.search(line.text)
        if match is not None:
            before = _BEFORE_CODE.match(line.text[: match.start()])
            return match[1], (match[2] or (before[1] if before is not None and not _labels(before[1]) else "")).strip()
    for line in lines:
        titled = _TITLED.fullmatch(line.text)
        if titled is not None:
            return "", titled[1]
    return "", ""


def _labels(text: str) -> bool:
    """Whether the text only says that a reference follows."""
    return re.search(r"(?i)\b(?:ref|reference|code|number|standard)\b", text) is not None
