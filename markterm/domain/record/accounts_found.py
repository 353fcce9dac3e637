"""Accounts whose files are not those that were kept: what is found by an audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import fold
from markterm.domain.record.who_did_what import ACCOUNT_CHANGED, Line, Told, in_places
from markterm.domain.words.finding import Severity


def changed_accounts(lines: Iterable[Line], every: Iterable[Event], sha256_of: Callable[[str], str]) -> Iterator[Told]:
    """What was changed or taken away by hand of accounts and of what is attached to them, on the line that kept it;
    `sha256_of` gives that of the learner's file of a name, empty where there is none. What was destroyed by the rules
    of retention is no finding."""
    keeping = {line.event.uid: line for line in in_places(lines) if line.event.kind == Kind.ACCOUNT}
    if not keeping:
        return
    portfolio = fold(every)
    for account in portfolio.accounts.kept if portfolio.evidence_destroyed is None else ():
        line = keeping.get(account.uid)
        for name, kept in account.files.items() if line is not None else ():
            now = sha256_of(name)
            if line is not None and now != kept:
                became = "was changed since it was kept" if now else "is not at its place any more"
                severity = Severity.ERROR if now else Severity.WARNING
                yield Told(ACCOUNT_CHANGED, severity, line, f"{name} {became}")
