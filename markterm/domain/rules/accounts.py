"""Accounts of what was seen and said: kept by whoever was there, or for a witness; confirmed by whom they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.method import BY_THE_ASSESSOR, OF_FILES, Method
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.accounts import KeptAccount
from markterm.domain.record.bodies.accounts import Account, AccountStep, MethodSet, Witness
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.leaving import left_on
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, assessor, entry, known
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local

_MINUTES_OF_A_DAY = 24 * 60
_LIFETIME = 100
"""Years after which nobody gives an account of what they saw: an earlier one is a slip of the keys."""


def keep_account(
    act: Act,
    learner: Learner,
    units: Sequence[Unit],
    portfolio: Portfolio,
    said: Account,
    text: str,
    replaces: KeptAccount | None = None,
) -> Event:
    """That an account with that `text` is kept; `units` are those that it covers criteria of.

    Raises `Refused` when nobody is named, or no assessor of these units of what is not a witness's; without a text, a
    place, minutes, criteria, or a whole witness; for more minutes than a day has; for a day that has not come, before
    the learner was born, or after they left; for a witness who is the learner; when the evidence was destroyed; and for
    a replaced one that does not stand. `WrongUse` when a unit has no such criterion.
    """
    member = known(act)
    said = replace(said, place=one_line(said.place), present=tuple(filter(None, map(one_line, said.present))))
    for unit in units if said.method in BY_THE_ASSESSOR else ():
        member = assessor(act, unit)
    for unit, covered in zip(units, said.covers, strict=True):
        for number in covered.criteria:
            criterion_of(unit, number)
    if portfolio.evidence_destroyed is not None:
        raise Refused(
            "The evidence was destroyed",
            f"The evidence of {act.learner} was {portfolio.evidence_destroyed.words}.",
            "Nothing is added to what may not be kept any more.",
        )
    _require_day(act, learner, left_on(learner, portfolio.departure), said.on)
    _require_whole(said, text)
    if said.witness is not None:
        _require_witness(learner, said.witness)
    if replaces is not None and replaces.replaced_by:
        raise Refused(
            "It was replaced already",
            f"Another account took the place of {replaces.short}.",
            "Correct the one that stands.",
            hint=Hint(Way.LIST_ACCOUNTS, learner=act.learner),
        )
    return entry(act, member, Kind.ACCOUNT, Subject(), said, (replaces.uid,) if replaces is not None else ())


def confirm_account(
    act: Act,
    learner: Learner,
    account: KeptAccount,
    said_by: str,
    how: str,
    on: date | None,
    seen_by: Member | None,
    attached: Mapping[str, str],
    files: Mapping[str, str],
    *,
    destroyed: bool = False,
) -> Event:
    """That the learner confirmed what an account says, or the witness what they say, on that day, today without one.

    `attached` are the SHA-256 of the signed form or recording; the account's own recordings show it too. `files` are
    those of the learner's evidence by name as they are now, and `destroyed` says that it was. Raises `Refused` when
    nobody is named, for anybody else than who has to confirm it, without a word on how, without a form or recording,
    for a day that has not come or lies before it, for one that is confirmed or was replaced, and for one whose file is
    not as it was kept: nobody knows what was confirmed then.
    """
    member = known(act)
    if account.replaced_by:
        raise Refused(
            "Another one stands in its place",
            f"Account {account.short} was replaced.",
            "Have the one confirmed that took its place.",
            hint=Hint(Way.LIST_ACCOUNTS, learner=act.learner),
        )
    if account.confirmed is not None:
        raise Refused(
            "It is confirmed already",
            f"Account {account.short} was confirmed by {account.confirmed.said_by}: {account.confirmed.how}.",
            "A corrected account takes the place of this one, and is confirmed anew.",
        )
    became = account.file_in_words(files, destroyed=destroyed)
    if became:
        raise Refused(
            "It is not as it was kept",
            f"Account {account.short}, {account.said.file}: {became}.",
            "Put the file back as it was kept, or keep a corrected account and have that one confirmed.",
        )
    witness = account.said.witness
    names = filter(None, (learner.name, learner.legal_name, learner.registration))
    whose = tuple(map(one_line, (witness.name,) if witness is not None else names))
    who = one_line(said_by) or whose[0]
    if one_name(who).casefold() not in (one_name(each).casefold() for each in whose):
        there = who.casefold() in map(str.casefold, account.said.present)
        raise Refused(
            "Not theirs to confirm" if there else "They were not there",
            f"{who} was {'there, and is not who' if there else 'not there, and cannot say that'} account "
            f"{account.short} {'is about' if there else 'is as it was'}.",
            f"It is confirmed by {whose[0]}.",
        )
    if not how.strip():
        raise Refused("Confirmed how?", "Nothing was recorded.", "Say how: a signed form, a recording.")
    if not attached and not set(account.said.attached.values()) & set(files.values()):
        raise Refused(
            "Nothing shows it",
            f"Neither a signed form nor a recording is with account {account.short}, as it was attached.",
            "Attach the signed form, or the recording in which it is said.",
        )
    today = local(act.at).date()
    day = on or today
    if day > today:
        raise _not_yet(day, today)
    if account.said.on is not None and day < account.said.on:
        raise Refused(
            "Before it was",
            f"{day.isoformat()} is before {account.said.on.isoformat()}, the day of account {account.short}.",
            "Give the day on which it was confirmed.",
        )
    seen = (seen_by or member).id
    said = Account(
        AccountStep.CONFIRMED,
        account=account.uid,
        said_by=who,
        how=one_line(how),
        on=day,
        seen_by=seen,
        attached=attached,
    )
    return entry(act, member, Kind.ACCOUNT, Subject(), said)


def set_method(act: Act, method: Method, files: Mapping[str, str], portfolio: Portfolio) -> Event:
    """By which method these files show something.

    Raises `Refused` when nobody is named, for what an account says by itself, and for prior learning before it is
    recognised and the awarding organisation told; `WrongUse` without files, and for a method of which somebody gives an
    account.
    """
    member = known(act)
    if not files:
        raise WrongUse("Which files?", "No file was named.", "Name one or more of the learner's.")
    if method not in OF_FILES:
        raise WrongUse(
            "Not a method of files",
            f"What was shown by {method.words} is told in an account.",
            f"Give an account of it, or say one of: {', '.join(OF_FILES)}.",
        )
    recognised = {sha for each in portfolio.cases if each.may_be_used for sha in each.evidence.values()}
    of_no_case = next((name for name, sha in files.items() if sha not in recognised), "")
    if method is Method.RECOGNITION and of_no_case:
        raise Refused(
            "Not recognised yet",
            f"{of_no_case} shows no prior learning of {act.learner} that was agreed to and that the awarding "
            "organisation was told of.",
            "Have a case of recognition that names the file decided and reported first.",
            hint=Hint(Way.SHOW_CASES, learner=act.learner),
        )
    accounts = portfolio.accounts
    told = next((name for name, sha in files.items() if accounts.of_file(name, sha) is not None), "")
    if told:
        raise Refused("An account says it itself", f"{told} is an account, or attached to one.", "Name other files.")
    if all(accounts.methods.get(sha) is method for sha in files.values()):
        raise Refused("So it is", f"That is {method.words} already.", "Nothing is to be done.")
    return entry(act, member, Kind.METHOD_SET, Subject(), MethodSet(method, files))


def _require_day(act: Act, learner: Learner, left: date | None, on: date | None) -> None:
    today = local(act.at).date()
    if on is None:
        raise Refused("On which day?", "An account is of a day.", "Give the day on which it was.")
    if on > today:
        raise _not_yet(on, today)
    if on.year < today.year - _LIFETIME or (learner.born is not None and on < learner.born):
        raise Refused(
            "Too long ago",
            f"{on.isoformat()} lies before {act.learner} can have shown anything.",
            "Give the day on which it was.",
        )
    if left is not None and on > left:
        raise Refused(
            "The learner had left",
            f"{act.learner} left on {left.isoformat()}, before {on.isoformat()}.",
            "Give the day on which it was; if they came back, have that corrected first.",
        )


def _not_yet(on: date, today: date) -> Refused:
    return Refused(
        "This day has not come yet",
        f"{on.isoformat()} is after today, {today.isoformat()}.",
        "Give the day on which it was; if the date of this machine is wrong, mend that first.",
    )


def _require_whole(said: Account, text: str) -> None:
    is_told = said.method is not None and said.method.is_told
    lacking = (
        ("By which method?", not is_told, f"Say one of: {', '.join(BY_THE_ASSESSOR)}."),
        ("Where?", not said.place.strip(), "Say where it was."),
        ("How long?", said.minutes is not None and said.minutes < 1, "Give the minutes that it took."),
        (
            "How long?",
            said.minutes is not None and said.minutes > _MINUTES_OF_A_DAY,
            "A day has no more than 1,440 minutes: give each day an account of its own.",
        ),
        ("How long?", said.minutes is None and said.method is not Method.TESTIMONY, "Give the minutes that it took."),
        ("For which criteria?", not any(each.criteria for each in said.covers), "Name the criteria that it covers."),
        ("What was seen and said?", not text.strip(), "Write what was seen, asked and said."),
        ("Whose testimony?", (said.method is Method.TESTIMONY) is not (said.witness is not None), "Name the witness."),
    )
    for title, lacks, next_step in lacking:
        if lacks:
            raise Refused(title, "The account does not say it, and was not kept.", next_step)


def _require_witness(learner: Learner, witness: Witness) -> None:
    for name in ("name", "role", "relationship", "contact"):
        if not getattr(witness, name).strip():
            raise Refused(
                "Who is the witness?",
                f"Nothing was said of their {name}.",
                "Give their name, what they do there, what they are to the learner, and how they are reached.",
            )
    own = filter(None, (learner.name, learner.legal_name, learner.registration))
    if one_name(one_line(witness.name)).casefold() in (one_name(one_line(each)).casefold() for each in own):
        raise Refused(
            "Nobody testifies to themselves", f"{witness.name} is the learner.", "Name somebody who saw them work."
        )
