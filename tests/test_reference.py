"""The reference of commands and keys says what the program does now."""

from __future__ import annotations

import pytest

from markterm.cli.group import COMMANDS
from markterm.tui.key_list import every_key
from tests import reference


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_a_page_is_as_the_code_says(name: str) -> None:
    written = (reference.DOCS / name).read_text("utf-8")
    assert written == reference.PAGES[name](), "python -m tests.reference writes it anew"


def test_every_command_and_every_key_is_told() -> None:
    page = reference.commands()
    assert [name for name in COMMANDS if f"\n## markterm {name}\n" not in page] == []
    page = reference.keys()
    assert [line.id for line in every_key() if f"| `{line.id}` |" not in page] == []


def test_what_a_screen_can_do_stands_under_a_title_of_its_own() -> None:
    """An area without a title in `key_list` would be told as what works everywhere."""
    everywhere = {line.id.partition(".")[0] for line in every_key() if line.area == "Everywhere"}
    assert everywhere == {"app"}
