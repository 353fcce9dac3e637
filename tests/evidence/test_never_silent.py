"""A file of which nothing can be shown is never shown as if the learner had written nothing."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from markterm.evidence.conversion.child import answer
from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.converted import Converted
from markterm.evidence.picture import Picture
from markterm.evidence.readers import READERS, ZIPPED
from tests.evidence.made import docx, odt, rtf, zipped
from tests.evidence.made_more import xlsx

NOTHING = "MarkTerm found nothing in it that it can show: open it outside to see whether it holds anything."


def _said(path: Path, data: bytes) -> Converted:
    path.write_bytes(data)
    return from_bytes(answer(path, READERS[path.suffix]))


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_a_reader_that_found_nothing_says_so_whatever_the_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    module = importlib.import_module(f"markterm.evidence.readers.{READERS[suffix]}")
    data = zipped({"a": "b"}) if suffix in ZIPPED else b"x"
    for converted, notes in (
        (Converted(" \n\n\t"), (NOTHING,)),
        (Converted("", notes=("Page 1 is a scan.",)), ("Page 1 is a scan.",)),
        (Converted("words"), ()),
        (Converted("", picture=Picture(1, 1, b"rgb")), ()),
    ):
        monkeypatch.setattr(module, "read", lambda _, converted=converted: converted)
        assert _said(tmp_path / f"a{suffix}", data).notes == notes


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx("")),
        ("a.odt", odt("")),
        ("a.rtf", rtf("")),
        ("a.html", b"<html><body></body></html>"),
        ("a.csv", b"\n"),
        ("a.xlsx", xlsx(lambda _: None)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_empty_file_of_a_kind_says_that_nothing_is_in_it(tmp_path: Path, name: str, data: bytes) -> None:
    said = _said(tmp_path / name, data)
    assert said.markdown.strip() or said.notes
