"""By which methods of assessment a learner showed what a unit asks."""

from __future__ import annotations

from markterm.domain.assessed.method import Method
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.portfolio import Portfolio


def methods_used(portfolio: Portfolio, key: UnitKey) -> tuple[Method, ...]:
    """Those of the accounts that stand and cover criteria of the unit, and of the files that were submitted for it or
    are cited in it, as far as somebody said them; each once, in the order in which methods are listed."""
    if not portfolio.aside:
        return ()
    accounts, record = portfolio.accounts, portfolio.unit(key)
    found = {each.method for each in accounts.of_unit(key)}
    files = set(record.submission.files.values()) if record.submission is not None else set()
    files |= {each.passage.sha256 for own in record.criteria.values() for each in own.citations}
    found |= {method for sha256 in files if (method := accounts.methods.get(sha256)) is not None}
    return tuple(method for method in Method if method in found)


def methods_in_words(portfolio: Portfolio, key: UnitKey) -> str:
    """The same in words, with how many of the accounts nobody confirmed: `observation, work product (1 not confirmed)`;
    empty where nothing was said."""
    told = ", ".join(each.words for each in methods_used(portfolio, key))
    if not told:
        return ""
    unconfirmed = sum(each.confirmed is None for each in portfolio.accounts.of_unit(key))
    return f"{told} ({unconfirmed} not confirmed)" if unconfirmed else told
