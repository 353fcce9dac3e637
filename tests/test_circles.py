"""No modules import each other in a circle, deferred imports and those for types included."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import markterm

_PACKAGE = Path(markterm.__file__).parent


_IMPORT = re.compile(
    r"^[ \t]*(from [\w.]+ import (?:\([^)]*\)|.+)|import [\w.]+(?:, [\w.]+)*(?: as \w+)?(?=\s*(?:#.*)?$))", re.MULTILINE
)
"""Each stands on a line of its own, as what looks over the form of the code sees to: the rest need not be parsed."""


def _imported(source: str, modules: Set[str]) -> Iterator[str]:
    """Those of the modules that the source imports, wherever in it."""
    for node in ast.parse("\n".join(_IMPORT.findall(source))).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for name in node.names:
                yield whole if (whole := f"{node.module}.{name.name}") in modules else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def _circle(sources: Mapping[str, str]) -> list[str]:
    """A circle among these modules; empty when there is none."""
    imports = {name: {*_imported(source, sources.keys())} & sources.keys() - {name} for name, source in sources.items()}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


def test_no_modules_import_each_other() -> None:
    files = {file: ".".join(file.relative_to(_PACKAGE.parent).with_suffix("").parts) for file in _PACKAGE.rglob("*.py")}
    assert len(files) > 200
    assert _circle({name: file.read_text("utf-8") for file, name in files.items()}) == []


@pytest.mark.parametrize(
    "back",
    [
        "from p import a",
        "def f():\n    import p.a",
        "if T:\n    from p.a import A",
        "try:\n    x\nexcept E:\n    import p.a",
        "match x:\n    case 1:\n        import p.a",
    ],
)
def test_a_circle_is_seen_wherever_the_import_stands(back: str) -> None:
    sources = {"p.a": "from p.b import B", "p.b": "from p.c import C", "p.c": back}
    assert set(_circle(sources)) == set(sources)
    assert _circle({**sources, "p.c": "import os"}) == []
