"""What learners' work has in common: found in whatever files it stands, and shown to whom it may be."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from markterm.centre.alike_texts import AlikeTexts
from markterm.centre.centre import Centre
from markterm.centre.evidence import Evidence
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.cases import CaseRecord
from markterm.domain.texts.word_prints import FORM
from markterm.domain.views.alike import AlikeSeen
from markterm.domain.words.errors import MarkTermError, NotNow, Refused, Unreadable
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.progress import Progress, Step
from markterm.evidence.readers import VERSION
from markterm.own.fingerprint_index import FingerprintIndex
from markterm.own.places import Places
from tests.centres import add_learner, places_in
from tests.domain.test_shared_passages import TAKEN
from tests.planted_pairs import Made, answered, planted

OWN = (
    "In March I began with clients from the bakery and wrote down what each hoped to gain by the summer.",
    "Nobody had warned me of the noise in the laundry, so we moved to a bench beside the old canal.",
)


def looked(centre: Centre, unit: str = "", learner: str = "") -> AlikeSeen:
    """What is found, in the end."""
    centre.caseload.now()
    *_, seen = centre.alike.look(Progress(), unit, learner)
    return seen


def hand_in(centre: Path, registration: str, name: str, text: str) -> Path:
    """Put a file among the learner's evidence."""
    file = centre / "learners" / registration / "evidence" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def copied(path: Path) -> Path:
    """The centre, where one learner copied a passage of another's in a file of another kind."""
    hand_in(path, "AAA1", "essay.md", f"# Essay\n\n{OWN[0]}\n\n{TAKEN}\n")
    hand_in(path, "BBB2", "log.html", f"<h1>Log</h1><p>{OWN[1]}</p><p>{TAKEN}</p>")
    return path


@pytest.fixture
def ines(copied: Path, places: Places) -> Centre:
    """The same, opened by a verifier."""
    return Centre.open(copied, member="ines", places=places)


def test_a_passage_is_found_across_kinds_of_files_with_where_it_stands_in_both(ines: Centre) -> None:
    seen = looked(ines)
    (pair,) = seen.pairs
    assert (pair.one, pair.other, seen.hidden) == ("AAA1", "BBB2", 0)
    (passage,) = pair.passages
    assert (passage.holders, passage.cohort) == (2, 3)
    assert passage.one.passage.file == "essay.md"
    assert (passage.one.passage.first, passage.one.passage.last) == (5, 5)
    assert passage.other.passage.file == "log.html"
    assert passage.one.passage.quote == TAKEN
    marked = " ".join(passage.other.text[start:end] for start, end in passage.other.marked)
    assert "boiler in the depot" in marked


def test_of_one_learner_only_what_others_share_with_them_is_found_and_they_come_first(ines: Centre) -> None:
    (pair,) = looked(ines, learner="BBB2").pairs
    assert (pair.one, pair.other) == ("BBB2", "AAA1")
    assert pair.passages[0].one.passage.file == "log.html"
    assert looked(ines, learner="CCC3").pairs == ()


def test_of_a_unit_only_who_are_on_it_are_looked_at(copied: Path, ines: Centre) -> None:
    add_learner(copied, "DDD4", "Dan", evidence=f"{OWN[1][:40]}\n\n{TAKEN}", units="[T-102]")
    assert {(each.one, each.other) for each in looked(ines, "T-101").pairs} == {("AAA1", "BBB2")}


def test_what_stands_in_a_sheet_or_a_template_of_the_centre_is_left_out(copied: Path, ines: Centre) -> None:
    (copied / "templates").mkdir()
    (copied / "templates" / "form.md").write_text(TAKEN, "utf-8")
    assert looked(ines).pairs == ()


