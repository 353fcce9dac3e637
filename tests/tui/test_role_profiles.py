"""Role profiles at the screen: made, changed without being typed again, and ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from tests.centres import make_centre_in
from tests.standards import add_standard, add_suite
from tests.tui.sitting import NARROW, sitting


def centre_with_a_map(path: Path) -> Path:
    """The tiny centre with TEA01, and the suite TEA in whose map it is."""
    make_centre_in(path)
    add_standard(path)
    add_suite(path)
    return path


async def test_a_profile_is_made_changed_and_ended(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_map) as at:
        await at.press("4", "N", "p")
        await at.shows("No role profile is kept yet: n makes one")
        await at.press("n")
        for words in ("HOST", "Host", "", "", "TEA01"):
            await at.type(words)
            await at.press("tab")
        await at.press("enter")
        await at.shows("Role profiles: 1")
        before = at.as_other("asha").profiles.named("HOST")
        await at.press("c", *["tab"] * 6)
        await at.type("One less.")
        await at.press("shift+tab")
        await at.type("TEA01 P2")
        await at.press("enter")
        await at.shows("One less.")
        after = at.as_other("asha").profiles.named("HOST")
        assert {link.statement for link in before.links} - {link.statement for link in after.links} == {"P2"}
        await at.press("e")
        await at.type("Nobody is one.")
        await at.press("enter")
        await at.shows("✗ ended")


@pytest.mark.parametrize(
    ("standards", "statements", "without"),
    [
        (("TEA01",), (), ()),
        (("TEA01",), (), ("TEA01 P1",)),
        ((), ("TEA01 P2",), ()),
    ],
)
def test_a_profile_that_is_kept_again_as_it_is_named_has_the_same_statements(
    tmp_path: Path, standards: tuple[str, ...], statements: tuple[str, ...], without: tuple[str, ...]
) -> None:
    desk = Centre.open(centre_with_a_map(tmp_path), member="asha")
    kept = desk.profiles.keep("HOST", "Host", standards=standards, statements=statements, without=without)
    named = desk.profiles.as_named(kept)
    again = desk.profiles.keep(
        "HOST2",
        "Host",
        standards=named.standards,
        functions=named.functions,
        suite=named.suite,
        statements=named.statements,
        without=named.without,
    )
    assert again.links == kept.links
    desk.close_down()
