"""Standards, suites and mappings as CASE packages: what goes out comes back the same, and is what CASE asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink, Term
from markterm.domain.assessed.suite import Function, FunctionalArea, ListedStandard, Suite
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.exports.case.as_1_0 import as_1_0
from markterm.exports.case.standards import ImportedStandard, standard_package, suite_package, unit_package
from markterm.sheets.case_file import case_file
from markterm.sheets.standard_file import STANDARD_WRITER, read_standard
from markterm.sheets.suite_file import SUITE_WRITER
from tests.examples import examples

NOW = "2026-11-29T15:00:00+00:00"
TEA = Standard(
    "TEA01",
    "Make tea",
    "2.0",
    suite="TEA",
    origin="Tea Board",
    approved="January 2026",
    overview="Free text.\n\nAnd <b>more</b> of it &amp; so on.",
    statements=(
        Statement("P1", StatementKind.PERFORMANCE, "boil <b>fresh</b> water", "Before"),
        Statement("P1a", StatementKind.PERFORMANCE, "cold &amp; clean", "Before", "P1"),
        Statement("P2", StatementKind.PERFORMANCE, "clear up", "Knowledge"),
        Statement("K1", StatementKind.KNOWLEDGE, "the  leaves"),
    ),
    glossary=(Term("pot", "what it stands in"),),
    to_check=("Look at P2.",),
)
SUITE = Suite(
    "TEA",
    "Tea at work",
    "2.0",
    key_purpose="Make tea",
    standards=(ListedStandard("TEA01", "Make tea for all"), ListedStandard("TEA02", "Clear up")),
    areas=(
        FunctionalArea("A", "Brew", (Function("A1", "Boil", ("TEA02", "TEA01", "KTL07")), Function("A2", "Wait"))),
        FunctionalArea("B", "Rest"),
    ),
    glossary=(Term("guest", "who drinks it"),),
    links=("Catering",),
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
sentence = st.lists(words, min_size=1, max_size=4).map(" ".join)
heading = st.lists(st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=9), max_size=2).map(
    " ".join
)
kinds = st.permutations([StatementKind.PERFORMANCE, StatementKind.KNOWLEDGE, StatementKind.OTHER])


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    statements: list[Statement] = []
    for kind in draw(kinds):
        for under in dict.fromkeys(["", *draw(st.lists(heading, max_size=2))]):
            for text in draw(st.lists(sentence, max_size=2)):
                code = f"S.{len(statements)}"
                statements.append(Statement(code, kind, text, under))
                for part in draw(st.lists(sentence, max_size=2)):
                    statements.append(Statement(f"S.{len(statements)}", kind, part, under, code))
    return Standard("TEA01", draw(sentence), draw(st.just("") | heading), statements=tuple(statements))


def required(package: dict[str, Any]) -> None:
    """That every part has what CASE requires, and every identifier is one and found once."""
    parts = [package["CFDocument"], *package["CFItems"], *package["CFAssociations"]]
    for each in parts:
        assert _UUID.fullmatch(each["identifier"])
        assert ":" in each["uri"]
        assert datetime.fromisoformat(each["lastChangeDateTime"]).tzinfo is not None
    assert len({each["identifier"] for each in parts}) == len(parts)
    assert package["CFDocument"]["creator"]
    assert "title" in package["CFDocument"]
    assert all("fullStatement" in each for each in package["CFItems"])
    for each in package["CFAssociations"]:
        for node in (each["originNodeURI"], each["destinationNodeURI"]):
            assert node.keys() == {"title", "identifier", "uri"}


@settings(max_examples=examples(60))
@given(standards())
def test_a_sheet_becomes_a_package_and_the_package_the_same_sheet(standard: Standard) -> None:
    read = read_standard(STANDARD_WRITER.render(standard)).sheet
    package = standard_package(standard, NOW, {})
    required(package)
    case = case_file(package, NOW)
    assert case.package == package
    assert case.understood.standards == (read,)
    assert not case.told


node = st.integers(0, 6)
items = st.lists(st.tuples(sentence, st.sampled_from(["", "1", "A.2", "(3)"]), st.sampled_from(["", "Skill", "x"])))


@settings(max_examples=examples(60))
@given(items, st.lists(st.tuples(node, node, st.sampled_from(["isChildOf", "precedes", "ext:x"]), st.integers(-9, 9))))
def test_a_package_becomes_a_sheet_and_comes_back_as_it_was(
    given_items: list[tuple[str, str, str]], given_links: list[tuple[int, int, str, int]]
) -> None:
    def own(number: int) -> str:
        return f"22222222-2222-4222-8222-{number:012d}"

    about = {"uri": "https://tea.example/1", "lastChangeDateTime": NOW}
    package: dict[str, Any] = {
        "CFDocument": {"identifier": own(0), "creator": "C", "title": "TEA07 Tea", "notes": "", **about},
        "CFItems": [
            {"identifier": own(n), "fullStatement": text, "humanCodingScheme": code, "CFItemType": kind, **about}
            for n, (text, code, kind) in enumerate(given_items, 1)
        ],
        "CFAssociations": [
            {
                "identifier": own(100 + place),
                "associationType": kind,
                "sequenceNumber": number,
                "originNodeURI": {"title": "o", "identifier": own(origin), "uri": "urn:x:o"},
                "destinationNodeURI": {"title": "d", "identifier": own(target), "uri": "urn:x:d", "targetType": "CASE"},
                **about,
            }
            for place, (origin, target, kind, number) in enumerate(given_links)
        ],
    }
    case = case_file(package, NOW)
    assert case.package == package
    (standard,) = case.understood.standards
    assert read_standard(STANDARD_WRITER.render(standard)).sheet == standard
    texts = [each.text for each in standard.statements]
    assert len(texts) == len({each.code for each in standard.statements})
    assert len(texts) <= len(given_items)


def test_what_a_sheet_says_and_case_has_no_field_for_comes_back_too() -> None:
    case = case_file(standard_package(TEA, NOW, {}), NOW)
    assert case.understood.standards == (TEA,)
    assert not case.told


def test_a_suite_comes_back_with_its_map_and_the_standards_that_the_centre_has() -> None:
    package = suite_package(SUITE, KnownStandards.of([TEA]), NOW, {})
    required(package)
    case = case_file(package, NOW)
    assert case.understood.suite == SUITE
    assert case.understood.standards == (TEA,)
    assert not case.told
    assert SUITE_WRITER.render(SUITE)


def test_in_the_older_version_the_statements_and_the_map_come_back() -> None:
    older = as_1_0(suite_package(SUITE, KnownStandards.of([TEA]), NOW, {}))
    required(older)
    assert "extensions" not in str(older)
    case = case_file(older, NOW)
    assert case.understood.suite is not None
    assert [each.code for each in case.understood.suite.functions] == ["A1", "A2"]
    assert case.understood.suite.functions[0].standards == ("TEA02", "TEA01")
    (standard,) = case_file(as_1_0(standard_package(TEA, NOW, {})), NOW).understood.standards
    assert (standard.code, standard.title, standard.version) == ("TEA01", "Make tea", "2.0")
    assert [(each.code, each.kind, each.under, each.parent) for each in standard.statements] == [
        (each.code, each.kind, each.under, each.parent) for each in TEA.statements
    ]


def test_identifiers_are_the_same_each_time_and_others_for_another_version() -> None:
    first, again = (standard_package(TEA, at, {}) for at in (NOW, "2027-01-01T00:00:00+00:00"))
    other = standard_package(replace(TEA, version="3.0"), NOW, {})

    def identifiers(package: dict[str, Any]) -> set[str]:
        return {each["identifier"] for each in [package["CFDocument"], *package["CFItems"]]}

    assert identifiers(first) == identifiers(again)
    assert not identifiers(first) & identifiers(other)


def test_a_changed_sheet_keeps_the_identifiers_of_its_publisher_and_what_the_publisher_says_besides() -> None:
    came = {
        "identifier": "22222222-2222-4222-8222-000000000001",
        "uri": "https://tea.example/1",
        "notes": "From above.",
    }
    item = {**came, "fullStatement": "the leaves of old", "humanCodingScheme": "K1", "lastChangeDateTime": NOW}
    document = {"identifier": "22222222-2222-4222-8222-000000000000", "uri": "https://tea.example", "language": "en"}
    package = standard_package(TEA, NOW, {TEA.key: ImportedStandard(document, {"K1": item})})
    required(package)
    assert package["CFDocument"]["language"] == "en"
    assert package["CFDocument"]["identifier"] == document["identifier"]
    (kept,) = (each for each in package["CFItems"] if each["identifier"] == came["identifier"])
    assert (kept["fullStatement"], kept["notes"], kept["uri"]) == ("the  leaves", "From above.", came["uri"])
    assert any(each["originNodeURI"]["uri"] == came["uri"] for each in package["CFAssociations"])


def test_a_unit_goes_out_with_what_its_criteria_cover_by_how_far_and_without_what_was_turned_down() -> None:
    criteria = tuple(Criterion(number, f"Do {number}.") for number in ("1.1", "1.2", "1.3"))
    unit = Unit("T-101", "Tea", version="1", outcomes=(LearningOutcome(1, "Brew", criteria),))
    mapped = (
        Mapped("1.1", StatementLink("TEA01", "K1")),
        Mapped("1.2", StatementLink("TEA01", "P1", "2.0"), Strength.PARTLY, "cold only"),
        Mapped("1.3", StatementLink("TEA01", "P2"), Strength.NOT),
        Mapped("1.3", StatementLink("TEA09", "P2")),
    )
    package = unit_package(unit, mapped, KnownStandards.of([TEA]), NOW, {})
    required(package)
    statements = {each["humanCodingScheme"]: each["identifier"] for each in _items(TEA)}
    links = [each for each in package["CFAssociations"] if each["associationType"] != "isChildOf"]
    assert [(each["associationType"], each["destinationNodeURI"]["identifier"]) for each in links] == [
        ("exactMatchOf", statements["K1"]),
        ("isRelatedTo", statements["P1"]),
    ]
    assert [each["originNodeURI"]["title"] for each in links] == ["1.1", "1.2"]
    assert links[1]["notes"] == "cold only"
    assert [each["fullStatement"] for each in package["CFItems"]] == ["Brew", "Do 1.1.", "Do 1.2.", "Do 1.3."]


def _items(standard: Standard) -> list[dict[str, Any]]:
    return [each for each in standard_package(standard, NOW, {})["CFItems"] if "humanCodingScheme" in each]
