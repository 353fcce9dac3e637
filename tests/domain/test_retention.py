"""Retention: what is kept until when, what is not known keeps, and what holds; who destroys, and what of it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.retention import RetentionRule, rule_of
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.actions import Action, ActionStep
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.bodies.kinds import said_by
from markterm.domain.record.bodies.retaining import Destroyed, What
from markterm.domain.record.destructions import Destruction, destructions, in_words
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.holds import DestroyedEvidence
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import attempt, cases, destroying, marking
from markterm.domain.rules.act import Act
from markterm.domain.rules.destroying import Meant
from markterm.domain.rules.retention import Kept, kept
from markterm.domain.views.kept_of import KeptOf
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER, decision, declaration

PEARSON = RetentionRule("Pearson", 3, 12)
CORA = Member("cora", "Cora Cole", frozenset({Role.COORDINATOR}))
DEV = Member("dev", "Dev Sharma", frozenset({Role.COORDINATOR}))
TODAY = date(2030, 1, 1)
RECEIVED = date(2026, 6, 1)
EVERYTHING = Meant(What.RECORD, "Three years are over.")


def act(uid: str, member: Member = CORA, at: datetime = AT, learner: str = LEARNER) -> Act:
    return Act(member, learner, at, uid)


def claim(
    uid: str,
    step: ClaimStep,
    on: date = RECEIVED,
    qualification: str = "T-CERT",
    supersedes: tuple[str, ...] = (),
    unit: UnitKey = KEY,
) -> Event:
    """A step of the claim of that qualification, or without one of the unit."""
    subject, said = Subject(None if qualification else unit), Claimed(step, qualification, on).write()
    return Event(uid, Kind.CLAIMED, LEARNER, AT, "cora", "coordinator", subject, said, supersedes)


def closed() -> Portfolio:
    marked = fold([declaration(), *(decision(f"d{number}", number) for number in ("1.1", "1.2", "2.1"))])
    return marked.with_event(marking.close(Act(ASSESSOR, LEARNER, AT, "closing"), UNIT, marked, "Well."))


CERTIFIED = closed().with_event(claim("r", ClaimStep.RECEIVED))


def of(portfolio: Portfolio, *qualifications: str, rules: tuple[RetentionRule, ...] = (PEARSON,)) -> Kept:
    return kept(qualifications or ("T-CERT",), portfolio, rules)


def test_evidence_goes_weeks_after_the_certificate_and_the_record_years_after() -> None:
    now = of(CERTIFIED)
    assert (now.evidence_from, now.record_from) == (date(2026, 8, 24), date(2029, 6, 1))
    assert now.why_not(What.EVIDENCE, date(2026, 8, 24)) == ()
    assert now.why_not(What.EVIDENCE, date(2026, 8, 23)) == ("it is kept until 2026-08-24",)
    assert now.why_not(What.RECORD, date(2029, 5, 31)) == ("it is kept until 2029-06-01",)


def test_the_rule_of_a_qualification_that_was_claimed_counts_whatever_the_file_names_by_now() -> None:
    rules = (PEARSON, RetentionRule("Long", 6, 12, ("T-CERT",)))
    for qualifications in ((), ("T-OTHER",)):
        left = CERTIFIED.with_event(claim("x", ClaimStep.EXEMPT, qualification="T-OTHER"))
        assert kept(qualifications, left, rules).record_from == date(2032, 6, 1)


def test_a_claim_that_was_taken_back_counts_for_nothing_nor_does_one_of_a_unit_for_a_qualification() -> None:
    claimed = CERTIFIED.with_event(claim("d", ClaimStep.CLAIMED, qualification="T-DIP"))
    back = claimed.with_event(claim("b", ClaimStep.TAKEN_BACK, qualification="T-DIP", supersedes=("d",)))
    of_unit = CERTIFIED.with_event(claim("u", ClaimStep.EXEMPT, qualification=""))
    for now in (of(back), of(of_unit)):
        assert (now.unknown, now.why_not(What.RECORD, TODAY)) == ((), ())


def test_what_is_only_claimed_has_no_certificate_and_keeps_everything() -> None:
    now = of(CERTIFIED.with_event(claim("d", ClaimStep.CLAIMED, qualification="T-DIP")), "T-CERT", "T-DIP")
    assert now.unknown == ("there is no certificate of T-DIP and no exemption from one",)
    assert now.since(What.EVIDENCE) is None


def test_it_is_said_until_when_something_is_kept_and_since_when_it_may_go() -> None:
    now, day = of(CERTIFIED), date(2026, 8, 24)
    assert now.in_words(What.EVIDENCE, day - timedelta(days=1)) == "kept until 2026-08-24"
    assert now.in_words(What.EVIDENCE, day) == "may go since 2026-08-24"
    assert Kept().in_words(What.EVIDENCE, day) == "kept: no day is known from which on it may go"
    held = replace(now, open=("cora holds it",))
    assert held.in_words(What.EVIDENCE, day) == "kept: it could go from 2026-08-24 on"


def test_without_weeks_evidence_is_kept_as_long_as_the_record() -> None:
    assert of(CERTIFIED, rules=(RetentionRule("EAL", 3),)).evidence_from == date(2029, 6, 1)


def test_with_the_record_goes_the_evidence_and_so_never_before_it() -> None:
    assert of(CERTIFIED, rules=(RetentionRule("Odd", 1, 520),)).since(What.RECORD) == date(2036, 5, 19)


@pytest.mark.parametrize(
    ("certified", "years", "goes"),
    [(date(2024, 2, 29), 3, date(2027, 3, 1)), (date(2024, 2, 29), 4, date(2028, 2, 29)), (date.max, 3, date.max)],
)
def test_a_day_that_the_year_does_not_have_is_the_next_one(certified: date, years: int, goes: date) -> None:
    assert RetentionRule("R", years).record_from(certified) == goes
    assert RetentionRule("R", years, 12).evidence_from(date.max) == date.max


def test_of_several_qualifications_the_longest_counts_and_each_needs_its_certificate() -> None:
    rules = (PEARSON, RetentionRule("ILM", 6, 26, ("T-DIP",)))
    assert rule_of(rules, "T-DIP") is rules[1]
    half = of(CERTIFIED, "T-CERT", "T-DIP", rules=rules)
    assert half.unknown == ("there is no certificate of T-DIP and no exemption from one",)
    assert half.since(What.EVIDENCE) is None
    whole = CERTIFIED.with_event(claim("r2", ClaimStep.RECEIVED, date(2026, 7, 1), "T-DIP"))
    both = of(whole, "T-CERT", "T-DIP", rules=rules)
    assert (both.evidence_from, both.record_from) == (date(2026, 12, 30), date(2032, 7, 1))
    assert len(both.rules) == 2


def test_what_is_not_known_keeps_everything() -> None:
    without_rule = of(CERTIFIED, rules=(RetentionRule("ILM", 6, None, ("T-DIP",)),))
    assert without_rule.unknown == ("no rule of the centre says how long anything is kept for T-CERT",)
    assert of(closed()).unknown == ("there is no certificate of T-CERT and no exemption from one",)
    assert kept((), Portfolio(), (PEARSON,)).unknown != ()
    for now in (without_rule, of(closed())):
        assert now.why_not(What.EVIDENCE, TODAY)
        assert now.why_not(What.RECORD, TODAY)


def test_of_who_is_on_no_qualification_every_unit_needs_a_certificate_and_the_rule_for_all_counts() -> None:
    certificate = claim("u", ClaimStep.RECEIVED, qualification="")
    whole = kept((), closed().with_event(certificate), (PEARSON,))
    assert (whole.unknown, whole.rules, whole.record_from) == ((), (PEARSON,), date(2029, 6, 1))
    only_of_others = (RetentionRule("ILM", 6, None, ("T-DIP",)),)
    assert kept((), closed().with_event(certificate), only_of_others).unknown == (
        "no rule of the centre says how long anything is kept for who is on no qualification",
    )
    others = [
        claim(f"o{day}", ClaimStep.RECEIVED, date(2026, 6, day), "", unit=UnitKey(f"X{day}", "1")) for day in (9, 7)
    ]
    for marked in (closed(), fold([*closed().events, *others])):
        now = kept((), marked, (PEARSON,))
        assert now.unknown == (f"there is no certificate of {KEY.code} and no exemption from one",)
        assert now.certified == (date(2026, 6, 9) if marked.claims else None)
    assert kept((), Portfolio(), (PEARSON,)).unknown == (
        "there is no certificate of anything and no exemption from one",
    )


def test_it_is_kept_from_the_last_of_several_certificates_on() -> None:
    for first, last in ((RECEIVED, date(2026, 7, 1)), (date(2026, 7, 1), RECEIVED)):
        own = claim("u", ClaimStep.RECEIVED, last, qualification="")
        assert of(fold([*closed().events, claim("r", ClaimStep.RECEIVED, first), own])).certified == date(2026, 7, 1)


def test_units_that_all_have_a_certificate_of_their_own_are_enough() -> None:
    assert of(closed().with_event(claim("u", ClaimStep.RECEIVED, qualification=""))).unknown == ()
    # That a unit is exempt says nothing of the qualification.
    assert of(closed().with_event(claim("u", ClaimStep.EXEMPT, qualification=""))).unknown != ()


def test_who_left_is_exempt_from_a_certificate_and_leaves_units_open() -> None:
    marked = fold([declaration(), decision("d1", "1.1"), claim("x", ClaimStep.EXEMPT)])
    assert of(marked).why_not(What.RECORD, TODAY) == ()
    begun = fold([declaration(), decision("d1", "1.1"), claim("x", ClaimStep.RECEIVED)])
    assert of(begun).why_not(What.RECORD, TODAY) == (f"{KEY.code} is not closed",)
    exempt = {key: claim(f"e {key}", ClaimStep.EXEMPT, qualification="", unit=key) for key in (KEY, UnitKey("X", "1"))}
    assert of(begun.with_event(exempt[KEY])).why_not(What.RECORD, TODAY) == ()
    assert of(begun.with_event(exempt[UnitKey("X", "1")])).why_not(What.RECORD, TODAY) == (f"{KEY.code} is not closed",)


def test_a_certificate_of_long_ago_is_no_reason_to_destroy_what_was_closed_since() -> None:
    early = closed().with_event(claim("r", ClaimStep.RECEIVED, date(2001, 1, 1)))
    assert of(early).certified == AT.date()
    assert of(early).counts_from == f"last closing {AT.date()}, later than any certificate or exemption"
    assert of(CERTIFIED).counts_from == f"last certificate or exemption {RECEIVED}"
    assert Kept().counts_from == ""


def test_what_is_open_holds() -> None:
    case = cases.open_case(act("case", ASSESSOR), CERTIFIED, CaseAbout.COMPLAINT, "No room.")
    with_case = CERTIFIED.with_event(case)
    assert of(with_case).open == ("case case, a complaint, is open",)
    (complaint,) = with_case.cases
    decided = with_case.with_event(cases.decide_case(act("x"), with_case, complaint, upheld=False, text="It was not."))
    (complaint,) = decided.cases
    assert of(decided.with_event(cases.close_case(act("y"), complaint))).open == ()
    action = replace(
        Event("a", Kind.ACTION, LEARNER, AT, "vd", "verifier", Subject(KEY)),
        body=Action(ActionStep.SET, text="Look again.", owner=ASSESSOR.id, due=RECEIVED).write(),
    )
    accepted = replace(action, uid="b", body=Action(ActionStep.ACCEPTED, "a").write(), supersedes=("a",))
    assert of(CERTIFIED.with_event(action)).open == (f"action a of {KEY.code} is open",)
    assert of(CERTIFIED.with_event(action).with_event(accepted)).open == ()
    assert of(CERTIFIED.with_event(claim("c", ClaimStep.CLAIMED, qualification="T-DIP"))).open == (
        "T-DIP is claimed and no certificate came yet",
    )
    assert kept(("T-CERT",), CERTIFIED, (PEARSON,), ["A visit asks."]).open == ("A visit asks.",)
    newer = Event("n", "newer", LEARNER, AT, "cora", "coordinator")
    assert of(CERTIFIED.with_event(newer)).open == ("the record holds entries that this MarkTerm does not understand",)


def test_anybody_holds_and_a_coordinator_lifts() -> None:
    held = CERTIFIED.with_event(destroying.hold(act("h", ASSESSOR), "A solicitor wrote."))
    assert of(held).open == (f"{ASSESSOR.id} holds it: A solicitor wrote.",)
    with pytest.raises(Refused, match="neither coordinates nor verifies"):
        destroying.lift(act("l", ASSESSOR), held, "Over.")
    lifting = destroying.lift(act("l"), held, "Over.")
    again = destroying.hold(act("h2", VERIFIER), "And another one.")
    for order in permutations((lifting, again)):
        both = held.with_event(order[0]).with_event(order[1])
        assert [each.text for each in both.holds if not each.lifted] == ["And another one."]
    assert of(held.with_event(lifting)).open == ()
    for nothing_held in (CERTIFIED, held.with_event(lifting)):
        with pytest.raises(Refused, match="no hold"):
            destroying.lift(act("l3"), nothing_held, "Over.")
    assert [Meant(what, "Over.").words for what in (What.EVIDENCE, What.RECORD)] == ["the evidence", "everything"]
    for text in ("", " "):
        with pytest.raises(Refused):
            destroying.hold(act("h", ASSESSOR), text)
        with pytest.raises(Refused):
            destroying.lift(act("l"), held, text)


def intended(at: datetime = AT) -> tuple[Event, Destruction]:
    now = replace(of(CERTIFIED), evidence_from=date(2000, 1, 1), record_from=date(2000, 1, 1))
    event = destroying.intend(act("i", at=at, learner=CENTRE), LEARNER, EVERYTHING, now, "5a17")
    return event, destructions([event])[0]


MAY = replace(of(CERTIFIED), evidence_from=date(2000, 1, 1), record_from=date(2000, 1, 1))


def begun(member: Member, later: timedelta) -> Event:
    _, before = intended()
    records = {LEARNER: {"asha.1": (3, "ab")}}
    return destroying.begin(act("b", member, AT + later, CENTRE), LEARNER, EVERYTHING, MAY, before, records)


def test_two_people_destroy_or_one_a_day_apart() -> None:
    with pytest.raises(Refused, match="Nothing was destroyed"):
        begun(CORA, timedelta(hours=23, minutes=59))
    assert begun(CORA, timedelta(days=1)).actor == "cora"
    assert begun(DEV, timedelta(0)).actor == "dev"
    with pytest.raises(Refused, match="neither coordinates nor verifies"):
        begun(ASSESSOR, timedelta(days=2))


def test_what_is_kept_or_held_nobody_destroys_not_the_second_time_either() -> None:
    held = replace(MAY, open=("cora holds it: Wait.",))
    _, before = intended()
    for now in (held, replace(MAY, record_from=date(2999, 1, 1)), of(closed())):
        with pytest.raises(Refused, match="Nothing of"):
            destroying.intend(act("i"), LEARNER, EVERYTHING, now, "5a17")
        with pytest.raises(Refused, match="Nothing of"):
            destroying.begin(act("b", DEV), LEARNER, EVERYTHING, now, before, {})
    with pytest.raises(Refused, match="reason"):
        destroying.intend(act("i"), LEARNER, Meant(What.RECORD, " "), MAY, "5a17")


def test_a_destruction_names_nobody_and_is_found_by_who_knows_the_name() -> None:
    event, one = intended()
    beginning = begun(DEV, timedelta(0))
    done = destroying.done(act("d", DEV, learner=CENTRE), one)
    assert LEARNER not in f"{event}{beginning}{done}"
    (told,) = destructions([event, beginning, done])
    assert told.is_of(LEARNER)
    assert not told.is_of("BBB2")
    assert told.is_done
    assert told.heads_of(LEARNER) == {"asha.1": (3, "ab")}
    assert told.heads_of("BBB2") is None
    assert one.heads_of(LEARNER) is None
    said = said_by(beginning)
    assert isinstance(said, Destroyed)
    assert in_words(said).startswith("destruction i of a record begun, under the rule Pearson")


def test_what_began_stands_whoever_took_it_back_at_the_same_time() -> None:
    event, one = intended()
    back = destroying.take_back(act("t", learner=CENTRE), one)
    assert destructions([event, back]) == ()
    for order in permutations((back, begun(DEV, timedelta(0)))):
        (told,) = destructions([event, *order])
        assert told.last.uid == "b"
    with pytest.raises(Refused, match="cannot be taken back"):
        destroying.take_back(act("t", learner=CENTRE), destructions([event, begun(DEV, timedelta(0))])[0])


def test_a_unit_whose_evidence_was_destroyed_stays_as_it_was_closed() -> None:
    _, one = intended()
    gone = CERTIFIED.with_event(destroying.evidence_gone(act("e", DEV), CERTIFIED, one))
    assert gone.evidence_destroyed is not None
    assert gone.evidence_destroyed.words == f"destroyed on {AT.date()} under the rule {PEARSON.words}"
    assert gone.destroyed_of(KEY) is not None
    with pytest.raises(Refused, match="was destroyed on"):
        marking.reopen(act("o", ASSESSOR), UNIT, gone, "Wrong.")
    with pytest.raises(Refused, match="was destroyed on"):
        attempt.submit(act("s", ASSESSOR), UNIT, gone, {"new.md": "ab"}, Policy())
    # What was begun since has its own.
    assert fold([e for e in gone.events if e.kind == Kind.EVIDENCE_DESTROYED]).destroyed_of(KEY) is None
    marking.reopen(act("o", ASSESSOR), UNIT, CERTIFIED, "Wrong.")


def test_of_a_learner_of_whom_nothing_may_go_each_day_is_told_of_what_it_is_of() -> None:
    before = date(2026, 7, 1)
    of_both = KeptOf(LEARNER, "Rosalind", replace(of(CERTIFIED), open=("carol holds it",)))
    days = [of_both.kept.since(what) for what in What]
    assert of_both.why_kept(before) == (
        f"carol holds it; the evidence is kept until {days[0]}; the record is kept until {days[1]}"
    )
    gone = DestroyedEvidence("d", "Pearson", 1, "Over.", "cora", AT)
    assert replace(of_both, evidence_destroyed=gone).why_kept(before) == (
        f"carol holds it; the record is kept until {days[1]}"
    )


def test_evidence_that_is_gone_need_not_go_and_what_began_stands_before_what_is_meant() -> None:
    learner = KeptOf(LEARNER, "Rosalind", of(CERTIFIED))
    gone = replace(learner, evidence_destroyed=DestroyedEvidence("d", "Pearson", 1, "Over.", "cora", AT))
    assert [learner.may_go(what, TODAY) for what in What] == [True, True]
    assert [gone.may_go(what, TODAY) for what in What] == [False, True]
    late = AT.replace(year=TODAY.year)
    meant = destroying.intend(act("i", at=late, learner=CENTRE), LEARNER, EVERYTHING, of(CERTIFIED), "salt")
    (only_meant,) = destructions([meant])
    begun = destroying.begin(act("b", DEV, late, CENTRE), LEARNER, EVERYTHING, of(CERTIFIED), only_meant, {})
    (begins,) = destructions([meant, begun])
    every = [learner, replace(learner, coming=(only_meant,)), replace(learner, coming=(begins,))]
    assert sorted(every, key=lambda each: each.shown_first) == every[::-1]


def test_nothing_is_meant_by_a_clock_that_is_behind_what_was_recorded_last() -> None:
    for behind, refused in ((timedelta(minutes=5), False), (timedelta(minutes=6), True), (-timedelta(days=9), False)):
        if refused:
            with pytest.raises(Refused, match="The last entry is from"):
                destroying.intend(act("i"), LEARNER, EVERYTHING, MAY, "5a17", AT + behind)
        else:
            assert destroying.intend(act("i"), LEARNER, EVERYTHING, MAY, "5a17", AT + behind).kind == Kind.DESTROYED


def test_one_person_under_another_id_is_no_second_person() -> None:
    _, before = intended()
    twice = replace(DEV, name="Cora  COLE")
    with pytest.raises(Refused, match="Nothing was destroyed"):
        destroying.begin(act("b", twice), LEARNER, EVERYTHING, MAY, before, {}, first=CORA.name)
    assert destroying.begin(act("b", DEV), LEARNER, EVERYTHING, MAY, before, {}, first=CORA.name).actor == "dev"


def test_who_gives_up_gives_up_their_own_beginning_or_every_one() -> None:
    event, one = intended()
    assert destroying.give_up(act("g", DEV, learner=CENTRE), one, "Kept.").supersedes
    both = [begun(DEV, timedelta(0)), replace(begun(DEV, timedelta(0)), uid="b2")]
    (two,) = destructions([event, *both])
    given_up = [destroying.give_up(act("g", DEV, learner=CENTRE), two, "Kept.", own).supersedes for own in ("", "b2")]
    assert [set(each) for each in given_up] == [{"b", "b2"}, {"b2"}]


def test_the_destruction_that_goes_on_is_of_that_learner_and_kind_and_one_that_began_before_one_that_is_meant() -> None:
    now = replace(MAY)
    late = AT + timedelta(days=400)
    other = Meant(What.EVIDENCE, "Weeks are over.")

    def meant(uid: str, what: Meant = EVERYTHING, of: str = LEARNER, at: datetime = AT) -> Event:
        return destroying.intend(act(uid, learner=CENTRE, at=at), of, what, now, f"5a17{uid}")

    first, second = meant("1"), meant("2", at=AT + timedelta(hours=1))
    every = destructions([first, second, meant("3", other), meant("4", of="BBB2")])
    found = destroying.the_one_meant(LEARNER, What.RECORD, every, AT)
    assert found is not None
    assert found.uid == "2"
    begins = destroying.begin(act("b", DEV, learner=CENTRE), LEARNER, EVERYTHING, now, every[0], {})
    again = destructions([first, second, begins, meant("3", other)])
    for at in (AT, late):
        assert (began := destroying.the_one_meant(LEARNER, What.RECORD, again, at)) is not None
        assert began.uid == "1"
    assert destroying.the_one_meant(LEARNER, What.RECORD, every, late) is None
    assert destroying.the_one_meant("CCC3", What.RECORD, every, AT) is None
