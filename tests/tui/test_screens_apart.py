"""No screen is built on another one: what screens share is a frame, a list or a text, which is no screen."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from textual.screen import Screen

from markterm import tui
from markterm.tui.caseload.what_comes_screen import WhatComesScreen
from markterm.tui.evidence.beside_evidence import BesideEvidence
from markterm.tui.widgets.modal import Modal

_FRAMES = {Modal, BesideEvidence, WhatComesScreen}
"""None is a screen by itself: of what opens over a screen, of criteria beside the evidence, and of what comes in before
it is taken."""


def _built_on(screen: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    """Every screen that is loaded and built on that one."""
    for each in screen.__subclasses__():
        yield each
        yield from _built_on(each)


def test_no_screen_inherits_from_another_screen() -> None:
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    ours = {each for each in _built_on(Screen) if each.__module__.startswith("markterm.")} - _FRAMES
    assert len(ours) > 10
    assert {each.__name__ for each in ours if ours.intersection(each.__mro__[1:])} == set()
