from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.words.finding import Finding
from markterm.sheets.front_matter import FrontMatter, kind_of, list_text, read_front_matter, value_text
from tests.examples import examples
from tests.seen_text import seen_text


def front_of(inside: str) -> FrontMatter:
    front, findings = read_front_matter(f"---\n{inside}\n---\n")
    assert front is not None, findings
    return front


def fault_of(text: str) -> Finding:
    front, findings = read_front_matter(text)
    assert front is None
    (finding,) = findings
    return finding


@pytest.mark.parametrize("value", ["1.10", "0123", "no", "12:30", "null", "~", "2026-01-12", "1e3", "R&D", "O'Brien"])
def test_a_value_is_the_text_that_was_typed(value: str) -> None:
    assert front_of(f"key: {value}").values == {"key": value}


def test_values_are_texts_and_lists_with_the_lines_they_stand_on() -> None:
    front = front_of("a: 1\nb: [x, y]\n# a remark\nc:\n  - x\n  - y\nd: long\n  text\ne:")
    assert front.values == {"a": "1", "b": ("x", "y"), "c": ("x", "y"), "d": "long text", "e": ""}
    assert front.lines == {"a": (2, 2), "b": (3, 3), "c": (5, 7), "d": (8, 9), "e": (10, 10)}
    assert front.closing_line == 11


_SIGNS = ["x", "(y)", "a-1", "b:", ":", "#", "b#", "-", "'", '"', ",", "[", "]", "&", "%", "x\u2028b: x", "x\nb: x"]
_VALUES = st.tuples(st.sampled_from(["x", "Zoë", "O'Brien", *_SIGNS]), *[st.sampled_from(_SIGNS)] * 2)
_LINES = (_VALUES.map(" ".join) | _VALUES.map(", ".join).map("[{}]".format)).map("a: {}".format)


@given(_LINES)
@settings(max_examples=examples(300))
def test_plain_lines_are_read_as_yaml_reads_them(inside: str) -> None:
    # A remark on a line of its own says nothing, and is not plain.
    for told, by_yaml in zip(
        read_front_matter(f"---\n{inside}\n---\n"), read_front_matter(f"---\n{inside}\n# a remark\n---\n"), strict=True
    ):
        if isinstance(told, FrontMatter) and isinstance(by_yaml, FrontMatter):
            assert (told.values, told.lines) == (by_yaml.values, by_yaml.lines)
        else:
            assert (told is None) == (by_yaml is None)


def test_the_body_is_everything_below_the_front_matter() -> None:
    front, _ = read_front_matter("---\na: b\n---\n\nText\n---\nmore\n")
    assert front is not None
    assert front.body == "\nText\n---\nmore\n"


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("a: &x 1", 2),
        ("a: 1\nb: *x", 3),
        ("a: !!int 1", 2),
        ("a: !!python/object:os.system x", 2),
        ("a: ! b", 2),
        ("a: &x [b]", 2),
        ("a:\n  b: c", 3),
        ("a: [[b]]", 2),
        ("a: [{b: c}]", 2),
        ("- a", 2),
        ("just text", 2),
        ("? [a]\n: b", 2),
        ("a: b\na: c", 3),
        ("a: b: c", 2),
        ("a: [b", 3),
        ("a: b\n--- c", 3),
        ("a: b\n--- {c: d}", 3),
        ("a: \x1b", 1),
        ("a: \ud800", 1),
    ],
)
def test_front_matter_that_is_more_or_less_than_plain_keys_is_ms003_with_its_line(inside: str, line: int) -> None:
    finding = fault_of(f"---\n{inside}\n---\n")
    assert (finding.code, finding.line) == ("MS003", line)


@pytest.mark.parametrize("text", ["", "text", " ---\na: b\n---\n", "\n---\na: b\n---\n", "----\na: b\n----\n"])
def test_a_text_without_front_matter_on_line_1_is_ms010(text: str) -> None:
    assert fault_of(text).code == "MS010"


def test_front_matter_without_end_says_what_is_missing() -> None:
    assert "no end" in fault_of("---\nkind: unit\n").message


def test_a_control_character_that_comes_in_by_an_escape_is_found() -> None:
    front, findings = read_front_matter('---\na: b\nname: "x\\u001b[31m"\n---\n')
    assert front is not None
    assert front.values["name"] == "x␛[31m"
    assert [(finding.code, finding.line) for finding in findings] == [("MS002", 3)]


def test_a_deeply_nested_value_is_refused_at_once() -> None:
    assert fault_of(f"---\na: {'[' * 200_000}\n---\n").code == "MS003"


