"""The texts that the files are made of: Markdown, read as MarkTerm reads evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.blocks import Block, ContainerKind, Span
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText

FOLDER = Path(__file__).parent.parent / "data" / "demo_evidence"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: in how many lists, at which number of its list (`3.`, empty for a bullet), in a quote.

    `opens` is true for the first block of a list's item.
    """

    depth: int
    number: str
    opens: bool
    quoted: bool


def text(name: str) -> str:
    """A text as it stands."""
    return (FOLDER / name).read_text("utf-8")


def blocks(name: str) -> list[Block]:
    """A text as headings, paragraphs, tables and so on."""
    document = EvidenceDocument.of(EvidenceText(text(name), 0, ""), EvidenceKind.MARKDOWN)
    return [block for number in range(len(document.chunks)) for block in document.blocks(number)]


def place(block: Block) -> Place:
    """Where a block stands."""
    items = [container for container in block.containers if container.kind is ContainerKind.ITEM]
    number = items[-1].marker if items and items[-1].marker[0].isdecimal() else ""
    quoted = any(container.kind is ContainerKind.QUOTE for container in block.containers)
    return Place(len(items), number, bool(items) and items[-1].opens, quoted)


def plain(spans: Sequence[Span]) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)
