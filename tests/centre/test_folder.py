"""Where everything of a centre lies, said once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import markterm
from markterm.centre.folder import CENTRE_FILE, LEARNER_FILE, CentreFolder, find_centre
from markterm.domain.words.errors import WrongUse
from tests.centres import make_centre_in

_NAMES = {"learners", "records", "presence", "mark_sheets", "members", "evidence", LEARNER_FILE, CENTRE_FILE}
_PACKAGE = Path(markterm.__file__).parent
_SAYS_IT = {Path("centre/folder.py"), Path("sheets/shipped.py"), Path("own/places.py")}
"""The module itself, the one that finds the sheets which ship with the program, and that of the user's own folders."""


def _joined(source: str) -> Iterator[str]:
    """The names of a centre's folders that the source joins to a path. Most join none, and are not parsed for it."""
    if not any(f'/ "{name}"' in source or f"/{name}" in source for name in _NAMES):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant):
            yield from _NAMES & {node.right.value}
        if isinstance(node, ast.JoinedStr):
            texts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
            yield from (name for name in _NAMES for text in texts if text.startswith(f"/{name}"))


@pytest.mark.on_files
def test_no_other_module_joins_the_names_of_a_centres_folders_to_a_path() -> None:
    every = {file.relative_to(_PACKAGE): list(_joined(file.read_text("utf-8"))) for file in _PACKAGE.rglob("*.py")}
    assert every[Path("centre/folder.py")]
    assert {str(file): names for file, names in every.items() if names and file not in _SAYS_IT} == {}


@pytest.mark.on_files
@pytest.mark.parametrize("source", ['path / "learners" / name', 'f"{path}/records/{name}"', 'a.b() / "evidence"'])
def test_what_joins_such_a_name_is_seen(source: str) -> None:
    assert list(_joined(source))


def test_the_centre_of_a_folder_below_it_is_found(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre")
    folder = CentreFolder(centre)
    assert find_centre(folder.evidence("AAA1")) == centre.resolve()
    with pytest.raises(WrongUse):
        find_centre(tmp_path)


def test_what_is_looked_at_of_ten_thousand_learners_is_what_the_paths_say(tmp_path: Path) -> None:
    folder = CentreFolder(tmp_path)
    assert Path(folder.looked_at("AAA1")) == folder.learner_file("AAA1")
    assert folder.handed_in.root / "AAA1" / folder.evidence("AAA1").name == folder.evidence("AAA1")


def test_hidden_folders_and_files_are_no_learners(tmp_path: Path) -> None:
    folder = CentreFolder(tmp_path)
    assert folder.learner_folders() == ()
    for name in ("BBB2", "AAA1", ".sync"):
        (folder.learners / name).mkdir(parents=True)
    (folder.learners / "notes.txt").write_text("of nobody", "utf-8")
    assert folder.learner_folders() == ("AAA1", "BBB2")