def test_the_kind_is_known_even_if_the_rest_cannot_be_read() -> None:
    assert kind_of('---\nkind: "unit"\nx: [\n---\n') == "unit"
    assert kind_of("---\ncode: x\n---\nkind: unit\n") is None
    assert kind_of("kind: unit\n") is None


@given(seen_text())
def test_a_written_value_is_read_back_as_it_was(value: str) -> None:
    assert front_of(f"key: {value_text(value)}").values == {"key": value}


@given(st.lists(seen_text()))
def test_a_written_list_is_read_back_as_it_was(values: list[str]) -> None:
    assert front_of(f"key: {list_text(values)}").values == {"key": tuple(values)}


def test_a_value_is_quoted_only_if_it_has_to_be() -> None:
    assert value_text("R&D, 1.10 no") == "R&D, 1.10 no"
    assert value_text("Feedback: a start") == '"Feedback: a start"'
    assert value_text("*x") == '"*x"'
    assert list_text(["a", "b, c"]) == '[a, "b, c"]'


@given(st.text(alphabet="ab:-[]{},&*!#'\"\n .?|>%@\\"))
def test_what_is_read_agrees_with_yaml(inside: str) -> None:
    front, _ = read_front_matter(f"---\n{inside}\n---\n")
    if front is not None and front.closing_line == inside.count("\n") + 3:
        loaded = yaml.load(inside, Loader=yaml.BaseLoader) or {}
        assert {key: list(v) if isinstance(v, tuple) else v for key, v in front.values.items()} == loaded


CHANGED = [
    ("title: Priority #1", "Priority"),
    ("title: #1 Priority", ""),
    ('title: "Priority" #1', "Priority"),
    ("title: Zoë 😀 #1", "Zoë 😀"),
    ("title: [a, b] # c", ("a", "b")),
    ("title: [a #b\n  , c]", ("a", "c")),
    ("title:\n  - a\n  - b #2", ("a", "b")),
    ('title: "C:\\temp"', "C:\temp"),
    ("title: |\n  a", "a\n"),
    ("title: a\n\n  b", "a\nb"),
    ("title: ># b", ""),
    ("title: >- # b\n  a", "a"),
]


@pytest.mark.parametrize(("inside", "read"), CHANGED)
def test_a_value_that_yaml_cuts_or_changes_is_told_on_its_line(inside: str, read: str | tuple[str, ...]) -> None:
    front, findings = read_front_matter(f"---\ncode: x\n{inside}\nlast: y\n---\n")
    assert front is not None
    assert front.values == {"code": "x", "title": read, "last": "y"}
    at = 3 + next((n for n, line in enumerate(inside.split("\n")) if " #" in line), 0)
    assert [(finding.code, finding.line) for finding in findings] == [("MS120", at)]


@pytest.mark.parametrize(
    "value",
    ["C#", "a#b", '"Priority #1"', "'it''s #1'", '"a \\"b\\""', ">-\n  a\n  b", '"\\U0001F600: x"', "[a, 'b #1']"],
)
def test_a_value_that_is_read_as_it_looks_is_not_told(value: str) -> None:
    assert read_front_matter(f"---\n# A remark on a line of its own.\ntitle: {value}\n---\n")[1] == []


@pytest.mark.parametrize("sign", [*"@%&*!`|>[{\"',?-:#", "- ", "? ", ": ", "!!", "{{", "%YAML", "<<: "])
def test_a_value_that_begins_with_a_sign_is_read_as_it_looks_or_told(sign: str) -> None:
    front, findings = read_front_matter(f"---\ntitle: {sign}x\nlast: y\n---\n")
    assert findings or (front is not None and front.values["title"] == f"{sign}x")


@given(st.text(alphabet="ab:-[]{},&*!#'\" .?|>%@\\", min_size=1))
def test_no_value_on_one_line_is_cut_or_changed_in_silence(value: str) -> None:
    front, findings = read_front_matter(f"---\nkey: {value}\n---\n")
    if front is None or findings or isinstance(front.values.get("key"), tuple):
        return
    read, stands = front.values["key"], value.strip()
    assert isinstance(read, str)
    if stands[:1] == '"':
        assert read == stands[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    elif stands[:1] == "'":
        assert read == stands[1:-1].replace("''", "'")
    else:
        assert read == stands or stands.strip("|>+-") == ""


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_what_is_written_is_read_without_a_finding_of_this_kind(value: str) -> None:
    _, findings = read_front_matter(f"---\nkey: {value_text(value)}\n---\n")
    assert [finding for finding in findings if finding.code == "MS120"] == []
