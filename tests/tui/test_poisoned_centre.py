"""Every screen, on a centre whose every text holds what a terminal obeys: nothing of it is drawn."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from shutil import copytree

import pytest
from textual.screen import Screen

from markterm import tui
from markterm.domain.words.foreign_text import one_line
from markterm.tui.alike.screen import AlikeScreen
from markterm.tui.caseload.receiving_screen import ReceivingScreen
from markterm.tui.caseload.register_screen import RegisterScreen
from markterm.tui.exporting.running import RunningScreen
from markterm.tui.requests import OpenLearner, OpenSample, ShowAlike, ShowMappings
from markterm.tui.standards.new_version import NewVersionScreen
from markterm.tui.verifying.not_agreed import not_agreed_form
from tests.centres import adopt_a_plan
from tests.poisoned import OBEYED, POISON, REFERRED, poisoned_demo
from tests.standards import NEW, OLD, add_standard
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

VERIFIED = "EZE2765"
_ON_A_LEARNER: tuple[tuple[str, ...], ...] = (
    *(
        ("j",),
        ("l",),
        ("escape", "m"),
        ("escape", "g"),
        ("escape", "n"),
        ("escape", "r"),
        ("escape", "b"),
        ("escape", "u"),
    ),
    *(("escape", "D"), ("enter",), ("escape", "escape", "S"), ("escape", "d"), ("w",), ("escape", "f"), ("tab",)),
    *(("enter",), ("escape", "escape", "F"), ("escape", "E"), ("escape", "o"), ("escape", "h"), ("escape", "t")),
    *(
        ("T",),
        ("escape", "P"),
        ("escape", "C"),
        ("escape", "ctrl+f"),
        ("c", "o"),
        ("escape", "u"),
        ("U",),
        ("escape", "question_mark"),
    ),
    *(
        ("escape", "M"),
        ("escape", "O"),
        ("escape", "Z"),
        ("escape", "e"),
        ("enter",),
        ("tab", "enter"),
        ("comma",),
        ("end", "k", "k", "k", "enter"),
        ("enter",),
        ("escape",),
        ("escape", "1"),
    ),
)
_ON_A_TASK = (("t",), ("T",), ("escape", "P"), ("escape",))
"""At one size, of who is marked by tasks: the rest shows what it shows of the other learner."""
_ON_THE_CASELOAD: tuple[tuple[str, ...], ...] = (
    (),
    ("slash", "s"),
    ("escape", "h"),
    ("escape", "B"),
    ("escape", "question_mark"),
    ("escape", "W"),
    ("escape", "3"),
    *(("tab",), ("w",), ("escape", "g"), ("escape", "P"), ("j",), ("escape",)),
    ("tab",),
    ("4",),
    ("enter",),
    ("q", "n"),
    ("escape", "tab", "tab", "tab", "enter"),
    ("tab", "enter"),
    ("tab", "enter"),
    ("tab", "u"),
    ("escape", "C"),
    *(("enter",), ("escape", "f"), ("escape", "t"), ("escape", "slash", "a"), ("escape", "c")),
    ("1",),
)
_AS_A_VERIFIER: tuple[tuple[str, ...], ...] = (
    *((), ("x",), ("escape", "F"), ("escape", "q"), ("3",), ("m",), ("f",), ("tab", "tab"), ("f",)),
    *(("a",), ("escape", "x"), ("escape", "r"), ("escape", "h"), ("escape", "d"), ("escape",)),
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The poisoned demo, made once."""
    return poisoned_demo(tmp_path_factory.mktemp("poisoned"), datetime(2026, 6, 7, 21, 30, tzinfo=UTC))


def assert_nothing_obeyed(at: Sitting, seen: set[str]) -> None:
    """Nothing that stands on the screen is obeyed or overlooked, its title and what it told in passing among it."""
    seen.add(type(at.app.screen).__name__)
    for text in (at.app.title, at.app.sub_title, *at.told, *at.lines):
        assert not OBEYED.search(str(text)), (type(at.app.screen).__name__, ascii(text))


