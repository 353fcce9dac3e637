"""A learner's own page: what was released to them, and no word and no count of anything else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.views.told_to_learner import Standing, ToldToLearner
from markterm.domain.words.errors import Refused, WrongUse
from markterm.exports.html.render import render
from markterm.own.learner_links import LearnerLinks

SECRET = "Nobody has released this."


def _standing(told: ToldToLearner) -> dict[str, Standing]:
    return {each.code: each.standing for each in told.units}


def _marked(centre: Centre, code: str, refer: str = "") -> None:
    centre.attempts.declare("AAA1", "e-mail")
    centre.attempts.submit("AAA1", code)
    for criterion in centre.learners.portfolio("AAA1").unit(code).criteria:
        result = Result.REFER if criterion.number == refer else Result.PASS
        centre.marking.mark("AAA1", code, criterion.number, result, SECRET)


def _page(centre: Centre) -> str:
    return render(centre.learners_pages.page(centre.learners_pages.told("AAA1")))


def test_of_what_was_marked_and_closed_nothing_is_told_before_it_is_released(asha: Centre) -> None:
    assert _standing(asha.learners_pages.told("AAA1")) == dict.fromkeys(("T-101", "T-102"), Standing.NOT_SUBMITTED)
    asha.attempts.declare("AAA1", "e-mail")
    asha.attempts.submit("AAA1", "T-101")
    before = asha.learners_pages.told("AAA1")
    page = _page(asha)
    assert _standing(before)["T-101"] is Standing.BEING_MARKED
    for criterion in ("1.1", "1.2", "2.1"):
        asha.marking.mark("AAA1", "T-101", criterion, Result.PASS, SECRET)
    asha.closings.close("AAA1", "T-101", feedback=SECRET)
    assert asha.learners_pages.told("AAA1") == before
    assert _page(asha) == page
    assert SECRET not in page


def test_what_was_released_is_told_and_what_is_missing_is_outstanding(asha: Centre) -> None:
    _marked(asha, "T-101", refer="1.2")
    asha.closings.close("AAA1", "T-101", feedback="Warm the pot.")
    list(asha.feedback.release(asha.feedback.draft("AAA1", "T-101"), anyway=True))
    asha.due_days.set("AAA1", "T-102", date(2099, 1, 31), "So that it is ready.")
    told = asha.learners_pages.told("AAA1")
    assert _standing(told)["T-101"] is Standing.REFERRED
    assert [each.code for each in told.outstanding] == ["T-101", "T-102"]
    page = _page(asha)
    assert "Warm the pot." in page
    assert 'is due on <span class="day">2099-01-31</span>' in page
    asha.closings.reopen("AAA1", "T-101", "Looked at the wrong file.")
    told = asha.learners_pages.told("AAA1")
    assert _standing(told)["T-101"] is Standing.LOOKED_AT_AGAIN
    assert [each.stands for each in told.feedback] == [False]


def test_what_learners_wrote_is_text_on_the_page(asha: Centre) -> None:
    _marked(asha, "T-101")
    asha.closings.close(
        "AAA1", "T-101", feedback="<script>alert(1)</script> [go](javascript:alert(1)) ![x](http://x/y)"
    )
    list(asha.feedback.release(asha.feedback.draft("AAA1", "T-101"), anyway=True))
    page = _page(asha).casefold()
    for bad in ("<script", "<img", "href=", "src=", "<a "):
        assert bad not in page


def test_a_link_opens_one_learners_page_until_it_ends(asha: Centre) -> None:
    with pytest.raises(Refused, match="No server answers"):
        asha.learners_pages.link("AAA1", 14)
    now = datetime.now(UTC)
    links = LearnerLinks(asha._own.links)
    links.begin()
    link, path = asha.learners_pages.link("AAA1", 14)
    token = path.rpartition("/")[2]
    assert "AAA1" not in path
    assert links.opened_by(token, now) == link
    assert links.opened_by(token, link.until - timedelta(seconds=1)) == link
    assert links.opened_by(token, link.until) is None
    assert asha.learners_pages.links("AAA1") == (link,)
    assert asha.learners_pages.links("BBB2") == ()
    assert asha.learners_pages.end_links("AAA1") == 1
    assert links.opened_by(token, now) is None


def test_a_link_that_was_altered_or_made_elsewhere_opens_nothing(asha: Centre) -> None:
    links = LearnerLinks(asha._own.links)
    links.begin()
    (link, path), now = asha.learners_pages.link("AAA1", 1), datetime.now(UTC)
    token = path.rpartition("/")[2]
    for other in (f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}", token[:16], "", "../key", f"{token}\n", "x" * 49):
        assert links.opened_by(other, now) is None
    file = asha._own.links / f"{link.id}.json"
    file.chmod(0o600)
    file.write_text(file.read_text("utf-8").replace("AAA1", "BBB2"), "utf-8")
    assert links.opened_by(token, now) is None


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_link_holds_for_ninety_days_at_most(asha: Centre, days: int) -> None:
    LearnerLinks(asha._own.links).begin()
    with pytest.raises(WrongUse):
        asha.learners_pages.link("AAA1", days)


def test_nothing_is_kept_of_a_link_that_is_over_or_of_a_learner_who_is_destroyed(asha: Centre) -> None:
    links, now = LearnerLinks(asha._own.links), datetime.now(UTC)
    links.begin()
    asha.learners_pages.link("AAA1", 14)
    asha.learners_pages.link("BBB2", 1)
    asha.learners_pages.link("CCC3", 90)
    links.forget(("AAA1",), now + timedelta(days=2))
    assert [each.registration for each in links.every(now)] == ["CCC3"]
    assert len(list(asha._own.links.iterdir())) == 2  # and the key


def test_before_anything_was_released_no_result_is_called_uncertain_and_who_handed_in_is_told_whom_to_ask(
    asha: Centre,
) -> None:
    page = _page(asha)
    assert "a result is certain" not in page
    assert "If you have handed in work for one of these, ask your assessor" in page
    for code in ("T-101", "T-102"):
        _marked(asha, code)
    assert "ask your assessor" not in _page(asha)
    asha.closings.close("AAA1", "T-101", feedback="")
    list(asha.feedback.release(asha.feedback.draft("AAA1", "T-101"), anyway=True))
    assert "a result is certain" in _page(asha)
