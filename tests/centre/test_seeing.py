"""Who may see whom at the front desk, and the external quality assurer's day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.audits import read_kept
from markterm.centre.centre import Centre
from markterm.centre.export.audit_page import keep_page, page_to_keep
from markterm.centre.export.pack_asked import pack_asked
from markterm.centre.reports import AXES
from markterm.domain.assessed.strategy import Risk
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.bodies.leaving import LeftStep
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.verifying import INTERIM
from markterm.domain.reports.asked import Asked
from markterm.domain.rules.seeing import ANOTHER
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.words.errors import Refused, WrongUse
from markterm.exports.page_form import PageForm
from markterm.own.places import Places
from markterm.records.query import EVERYTHING
from markterm.system.platform import CENTRE_RECORD
from tests.assignments import add_assignment, register
from tests.seeing import DAY, EXTERNAL, LIMITED, Open, notes, opening, registrations


@pytest.fixture
def opened(path: Path, places: Places) -> Iterator[Open]:
    yield from opening(path, places)


def test_what_is_counted_of_some_says_of_whom_it_is(opened: Open, tmp_path: Path) -> None:
    for member, of in (("pat", "Shown are learners of T-CERT."), ("carol", "Of the whole centre.")):
        centre = opened(member, EXTERNAL + LIMITED)
        list(centre.reports.looking("workload"))
        assert (of in centre.reports.made("workload", Asked()).notes) is (member == "pat")
        for told in centre.packs.of(["AAA1"], asked="AAA1", evidence=False).pieces:
            if str(told.path) in ("centre/workload.html", "index.html"):
                told.write(tmp_path / f"{member} {told.path.name}")
        for page in ("workload.html", "index.html"):
            assert of.split("T-CERT")[0] in (tmp_path / f"{member} {page}").read_text("utf-8")


def test_a_page_of_an_audit_is_kept_outside_of_what_the_centre_keeps(opened: Open, path: Path) -> None:
    centre = opened("pat", EXTERNAL)
    for own in ("centre.toml", "records/page.html", "mark_sheets/page.html", "learners/AAA1/evidence/page.html"):
        with pytest.raises(WrongUse, match="own folder"):
            keep_page(centre, path / own, (), (), force=True)
    keep_page(centre, path / "page.html", (), ())


def test_an_assessor_sees_their_learners_and_nobody_else_is_there(opened: Open) -> None:
    asha = opened("asha", LIMITED)
    assert registrations(asha) == {"AAA1"}
    assert asha.caseload.first(9)[1] == asha.caseload.count == 1
    assert asha.learners.find("AAA1") == "AAA1"
    for named in ("BBB2", "Nneka"):
        with pytest.raises(WrongUse, match="Nobody here is"):
            asha.learners.find(named)
    with pytest.raises(WrongUse, match="Nobody here is"):
        asha.marking.mark("BBB2", "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    with pytest.raises(WrongUse, match="Nobody here is"):
        asha.history.of("BBB2")
    assert registrations(opened("carol", LIMITED)) == {"AAA1", "BBB2", "CCC3"}


def test_whoever_acts_next_sees_theirs(opened: Open) -> None:
    centre = opened("asha", LIMITED)
    assert registrations(centre) == {"AAA1"}
    centre.act_as("ben")
    assert registrations(centre) == {"BBB2", "CCC3"}


def test_a_verifier_sees_whom_they_were_given_as_soon_as_they_are(opened: Open) -> None:
    asha, ines = opened("asha", LIMITED), opened("ines", LIMITED)
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    assert registrations(ines) == set()
    with pytest.raises(WrongUse):
        ines.learners.portfolio("AAA1")
    opened("lea", LIMITED).verification.sample("AAA1", "T-101", "new here", stage=INTERIM, verifier="ines")
    assert ines.learners.find("AAA1") == "AAA1"
    assert ines.learners.portfolio("AAA1").learner.registration == "AAA1"
    assert registrations(ines) == {"AAA1"}


def test_what_is_done_with_everybody_in_sight_is_refused_to_who_sees_some(opened: Open) -> None:
    asha = opened("asha", LIMITED)
    for act in (
        lambda: asha.registrations.rename("AAA1", "AAA9"),
        lambda: asha.imports.records(()),
        lambda: list(asha.registering.take((), accept_changes=False)),
        lambda: list(asha.retention.complete_all()),
    ):
        with pytest.raises(Refused, match="sees every learner"):
            act()


def test_an_audit_verifies_whom_somebody_sees_and_the_centres_own(opened: Open) -> None:
    carol = opened("carol", LIMITED)
    for member, learner in (("asha", "AAA1"), ("ben", "BBB2")):
        carol.act_as(member)
        carol.marking.mark(learner, "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    carol.act_as("carol")
    assert {each.record for each in carol.audits.every()} == {"", "AAA1", "BBB2"}
    assert {each.record for each in opened("asha", LIMITED).audits.every()} == {"", "AAA1"}


def test_a_learner_is_picked_and_put_back_and_the_centre_sees_the_list(opened: Open) -> None:
    pat, asha = opened("pat", EXTERNAL), opened("asha", EXTERNAL)
    assert pat.visit_lists.pick("AAA1", "a resubmission").has_picked("AAA1")
    (told,) = asha.visit_lists.every()
    assert [(each.registration, each.why) for each in told.picked] == [("AAA1", "a resubmission")]
    with pytest.raises(Refused, match="In the list already"):
        pat.visit_lists.pick("AAA1")
    assert not pat.visit_lists.put_back("AAA1").picked
    with pytest.raises(Refused, match="The external quality assurer picks"):
        asha.visit_lists.pick("AAA1")
    with pytest.raises(WrongUse):
        pat.visit_lists.pick("BBB2")


def test_an_external_quality_assurer_records_nothing_else(opened: Open) -> None:
    pat = opened("pat", EXTERNAL)
    for act in (
        lambda: pat.marking.mark("AAA1", "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION),
        lambda: pat.attempts.declare("AAA1", "form"),
        lambda: pat.interests.declare("ines", "AAA1", "x"),
        lambda: pat.format.upgrade(),
        lambda: pat.sheets.require_staff(),
    ):
        with pytest.raises(Refused, match="reads"):
            act()
    assert notes(pat) == []


def test_what_came_in_is_looked_at_by_staff_alone(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "BBB2_work.txt").write_text("Mine.", "utf-8")
    with pytest.raises(Refused, match="reads"):
        opened("pat", EXTERNAL).receiving.preview([tmp_path])


def test_whoever_is_seen_is_seen_by_an_earlier_registration_too_and_whoever_is_hidden_by_none(opened: Open) -> None:
    carol = opened("carol", LIMITED)
    for old, new in (("AAA1", "AAA9"), ("BBB2", "BBB9")):
        carol.registrations.leave(old, LeftStep.LEFT, text="Moved away.")
        carol.registrations.rename(old, new)
    asha = opened("asha", LIMITED)
    assert registrations(asha) == {"AAA9"}
    assert asha.seeing.registration("AAA1")
    assert not asha.seeing.registration("BBB2")
    event = Event(
        "u", Kind.VISITED, "", DAY, "carol", "coordinator", Subject(), {"text": "See AAA1 and BBB2: Nneka's log."}
    )
    assert asha.seeing.told([event])[0].body["text"] == f"See AAA1 and {ANOTHER}: {ANOTHER}'s log."


def test_what_leaves_the_centre_is_of_whom_somebody_sees_and_a_pack_is_a_look(opened: Open) -> None:
    pat = opened("pat", EXTERNAL)
    with pytest.raises(WrongUse):
        pat.packs.of(["BBB2"], asked="BBB2")
    with pytest.raises(WrongUse):
        pat.exports.records.of(["BBB2"])
    assert not pat.exports.records.may_leave(CENTRE_RECORD)
    assert "AAA1" not in pat.visit_lists.own().looked
    pat.packs.of(["AAA1"], asked="AAA1", evidence=False)
    assert "AAA1" in pat.visit_lists.own().looked


def test_the_list_of_a_visit_is_for_who_made_it_and_for_staff_without_whom_they_may_not_see(opened: Open) -> None:
    other = EXTERNAL.replace('"pat"', '"una"').replace("Pat Reed", "Una Reed")
    opened("pat", EXTERNAL + other + LIMITED).visit_lists.pick("AAA1", "Beside CCC3.")
    una = opened("una", EXTERNAL + other + LIMITED)
    assert una.visit_lists.every() == []
    covered = f"Beside {ANOTHER}."
    for member, reasons in (("asha", [covered]), ("ben", []), ("carol", ["Beside CCC3."]), ("pat", [covered])):
        (told,) = opened(member, EXTERNAL + other + LIMITED).visit_lists.every()
        assert [each.why for each in told.picked] == reasons, member


def test_before_and_after_the_visit_nothing_is_shown_and_nothing_noted(opened: Open) -> None:
    late = opened("pat", EXTERNAL, datetime(2026, 3, 5, 12, tzinfo=UTC))
    assert registrations(late) == set()
    with pytest.raises(Refused, match="Not on a day of the visit"):
        late.seeing.require_looking()
    with pytest.raises(WrongUse):
        late.learners.portfolio("AAA1")
    for look in (late.visit_lists.own, late.visit_lists.every, late.visits.every):
        with pytest.raises(Refused, match="Not on a day of the visit"):
            look()


def test_the_list_follows_a_corrected_registration_also_of_whom_nothing_is_recorded(opened: Open) -> None:
    pat = opened("pat", EXTERNAL + LIMITED)
    pat.visit_lists.pick("AAA1")
    pat._looks.opened(["AAA1"])
    opened("carol", "", DAY + timedelta(minutes=1)).registrations.rename("AAA1", "AAA9")
    for centre in (opened("pat", ""), opened("carol", "")):
        (told,) = centre.visit_lists.every()
        assert ([each.registration for each in told.picked], list(told.looked)) == (["AAA9"], ["AAA9"])
    again = opened("pat", "")
    with pytest.raises(Refused) as corrected:
        again.learners.find("AAA1")
    assert "recorded" not in corrected.value.what
    assert corrected.value.next_step == "Look at AAA9."
    again.learners.portfolio("AAA9")
    assert len(notes(again)) == 2
    assert not again.visit_lists.put_back("AAA9").picked


@pytest.mark.on_files
def test_an_external_quality_assurer_has_every_record_verified_and_is_told_of_hidden_ones_without_whose(
    opened: Open, path: Path, tmp_path: Path
) -> None:
    carol = opened("carol", EXTERNAL + LIMITED)
    for member, learner in (("asha", "AAA1"), ("ben", "BBB2"), ("ben", "CCC3")):
        carol.act_as(member)
        carol.marking.mark(learner, "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    carol.act_as("carol")
    whole = {each.record: each.heads for each in carol.audits.every()}
    for damaged in (path / "records" / "CCC3").glob("*.log"):
        damaged.write_bytes(damaged.read_bytes().replace(b"pass", b"refe"))
    pat = opened("pat", "")
    told = list(pat.audits.every())
    assert [each.record for each in told] == ["", "AAA1", ANOTHER, ANOTHER]
    assert {name for each in told for name in each.heads} == {name for heads in whole.values() for name in heads}
    assert [bool(each.findings) for each in told[:2]] == [False, False]
    hidden = [finding for each in told[2:] for finding in each.findings]
    assert {finding.code for finding in hidden} == {"MR01"}
    page_to_keep(pat).pieces[0].write(tmp_path / "page.html")
    pat.audits.keep(tmp_path / "heads.txt", told)
    for kept in ("page.html", "heads.txt"):
        text = (tmp_path / kept).read_text("utf-8")
        assert "AAA1" in text
        assert "CCC3" not in text + str(hidden)
        assert "BBB2" not in text
    assert all(name in (tmp_path / "page.html").read_text("utf-8") for each in told for name in each.heads)


def test_kept_heads_are_compared_for_an_external_quality_assurer_without_a_word_of_whom_they_do_not_name(
    opened: Open, tmp_path: Path
) -> None:
    ben = opened("ben", EXTERNAL)
    ben.marking.mark("BBB2", "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    ben.audits.keep(tmp_path / "heads.txt", list(ben.audits.every()))
    ben.marking.mark("CCC3", "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    ben.marking.mark("BBB2", "T-101", "1.2", Result.PASS, shown=OPEN_CRITERION)
    compared = read_kept(tmp_path / "heads.txt")
    list(opened("pat", "").audits.every(compared))
    assert (compared.grew, compared.new) == (["BBB2"], [ANOTHER])


def test_whoever_sees_some_is_told_what_an_audit_is_of(opened: Open) -> None:
    assert opened("carol", EXTERNAL + LIMITED).audits.covers == ""
    assert "yours" in opened("asha", "").audits.covers
    assert "Every record" in opened("pat", "").audits.covers


@pytest.fixture
def mixed(opened: Open, path: Path) -> Callable[[str], Centre]:
    """Of the two units of AAA1 the award has one, T-101, and a certificate of its own the other one."""
    sheets = path / "mark_sheets" / "qualifications"
    award = (sheets / "T-AWARD.md").read_text("utf-8")
    (sheets / "T-OTHER.md").write_text(award.replace("T-AWARD", "T-OTHER").replace("T-101", "T-102"), "utf-8")
    register(path, "AAA1", qualifications="[T-AWARD, T-OTHER]", units="[T-101, T-102]")
    external = EXTERNAL.replace("T-CERT", "T-AWARD")
    return lambda member: opened(member, external)


def test_a_learner_of_two_qualifications_is_read_in_the_units_of_the_visit_on_every_surface(
    mixed: Callable[[str], Centre], tmp_path: Path
) -> None:
    asha = mixed("asha")
    for unit in ("T-101", "T-102"):
        asha.marking.mark("AAA1", unit, "1.1", Result.REFER, f"Of {unit}.", shown=OPEN_CRITERION)
    pat = mixed("pat")
    (row,) = pat.caseload.now()
    assert ([unit.code for unit in row.units], row.qualifications) == (["T-101"], ("T-AWARD",))
    assert pat.caseload.refresh_one("AAA1") is row
    shown = pat.learners.portfolio("AAA1")
    assert [unit.code for unit in shown.units] == ["T-101"]
    assert "T-102" not in str(shown.portfolio)
    assert pat.learners.news(shown) is None
    told = pat.history.of_learner("AAA1", EVERYTHING)
    assert {event.subject.unit.code for event in told.every if event.subject.unit} == {"T-101"}
    assert len(pat.history.of("AAA1")) == len(told.found) == len(told.every)
    for name in ("referrals", "workload"):
        list(pat.reports.looking(name))
        assert "T-102" not in str(pat.reports.made(name, Asked(by=(AXES[name][0],))))
    list(pat.tracked.looking())
    assert "T-102" not in str(pat.tracked.learners)
    assessed = Assessed()
    list(pat.assessed.reading(assessed))
    assert "T-102" not in str((assessed.units, list(assessed.counts.pairs())))
    with pytest.raises(WrongUse):
        pat.exports.records.of(["AAA1"])
    for piece in pat.packs.of(["AAA1"], asked="AAA1").pieces:
        target = tmp_path / "pack" / piece.path
        target.parent.mkdir(parents=True, exist_ok=True)
        piece.write(target)
        assert b"Of T-102" not in target.read_bytes(), piece.path
    assert "T-OTHER" not in (tmp_path / "pack" / "centre" / "qualifications.html").read_text("utf-8")
    # But for evidence, which nobody can cut up, and that is said.
    whole = "The evidence is all that was handed in, also for units that are not of the visit."
    pages = [page.read_text("utf-8") for page in (tmp_path / "pack").rglob("*.html")]
    assert any(whole in page for page in pages)
    assert list((tmp_path / "pack").rglob("diary.md"))
    # What they read is not taken for what there is.
    list(asha.reports.looking("workload"))
    assert "T-102" in str(list(asha.work.read))
    assert [unit.code for unit in asha.caseload.refresh_one("AAA1").units] == ["T-101", "T-102"]


def test_the_centre_makes_the_pack_that_is_of_the_visit_and_of_whom_they_picked(mixed: Callable[[str], Centre]) -> None:
    pat, carol = mixed("pat"), mixed("asha")
    pat.visit_lists.pick("AAA1")
    names = []
    for centre in (pat, carol):
        visit = "pat" if centre is carol else ""
        pack = pack_asked(centre, (), "", "", PageForm.HTML, lambda steps: list(steps), evidence=False, visit=visit)
        names.append({str(piece.path) for piece in pack.pieces})
    assert names[0] == names[1]
    assert any("AAA1" in name for name in names[0])
    assert not any("record" in name or "T-102" in name for name in names[0])
    pack = pack_asked(carol, ("BBB2",), "", "", PageForm.HTML, list, evidence=False)
    assert any("BBB2" in str(piece.path) for piece in pack.pieces)
    with pytest.raises(WrongUse, match="Nobody is in the pack"):
        pack_asked(carol, ("BBB2",), "", "", PageForm.HTML, list, evidence=False, visit="pat")
    with pytest.raises(WrongUse, match="does not come for a visit"):
        carol.for_visit("asha")
    with pytest.raises(Refused, match="reads"):
        pat.for_visit("pat")
    assert [each[1] for each in notes(carol)] == ["picked", "opened"]


def test_when_the_last_day_ends_whoever_is_signed_in_is_shown_nothing_more(opened: Open) -> None:
    now = [DAY]
    pat = opened("pat", EXTERNAL)
    pat.seeing._now = lambda: now[0]  # The clock of a session that goes on.
    assert registrations(pat) == {"AAA1"}
    now[0] = datetime(2026, 3, 3, 23, 59, tzinfo=UTC)
    assert pat.learners.portfolio("AAA1").units
    now[0] = datetime(2026, 3, 4, 0, 1, tzinfo=UTC)
    assert registrations(pat) == set()
    for ask in (
        lambda: pat.learners.portfolio("AAA1"),
        lambda: pat.evidence.listed("AAA1"),
        lambda: pat.history.of("AAA1"),
        lambda: pat.packs.of(["AAA1"], asked="AAA1"),
    ):
        with pytest.raises(WrongUse, match="Nobody here is"):
            ask()


def test_lists_of_everybody_and_the_centres_record_are_of_the_visit_too(mixed: Callable[[str], Centre]) -> None:
    asha, ines = mixed("asha"), mixed("ines")
    for unit in ("T-101", "T-102"):
        asha.marking.mark("AAA1", unit, "1.1", Result.REFER, f"Of {unit}.", shown=OPEN_CRITERION)
        ines.actions.set("AAA1", unit, f"Look at {unit}.", owner="asha", due=DAY.date())
        ines.cases.open("AAA1", CaseAbout.COMPLAINT, f"They complain of {unit}.", unit)
        ines.ratings.rate("asha", unit, Risk.RED, f"New to {unit}.", DAY.date() + timedelta(30))
    pat = mixed("pat")
    pat.caseload.now()
    for listed in (pat.actions.of_everybody(), pat.cases.of_everybody(), pat.history.of_centre()):
        told = str(list(listed))  # For which units members are approved is told too.
        assert re.search(r"(Look at|complain of|New to) T-101", told)
        assert not re.search(r"(Look at|complain of|New to) T-102", told)
    assert pat.learners.portfolio("AAA1").learner.qualifications == ("T-AWARD",)
    pat.seeing._now = lambda: datetime(2026, 3, 4, 0, 1, tzinfo=UTC)
    assert not [*pat.actions.of_everybody(), *pat.cases.of_everybody(), *pat.history.of_centre()]


def test_what_a_learner_of_two_qualifications_lacks_a_sheet_for_is_told_of_the_visit_alone(
    mixed: Callable[[str], Centre], path: Path
) -> None:
    mixed("asha")
    add_assignment(path)
    register(
        path,
        "AAA1",
        qualifications="[T-AWARD, T-OTHER]",
        units="[T-101, T-102, T-777]",
        assignments="[T-IA, T-GONE]",
    )
    asha, pat = mixed("asha").learners.portfolio("AAA1"), mixed("pat").learners.portfolio("AAA1")
    assert ([each.code for each in asha.assignments], pat.assignments) == (["T-IA"], ())  # T-102 is not of the visit.
    (path / "mark_sheets" / "units" / "T-101.md").unlink()
    asha, pat = mixed("asha").learners.portfolio("AAA1"), mixed("pat").learners.portfolio("AAA1")
    assert set(asha.missing) == {"T-101", "T-777", "T-IA", "T-GONE"}
    assert set(pat.missing) == {"T-101", "T-IA"}


def test_of_whom_nothing_is_there_any_more_only_the_units_of_the_visit_are_told(
    mixed: Callable[[str], Centre],
) -> None:
    seeing = mixed("pat").seeing
    for gone in ("GONE9", ""):
        assert (has_unit := seeing.units_of(gone)) is not None
        assert (has_unit("T-101"), has_unit("T-102")) == (True, False)


def test_a_pack_is_made_before_the_visit_and_by_the_visitor_with_their_own_name(opened: Open) -> None:
    before = opened("asha", EXTERNAL, DAY - timedelta(days=9))
    pack = pack_asked(before, ("AAA1",), "", "", PageForm.HTML, list, evidence=False, visit="pat")
    assert any("AAA1" in str(piece.path) for piece in pack.pieces)
    pat = opened("pat", EXTERNAL)
    assert pack_asked(pat, ("AAA1",), "", "", PageForm.HTML, list, evidence=False, visit="pat").pieces


def test_a_narrowed_row_is_as_the_learner_is_now_and_of_whoever_looks(mixed: Callable[[str], Centre]) -> None:
    asha, pat = mixed("asha"), mixed("pat")
    (before,) = pat.caseload.now()
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    (after,) = pat.caseload.now()
    assert (before.decided, after.decided) == (0, 1)
    file = pat.folder.file
    other = EXTERNAL.replace("T-CERT", "T-OTHER").replace('"pat"', '"una"').replace("Pat Reed", "Una Reed")
    file.write_text(file.read_text("utf-8") + other, "utf-8")
    both = mixed("pat")
    both.caseload.now()
    both.act_as("una")
    assert [unit.code for row in both.caseload.rows for unit in row.units] == ["T-102"]


def test_who_does_not_see_everybody_makes_no_backup_and_is_not_told_of_the_last(opened: Open, tmp_path: Path) -> None:
    for member, limits in (("asha", LIMITED), ("pat", EXTERNAL)):
        backups = opened(member, limits).backups
        with pytest.raises(Refused):
            backups.write(tmp_path / "backup.zip")
        with pytest.raises(Refused):
            backups.last()
    assert not (tmp_path / "backup.zip").exists()
