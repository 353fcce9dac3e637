"""The body of a sheet: its Markdown blocks, which of its lines are free text, and on which lines a part of it stands.

Whatever the reader of a kind of sheet does not take is free text: kept as it was written and never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.codes import found
from markterm.sheets.front_matter import FrontMatter, Part, Span
from markterm.sheets.lookalikes import is_comment

# Only blocks matter here; the text inside them is kept as it was written.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("inline")
_CLOSING = re.compile(r"\s(#+)\s*$")


class SheetBody:
    """The body of a sheet while it is being read."""

    def __init__(self, front: FrontMatter, title: str, file: Path | None) -> None:
        self.findings: list[Finding] = []
        self.places: dict[Part, Span] = {("front", key): span for key, span in front.lines.items()}
        self.places["fence", "open"] = (1, 1)
        self.places["fence", "close"] = (front.closing_line, front.closing_line)
        self._file = file
        self._title = title
        # Blank lines stand for the front matter, so that every block knows its line in the file.
        self._lines = [""] * front.closing_line + front.body.split("\n")
        self._free = [bool(line.strip()) for line in self._lines]

    def free_text(self, part: Part, first: int, last: int) -> str:
        """Every run of lines from `first` to `last` that is free text, with an empty line between two.

        It is the place of `part` if it is one run.
        """
        runs: list[Span] = []
        for line in range(first, last + 1):
            if not self._free[line - 1]:
                continue
            if runs and not "".join(self._lines[runs[-1][1] : line - 1]).strip():
                runs[-1] = (runs[-1][0], line)
            else:
                runs.append((line, line))
        if len(runs) == 1:
            self.places[part] = runs[0]
        return "\n\n".join("\n".join(self._lines[start - 1 : end]) for start, end in runs)

    def guidance(self) -> str:
        """All free text of the sheet."""
        return self.free_text(("guidance",), 1, len(self._lines))

    def _blocks(self) -> list[SyntaxTreeNode]:
        """The blocks of the sheet; reports what Markdown made of a slip in the spacing."""
        root = SyntaxTreeNode(_MARKDOWN.parse("\n".join(self._lines)))
        for node in root.walk():
            kind = node.type
            if kind == "code_block":
                message = "Indented text that became code: take out spaces until it lines up."
                self._report("MS050", message, lines_of(node)[0])
            elif kind == "heading" and node.markup in ("-", "="):
                message = f"The {node.markup * 3} below made this text a heading: put an empty line above it."
                self._report("MS020", message, lines_of(node)[0])
            elif kind == "heading":
                self._heading_in_full(node)
        return root.children

    def _heading_in_full(self, node: SyntaxTreeNode) -> None:
        """Report a heading whose end Markdown takes for a closing mark: `## LO1 Know C #` is read as `Know C`."""
        line = lines_of(node)[0]
        closing = _CLOSING.search(self._lines[line - 1])
        if closing is not None and closing[1] != node.markup and not content_of(node).endswith("#"):
            message = f"`{closing[1]}` at the end of this heading is not read: write ` {node.markup}` after it."
            self._report("MS124", message, line)

    def _body_lines(self) -> Iterator[tuple[int, str]]:
        """Every line below the front matter that is not empty, with its number."""
        return ((line, text) for line, text in enumerate(self._lines, 1) if text.strip())

    def _report_comments(self, first_read: int | None = None) -> None:
        """Report every comment: it is text as any other, and what stands in it is read. From line `first_read` on it
        is an error."""
        if not is_comment("\n".join(self._lines)):
            return
        for line, text in self._body_lines():
            if is_comment(text):
                message = "A comment is no comment here: it is shown, and what stands in it is read. Delete it."
                is_read = first_read is not None and line >= first_read
                self._report("MS123", message, line, None if is_read else Severity.WARNING)

    def _take_title(self, node: SyntaxTreeNode) -> None:
        """Take the heading that repeats the front matter, if `node` is it."""
        first = lines_of(node)[0]
        if ("title",) not in self.places and self._lines[first - 1].strip() == self._title:
            self._take(("title",), lines_of(node))

    def _take(self, part: Part, span: Span) -> None:
        self.places[part] = span
        self._is_not_free(span)

    def _is_not_free(self, span: Span) -> None:
        first, last = span
        self._free[first - 1 : last] = [False] * (last - first + 1)

    def _report(self, code: str, message: str, line: int | None, severity: Severity | None = None) -> None:
        self.findings.append(found(code, message, self._file, line, severity))


def title_heading(code: str, title: str) -> str:
    """The heading that repeats the front matter at the top of a sheet."""
    return " ".join(f"# {code} {title}".split())


def heading(level: int, text: str) -> str:
    """A heading that reads back as `text`."""
    # A # at the end would be taken for the heading's closing mark, if no mark followed it.
    closing = f" {'#' * level}" if text.endswith("#") else ""
    return f"{'#' * level} {text}{closing}"


def content_of(node: SyntaxTreeNode) -> str:
    """The text of a heading or a paragraph, as it was written."""
    inline = node.children[0] if node.children else None
    return inline.content if inline is not None and inline.type == "inline" else ""


def item_text(item: SyntaxTreeNode) -> str:
    """The text of a list item on one line; empty if it does not begin with one."""
    first = item.children[0] if item.children else None
    if first is None or first.type != "paragraph":
        return ""
    return " ".join(line.strip() for line in content_of(first).split("\n"))


def lines_of(node: SyntaxTreeNode) -> Span:
    """First and last line of a block, without the blank lines that Markdown counts to a list."""
    first, behind = node.map or (0, 1)
    if node.type in ("list_item", "bullet_list", "ordered_list"):
        return first + 1, lines_of(node.children[-1])[1] if node.children else first + 1
    return first + 1, max(first + 1, behind)
