"""Every screen that is opened from anywhere, by every role that sees some of the learners: nobody else is on it.

The screens are those of the commands of the app, so that a new one is not forgotten.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from markterm.tui.app import MarkTermApp
from markterm.tui.command import Command, without_key
from tests.cli.test_seen_by_role import ROLES, hidden_words, limited_demo
from tests.tui.sitting import sitting

pytestmark = pytest.mark.long
_NO_SCREEN = frozenset({"app.quit", "app.copy", "app.who", "app.theme", "app.save", "app.first-visit"})
_LISTS = 3
"""Of the verifiers: queue, plan, actions."""
_REPORTS = 7


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with who may see whom, made once."""
    return limited_demo(tmp_path_factory.mktemp("limited"))


@pytest.mark.parametrize("member", filter(None, ROLES))
async def test_no_screen_shows_a_learner_whom_somebody_may_not_see(limited: Path, tmp_path: Path, member: str) -> None:
    hidden = hidden_words(limited, tmp_path / "looking", member)
    assert hidden
    seen_on: dict[str, list[str]] = {}

    def look(where: str, text: str) -> None:
        if shown := [each for each in hidden if each in text]:
            seen_on[where] = shown

    async with sitting(tmp_path, member=member, size=(160, 60), make=lambda path: copytree(limited, path)) as at:
        await at.settled()
        look("caseload", at.text)
        for command in _opening():
            await at.app.action_do(command.id)
            await at.settled()
            look(command.id, at.text)
            for turn in range(_REPORTS if command.id == "area.reports" else _LISTS):
                await at.press("tab")
                await at.settled()
                look(f"{command.id} {turn}", at.text)
            while len(at.app.screen_stack) > 1 and at.app.screen is not at.app.caseload:
                await at.app.pop_screen()
            await at.settled()
    assert seen_on == {}


def _opening() -> list[type[Command[MarkTermApp]]]:
    """The commands of the app that show something; `without_key` has loaded what is in the palette alone."""
    assert without_key()
    return [each for each in MarkTermApp.DOES if each.id not in _NO_SCREEN]
