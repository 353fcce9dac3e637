"""Every key has a name and says what it does, and can be changed; settings are kept."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from markterm.tui.app import MarkTermApp
from markterm.tui.caseload.screen import CaseloadScreen
from markterm.tui.evidence.find_all import FindAllScreen
from markterm.tui.evidence.page import EvidencePage
from markterm.tui.evidence.pane import EvidencePane
from markterm.tui.marking.screen import MarkingScreen
from markterm.tui.person.settings_list import SWITCHES, WIDTHS
from markterm.tui.settings import (
    KEYS_FILE,
    SETTINGS_FILE,
    OwnSettings,
    Settings,
    load_keys,
    load_settings,
    save_settings,
)
from markterm.tui.theme import DEFAULT_THEME, OFFERED
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.several import SeveralScreen
from markterm.tui.widgets.text_pane import TextPane
from markterm.tui.widgets.writing import WritingScreen
from tests.centres import UNITS, add_learner, places_in
from tests.tui.sitting import WIDE, Sitting, sitting

SCREENS: list[tuple[type[DOMNode], ...]] = [
    (MarkTermApp, CaseloadScreen, LineList),
    (MarkTermApp, MarkingScreen, CriteriaList, LineList, EvidencePage, EvidencePane, TextPane),
    (FindAllScreen,),
    (SeveralScreen,),
    (WritingScreen,),
    (ChoiceScreen, LineList),
    (ReadingScreen,),
]
EVERYTHING = tuple(dict.fromkeys(node for nodes in SCREENS for node in nodes))
# What arrows and page keys do in a list or a text says itself.
PLAIN = re.compile(r"list\.|text\.|criteria\.page|evidence\.(up|down|page_up|page_down|home|end)$")


def _bindings(*nodes: type[DOMNode]) -> list[Binding]:
    found = []
    for node in nodes:
        for binding in node.BINDINGS:
            assert isinstance(binding, Binding)
            found.append(binding)
    return found


@pytest.mark.parametrize("node", EVERYTHING, ids=lambda node: node.__name__)
def test_every_binding_has_an_id_and_says_what_it_does(node: type[DOMNode]) -> None:
    for binding in _bindings(node):
        assert binding.id, binding
        assert re.fullmatch(r"[a-z]+\.[a-z_-]+", binding.id)
        assert binding.tooltip or PLAIN.match(binding.id), binding.id


@pytest.mark.parametrize("nodes", SCREENS, ids=lambda nodes: nodes[-1].__name__)
def test_ids_are_told_apart_on_every_screen(nodes: tuple[type[DOMNode], ...]) -> None:
    ids = [binding.id for binding in _bindings(*nodes)]
    assert sorted(set(ids), key=str) == sorted(ids, key=str)


@pytest.mark.parametrize("nodes", SCREENS, ids=lambda nodes: nodes[-1].__name__)
def test_every_action_exists(nodes: tuple[type[DOMNode], ...]) -> None:
    for binding in _bindings(*nodes):
        name = binding.action.partition("(")[0].rpartition(".")[2]
        owners = (*nodes, MarkTermApp)
        assert any(hasattr(node, f"action_{name}") for node in owners) or name in ("dismiss", "choose"), binding


@pytest.mark.parametrize("learner", ["", "AAA1"], ids=["caseload", "marking"])
async def test_help_lists_every_binding_of_the_screen(tmp_path: Path, learner: str) -> None:
    async with sitting(tmp_path, size=(99, 200), learner=learner) as at:
        screen = at.app.screen
        await at.press("question_mark")
        text = " ".join(at.text.replace("│", " ").split())
        for binding in _bindings(type(screen), MarkTermApp):
            if binding.id in ("find.next", "find.previous", "find.keep", "filter.keep"):
                continue  # They work while something is looked for.
            if binding.id in ("evidence.stop", "evidence.read-on"):
                continue  # They work while files are read for the first time, and when that was stopped.
            if binding.id == "evidence.take-new":
                continue  # It works when files came or changed meanwhile.
            if binding.id == "caseload.pick":
                continue  # An external quality assurer picks, and nobody else.
            assert binding.tooltip in text
            # The list of criteria hands its page keys on, under names of its own.
            assert str(binding.id).replace("evidence.page", "criteria.page") in text


async def with_keys(tmp_path: Path, file: str, text: str | bytes) -> None:
    folder = tmp_path / "own" / "config" / "markterm"
    folder.mkdir(parents=True)
    (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.long
async def test_a_key_can_be_changed_and_help_and_the_last_line_show_it(tmp_path: Path) -> None:
    await with_keys(tmp_path, KEYS_FILE, '"mark.pass" = "x"\n[mark]\nnote = "f7"\n')
    async with sitting(tmp_path, size=(120, 100), learner="AAA1") as at:
        assert not at.told
        assert " x pass" in at.lines[-1]
        await at.press("p")
        assert at.events() == ()
        await at.press("x")
        assert at.decided() == ["1.1 pass"]
        await at.press("question_mark")
        assert re.search(r"x +Pass this criterion", at.text)
        assert re.search(r"f7 +Write a note", at.text)
        await at.press("escape", "f7")
        assert "Note on T-101 1.2" in at.text


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "text"),
    [
        (KEYS_FILE, '"mark.pass = "x"\n'),
        (KEYS_FILE, b"\xff\xfe\x00"),
        (SETTINGS_FILE, "theme = \n"),
        (SETTINGS_FILE, "x = " + "[" * 100_000),
    ],
)
async def test_a_broken_file_of_settings_is_left_out_and_told(tmp_path: Path, file: str, text: str | bytes) -> None:
    await with_keys(tmp_path, file, text)
    async with sitting(tmp_path, learner="AAA1") as at:
        assert any(f"{file} is left out" in told for told in at.told)
        await at.press("p")
        assert at.decided() == ["1.1 pass"]


async def test_names_that_no_key_has_and_keys_given_twice_are_told(tmp_path: Path) -> None:
    await with_keys(tmp_path, KEYS_FILE, '"mark.pas" = "x"\n"mark.pass" = "r"\n"mark.refer" = 3\n"[red]x[/y]" = "q"\n')
    async with sitting(tmp_path) as at:
        assert any("mark.pas is not the name of a command; mark.pass is one." in told for told in at.told)
        assert any("That is neither a key nor a list of keys: mark.refer keeps r." in told for told in at.told)
        assert any("r is the key of mark.pass and mark.refer: both keep what they had." in told for told in at.told)


async def _choose(at: Sitting, words: str) -> None:
    await at.press("comma")
    for _ in range(20):
        if any("▸" in line and words in line for line in at.lines):
            break
        await at.press("j")
    await at.press("enter")


@pytest.mark.long
async def test_the_settings_are_changed_by_keys_and_kept(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _choose(at, "Move to the next open criterion after a mark: yes")
        assert "after a mark: no" in at.text
        await at.press("escape", "p")
        assert at.at == "T-101 1.1"
        await _choose(at, "Theme markterm-light")
        assert at.app.theme == "markterm-light"
    own = at.places.settings
    assert load_settings(own) == Settings("markterm-light", move_on=False)
    async with sitting(tmp_path, learner="AAA1") as at:
        assert at.app.theme == "markterm-light"
        await at.press("r")
        await at.type("cold")
        await at.press("enter")
        assert at.at == "T-101 1.2"


@pytest.mark.long
async def test_the_one_who_marks_can_be_changed(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _choose(at, "Who is marking: asha")
        await at.press("down", "enter", "p")
        assert at.events()[-1].actor == "ben"


@pytest.mark.long
async def test_a_setting_says_what_it_means_and_where_it_is_kept(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("comma")
        assert "A pass or a referral goes on by itself" in at.text
        assert "Kept in" in at.text
        await at.press("j")
        assert "brings the evidence to the first passage" in at.text
        assert "Enter chooses" in at.text


def test_every_setting_has_a_line() -> None:
    assert {"theme", *SWITCHES, *WIDTHS} == {field.name for field in fields(Settings)}


@pytest.mark.long
async def test_a_key_is_changed_at_the_screen_and_works_at_once(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _choose(at, "Keys…")
        await at.type("mark.pass")
        await at.press("enter", "r")
        assert any("r is the key of mark.pass and mark.refer" in told for told in at.told)
        assert not (at.places.settings / KEYS_FILE).exists()
        await at.press("enter", "escape", "enter", "x")
        assert re.search(r"▸ \* x +Pass this criterion", at.text)
        assert load_keys(at.places.settings) == {"mark.pass": "x"}
        await at.press("escape", "p", "x")
        assert at.decided() == ["1.1 pass"]


@pytest.mark.long
async def test_a_key_is_as_it_came_again(tmp_path: Path) -> None:
    await with_keys(tmp_path, KEYS_FILE, '# mine\n"mark.pass" = "x"  # easier\n')
    async with sitting(tmp_path, learner="AAA1") as at:
        await _choose(at, "Keys…")
        await at.type("pass this criterion")
        await at.press("ctrl+r", "escape", "p")
        assert at.decided() == ["1.1 pass"]
        assert (at.places.settings / KEYS_FILE).read_text("utf-8") == "# mine\n# easier\n"


@pytest.mark.long
async def test_every_theme_of_ours_can_be_worn(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        for theme in OFFERED:
            at.app.theme = theme
            await at.settled()
            assert "Boil the water" in at.text


async def test_a_theme_that_is_not_offered_is_said_and_left_in_the_settings(tmp_path: Path) -> None:
    await with_keys(tmp_path, SETTINGS_FILE, 'theme = "nord"\n')
    async with sitting(tmp_path, size=WIDE) as at:
        assert at.app.theme == DEFAULT_THEME
        assert "there is no theme nord; it is markterm-dark now" in at.text
        assert (at.places.settings / SETTINGS_FILE).read_text("utf-8") == 'theme = "nord"\n'
        at.app.theme = "markterm-light"
        await at.settled()
        assert load_settings(at.places.settings).theme == "markterm-light"


@pytest.mark.parametrize("settings", [Settings(), Settings("nord", False), Settings('odd "name"\\ \x01\n漢', True)])
def test_settings_are_read_as_they_were_kept(tmp_path: Path, settings: Settings) -> None:
    save_settings(tmp_path / "new" / "folder", settings)
    assert load_settings(tmp_path / "new" / "folder") == settings


def test_settings_that_are_missing_unknown_or_of_another_type_are_as_they_come(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    (tmp_path / SETTINGS_FILE).write_text('theme = 3\nmove_on = "no"\nelse = true\n', "utf-8")
    assert load_settings(tmp_path) == Settings()


def test_a_setting_that_changes_leaves_everything_else_in_the_file(tmp_path: Path) -> None:
    text = '# mine\nof_a_newer_one = [1]\ntheme = "nord" # dark\n\n[more]\nx = 1\n'
    (tmp_path / SETTINGS_FILE).write_text(text, "utf-8")
    own, other = OwnSettings(tmp_path), OwnSettings(tmp_path)
    own.change(replace(own.now, theme="dracula"))
    other.change(replace(other.now, move_on=False))
    changed = text.replace("nord", "dracula").replace("\n\n[more]", "\n\nmove_on = false\n[more]")
    assert (tmp_path / SETTINGS_FILE).read_text("utf-8") == changed


def test_a_file_of_settings_that_cannot_be_read_is_left_to_be_mended(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text("# mine\ntheme = [\n", "utf-8")
    own = OwnSettings(tmp_path)
    own.change(replace(own.now, theme="nord"))
    assert own.now.theme == "nord"
    assert (tmp_path / SETTINGS_FILE).read_text("utf-8") == "# mine\ntheme = [\n"


async def test_a_value_that_is_not_taken_is_told_and_stays_in_the_file(tmp_path: Path) -> None:
    settings = places_in(tmp_path / "own").settings
    settings.mkdir(parents=True)
    text = 'theme = "of a newer one"\nmove_on = "maybe"\n'
    (settings / SETTINGS_FILE).write_text(text, "utf-8")
    async with sitting(tmp_path) as at:
        told = "\n".join(at.told)
        assert "there is no theme of a newer one; it is markterm-dark now" in told
        assert "move_on is true or false" in told
    assert (settings / SETTINGS_FILE).read_text("utf-8") == text


def test_keys_are_read_from_tables_and_dotted_names(tmp_path: Path) -> None:
    (tmp_path / KEYS_FILE).write_text('"mark.pass" = "x"\nmark.note = "f7"\n[find]\nnext = "N"\nodd = 3\n', "utf-8")
    assert load_keys(tmp_path) == {"mark.pass": "x", "mark.note": "f7", "find.next": "N", "find.odd": 3}


def test_settings_that_cannot_be_kept_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    save_settings(tmp_path / "file" / "folder", Settings())


@pytest.mark.long
async def test_a_filter_longer_than_its_field_shows_its_end(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("slash")
        await at.type("abcdefghij" * 12 + "the end")
        assert any(line.endswith("the end") for line in at.lines)
        await at.press("home")
        assert any(line.lstrip().startswith("abcdefghij") for line in at.lines)


def test_what_a_terminal_obeys_in_the_users_own_files_is_seen(tmp_path: Path) -> None:
    (tmp_path / KEYS_FILE).write_text('"mark.\\u001b[31mpass" = "x\\u202e"\n', "utf-8")
    assert load_keys(tmp_path) == {"mark.␛[31mpass": "x⇄"}


async def test_looking_again_takes_new_sheets_and_new_learners(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        add_learner(at.folder, "DDD4", "Kofi Mensah", units="[T-103]")
        sheet = UNITS["T-102"].replace("T-102", "T-103").replace("Washing Up", "Drying Up")
        (at.folder / "mark_sheets" / "units" / "T-103.md").write_text(sheet, "utf-8")
        await at.press("ctrl+r")
        await at.until(lambda: "Kofi Mensah" in at.text and "103·" in at.text)
        assert any("The mark sheets changed" in told for told in at.told)


async def test_no_key_behind_the_one_for_the_settings_is_obeyed_below_them(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.app.arrivals.waits = 0
        await at.burst("comma", "p")
        assert isinstance(at.app.screen, ChoiceScreen)
        assert at.decided() == []
