"""The list of readers, and that nothing but the child process loads them."""

from __future__ import annotations

import importlib
import subprocess
import sys
from time import process_time

import pytest

from markterm.evidence.folder import EvidenceKind, kind_of
from markterm.evidence.readers import HOLD_NOTHING, READERS, ZIPPED
from markterm.evidence.readers.markup import markdown_of


@pytest.mark.parametrize("name", sorted(set(READERS.values())))
def test_every_reader_is_listed_with_its_suffixes(name: str) -> None:
    module = importlib.import_module(f"markterm.evidence.readers.{name}")
    assert {suffix for suffix, reader in READERS.items() if reader == name} == module.SUFFIXES


def test_every_suffix_has_one_fate() -> None:
    assert set(READERS) >= ZIPPED
    assert set(READERS.values()) > HOLD_NOTHING
    assert kind_of(".DOCX") is EvidenceKind.CONVERTED
    assert kind_of(".doc") is EvidenceKind.CONVERTED
    assert kind_of(".docm") is EvidenceKind.CONVERTED


def test_what_opens_evidence_loads_no_reader() -> None:
    script = (
        "import sys, markterm.evidence.reading\n"
        "loaded = {'lxml', 'bs4', 'pypdfium2', 'pptx', 'openpyxl', 'olefile', 'defusedxml', 'tinytag'}\n"
        "assert not loaded & set(sys.modules), loaded & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)


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


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "blockquote", "b", "span"])
def test_tags_that_are_nested_thousands_deep_keep_their_words_and_cost_little_more(tag: str) -> None:
    begun = process_time()
    markdown = markdown_of(f"first <{tag}>" * 2_000 + "last")[0]
    assert (markdown.count("first"), markdown.count("last")) == (2_000, 1)
    assert process_time() - begun < 8


def test_cells_that_reach_far_are_followed_so_far_as_a_person_would_write_them() -> None:
    begun = process_time()
    page = f"<table><tr>{'<td colspan=200 rowspan=200>x</td>' * 300}</tr></table>"
    assert markdown_of(page)[0].count("x") == 300
    assert process_time() - begun < 4
