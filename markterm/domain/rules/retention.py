"""What is kept of a learner until when, why, and what holds it: never less than the rules of the centre ask for.

What is not known keeps: without a rule, without a certificate, or with anything that is open, nothing may go. Who left
without a certificate is recorded as exempt, with the day and the reason; from that day on the rules count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markterm.domain.assessed.retention import RetentionRule, rule_of
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.cases import words_of
from markterm.domain.record.claims import ClaimRecord
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.local_time import local


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a learner until when.

    `certified` is the day of the last certificate or exemption, or of the last closing
    where that is later, as `is_of_closing` says; `evidence_from` and `record_from` are the earliest days on which
    each may be destroyed, None where nothing says. `unknown` is what is not known and keeps everything, `open` what is
    open and holds it: sentences without a stop. `rules` are those that count.
    """

    rules: tuple[RetentionRule, ...] = ()
    certified: date | None = None
    evidence_from: date | None = None
    record_from: date | None = None
    unknown: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    is_of_closing: bool = False

    @property
    def counts_from(self) -> str:
        """The day from which the rules count, and what was on it; empty where nothing says."""
        if self.certified is None:
            return ""
        day = self.certified.isoformat()
        return (
            f"last closing {day}, later than any certificate or exemption"
            if self.is_of_closing
            else f"last certificate or exemption {day}"
        )

    @property
    def rule(self) -> str:
        """The rules in words."""
        return "; ".join(rule.words for rule in self.rules)

    def since(self, what: What) -> date | None:
        """The earliest day on which that may be destroyed; None where nothing says. With the record goes the
        evidence."""
        if self.evidence_from is None or self.record_from is None:
            return None
        return self.evidence_from if what is What.EVIDENCE else max(self.evidence_from, self.record_from)

    def in_words(self, what: What, today: date) -> str:
        """How long that is kept: `kept until 2027-03-01`, `may go since 2026-03-01`, or kept without a day."""
        since = self.since(what)
        if since is None:
            return "kept: no day is known from which on it may go"
        if self.open:
            return f"kept: it could go from {since.isoformat()} on"
        return f"{'may go since' if since <= today else 'kept until'} {since.isoformat()}"

    def why_not(self, what: What, today: date) -> tuple[str, ...]:
        """Why that may not be destroyed today; nothing where it may."""
        since = self.since(what)
        early = (f"it is kept until {since.isoformat()}",) if since is not None and today < since else ()
        return (*self.open, *self.unknown, *early)


def kept(
    qualifications: Sequence[str], portfolio: Portfolio, rules: Sequence[RetentionRule], around: Iterable[str] = ()
) -> Kept:
    """What is kept of a learner on these qualifications until when; `around` is what else is open and holds it.

    What was claimed counts as well: the learner's file may name other qualifications by now, or none.
    """
    claimed = (claim.qualification for claim in portfolio.claims if claim.unit is None and claim.state is not None)
    qualifications = tuple(dict.fromkeys((*qualifications, *claimed)))
    unknown = list(_unknown_rules(qualifications, rules))
    counting = tuple(dict.fromkeys(filter(None, (rule_of(rules, code) for code in qualifications or ("",)))))
    certified, without = _certified(qualifications, portfolio)
    unknown += [f"there is no certificate of {code} and no exemption from one" for code in without]
    held = (*around, *_open(portfolio))
    if certified is None or unknown:
        return Kept(counting, certified, unknown=tuple(unknown), open=held)
    # A day of long ago, recorded today, is no reason to destroy what was decided since.
    closings = (local(each.at).date() for record in portfolio.units.values() for each in record.closings)
    since = max((certified, *closings))
    evidence = max(rule.evidence_from(since) for rule in counting)
    record = max(rule.record_from(since) for rule in counting)
    return Kept(counting, since, evidence, record, (), held, since > certified)


def _unknown_rules(qualifications: Sequence[str], rules: Sequence[RetentionRule]) -> Iterator[str]:
    for code in qualifications or ("",):
        if rule_of(rules, code) is None:
            of = f"for {code}" if code else "for who is on no qualification"
            yield f"no rule of the centre says how long anything is kept {of}"


def _certified(qualifications: Sequence[str], portfolio: Portfolio) -> tuple[date | None, tuple[str, ...]]:
    """The day of the last certificate or exemption, and what has neither: of the qualifications, where not every unit
    that was worked on has a certificate of its own; of whom is on none, of those units.

    That a unit is exempt says of no qualification that it needs no certificate.
    """
    claims = portfolio.claims
    days = [day for claim in claims if (day := _day_of(claim, exempt=True)) is not None]
    of_units = {claim.unit for claim in claims if _day_of(claim, exempt=not qualifications) is not None}
    units = [key for key in portfolio.units if key not in of_units]
    if portfolio.units and not units:
        return max(days), ()
    if not qualifications:
        return max(days, default=None), tuple(sorted(key.code for key in units)) or ("anything",)
    own = {claim.qualification for claim in claims if claim.unit is None and _day_of(claim, exempt=True) is not None}
    return max(days, default=None), tuple(code for code in qualifications if code not in own)


def _day_of(claim: ClaimRecord, *, exempt: bool) -> date | None:
    """The day from which a claim counts as certified: of the certificate's receipt, or of the exemption if that counts;
    None where it does not."""
    steps = (ClaimStep.RECEIVED, ClaimStep.SENT, *((ClaimStep.EXEMPT,) if exempt else ()))
    return next((taken.on for step in steps if (taken := claim.last(step)) is not None), None)


def _open(portfolio: Portfolio) -> Iterator[str]:
    if portfolio.unknown:
        yield "the record holds entries that this MarkTerm does not understand"
    for case in portfolio.cases:
        if case.is_open:
            yield f"case {case.short}, {words_of(case.about)}, is open"
    for hold in portfolio.holds:
        if not hold.lifted:
            yield f"{hold.actor} holds it: {hold.text}"
    claims = portfolio.claims
    exempt = [claim for claim in claims if claim.state is ClaimStep.EXEMPT]
    has_left = any(claim.unit is None for claim in exempt)  # And leaves units open.
    for claim in claims:
        if claim.state is ClaimStep.CLAIMED:
            yield f"{claim.place} is claimed and no certificate came yet"
    for key, record in portfolio.units.items():
        for action in record.after.actions:
            if not action.is_finished:
                yield f"action {action.short} of {key.code} is {action.state}"
        if record.closing is None and not has_left and not any(claim.unit == key for claim in exempt):
            yield f"{key.code} is not closed"
