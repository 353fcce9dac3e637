"""Published standards of our own words, in the layouts of those that are published."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markterm.domain.assessed.standard import Standard
from markterm.domain.standards.published.result import Published

TEA = (
    "KTLTM01",
    "Make tea for one",
    ("boil fresh water", "warm the pot, so that\n nothing cools"),
    ("how long leaves stand",),
)
TABLE = "KTLTM02", "Clear the table", ("ask before taking a cup",), ("where cups go", "who counts the spoons")
FOOT = {
    "Developed by": "The Tea Board",
    "Version Number": "2",
    "Date Approved": "May 2024",
    "Indicative Review Date": "May 2027",
    "Validity": "Current",
    "Status": "Original",
    "Suite": "Making Tea",
    "Keywords": "tea; cups",
}
Layout = Callable[[str, str, Sequence[str], Sequence[str]], str]
MUST, KNOW = "You must be able to:", "You need to know and understand:"


def plain(code: str, title: str, performance: Sequence[str], knowledge: Sequence[str]) -> str:
    """A standard as text: its pages are a narrow column of headings and a wide one."""
    return "\n".join(
        [
            f"\n{code}\n{title}\n Overview\n\nThis standard is about {title.lower()}.\n",
            " Performance\ncriteria\n\nYou must be\nable to:\n",
            *(f"P{number} {each}" for number, each in enumerate(performance, 1)),
            f" Knowledge and\nunderstanding\n\n{KNOW}\n",
            *(f"K{number} {each}" for number, each in enumerate(knowledge, 1)),
            *(f" {name} {value}" for name, value in FOOT.items()),
            f"Original URN {code}\n",
        ]
    )


def cells(code: str, title: str, performance: Sequence[str], knowledge: Sequence[str]) -> str:
    """As a Word document has it whose statements stand in a table, each code in its cell."""

    def table(lead: str, letter: str, statements: Sequence[str]) -> str:
        rows = [f"| {letter}{number} | {' '.join(each.split())} |" for number, each in enumerate(statements, 1)]
        return "\n".join(
            [f"| {lead} {rows[0]}".replace(" | |", " |"), "| --- | --- | --- |", *(f"| {r}" for r in rows[1:])]
        )

    foot = [f"| {name} | {value} |" for name, value in (*FOOT.items(), ("Original URN", code))]
    return "\n\n".join(
        [
            code,
            f"# {title}",
            "## Overview\n\nThis standard is about tea.\n\nIt is for waiters.",
            table(f"**Performance criteria** {MUST} |", "P", performance),
            table(f"Knowledge and understanding {KNOW} |", "K", knowledge),
            "\n".join([foot[0], "| --- | --- |", *foot[1:]]),
        ]
    )


def one_cell(code: str, title: str, performance: Sequence[str], knowledge: Sequence[str]) -> str:
    """As a Word document has it whose statements stand all in one cell."""

    def row(lead: str, letter: str, statements: Sequence[str]) -> str:
        told = " ".join(f"{letter}{number} {' '.join(each.split())}" for number, each in enumerate(statements, 1))
        return f"| {lead} | {told} |"

    return "\n".join(
        [
            f"\n# {code} {title}\n",
            "| Overview | This standard is about tea. |\n| --- | --- |",
            row(f"Performance criteria {MUST}", "P", performance),
            row(f"Knowledge and understanding {KNOW}", "K", knowledge),
            *(f"| {name} | {value} |" for name, value in FOOT.items()),
            "",
        ]
    )


def web_page(code: str, title: str, performance: Sequence[str], knowledge: Sequence[str]) -> str:
    """As the page of the web has it: the particulars at its head, and numbers without a letter."""

    def numbered(statements: Sequence[str]) -> str:
        return "  \n".join(f"{number}\\. {' '.join(each.split())}" for number, each in enumerate(statements, 1))

    return "\n\n".join(
        [
            f"# {title}",
            f"URN: {code}",
            "Business Sectors (Suites): Making Tea,Clearing Up",
            "Developed by: The Tea Board",
            "Approved on: May 2024",
            "## Overview\n\nThis standard is about tea.",
            f"## Performance criteria\n\n### {MUST}\n\n{numbered(performance)}",
            f"## Knowledge and Understanding\n\n### {KNOW}\n\n{numbered(knowledge)}\n\n",
        ]
    )


def in_one_line(code: str, title: str, performance: Sequence[str], knowledge: Sequence[str]) -> str:
    """The page of the web, copied by somebody: its statements run on in one line."""
    return web_page(code, title, performance, knowledge).replace("  \n", " ")


MARKED: tuple[Layout, ...] = (cells, one_cell, web_page, in_one_line)
"""The layouts that a reader gives as Markdown."""


def both(layout: Layout) -> str:
    """The two standards in that layout, one after the other."""
    return f"{layout(*TEA)}\n{layout(*TABLE)}"


def texts(standard: Standard) -> dict[str, str]:
    """The statements of a standard by their codes."""
    return {each.code: each.text for each in standard.statements}


def told(published: Published) -> str:
    """Everything that is to be looked at, a line each."""
    return "\n".join(doubt.message for doubt in published.doubts)
