"""Modules that import each other, and screens that inherit from each other: there are none."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from textual.screen import Screen

import markterm
from markterm import tui
from markterm.tui.widgets.modal import Modal

PACKAGE = Path(markterm.__file__).parent


def module_name(path: Path) -> str:
    """The name under which that file of the package is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_at_once(statements: list[ast.stmt]) -> Iterator[str]:
    """What is imported outside functions, for types alone too: the names of modules, or of what is in them."""
    for statement in statements:
        if isinstance(statement, ast.ImportFrom) and statement.module is not None:
            for alias in statement.names:
                yield from (statement.module, f"{statement.module}.{alias.name}")
        elif isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.If):
            yield from imported_at_once([*statement.body, *statement.orelse])
        elif isinstance(statement, ast.Try):
            yield from imported_at_once(statement.body)


def circle_in(sources: Mapping[str, str]) -> list[str]:
    """The modules of a circle, if there is one: by their names, with what stands in them."""
    arrows = {
        name: {each for each in imported_at_once(ast.parse(source).body) if each in sources and each != name}
        for name, source in sources.items()
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    # The packages themselves are empty: who imports a module of theirs imports nothing by it.
    paths = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    assert circle_in({module_name(path): path.read_text("utf-8") for path in paths}) == []


@pytest.mark.parametrize(
    "back",
    [
        "from one import thing",
        "import one",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from one import thing",
        "try:\n    import one\nexcept ImportError:\n    pass",
    ],
)
def test_a_circle_is_found_however_it_is_closed(back: str) -> None:
    assert set(circle_in({"one": "from two import other", "two": back})) == {"one", "two"}


def test_what_is_imported_when_it_is_used_closes_no_circle() -> None:
    assert circle_in({"one": "import two", "two": "def late():\n    import one"}) == []


def subclasses(of: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    """Every screen that is loaded and built on that one."""
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_no_screen_inherits_from_another_screen() -> None:
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    ours = {each for each in subclasses(Screen) if each.__module__.startswith("markterm.") and each is not Modal}
    assert len(ours) > 10
    inheriting = {each.__name__ for each in ours if ours.intersection(each.__mro__[1:])}
    assert inheriting == set()
