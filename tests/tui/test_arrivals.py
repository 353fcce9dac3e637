"""Which keys are a paste: by when they arrived and by what they stand for, and by nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from markterm.tui.pasting.arrivals import LINE_ENDS, MANY, WINDOW, Arrivals

COMMANDS = frozenset("pruncjk")


def keys(text: str, apart: float = 0.0, begin: float = 100.0) -> list[Key]:
    """The keys of a text, so many seconds apart; ⏎ is Enter."""
    made = []
    for number, character in enumerate(text):
        key = Key("enter", "\r") if character == "⏎" else Key(character, character)
        key.time = begin + number * apart
        made.append(key)
    return made


def is_text(pressed: Sequence[Key]) -> bool:
    """Whether the first of them begins a paste."""
    arrivals = Arrivals()
    for key in pressed:
        arrivals.add(key)
    assert arrivals.is_due(pressed[0])
    return arrivals.is_text(pressed[0], lambda key: key.key in COMMANDS)


@pytest.mark.parametrize("text", ["Applied well", "was p", "pp as", "ppppppas", "on⏎ a"])
def test_five_keys_at_once_of_which_two_stand_for_nothing_are_text(text: str) -> None:
    assert is_text(keys(text))


def test_five_keys_just_within_the_window_are_a_burst_and_four_are_none() -> None:
    assert is_text(keys("was a", apart=0.95 * WINDOW / (MANY - 1)))
    assert not is_text(keys("was a", apart=1.1 * WINDOW / (MANY - 1)))


@pytest.mark.parametrize("text", ["ppj", "as", "yyyy", "pjpjpjpj", "pppppppp", "aaaaaaaa", "pjpjpa"])
def test_few_keys_commands_and_one_key_that_repeats_itself_are_obeyed(text: str) -> None:
    assert not is_text(keys(text))


def test_keys_that_a_person_pressed_are_no_paste_however_late_they_are_looked_at() -> None:
    assert not is_text(keys("was applied", apart=0.02))


def test_a_key_alone_before_a_paste_is_obeyed() -> None:
    assert not is_text([*keys("p"), *keys("Applied well", begin=100.0 + 2 * WINDOW)])


@given(text=st.text("pruncjkasxyz ", min_size=1, max_size=12), apart=st.sampled_from([0.0, 0.001, 0.003, 0.004, 0.02]))
def test_a_burst_is_text_exactly_when_it_is_long_mixed_and_strange(text: str, apart: float) -> None:
    burst = [each for number, each in enumerate(text) if number * apart <= WINDOW]
    strange = sum(each not in COMMANDS for each in burst)
    assert is_text(keys(text, apart, begin=0.0)) is (len(burst) >= MANY and len(set(burst)) > 1 and strange >= 2)


async def test_a_paste_is_taken_whole_also_in_pieces_and_nothing_behind_it() -> None:
    arrivals = Arrivals()
    pieces = [*keys("was⏎p"), *keys("p done", begin=100.2)]
    later = keys("p", begin=101.0)
    for key in (*pieces, *later):
        arrivals.add(key)
    assert arrivals.is_due(pieces[0])
    assert await arrivals.take(pieces[0]) == "was\npp done"
    assert [arrivals.is_due(key) for key in pieces[1:]] == [False] * (len(pieces) - 1)
    assert arrivals.is_due(later[0])


def line_end_is_text(before: Sequence[Key], behind: Sequence[Key], at: float = 100.0) -> bool:
    arrivals = Arrivals()
    end = Key("enter", "\r")
    end.time = at
    for key in (*before, end, *behind):
        arrivals.add(key)
    for key in before:
        assert arrivals.is_due(key)
    assert arrivals.is_due(end)
    return arrivals.is_line_end_of_paste(end)


@pytest.mark.parametrize(("before", "behind"), [("cold", ""), ("", "then"), ("co", "th"), ("The pot was cold.", "")])
def test_a_line_end_among_pasted_letters_belongs_to_them(before: str, behind: str) -> None:
    assert line_end_is_text(keys(before), keys(behind))


@pytest.mark.parametrize(("before", "behind"), [("", ""), ("c", "p"), ("col", ""), ("⏎⏎⏎⏎", "⏎"), ("c", "pp")])
def test_a_line_end_among_few_letters_ends_the_text(before: str, behind: str) -> None:
    assert not line_end_is_text(keys(before), keys(behind))


@pytest.mark.parametrize(("typed", "apart", "is_pasted"), [("F", 0.0, True), ("", 0.0, False), ("F", 0.01, False)])
def test_a_line_end_with_letters_at_once_behind_the_command_that_opened_the_field_ends_nothing(
    typed: str, apart: float, is_pasted: bool
) -> None:
    arrivals = Arrivals()
    opened, *letters, end = keys(f"x{typed}⏎", apart)
    for key in (opened, *letters, end):
        arrivals.add(key)
    assert arrivals.is_due(opened)
    arrivals.obeyed(opened)
    assert all(arrivals.is_due(key) for key in (*letters, end))
    assert arrivals.is_line_end_of_paste(end) is is_pasted


def test_enter_after_typing_or_after_a_moment_ends_the_text() -> None:
    typed = keys("The pot was cold", apart=0.04, begin=99.0)
    assert not line_end_is_text(typed, [], at=typed[-1].time + 0.04)
    assert line_end_is_text(keys("The pot"), [], at=100.05), "the last piece of a paste, on a slow link"
    assert not line_end_is_text(keys("The pot"), [], at=100.2)


def test_a_key_that_was_never_looked_at_holds_up_none_behind_it() -> None:
    arrivals = Arrivals()
    lost, first, *rest = [*keys("x"), *keys("ppj", begin=101.0)]
    for key in (lost, first, *rest):
        arrivals.add(key)
    assert arrivals.is_due(first)
    assert not arrivals.is_text(first, lambda key: key.key in COMMANDS)
    assert all(arrivals.is_due(key) for key in rest)
    assert not arrivals.is_text(rest[-1], lambda _: False)


def test_a_line_end_has_these_names() -> None:
    assert {"enter", "ctrl+j"} <= LINE_ENDS


@pytest.mark.parametrize(
    ("text", "held"),
    [("p", WINDOW / (MANY - 1)), ("pj", WINDOW), ("was", WINDOW)],
    ids=["alone", "another one behind it", "perhaps a paste"],
)
async def test_a_key_that_is_alone_is_held_for_a_part_of_the_window(
    monkeypatch: pytest.MonkeyPatch, text: str, held: float
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("markterm.tui.pasting.arrivals._now", lambda: 100.0)
    monkeypatch.setattr("markterm.tui.pasting.arrivals.asyncio.sleep", sleep)
    arrivals = Arrivals()
    pressed = keys(text)
    for key in pressed:
        arrivals.add(key)
    assert arrivals.is_due(pressed[0])
    await arrivals.window(pressed[0])
    assert sum(slept) == pytest.approx(held)


async def test_a_key_that_is_looked_at_late_still_lets_the_terminal_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    arrivals, late = Arrivals(), keys("p")[0]
    arrivals.add(late)
    assert arrivals.is_due(late)
    behind = keys("was it")

    async def sleep(_: float) -> None:
        for key in behind:
            arrivals.add(key)

    monkeypatch.setattr("markterm.tui.pasting.arrivals._now", lambda: 200.0)
    monkeypatch.setattr("markterm.tui.pasting.arrivals.asyncio.sleep", sleep)
    await arrivals.window(late)
    assert arrivals.is_text(late, lambda key: key.key in COMMANDS)
