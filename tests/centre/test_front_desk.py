"""The centre opens, knows who acts, and gives out what can be done: it does nothing of that itself."""

from __future__ import annotations

import inspect
import re
from functools import cached_property
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from tests.centres import make_centre_in, places_in

_OPENS_AND_KNOWS_WHO_ACTS = {
    "open",
    "for_visit",
    "act_as",
    "act_as_remembered",
    "remember_member",
    "close_down",
    "check_may_be_another",
}
_IS_GIVEN = {"folder", "members", "details", "recorder", "member", "signed_in", "reads_for"}
_ROOT = Path(__file__).parents[2]


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places_in(tmp_path))


_OWN = {name: value for each in reversed(Centre.__mro__[:-1]) for name, value in vars(each).items()}


def _capabilities(centre: Centre) -> set[str]:
    """The public names of a centre that give out a capability."""
    own = {name for name, value in _OWN.items() if isinstance(value, cached_property)}
    return {name for name in own | vars(centre).keys() if not name.startswith("_")} - _IS_GIVEN


def test_the_centre_has_no_verbs_of_its_own() -> None:
    methods = {name for name, value in _OWN.items() if not isinstance(value, cached_property)}
    assert {name for name in methods if not name.startswith("_")} == _OPENS_AND_KNOWS_WHO_ACTS


def test_every_capability_can_be_had_and_says_what_it_is_for(centre: Centre) -> None:
    assert len(_capabilities(centre)) > 20
    for name in sorted(_capabilities(centre)):
        given = getattr(centre, name)
        assert inspect.getdoc(type(given)), name
        assert type(given).__module__.startswith("markterm.centre."), name
    centre.close_down()


def test_the_description_of_the_house_names_every_capability(centre: Centre) -> None:
    text = (_ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("| `centre.` |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == _capabilities(centre)