def test_the_same_file_is_told_of_whatever_kind_it_is_of_and_wherever_it_lies(copied: Path, ines: Centre) -> None:
    bytes_of_it = b"\x00\x01nothing that is read" * 9
    for registration in ("AAA1", "CCC3"):
        (copied / "learners" / registration / "evidence" / "data.bin").write_bytes(bytes_of_it)
    for registration, extra in (("BBB2", "x"), ("CCC3", "y")):
        with zipfile.ZipFile(copied / "learners" / registration / "evidence" / "work.zip", "w") as archive:
            archive.writestr("plan.txt", f"{OWN[0]} {OWN[1]}")
            archive.writestr(f"{extra}.txt", extra)
    told = {
        (each.one, each.other): [(p.one.passage.file, p.is_file) for p in each.passages] for each in looked(ines).pairs
    }
    assert told["AAA1", "CCC3"] == [("data.bin", True)]
    assert told["BBB2", "CCC3"] == [("work.zip/plan.txt", True)]


def test_a_quotation_of_which_both_name_the_source_is_counted_and_not_told(path: Path, places: Places) -> None:
    hand_in(path, "AAA1", "essay.md", f"{OWN[0]}\n\n“{TAKEN}” (Whitmore, 2009)\n")
    hand_in(path, "BBB2", "essay.md", f"As Whitmore (2009) has it:\n\n> {TAKEN}\n\n{OWN[1]}")
    seen = looked(Centre.open(path, member="ines", places=places))
    assert [each.one.text for pair in seen.pairs for each in pair.passages if not each.is_file] == []
    assert seen.cited == 1
    hand_in(path, "BBB2", "essay.md", f"As it is said:\n\n> {TAKEN}\n\n{OWN[1]}")
    seen = looked(Centre.open(path, member="ines", places=places))
    assert [each.quoted for pair in seen.pairs for each in pair.passages if not each.is_file] == [True]


def test_a_brief_that_two_typed_in_themselves_is_theirs_no_more_than_where_it_was_copied(
    path: Path, places: Places
) -> None:
    brief = answered(["", "", "", ""])
    (path / "templates").mkdir()
    (path / "templates" / "brief.md").write_text(brief, "utf-8")
    typed = brief.replace("Describe", "Decribe").replace("and how", "& how").replace("evaluate how well", "say how")
    hand_in(path, "AAA1", "task.md", f"{typed} {OWN[0]}")
    hand_in(path, "BBB2", "task.txt", f"{OWN[1]}\n\n{brief.replace('#', '').upper()}")
    seen = looked(Centre.open(path, member="ines", places=places))
    assert [each.one.text for pair in seen.pairs for each in pair.passages if not each.is_file] == []


def test_a_file_without_words_that_more_than_ten_have_is_told_of_nobody(path: Path, places: Places) -> None:
    for number in range(12):
        add_learner(path, f"E{number:02}", f"Learner {number}", evidence=f"Day {number}.", units=f"[T-{number}]")
        (path / "learners" / f"E{number:02}" / "evidence" / "form.bin").write_bytes(b"\x00\x01an empty form" * 9)
    seen = looked(Centre.open(path, member="ines", places=places))
    assert not [each for each in seen.pairs if each.one.startswith("E")]


def test_a_file_with_words_that_are_not_to_be_found_is_told_of_to_who_may_see_it(
    copied: Path, ines: Centre, places: Places
) -> None:
    hand_in(copied, "AAA1", "essay.md", f"{OWN[0]} {TAKEN.replace('e', chr(0x435))}")
    (odd,) = looked(ines).odd
    assert (odd.registration, odd.file, odd.words) == ("AAA1", "essay.md", sum("e" in word for word in TAKEN.split()))
    assert looked(ines, learner="BBB2").odd == ()
    assert looked(Centre.open(copied, member="asha", places=places)).odd == (odd,)
    assert looked(Centre.open(copied, member="ben", places=places)).odd == ()


def test_what_members_put_down_of_learners_is_no_work_of_theirs(path: Path, places: Places) -> None:
    for registration in ("AAA1", "BBB2"):
        hand_in(
            path, registration, f"records of assessment/observation-{registration}.md", f"{registration}\n\n{TAKEN}"
        )
    assert looked(Centre.open(path, member="ines", places=places)).pairs == ()


