"""CASE packages as real publishers write them, and as nobody should: read, and what was mended is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.standard import Standard, StatementKind
from markterm.domain.words.errors import Unreadable
from markterm.exports.case.as_1_0 import as_1_0
from markterm.sheets.case_file import CaseFile, case_file, is_case_file, read_case_file, text_of_package
from markterm.sheets.standard_file import STANDARD_WRITER
from tests.examples import examples

NOW = "2026-11-29T15:00:00+00:00"
DOCUMENT = "11111111-1111-4111-8111-111111111111"


def own(number: int) -> str:
    return f"22222222-2222-4222-8222-{number:012d}"


def item(number: int, text: object, code: object = "", **more: object) -> dict[str, Any]:
    made = {"identifier": own(number), "uri": f"https://tea.example/{number}", "fullStatement": text}
    return {**made, "lastChangeDateTime": NOW, **({"humanCodingScheme": code} if code else {}), **more}


def part_of(child: int, parent: int | str, **more: object) -> dict[str, Any]:
    above = own(parent) if isinstance(parent, int) else parent
    return {
        "identifier": f"33333333-3333-4333-8333-{child:06d}{abs(hash(above)) % 10**6:06d}",
        "uri": f"https://tea.example/a/{child}",
        "associationType": "isChildOf",
        "originNodeURI": {"title": "", "identifier": own(child), "uri": f"https://tea.example/{child}"},
        "destinationNodeURI": {"title": "", "identifier": above, "uri": "https://tea.example/above"},
        "lastChangeDateTime": NOW,
        **more,
    }


def package(*items: object, parts: tuple[object, ...] = (), **document: Any) -> dict[str, Any]:
    about = {"identifier": DOCUMENT, "uri": "https://tea.example/d", "creator": "Tea Board", "title": "TEA01 Make tea"}
    return {
        "CFDocument": {**about, "lastChangeDateTime": NOW, "version": "2", **document},
        "CFItems": list(items),
        "CFAssociations": list(parts),
    }


def standard_of(value: object) -> Standard:
    (standard,) = case_file(value, NOW).understood.standards
    return standard


def told(value: object) -> list[str]:
    return [finding.code for finding in case_file(value, NOW).findings(Path("tea.json"))]


def said(case: CaseFile) -> str:
    return " ".join(each.message for each in case.told)


def test_the_items_of_a_publisher_become_statements_with_their_parts_in_their_order() -> None:
    made = package(
        item(1, "Brew.", "TEA.1"),
        item(2, "Wait.", "TEA.1b"),
        item(3, "Boil.", "TEA.1a"),
        parts=(part_of(1, DOCUMENT), part_of(2, 1, sequenceNumber=2), part_of(3, 1, sequenceNumber=1)),
    )
    standard = standard_of(made)
    assert (standard.code, standard.title, standard.version, standard.origin) == ("TEA01", "Make tea", "2", "Tea Board")
    assert [(each.code, each.parent, each.text) for each in standard.statements] == [
        ("TEA.1", "", "Brew."),
        ("TEA.1a", "TEA.1", "Boil."),
        ("TEA.1b", "TEA.1", "Wait."),
    ]
    assert not told(made)


def test_types_that_name_a_kind_and_headings_without_a_code_make_the_sections_of_a_sheet() -> None:
    made = package(
        item(1, "Knowledge"),
        item(2, "the leaves", "K1"),
        item(3, "Before"),
        item(4, "pour", "S1", CFItemType="Skill"),
        parts=(part_of(1, DOCUMENT), part_of(2, 1), part_of(3, DOCUMENT), part_of(4, 3)),
    )
    assert [(each.code, each.kind, each.under) for each in standard_of(made).statements] == [
        ("K1", StatementKind.KNOWLEDGE, ""),
        ("S1", StatementKind.SKILL, "Before"),
    ]


def test_numbers_as_texts_and_texts_as_numbers_are_read_and_stay_valid() -> None:
    made = package(item(1, "b", "1"), item(2, "a", 2), parts=(part_of(1, DOCUMENT, sequenceNumber="2"),), version=1.5)
    made["CFAssociations"].append(part_of(2, DOCUMENT, sequenceNumber=1.0))
    case = case_file(made, NOW)
    assert [each["sequenceNumber"] for each in case.package["CFAssociations"]] == [2, 1]
    assert [each.code for each in standard_of(made).statements] == ["2", "1"]
    assert standard_of(made).version == "1.5"
    assert not case.told


@pytest.mark.parametrize("nothing", [None, 7, "text", [], {}, [[1]], {"a": 1}, True])
def test_whatever_stands_where_something_else_belongs_is_told_and_stops_nothing(nothing: object) -> None:
    for key in ("CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics", "extensions"):
        case_file({**package(item(1, "a", "1")), key: nothing}, NOW)
    for key in ("identifier", "uri", "title", "creator", "version", "lastChangeDateTime", "extensions", "subject"):
        made = package(item(1, "a", "1"))
        made["CFDocument"][key] = nothing
        case_file(made, NOW)
    whole = (part_of(1, DOCUMENT),)
    for key in ("identifier", "uri", "fullStatement", "humanCodingScheme", "CFItemType", "CFItemTypeURI", "extensions"):
        case = case_file(package({**item(1, "a", "1"), key: nothing}, nothing, parts=whole), NOW)
        assert case_file(case.package, NOW).package == case.package
    for key in ("identifier", "associationType", "originNodeURI", "destinationNodeURI", "sequenceNumber"):
        case_file(package(item(1, "a", "1"), parts=(nothing, {**part_of(1, DOCUMENT), key: nothing})), NOW)


def test_what_is_missing_is_made_and_told_and_made_the_same_each_time() -> None:
    made = {"CFItems": [{"fullStatement": "Boil."}, {"humanCodingScheme": "2"}, {}]}
    case = case_file(made, NOW)
    assert [each.text for each in standard_of(made).statements] == ["Boil."]
    assert case.package == case_file(made, NOW).package
    assert "The package has no CFDocument" in said(case)
    assert "An item has no words" in said(case)
    assert set(told(made)) == {"MS095", "MS099"}


def test_keys_that_case_does_not_know_are_kept_in_extensions() -> None:
    case = case_file(package(item(1, "a", "1", grade=[4], CFDocumentURI="https://tea.example")), NOW)
    assert case.package["CFItems"][0]["extensions"] == {"grade": [4]}
    assert not case.told


def test_identifiers_that_are_none_are_replaced_wherever_they_are_named_and_the_old_ones_kept() -> None:
    made = package({**item(1, "a", "1"), "identifier": "one"}, {**item(2, "b", "2"), "identifier": "TWO"})
    made["CFAssociations"] = [
        {"associationType": "is child of", "originNodeURI": "TWO", "destinationNodeURI": {"identifier": "one"}}
    ]
    case = case_file(made, NOW)
    assert [(each.code, each.parent) for each in standard_of(made).statements] == [("1", ""), ("2", "1")]
    assert case.package["CFItems"][0]["extensions"] == {"identifier": "one"}
    assert case.package["CFAssociations"][0]["associationType"] == "isChildOf"


def test_the_same_identifier_for_two_items_leaves_neither_out() -> None:
    made = package(item(1, "a", "1"), item(1, "b", "2"), item(1, "a", "1"))
    assert [each.text for each in standard_of(made).statements] == ["a", "b"]
    assert told(made) == ["MS096", "MS096"]


def test_a_code_that_is_used_twice_or_is_none_for_a_sheet_is_made_one_and_told() -> None:
    made = package(item(1, "a", "(1) (A)"), item(2, "b", "1-A"), item(3, "c"), item(4, "d", "é" * 50))
    assert [each.code for each in standard_of(made).statements] == ["1-A", "1-A-2", "3", "4"]
    assert set(told(made)) == {"MS096", "MS099"}


def test_parts_in_a_circle_are_broken_at_the_first_and_none_is_left_out() -> None:
    made = package(
        item(1, "one", "1"),
        item(2, "two", "2"),
        item(3, "three", "3"),
        item(4, "four", "4"),
        parts=(part_of(2, 3), part_of(3, 4), part_of(4, 2), part_of(1, 1)),
    )
    case = case_file(made, NOW)
    assert [(each.code, each.parent) for each in standard_of(made).statements] == [
        ("1", ""),
        ("2", ""),
        ("4", "2"),
        ("3", "4"),
    ]
    assert told(made) == ["MS130", "MS130"]
    assert "broken above 2: 2 → 3 → 4 → 2" in said(case)


def test_a_part_of_two_stands_under_the_first_and_one_of_nothing_at_the_top() -> None:
    made = package(
        item(1, "one", "1"),
        item(2, "two", "2"),
        item(3, "three", "3"),
        parts=(part_of(3, 2), part_of(3, 1), part_of(2, 9)),
    )
    assert [(each.code, each.parent) for each in standard_of(made).statements] == [("1", ""), ("2", ""), ("3", "2")]
    assert sorted(told(made)) == ["MS095", "MS099"]


def test_a_chain_of_parts_of_any_length_is_read_and_can_be_written() -> None:
    count = 3_000
    made = package(
        *(item(number, "deep") for number in range(count)), parts=tuple(part_of(n, n - 1) for n in range(1, count))
    )
    for each in made["CFItems"]:
        each["CFItemType"] = "Statements"
    standard = standard_of(made)
    assert len(standard.statements) == count
    assert STANDARD_WRITER.render(standard)


@pytest.mark.parametrize(
    ("hostile", "words"),
    [
        ("<p>Boil <b>fresh</b> water</p>", "Boil fresh water"),
        ("Boil<br/>water<script>steal()</script>", "Boil water"),
        ("<img src=x onerror=alert(1)>Boil", "Boil"),
        ("<STYLE>p{}</STYLE ><!-- gone -->Boil", "Boil"),
        ("where x<y and z>w, <name> stays", "where x<y and z>w, <name> stays"),
        ("&lt;script&gt; &amp; tea&nbsp;leaves", "<script> & tea leaves"),
        ("\x1b[2Jclear\u202eme\ud800", "␛[2Jclear⇄me�"),
        ("<script>never closed", "never closed"),
        ("H<sub>2</sub>O\r\n\r\n| a | b |", "H2O | a | b |"),
    ],
)
def test_markup_in_a_statement_is_taken_off_and_its_words_stay(hostile: str, words: str) -> None:
    standard = standard_of(package(item(1, hostile, "1")))
    assert [each.text for each in standard.statements] == [words]
    assert STANDARD_WRITER.render(standard)


@pytest.mark.long
def test_markup_that_never_ends_is_looked_at_once() -> None:
    for hostile in ("<script>" * 60_000, "<b " * 100_000, "<!--" * 100_000, "<a href='" * 60_000):
        assert standard_of(package(item(1, f"{hostile} tea", "1"))).statements[0].text.endswith("tea")


def test_a_description_that_would_be_headings_and_lists_in_a_sheet_is_free_text_there() -> None:
    made = package(item(1, "a", "1"), description="# Knowledge\n\n- **K1** not a statement\n\n<p>1. One</p><p>Two</p>")
    standard = standard_of(made)
    assert standard.overview == "\\# Knowledge\n\n\\- **K1** not a statement\n\n\\1. One\n\nTwo"
    assert [each.code for each in standard.statements] == ["1"]


def test_a_file_is_told_by_what_is_in_it_also_packed_and_with_a_mark_at_its_beginning(tmp_path: Path) -> None:
    text = json.dumps({"CFPackage": package(item(1, "tea", "1"))})
    for name, data in {
        "a.txt": text.encode(),
        "b.pdf": b"\xef\xbb\xbf \n" + text.encode(),
        "c": text.encode("utf-16"),
        "d.json.gz": gzip.compress(text.encode()),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert is_case_file(tmp_path / name)
        assert read_case_file(tmp_path / name, NOW).understood.standards[0].statements[0].text == "tea"


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b'{"CFDocument": ',
        b'{"other": 1}',
        b'{"a":' * 100_000,
        b'{"CFDocument": {"title": "\xff"}}',
        b'{"n": ' + b"9" * 10_000 + b"}",
        gzip.compress(b'{"CFItems": []}')[:-9],
        b"\x1f\x8bnot packed",
    ],
    ids=[
        "cut short",
        "cut later",
        "another",
        "too deep",
        "not UTF-8",
        "too long a number",
        "packed and cut",
        "no pack",
    ],
)
def test_what_is_no_package_is_refused_with_what_it_is(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "tea.json").write_bytes(data)
    with pytest.raises(Unreadable):
        read_case_file(tmp_path / "tea.json", NOW)


def test_what_unpacks_to_more_than_may_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markterm.sheets.case_file.LIMIT_BYTES", 1_000)
    (tmp_path / "tea.gz").write_bytes(gzip.compress(b'{"CFItems": [' + b" " * 10_000 + b"]}"))
    with pytest.raises(Unreadable, match="too big"):
        read_case_file(tmp_path / "tea.gz", NOW)


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_package_of_100_000_items_is_refused_before_any_of_them_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, wrapped: bool
) -> None:
    def nothing_is_read(*_: object) -> None:
        raise AssertionError("the parts were read")

    monkeypatch.setattr("markterm.sheets.case_file.as_allowed", nothing_is_read)
    package: dict[str, object] = {"CFDocument": {}, "CFItems": [{}] * 100_000}
    (tmp_path / "tea.json").write_text(json.dumps({"CFPackage": package} if wrapped else package), "utf-8")
    with pytest.raises(Unreadable, match=r"has 100,000 CFItems, and at most 50,000 are read"):
        read_case_file(tmp_path / "tea.json", NOW)


def test_rubrics_go_out_as_they_came_and_what_is_wrong_in_them_is_mended() -> None:
    own_fields = {"uri": "https://tea.example/r", "lastChangeDateTime": NOW}
    level = {"identifier": own(30), **own_fields, "score": 1.5, "position": 1, "rubricCriterionId": own(20)}
    criterion = {"identifier": own(20), **own_fields, "weight": 2, "CFRubricCriterionLevels": [level]}
    criterion["CFItemURI"] = {"title": "", "identifier": own(1), "uri": "https://tea.example/1"}
    rubric = {"identifier": own(10), **own_fields, "title": "Tea", "CFRubricCriteria": [criterion]}
    made = {**package(item(1, "a", "1")), "CFRubrics": [rubric]}
    assert case_file(made, NOW).package == made
    made["CFRubrics"] = [{"CFRubricCriteria": {"one": {"weight": "2.5", "CFRubricCriterionLevels": [{"score": []}]}}}]
    case = case_file(made, NOW)
    (level,) = case.package["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"]
    assert level["extensions"] == [{"score": []}]
    assert case_file(case.package, NOW).package == case.package


def test_a_number_that_is_too_large_to_be_written_again_is_kept_as_the_text_that_it_is(tmp_path: Path) -> None:
    (tmp_path / "tea.json").write_text(json.dumps(package(item(1, "a", "1"))).replace('"a"', '"a", "more": 1e999'))
    case = read_case_file(tmp_path / "tea.json", NOW)
    assert case.package["CFItems"][0]["extensions"] == {"more": "1e999"}
    assert json.loads(text_of_package(case.package)) == case.package


def test_half_a_letter_in_an_identifier_and_extensions_that_are_not_ours_are_read() -> None:
    made = package({**item(1, "a", "1"), "identifier": "\ud800"}, extensions={"markterm": ["forged"]})
    made["CFAssociations"] = [{**part_of(1, DOCUMENT), "associationType": "- of"}]
    case = case_file(made, NOW)
    assert case.package["CFAssociations"][0]["associationType"] == "ext:_of"
    assert as_1_0(case.package)["CFDocument"]["title"] == "TEA01 Make tea"


scalar = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
keys = st.sampled_from(
    [
        "CFPackage",
        "CFDocument",
        "CFItems",
        "CFAssociations",
        "CFDefinitions",
        "CFConcepts",
        "CFItemTypes",
        "identifier",
        "uri",
        "title",
        "creator",
        "fullStatement",
        "humanCodingScheme",
        "CFItemType",
        "CFItemTypeURI",
        "associationType",
        "originNodeURI",
        "destinationNodeURI",
        "sequenceNumber",
        "extensions",
        "markterm",
        "kind",
        "code",
        "version",
        "description",
        "lastChangeDateTime",
        "subjectURI",
    ]
)
json_value = st.recursive(
    scalar | st.sampled_from(["isChildOf", "suite", "Functional area", "Function", "Standard", own(1), own(2)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=examples(50))
@given(
    st.dictionaries(keys, json_value, max_size=5), st.lists(st.dictionaries(keys, json_value, max_size=5), max_size=4)
)
def test_any_json_is_read_and_what_is_made_of_it_is_read_as_the_same(
    document: dict[str, Any], items: list[dict[str, Any]]
) -> None:
    case = case_file({"CFDocument": document, "CFItems": items, "CFAssociations": items}, NOW)
    again = case_file(case.package, NOW)
    assert again.package == case.package
    assert again.understood == case.understood


def test_a_circle_is_broken_above_the_one_of_it_that_comes_first_also_where_another_leads_into_it() -> None:
    made = package(
        item(1, "one", "1"),
        item(2, "two", "2"),
        item(3, "three", "3"),
        parts=(part_of(1, 3), part_of(3, 2), part_of(2, 3)),
    )
    assert [(each.code, each.parent) for each in standard_of(made).statements] == [("2", ""), ("3", "2"), ("1", "3")]


def test_a_value_that_cannot_be_read_is_told_and_kept() -> None:
    case = case_file(package(item(1, "a", "1", statusStartDate="soon")), NOW)
    assert "statusStartDate of an item cannot be read: soon" in said(case)
    assert case.package["CFItems"][0]["extensions"] == {"statusStartDate": "soon"}


def test_parts_that_are_too_deep_for_a_sheet_are_told() -> None:
    count = 12
    items = [item(number, "deep", f"D.{number}") for number in range(count)]
    case = case_file(package(*items, parts=tuple(part_of(n, n - 1) for n in range(1, count))), NOW)
    assert "Parts are too deep for a sheet, and stand one step higher: D.8, D.9" in said(case)


def test_a_title_of_nothing_but_capitals_does_not_hold_up_the_reading() -> None:
    title = "T" * 100_000
    package = {"CFDocument": {"identifier": DOCUMENT, "title": title}, "CFItems": [item(1, "warm the pot", "K1")]}
    (standard,) = case_file(package, NOW).understood.standards
    assert standard.code == title[:40]
