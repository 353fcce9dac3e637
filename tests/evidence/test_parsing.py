"""From a chunk to blocks: everything is shown, nothing is obeyed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.words.foreign_text import clean
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.blocks import Block, BlockKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from tests.examples import examples


def _blocks(source: str, kind: EvidenceKind = EvidenceKind.MARKDOWN) -> list[Block]:
    document = EvidenceDocument.of(EvidenceText(clean(source).text, 0, ""), kind)
    return [block for number in range(len(document.chunks)) for block in document.blocks(number)]


def _shown(blocks: list[Block]) -> str:
    markers = [container.marker for block in blocks for container in block.containers if container.opens]
    return "\n".join([*(block.text for block in blocks), *(block.label for block in blocks), *markers])


def _spans(source: str) -> list[tuple[str, ...]]:
    return [(span.text, *span.styles) for span in _blocks(source)[0].spans]


def test_emphasis_code_and_links_are_styled() -> None:
    assert _spans("a *b **c*** `d` [e](f)") == [
        ("a ",),
        ("b ", "emphasis"),
        ("c", "emphasis", "strong"),
        (" ",),
        ("d", "code"),
        (" ",),
        ("e", "link"),
        (" → f", "address"),
    ]


def test_a_link_that_says_where_it_leads_says_it_once() -> None:
    assert _spans("<http://a.b/c>") == [("http://a.b/c", "link")]
    assert _spans("<a@b.c>") == [("a@b.c", "link")]


def test_an_address_is_shown_as_written_with_its_title() -> None:
    assert _spans('[a](http://x/é%20 "ti&#8238;tle")') == [("a", "link"), (" → http://x/é%20 “ti⇄tle”", "address")]


def test_a_link_without_words_still_shows_where_it_leads() -> None:
    assert _spans("[](http://hidden)") == [("→ http://hidden", "address")]


def test_an_image_is_its_words_and_its_address() -> None:
    assert _spans("![the *room*](a.png)") == [("[image: the *room* → a.png]", "image")]


def test_a_reference_is_resolved_from_anywhere_and_its_definition_is_shown() -> None:
    blocks = _blocks("[a][R]\n\n" + "text\n\n" * 2000 + "[r]: http://x 'T'\n")
    assert blocks[0].text == "a → http://x “T”"
    assert (blocks[-1].kind, blocks[-1].text) == (BlockKind.DEFINITION, "[r]: http://x 'T'")


def test_raw_html_and_comments_are_shown_and_named() -> None:
    blocks = _blocks("<!-- hidden\n\nwords -->\n\na <b>c</b><!-- d -->\n")
    assert (blocks[0].kind, blocks[0].label, blocks[0].text) == (BlockKind.RAW, "raw HTML", "<!-- hidden\n\nwords -->")
    assert [(span.text, *span.styles) for span in blocks[1].spans][1:] == [
        ("<b>", "raw"),
        ("c",),
        ("</b>", "raw"),
        ("<!-- d -->", "raw"),
    ]


def test_front_matter_is_shown() -> None:
    block = _blocks("---\ntitle: secret\n---\ntext")[0]
    assert (block.label, block.text) == ("front matter", "---\ntitle: secret\n---")


def test_footnotes_stay_where_they_are_and_are_marked() -> None:
    blocks = _blocks("a[^1]\n\n[^1]: the note\n[^2]: word\n\nafter")
    assert blocks[0].spans[1].styles == ("footnote",)
    assert [block.containers[0].marker for block in blocks[1:3]] == ["[^1]", "[^2]"]
    assert [block.text for block in blocks[1:]] == ["the note", "word", "after"]


def test_struck_text_keeps_its_marks() -> None:
    assert [span.text for span in _blocks("~~no~~")[0].spans] == ["~~", "no", "~~"]


def test_a_task_shows_whether_it_is_done() -> None:
    blocks = _blocks("- [x] done\n- [ ] open\n- [y] neither\n")
    assert [(block.containers[0].marker, block.text) for block in blocks] == [
        ("☑", "done"),
        ("☐", "open"),
        ("•", "[y] neither"),
    ]


def test_numbers_of_a_list_are_those_of_the_learner() -> None:
    blocks = _blocks("9. a\n9. b\n12) c\n")
    assert [block.containers[0].marker for block in blocks] == ["9.", "9.", "12)"]


def test_an_empty_item_shows_its_marker() -> None:
    assert [block.containers[0].marker for block in _blocks("-\n- a\n")] == ["•", "•"]


def test_only_the_first_block_of_an_item_opens_it() -> None:
    blocks = _blocks("- a\n\n  b\n  - c\n")
    assert [[container.opens for container in block.containers] for block in blocks] == [[True], [False], [False, True]]


def test_code_keeps_its_lines_and_says_its_language() -> None:
    block = _blocks("```py x=1\na\tb\n\n c\n```\n")[0]
    assert (block.kind, block.label, block.text) == (BlockKind.CODE, "py x=1", "a   b\n\n c")
    assert [block.line_of(offset) for offset in (0, 6, 7)] == [1, 2, 3]


def test_cells_beyond_the_header_are_shown() -> None:
    block = _blocks("> | a |\n> |---|\n> | 1 | extra *x* |\n")[0]
    assert ["".join(span.text for span in cell) for cell in block.rows[1]] == ["1", "extra x"]


def test_rows_of_a_table_that_was_cut_have_their_lines() -> None:
    source = "| a | b |\n|---|---|\n" + "".join(f"| {number} | x |\n" for number in range(4000))
    blocks = _blocks(source)
    rows = [row for block in blocks for row in block.rows]
    assert [row[0][0].text for row in rows] == ["a", *map(str, range(4000))]
    assert [block.first for block in blocks[1:]] == [2 + int(block.rows[0][0][0].text) for block in blocks[1:]]
    assert [block.header for block in blocks] == [True] + [False] * (len(blocks) - 1)


@pytest.mark.parametrize("deep", ["> " * 40, "- " * 40, "> - " * 30])
def test_what_is_nested_too_deep_for_markdown_is_shown(deep: str) -> None:
    shown = _shown(_blocks(f"before\n\n{deep}secret\n\nafter\n"))
    assert [word for word in ("before", "secret", "after") if word in shown] == ["before", "secret", "after"]


def test_an_empty_numbered_item_is_not_shown_twice() -> None:
    assert [(block.kind, block.text) for block in _blocks("3.\n")] == [(BlockKind.PARAGRAPH, "")]


def test_an_entity_cannot_turn_or_control_anything() -> None:
    shown = _shown(
        _blocks("&#8238;a&#27;b&#x9b;c&#10;d&#9;e `&#8238;` [f](&#8238;) ![&#8238;](&#27;)\n\n```&#8238;\n```\n")
    )
    assert clean(shown).replaced == 0
    assert "\t" not in shown


def test_lines_of_a_block_are_those_of_the_source() -> None:
    source = "# A\n\none\ntwo\n\n- three\n\n  four\n\n> five\n"
    assert [(block.text, block.first, block.last) for block in _blocks(source)] == [
        ("A", 0, 0),
        ("one two", 2, 3),
        ("three", 5, 5),
        ("four", 7, 7),
        ("five", 9, 9),
    ]
    assert _blocks(source)[1].line_of(4) == 3


def test_plain_text_is_not_markdown() -> None:
    block = _blocks("# a\n\n\n*b*\t.\n", EvidenceKind.TEXT)[0]
    assert (block.kind, block.text) == (BlockKind.LINES, "# a\n\n\n*b* .")


# fmt: off
_FRAGMENTS = st.sampled_from([
    "# ", "## ", "\n", "\n\n", "\n    ", "\n  ", "- ", "1. ", "> ", "* ", "*", "**", "_", "~~", " | ", "\n|--|--|\n",
    "\n---\n", "\n===\n", "  \n", "\t", "\\", "\\\n", "`", "``", "```\n", "~~~ ", "<b>", "</b>", "<!-- ", "-->",
    "<div>", "<script>", "<?", "<http://", "> ", "[", "](", ")", "][", "]: ", "![", "[^", "]:", "://", "'", '"', " (",
])
# fmt: on
_PIECES = st.lists(st.one_of(_FRAGMENTS, st.just("w")), max_size=60)


@settings(max_examples=examples(150), deadline=None)
@given(_PIECES)
def test_every_word_is_shown(pieces: list[str]) -> None:
    # Each word is another one, so that none can stand in for one that was lost.
    source = "".join(f"w{place}w" if piece == "w" else piece for place, piece in enumerate(pieces))
    shown = _shown(_blocks(source))
    for word in re.findall(r"w\d+w", source):
        assert word in shown


@settings(max_examples=examples(80), deadline=None)
@given(
    st.lists(
        st.one_of(_FRAGMENTS, st.text(max_size=6), st.sampled_from(["&#8238;", "&#0;", "&#x1b;", "&shy;", "&zwj;"])),
        max_size=40,
    )
)
def test_nothing_that_could_be_obeyed_comes_out(pieces: list[str]) -> None:
    for block in _blocks("".join(pieces)):
        for text in (block.text, block.label, *(container.marker for container in block.containers)):
            assert clean(text).replaced == 0
            assert "\t" not in text
