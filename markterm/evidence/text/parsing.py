"""A chunk of evidence as blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from markterm.evidence.text import markdown
from markterm.evidence.text.blocks import Block, BlockKind, Container, ContainerKind, Span, safe, verbatim
from markterm.evidence.text.chunks import Chunk, Form
from markterm.evidence.text.markdown import Reference
from markterm.evidence.text.spans import words

_BULLETS = "•◦▪"
_CHECKS = {"[ ]": "☐", "[x]": "☑", "[X]": "☑"}
_OPENING_LINES = 2
# These stand apart from what is before and after them even where the source has no blank line.
_APART = {BlockKind.HEADING, BlockKind.TABLE}


_VERBATIM = {
    Form.LINES: (BlockKind.LINES, ""),
    Form.CODE: (BlockKind.CODE, ""),
    Form.HTML: (BlockKind.RAW, ""),
    Form.FRONT_MATTER: (BlockKind.RAW, "front matter"),
}


def parse_chunk(chunk: Chunk, source: str, known: Mapping[str, Reference]) -> tuple[Block, ...]:
    """The blocks of `chunk`, a piece of `source`; `known` are the link references of the whole source."""
    text = source[chunk.start : chunk.end]
    if chunk.form is not Form.MARKDOWN:
        kind, label = _VERBATIM[chunk.form]
        gap = chunk.after_blank and kind is not BlockKind.LINES
        return (verbatim(kind, text.removesuffix("\n").split("\n"), chunk.line, label=label, gap=gap),)
    return tuple(_with_gaps(_rest_of_table(chunk, text, known) or _blocks(text, chunk.line, known), chunk))


def raw_chunk(chunk: Chunk, source: str, why: str) -> tuple[Block, ...]:
    """The lines of `chunk` as they stand in `source`, below a sentence that says why: for what nothing else shows."""
    lines = source[chunk.start : chunk.end].removesuffix("\n").split("\n")
    return (verbatim(BlockKind.RAW, lines, chunk.line, label=why, gap=chunk.after_blank),)


def _rest_of_table(chunk: Chunk, text: str, known: Mapping[str, Reference]) -> list[Block]:
    """The blocks of a chunk that goes on with the table of the one before; none when it does not.

    Only Markdown can tell: a list, a rule or a blank line may stand where a row would.
    """
    if not chunk.opening:
        return []
    blocks = _blocks(chunk.opening + text, chunk.line - _OPENING_LINES, known, ahead=_OPENING_LINES)
    if not blocks or not blocks[0].header or len(blocks[0].rows) < 2 or blocks[0].first >= chunk.line:
        return []
    return [_without_header(blocks[0], chunk.line), *blocks[1:]]


def _blocks(text: str, line: int, known: Mapping[str, Reference], *, ahead: int = 0) -> list[Block]:
    """The blocks of `text`, which begins in `line`; its first `ahead` lines were shown before."""
    builder = _Builder(line, text.split("\n"), known)
    builder.walk(markdown.tokens(text, known))
    return builder.with_what_was_dropped(ahead)


@dataclass(slots=True)
class _Builder:
    line: int
    """The line of the source where the text begins."""
    lines: Sequence[str]
    known: Mapping[str, Reference]
    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    lists: list[tuple[str, int]] = field(default_factory=list)  # bullet or nothing, and the width of its markers

    def walk(self, tokens: Sequence[Token]) -> None:
        """Add the blocks of `tokens`."""
        place = 0
        while place < len(tokens):
            token = tokens[place]
            match token.type:
                case "paragraph_open":
                    self._paragraph(tokens[place + 1])
                case "heading_open":
                    self._words(BlockKind.HEADING, tokens[place + 1], token, level=int(token.tag[1:]))
                case "fence":
                    self._code(token, token.info.strip(), fence_lines=1)
                case "code_block":
                    self._code(token, "", fence_lines=0)
                case "html_block":
                    lines = token.content.removesuffix("\n").split("\n")
                    self._verbatim(BlockKind.RAW, lines, token, label="raw HTML")
                case "definition":
                    first, last = token.map or (0, 0)
                    lines = [line.strip() for line in self.lines[first:last]]
                    self._verbatim(BlockKind.DEFINITION, lines, token)
                case "hr":
                    self._verbatim(BlockKind.RULE, [""], token)
                case "table_open":
                    place = self._table(tokens, place)
                case "bullet_list_open":
                    depth = sum(1 for bullet, _ in self.lists if bullet)
                    self.lists.append((_BULLETS[min(depth, len(_BULLETS) - 1)], 1))
                case "ordered_list_open":
                    self.lists.append(("", _widest_number(tokens, place)))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    bullet, width = self.lists[-1]
                    marker = bullet or token.info + token.markup
                    self._enter(ContainerKind.ITEM, marker, width, token)
                case "blockquote_open":
                    self._enter(ContainerKind.QUOTE, "", 1, token)
                case "footnote_reference_open":
                    marker = f"[^{token.meta['label']}]"
                    self._enter(ContainerKind.NOTE, marker, len(marker), token)
                case "list_item_close" | "blockquote_close" | "footnote_reference_close":
                    self._leave()
            place += 1

    def _enter(self, kind: ContainerKind, marker: str, width: int, token: Token) -> None:
        line = self.line + (token.map or (0, 0))[0]
        self.containers.append(Container(kind, marker, width, line, opens=True))

    def _leave(self) -> None:
        container = self.containers[-1]
        if container.opens and container.marker:
            self._add(Block(BlockKind.PARAGRAPH, (), container.line, container.line))
        self.containers.pop()

    def _add(self, block: Block) -> None:
        self.blocks.append(replace(block, containers=tuple(self.containers)))
        self.containers = [
            replace(container, opens=False) if container.opens else container for container in self.containers
        ]

    def _range(self, token: Token) -> tuple[int, int]:
        first, end = token.map or (0, 1)
        return self.line + first, self.line + max(end - 1, first)

    def _paragraph(self, inline: Token) -> None:
        container = self.containers[-1] if self.containers else None
        if container is not None and container.kind is ContainerKind.ITEM and container.opens:
            check = _CHECKS.get(inline.content[:3])
            if check is not None and inline.content[3:4].isspace() and inline.children:
                self.containers[-1] = replace(
                    container,
                    marker=check if container.marker in _BULLETS else f"{container.marker} {check}",
                    width=container.width if container.marker in _BULLETS else container.width + 2,
                )
                inline.children[0].content = inline.children[0].content[3:].lstrip()
        self._words(BlockKind.PARAGRAPH, inline, inline)

    def _words(self, kind: BlockKind, inline: Token, token: Token, *, level: int = 0) -> None:
        found = words(inline)
        first, last = self._range(token)
        self._add(Block(kind, tuple(found.spans), first, last, level=level, breaks=tuple(found.breaks)))

    def _code(self, token: Token, label: str, *, fence_lines: int) -> None:
        first, last = self._range(token)
        lines = token.content.removesuffix("\n").split("\n")
        block = verbatim(BlockKind.CODE, lines, first + fence_lines, last=last, label=safe(label))
        self._add(replace(block, first=first, breaks=(0,) * fence_lines + block.breaks))

    def _verbatim(self, kind: BlockKind, lines: Sequence[str], token: Token, *, label: str = "") -> None:
        first, last = self._range(token)
        self._add(verbatim(kind, lines, first, last=last, label=label))

    def _table(self, tokens: Sequence[Token], place: int) -> int:
        """Add the table that opens at `place`; where it closes."""
        opening = tokens[place]
        rows: list[list[tuple[Span, ...]]] = []
        starts: list[int] = []
        aligns: list[str] = []
        beyond: list[str] = []
        while (token := tokens[place]).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
                starts.append((token.map or (0, 0))[0])
                beyond = token.meta.get("beyond", [])
            elif token.type == "th_open":
                aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
            elif token.type == "inline":
                rows[-1].append(tuple(words(token).spans))
            elif token.type == "tr_close":
                rows[-1].extend(tuple(words(markdown.inline(cell, self.known)).spans) for cell in beyond)
            place += 1
        _, last = self._range(opening)
        self._add(_table_block(rows, [start + self.line for start in starts], last, tuple(aligns)))
        return place

    def with_what_was_dropped(self, ahead: int) -> list[Block]:
        """The blocks, and as raw lines whatever lies so deep that Markdown gave it up."""
        covered: set[int] = set()
        for block in self.blocks:
            is_empty_item = block.kind is BlockKind.PARAGRAPH and not block.spans
            if not is_empty_item or self._is_only_a_marker(block):
                covered.update(range(block.first, block.last + 1))
        missing = [
            number
            for number, line in enumerate(self.lines)
            if number >= ahead and number + self.line not in covered and any(map(str.isalnum, line))
        ]
        for number in missing:
            self.blocks.append(verbatim(BlockKind.RAW, [self.lines[number]], number + self.line, label="raw"))
        if missing:
            self.blocks.sort(key=lambda block: block.first)
        return self.blocks

    def _is_only_a_marker(self, block: Block) -> bool:
        """Whether nothing follows the marker in the line of an item that has no text."""
        if not block.containers:  # a paragraph of nothing but spaces that Markdown does not count as such
            return False
        return self.lines[block.first - self.line].split()[-1:] == [block.containers[-1].marker]


def _widest_number(tokens: Sequence[Token], place: int) -> int:
    level = tokens[place].level
    widest = 0
    for token in tokens[place + 1 :]:
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            widest = max(widest, len(token.info + token.markup))
    return widest


def _table_block(
    rows: Sequence[Sequence[tuple[Span, ...]]],
    lines: Sequence[int],
    last: int,
    aligns: tuple[str, ...],
    *,
    header: bool = True,
) -> Block:
    """A table, each row of which begins in the line named for it."""
    spans: list[Span] = []
    breaks: list[int] = []
    length = 0
    for number, row in enumerate(rows):
        if number:
            breaks.extend([length] * (lines[number] - lines[number - 1]))
        for cell in row:
            spans.extend(cell)
            spans.append(Span("\n"))
            length += sum(len(span.text) for span in cell) + 1
    cells = tuple(tuple(row) for row in rows)
    return Block(
        BlockKind.TABLE,
        tuple(spans),
        lines[0],
        last,
        breaks=tuple(breaks),
        rows=cells,
        header=header,
        aligns=aligns,
    )


def _without_header(block: Block, first: int) -> Block:
    """A table whose header belongs to the chunk before."""
    rows = block.rows[1:]
    return _table_block(rows, range(first, first + len(rows)), block.last, block.aligns, header=False)


def _with_gaps(blocks: Sequence[Block], chunk: Chunk) -> list[Block]:
    """Blank lines where the source has them, and around what needs them."""
    spaced: list[Block] = []
    for block in blocks:
        if not spaced:
            gap = chunk.after_blank or (chunk.line > 0 and block.kind is BlockKind.HEADING)
        else:
            before = spaced[-1]
            gap = block.first > before.last + 1 or bool(_APART & {block.kind, before.kind})
        spaced.append(replace(block, gap=gap))
    return spaced