def test_a_file_that_was_read_is_not_read_again_and_one_that_changed_is(
    copied: Path, ines: Centre, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked(ines)
    read: list[str] = []
    walked = Evidence.walked

    def counted(evidence: Evidence, registration: str, progress: Progress) -> Iterator[EvidenceFile]:
        read.append(registration)
        return walked(evidence, registration, progress)

    again = Centre.open(copied, member="ines", places=places)
    add_learner(copied, "DDD4", "Dan", units="[T-102]")
    looked(again)
    monkeypatch.setattr(Evidence, "walked", counted)
    for unit, learner in (("", ""), ("T-101", ""), ("", "CCC3"), ("", "")):
        assert bool(looked(again, unit, learner).pairs) is not bool(learner)
    assert read == []
    hand_in(copied, "BBB2", "log.html", f"<p>{OWN[1]}</p>")
    assert looked(again).pairs == ()
    assert read == ["BBB2"]


def test_who_looks_again_is_told_the_same_and_only_new_texts_are_looked_for(
    copied: Path, ines: Centre, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        add_learner(copied, f"E{number}", f"Learner {number}", evidence=f"Day {number}.")
    before = looked(ines)
    with monkeypatch.context() as patched:
        patched.setattr(FingerprintIndex, "shared", lambda *_: pytest.fail("all texts were looked for"))
        assert looked(Centre.open(copied, member="ines", places=places)) == before
        hand_in(copied, "CCC3", "late.md", f"Late. {TAKEN} Done.")
        late = looked(Centre.open(copied, member="ines", places=places))
        assert {(each.one, each.other) for each in late.pairs} >= {("AAA1", "BBB2"), ("AAA1", "CCC3"), ("BBB2", "CCC3")}
        hand_in(copied, "CCC3", "late.md", "Late.")
        assert looked(Centre.open(copied, member="ines", places=places)).pairs == before.pairs
    (copied / "templates").mkdir()
    (copied / "templates" / "form.md").write_text(TAKEN, "utf-8")
    given = looked(Centre.open(copied, member="ines", places=places))
    assert [each for pair in given.pairs for each in pair.passages if not each.is_file] == []


def test_a_learner_who_has_a_file_twice_shares_what_is_in_it_once(ines: Centre, copied: Path) -> None:
    before = looked(ines).pairs
    essay = copied / "learners" / "AAA1" / "evidence" / "essay.md"
    (essay.parent / "essay (conflicted copy).md").hardlink_to(essay)
    assert looked(ines).pairs == before


def test_an_empty_file_was_read_and_one_that_is_broken_was_not(ines: Centre, copied: Path) -> None:
    for name in ("empty.md", "empty.txt", "broken.pdf"):
        hand_in(copied, "AAA1", name, "" if "empty" in name else "no PDF")
    assert looked(ines).unread == 1


def test_a_damaged_index_is_made_anew(ines: Centre) -> None:
    ines._own.fingerprints.parent.mkdir(parents=True, exist_ok=True)
    ines._own.fingerprints.write_bytes(b"no database at all" * 99)
    assert looked(ines).pairs


def test_an_index_that_is_damaged_within_is_removed_and_made_anew_the_next_time(ines: Centre, places: Places) -> None:
    looked(ines)
    file = ines._own.fingerprints
    ines.close_down()
    data = bytearray(file.read_bytes())
    data[8192:] = bytes(255 for _ in data[8192:])
    file.write_bytes(data)
    again = Centre.open(ines.folder.path, member="ines", places=places)
    with pytest.raises(Unreadable, match="removed"):
        looked(again)
    assert looked(again).pairs


def test_the_index_names_nobody(ines: Centre) -> None:
    looked(ines)
    kept = ines._own.fingerprints.read_bytes()
    assert b"AAA1" not in kept
    assert b"essay" not in kept
    assert b"boiler" not in kept


@pytest.mark.long
def test_long_texts_that_share_several_passages_are_told_of_once_and_whole(path: Path, places: Places) -> None:
    pairs = planted()
    essays = [" ".join((each.one, each.other)) for each in pairs[:6]]
    hand_in(path, "AAA1", "essay.md", "\n\n".join((essays[0], essays[1], essays[2])))
    hand_in(path, "BBB2", "essay.md", "\n\n".join((essays[3], essays[1], essays[4], essays[0])))
    hand_in(path, "CCC3", "essay.md", essays[5])
    (path / "templates").mkdir()
    (path / "templates" / "form.md").write_text(answered(["", "", "", ""]), "utf-8")
    (pair,) = looked(Centre.open(path, member="ines", places=places)).pairs
    places_of = [(each.one.start, each.other.start) for each in pair.passages]
    assert len(places_of) == len(set(places_of))
    assert pair.words > 0.7 * len(f"{essays[0]} {essays[1]}".split()) - 4 * len(answered(["", "", "", ""]).split())
    assert {(each.holders, each.cohort) for each in pair.passages} == {(2, 3)}


def test_a_copy_of_a_file_and_a_passage_out_of_it_count_learners_and_not_files(path: Path, places: Places) -> None:
    text = f"{OWN[0]} {OWN[1]}\n\n{TAKEN}\n"
    hand_in(path, "AAA1", "one.md", text)
    hand_in(path, "AAA1", "slides.txt", f"In short.\n\n{TAKEN}\n")
    hand_in(path, "BBB2", "copy.md", text)
    (pair,) = looked(Centre.open(path, member="ines", places=places)).pairs
    assert {(each.holders, each.cohort) for each in pair.passages} == {(2, 3)}
    assert [(each.one.passage.file, each.is_file) for each in pair.passages] == [
        ("one.md", True),
        ("slides.txt", False),
    ]


def test_what_is_told_while_everybody_is_read_is_told_anew_of_all(
    ines: Centre, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markterm.centre.alike.ENOUGH", 2)
    for number in range(8):
        add_learner(copied, f"E{number}", f"Learner {number}", evidence=f"Day {number}.")
    ines.caseload.now()
    looks = list(ines.alike.look(Progress()))
    copies = [[each for pair in seen.pairs for each in pair.passages if each.one.text] for seen in looks]
    assert [[each.cohort for each in own] for own in copies] == [[2], [10], [11]]


def test_a_look_that_is_stopped_gives_nothing_more(ines: Centre) -> None:
    ines.caseload.now()
    progress = Progress()
    progress.stop.set()
    assert list(ines.alike.look(progress)) == []


@pytest.mark.parametrize("units", ["[]", "[T-777]"], ids=["of no unit", "of a unit without a sheet"])
def test_whoever_handed_something_in_is_looked_at(copied: Path, ines: Centre, units: str) -> None:
    add_learner(copied, "DDD4", "Dan", evidence=f"It was late. {TAKEN}", units=units)
    assert ("AAA1", "DDD4") in {(each.one, each.other) for each in looked(ines).pairs}


def test_who_cannot_be_read_stops_no_look(copied: Path, ines: Centre) -> None:
    add_learner(copied, "DDD4", "Dan", evidence=TAKEN)
    (copied / "learners" / "DDD4" / "learner.md").write_text("no learner", "utf-8")
    seen = looked(ines)
    assert (seen.of, len(seen.pairs)) == (3, 1)


def test_nothing_is_told_while_it_is_not_known_what_was_handed_in(
    ines: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = SimpleNamespace(store=SimpleNamespace(why_away=lambda: "it does not answer"))
    with pytest.raises(NotNow, match="and it does not answer: what is alike"):
        AlikeTexts.require_told(cast("Any", SimpleNamespace(_folder=away)))
    there = SimpleNamespace(store=SimpleNamespace(why_away=lambda: ""))
    AlikeTexts.require_told(cast("Any", SimpleNamespace(_folder=there)))

    def refuses(_: AlikeTexts) -> None:
        raise NotNow("Away", "The store is away.", "Try again.")

    monkeypatch.setattr(AlikeTexts, "require_told", refuses)
    with pytest.raises(NotNow, match="away"):
        looked(ines)


def test_who_is_asked_for_is_read_first_and_then_those_who_are_on_the_same_together(copied: Path, ines: Centre) -> None:
    for registration, unit in (("A1", "T-102"), ("A2", "T-101"), ("A3", "T-102"), ("A4", "T-101")):
        add_learner(copied, registration, registration, units=f"[{unit}]")
    ines.caseload.now()
    for learner, first in (("", []), ("CCC3", ["CCC3"])):
        named: list[str] = []
        progress = Progress()
        progress.at = lambda step, named=named: named.append(step.name)  # type: ignore[method-assign, misc]
        list(ines.alike.look(progress, learner=learner))
        others = ["A2", "A4", *(each for each in ("AAA1", "BBB2", "CCC3") if each not in first), "A1", "A3"]
        assert list(filter(None, named)) == [*first, *others]


def test_a_look_that_is_stopped_reads_nobody_else(ines: Centre) -> None:
    ines.caseload.now()
    named: list[str] = []
    progress = Progress()

    def stop(step: Step) -> None:
        named.append(step.name)
        progress.stop.set()

    progress.at = stop  # type: ignore[method-assign]
    assert list(ines.alike.look(progress)) == []
    assert len(named) == 1


def test_a_case_has_both_places_and_the_hash_of_the_learners_own_file_and_names_nobody_else(ines: Centre) -> None:
    (pair,) = looked(ines).pairs
    assert len(list(ines.alike.open_cases((pair, pair.turned()), "Word for word."))) == 2
    for own, other in (("AAA1", "BBB2"), ("BBB2", "AAA1")):
        case: CaseRecord = ines.cases.of(own)[0].case
        (name,) = case.evidence
        assert case.suspects
        assert name in case.first.text
        assert other not in case.first.text
        assert "SHA-256" in case.first.text


def test_who_may_not_see_it_opens_no_case_on_it(copied: Path, ines: Centre, places: Places) -> None:
    (pair,) = looked(ines).pairs
    with pytest.raises(Refused, match="seen by verifiers"):
        next(Centre.open(copied, member="ben", places=places).alike.open_cases((pair,), "x"))
    assert ines.cases.of("AAA1") == ()


@pytest.mark.parametrize("refused", ["AAA1", "BBB2"])
def test_of_two_cases_none_is_opened_where_one_of_them_is_refused(ines: Centre, refused: str) -> None:
    (pair,) = looked(ines).pairs
    ines.cases.open(refused, CaseAbout.MALPRACTICE, "Seen before.")
    with pytest.raises(Refused, match="open already"):
        next(ines.alike.open_cases((pair, pair.turned()), "Word for word."))
    assert {each: len(ines.cases.of(each)) for each in ("AAA1", "BBB2")} == {"AAA1": 0, "BBB2": 0, refused: 1}


def test_of_two_cases_none_is_opened_where_a_file_of_the_other_is_gone(ines: Centre, copied: Path) -> None:
    (pair,) = looked(ines).pairs
    (copied / "learners" / "BBB2" / "evidence" / "log.html").unlink()
    with pytest.raises(MarkTermError):
        next(ines.alike.open_cases((pair, pair.turned()), "Word for word."))
    assert ines.cases.of("AAA1") == ()


def test_of_planted_pairs_copies_are_found_and_a_template_alone_is_never_told_of(path: Path, places: Places) -> None:
    shutil.rmtree(path / "learners")
    pairs = [each for each in planted() if each.kept_apart][:16]
    for each in pairs:
        add_learner(path, f"P{each.number}A", f"One {each.number}", evidence=each.one)
        add_learner(path, f"P{each.number}B", f"Other {each.number}", evidence=each.other)
    found = {(each.one, each.other) for each in looked(Centre.open(path, member="ines", places=places)).pairs}
    made = {(f"P{each.number}A", f"P{each.number}B"): each.made for each in pairs}
    assert {who for who, how in made.items() if how is Made.COPIED} <= found
    assert {made.get(who, Made.TEMPLATE) for who in found} <= {Made.COPIED, Made.REWORDED}


def test_the_same_file_of_two_is_told_wherever_it_is_asked_and_a_file_that_most_have_nowhere(
    path: Path, places: Places, tmp_path: Path
) -> None:
    for registration in ("AAA1", "BBB2"):
        hand_in(path, registration, "plan.txt", "A plan that two of them handed in.")
    for registration in ("AAA1", "BBB2", "CCC3"):
        hand_in(path, registration, "form.txt", "The empty form of the task.")
    ines = Centre.open(path, member="ines", places=places)
    (pair,) = looked(ines).pairs
    assert [(each.one.passage.file, each.is_file) for each in pair.passages] == [("plan.txt", True)]
    told_of = {"plan.txt": "the same bytes as a file of another learner"}
    assert ines.of_another.told("AAA1") == told_of
    elsewhere = Centre.open(path, member="ines", places=places_in(tmp_path / "elsewhere"))
    assert elsewhere.of_another.told("AAA1") == told_of, "also where no index was kept"
    (tmp_path / "CCC3 plan.txt").write_text("A plan that two of them handed in.", "utf-8")
    (tmp_path / "CCC3 form2.txt").write_text("The empty form of the task.", "utf-8")
    downloads = [tmp_path / "CCC3 plan.txt", tmp_path / "CCC3 form2.txt"]
    with ines.receiving.preview(downloads) as preview:
        told = {each.name: each.elsewhere for each in preview}
    assert told == {"CCC3 plan.txt": (), "CCC3 form2.txt": ()}
    for number in range(4):
        add_learner(path, f"F{number}", f"More {number}", evidence=f"Number {number}.")
    with Centre.open(path, member="ines", places=places).receiving.preview(downloads[:1]) as preview:
        assert [each.elsewhere for each in preview] == [("AAA1", "BBB2")]


def test_a_case_quotes_what_is_alike_and_not_how_the_line_begins_in_which_it_stands(ines: Centre, copied: Path) -> None:
    hand_in(copied, "AAA1", "essay.md", f"{OWN[0]} {TAKEN}\n")
    (pair,) = looked(ines).pairs
    (opened,) = ines.alike.open_cases((pair,), "Look.")
    told = str(opened.event.body["text"])
    assert f"“{TAKEN[:40]}" in told
    assert OWN[0][:20] not in told


def test_of_a_learner_who_is_there_no_more_no_print_is_kept_and_a_look_goes_on_where_the_cache_was_removed(
    ines: Centre, copied: Path
) -> None:
    (pair,) = looked(ines).pairs
    index = FingerprintIndex(ines._own.fingerprints, f"{FORM} {VERSION}")
    theirs = sha256((copied / "learners" / "BBB2" / "evidence" / "log.html").read_bytes()).hexdigest()
    (held,) = index.held(theirs) or ()
    shutil.rmtree(copied / "learners" / "BBB2")
    assert pair.other not in {each.other for each in looked(ines).pairs}
    assert index.held(theirs) is None
    assert index.prints(held.text) == frozenset()
    index.close()
    shutil.rmtree(ines._own.fingerprints.parent)  # As destroying does.
    hand_in(copied, "CCC3", "late.md", f"{OWN[1]}\n\n{TAKEN}\n")
    assert "late.md" in {each.other.passage.file for found in looked(ines).pairs for each in found.passages}
