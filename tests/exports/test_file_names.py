"""Names that Windows, macOS and Linux all take, and never two that are one on some system."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.exports.file_names import FileNames, file_name

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("JON2041 8580-500 mark sheet", "JON2041 8580-500 mark sheet.pdf"),
        ("Ana/Bea: a \\ b", "Ana-Bea- a - b.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.x", "_nul.x.pdf"),
        ("..", "_.pdf"),
        ("~$draft", "_~$draft.pdf"),
        ("trailing. ", "trailing.pdf"),
        ("Zoë", "Zoë.pdf"),
        (unicodedata.normalize("NFD", "Zoë"), "Zoë.pdf"),
        ("", "_.pdf"),
    ],
)
def test_a_name_is_made_of_what_every_system_takes(text: str, name: str) -> None:
    assert file_name(text, ".pdf") == name


@given(st.text())
def test_no_text_makes_a_name_that_a_system_refuses(text: str) -> None:
    name = file_name(text, ".pdf")
    stem = name.removesuffix(".pdf")
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert stem.startswith("_") or (stem and stem == stem.strip(". "))
    assert stem.split(".")[0].casefold() not in _DEVICES
    assert len(name) <= 90
    assert len(name.encode()) <= 240


def test_long_names_that_begin_alike_stay_two() -> None:
    assert file_name("a" * 200 + "b") != file_name("a" * 200 + "c")


def test_names_that_differ_in_capitals_or_accents_alone_get_numbers() -> None:
    names = FileNames()
    composed, apart = "Zoë", unicodedata.normalize("NFD", "ZOË")
    given_out = [names.take(text, ".pdf") for text in (composed, apart, composed)]
    assert given_out == [PurePosixPath("Zoë.pdf"), PurePosixPath("ZOË (2).pdf"), PurePosixPath("Zoë (3).pdf")]


def test_the_same_name_in_two_folders_is_no_collision() -> None:
    names = FileNames()
    assert names.take("a", within=PurePosixPath("x")) == PurePosixPath("x/a")
    assert names.take("a", within=PurePosixPath("y")) == PurePosixPath("y/a")
