"""Whatever keys a user wants, every command can still be reached, and what is not taken is said."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

import markterm.tui
from markterm.tui.command import keys_together, without_key
from markterm.tui.keymap import is_key, keymap_of
from markterm.tui.keys_together import TOGETHER

EVERYTHING = keys_together()
OWN = {binding.id: binding.key for bindings in EVERYTHING for binding in bindings if binding.id}
KEYS = ["a", "p", "N", "slash", "?", "ctrl+f", "ctrl+k", "f5", "space", "up", "enter", "escape", "alt+x", "shift+tab"]
TABLE = [
    [
        Binding("p", "a", id="mark.pass"),
        Binding("r", "b", id="mark.refer"),
        Binding("n", "c", id="mark.note"),
        Binding("n,down", "d", id="find.next"),
        Binding("enter", "e", id="find.keep", priority=True),
    ]
]
TABLES_KEYS = {binding.id: binding.key for binding in TABLE[0]}


def taken(wanted: dict[str, object]) -> dict[str, str]:
    """The keys that differ from ours with these wanted."""
    keymap, _ = keymap_of(wanted, TABLE)
    return {name: keys for name, keys in keymap.items() if keys != TABLES_KEYS[name]}


def said(wanted: dict[str, object]) -> list[str]:
    return [str(each) for each in keymap_of(wanted, TABLE)[1]]


def reached(keymap: dict[str, str], bindings: list[Binding]) -> dict[str, set[str]]:
    """The keys by which Textual reaches each command with that keymap."""
    there = BindingsMap(bindings)
    there.apply_keymap(keymap)
    found: dict[str, set[str]] = {}
    for key, each in there:
        found.setdefault(each.id or "", set()).add(key)
    return found


def test_every_class_of_the_screens_that_has_keys_is_in_the_registry() -> None:
    named = {name for names in TOGETHER for name in names}
    for module in pkgutil.walk_packages(markterm.tui.__path__, "markterm.tui."):
        for name, each in vars(importlib.import_module(module.name)).items():
            if isinstance(each, type) and issubclass(each, DOMNode) and each.__module__ == module.name:
                assert not vars(each).get("BINDINGS") or f"{module.name}:{name}" in named, each


def test_every_id_can_be_changed() -> None:
    for name in OWN:
        its = [bindings for bindings in EVERYTHING if any(each.id == name for each in bindings)]
        keymap, problems = keymap_of({name: "f12"}, its)
        assert (keymap[name], problems) == ("f12", []), name


@pytest.mark.long
@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(OWN)), st.lists(st.sampled_from(KEYS), min_size=1, max_size=2)))
def test_for_any_keymap_every_command_has_a_key_and_no_two_that_work_together_share_one(
    wanted: dict[str, object],
) -> None:
    keymap, _ = keymap_of(wanted, EVERYTHING)
    for bindings in EVERYTHING:
        now = reached(keymap, bindings)
        for each in bindings:
            keys = keymap.get(each.id or "", each.key).split(",")
            assert now[each.id or ""] == set(keys)
        before = [(each.id or "", set(each.key.split(","))) for each in bindings]
        on_a_key: dict[str, list[tuple[str, set[str]]]] = {}
        for name, keys_before in before:
            for key in now[name]:
                on_a_key.setdefault(key, []).append((name, keys_before))
        for each_key, those in on_a_key.items():
            for (one, its_keys), (another, other_keys) in combinations(those, 2):
                assert its_keys & other_keys, (each_key, one, another)


def test_a_key_is_moved_and_what_shares_the_old_one_keeps_it() -> None:
    assert taken({"mark.note": "z"}) == {"mark.note": "z"}
    keymap, _ = keymap_of({"mark.note": "z"}, TABLE)
    assert reached(keymap, TABLE[0])["find.next"] == {"n", "down"}


def test_without_a_change_there_is_no_keymap() -> None:
    assert keymap_of({}, TABLE) == ({}, [])
    assert keymap_of({"mark.note": "n", "find.next": ["n", "down"]}, TABLE) == ({}, [])


def test_two_commands_can_swap_their_keys() -> None:
    assert taken({"mark.pass": "r", "mark.refer": "p"}) == {"mark.pass": "r", "mark.refer": "p"}
    assert said({"mark.pass": "r", "mark.refer": "p"}) == []


def test_a_command_can_have_several_keys() -> None:
    assert taken({"mark.pass": ["x", "/"]}) == {"mark.pass": "x,slash"}
    assert taken({"mark.pass": "x, f5,x"}) == {"mark.pass": "x,f5"}
    assert taken({"mark.pass": ","}) == {"mark.pass": "comma"}


def test_of_two_commands_on_one_key_both_keep_what_they_had() -> None:
    assert taken({"mark.pass": "r"}) == {}
    assert said({"mark.pass": "r"}) == ["r is the key of mark.pass and mark.refer: both keep what they had."]
    assert taken({"mark.pass": "x", "mark.refer": "x", "mark.note": "y"}) == {"mark.note": "y"}


def test_what_is_taken_back_may_take_another_back() -> None:
    # pass and note want one key; pass goes back to p, which refer wanted.
    assert taken({"mark.pass": "x", "mark.note": "x", "mark.refer": "p"}) == {}
    assert len(said({"mark.pass": "x", "mark.note": "x", "mark.refer": "p"})) == 2


def test_what_shared_a_key_before_may_share_another() -> None:
    assert taken({"mark.note": "z", "find.next": "z"}) == {"mark.note": "z", "find.next": "z"}


def test_an_unknown_name_is_said_with_the_nearest() -> None:
    assert said({"mark.pas": "x"}) == ["mark.pas is not the name of a command; mark.pass is one."]
    assert said({"banana": "x"}) == ["banana is not the name of a command."]
    (told,) = keymap_of({"mark.settle-sheet": "x"}, EVERYTHING, without_key())[1]
    assert str(told) == "mark.settle-sheet stands in the palette alone: it has no key."


@pytest.mark.parametrize("value", ["", "ctrl+shift+banana", "banana", "ctrl+", 3, [], [3], ["p", ""], {}, True])
def test_what_is_no_key_is_said_and_the_command_keeps_its_own(value: object) -> None:
    assert taken({"mark.pass": value}) == {}
    (told,) = said({"mark.pass": value})
    assert told.endswith("mark.pass keeps p.")


def test_a_key_that_is_called_otherwise_is_said_with_the_nearest() -> None:
    assert said({"mark.pass": "Esc"}) == ["Esc is not a key; escape is one: mark.pass keeps p."]
    assert said({"mark.pass": "PgUp"}) == ["PgUp is not a key; pageup is one: mark.pass keeps p."]


def test_what_is_obeyed_while_one_writes_has_no_key_that_writing_needs() -> None:
    for key in ("x", "space", "left", "backspace"):
        assert said({"find.keep": key}) == [f"{key} is needed for writing: find.keep keeps enter."]
    assert taken({"find.keep": "ctrl+g"}) == {"find.keep": "ctrl+g"}
    assert taken({"mark.pass": "left"}) == {"mark.pass": "left"}


def test_a_problem_names_what_stands_in_the_file() -> None:
    reference = [[Binding("e", "reference", id="evidence.reference")]]
    assert keymap_of({"evidence.claim": "w"}, reference) == ({"evidence.reference": "w"}, [])
    (problem,) = keymap_of({"evidence.claim": "banana"}, reference)[1]
    assert problem.names == ("evidence.claim",)


def test_a_key_is_what_a_terminal_sends() -> None:
    for key in ("p", "F", "é", "slash", "f12", "escape", "ctrl+f", "alt+enter", "shift+tab", "ctrl+shift+left"):
        assert is_key(key), key
    for key in ("shift+a", "ctrl+A", "ctrl+i", "ctrl+m", "ctrl+ctrl+a", "hold+a", "banana", "", "ctrl+", "Escape"):
        assert not is_key(key), key


@given(
    st.dictionaries(
        st.sampled_from(sorted(TABLES_KEYS, key=str)) | st.text(max_size=5),
        st.text(max_size=8) | st.lists(st.text(max_size=3), max_size=3) | st.integers() | st.lists(st.integers()),
        max_size=4,
    )
)
def test_whatever_stands_in_the_file_only_keys_are_taken(wanted: dict[str, object]) -> None:
    keymap, problems = keymap_of(wanted, TABLE)
    assert all(is_key(key) for keys in keymap.values() for key in keys.split(","))
    assert all(str(each) and set(each.names) <= set(wanted) for each in problems)
