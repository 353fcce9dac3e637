"""Finding words in a source."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.letters import plain
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.find import find
from markterm.evidence.text.folded import fold_block, fold_markdown, fold_plain
from markterm.evidence.text_file import EvidenceText


def _found(source: str, query: str) -> list[str]:
    matches = find(fold_markdown(source), query)
    return [source[matches.start(number) : matches.end(number)] for number in range(len(matches))]


def test_capitals_do_not_matter() -> None:
    assert _found("Client, CLIENT, client", "cLient") == ["Client", "CLIENT", "client"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("the client’s own", "client's own"),
        ("he said “clear aims”.", '"clear aims"'),
        ("a «fair» deal", '"fair"'),
        ("ten ′ and ″", "ten ' and \""),
        ("one–to—one", "one-to-one"),
        ("a follow\u2011up", "follow-up"),
        ("minus −3", "minus -3"),
        ("AC\u00a01.3 and\u2009more", "AC 1.3 and more"),
        ("confiden▯tiality", "confidentiality"),
        ("the o\ufb03ce, \ufb01rst \ufb02oor", "office, first floor"),
        ("résumé of Zoë", "resume of zoe"),
        ("re\u0301sume\u0301", "résumé"),
        ("Straße, STRASSE", "strasse, straße"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδος"),
        ("ＡＢＣ１２", "abc12"),
        ("and so on…", "and so on..."),
        ("Łukasz ate smørbrød", "lukasz ate smorbrod"),
        ("fish &amp; chips aren&#8217;t", "fish & chips aren't"),
        (r"a\_b \*starred\* 5\. \"quoted\"", 'a_b *starred* 5. "quoted"'),
        ("see [my\nmentor](http://a.uk/b_c) today", "my mentor today"),
        ("see [my mentor](http://a.uk/b_c) today", "http://a.uk/b_c"),
        ("see [my mentor](<http://a.uk/b c>) today", "my mentor today"),
        ("see [my mentor](<http://a.uk/b c>) today", "mentor → http://a.uk/b c"),
        ("a spider: ![big one](spider.png) here", "spider: [image: big one → spider.png] here"),
        ("so [![one](a.png) that](http://x.uk) links", "one → a.png] that links"),
        ("see <http://a.uk/b> today", "see http://a.uk/b today"),
        ("he j*um****ped*** over", "he jumped over"),
        ("as said[^1] and done", "said and done"),
        ("as said [^1] and done", "said and done"),
        ("confiden-\ntiality and follow-\nup", "confidentiality"),
        ("confiden-\ntiality and follow-\nup", "follow-up"),
        ("confiden-\ntiality and follow-\nup", "confidentiality and followup"),
        ("Smith-\nJones", "Smith-Jones"),
        ("one<br>two", "one two"),
        ("hard\\\nbreak", "hard break"),
        ("2*3 is **six**", "2*3 is six"),
        ("so **bold**ly and snake_case_name", "boldly and snake_case_name"),
    ],
)
def test_what_a_keyboard_writes_finds_what_a_word_processor_wrote(written: str, typed: str) -> None:
    assert len(_found(f"First. {written} Last.", typed)) == 1
    assert _found(f"First. {written[:3]} {written[-2:]} Last.", typed) == []


@pytest.mark.parametrize(
    "source",
    ["my bold client", "my **bold** client", "my\nbold\nclient", "> my _bold_\n> client", "my  `bold`\tclient"],
)
def test_a_phrase_is_found_across_marks_and_line_ends(source: str) -> None:
    assert len(_found(source, "my bold  client")) == 1


@pytest.mark.parametrize(
    "source", ["my\n\nclient", "> my\n>\n> client", "- my\n- client", "my\n> client", "| my | client |"]
)
def test_a_phrase_is_not_found_across_paragraphs_items_and_cells(source: str) -> None:
    assert _found(source, "my client") == []


@pytest.mark.parametrize("query", ["", "  ", "absent", "▯"])
def test_nothing_is_found_of_nothing(query: str) -> None:
    assert _found("some text", query) == []


def test_a_query_is_words_and_not_a_pattern() -> None:
    assert _found("a.c abc", "a.c") == ["a.c"]
    assert _found("(x", "(x") == ["(x"]
    assert _found("say .* twice", ".*") == [".*"]


def test_what_is_found_stands_there_exactly() -> None:
    assert _found("The client’s **own\n> goal**.", "client's own") == ["client’s **own"]
    assert _found("confi▯dent", "fide") == ["fi▯de"]
    assert _found("o\ufb03ce", "ffi") == ["\ufb03"]
    assert _found("a [b](http://x) c", "b") == ["b"]


def test_the_first_match_from_a_place_on_is_known() -> None:
    matches = find(fold_markdown("a **b** a b"), "b")
    assert [matches.first_at(offset) for offset in (0, 4, 5, 10, 11)] == [0, 0, 1, 1, 2]


def test_marks_count_only_where_the_text_shows_them() -> None:
    assert _found("> quoted > text", "> quoted") == ["quoted"]
    assert _found("a > b", ">") == [">"]
    assert _found("so **bold** words", "**bold** words") == ["bold** words"]
    assert _found(r"two \* three, two three", "two * three") == [r"two \* three"]


@pytest.mark.parametrize(
    ("source", "query"),
    [
        ("A [linked\nword](http://a.uk) here", "linked word here"),
        ("It was confiden-\ntiality’s turn", "confidentiality's"),
        ("> quoted **and\n> marked**", "and marked"),
        ("| Ａ cell | x |\n|---|---|\n| said “so” | y |", '"so"'),
        ("* an item[^1] that\n  goes on", "item that goes"),
    ],
)
def test_what_is_found_in_the_source_is_found_in_what_is_shown(source: str, query: str) -> None:
    document = EvidenceDocument.of(EvidenceText(source, 0, ""), EvidenceKind.MARKDOWN)
    assert len(document.find(query)) == 1
    assert sum(len(document.find_in_block(0, number, query)) for number in range(len(document.blocks(0)))) == 1


_PIECES = st.sampled_from(
    [
        *"aAbB1ſßİςΣéñ",
        "e\u0301",
        "\ufb01",
        "’",
        "'",
        "“",
        "–",
        "-",
        "\u2011",
        "▯",
        "…",
        ".",
        "\u00a0",
        " ",
        "  ",
        "\t",
        "\n",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=30).map("".join)


def _naively(text: str) -> str:
    """The text folded one sign after the other, without regard to time or place."""
    folded = "".join(plain(sign) for sign in unicodedata.normalize("NFC", text))
    return "\n".join(" ".join(paragraph.split()) for paragraph in folded.replace("\t\n", "\n").split("\n\n"))


@given(_TEXTS.filter(lambda text: "\n" not in text), _TEXTS.filter(lambda text: "\n" not in text))
def test_words_are_found_if_and_only_if_they_are_there(text: str, query: str) -> None:
    wanted = _naively(query).strip()
    expected = _naively(text).count(wanted) if wanted else 0
    assert len(find(fold_plain(text), query)) == expected


_BLANK_LINE = re.compile("\n[ \t\u00a0]*\n")
"""Ends a paragraph, across which nothing is found."""


@given(st.lists(_PIECES, min_size=1, max_size=8).map("".join), _TEXTS, _TEXTS, st.sampled_from(["NFC", "NFD", "NFKD"]))
def test_what_is_there_is_found_however_it_is_written(words: str, before: str, after: str, form: str) -> None:
    typed = unicodedata.normalize(form, words).replace("\n", " ")  # type: ignore[arg-type]  # one of its forms
    if not plain(typed).split() or _BLANK_LINE.search(words) or words.strip("\n \t\u00a0") != words:
        return
    assert len(find(fold_plain(f"{before} {words} {after}"), typed)) >= 1


@given(st.text(alphabet="aéﬁ’▯ \n>*_`~[](^)!&;\\#-|<br/x1.\t", max_size=60))
def test_every_piece_leads_back_to_where_it_stands(source: str) -> None:
    for folded in (fold_markdown(source), fold_plain(source)):
        places = range(len(folded.text))
        starts = [folded.start(place) for place in places]
        ends = [folded.end(place + 1) for place in places]
        assert starts == sorted(starts)
        assert all(0 <= start < end <= len(source) for start, end in zip(starts, ends, strict=True))
        assert all(folded.place(start) <= place for place, start in zip(places, starts, strict=True))


def test_a_text_that_is_made_to_be_slow_is_folded_at_once() -> None:
    for source in (
        "[" * 20_000,
        "*a " * 20_000,
        "`" * 20_000,
        "](" * 20_000,
        "&a" * 20_000,
        "> " * 20_000,
        "\n " * 20_000,
    ):
        folded = fold_markdown(source)
        assert len(folded.text) <= len(source) * 2
    block = EvidenceDocument.of(EvidenceText("x-\ny " * 1_000, 0, ""), EvidenceKind.MARKDOWN).blocks(0)[0]
    assert "x- y" in fold_block(block).text


def test_words_are_looked_for_across_thousands_of_footnotes() -> None:
    folded = fold_markdown("a[^1]" * 4_000)
    matches = find(folded, "a" * 30)
    assert (matches.start(0), matches.end(0)) == (0, 29 * 5 + 1)
