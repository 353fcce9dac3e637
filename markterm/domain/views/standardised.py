"""What members said of the same evidence, each alone, in words: how far they agree, and beyond chance."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.domain.record.bodies.standardising import View, Viewed
from markterm.domain.record.standardisation import Standardisation
from markterm.domain.sampling.agreement import BeyondChance, CriterionAgreement
from markterm.domain.views.signs import CRITERION_SIGNS, Sign
from markterm.domain.words.counted import counted

_GLYPHS = {
    **{state.value: sign.glyph for state, sign in CRITERION_SIGNS.items()},
    View.AGREE.value: "✓",
    View.NOT_AGREED.value: "✗",
}


def sign_of(told: Standardisation, viewed: Viewed) -> Sign:
    """The sign of what somebody says: that of the decision that they would give, or whether they agree."""
    word = told.word(viewed)
    return Sign(_GLYPHS[word], word)


def viewed_in_words(told: Standardisation, viewed: Viewed) -> str:
    """What was said of one criterion: `1 2.1 refer: Eight hours are shown.`"""
    note = f": {viewed.note}" if viewed.note else ""
    return f"{viewed.exhibit} {viewed.criterion} {told.word(viewed)}{note}"


def said_by(told: Standardisation, of: CriterionAgreement) -> Mapping[str, tuple[str, ...]]:
    """Who said what of one criterion, by the word for it."""
    exhibit = told.exhibits[of.exhibit - 1]
    return {exhibit.word(of.criterion, view): who for view, who in of.said.items()}


def agreement_in_words(told: Standardisation, of: CriterionAgreement) -> str:
    """How many said the same of one criterion, who said what, and who differed."""
    said = "; ".join(f"{word}: {', '.join(who)}" for word, who in said_by(told, of).items()) or "nobody answered"
    percent = f"{of.percent} % said the same; " if of.percent is not None else ""
    differed = f"; differed: {', '.join(of.differed)}" if of.differed else ""
    return f"{of.exhibit} {of.criterion}: {percent}{said}{differed}"


def beyond_chance_in_words(told: BeyondChance) -> str:
    """κ over what was looked at of one sort, or why it is undefined."""
    over = f"{told.of}, {told.raters} who answered all of {counted(told.criteria, 'criterion', 'criteria')}"
    if told.value is None:
        return f"κ of {over}: undefined, {told.undefined}"
    return f"{told.name} of {over}: {float(told.value):.2f}"
