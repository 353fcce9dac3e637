"""Formulas of Word in one line, as one would type them: `(a+b)/2`, `x^2`, `√(y)`."""

from __future__ import annotations

import re

from markterm.evidence.readers.word.xml import Element, attribute, child, children, local, value

_SIMPLE = re.compile(r"\w*")
_PASSED_OVER = frozenset({"rPr", "ctrlPr", "del", "moveFrom"})
_DEFAULT_SUM = "∫"


def formula(element: Element) -> str:
    """The formula in `element`, which Word draws in two dimensions."""
    return "".join(_said(element))


def _said(element: Element) -> list[str]:
    name = local(element)
    match name:
        case "t":
            return [element.text or ""]
        case "f":
            return [_bound(_part(element, "num")), "/", _bound(_part(element, "den"))]
        case "sSup":
            return [_part(element, "e"), "^", _bound(_part(element, "sup"))]
        case "sSub":
            return [_part(element, "e"), "_", _bound(_part(element, "sub"))]
        case "sSubSup":
            ends = "_", _bound(_part(element, "sub")), "^", _bound(_part(element, "sup"))
            return [_part(element, "e"), *ends]
        case "rad":
            return [_part(element, "deg"), "√(", _part(element, "e"), ")"]
        case "nary":
            return _sum(element)
        case "d":
            return _delimited(element)
        case "m":
            rows = (", ".join(map(formula, children(row, "e"))) for row in children(element, "mr"))
            return ["[", "; ".join(rows), "]"]
        case "func":
            return [_part(element, "fName"), "(", _part(element, "e"), ")"]
        case "limLow" | "limUpp":
            return [_part(element, "e"), "_" if name == "limLow" else "^", _bound(_part(element, "lim"))]
        case _ if name.endswith("Pr") or name in _PASSED_OVER:
            return []
        case _:
            return [text for one in element for text in _said(one)]


def _part(element: Element, name: str) -> str:
    found = child(element, name)
    return "" if found is None else formula(found)


def _bound(text: str) -> str:
    """Text that stays together beside a sign."""
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _sum(element: Element) -> list[str]:
    sign = child(child(element, "naryPr"), "chr")
    parts = [_DEFAULT_SUM if sign is None else attribute(sign, "val")]
    for mark, name in (("_", "sub"), ("^", "sup")):
        if said := _part(element, name):
            parts += [mark, _bound(said)]
    return [*parts, " ", _part(element, "e")]


def _delimited(element: Element) -> list[str]:
    properties = child(element, "dPr")
    signs = {}
    for name, usual in (("begChr", "("), ("sepChr", "|"), ("endChr", ")")):
        signs[name] = usual if child(properties, name) is None else value(properties, name)
    return [signs["begChr"], signs["sepChr"].join(map(formula, children(element, "e"))), signs["endChr"]]
