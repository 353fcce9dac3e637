"""Once every key is another one, no text on the screens names a key that was."""

from __future__ import annotations

import re
from itertools import chain, combinations, product
from pathlib import Path

import pytest

import markterm.tui
from markterm.tui.command import key_of, keys_together
from markterm.tui.keymap import keymap_of
from markterm.tui.requests import OpenLearner
from markterm.tui.settings import KEYS_FILE
from tests.test_screen_wording import texts
from tests.tui.sitting import Sitting, sitting
from tests.tui.test_by_task import with_an_assignment
from tests.tui.test_keys_and_settings import with_keys

IDS = sorted({binding.id for bindings in keys_together() for binding in bindings if binding.id})
_HOLDABLE = ("ctrl", "alt", "shift", "meta", "super", "hyper")
HELD = tuple("".join(f"{key}+" for key in held) for count in range(4) for held in combinations(_HOLDABLE, count))
MOVED = dict(
    zip(
        IDS,
        (f"{held}f{n}" for held, n in product(HELD, range(1, 25))),
        strict=False,
    )
)
SEEN = (
    "Caseload",
    "Marking",
    "Across",
    "Feedback",
    "Editing",
    "Writing",
    "Bank",
    "Choice",
    "Reading",
    "Page",
    "Several",
    "FindAll",
)
BY_HAND = re.compile(
    # Named keys, what is held, one sign before a word that says what it does, and several keys in a line of keys.
    r"\b(?:[Ee]sc|Enter|Space|Tab|PgUp|PgDn|Page Up|Page Down)\b|\^[A-Z]\b|\bctrl\+[a-z]\b"
    r"|(?<![\w’'])(?![aAI] )[A-Za-z?\[\]](?: (?:and|or) [A-Za-z\[\]])? (?!criteria|is\b|was\b)[a-z]{2,}s\b(?! of)"
    r"|(?:^|· )(?![aAI] )(?:[A-Za-z\[\]] ){1,2}[a-z]+"
)


@pytest.mark.parametrize(
    "said",
    [
        "Esc leaves",
        "It is closed. F reopens it.",
        "p passes it",
        "p or r decides it now",
        "[ and ] change the file",
        "^N new line",
        "ctrl+f finds",
        "Leave · n N change",
    ],
)
def test_what_names_a_key_is_told_from_what_does_not(said: str) -> None:
    assert BY_HAND.search(said)
    assert not BY_HAND.search("A unit is closed. I saw 2 cups; a cup passes, the learner's notes too · what is left")


def test_no_text_of_the_screens_names_a_key_by_hand() -> None:
    package = Path(markterm.tui.__file__).parent
    named = [
        f"{path.relative_to(package)}:{line}: {text}"
        for path in sorted(package.rglob("*.py"))
        for line, text in texts(path)
        if " " in text and "{ " not in text and BY_HAND.search(text)
    ]
    assert named == []


class Walk:
    """Somebody at the screen who presses the keys that commands have now, and reads all that is told."""

    def __init__(self, at: Sitting) -> None:
        self.at = at
        self.read: list[str] = []
        self.screens: set[str] = set()

    async def do(self, *names: str) -> None:
        """Press the keys of these commands."""
        for name in names:
            await self.at.press(MOVED[name])
            await self.at.settled()
            self.read += [*self.at.lines, *self.at.told]
            self.screens.add(type(self.at.app.screen).__name__)

    def old_keys(self) -> list[str]:
        return [line.strip() for line in dict.fromkeys(self.read) if BY_HAND.search(line)]


def test_every_command_can_have_another_key_at_once() -> None:
    assert len(MOVED) == len(IDS)
    assert keymap_of(dict(MOVED), keys_together()) == (MOVED, [])


@pytest.mark.long
async def test_with_every_key_moved_the_screens_are_walked_and_no_text_names_an_old_one(tmp_path: Path) -> None:
    await with_keys(tmp_path, KEYS_FILE, "".join(f'"{name}" = "{key}"\n' for name, key in MOVED.items()))
    async with sitting(tmp_path, size=(160, 150), make=with_an_assignment) as at:
        walk = Walk(at)
        assert at.told == []
        await walk.do("app.keys", "help.leave", "app.settings", "choice.leave", "app.who", "who.leave")
        await walk.do("caseload.filter")
        await at.type("nobody of that name")
        await walk.do("filter.keep", "caseload.clear", "caseload.across", "choice.choose", "choice.choose")
        await walk.do("app.keys", "help.leave", "across.leave", "caseload.down", "caseload.up", "caseload.open")
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await walk.do("app.keys", "help.leave", "mark.note", "writing.bank", "bank.leave")
        assert f"{key_of('writing.leave')} keeps draft" in at.text
        await walk.do("writing.leave", "mark.bank", "bank.leave", "evidence.files", "choice.leave")
        await walk.do("find.all", "found.leave", "find.start", "find.end", "evidence.citation", "evidence.reference")
        await walk.do("evidence.outline", "choice.leave", "evidence.cite", "evidence.differences", "difference.leave")
        await walk.do("mark.history", "reading.leave", "mark.matrix", "map.leave", "criterion.go-to", "goto.leave")
        await walk.do("unit.submit", "choice.leave", "learner.declare", "choice.leave", "unit.close", "mark.pass")
        await walk.do("criterion.previous", "mark.withdraw", "writing.leave", "unit.feedback", "app.keys")
        await walk.do("help.leave", "feedback.edit", "editing.leave", "feedback.leave")
        await walk.do("task.brief", "mark.by-task", "task.brief", "page.leave", "task.pass", "pass.turn", "pass.leave")
        await walk.do("mark.next-open", "app.palette")
        assert walk.old_keys() == []
        assert walk.screens >= {f"{name}Screen" for name in SEEN} | {"CommandPalette"}
        assert {key_of("mark.pass"), key_of("caseload.clear")} <= set(chain(*(line.split() for line in walk.read)))
