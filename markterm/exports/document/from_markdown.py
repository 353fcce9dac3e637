"""A text that somebody wrote, or changed, in Markdown as a document: feedback is laid out as it went to the learner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markterm.domain.words.foreign_text import clean
from markterm.evidence.text.markdown import Node, tree
from markterm.exports.document.model import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Item,
    Paragraph,
    Quote,
    Run,
    Table,
    Words,
    plain,
)

_DEEPEST = 6
_BREAK = Run("\n")
"""Where a line ends inside of a paragraph."""


def document_of(text: str, title: str, about: str = "", caveats: tuple[str, ...] = ()) -> Document:
    """What `text` says, every word of it: as headings, facts, lists and quotes as far as it is such, else as it stands.

    Its first line is the title of the document where that is a heading of level 1, else `title` is.
    """
    nodes = list(tree(clean(text).text).children)
    if nodes and nodes[0].type == "heading" and nodes[0].tag == "h1":
        title = _text(nodes.pop(0)) or title
    blocks = list(_in_order(block for node in nodes for block in _blocks(node)))
    facts: tuple[Fact, ...] = ()
    if blocks and isinstance(blocks[0], Facts):
        facts = blocks[0].facts
        del blocks[0]
    return Document(title, facts, tuple(blocks), caveats, about)


def _in_order(blocks: Iterator[Block]) -> Iterator[Block]:
    """With headings of which no level is left out, the title being the only one of level 1."""
    before = 1
    for block in blocks:
        if isinstance(block, Heading):
            before = min(max(block.level, 2), before + 1, _DEEPEST)
            yield Heading(before, block.words)
        else:
            yield block


def _blocks(node: Node) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield Heading(int(node.tag[1]), _words(_line(node.children)))
        case "paragraph":
            yield from _paragraph(_line(node.children))
        case "blockquote":
            yield Quote("\n\n".join(map(_text, node.children)))
        case "bullet_list" | "ordered_list":
            yield from _list(node)
        case "table":
            yield _table(node)
        case "hr":
            return
        case "definition":
            yield Quote(f"[{node.meta['label']}]: {node.meta['url']} {node.meta['title']}".rstrip(), set_off=False)
        case _ if node.children:
            if label := str(node.meta.get("label", "")):
                yield Quote(f"[^{label}]:", set_off=False)
            for child in node.children:
                yield from _blocks(child)
        case _ if node.content.strip():
            yield Quote(node.content, set_off=False)


def _paragraph(line: Words) -> Iterator[Block]:
    lines = _lines(line)
    if len(lines) > 1 and not any(run.bold or run.italic for run in line):
        yield Quote("\n".join(map(plain, lines)), set_off=False)
    else:
        yield from map(Paragraph, lines)


def _list(node: Node) -> Iterator[Block]:
    """An item that is more than a line is followed by what belongs to it."""
    first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    together: list[Item] = []
    for count, item in enumerate(node.children):
        marker = (Run(f"{first + count}. "),) if first is not None else ()
        below = list(item.children)
        is_line = bool(below) and below[0].type == "paragraph"
        lines = _lines(_line(below.pop(0).children)) if is_line else []
        together.append(Item((*marker, *(lines[0] if lines else ())), tuple(lines[1:])))
        if below:
            yield Bullets(tuple(together), apart=True)
            together = []
            yield from _below(below)
    if together:
        yield Bullets(tuple(together))


def _below(nodes: Sequence[Node]) -> Iterator[Block]:
    """What stands below the line of an item: a note is set off from it."""
    for node in nodes:
        if node.type == "paragraph":
            yield Quote(_text(node))
        else:
            yield from _blocks(node)


def _table(node: Node) -> Block:
    rows = [row for part in node.children for row in part.children]
    cells = [[*(_text(cell) for cell in row.children), *row.meta.get("beyond", [])] for row in rows]
    width = max(map(len, cells))
    head, *body = [(*each, *([""] * (width - len(each)))) for each in cells]
    if width == 2 and not any(head):
        return Facts(tuple(Fact(name, text) for name, text in body))
    return Table(tuple(map(Column, head)), tuple(body))


def _text(node: Node) -> str:
    """All words of it without their styles."""
    if node.type == "inline" or (node.children and node.children[0].type == "inline"):
        return plain(_line([node] if node.type == "inline" else node.children))
    return "\n\n".join(filter(None, map(_text, node.children))) if node.children else node.content


def _line(nodes: Sequence[Node], *, bold: bool = False, italic: bool = False) -> Words:
    return tuple(run for node in nodes for run in _runs(node, bold=bold, italic=italic))


def _runs(node: Node, *, bold: bool, italic: bool) -> Iterator[Run]:
    match node.type:
        case "softbreak" | "hardbreak":
            yield _BREAK
        case "link" | "image":
            yield from _line(node.children, bold=bold, italic=italic)
            to = " ".join(filter(None, (str(node.attrs.get(key, "")) for key in ("href", "src", "title"))))
            if to and to != plain(_line(node.children)):
                yield Run(f" ({to})", bold, italic)
        case "s":
            yield from (Run("~~"), *_line(node.children, bold=bold, italic=italic), Run("~~"))
        case _ if node.children:
            more_bold, more_italic = bold or node.type == "strong", italic or node.type == "em"
            yield from _line(node.children, bold=more_bold, italic=more_italic)
        case _ if node.content:
            yield Run(node.content.replace("\n", " "), bold, italic)


def _lines(line: Words) -> list[Words]:
    found: list[list[Run]] = [[]]
    for run in line:
        if run is _BREAK:
            found.append([])
        else:
            found[-1].append(run)
    return [tuple(runs) for runs in found if any(run.text.strip() for run in runs)]


def _words(line: Words) -> Words:
    return tuple(Run(" ", run.bold, run.italic) if run is _BREAK else run for run in line)
