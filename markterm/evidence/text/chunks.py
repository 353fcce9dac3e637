"""A long source cut into pieces that can each be parsed in a few milliseconds.

The cuts fall where Markdown does not notice them: at a blank line that is not inside a fence, raw HTML or a list.
A block that is too large for that is cut all the same, in ways that keep every character: a list at an item, a table
at a row (its header goes along unseen), a fence or raw HTML at a line, a paragraph at a line, a line at a space.

One pass over the lines, that looks closely only at those whose first character means something to Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

TARGET = 2048
"""Characters in a chunk before it is cut at the next good place."""
# Where there is no good place: beyond this, text made to be slow to parse would hold up the screen.
_LARGEST = 4 * TARGET
_PIECE = 2 * TARGET
_LONGEST_HEADING = 200
_DEEPEST = 50

_ATX = re.compile(r"(#{1,6})(?=[ \t]|$)")
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
_MARKER = re.compile(r"([-+*]|[0-9]{1,9}[.)])([ \t]+|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_TABLE_LINE = re.compile(r"(?=.*-)[|:-][ \t|:-]*$")
_SCRIPT = "script|pre|style|textarea"
_HTML_ENDS = (
    (re.compile(rf"<(?:{_SCRIPT})(?=[\s>]|$)", re.IGNORECASE), re.compile(rf"</(?:{_SCRIPT})>", re.IGNORECASE)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
)
_MARKS = re.compile(r"[*_`~]+|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")


class Form(StrEnum):
    """What the lines of a chunk are: Markdown, or lines to show as they stand, and why."""

    MARKDOWN = "markdown"
    LINES = "lines"
    CODE = "code"
    HTML = "html"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the source: characters `start` to `end`, the first of which stands in line `line` (from 0)."""

    start: int
    end: int
    line: int
    form: Form
    after_blank: bool
    """Whether a blank line stands between this chunk and the one before."""
    opening: str = ""
    """The header of the table that may go on in it, to be read before it and not shown again. Whether the table does
    go on is for Markdown to say."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline: 1 to 6, its words without Markdown's marks, its line (from 0)."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A source cut into chunks, with what had to be known about the whole of it first."""

    chunks: tuple[Chunk, ...]
    headings: tuple[Heading, ...]
    definitions: str
    """The paragraphs that may define link references."""
    line_starts: tuple[int, ...]


def cut_lines(source: str) -> Cut:
    """Plain text in chunks of whole lines; a line that is too long for one is cut at a space."""
    return _Cutter(source, Form.LINES).cut()


def cut_markdown(source: str) -> Cut:
    """Markdown in chunks that can be parsed one by one. Joined, they are the source."""
    return _Cutter(source, Form.MARKDOWN).cut()


@dataclass(slots=True)
class _Fence:
    """Lines that Markdown does not read, until `end` matches: a fence, or raw HTML that blank lines do not end."""

    form: Form
    end: re.Pattern[str]
    base: int
    at_start: bool


