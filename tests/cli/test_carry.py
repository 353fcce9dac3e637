"""Sheets that change under decisions, on the command line: nobody counts as done, and a person settles it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from tests.centres import UNITS, places_in
from tests.cli.conftest import Ask

ASHA = ("--as", "asha")
WHY = ("--reason", "Renumbered by the awarding organisation.")


def sheet(centre: Path) -> Path:
    return centre / "mark_sheets" / "units" / "T-101.md"


def reword(centre: Path, *pairs: tuple[str, str]) -> None:
    """Change the sheet of T-101 in place."""
    text = sheet(centre).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    sheet(centre).write_text(text, "utf-8")


NEW_VERSION = ("version: 2026-01", "version: 2027-01")
PUT_IN_FRONT = (
    ("- **1.2** Warm the pot", "- **1.3** Warm the pot"),
    ("- **1.1** Boil", "- **1.1** Buy the tea\n- **1.2** Boil"),
)


@pytest.fixture
def marked(ask: Ask, centre: Path) -> Path:
    """Everything of T-101 marked for AAA1 and BBB2, 1.1 referred; closed for AAA1."""
    for learner in ("AAA1", "BBB2"):
        ask("mark", learner, "T-101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
        ask("mark", learner, "T-101", "1.2,2.1", "pass", *ASHA)
        ask("declare", learner, "--form", "e-mail", *ASHA)
    assert ask("close", "AAA1", "T-101", "--no-feedback", *ASHA).code == 0
    return centre


def unit_of(ask: Ask, learner: str) -> dict[str, object]:
    (row,) = ask("status", learner, "--json").json
    unit: dict[str, object] = row["units"][0]
    return unit


def test_a_version_edited_in_place_is_told_everywhere_and_nobody_counts_as_done(ask: Ask, marked: Path) -> None:
    reword(marked, NEW_VERSION)
    unit = unit_of(ask, "AAA1")
    assert (unit["code"], unit["stale"], unit["changed"], unit["decided"]) == ("T-101", 3, True, 0)
    assert "! 3 stale ! changed since" in ask("status", "AAA1").out
    for value in ("stale", "changed", "unfinished"):
        assert "AAA1" in ask("status", f"state:{value}").out
    refused = ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    assert refused.code == 3
    assert "its mark sheet of version 2026-01 is gone or cannot be read; the centre has version 2027-01" in refused.err
    told = ask("check").out
    assert "T-101 (2026-01): its mark sheet of version 2026-01 is gone or cannot be read" in told
    assert "6 criteria of 2 learners" in told
    shown = ask("show", "AAA1", "T-101").out
    assert "1.1 ≠ stale  Boil the water" in shown
    assert "refer by Asha Patel" in shown
    assert "This outcome does not count" in shown
    assert ask("close", "BBB2", "T-101", *ASHA).code == 3
    assert "Not marked: its mark sheet" in ask("sheet", "AAA1", "T-101").out


def test_a_sheet_with_errors_waits_for_whoever_mends_it_and_everything_says_so(ask: Ask, marked: Path) -> None:
    other = sheet(marked).read_text("utf-8").replace("Warm the pot", "Cool the pot")
    (marked / "mark_sheets" / "units" / "copy.md").write_text(other, "utf-8")
    assert ask("mark", "CCC3", "T-101", "1.1", "pass", *ASHA).code == 3
    for learner in ("BBB2", "CCC3"):
        waiting = unit_of(ask, learner)["waiting"]
        assert isinstance(waiting, list)
        assert {each["step"] for each in waiting} - {"submit"} == {"mend"}
        assert "! not marked: its mark sheet has errors" in ask("show", learner, "T-101").out
        assert ask("show", learner, "T-101", "--json").json["units"][0]["sheet_has_errors"] is True
    assert "The mark sheet behind this has errors" in ask("sheet", "BBB2", "T-101").out
    (marked / "mark_sheets" / "units" / "copy.md").unlink()
    assert "has errors" not in ask("show", "BBB2", "T-101").out


def test_a_deleted_sheet_and_one_that_cannot_be_read_take_nothing_out_of_the_caseload(ask: Ask, marked: Path) -> None:
    sheet(marked).write_bytes(b"\xff\xfe\x00")
    assert unit_of(ask, "AAA1")["stale"] == 3
    sheet(marked).unlink()
    assert unit_of(ask, "AAA1")["stale"] == 3
    assert "the centre has no other" in ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA).err
    assert ask("carry", "T-101", *WHY, *ASHA).code == 3


def test_one_act_carries_everything_over_to_the_new_version_for_all_learners(ask: Ask, marked: Path) -> None:
    (before,) = ask("attempts", "AAA1", "T-101", "--json").json
    reword(marked, NEW_VERSION)
    preview = ask("carry", "101")
    assert preview.code == 1
    assert "1.1 → 1.1 Boil the water\n      BBB2 (refer), AAA1 (refer)" in preview.out
    assert unit_of(ask, "AAA1")["stale"] == 3, "a preview records nothing"
    assert ask("carry", "101", *WHY, *ASHA).code == 0
    unit = unit_of(ask, "AAA1")
    assert (unit["stale"], unit["changed"], unit["state"]) == (0, False, "refer")
    (after,) = ask("attempts", "AAA1", "T-101", "--json").json
    moved = [
        each | {"carried_to": told["carried_to"]}
        for each, told in zip(before["decisions"], after["decisions"], strict=True)
    ]
    assert after == before | {"decisions": moved}
    assert all(each["carried_to"] for each in after["decisions"])
    assert ask("check").code == 0
    again = ask("carry", "101", *WHY, *ASHA)
    assert (again.code, again.err) == (0, "Everything fits its sheet: nothing was recorded.\n")


def test_done_again_after_an_interruption_it_does_only_what_is_left(
    ask: Ask, marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reword(marked, NEW_VERSION)
    from markterm.centre.sheet_changes import SheetChanges

    def interrupted(self: SheetChanges, *args: object) -> Iterator[object]:
        yield from whole(self, *args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    whole = SheetChanges.record
    with monkeypatch.context() as patched:
        patched.setattr(SheetChanges, "record", interrupted)
        assert ask("carry", "101", *WHY, *ASHA).code != 0
    assert [each["registration"] for each in ask("carry", "101", "--json").json] == ["AAA1"]
    assert len(ask("carry", "101", *WHY, *ASHA, "--json").json) == 1
    kinds = [event.kind for each in ("AAA1", "BBB2") for event in Centre.open(marked).history.of(each)]
    assert kinds.count("carried") == 2


def test_a_criterion_put_in_front_closes_nobody_until_each_decision_is_settled(ask: Ask, marked: Path) -> None:
    reword(marked, *PUT_IN_FRONT)
    refused = ask("mark", "BBB2", "T-101", "1.1", "pass", "--note", "ok", *ASHA)
    assert refused.code == 3
    assert "1.1 was decided on another wording" in refused.err
    assert "1.1, 1.2" in ask("close", "BBB2", "T-101", *ASHA).err
    assert ask("carry", "T-101", "BBB2", *WHY, *ASHA).code == 0
    assert "1.2 ✗ refer  Boil the water" in ask("show", "BBB2", "T-101").out
    assert "carried over from 1.1 by asha: Renumbered" in ask("show", "BBB2", "T-101").out
    assert ask("mark", "BBB2", "T-101", "1.1", "pass", *ASHA).code == 0
    assert "closed ✗ refer" in ask("close", "BBB2", "T-101", "--no-feedback", *ASHA).out


def test_the_referral_of_a_deleted_criterion_stays_until_a_person_says_that_nobody_asks(ask: Ask, marked: Path) -> None:
    text = sheet(marked).read_text("utf-8")
    start, end = text.index("- **1.1**"), text.index("- **1.2**")
    sheet(marked).write_text(text[:start] + text[end:], "utf-8")
    assert "1 referred" in ask("attempts", "AAA1", "T-101").out
    assert (
        "≠ decided on another wording or level, or no longer on the sheet: 1.1" in ask("attempts", "AAA1", "T-101").out
    )
    refused = ask("close", "BBB2", "T-101", *ASHA)
    assert (refused.code, "(1.1)" in refused.err) == (3, True)
    left = ask("carry", "T-101", *WHY, *ASHA)
    assert left.code == 1
    assert "2 criteria of 2 learners fit no criterion of the sheet" in left.err
    told = ask("carry", "T-101", "--criterion", "1.1", "--no-longer-asked", "--reason", "Taken out.", *ASHA)
    assert told.code == 0
    assert "settled: 1.1 no longer asked" in told.out
    assert "closed ✓ pass" in ask("close", "BBB2", "T-101", *ASHA).out
    assert "On " in (printed := ask("sheet", "BBB2", "T-101").out)
    assert "Reason: Taken out." in printed


def test_what_was_settled_is_taken_back_of_a_learner_who_is_named(ask: Ask, marked: Path) -> None:
    reword(marked, NEW_VERSION)
    assert ask("carry", "101", *WHY, *ASHA).code == 0
    assert ask("carry", "101", "--undo", *WHY, *ASHA).code == 2
    assert ask("carry", "101", "AAA1", "--undo", "--reason", "The wrong sheet.", *ASHA).code == 0
    assert (unit_of(ask, "AAA1")["stale"], unit_of(ask, "BBB2")["stale"]) == (3, 0)
    assert "T-101 settled: from T-101 (2026-01) to T-101 (2027-01)" in ask("log", "AAA1").out
    assert ask("audit").code == 0


def test_across_learners_says_of_what_was_decided_on_other_words_that_it_does_not_fit(ask: Ask, marked: Path) -> None:
    reword(marked, *PUT_IN_FRONT)
    stands = ask("across", "T-101", "1.1", "--json").json
    assert "Lukewarm" not in str(stands)
    reword(marked, NEW_VERSION)
    assert "Lukewarm" not in str(ask("across", "T-101", "1.1", "--json").json)


@pytest.mark.parametrize(
    "words",
    [
        ("--criterion", "1.1"),
        ("--to", "1.2"),
        ("--criterion", "1.1", "--to", "1.2", "--anew"),
        ("--criterion", "1.1,1.2", "--to", "1.2"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(ask: Ask, marked: Path, words: tuple[str, ...]) -> None:
    reword(marked, *PUT_IN_FRONT)
    assert ask("carry", "T-101", *words, *WHY, *ASHA).code == 2


def test_in_a_centre_of_the_older_format_it_asks_before_it_records(ask: Ask, marked: Path) -> None:
    file = marked / "centre.toml"
    reword(marked, NEW_VERSION)
    file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    refused = ask("carry", "T-101", *WHY, *ASHA)
    assert (refused.code, "--upgrade" in refused.err) == (3, True)
    assert unit_of(ask, "AAA1")["stale"] == 3
    assert ask("carry", "T-101", *WHY, *ASHA, "--upgrade").code == 0
    assert unit_of(ask, "AAA1")["stale"] == 0


def test_a_code_that_was_retyped_carries_over_to_the_unit_that_asks_the_same(ask: Ask, marked: Path) -> None:
    reword(marked, ("code: T-101", "code: T-201"), ("# T-101", "# T-201"))
    file = marked / "centre.toml"
    file.write_text(file.read_text("utf-8").replace('"T-101"', '"T-101", "T-201"'), "utf-8")
    assert "it goes on as T-201 (2026-01)" in ask("carry", "T-101").out
    assert ask("carry", "T-101", *WHY, *ASHA).code == 0
    shown = ask("show", "AAA1", "T-201").out
    assert "closed as refer, 2 of 3 criteria passed" in shown


def test_what_was_closed_and_changed_since_is_told_by_progress_and_by_attempts(ask: Ask, marked: Path) -> None:
    reword(marked, *PUT_IN_FRONT)
    assert "! T-101: This outcome does not count" in ask("progress", "AAA1").out
    assert ask("progress", "AAA1", "--json").json["not_counted"][0]["unit"] == "T-101"
    assert "changed since" in ask("attempts", "AAA1", "T-101").out
    assert ask("attempts", "AAA1", "T-101", "--json").json[0]["closing"]["changed_since"] is True
    assert ask("release", "AAA1", "T-101", *ASHA).code == 3


def test_attempts_tells_of_both_closings_of_two_people_who_had_not_seen_each_others(
    ask: Ask, marked: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(marked / "records", copy)
    ask("close", "BBB2", "T-101", "--feedback", "From Asha.", *ASHA)
    (own,) = (marked / "records" / "BBB2").glob("asha.*")
    kept = own.read_bytes()
    shutil.copytree(copy / "BBB2", marked / "records" / "BBB2", dirs_exist_ok=True)
    with_ben = Centre.open(marked, member="ben", places=places_in(tmp_path / "of ben"))
    with_ben.closings.close("BBB2", "T-101", "From Ben.")
    with_ben.close_down()
    own.write_bytes(kept)
    told = ask("attempts", "BBB2", "T-101")
    assert "too, without having seen it\n      From " in told.out
    (attempt,) = ask("attempts", "BBB2", "T-101", "--json").json
    assert {attempt["closing"]["actor"], *(each["actor"] for each in attempt["also_closed"])} == {"asha", "ben"}


@pytest.mark.usefixtures("marked")
def test_attempts_does_not_call_a_reopened_attempt_closed(ask: Ask) -> None:
    assert ask("reopen", "AAA1", "T-101", "--reason", "Look again.", *ASHA).code == 0
    assert "closed as refer by Asha Patel" in (told := ask("attempts", "AAA1", "T-101").out)
    assert "reopened since" in told
    assert ask("attempts", "AAA1", "T-101", "--json").json[0]["closing"]["reopened"] is True


def test_the_units_of_the_tests_are_those_that_are_reworded() -> None:
    assert all(old in UNITS["T-101"] for old, _ in (NEW_VERSION, *PUT_IN_FRONT))


def test_a_unit_that_was_only_handed_in_goes_on_in_the_new_version(ask: Ask, centre: Path) -> None:
    assert ask("submit", "AAA1", "T-101", "--opened", "--declared", "e-mail", *ASHA).code == 0
    reword(centre, NEW_VERSION)
    assert unit_of(ask, "AAA1")["stale"] == 1
    assert ask("carry", "T-101", *WHY, *ASHA).code == 0
    assert unit_of(ask, "AAA1")["stale"] == 0
    assert ask("attempts", "AAA1", "T-101", "--json").json[0]["submission"] is not None
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA).code == 0


def test_a_reworded_criterion_is_shown_beside_what_its_number_asks_now(ask: Ask, marked: Path) -> None:
    reword(marked, ("**1.1** Boil the water", "**1.1** Boil fresh water"))
    assert "1.1 → ? Boil the water (now 1.1 asks: Boil fresh water)" in ask("carry", "T-101").out
    told = ask("carry", "T-101", "--criterion", "1.1", "--to", "1.1", "--reason", "One word.", *ASHA)
    assert "settled: 1.1 carried over to its new wording" in told.out
    assert unit_of(ask, "AAA1")["stale"] == 0


def test_what_nobody_asks_for_any_more_is_settled_also_where_no_sheet_is_left(ask: Ask, marked: Path) -> None:
    sheet(marked).unlink()
    assert ask("carry", "T-101", *WHY, *ASHA).code == 3
    words = ("--criterion", "1.1,1.2,2.1", "--no-longer-asked", "--reason", "The unit was withdrawn.")
    assert ask("carry", "T-101", *words, *ASHA).code == 0
    (row,) = ask("status", "AAA1", "--json").json
    assert [unit["code"] for unit in row["units"]] == ["T-102"]
    assert not any("MC12" in line for line in ask("check").out.splitlines())
    assert "settled: 1.1 no longer asked" in ask("log", "AAA1").out
