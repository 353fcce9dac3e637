"""Which files are one document at two attempts."""

from __future__ import annotations

import pytest

from markterm.domain.record.submission import changes
from markterm.domain.texts.file_change import FileChange, FileFate, attempts_by_name, file_changes, rows, shared_part


def told(before: dict[str, str], now: dict[str, str], alike: dict[tuple[str, str], float] | None = None) -> list[str]:
    def likeness(old: str, new: str) -> float:
        return (alike or {}).get((old, new), 0.0)

    return [f"{each.fate} {each.old} > {each.new}" for each in file_changes(changes(before, now), before, likeness)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("I Jones-ENR-Centre-501(1).docx", "I Jones-ENR-Centre-501(2).docx"),
        ("I Jones-ENR-Centre-501(1).docx", "i jones-enr-centre-501 (2).pdf"),
        ("I Jones-ENR-Centre-501.docx", "I Jones-ENR-Centre-501(2).docx"),
        ("attempt 1/plan.md", "Attempt 2/plan.md"),
    ],
)
@pytest.mark.parametrize("stays", [True, False])
def test_a_name_that_differs_in_the_attempt_only_is_the_same_document(old: str, new: str, stays: bool) -> None:
    assert told({old: "aa"}, {new: "bb"} | ({old: "aa"} if stays else {})) == [f"changed {old} > {new}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("I Jones-ENR-Centre-501(2).docx", "I Jones-ENR-Centre-501(1).docx"),
        ("I Jones-ENR-Centre-501(1).docx", "I Jones-ENR-Centre-503(2).docx"),
        ("work/Plan.md", "other/Plan(2).md"),
        ("Log 1.md", "Log 2.md"),
        ("session 1/log.md", "session 2/log.md"),
    ],
)
def test_any_other_name_is_that_of_another_document(old: str, new: str) -> None:
    assert told({old: "aa"}, {old: "aa", new: "bb"}) == [f"added  > {new}"]


@pytest.mark.parametrize(("old", "new"), [("Plan.md", "Plan (2).md"), ("work/Plan(9)", "work/Plan(10)")])
def test_any_other_number_is_that_of_an_attempt_when_the_texts_have_something_in_common(old: str, new: str) -> None:
    assert told({old: "aa"}, {old: "aa", new: "bb"}, {(old, new): 0.2}) == [f"changed {old} > {new}"]
    assert told({old: "aa"}, {old: "aa", new: "bb"}, {(old, new): 0.1}) == [f"added  > {new}"]


def test_the_last_attempt_before_is_the_one_that_is_compared_of_the_same_kind_first() -> None:
    one, two, three = (f"I Jones-ENR-Centre-501({number})" for number in (1, 2, 3))
    before = {f"{one}.docx": "a", f"{two}.docx": "b", f"{two}.pdf": "c"}
    assert told(before, {**before, f"{three}.docx": "d"}) == [f"changed {two}.docx > {three}.docx"]


def test_texts_that_are_alike_are_one_document_the_most_alike_first() -> None:
    before, now = {"a.md": "1", "b.md": "2", "c.md": "3"}, {"x.md": "4", "y.md": "5"}
    alike = {("a.md", "x.md"): 0.6, ("b.md", "x.md"): 0.9, ("a.md", "y.md"): 0.5, ("c.md", "y.md"): 0.4}
    assert told(before, now, alike) == ["removed c.md > ", "changed b.md > x.md", "changed a.md > y.md"]


def test_what_was_changed_in_place_or_renamed_stays_so() -> None:
    before, now = {"a.md": "1", "b.md": "2", "c.md": "3"}, {"a.md": "9", "z.md": "2", "c.md": "3"}
    assert told(before, now) == ["changed a.md > a.md", "renamed b.md > z.md"]


def test_without_a_submission_the_names_tell_which_is_the_last_attempt() -> None:
    one, two, three = (f"I Jones-ENR-Centre-501({number}).docx" for number in (1, 2, 3))
    names = ("diary.md", one, two, three, "scan (1).png", "scan (2).png", "other(2).md")
    assert attempts_by_name(names, lambda *_: 0.0) == (FileChange(FileFate.CHANGED, two, three),)
    assert attempts_by_name(("a.md", "b.md"), lambda *_: 1.0) == ()


def test_texts_are_alike_by_the_words_that_follow_each_other() -> None:
    text = "I planned the session with my client and we agreed on what to do."
    assert shared_part(rows(text), rows(text)) == 1.0
    assert shared_part(rows(text), rows(" ".join(reversed(text.split())))) == 0.0
    assert 0.4 < shared_part(rows(text), rows(text.replace("agreed", "spoke"))) < 1.0
    assert shared_part(rows(text), rows("")) == shared_part(rows("two words"), rows("two words")) == 0.0


def test_a_folder_that_was_handed_in_anew_is_not_compared_file_by_file() -> None:
    def likeness(old: str, new: str) -> float:
        raise AssertionError(old, new)

    before, now = ({f"{side}{number}.md": f"{side}{number}" for number in range(100)} for side in "ab")
    found = file_changes(changes(before, now), before, likeness)
    assert [each.fate for each in found] == [FileFate.REMOVED] * 100 + [FileFate.ADDED] * 100
