"""What verifiers sampled of a unit, looked at and answered, in lines that every front end and printed page can take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from markterm.domain.record.bodies.verifying import Answer
from markterm.domain.record.decision import decision_of
from markterm.domain.record.disagreement import disagreements
from markterm.domain.record.event import Kind
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.so_far import so_far, unfinished
from markterm.domain.record.states import CAME_BACK, VerificationState
from markterm.domain.record.understanding import is_understood
from markterm.domain.record.verifying import INTERIM, SUMMATIVE, Verification, contradict, said_of_sample

Named = Callable[[str], str]
"""What is shown for a member's id."""


def what_holds(record: UnitRecord) -> str:
    """What is to be said of the verification as a whole, where two verifiers differ; empty where they do not."""
    if record.closing is None or record.verification is not VerificationState.CONFLICT:
        return ""
    about = contradict(record.after.verified(record.closing.uid))
    return f"two verifiers answered differently about {', '.join(about)}, and neither had seen the other's answer"


def standing(record: UnitRecord) -> Verification | None:
    """The last answer to how the unit was closed, where verifiers come to one that stands: whose name, and which day,
    a sheet bears. None while it waits, is stale or not finished, and where they differ."""
    if record.closing is None or record.verification not in (VerificationState.AGREED, VerificationState.NOT_AGREED):
        return None
    answers = record.after.verified(record.closing.uid)
    return answers[-1] if answers else None


def sampled(record: UnitRecord, name: Named) -> Iterator[tuple[str, str]]:
    """What was sampled: in a line, by whom it was and why."""
    for each in record.after.samples:
        for_whom = name(each.verifier) if each.verifier else ""
        yield f"sampled, attempt {each.attempt}{said_of_sample(each, for_whom)}, by {name(each.actor)}", each.why


def waits_for(record: UnitRecord) -> tuple[str, ...]:
    """The ids of the verifiers whom a sample was given to that nobody has answered to yet, or who have not finished."""
    after, state = record.after, record.verification
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    if state is VerificationState.UNFINISHED:
        return tuple(dict.fromkeys(each.actor for each in unfinished(record)))
    stages = {VerificationState.OPEN: (SUMMATIVE,), VerificationState.INTERIM: (INTERIM,)}.get(state, ())
    samples = (after.sample(attempt, stage) for stage in stages)
    return tuple(each.verifier for each in samples if each is not None and each.verifier)


def same_results(verification: Verification, record: UnitRecord) -> tuple[Answer, ...]:
    """The answers of an independent second assessment whose own result is that of the decision that was looked at."""
    results = {decision.uid: decision.result for each in record.criteria.values() for decision in each.live}
    return tuple(each for each in verification.own if each.own is results.get(each.decision))


def answered(record: UnitRecord) -> tuple[Verification, ...]:
    """The interim looks and the verifications, in the order of the record."""
    return tuple(sorted((*record.after.looks, *record.after.verifications), key=lambda each: each.at))


def in_a_line(verification: Verification, name: Named) -> str:
    """What was answered, to which attempt and by whom."""
    what = "interim look" if verification.is_interim else "verified"
    what = ", ".join((what, *verification.how_far))
    return f"{what}, attempt {verification.attempt}: {verification.in_words}, by {name(verification.actor)}"


def own_result(answer: Answer, record: UnitRecord) -> str:
    """The own result of an independent second assessment in a word: of a criterion for a higher grade achieved or not
    achieved, as the decision says that was looked at, also where it was taken back since. Empty where there is none."""
    if answer.own is None:
        return ""
    for event in record.criterion(answer.criterion).events:
        if event.uid == answer.decision and event.kind == Kind.DECIDED and is_understood(event):
            return decision_of(event).state_with(answer.own).value
    return answer.own.value


