"""What is recorded of a learner is news to whoever has them open until it is shown there, whoever else reads it."""

from __future__ import annotations

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result

TEA = "T-101"


def test_whoever_reads_beside_takes_no_news_from_whoever_marks(asha: Centre, ben: Centre) -> None:
    shown = asha.learners.portfolio("AAA1")
    ben.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    asha.glances.of("AAA1")
    asha.learners.portfolio("AAA1")
    now = asha.learners.news(shown)
    assert now is not None, "nobody has shown it"
    assert asha.learners.news(now) is None
    assert asha.learners.news(shown) is not None, "to another screen it is news still"


def test_what_one_recorded_elsewhere_is_news_to_a_screen_that_does_not_show_it(asha: Centre) -> None:
    shown = asha.learners.portfolio("AAA1")
    asha.marking.mark("AAA1", TEA, "1.1", Result.PASS)
    assert asha.learners.news(shown) is not None
