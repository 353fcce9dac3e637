"""Styles that are looked up once for all apps of the tests: parsing the sheets, and looking among all their rules for
those of each widget at each step, was a third of everything at the screen.

with styled_once():
    async with app.run_test() as pilot: ...
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.dom import DOMNode

_parse = Stylesheet._parse_rules
_apply = Stylesheet.apply
_replace = Stylesheet.replace_rules
_style_parts = Stylesheet._process_component_classes

_FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
"""What Textual notes at a widget of the rules that may be its own."""

_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_sheets: dict[tuple[int, ...], int] = {}
_numbered: WeakKeyDictionary[Stylesheet, tuple[list[RuleSet], int]] = WeakKeyDictionary()
_states: dict[int, tuple[str, ...]] = {}
_places: dict[tuple[object, ...], int] = {}
_found: dict[int, tuple[RulesMap | None, tuple[bool, ...]]] = {}
_parts: dict[int, dict[str, RulesMap]] = {}
_rules_of: WeakKeyDictionary[DOMNode, RulesMap] = WeakKeyDictionary()
_place_of: WeakKeyDictionary[DOMNode, int] = WeakKeyDictionary()
_parts_by: WeakKeyDictionary[DOMNode, int] = WeakKeyDictionary()


@contextmanager
def styled_once() -> Iterator[None]:
    """Whatever is styled meanwhile is styled as what stood at the same place before."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(Stylesheet, "_parse_rules", _parsed_once))
        stack.enter_context(patch.object(Stylesheet, "apply", _applied_once))
        stack.enter_context(patch.object(Stylesheet, "replace_rules", staticmethod(_replaced)))
        stack.enter_context(patch.object(Stylesheet, "_process_component_classes", _parts_once))
        yield


def _parsed_once(
    self: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """The rules of a style sheet, which is the same in every app."""
    key = (css, read_from, is_default_rules, tie_breaker, scope, *self._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(self, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]


def _sheet(sheet: Stylesheet) -> int:
    """One number for the same rules, which are parsed once for all apps."""
    rules, number = _numbered.get(sheet, (None, 0))
    if rules is not sheet.rules:
        number = _sheets.setdefault(tuple(map(id, sheet.rules)), len(_sheets))
        _numbered[sheet] = sheet.rules, number
        _states[number] = tuple(sorted(set().union(*(rule.pseudo_classes for rule in sheet.rules))))
    return number


def _place(node: DOMNode, sheet: int, known: dict[Any, Any]) -> int:
    """One number for all that a rule can ask of a widget and of what is above it; `known` are the numbers of others
    that are styled in the same step. Of its states those are looked at that any rule asks for: whether it is the
    second of two takes Textual longer than all the others."""
    if node not in known:
        above = node._parent
        over = _place(above, sheet, known) if isinstance(above, DOMNode) else -1 - sheet
        of_node: Any = node._PSEUDO_CLASSES
        state = tuple(name for name in _states[sheet] if name in of_node and of_node[name](node))
        known[node] = _places.setdefault((over, type(node), node.id, node.classes, state), len(_places))
    place: int = known[node]
    return place


def _applied_once(
    self: Stylesheet, node: DOMNode, *, animate: bool = False, cache: dict[Any, Any] | None = None
) -> None:
    """The rules of a widget, which are the same wherever it stands at the same place."""
    place = _place_of[node] = _place(node, _sheet(self), {} if cache is None else cache)
    if place not in _found:
        _rules_of.pop(node, None)
        _apply(self, node, animate=animate)
        _found[place] = _rules_of.pop(node, None), tuple(getattr(node, flag) for flag in _FLAGS)
        return
    rules, flags = _found[place]
    for flag, has in zip(_FLAGS, flags, strict=True):
        setattr(node, flag, has)
    if rules is not None:
        _replaced(node, rules, animate)
    _parts_once(self, node)


def _replaced(node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
    """Give a widget its rules; those that it has already are not set again."""
    _rules_of[node] = rules
    styles = node.styles.base
    has: dict[str, object] = {**styles._rules}
    wanted: dict[str, object] = {**rules}
    if animate and (has == wanted or wanted.get("transitions")):
        if has != wanted:
            _replace(node, rules, animate)
        return
    for name in has.keys() | wanted.keys():
        if name not in has or name not in wanted or has[name] != wanted[name]:
            setattr(styles, name, wanted.get(name))
    node.notify_style_update()


def _parts_once(self: Stylesheet, node: DOMNode) -> None:
    """The styles of a widget's parts, which are the same at the same place, too."""
    if not node._get_component_classes():
        return
    place = _place_of[node]
    if place not in _parts:
        _style_parts(self, node)
        _parts[place] = {part: styles.base.get_rules() for part, styles in node._component_styles.items()}
    elif _parts_by.get(node) != place:
        old = {part: styles.base.get_rules() for part, styles in node._component_styles.items()}
        node._component_styles.clear()
        for part, rules in _parts[place].items():
            drawn = DOMNode(classes=part)
            drawn._attach(node)
            drawn.styles.base._rules.update(rules)
            node._component_styles[part] = drawn.styles
        if old != _parts[place]:
            node.refresh()
    _parts_by[node] = place