@dataclass(slots=True)
class _Cutter:
    source: str
    form: Form  # of the chunk being filled
    chunks: list[Chunk] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)
    # Where the chunk being filled began.
    start: int = 0
    first_line: int = 0
    offset: int = 0  # of the current line
    opening: str = ""
    begun_after_blank: bool = False
    # Where in Markdown the current line stands.
    fence: _Fence | None = None
    items: list[int] = field(default_factory=list)  # where the text of each open list item begins
    paragraph: int = -1  # the line where the open paragraph began
    table: str = ""
    blank_before: bool = False
    defining: bool = False

    def cut(self) -> Cut:
        lines = self.source.split("\n")
        if lines[-1] == "":
            lines.pop()
        line_starts = []
        markdown = self.form is Form.MARKDOWN
        front = _front_matter(lines) if markdown else 0
        if front:
            self.form = Form.FRONT_MATTER
        for number, line in enumerate(lines):
            line_starts.append(self.offset)
            left_fence = markdown and self.form is not Form.MARKDOWN and self.fence is None
            is_long = self.offset - self.start >= TARGET
            if number >= front and (left_fence or (is_long and self._may_cut(line))):
                self._close(self.offset, number)
            if len(line) >= _LARGEST:
                self._cut_line(line, number)
                self.blank_before, self.paragraph = False, -1
            elif not markdown:
                self.blank_before = not line
            elif number >= front:
                # Most lines are prose in the middle of a paragraph: nothing can happen there.
                if line[:1].isalpha() and self.fence is None and not self.items and not self.defining:
                    if self.paragraph < 0:
                        self.paragraph = number
                    self.blank_before = False
                else:
                    self._read(line, number, lines)
            self.offset += len(line) + 1
        self._close(self.offset, len(lines))
        definitions = "\n".join(self.definitions)
        return Cut(tuple(self.chunks), tuple(self.headings), definitions, tuple(line_starts) or (0,))

    def _close(self, offset: int, number: int) -> None:
        """End the chunk before `offset`, and begin the next there."""
        offset = min(offset, len(self.source))
        if offset > self.start:
            self.chunks.append(
                Chunk(self.start, offset, self.first_line, self.form, self.begun_after_blank, self.opening)
            )
        self.start, self.first_line = offset, number
        self.begun_after_blank = self.blank_before
        self._begin()

    def _begin(self) -> None:
        """Say what the chunk being filled is, from where in Markdown it begins."""
        if self.form is not Form.LINES:
            self.form = Form.MARKDOWN if self.fence is None else self.fence.form
        self.opening = self.table

    def _may_cut(self, line: str) -> bool:
        """Whether the chunk may end before `line`: the longer it is, the less is asked."""
        size = self.offset - self.start
        if self.form is not Form.MARKDOWN or size >= _LARGEST:
            return True
        if self.fence is not None or not line:
            return False
        is_item = _MARKER.match(line) is not None
        if self.blank_before and not line[0].isspace() and not (is_item and self.items):
            return True
        return (size >= 2 * TARGET and is_item) or (size >= 3 * TARGET and self.blank_before)

    def _cut_line(self, line: str, number: int) -> None:
        """Chunks for one line that is too long to be parsed: they show it as it stands."""
        self._close(self.offset, number)
        markdown = self.form is not Form.LINES
        self.form, self.opening = Form.LINES, ""
        begin = 0
        while len(line) - begin > _PIECE:
            space = line.rfind(" ", begin + _PIECE // 2, begin + _PIECE)
            begin = space + 1 if space > 0 else begin + _PIECE
            self.blank_before = False
            self._close(self.offset + begin, number)
            self.opening = ""
        self._close(self.offset + len(line) + 1, number + 1)
        if markdown:
            self.form = Form.MARKDOWN
            self._begin()

    def _read(self, line: str, number: int, lines: list[str]) -> None:
        """Follow Markdown through a line that may mean something to it."""
        text = line.lstrip(" \t")
        indent = len(line) - len(text)
        if indent:
            indent = len(line[:indent].expandtabs(4))
        if self.fence is not None and self._in_fence(text, indent, number):
            return
        if not text:
            self.blank_before, self.paragraph, self.table, self.defining = True, -1, "", False
            return
        self.blank_before = False
        while self.items and indent < self.items[-1]:
            self.items.pop()
        base = self.items[-1] if self.items else 0
        while (
            indent - base < 4
            and len(self.items) < _DEEPEST
            and not self._underlines(text)
            and (marker := _MARKER.match(text)) is not None
        ):
            gap = len(marker[2].expandtabs(4)) if marker[2] else 1
            base = indent + len(marker[1]) + (gap if gap <= 4 else 1)
            self.items.append(base)
            self.paragraph, self.table = -1, ""
            indent, text = indent + len(marker[1]) + gap, text[marker.end() :]
        if text and indent - base < 4:
            self._look_for_definition(text)
            self._read_block(text, base, number, lines)

    def _underlines(self, text: str) -> bool:
        """Whether a line of dashes under a paragraph makes that paragraph a heading."""
        return self.paragraph >= 0 and text[0] == "-" and _SETEXT.match(text) is not None

    def _read_block(self, text: str, base: int, number: int, lines: list[str]) -> None:
        first = text[:1]
        if first in "`~" and (found := _FENCE.match(text)) is not None:
            mark = found[1] or found[2]
            end = re.compile(f"{mark[0]}{{{len(mark)},}}[ \t]*$")
            self.fence = _Fence(Form.CODE, end, base, at_start=True)
            self.paragraph, self.table = -1, ""
        elif first == "#" and (found := _ATX.match(text)) is not None:
            self._note_heading(len(found[1]), _without_closing(text[found.end() :]), number)
        elif first in "=-" and self.paragraph >= 0 and _SETEXT.match(text) is not None:
            words = " ".join(line.strip() for line in lines[self.paragraph : number])
            self._note_heading(1 if first == "=" else 2, words, self.paragraph)
        elif first == ">" or (first == "<" and self._opens_html(text, base)):
            self.paragraph, self.table = -1, ""
        else:
            if first in "|:-" and not self.table and self.paragraph >= 0 and not self.items:
                header = lines[number - 1]
                if "|" in header and _TABLE_LINE.match(text) is not None:
                    self.table = f"{header}\n{lines[number]}\n"
            if self.paragraph < 0:
                self.paragraph = number

    def _note_heading(self, level: int, text: str, number: int) -> None:
        if not self.items:
            self.headings.append(Heading(level, _MARKS.sub(r"\1", text[:_LONGEST_HEADING]).strip(), number))
        self.paragraph, self.table = -1, ""

    def _opens_html(self, text: str, base: int) -> bool:
        for begin, end in _HTML_ENDS:
            if (found := begin.match(text)) is not None:
                if end.search(text, found.end()) is None:
                    self.fence = _Fence(Form.HTML, end, base, at_start=False)
                return True
        return False

    def _in_fence(self, text: str, indent: int, number: int) -> bool:
        """Whether this line belongs to the fence; afterwards the fence is closed if this was its last line."""
        fence = self.fence
        assert fence is not None
        self.blank_before = not text
        if text and indent < fence.base:
            self.fence = None
            if self.form is not Form.MARKDOWN:
                self._close(self.offset, number)
            return False
        if fence.at_start:
            ends = indent - fence.base < 4 and fence.end.match(text) is not None
        else:
            ends = fence.end.search(text) is not None
        if ends:
            self.fence = None
        return True

    def _look_for_definition(self, text: str) -> None:
        """Keep a paragraph that begins as a link reference definition does."""
        bare = text.lstrip("> \t")
        if self.paragraph < 0 and not self.defining and bare.startswith("[") and "]:" in bare:
            self.defining = bare[1:2] != "^"
            if self.defining:
                self.definitions.append("")
        if self.defining:
            self.definitions.append(bare)


def _without_closing(heading: str) -> str:
    """The words of a heading without the hashes that may close it."""
    words = heading.strip()
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else words


def _front_matter(lines: list[str]) -> int:
    """The number of lines of front matter at the top; 0 when there is none, or more than anybody writes."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    size = 0
    for number in range(1, len(lines)):
        size += len(lines[number]) + 1
        if size > _LARGEST:
            return 0
        if lines[number].rstrip() in ("---", "..."):
            return number + 1
    return 0
