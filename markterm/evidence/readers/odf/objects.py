"""Formulas and charts as text: those of an OpenDocument, and formulas in MathML from anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.evidence.readers.odf.document import Element, attribute, count, name, within, words_of

_MOST_ROWS = 500
_MOST_COLUMNS = 50
_PAIRED = {"msup": "^", "msub": "_", "mover": "^", "munder": "_", "mfrac": "/"}


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    """Its figures, the names of its series first."""
    is_cut: bool
    """Whether it has more figures."""


def formula(root: Element) -> str:
    """A formula in one line, as it would be typed: `a = b^2/(c + d)`; empty where it says nothing."""
    text = " ".join(_math(root).split())
    return text or " ".join(words_of(note) for note in within(root, "math:annotation"))


def _math(element: Element) -> str:
    kind = name(element).partition(":")[2]
    children = [child for child in element if isinstance(child.tag, str)]
    if kind in ("annotation", "annotation-xml"):
        return ""
    if kind in _PAIRED and len(children) >= 2:
        return _bound(children[0]) + _PAIRED[kind] + _bound(children[1])
    if kind in ("msubsup", "munderover") and len(children) >= 3:
        return f"{_bound(children[0])}_{_bound(children[1])}^{_bound(children[2])}"
    if kind == "msqrt":
        return f"√({''.join(map(_math, children))})"
    if kind == "mroot" and len(children) >= 2:
        return f"root {_bound(children[1])} of ({_math(children[0])})"
    if kind == "mfenced":
        opening, closing = element.get("open", "("), element.get("close", ")")
        return f"{opening}{(element.get('separators', ',')[:1] or ',').join(map(_math, children))}{closing}"
    if kind == "mtable":
        return f"({'; '.join(map(_math, children))})"
    if kind in ("mtr", "mlabeledtr"):
        return ", ".join(map(_math, children))
    own = " ".join((element.text or "").split())
    if kind == "mo" and len(own) == 1 and not (own in "()[]{},'!" or own in "\u2061\u2062"):
        return f" {own} "
    if kind == "mtext" or (kind == "mi" and len(own) > 1):
        return f" {own} "
    return own + "".join(map(_math, children))


def _bound(element: Element) -> str:
    """A part of a formula, in brackets where it has parts of its own."""
    text = " ".join(_math(element).split())
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def chart(root: Element) -> Chart:
    """The titles of a chart and of its axes, and its figures."""
    titles = [words for kind in ("chart:title", "chart:subtitle", "chart:footer") for words in _titles(root, kind)]
    rows: list[tuple[str, ...]] = []
    is_cut = False
    for row in within(root, "table:table-row"):
        cells: list[str] = []
        for cell in row:
            if name(cell) in ("table:table-cell", "table:covered-table-cell"):
                words = " ".join(map(words_of, within(cell, "text:p"))) or attribute(cell, "office:value").replace(
                    "NaN", ""
                )
                cells.extend([words] * min(count(cell, "table:number-columns-repeated"), _MOST_COLUMNS))
        is_cut = is_cut or len(rows) == _MOST_ROWS or len(cells) > _MOST_COLUMNS
        if len(rows) < _MOST_ROWS and any(cells):
            rows.append(tuple(cells[:_MOST_COLUMNS]))
    return Chart("; ".join(dict.fromkeys(titles)), tuple(rows), is_cut)


def _titles(root: Element, kind: str) -> list[str]:
    return [words for title in within(root, kind) if (words := words_of(title))]
