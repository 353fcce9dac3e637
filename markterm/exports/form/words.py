"""The words in which a form asks for a decision: Pass/Referral, P/R, Met or Not met."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markterm.domain.record.event import Result

_PASS = frozenset({"pass", "passed", "p", "met", "achieved", "yes", "y", "satisfactory", "competent", "complete", "✓"})
_REFER = frozenset(
    (
        *("refer", "referral", "referred", "r", "fail", "f", "no", "n", "not met", "not achieved", "not satisfactory"),
        *("not pass", "not yet met", "not yet achieved", "not competent", "not yet competent", "unsatisfactory"),
        "incomplete",
    )
)
_BETWEEN = re.compile(r"\s*(?:[/|\\]|\bor\b|\*)\s*|\s{3,}|\t|\n", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[^\w✓]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What a form calls a pass and a referral, and what makes a tick in it."""

    passed: str = "Pass"
    referred: str = "Referral"
    tick: str = "X"

    def of(self, result: Result) -> str:
        """The word for a result."""
        return self.passed if result is Result.PASS else self.referred


def meaning(text: str) -> Result | None:
    """Which of the two decisions a word of a form stands for; None where it stands for neither."""
    word = " ".join(_NO_LETTERS.sub(" ", text.casefold()).split())
    if word in _PASS:
        return Result.PASS
    return Result.REFER if word in _REFER else None


def is_of_assessment(text: str) -> bool:
    """Whether a word of a form can only be the one of a decision, wherever it stands."""
    return re.search(r"\b(?:pass(?:ed)?|refer(?:ral|red)?)\b", text.casefold()) is not None


def is_yes_or_no(text: str) -> bool:
    """Whether a word answers any question."""
    return text.casefold().strip(" .") in ("yes", "no", "y", "n")


def choice(text: str) -> tuple[str, str] | None:
    """The form's words for a pass and for a referral, where `text` is nothing but the choice between them."""
    parts = [part for part in _BETWEEN.split(text.strip(" :()[].")) if part]
    if len(parts) != len(Result):
        return None
    meant = {meaning(part): part.strip(" :()[].") for part in parts}
    if Result.PASS in meant and Result.REFER in meant:
        return meant[Result.PASS], meant[Result.REFER]
    return None