def told(verification: Verification, record: UnitRecord, name: Named) -> Iterator[str]:
    """What is to be said of an answer beside its line: what is not agreed and why, how it was looked at, results of
    the verifier's own, what was found good and to develop, and what let a rule pass; first that it is stale."""
    if why := record.why_stale(verification):
        yield f"! stale: {why}"
    if verification.unfinished:
        yield f"! {so_far(verification, record)}"
    if verification.in_training:
        yield "! answered in training: it waits for the countersignature of a verifier who is not"
    for each in verification.answers:
        by = f" (by {name(each.by)})" if each.by else ""
        if not each.agrees:
            yield f"{each.criterion} not agreed{by}: {each.reason}"
        elif by or each.reason:
            yield f"{each.criterion} agreed{by}{f': {each.reason}' if each.reason else ''}"
    if verification.reason.strip():
        yield verification.reason
    for sight in dict.fromkeys(each.looked for each in verification.answers if each.looked is not None):
        yield f"looked at ({sight}): {', '.join(e.criterion for e in verification.answers if e.looked is sight)}"
    if own := verification.own:
        results = ", ".join(f"{each.criterion} {own_result(each, record)}" for each in own)
        same = len(same_results(verification, record))
        yield f"independent second assessment: {results}; {same} of {len(own)} as the assessor"
    report = verification.report
    for words, text in (("strengths", report.strengths), ("to develop", report.development)):
        if text.strip():
            yield f"{words}: {text}"
    for words, ticked in (("evidence", report.valid), ("feedback", report.feedback)):
        if ticked is not None:
            yield f"{words} found {', '.join(ticked) or 'to be none of what is looked for'}"
    for override in verification.overrides:
        yield f"{name(override.authorised_by)} let the rule of {override.rule} be passed over: {override.reason}"


class AnswerOn(NamedTuple):
    """A verifier's answer to one decision; `stands` says whether that decision still does."""

    answer: Answer
    verification: Verification
    stands: bool

    @property
    def reason(self) -> str:
        """Why it is not agreed, or what was said with agreeing; empty where nothing was."""
        return self.answer.reason.strip() or ("" if self.answer.agrees else self.verification.reason.strip())

    def in_words(self, name: Named) -> str:
        """What was answered by whom, and what became of the decision: `✗ not agreed by Inês, amended since`."""
        answer, verification = self.answer, self.verification
        told = f"{'✓ agreed' if answer.agrees else '✗ not agreed'} by {name(answer.by or verification.actor)}"
        since = "decided again since" if answer.agrees else "amended by the assessor since"
        look = "interim look" if verification.is_interim else ""
        return ", ".join(filter(None, (told, look, *verification.how_far, "" if self.stands else since)))


class CriterionVerified(NamedTuple):
    """What verifiers answered of one criterion, the last first, and what that comes to: not agreed while a decision
    stands that somebody did not agree with, stale where nothing stands of what was answered to."""

    state: VerificationState
    answers: tuple[AnswerOn, ...]

    @property
    def came_back(self) -> bool:
        """Whether its assessor is to look at it again."""
        return self.state in CAME_BACK

    @property
    def shown(self) -> tuple[AnswerOn, ...]:
        """The answers that are shown beside the decision: all that stand where it came back, else the last one."""
        return tuple(each for each in self.answers if each.stands) if self.came_back else self.answers[:1]


def by_criterion(record: UnitRecord) -> Mapping[str, CriterionVerified]:
    """Of each criterion that a verifier answered to, by its number, what they said of the present attempt."""
    if not (record.after.looks or record.after.verifications):
        return {}
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    found: dict[str, list[AnswerOn]] = {}
    for verification in reversed(answered(record)):
        for each in verification.answers if verification.attempt == attempt else ():
            stands = each.decision in record.standing
            found.setdefault(each.criterion, []).append(AnswerOn(each, verification, stands))
    against = {each.criterion for each in disagreements(record)}
    differ = contradict(record.after.verified(record.closing.uid)) if record.closing is not None else ()
    return {
        number: CriterionVerified(_comes_to(own, number in against, number in differ), tuple(own))
        for number, own in found.items()
    }


def _comes_to(answers: list[AnswerOn], is_against: bool, differ: bool) -> VerificationState:
    if not any(each.stands for each in answers):
        return VerificationState.STALE
    if differ:
        return VerificationState.CONFLICT
    return VerificationState.NOT_AGREED if is_against else VerificationState.AGREED


def not_agreed_as_a_whole(record: UnitRecord) -> tuple[Verification, ...]:
    """The answers that did not agree with the unit as a whole, where what they were to still stands."""
    return tuple(each.verification for each in disagreements(record) if not each.criterion)
