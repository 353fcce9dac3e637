"""Text that others wrote makes no Markdown: whatever it is, it reads as it was written and is nothing else."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from markterm.domain.words.foreign_text import clean, one_line
from markterm.exports.markdown.markdown_text import block, brief, inline

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

# The characters that Markdown obeys, far more often than chance would bring them.
TEXTS = st.one_of(st.text("#=-+*_`~|:<>!&;[]()\\/$^.1a \n\r\t\x0b\x1b\u00a0\u3000", max_size=30), st.text())


def shown(tokens: list[Token]) -> str:
    """What a reader sees of the tokens of a line of text; fails on anything that is more than text."""
    seen = []
    for token in tokens:
        assert token.type in {"text", "softbreak", "hardbreak"}, token
        seen.append(token.content if token.type == "text" else "\n")
    return "".join(seen)


def words(text: str) -> list[str]:
    """The words of a text, whatever the white space between them."""
    return clean(text).text.split()


@given(text=TEXTS)
@example("a|b\n:-")
@example("a\n    b")
@example("\\")
@example("a\n===")
@example("\u00a0# heading")
def test_a_block_is_paragraphs_in_a_quote_and_nothing_else(text: str) -> None:
    tokens = READER.parse(f"before\n\n{block(text, '> ')}\n\nafter\n")
    inner = [token for token in tokens if token.type != "inline"][2:-2]
    allowed = {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"}
    assert {token.type for token in inner} <= allowed
    content = [shown(token.children or []) for token in tokens if token.type == "inline"]
    assert (content[0], content[-1]) == ("before", "after")
    assert " ".join(content[1:-1]).split() == words(text)


@given(text=TEXTS)
def test_a_block_keeps_the_line_ends_that_were_typed(text: str) -> None:
    tokens = READER.parse(block(text))
    lines = [line for token in tokens if token.type == "inline" for line in shown(token.children or []).split("\n")]
    written = [line.split() for line in clean(text).text.split("\n")]
    assert [line.split() for line in lines] == [line for line in written if line]


@given(text=TEXTS)
@example("a #")
@example("#")
@example("\\|")
def test_an_inline_text_is_the_same_in_a_heading_a_cell_and_an_item(text: str) -> None:
    wanted = one_line(text)
    document = f"## Unit {inline(text)}\n\n| | |\n|---|---|\n| Name | {inline(text)} |\n\n- Pass: {inline(text)}\n"
    tokens = READER.parse(document)
    kinds = [token.type for token in tokens if token.type.endswith("_open")]
    assert kinds == [
        "heading_open",
        "table_open",
        "thead_open",
        "tr_open",
        "th_open",
        "th_open",
        "tbody_open",
        "tr_open",
        "td_open",
        "td_open",
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    texts = [shown(token.children or []) for token in tokens if token.type == "inline"]
    assert texts == [f"Unit {wanted}".rstrip(), "", "", "Name", wanted, f"Pass: {wanted}".rstrip()]


BRIEF = """\
Keep a **log** of *all* sessions.

### How

1. Plan it
2. Do it
   - twice

Then `stop`.
"""


def test_a_brief_keeps_its_paragraphs_its_lists_and_the_words_that_stand_out() -> None:
    assert brief(BRIEF) == (
        "> Keep a **log** of *all* sessions.\n>\n> **How**\n>\n"
        "> 1. Plan it\n> 2. Do it\n>    - twice\n>\n> Then `stop`."
    )


_BRIEF_LINES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "# x",
            "- # x",
            "x\n===",
            "x\n---",
            "- - -",
            "***",
            "```\ncode",
            "~~~",
            "| a |\n|---|",
            "<b>x</b>",
            "<!-- x",
            "    x",
            "[x](http://y)",
            "[x]: http://y",
            "![x](y)",
            "1. # x",
            "-",
            "- -",
            "\\",
            "\\[x](y)",
            "- ```",
            "+ | a |",
            "* * *",
        ]
    ),
)


@given(st.lists(_BRIEF_LINES, max_size=8).map("\n".join))
def test_a_brief_makes_nothing_but_paragraphs_and_lists(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(f"# A\n\n{brief(text)}\n\nB\n")
    kinds = {token.type for token in tokens} | {part.type for token in tokens for part in token.children or ()}
    assert [token.markup for token in tokens if token.type == "heading_open"] == ["#"]
    allowed = {
        *(
            f"{name}_{end}"
            for name in ("heading", "paragraph", "blockquote", "bullet_list")
            for end in ("open", "close")
        ),
        *(f"{name}_{end}" for name in ("ordered_list", "list_item", "strong", "em") for end in ("open", "close")),
        *("inline", "text", "softbreak", "hardbreak", "code_inline", "text_special"),
    }
    assert kinds <= allowed
    assert [token.content for token in tokens if token.type == "inline"][-1] == "B"
