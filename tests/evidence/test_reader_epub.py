"""Reading e-books."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.readers import epub
from tests.evidence.made import BILLION_LAUGHS, zipped
from tests.evidence.made_book import epub as book

_LOCK = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def _read(folder: Path, data: bytes) -> Converted:
    (folder / "a.epub").write_bytes(data)
    return epub.read(folder / "a.epub")


def test_the_pages_are_read_in_the_order_in_which_they_are_turned(tmp_path: Path) -> None:
    read = _read(
        tmp_path, book({"b.xhtml": "<h1>Two</h1>", "a%20a.xhtml": ""}, parts={"OEBPS/a a.xhtml": "<p>One</p>"})
    )
    assert read.markdown.split("\n") == ["Title: My diary", "", "By: Zoë Marsh", "", "# Two", "", "One", ""]
    turned = _read(tmp_path, book({"b.xhtml": "<h1>Two</h1>", "a.xhtml": "<p>One *</p>"}, ["a.xhtml", "b.xhtml"]))
    assert turned.markdown.split("\n")[4:] == ["One \\*", "", "# Two", ""]
    assert turned.places == (Place(4, "chapter 1"), Place(6, "chapter 2"))


def test_a_page_that_is_missing_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    read = _read(tmp_path, book({"a.xhtml": "<p>One</p><img src='x'/><script>x</script>", "b.xhtml": ""}))
    assert read.notes == (
        "Scripts that were left out and not run: 1.",
        "Pictures that are shown by their description only: 1.",
        "Pages that it names and does not hold: 1.",
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"META-INF/encryption.xml": _LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")},
        {"META-INF/rights.xml": "<x/>"},
        {"META-INF/license.lcpl": "{}"},
    ],
)
def test_a_book_that_is_locked_is_said_to_be(tmp_path: Path, parts: dict[str, str]) -> None:
    with pytest.raises(NotReadable, match="protected against copying"):
        _read(tmp_path, book({"a.xhtml": "<p>x</p>"}, parts=parts))


def test_a_book_whose_fonts_alone_are_locked_is_read(tmp_path: Path) -> None:
    lock = _LOCK.format("http://www.idpf.org/2008/embedding")
    assert "One" in _read(tmp_path, book({"a.xhtml": "<p>One</p>"}, parts={"META-INF/encryption.xml": lock})).markdown


def test_something_else_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not an e-book"):
        _read(tmp_path, zipped({"a.txt": "x"}))
    with pytest.raises(NotReadable, match="not one page"):
        _read(tmp_path, book({"a.xhtml": ""}))


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="entities"):
        _read(tmp_path, zipped({"META-INF/container.xml": f"{BILLION_LAUGHS}<x>&j;</x>"}))


def test_a_book_that_is_too_long_is_cut_off_with_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "_LARGEST", 120)
    read = _read(tmp_path, book({"a.xhtml": "<p>One</p>", "b.xhtml": "<p>Two</p>"}))
    assert "One" in read.markdown
    assert read.notes == ("It is longer than MarkTerm reads; open it outside to see the rest.",)
