"""The Markdown of evidence: CommonMark with tables, strike-through and footnotes, set up so that nothing is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote.index import footnote_def

Reference = Mapping[str, Any]
Node: TypeAlias = SyntaxTreeNode
"""A block, or a piece of a line."""


class _Markdown(MarkdownIt):
    """Addresses stay as the learner wrote them: percent-encoding would change the letters that an assessor sees."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's own name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the library's own name
        return link


def _table_with_all_cells(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The table rule, keeping in `meta` the cells beyond the header's, which the rule itself drops."""
    before = len(state.tokens)
    if not table(state, start_line, end_line, silent):
        return False
    columns = 0
    for token in state.tokens[before:]:
        if token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and token.map[0] != start_line:
            line = token.map[0]
            begin = state.bMarks[line] + state.tShift[line]
            cells = escapedSplit(state.src[begin : state.eMarks[line]].strip())
            if cells and cells[0] == "":
                cells.pop(0)
            if cells and cells[-1] == "":
                cells.pop()
            token.meta["beyond"] = [cell.strip() for cell in cells[columns:]]
    return True


def _markdown() -> _Markdown:
    markdown = _Markdown("commonmark", {"html": True, "inline_definitions": True})
    markdown.enable(["table", "strikethrough"])
    markdown.block.ruler.at("table", _table_with_all_cells, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    return markdown


_MARKDOWN = _markdown()
_DEFINITIONS = _Markdown("zero")
_DEFINITIONS.enable("reference")


def references(definitions: str) -> dict[str, Reference]:
    """The link references that paragraphs define, by their normalised label; the first of two wins."""
    if not definitions:
        return {}
    env: dict[str, Any] = {}
    # Blocks only: the inline rules would read the same text again for nothing.
    _DEFINITIONS.block.parse(definitions, _DEFINITIONS, env, [])
    return dict(env.get("references", {}))


def tokens(text: str, known: Mapping[str, Reference]) -> list[Token]:
    """The tokens of `text`, its links resolved by the `known` references as well as its own."""
    return _MARKDOWN.parse(text, {"references": dict(known)})


def inline(text: str, known: Mapping[str, Reference]) -> Token:
    """The inline token of `text` alone."""
    return _MARKDOWN.parseInline(text, {"references": dict(known)})[0]


def tree(text: str) -> Node:
    """`text` as what it is made of: every block, with the lines and styles in it."""
    return SyntaxTreeNode(tokens(text, {}))
