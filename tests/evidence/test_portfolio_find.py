"""Words found in several files, counted, with the text around them."""

from __future__ import annotations

import re
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.foreign_text import clean
from markterm.domain.words.letters import plain
from markterm.evidence.converted import Converted, Place
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text import portfolio_find
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.portfolio_find import FoundPlace, find_in_files
from markterm.evidence.text_file import EvidenceText


def _document(text: str, converted: Converted | None = None) -> EvidenceDocument:
    cleaned = clean(text)
    return EvidenceDocument.of(EvidenceText(cleaned.text, cleaned.replaced, ""), EvidenceKind.MARKDOWN, converted)


def _places(text: str, query: str) -> list[FoundPlace]:
    return [
        found.place(number)
        for found in find_in_files([("diary.md", _document(text))], query)
        for number in range(found.count)
    ]


def _shown(place: FoundPlace) -> str:
    return f"{place.before}[{place.words}]{place.after}"


def test_each_file_that_has_the_words_says_how_often() -> None:
    files = [(name, _document(text)) for name, text in (("a", "tea tea"), ("b", "coffee"), ("c", "Tea, TEAPOT, te\na"))]
    assert [(found.name, found.count) for found in find_in_files(files, "tea")] == [("a", 2), ("c", 2)]


def test_a_place_is_its_line_and_the_line_around_the_words() -> None:
    (place,) = _places("# Diary\n\n  I made\tgreen  tea for six.\n\nMore tee.\n", "GREEN tea")
    assert (place.line, place.offset) == (2, 18)
    assert _shown(place) == "I made [green tea] for six."


def test_a_place_in_a_converted_file_has_its_page() -> None:
    converted = Converted("", (Place(0, "page 1"), Place(2, "page 2")))
    (found,) = find_in_files([("log.pdf", _document("no\n\nyes\n", converted))], "yes")
    assert found.place(0).label == "page 2"
    assert _places("yes", "yes")[0].label == ""


def test_words_across_the_ends_of_lines_are_shown_as_one() -> None:
    (place,) = _places("> we poured the\n> **green**\n> tea slowly\nand left", "the green tea")
    assert _shown(place) == "we poured [the green tea] slowly"


def test_the_words_in_a_long_paragraph_are_shown_with_a_little_around_them() -> None:
    (place,) = _places(f"{'before ' * 1_000}here it is {'after ' * 1_000}", "here it is")
    assert place.words == "here it is"
    assert place.before.startswith("…")
    assert place.before.endswith("before ")
    assert place.after.startswith(" after")
    assert place.after.endswith("…")
    assert len(_shown(place)) < 400


def test_words_far_apart_are_cut_short() -> None:
    (place,) = _places(f"a{' ' * 100_000}b", "a b")
    assert place.words == "a b"
    place = _places(f"{'word ' * 10_000}", "word " * 5_000)[0]
    assert place.words.startswith("word word")
    assert len(place.words) < 300


def test_nothing_is_put_before_the_first_word_or_after_the_last() -> None:
    assert [_shown(place) for place in _places("tea\ntea", "tea")] == ["[tea]", "[tea]"]


def test_only_so_many_places_are_given_and_all_are_counted() -> None:
    (found,) = find_in_files([("diary.md", _document("tea " * 1_000))], "tea", most=3)
    assert (found.count, len(found.matches)) == (1_000, 3)
    assert [found.place(number).offset for number in range(3)] == [0, 4, 8]
    (found,) = find_in_files([("diary.md", _document("green tea " * 1_000))], "green tea", most=3)
    assert (found.count, len(found.matches)) == (1_000, 3)


@pytest.mark.parametrize("query", ["", " ", " \t ", "absent"])
def test_nothing_is_found_of_nothing(query: str) -> None:
    assert list(find_in_files([("diary.md", _document("some text"))], query)) == []


@pytest.mark.parametrize("query", [".*", "[a-z]", "(", "\\w+", "a|b", "$", "+?"])
def test_a_query_is_words_and_not_a_pattern(query: str) -> None:
    assert _places("some text and a b", query) == []
    assert [place.words for place in _places(f"say {query} twice", query)] == [query]


def test_a_search_that_is_stopped_looks_into_no_further_file() -> None:
    stop = Event()
    found = find_in_files([(name, _document("tea")) for name in "abc"], "tea", stop=stop)
    assert next(found).name == "a"
    stop.set()
    assert list(found) == []


_TEXTS = st.text(alphabet="aAbBİςΣ *_>\n\r\t|é\x1b\u202e", max_size=60)


@given(st.lists(_TEXTS, max_size=4), st.text(alphabet="aBσ *>", max_size=5), st.integers(0, 4))
def test_every_file_counts_what_find_finds_in_it(texts: list[str], query: str, most: int) -> None:
    documents = {f"{number}.md": _document(text) for number, text in enumerate(texts)}
    found = {each.name: each for each in find_in_files(documents.items(), query, most)}
    for name, document in documents.items():
        matches = document.find(query)
        assert len(matches) == (found[name].count if name in found else 0)
        if name in found:
            first = found[name].matches
            assert len(first) == min(most, len(matches))
            assert all(first.start(each) == matches.start(each) for each in range(len(first)))
            assert all(first.end(each) == matches.end(each) for each in range(len(first)))


@given(_TEXTS, st.text(alphabet="aBσ *>", max_size=5))
def test_a_place_shows_the_words_that_were_looked_for_on_one_line(text: str, query: str) -> None:
    document = _document(text)
    for found in find_in_files([("diary.md", document)], query):
        for number in range(found.count):
            place = found.place(number)
            assert "\n" not in _shown(place)
            assert place.offset == found.matches.start(number)
            assert plain(place.words).strip() == plain(query).strip() or "*" in query or ">" in query or "  " in query


def test_lines_without_marks_are_shown_without_parsing_what_is_around_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EvidenceDocument, "blocks", None)  # nobody may ask
    (place,) = _places("**Diary**\n\n  We drank green\ntea – for six.\n\n- *end*\n", "green tea")
    assert _shown(place) == "We drank [green tea] – for six."


_EACH_LINE = """
tea
  a tea
Tea = #
- tea
| tea | b |
|---|---|
---
```
> tea
1. tea
*tea
b* tea
tea\\
[tea
b](c) tea
<!-- tea
tea -->
# tea
tea: b
[^1]: tea
    tea
"""
_LINES = st.sampled_from(_EACH_LINE[1:].split("\n"))


@given(st.lists(_LINES, max_size=12))
def test_a_line_without_marks_is_shown_as_markdown_shows_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    as_it_stands = _places(text, "tea")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portfolio_find, "_AS_THEY_STAND", re.compile("(?!)"))
        parsed = _places(text, "tea")
    assert as_it_stands == parsed