@pytest.mark.long
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_no_screen_shows_what_a_terminal_obeys(poisoned: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    seen: set[str] = set()
    async with sitting(tmp_path, size=size, make=lambda path: copytree(poisoned, path)) as at:
        adopt_a_plan(at.as_other("ines"))
        for keys in _ON_THE_CASELOAD:
            await at.press(*keys)
            assert_nothing_obeyed(at, seen)
        for registration, pressed in (
            (REFERRED, _ON_A_LEARNER),
            ("SOR4415", _ON_A_TASK if size == NARROW else _ON_A_LEARNER),
        ):
            await at.app.answer(OpenLearner(registration))
            await at.opened(registration)
            for keys in pressed:
                await at.press(*keys)
                assert_nothing_obeyed(at, seen)
        await at.app.answer(OpenLearner(VERIFIED))
        await at.opened(VERIFIED)
        for key in ("V", "d", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        for key in ("Y", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.answer(ShowMappings())
        await at.settled()
        assert_nothing_obeyed(at, seen)
        for key in ("enter", "J", "K", "f", "n", "escape", "u", "q"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.answer(OpenLearner(REFERRED))
        await at.opened(REFERRED)
        at.app.centre.member = at.app.centre.details.named("ines")
        await at.app.answer(OpenSample(VERIFIED, "8580-501"))
        await at.settled()
        for keys in _AS_A_VERIFIER:
            await at.press(*keys)
            assert_nothing_obeyed(at, seen)
        await at.app.answer(ShowAlike())
        await at.until(lambda: isinstance(at.app.screen, AlikeScreen) and at.app.screen.pair is not None)
        for keys in (("tab", "end"), ("c", "escape"), ("u", "escape"), ("c", "down", "enter"), ("escape", "escape")):
            assert_nothing_obeyed(at, seen)
            await at.press(*keys)
        # Of a record that does not verify nothing is answered: what would be asked is shown all the same.
        told = "pasted \x1b]0;x\x07 \u202e \x9b31m"
        form = not_agreed_form(one_line(told), told, told, date(2026, 3, 16), _saves_nothing, lambda _: True)
        await at.app.push_screen(form)
        await at.settled()
        assert_nothing_obeyed(at, seen)
        await at.press("escape")
        at.app.centre.member = at.app.centre.details.named("asha")
        await at.press("2")
        await at.paste("pasted \x1b]0;x\x07 \u202e \x9b31m")
        assert_nothing_obeyed(at, seen)
        await at.press("escape")
        for name in ("app.recent", "app.signing-keys", "app.first-visit", "app.backup"):
            await at.app.action_do(name)
            await at.settled()
            assert_nothing_obeyed(at, seen)
            await at.press("escape")
        for keys in (("X",), ("enter",), ("enter",), ("escape", "X", "enter", "enter")):
            await at.press(*keys)
            await at.until(lambda: not isinstance(at.app.screen, RunningScreen) or at.app.screen.written is not None)
            assert_nothing_obeyed(at, seen)
        await at.press("escape", "escape", "escape")
        await at.app.action_do("app.standardisation")
        await at.settled()
        for key in ("enter", "left_square_bracket", "j", "escape", "end", "enter", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.action_do("app.retention")
        for key in ("enter", "escape", "j", "h", "escape", "space", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.action_do("app.standards")
        await at.settled()
        for key in ("enter", "enter", "escape", "l", "m", "j", "m", "n", "escape", "u", "escape", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        (at.folder / "framework.txt").write_text(f"Knowledge\nK1: Tea{told}\nSkills\nS1: Pour{told}\n", "utf-8")
        await at.app.action_do("app.standards")
        await at.settled()
        await at.press("i", *"framework", "full_stop", *"txt", "tab", *"X1", "enter")
        await at.settled()
        assert_nothing_obeyed(at, seen)
        await at.press("escape", "escape")
        standards = at.app.centre.published_standards
        for version in ("1", "2"):
            (at.folder / "framework.txt").write_text(f"Knowledge\nK1: Tea {version}{told}\n", "utf-8")
            standards.keep([standards.read(at.folder / "framework.txt", "X1", version)])
        await at.app.push_screen(NewVersionScreen(at.app.centre, "X1", "1", "2"))
        await at.settled()
        for key in ("j", "enter", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        register = at.folder / "register.csv"
        register.write_text(f"ENR,Name,{told}\nP1,Ann{told},\n{told},Bo,x\n{REFERRED},{told},\n", "utf-8")
        registering = at.app.centre.registering
        await at.app.push_screen(RegisterScreen(at.app.centre, registering.read(register)))
        await at.settled()
        for key in ("j", "j", "f", "question_mark", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        for name, sheet in (("TEA01", OLD), ("TEA01-2", NEW)):
            add_standard(at.folder, re.sub(r"(?m)^((?:# |- ).*)$", rf"\1{POISON}", sheet), name=name)
        at.app.centre.sheets.forget()
        await at.app.push_screen(NewVersionScreen(at.app.centre, "TEA01", "1.0", "2.0"))
        await at.settled()
        assert "TEA01 (2.0)" in at.text
        for key in ("enter", "escape", "space", "c", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        came_in = tmp_path / "came in"
        came_in.mkdir()
        (came_in / f"{REFERRED} {one_line(told)}.md").write_text(told, "utf-8")
        (came_in / f"{told.replace(chr(0), '')}.md").write_text(told, "utf-8")
        await at.app.push_screen(ReceivingScreen(at.app.centre, [came_in]))
        await at.settled()
        assert "2 files" in at.text
        for key in ("j", "t", "escape", "f", "l", "escape", "enter", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.action_do("app.visits")
        for key in ("enter", "escape", "j", "enter", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.action_do("app.portfolio-index")
        for key in ("j", "enter", "escape", "f", "s", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.action_do("app.profiles")
        for key in ("enter", "escape", "c", "escape", "e", "escape", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.action_do("app.badges")
        for key in ("f", "j", "a", "escape", "i", "escape", "r", "escape", "w", "escape"):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
        await at.app.action_do("app.development")
        for key in (
            "j",
            "enter",
            "escape",
            "t",
            "escape",
            "n",
            "escape",
            "d",
            "f",
            "s",
            "escape",
            "w",
            "escape",
            "escape",
        ):
            await at.press(key)
            assert_nothing_obeyed(at, seen)
    assert _screens() - seen == {"HashingScreen"}, (
        "which comes only when a disk is slow, and says numbers and a name of a file"
    )


async def _saves_nothing(_: str, __: object) -> None:
    """Nothing is to be saved."""


def _screens(of: type[Screen[object]] = Screen) -> set[str]:
    """The screens of MarkTerm that are shown, and not only the ground of others."""
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    every = {each for each in _below(of) if each.__module__.startswith("markterm.")}
    return {
        each.__name__ for each in every if not any(each is not other and issubclass(other, each) for other in every)
    }


def _below(of: type[Screen[object]]) -> set[type[Screen[object]]]:
    return {each for child in of.__subclasses__() for each in (child, *_below(child))}
