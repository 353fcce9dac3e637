"""The HTML of a document, read back with another library: every text, and nothing that runs or fetches."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from lxml import html  # type: ignore[import-untyped]  # it has no types

from markterm.exports.document.model import Column, Document, Fact, Paragraph, Quote, Run, Table, words
from markterm.exports.html.render import render
from tests.exports.documents import LINES, OBEYED_SOMEWHERE, TEXTS, document, told

CAVEAT = "The record behind this sheet is incomplete: decisions may be missing from it."
HOSTILE = f"{OBEYED_SOMEWHERE} \"onload=x </style><img src=http://x> url(http://x) \\\";}} @import 'x'; --> <!--"


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(page: str) -> str:
    """All text of the page's body, without white space."""
    return squeezed(html.fromstring(page.encode()).find("body").text_content())


def tags(page: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """How many elements of which name, with which attributes."""
    return Counter(
        (str(each.tag), tuple(sorted(map(str, each.keys())))) for each in html.fromstring(page.encode()).iter()
    )


@given(LINES, TEXTS)
def test_every_text_is_read_in_the_page(line: str, text: str) -> None:
    made = document(line, text, (CAVEAT,))
    found = read(render(made))
    assert all(squeezed(each) in found for each in told(Document("", made.facts, made.blocks, made.caveats)))


def test_a_text_is_never_markup() -> None:
    assert tags(render(document(HOSTILE, "one\ntwo"), anchor=HOSTILE)) == tags(
        render(document("plain", "one\ntwo"), anchor="plain")
    )


def test_it_is_one_file_that_runs_nothing_and_fetches_nothing() -> None:
    page = render(document(HOSTILE, HOSTILE, (HOSTILE,)), anchor=HOSTILE)
    root = html.fromstring(page.encode())
    assert not {"script", "img", "iframe", "link", "object", "form", "svg"} & {str(each.tag) for each in root.iter()}
    assert not {"src", "href", "action"} & {str(name) for each in root.iter() for name in each.keys()}  # noqa: SIM118  # an element gives its children
    assert not any(str(name).startswith("on") for each in root.iter() for name in each.attrib)
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    (style,) = root.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style


def test_it_has_its_language_its_title_and_its_anchor() -> None:
    root = html.fromstring(render(document(), anchor="markterm-heads:abc_-1").encode())
    assert root.get("lang") == "en-GB"
    assert root.findtext(".//title") == document().title
    assert root.xpath("//meta[@name='keywords']/@content") == ["markterm-heads:abc_-1"]


def test_headings_leave_no_level_out() -> None:
    levels = [
        int(str(each.tag)[1])
        for each in html.fromstring(render(document()).encode()).iter()
        if str(each.tag) in ("h1", "h2", "h3", "h4")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_caveat_is_in_the_head_of_the_table_that_browsers_print_on_every_page() -> None:
    (head,) = html.fromstring(render(document(caveats=(CAVEAT,))).encode()).xpath("//table[@class='every-page']/thead")
    assert head.text_content().strip() == CAVEAT


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Due on 2026-03-02, or by 2 November 2026.", ["2026-03-02", "2 November 2026"]),
        ("On 12 May <b>", ["12 May"]),
        ("AB-2026-03-02-1, 12026-03-02, 22 Mayhew, 8580-2026-03", []),
    ],
)
def test_no_line_breaks_within_a_day_on_a_narrow_screen(text: str, days: list[str]) -> None:
    shown = render(
        Document("", (Fact("", text),), (Paragraph(words(text)), Quote(text), Table((Column("", 1),), ((text,),))))
    )
    assert re.findall(r'<span class="day">(.*?)</span>', shown) == 4 * days
    assert unescape(re.sub(r'<span class="day">(.*?)</span>', r"\1", shown)).count(text) == 4


def test_on_a_telephone_every_cell_of_a_table_says_under_what_it_stands_and_nothing_is_cut_off() -> None:
    page = render(Document("T", (), (Table((Column("Unit"), Column('"Since" <i>')), (("T-101", "2026-03-02"),)),)))
    cells = html.fromstring(page).xpath("//tbody//td")
    assert [each.get("data-under") for each in cells] == ["Unit", '"Since" <i>']
    narrow = page[page.index("(max-width: 36rem)") :]
    assert ".wide td:not(:only-child)::before { content: attr(data-under)" in narrow


def test_a_line_that_stands_over_a_list_is_parted_from_the_list_before_and_kept_with_its_own_on_paper() -> None:
    page = render(Document("T", (), (Paragraph((Run("What is missing", bold=True),)), Paragraph(words("Plain.")))))
    assert [each.get("class") for each in html.fromstring(page).xpath("//main/p")] == ["label", None]
    assert re.search(r"\.label {[^}]*margin: 1rem[^}]*break-after: avoid", page)


def test_no_fact_is_parted_from_its_name_where_a_printed_page_ends() -> None:
    page = render(Document("T", (Fact("Name", "Asha"),), ()))
    assert re.search(r"\.facts > div {[^}]*break-inside: avoid", page)


def test_neither_a_heading_nor_a_criterion_is_parted_from_what_is_said_below_it_where_a_printed_page_ends() -> None:
    assert "h4, h5, h6, ul:has(+ blockquote) { break-after: avoid; }" in render(Document("T", (), ()))
