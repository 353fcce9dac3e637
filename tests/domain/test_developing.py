"""Self-assessments, CPD plans and role profiles: what is recorded of them, and what it comes to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.skills_scale import SkillsScale
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.suite import Function, FunctionalArea, Suite
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep, SkillsRated, StatementRated
from markterm.domain.record.bodies.profiles import ProfileKept, ProfilePart
from markterm.domain.record.cpd import CpdState, cpd, of_members
from markterm.domain.record.cpd import in_words as cpd_in_words
from markterm.domain.record.event import CENTRE, Event
from markterm.domain.record.portfolio import fold
from markterm.domain.record.profiles import Profile, profiles
from markterm.domain.record.self_ratings import Change, change, self_ratings
from markterm.domain.rules.act import Act
from markterm.domain.rules.developing import Whose, change_cpd, correct_cpd, do_cpd, drop_cpd, plan_cpd, rate
from markterm.domain.rules.profiles import end_profile, functions_named, keep_profile, missing_of, parts_of
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from tests.samples import ASSESSOR, AT

TODAY = AT.date()
SCALE = SkillsScale()
TEA = Standard(
    "TEA01",
    "Tea",
    "1",
    statements=tuple(Statement(code, StatementKind.PERFORMANCE, code) for code in ("P1", "P2")),
)
NEW = replace(TEA, version="2")
KNOWN = KnownStandards.of([TEA, NEW])
P1, P2 = (StatementLink("TEA01", code, "1") for code in ("P1", "P2"))
ROSA = Whose("Rosalind Jones")
BEN = Whose("Ben Ode", "ben")


def act(uid: str, learner: str = "AAA1") -> Act:
    return Act(ASSESSOR, learner, AT, uid)


def said(*words: tuple[StatementLink, str], on: date = TODAY, scale: SkillsScale = SCALE) -> SkillsRated:
    rated = tuple(StatementRated(link, word) for link, word in words)
    return SkillsRated(rated, "Rosalind Jones", "in talk", on, scale.words, scale.enough)


def rated(uid: str, what: SkillsRated, *before: Event, whose: Whose = ROSA) -> Event:
    return rate(act(uid), whose, what, self_ratings(before, whose.member), KNOWN, TODAY)


def test_what_is_said_again_stands_beside_what_was_said_before_in_the_order_of_the_days() -> None:
    spring = rated("a", said((P1, "alone"), on=TODAY - timedelta(days=180)))
    now = rated("b", said((P1, "shows others"), (P2, "not yet")))
    for order in ((spring, now), (now, spring)):
        told = self_ratings(order)
        assert [each.rating for each in told[P1]] == ["alone", "shows others"]
        assert change(told[P1][1], told[P1][0]) is Change.UP
        assert change(told[P1][0], told[P1][1]) is Change.DOWN
    assert change(self_ratings([now])[P2][0], None) is Change.FIRST
    assert not fold([spring, now]).unknown


def test_a_scale_that_changes_leaves_what_was_said_as_it_was() -> None:
    other = SkillsScale(("no", "yes"), "yes")
    before = rated("a", said((P1, "alone"), on=TODAY - timedelta(days=1)))
    now = rated("b", said((P1, "no"), scale=other))
    first, last = self_ratings([before, now])[P1]
    assert (first.rating, first.is_enough, last.is_enough) == ("alone", True, False)
    assert change(last, first) is Change.OTHER_SCALE


def correction(of: str, word: str, why: str = "Typed wrongly.") -> SkillsRated:
    return replace(said((P1, word)), corrects=of, why=why)


def test_a_correction_stands_in_the_place_of_what_it_names_and_of_nothing_else() -> None:
    first = rated("a", said((P1, "alone"), (P2, "alone")))
    fixed = rated("b", correction("a", "with help"), first)
    again = rated("c", correction("b", "not yet"), first, fixed)
    told = self_ratings([first, fixed, again])
    assert [(each.rating, each.why, each.first) for each in told[P1]] == [("not yet", "Typed wrongly.", "a")]
    assert [(each.rating, each.uid) for each in told[P2]] == [("alone", "a")]
    unseen = replace(again, uid="z", body={**again.body, "corrects": "a"})
    assert [each.unseen for each in self_ratings([first, fixed, unseen])[P1]] == [True]
    assert not told[P1][0].unseen
    gone = rated("d", correction("a", ""), first, fixed, again)
    assert P1 not in self_ratings([first, fixed, again, gone])


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (said((P1, "superb")), "no word of this centre's scale"),
        (said((P1, "")), "no word of this centre's scale"),
        (said((StatementLink("TEA01", "P9", "1"), "alone")), "has no statement TEA01 (1) P9"),
        (said((P1, "alone"), on=TODAY + timedelta(days=1)), "has not been yet"),
        (said(), "Nothing was recorded"),
        (said((P1, "alone"), (P1, "not yet")), "TEA01 (1) P1"),
        (replace(said((P1, "alone")), how=" "), "with who said it and how"),
        (replace(said((P1, "alone")), said_by=""), "with who said it and how"),
        (correction("never", "alone"), "says nothing of TEA01 (1) P1"),
        (correction("a", "alone", why=" "), "stands as it was"),
    ],
)
def test_what_is_on_no_scale_in_no_standard_or_of_no_day_is_refused(what: SkillsRated, words: str) -> None:
    with pytest.raises(MarkTermError) as caught:
        rated("b", what, rated("a", said((P1, "alone"))))
    assert words in caught.value.what


def test_of_somebody_who_left_nothing_is_recorded_that_was_later() -> None:
    left = Whose("Rosalind Jones", left=TODAY - timedelta(days=3))
    assert rate(act("a"), left, said((P1, "alone"), on=TODAY - timedelta(days=3)), {}, KNOWN, TODAY)
    with pytest.raises(Refused, match="had left"):
        rate(act("a"), left, said((P1, "alone")), {}, KNOWN, TODAY)
    with pytest.raises(Refused, match="no member any more"):
        rate(act("a"), replace(BEN, is_gone=True), said((P1, "alone")), {}, KNOWN, TODAY)


def test_the_centres_record_tells_members_apart_and_a_learners_is_about_the_learner() -> None:
    of_ben = rated("a", said((P1, "alone")), whose=BEN)
    of_ada = rated("b", said((P1, "not yet")), whose=Whose("Ada", "ada"))
    assert [each.rating for each in self_ratings([of_ben, of_ada], "ben")[P1]] == ["alone"]
    assert self_ratings([of_ben, of_ada]) == {}


@given(st.lists(st.tuples(st.sampled_from(SCALE.words), st.booleans(), st.integers(0, 9)), max_size=8), st.randoms())
def test_what_stands_of_self_ratings_is_what_was_said_last_of_each_entry(
    steps: Sequence[tuple[str, bool, int]], rng: random.Random
) -> None:
    events: list[Event] = []
    stands: dict[str, str] = {}
    for number, (word, corrects, days) in enumerate(steps):
        uid, of = str(number), rng.choice([each.uid for each in events]) if events and corrects else ""
        what = replace(said((P1, word), on=TODAY - timedelta(days=days)), corrects=of, why="x" if of else "")
        known = {rating.uid: rating.first for told in self_ratings(events).values() for rating in told}
        if of and of not in {*known, *known.values()}:
            continue  # It was corrected itself: the correction is put right, and not what that replaced.
        first = known.get(of, of) if of else uid
        events.append(rated(uid, what, *events))
        stands[first] = word
    told = self_ratings(events).get(P1, ())
    assert {each.first: each.rating for each in told} == stands
    assert [each.on for each in told] == sorted(each.on for each in told)


PLAN = CpdPlanned(CpdStep.PLANNED, "Leaves", "a course", TODAY, "the certificate", (P1,))


def planned(uid: str = "i", what: CpdPlanned = PLAN, whose: Whose = ROSA) -> Event:
    return plan_cpd(act(uid), whose, what, KNOWN, TODAY)


def test_an_item_is_overdue_when_its_day_is_over_until_it_is_done_or_dropped() -> None:
    plan = planned()
    (item,) = cpd([plan]).items
    tomorrow = TODAY + timedelta(days=1)
    assert (item.is_overdue(TODAY), item.is_overdue(tomorrow)) == (False, True)
    assert cpd([plan]).in_words(TODAY) == "1 item planned"
    assert cpd([plan]).in_words(tomorrow) == "1 item planned, 1 overdue: Leaves"
    dropped = drop_cpd(act("d"), ROSA, item, "No need.")
    assert cpd([plan, dropped]).items[0].state is CpdState.DROPPED
    assert [cpd(told).for_statement(P1) for told in ([plan], [plan, dropped])] == [(item,), ()]
    done = do_cpd(act("e"), ROSA, CpdDone("Leaves", TODAY, "notes", "i"), (), KNOWN, TODAY)
    for order in ((plan, done), (plan, dropped, done), (plan, done, dropped)):
        told = cpd(order)
        assert (told.items[0].state, told.overdue(tomorrow)) == (CpdState.DONE, ())
        assert told.in_words(tomorrow) == ""
        assert [each.said.what for each in told.items[0].done] == ["Leaves"]


def test_a_change_keeps_what_it_does_not_say_and_names_what_it_changes() -> None:
    plan = planned()
    (item,) = cpd([plan]).items
    later = TODAY + timedelta(days=9)
    changed = change_cpd(act("c"), ROSA, item, CpdPlanned(CpdStep.CHANGED, "", by=later, why="Full."), KNOWN, TODAY)
    assert changed.supersedes == ("i",)
    (now,) = cpd([plan, changed]).items
    assert (now.said.what, now.said.by, now.said.why, now.uid) == ("Leaves", later, "Full.", "i")
    for nothing_new in (CpdPlanned(CpdStep.CHANGED, "Leaves", why="x"), CpdPlanned(CpdStep.CHANGED, "", by=later)):
        with pytest.raises(Refused):
            change_cpd(act("x"), ROSA, item, nothing_new, KNOWN, TODAY)
    over = change_cpd(act("o"), ROSA, item, CpdPlanned(CpdStep.CHANGED, "", how="alone", why="x"), KNOWN, later)
    assert cpd([plan, over]).items[0].said.by == item.said.by, "a day that is over by now is no reason against the rest"
    unseen = replace(changed, uid="z")
    (two,) = cpd([plan, changed, unseen]).items
    assert two.heads == ("c", "z")
    settled = change_cpd(act("s"), ROSA, two, replace(PLAN, by=later, why="We talked."), KNOWN, TODAY)
    assert cpd([plan, changed, unseen, settled]).items[0].heads == ("s",)


def test_what_was_recorded_as_done_is_put_right_or_taken_back_by_an_entry_that_names_it() -> None:
    done = do_cpd(act("d"), BEN, CpdDone("A day", TODAY, "a letter", requirements=("A2",)), ("A2",), KNOWN, TODAY)
    (did,) = cpd([done], "ben").done
    right = correct_cpd(act("r"), BEN, did, replace(did.said, what="Two days", why="Two."), ("A2",), KNOWN, TODAY)
    assert right.supersedes == ("d",)
    assert [each.said.what for each in of_members([done, right])["ben"].done] == ["Two days"]
    assert "in place of d" in cpd_in_words(right)
    (now,) = cpd([done, right], "ben").done
    back = correct_cpd(act("b"), BEN, now, replace(now.said, taken_back=True, why="It was Ada."), ("A2",), KNOWN, TODAY)
    assert cpd([done, right, back], "ben").done == ()
    with pytest.raises(Refused, match="needs a reason"):
        correct_cpd(act("r"), BEN, did, did.said, ("A2",), KNOWN, TODAY)


@pytest.mark.parametrize(
    "what",
    [
        replace(PLAN, what=" "),
        replace(PLAN, how=""),
        replace(PLAN, evidence=""),
        replace(PLAN, by=None),
        replace(PLAN, by=TODAY - timedelta(days=1)),
        replace(PLAN, statements=(StatementLink("TEA01", "P9", "1"),)),
    ],
)
def test_an_item_says_what_how_by_when_and_what_shows_it(what: CpdPlanned) -> None:
    with pytest.raises(MarkTermError):
        planned(what=what)


def test_what_was_done_has_been_is_shown_by_something_and_is_for_what_is_asked_of_them() -> None:
    did = CpdDone("A day", TODAY, "a letter")
    for wrong in (
        replace(did, on=TODAY + timedelta(days=1)),
        replace(did, evidence=" "),
        replace(did, what=""),
        replace(did, requirements=("Z9",)),
    ):
        with pytest.raises(MarkTermError):
            do_cpd(act("d"), BEN, wrong, ("A2",), KNOWN, TODAY)


def test_what_is_done_or_dropped_is_neither_changed_nor_dropped() -> None:
    plan = planned()
    done = do_cpd(act("e"), ROSA, CpdDone("Leaves", TODAY, "notes", "i"), (), KNOWN, TODAY)
    (item,) = cpd([plan, done]).items
    with pytest.raises(Refused, match="done already"):
        drop_cpd(act("x"), ROSA, item, "x")
    with pytest.raises(Refused, match="done already"):
        change_cpd(act("x"), ROSA, item, replace(PLAN, why="x", what="Pots"), KNOWN, TODAY)


KEPT = ProfileKept("WAITER", "Who serves", parts=(ProfilePart("TEA01", "1", ("P1",)),))


def keep(uid: str, what: ProfileKept, before: Profile | None = None) -> Event:
    return keep_profile(act(uid, CENTRE), what, before, {"TEA01"})


def test_a_profile_that_is_kept_anew_says_why_and_stands_in_the_place_of_the_one_before() -> None:
    first = keep("a", KEPT)
    (profile,) = profiles([first])
    assert profile.links == (P1,)
    wider = replace(KEPT, parts=(ProfilePart("TEA01", "1", ("P1", "P2")),))
    for without_why in (KEPT, replace(KEPT, why="x"), wider):
        with pytest.raises(Refused):
            keep("b", without_why, profile)
    second = keep("b", replace(wider, why="They pour too."), profile)
    (now,) = profiles([first, second])
    assert (now.links, now.unseen, second.supersedes) == ((P1, P2), False, ("a",))
    (beside,) = profiles([first, replace(second, supersedes=())])
    assert (beside.links, beside.unseen) == ((P1, P2), True)
    ended = end_profile(act("e", CENTRE), now, "Nobody serves.")
    assert [each.ended for each in profiles([first, second, ended])] == ["Nobody serves."]
    # Whoever ended the first had not seen the second.
    unseen = end_profile(act("u", CENTRE), profile, "Nobody serves.")
    assert [each.ended for each in profiles([first, second, unseen])] == [None]
    (gone,) = profiles([first, second, ended])
    assert keep("c", KEPT, gone).supersedes == ("b",)
    with pytest.raises(Refused):
        end_profile(act("x", CENTRE), gone, "x")
    with pytest.raises(Refused):
        end_profile(act("x", CENTRE), now, " ")


@pytest.mark.parametrize(
    "what",
    [
        replace(KEPT, code="TEA01"),
        replace(KEPT, code="A B"),
        replace(KEPT, code=""),
        replace(KEPT, title=" "),
        replace(KEPT, parts=()),
    ],
)
def test_a_profile_has_a_code_of_its_own_a_title_and_a_statement(what: ProfileKept) -> None:
    with pytest.raises(WrongUse):
        keep("a", what)


def test_a_profile_is_standards_and_statements_less_what_is_left_out_each_in_its_version() -> None:
    link = StatementLink("TEA01", "P2", "2")
    assert parts_of([TEA], [link, link], [StatementLink("TEA01", "P1")]) == (
        ProfilePart("TEA01", "1", ("P2",)),
        ProfilePart("TEA01", "2", ("P2",)),
    )
    assert parts_of([TEA], [link], [StatementLink("TEA01", "P2")]) == (ProfilePart("TEA01", "1", ("P1",)),)
    with pytest.raises(WrongUse):
        parts_of([TEA], [], [link])


def test_a_function_is_named_by_its_code_or_that_of_its_area() -> None:
    one, two = Function("A1", "Pour", ("TEA01", "TEA09")), Function("A2", "Serve")
    suite = Suite("TEA", "Tea", areas=(FunctionalArea("A", "Tea", (one, two)),))
    assert functions_named(["A", "A1"], [suite]) == ((suite, one), (suite, two))
    for wrong in (["B1"], ["A1", "B"]):
        with pytest.raises(WrongUse, match="No such function"):
            functions_named(wrong, [suite])
    with pytest.raises(WrongUse, match="Which function"):
        functions_named(["A1"], [suite, replace(suite, code="OTHER")])
    assert missing_of([one], KNOWN) == ("TEA09",)


@pytest.mark.parametrize(("text", "word"), [("Alone", "alone"), (" with  help ", "with help"), ("1", "not yet")])
def test_a_word_of_the_scale_is_meant_in_any_case_or_by_its_number(text: str, word: str) -> None:
    assert SCALE.word(text) == word


@pytest.mark.parametrize("text", ["0", "5", "", "alon", "-1", "１"])
def test_what_is_no_word_of_the_scale_is_wrong_use(text: str) -> None:
    with pytest.raises(WrongUse):
        SCALE.word(text)
