"""The list of readers, and that nothing but the child process loads them."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from bs4.builder._htmlparser import BeautifulSoupHTMLParser

from markterm.evidence.folder import EvidenceKind, kind_of
from markterm.evidence.readers import HOLD_NOTHING, READERS, ZIPPED
from markterm.evidence.readers.html import label_of_page
from markterm.evidence.readers.markup import markdown_of
from tests.pace import PATIENCE, grows_evenly, steps


@pytest.mark.parametrize("name", sorted(set(READERS.values())))
def test_every_reader_that_is_listed_reads(name: str) -> None:
    assert callable(importlib.import_module(f"markterm.evidence.readers.{name}").read)


def test_every_suffix_has_one_fate() -> None:
    assert set(READERS) >= ZIPPED
    assert set(READERS.values()) > HOLD_NOTHING
    assert kind_of(".DOCX") is EvidenceKind.CONVERTED
    assert kind_of(".doc") is EvidenceKind.CONVERTED
    assert kind_of(".docm") is EvidenceKind.CONVERTED


def test_what_opens_evidence_loads_no_reader() -> None:
    script = (
        "import sys, markterm.evidence.text.reading\n"
        "loaded = {'lxml', 'bs4', 'pypdfium2', 'pptx', 'openpyxl', 'olefile', 'defusedxml', 'tinytag'}\n"
        "assert not loaded & set(sys.modules), loaded & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<ul><li>one<li>two<ul><li>within</ul><li>three</ul>", "- one\n- two\n  - within\n- three"),
        ("<p>one<p>two <b>bold<p>three", "one\n\ntwo **bold**\n\nthree"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("<a href=x>one<a href=y>two</a>", "[one](<x>)[two](<y>)"),
    ],
)
def test_tags_that_nobody_closed_end_where_a_browser_ends_them(page: str, markdown: str) -> None:
    assert markdown_of(page)[0].strip() == markdown


@pytest.mark.slow
@pytest.mark.parametrize(
    "tag",
    [
        "b",
        "span",
        *(pytest.param(tag, marks=pytest.mark.long) for tag in ("div", "table><tr><td", "ul><li", "blockquote")),
    ],
)
def test_tags_that_are_nested_thousands_deep_keep_their_words(tag: str) -> None:
    markdown = markdown_of(f"first <{tag}>" * 2_000 + "last")[0]
    assert (markdown.count("first"), markdown.count("last")) == (2_000, 1)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("tag", ["div", "b"])
def test_tags_that_are_nested_deep_cost_little_more_than_others(tag: str) -> None:
    assert grows_evenly(lambda deep: markdown_of(f"first <{tag}>" * deep + "last"), 250)


def test_cells_that_reach_far_are_followed_so_far_as_a_person_would_write_them() -> None:
    def page(count: int) -> str:
        return markdown_of(f"<table><tr>{'<td colspan=200 rowspan=200>x</td>' * count}</tr></table>")[0]

    assert page(300).count("x") == 300
    assert steps(lambda: page(300)) < 1_000_000


def test_a_page_of_thousands_of_line_ends_is_not_looked_through_again_at_every_tag(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remembered = []
    end = BeautifulSoupHTMLParser.handle_endtag

    def noted(parser: BeautifulSoupHTMLParser, tag: str, check_already_closed: bool = True) -> None:
        remembered.append(len(parser.already_closed_empty_element))
        end(parser, tag, check_already_closed)

    monkeypatch.setattr(BeautifulSoupHTMLParser, "handle_endtag", noted)
    page = '<b>Zoë</b> said<br>yes<br/>no<input type="checkbox" checked></input></br>done<hr>' * 3
    markdown = markdown_of(page)[0]
    assert (markdown.count("**Zoë**"), markdown.count("yes"), markdown.count("done")) == (3, 3, 3)
    assert max(remembered) == 0


@pytest.mark.parametrize(
    "page",
    [b"<meta charset=" + b" " * 100_000, b"<?xml " * 20_000, b"<meta x" * 20_000],
    ids=["blanks", "declarations", "tags"],
)
def test_a_page_that_nearly_says_its_alphabet_says_none(page: bytes) -> None:
    assert label_of_page(page) == ""


@pytest.mark.parametrize("page", [b'<meta charset="latin-1">', b"<?xml version='1.0' encoding = ' latin-1 '?>"])
def test_a_page_says_its_alphabet_with_quotes_and_blanks_or_without(page: bytes) -> None:
    assert label_of_page(page) == "latin-1"
