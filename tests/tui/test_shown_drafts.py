"""The drafts that are shown are those on the disk, whatever was kept and forgotten."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.marking.drafts import ShownDrafts, read_drafts
from tests.centres import make_centre_in, places_in


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> LearnerPortfolio:
    """A learner of two units."""
    folder = make_centre_in(tmp_path_factory.mktemp("drafts") / "centre")
    return Centre.open(folder, places=places_in(folder.parent / "own")).learners.portfolio("AAA1")


_KEPT = st.lists(
    st.tuples(st.sampled_from(["", "cold", "late"]), st.sampled_from(DraftKind), st.integers(0, 4)), max_size=8
)


@given(kept=_KEPT)
def test_what_is_shown_is_what_is_on_the_disk(shown: LearnerPortfolio, kept: list[tuple[str, DraftKind, int]]) -> None:
    places = [
        CriterionPlace(unit, each, one) for unit in shown.units for each in unit.outcomes for one in each.criteria
    ]
    with TemporaryDirectory() as folder:
        centre = make_centre_in(Path(folder) / "centre")
        begun = Centre.open(centre, member="asha", places=places_in(Path(folder) / "own")).drafts
        drafts = ShownDrafts(begun)
        drafts.open("AAA1", read_drafts(begun, shown))
        for text, kind, number in kept:
            drafts.keep(text, kind, places[number])
        anew = ShownDrafts(begun)
        anew.open("AAA1", read_drafts(begun, shown))
        assert anew.drafted == drafts.drafted
        for place in places:
            assert anew.begun(place) == drafts.begun(place)
            assert all(
                drafts.get(kind, place) == begun.get(kind, "AAA1", place.unit.key, number)
                for kind, number in ((DraftKind.NOTE, place.criterion.number), (DraftKind.SUMMARY, ""))
            )
