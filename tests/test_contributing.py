"""The lists of files in CONTRIBUTING.md are those that such a change really touches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from markterm.centre.reports import AXES
from markterm.cli.export import EXPORTS
from markterm.cli.group import COMMANDS
from markterm.domain.record.event import OF_A_LEARNER, Kind
from markterm.domain.words.hint import Way
from markterm.evidence.readers import READERS
from markterm.sheets.kinds import KINDS, SheetKind
from markterm.tui.key_list import every_key
from markterm.tui.keys_together import TOGETHER

ROOT = Path(__file__).parents[1]
_PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
_RECIPE = re.compile(
    r"^### (?P<title>.+)\n\nExample: `(?P<example>[^`]+)`\n\n(?P<list>(?:- `[^`]+`: .+\n(?:  .+\n)*)+)", re.MULTILINE
)
_FILE = re.compile(r"^- `([^`]+)`", re.MULTILINE)
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|toml|log|yml)|\.ci/run)`")
_RECIPES = {found["title"]: (found["example"], _FILE.findall(found["list"])) for found in _RECIPE.finditer(_PAGE)}


def _all_that_there_are() -> Mapping[str, list[str]]:
    """For each recipe the things of that kind, in the order in which they came."""
    return {
        "A command of the command line": list(COMMANDS),
        "A command of a screen, and its key": [line.id for line in every_key()],
        "A hint, which says how what a refusal asks for is done": [way.name for way in Way],
        "A kind of event": [kind.value for kind in Kind if kind in OF_A_LEARNER],
        "A kind of evidence": [module.rpartition(".")[2] for module in READERS.values()],
        "A kind of sheet": [kind.name for kind in KINDS],
        "A screen": [name.rpartition(":")[2] for names in TOGETHER for name in names],
        "A report": list(AXES),
        "An export": list(EXPORTS),
    }


def test_there_is_a_list_for_everything_that_is_added() -> None:
    assert list(_RECIPES) == list(_all_that_there_are())


@pytest.mark.parametrize("title", _RECIPES)
def test_the_example_of_a_list_is_one_of_them_and_is_in_each_of_its_files(title: str) -> None:
    example, files = _RECIPES[title]
    assert example in _all_that_there_are()[title]
    name = re.compile(rf"(?<![a-z]){re.escape(example)}", re.IGNORECASE)
    for file in files:
        assert name.search(file) or name.search((ROOT / file).read_text("utf-8")), f"{example} is not in {file}"
        assert (ROOT / file).exists()


@pytest.mark.parametrize("title", ["A command of the command line", "A kind of event"])
def test_the_example_is_the_newest_one(title: str) -> None:
    example, _ = _RECIPES[title]
    assert _all_that_there_are()[title][-1] == example, "do the list again with what was added last"


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_file_that_is_named_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    gone = [path for path in _PATH.findall(text) if not any((ROOT / room / path).exists() for room in ("", "markterm"))]
    assert gone == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module_and_its_line_in_the_readme(name: str) -> None:
    assert (ROOT / "markterm" / "cli" / f"{name.replace('-', '_')}.py").exists()
    assert f"\n| `markterm {name}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_every_kind_of_sheet_is_explained(kind: SheetKind[object]) -> None:
    assert f"kind: {kind.name}" in (ROOT / "mark_sheets" / "README.md").read_text("utf-8")
