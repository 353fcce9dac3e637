"""A key that is changed at the screen is written into the user's file, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.tui.keys_file import change_key, with_keys
from markterm.tui.settings import KEYS_FILE, load_keys


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '"mark.pass" = "y"\n'),
        ("# mine", '# mine\n"mark.pass" = "y"\n'),
        ('"mark.pass" = "x"  # easier\n', '"mark.pass" = "y"  # easier\n'),
        ('"mark.pass" = ["x", "f5"] # two\n', '"mark.pass" = "y" # two\n'),
        ("'mark.pass' = '#' # a # sign\n", "'mark.pass' = \"y\" # a # sign\n"),
        ('mark.pass="x"', 'mark.pass= "y"\n'),
        ('[mark]\nnote = "n"\npass = "x"\n', '[mark]\nnote = "n"\npass = "y"\n'),
        (
            '# all\n\n# of marking\n[mark]\nnote = "n"\n',
            '# all\n\n"mark.pass" = "y"\n# of marking\n[mark]\nnote = "n"\n',
        ),
        ('"find.next" = "m"\n[mark]\nnote = "n"\n', '"find.next" = "m"\n"mark.pass" = "y"\n[mark]\nnote = "n"\n'),
        ('"mark.pass" = "x" # once\n[mark]\npass = "z"\n', '# once\n[mark]\npass = "y"\n'),
    ],
)
def test_the_line_of_the_command_alone_is_written(before: str, after: str) -> None:
    assert with_keys(before, ("mark.pass",), ("y",)) == after


def test_several_keys_are_a_list_and_none_take_the_line_away_but_no_comment() -> None:
    assert with_keys("", ("mark.pass",), ("y", "f5")) == '"mark.pass" = ["y", "f5"]\n'
    assert with_keys('# a\n"mark.pass" = "x" # b\n', ("mark.pass",), ()) == "# a\n# b\n"


def test_a_former_name_of_the_command_goes() -> None:
    names = ("evidence.reference", "evidence.claim")
    assert with_keys('"evidence.claim" = "x"\n', names, ("y",)) == '"evidence.reference" = "y"\n'


@pytest.mark.parametrize("text", ['"mark.pass" = [\n  "x",\n]\n', '"mark.pass" = """\nx"""\n'])
def test_what_is_written_in_a_way_of_its_own_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="No key is changed"):
        with_keys(text, ("mark.pass",), ("y",))


_COMMENTS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=12), max_size=4
)


@given(comments=_COMMENTS, at=st.integers(0, 4))
def test_comments_stay_whatever_is_changed_and_taken_back(comments: list[str], at: int) -> None:
    lines = [f"# {each}\n" for each in comments]
    text = "".join([*lines[:at], '"mark.pass" = "x"\n', *lines[at:]])
    assert with_keys(text, ("mark.pass",), ("y",)) == text.replace('= "x"\n', '= "y"\n')
    assert with_keys(text, ("mark.pass",), ()) == "".join(lines)


@pytest.mark.parametrize(
    ("name", "keys", "why"),
    [
        ("mark.pass", "r", "r is the key of mark.pass and mark.refer"),
        ("app.quit", "x", "x is needed for writing"),
        ("mark.pass", "nokey", "nokey is not a key"),
    ],
)
def test_a_key_that_cannot_be_had_is_refused_at_once_and_not_written(
    tmp_path: Path, name: str, keys: str, why: str
) -> None:
    with pytest.raises(WrongUse, match=why):
        change_key(tmp_path, name, (keys,))
    assert not (tmp_path / KEYS_FILE).exists()


def test_what_was_wrong_in_the_file_before_hinders_nobody(tmp_path: Path) -> None:
    (tmp_path / KEYS_FILE).write_text('"mark.note" = "nokey"\n', "utf-8")
    assert change_key(tmp_path, "mark.pass", ("f9",))["mark.pass"] == "f9"
    assert load_keys(tmp_path) == {"mark.note": "nokey", "mark.pass": "f9"}


def test_a_key_taken_back_while_another_command_has_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEYS_FILE).write_text('"mark.pass" = "x"\n"mark.note" = "p"\n', "utf-8")
    with pytest.raises(WrongUse, match=r"p is the key of mark\.note and mark\.pass"):
        change_key(tmp_path, "mark.pass", ())


def test_a_file_that_cannot_be_read_or_written_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / KEYS_FILE).write_text('"mark.pass = "x"\n', "utf-8")
    with pytest.raises(WrongUse, match="is left out"):
        change_key(tmp_path, "mark.pass", ("y",))
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises((NotSaved, WrongUse)):
        change_key(tmp_path / "file" / "folder", "mark.pass", ("y",))
