"""The characters that bytes stand for, whatever somebody says of them."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from markterm.evidence.charset import Decoded, decoded, from_c1
from markterm.evidence.readers import csv_table, html

QUOTED = "“Zoë’s plan” – 5 €…"


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "US-ASCII", "latin1", "windows-1252", "", "utf-8", "klingon", "base64"]
)
def test_windows_text_is_read_as_such_whatever_its_label_says(label: str) -> None:
    assert decoded(QUOTED.encode("cp1252"), label) == Decoded(QUOTED, "Windows-1252")


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii", "windows-1252", "", "utf-8", "iso-8859-15", "gb2312"])
def test_utf_8_is_found_out_under_any_label(label: str) -> None:
    assert decoded(QUOTED.encode(), label) == Decoded(QUOTED, "UTF-8")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Привет, мир", "windows-1251"),
        ("Привет", "koi8-r"),
        ("日本語です", "Shift_JIS"),
        ("日本語です", "iso-2022-jp"),
        ("联通", "gb2312"),
        ("café", "macintosh"),
        ("hello – ça", "utf-16le"),
        ("hi +- there é", "utf-7"),
    ],
)
def test_a_label_that_fits_is_believed(text: str, label: str) -> None:
    assert decoded(text.encode(label.lower().replace("macintosh", "mac_roman")), label).text == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_16_is_read_with_and_without_a_mark(codec: str, mark: str) -> None:
    text = "Line one – “so”\r\nПривет to all\r\n"
    assert decoded((mark + text).encode(codec)) == Decoded(text, "UTF-16")


@pytest.mark.parametrize("text", ["I don’t know – café", "She said “I coached her.” – Zoë"])
def test_the_apostrophes_and_quotation_marks_of_an_older_mac_are_known(text: str) -> None:
    assert decoded(text.encode("mac_roman")) == Decoded(text, "Mac Roman")
    assert decoded(text.encode("cp1252")) == Decoded(text, "Windows-1252")


def test_utf_8_that_was_cut_off_within_a_character_stays_utf_8() -> None:
    assert decoded(QUOTED.encode()[:-1]) == Decoded(f"{QUOTED[:-1]}\ufffd", "UTF-8", 1)


def test_bytes_of_windows_in_a_text_of_utf_8_are_what_windows_means() -> None:
    mixed = "Zoë – “plan” ".encode() + "caf\xe9 \x93so\x94".encode("latin1") + " ß".encode()
    assert decoded(mixed, "utf-8").text == "Zoë – “plan” café “so” ß"


def test_control_characters_of_a_wrong_conversion_are_what_windows_meant() -> None:
    assert from_c1("\x93so\x94 \x81") == "“so” \x81"
    assert decoded("é \x93so\x94".encode()).text == "é “so”"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffd\ufeff")), st.sampled_from(
    ["", "latin1", "utf-8", "cp1252", "us-ascii", "nonsense", "iso-8859-15", "cp1251"]
))  # fmt: skip
def test_whatever_is_written_in_utf_8_is_read_as_it_was(text: str, label: str) -> None:
    assert decoded(text.encode(), label).text == text


@given(st.text(st.sampled_from("abc ’“”–é€…ß\n"), min_size=1), st.sampled_from(["", "latin1", "us-ascii", "utf-8"]))
def test_whatever_windows_writes_is_read_as_it_was(text: str, label: str) -> None:
    data = text.encode("cp1252")
    try:
        assume(data.decode("utf-8") == text)
    except UnicodeDecodeError:
        # Signs of Windows that follow each other may be one of UTF-8 by chance: nobody could tell.
        assume(data.decode("utf-8", "ignore").isascii())
    assert decoded(data, label).text == text


@given(
    st.binary(max_size=300), st.sampled_from(["", "latin1", "utf-16", "gbk", "hz", "unicode_escape", "utf-7", "x" * 99])
)
def test_any_bytes_under_any_label_are_a_text_without_controls_that_windows_could_mean(data: bytes, label: str) -> None:
    found = decoded(data, label)
    assert from_c1(found.text) == found.text
    assert found.lost >= 0
    assert all(unicodedata.category(each) != "Cs" for each in found.text) or "utf" in label or "16" in found.alphabet


@pytest.mark.parametrize(
    "head",
    ["", '<meta charset="iso-8859-1">', "<meta http-equiv=Content-Type content='text/html; charset=us-ascii'>"],
)
@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_a_web_page_is_read_in_the_alphabet_that_it_is_in(tmp_path: Path, head: str, codec: str) -> None:
    (tmp_path / "a.html").write_bytes(f"<html><head>{head}</head><p>{QUOTED}</p>".encode(codec))
    assert html.read(tmp_path / "a.html").markdown.strip() == QUOTED


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16"])
def test_a_web_page_may_be_wide(tmp_path: Path, codec: str) -> None:
    (tmp_path / "a.html").write_bytes(f"<meta charset=utf-16><p>{QUOTED}</p>".encode(codec))
    assert html.read(tmp_path / "a.html").markdown.strip() == QUOTED


def test_a_table_of_text_is_read_in_utf_16_without_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Name\tDone\nZoë\t“yes”\n".encode("utf-16-le"))
    read = csv_table.read(tmp_path / "a.csv")
    assert "| Zoë | “yes” |" in read.markdown
    assert read.notes == ("Read as UTF-16.",)


def test_what_a_page_says_of_itself_after_a_long_beginning_is_heard(tmp_path: Path) -> None:
    head = (
        b"<?xml version='1.0'?><!DOCTYPE html><html><script>" + b"x" * 9_000 + b"</script><meta charset=windows-1251>"
    )
    (tmp_path / "a.html").write_bytes(head + "<p>Привет</p>".encode("cp1251"))
    assert html.read(tmp_path / "a.html").markdown.strip() == "Привет"


@pytest.mark.parametrize("end", ["</script>", "</script language>", "</SCRIPT\n>", "</script x='1'>"])
def test_a_script_ends_where_a_browser_ends_it(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.html").write_text(f"<script>cool</script><script>cool{end}<p>I made tea</p>", "utf-8")
    assert "I made tea" in html.read(tmp_path / "a.html").markdown


@pytest.mark.parametrize(("order", "mark"), [("le", codecs.BOM_UTF32_LE), ("be", codecs.BOM_UTF32_BE)])
def test_text_of_four_bytes_a_character_is_known_by_its_mark(order: str, mark: bytes) -> None:
    assert decoded(mark + "I made tea – Zoë".encode(f"utf-32-{order}")).text == "I made tea – Zoë"
