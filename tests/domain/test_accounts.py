"""Accounts of what was seen and said: what each has to say, who confirms it, and what a corrected one leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.method import Method
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.accounts import KeptAccount, in_words
from markterm.domain.record.accounts_found import changed_accounts
from markterm.domain.record.bodies.accounts import Account, AccountStep, Covered, Witness
from markterm.domain.record.bodies.leaving import Left, LeftStep
from markterm.domain.record.bodies.retaining import EvidenceDestroyed
from markterm.domain.record.carrying import Placing
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.who_did_what import ACCOUNT_CHANGED, Line
from markterm.domain.rules.accounts import confirm_account, keep_account, set_method
from markterm.domain.rules.act import Act
from markterm.domain.views.handed_in import handed_in
from markterm.domain.words.accounts_folder import accounts_folder
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.exports.markdown.account import account_markdown, account_text
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER, decision

_ROSA = Learner(LEARNER, "Rosalind Jones", legal_name="Rosa María Jones")
_DAY = AT.date()
_SAID = Account(
    AccountStep.KEPT,
    Method.DISCUSSION,
    "accounts/talk.md",
    "a" * 64,
    _DAY,
    "Room 4",
    ("Mo Ode",),
    40,
    (Covered(KEY, ("1.1", "1.2")),),
)
_WITNESS = Witness("Mo Ode", "head of the kitchen", "line manager", "mo@example.org")
_TESTIMONY = replace(_SAID, method=Method.TESTIMONY, witness=_WITNESS, minutes=None)
_FORM = {"accounts/talk/form.pdf": "b" * 64}


def _act(uid: str = "kept", member: Member | None = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def _keep(
    said: Account = _SAID,
    *,
    uid: str = "kept",
    member: Member | None = ASSESSOR,
    learner: Learner = _ROSA,
    text: str = "We spoke.",
    portfolio: Portfolio | None = None,
    replaces: KeptAccount | None = None,
) -> Event:
    units = [UNIT for _ in said.covers]
    return keep_account(_act(uid, member), learner, units, portfolio or Portfolio(), said, text, replaces)


def _named(member: str, _: datetime) -> str:
    return {"jm": "John Marsh"}.get(member, member)


def _confirm(
    kept: Portfolio,
    said_by: str = "",
    how: str = "signed form",
    on: date | None = None,
    attached: Mapping[str, str] = _FORM,
) -> Event:
    (account,) = kept.accounts.standing
    return confirm_account(_act("confirmed"), _ROSA, account, said_by, how, on, None, attached, account.files)


def test_an_account_is_not_confirmed_until_the_learner_does_and_says_by_whom_it_was_seen() -> None:
    kept = fold([_keep()])
    (account,) = kept.accounts.standing
    assert account.in_words(_named) == f"professional discussion, {_DAY}, not confirmed by the learner"
    assert account.covers_in_words == "8580-501 1.1, 1.2"
    event = _confirm(kept)
    (account,) = kept.with_event(event).accounts.standing
    assert (
        account.confirmed_in_words(_named) == f"confirmed by Rosalind Jones on {_DAY}: signed form, seen by John Marsh"
    )
    assert in_words(event) == f"account kept confirmed by Rosalind Jones on {_DAY}: signed form"
    assert in_words(replace(event, actor="sk")).endswith(": signed form, seen by jm")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (replace(_SAID, on=None), "On which day"),
        (replace(_SAID, on=_DAY + timedelta(days=1)), "has not come"),
        (replace(_SAID, place=" "), "Where"),
        (replace(_SAID, minutes=None), "How long"),
        (replace(_SAID, minutes=0), "How long"),
        (replace(_SAID, minutes=24 * 60 + 1), "How long"),
        (replace(_SAID, on=date(1, 1, 1)), "Too long ago"),
        (replace(_SAID, covers=()), "For which criteria"),
        (replace(_SAID, method=Method.WRITTEN), "By which method"),
        (replace(_SAID, method=Method.TESTIMONY), "Whose testimony"),
        (replace(_TESTIMONY, witness=replace(_WITNESS, contact="")), "Who is the witness"),
        (replace(_TESTIMONY, witness=replace(_WITNESS, name="ROSALIND  JONES")), "testifies to themselves"),
        (replace(_TESTIMONY, witness=replace(_WITNESS, name="Rosa María Jones")), "testifies to themselves"),
    ],
)
def test_an_account_that_lacks_something_is_refused_with_what_it_lacks(said: Account, title: str) -> None:
    with pytest.raises(Refused, match=title):
        _keep(said)


def test_only_an_assessor_of_the_unit_says_what_they_saw_but_anybody_puts_down_what_a_witness_says() -> None:
    with pytest.raises(Refused, match="Only an assessor"):
        _keep(member=VERIFIER)
    assert _keep(_TESTIMONY, member=VERIFIER).actor == VERIFIER.id
    with pytest.raises(Refused):
        _keep(member=None)


def test_an_account_without_words_of_a_criterion_that_is_not_there_or_after_the_learner_left_is_refused() -> None:
    with pytest.raises(Refused, match="seen and said"):
        _keep(text=" ")
    with pytest.raises(WrongUse, match=r"no criterion 9\.9"):
        _keep(replace(_SAID, covers=(Covered(KEY, ("9.9",)),)))
    with pytest.raises(Refused, match="had left"):
        _keep(learner=replace(_ROSA, left=_DAY - timedelta(days=1)))
    assert _keep(learner=replace(_ROSA, left=_DAY)), "on the last day they were there"
    said = Left(LeftStep.LEFT, _DAY - timedelta(days=1), "Moved away.")
    gone = fold([Event("left", Kind.LEFT.value, LEARNER, AT, "cc", "coordinator", body=said.write())])
    with pytest.raises(Refused, match="had left"):
        _keep(portfolio=gone)


@pytest.mark.parametrize(
    ("said_by", "how", "on", "attached", "title"),
    [
        ("Somebody Else", "signed form", None, _FORM, "were not there"),
        ("Mo Ode", "signed form", None, _FORM, "Not theirs to confirm"),
        ("", " ", None, _FORM, "Confirmed how"),
        ("", "signed form", None, {}, "Nothing shows it"),
        ("", "signed form", _DAY + timedelta(days=1), _FORM, "has not come"),
        ("", "signed form", _DAY - timedelta(days=1), _FORM, "Before it was"),
    ],
)
def test_a_confirmation_that_cannot_be_is_refused(
    said_by: str, how: str, on: date | None, attached: Mapping[str, str], title: str
) -> None:
    with pytest.raises(Refused, match=title):
        _confirm(fold([_keep()]), said_by, how, on, attached)


def test_the_learner_confirms_by_any_of_their_names_however_it_is_written() -> None:
    zoe = Learner(LEARNER, "李 Zoé  Núñez", legal_name="Zoé María Núñez")
    (account,) = fold([_keep(learner=zoe)]).accounts.standing
    for name in ("李 zoé núñez", "李 Zoe\u0301 Nu\u0301n\u0303ez", "Zoé María Núñez", LEARNER):
        assert confirm_account(_act("c"), zoe, account, name, "form", None, None, _FORM, account.files).body["said_by"]


@pytest.mark.parametrize(("files", "destroyed"), [({"accounts/talk.md": "e" * 64}, False), ({}, False), ({}, True)])
def test_nobody_confirms_an_account_that_is_not_as_it_was_kept(files: Mapping[str, str], destroyed: bool) -> None:
    (account,) = fold([_keep()]).accounts.standing
    with pytest.raises(Refused, match="not as it was kept"):
        confirm_account(_act("c"), _ROSA, account, "", "form", None, None, _FORM, files, destroyed=destroyed)


def test_a_recording_that_is_not_the_one_that_was_attached_shows_nothing() -> None:
    (account,) = fold([_keep(replace(_SAID, attached={"accounts/talk/talk.m4a": "c" * 64}))]).accounts.standing
    files = {"accounts/talk.md": "a" * 64, "accounts/talk/talk.m4a": "d" * 64}
    with pytest.raises(Refused, match="Nothing shows it"):
        confirm_account(_act("c"), _ROSA, account, "", "recorded", None, None, {}, files)


def test_nobody_is_assessed_before_they_were_born_and_what_is_recorded_is_on_one_line() -> None:
    with pytest.raises(Refused, match="Too long ago"):
        _keep(learner=replace(_ROSA, born=_DAY + timedelta(days=1)))
    body = _keep(replace(_SAID, place="Room\n- Recording: x", present=("A\nB", " "))).body
    assert (body["place"], body["present"]) == ("Room - Recording: x", ["A B"])


def test_a_form_that_is_with_two_accounts_is_told_with_its_own() -> None:
    other = replace(_SAID, file="accounts/other.md", sha256="f" * 64, attached={"accounts/other/form.pdf": "b" * 64})
    first = replace(_SAID, attached=_FORM)
    accounts = fold([_keep(first), _keep(other, uid="second")]).accounts
    assert (
        accounts.in_words("accounts/talk/form.pdf", _named, {"accounts/talk/form.pdf": "b" * 64})
        == "attached to talk.md"
    )
    assert (
        accounts.in_words("accounts/other/form.pdf", _named, {"accounts/other/form.pdf": "b" * 64})
        == "attached to other.md"
    )


def test_what_is_attached_to_an_account_and_was_changed_or_taken_away_by_hand_is_told_with_it() -> None:
    (account,) = fold([_keep(replace(_SAID, attached=_FORM))]).accounts.kept
    (form,) = _FORM
    as_kept = {account.said.file: account.said.sha256, **_FORM}
    assert account.found(as_kept).became == ""
    assert account.found(as_kept | {form: "9" * 64}).became == "form.pdf CHANGED since it was attached"
    del as_kept[form]
    assert account.found(as_kept).became == "form.pdf is GONE"
    assert account.found({}, destroyed=True).became == "destroyed, as the rules of retention allow"


def test_a_recording_of_the_talk_itself_shows_that_it_was_confirmed() -> None:
    recorded = fold([_keep(replace(_SAID, attached={"accounts/talk/talk.m4a": "c" * 64}))])
    assert _confirm(recorded, "rosalind jones", "said in the recording", attached={})


def test_a_testimony_is_confirmed_by_its_witness_and_a_witness_who_is_close_is_told() -> None:
    kept = fold([_keep(_TESTIMONY)])
    with pytest.raises(Refused, match="were not there"):
        _confirm(kept, "Rosalind Jones")
    (account,) = kept.accounts.standing
    assert "not confirmed by the witness" in account.in_words(_named)
    assert not account.caution
    (account,) = kept.with_event(_confirm(kept)).accounts.standing
    assert account.confirmed_in_words(_named).startswith("confirmed by Mo Ode")
    for relationship in ("Mother-in-law", "my step-brother", "her stepbrother", "a partner"):
        close = replace(_TESTIMONY, witness=replace(_WITNESS, relationship=relationship))
        assert "close to the learner" in fold([_keep(close)]).accounts.kept[0].in_words(_named), relationship
    business = replace(_TESTIMONY, witness=replace(_WITNESS, relationship="business partner"))
    assert not fold([_keep(business)]).accounts.kept[0].caution


def test_a_corrected_account_takes_the_place_of_one_that_stays_and_is_confirmed_no_more() -> None:
    first = fold([_keep()])
    (before,) = first.accounts.standing
    second = _keep(
        replace(_SAID, file="accounts/talk 2.md", sha256="d" * 64), uid="second", portfolio=first, replaces=before
    )
    both = first.with_event(second)
    old, new = both.accounts.kept
    assert old.in_words(_named) == f"professional discussion, {_DAY}, replaced by second, not confirmed by the learner"
    assert both.accounts.standing == (new,)
    with pytest.raises(Refused, match="stands in its place"):
        confirm_account(_act("x"), _ROSA, old, "", "signed form", None, None, _FORM, old.files)
    with pytest.raises(Refused, match="replaced already"):
        _keep(uid="third", portfolio=both, replaces=old)


def test_what_is_confirmed_is_not_confirmed_again() -> None:
    kept = fold([_keep()])
    confirmed = kept.with_event(_confirm(kept))
    with pytest.raises(Refused, match="confirmed already"):
        _confirm(confirmed)


def test_two_accounts_of_a_day_both_stand() -> None:
    again = _keep(replace(_SAID, file="accounts/talk 2.md", sha256="d" * 64), uid="second")
    assert [each.uid for each in fold([_keep(), again]).accounts.standing] == ["kept", "second"]


def test_an_account_that_was_changed_by_hand_or_is_gone_is_told_as_that() -> None:
    accounts = fold([_keep()]).accounts
    (account,) = accounts.standing
    assert account.file_in_words({"accounts/talk.md": "a" * 64}) == ""
    assert account.file_in_words({"elsewhere.md": "a" * 64}) == "", "the bytes count, not the name"
    assert account.file_in_words({"accounts/talk.md": "e" * 64}) == "CHANGED since it was kept"
    assert account.file_in_words({}) == "its file is GONE"
    assert account.file_in_words({}, destroyed=True) == "destroyed, as the rules of retention allow"
    changed = accounts.found({"accounts/talk.md": "e" * 64})
    cited = Passage("accounts/talk.md", "a" * 64, 1, 1, "We spoke.")
    assert changed.doubt(cited) == "CHANGED since it was kept, not confirmed by the learner"
    assert changed.kept[0].in_words(_named).startswith("CHANGED since it was kept")
    told = accounts.in_words("accounts/talk.md", _named, {"accounts/talk.md": "e" * 64})
    assert told == changed.kept[0].in_words(_named)
    by_hand = "records of assessment/by hand.md"
    assert "does not know it" in accounts.in_words(by_hand, _named, {by_hand: "f" * 64})


def test_a_file_has_the_method_that_was_said_last_whatever_it_is_called_and_an_account_has_its_own() -> None:
    first = set_method(_act("a"), Method.WRITTEN, {"essay.docx": "e" * 64}, Portfolio())
    both = fold([_keep(), first])
    second = set_method(_act("b"), Method.REFLECTION, {"renamed.docx": "e" * 64}, both)
    accounts = both.with_event(second).accounts
    assert accounts.method_of("e" * 64) is Method.REFLECTION
    assert accounts.method_of("a" * 64) is Method.DISCUSSION
    assert accounts.in_words("essay.docx", _named, {"essay.docx": "e" * 64}) == "reflective account"
    refused: list[tuple[type[MarkTermError], Method, dict[str, str]]] = [
        (Refused, Method.WRITTEN, {"accounts/talk.md": "a" * 64}),
        (Refused, Method.WRITTEN, {"essay.docx": "e" * 64}),
        (WrongUse, Method.OBSERVATION, {"essay.docx": "e" * 64}),
        (WrongUse, Method.WRITTEN, {}),
    ]
    for error, method, files in refused:
        with pytest.raises(error):
            set_method(_act("c"), method, files, both)


def test_of_two_confirmations_that_did_not_see_each_other_the_first_stands_with_who_saw_it() -> None:
    kept = fold([_keep()])
    (account,) = kept.accounts.standing
    made = [
        confirm_account(_act(uid), _ROSA, account, "", how, None, seen, _FORM, account.files)
        for uid, how, seen in (("one", "signed form", VERIFIER), ("two", "e-mail", None))
    ]
    (account,) = kept.with_event(made[0]).with_event(made[1]).accounts.standing
    assert account.confirmed is not None
    assert (account.confirmed.how, account.confirmed.seen_by) == ("signed form", VERIFIER.id)


def test_an_account_of_one_unit_has_a_folder_of_its_own_and_one_of_several_is_for_all_of_them() -> None:
    assert accounts_folder(["8580-501"]) == "records of assessment/unit 8580-501"
    assert accounts_folder(["8580-501", "8580-502"]) == "records of assessment"


def test_an_account_goes_on_with_a_unit_that_has_another_number_now() -> None:
    seen = {"records of assessment/unit 8580-401/seen.md": "a", "records of assessment/unit 8580-999/other.md": "b"}
    placing = Placing(units={UnitKey("8580-401", "1"): UnitKey("8580-501", "2")})
    assert handed_in(seen, "8580-501", placing) == ({"records of assessment/unit 8580-401/seen.md": "a"}, None)
    assert handed_in(seen, "8580-501") == ({}, None)


def test_each_time_mark_of_an_account_is_a_paragraph_that_can_be_cited_by_itself() -> None:
    written = account_markdown(_SAID, _ROSA, ASSESSOR, "We spoke.\n1:40 Of pots.\n12:40 Of tea.", [])
    assert account_text(written) == "We spoke.\n\n1:40 Of pots.\n\n12:40 Of tea."


def test_nothing_is_kept_or_found_missing_once_the_evidence_was_destroyed() -> None:
    gone = EvidenceDestroyed("d", "three years", 1, "As it says.", ())
    events = [
        _keep(),
        Event("gone", Kind.EVIDENCE_DESTROYED.value, LEARNER, AT, "cc", "coordinator", body=gone.write()),
    ]
    with pytest.raises(Refused, match="evidence was destroyed"):
        _keep(uid="again", portfolio=fold(events))
    lines = [Line(1, "a.log", 1, events[0])]
    assert [each.code for each in changed_accounts(lines, events[:1], lambda _: "")] == [ACCOUNT_CHANGED]
    assert list(changed_accounts(lines, events, lambda _: "")) == []


def test_an_account_decides_nothing() -> None:
    decided = fold([decision("d")])
    assert decided.with_event(_keep(portfolio=decided)).units == decided.units
