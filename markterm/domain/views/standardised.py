"""What members said of the same evidence, each alone, in words: how far they agree, and beyond chance."""

from __future__ import annotations

from markterm.domain.record.bodies.standardising import View, Viewed
from markterm.domain.sampling.agreement import BeyondChance, CriterionAgreement
from markterm.domain.words.counted import counted

_SIGNS = {View.PASS: "✓", View.REFER: "✗", View.AGREE: "✓", View.NOT_AGREED: "✗"}


def sign_of(view: View) -> str:
    """The sign of what somebody says: that of a pass for what is in favour, else that of a referral."""
    return _SIGNS[view]


def viewed_in_words(viewed: Viewed) -> str:
    """What was said of one criterion: `1 2.1 refer: Eight hours are shown.`"""
    note = f": {viewed.note}" if viewed.note else ""
    return f"{viewed.exhibit} {viewed.criterion} {viewed.view}{note}"


def agreement_in_words(told: CriterionAgreement) -> str:
    """How many said the same of one criterion, who said what, and who differed."""
    said = "; ".join(f"{view}: {', '.join(who)}" for view, who in told.said.items()) or "nobody answered"
    percent = f"{told.percent} % said the same; " if told.percent is not None else ""
    differed = f"; differed: {', '.join(told.differed)}" if told.differed else ""
    return f"{told.exhibit} {told.criterion}: {percent}{said}{differed}"


def beyond_chance_in_words(told: BeyondChance) -> str:
    """κ over what was looked at of one sort, or why it is undefined."""
    over = f"{told.of}, {told.raters} who answered all of {counted(told.criteria, 'criterion', 'criteria')}"
    if told.value is None:
        return f"κ of {over}: undefined, {told.undefined}"
    return f"{told.name} of {over}: {float(told.value):.2f}"
