"""Where the user's own things lie: what is lost at a price apart from what is lost at none."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import markterm
from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.domain.record.event import Result
from markterm.own.places import CentrePlaces, Places
from tests.centres import make_centre_in, places_in

_LOST_AT_A_PRICE = {"links", "files", "passwords", "drafts", "writers", "seen_heads", "member", "keys"}
_LOST_AT_NONE = {
    *("caseload", "remarks", "assessed", "counted", "work", "tracked", "hashes", "conversions", "handed_in"),
    "fingerprints",
}


def _folders(of: CentrePlaces) -> set[str]:
    properties = {name for name, value in vars(CentrePlaces).items() if isinstance(value, property)}
    return {name for name in properties if not name.startswith("_") and isinstance(getattr(of, name), Path)}


def test_everything_is_either_lost_at_a_price_or_at_none(tmp_path: Path) -> None:
    own = places_in(tmp_path).of_centre(tmp_path / "centre")
    assert _folders(own) == _LOST_AT_A_PRICE | _LOST_AT_NONE
    assert {getattr(own, name).parent for name in _LOST_AT_A_PRICE} == {own.state}
    assert {getattr(own, name).parent for name in _LOST_AT_NONE} == {own.cache}
    assert not own.cache.is_relative_to(own.state)
    assert not own.state.is_relative_to(own.cache)


def test_without_the_cache_nothing_is_lost(tmp_path: Path) -> None:
    places, folder = places_in(tmp_path / "own"), make_centre_in(tmp_path / "centre")

    def opened() -> Centre:
        return Centre.open(folder, member="asha", places=places)

    centre = opened()
    tea = centre.sheets.units.units["T-101"].key
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "The water boils.")
    centre.drafts.keep("Not yet", DraftKind.REFERRAL, "AAA1", tea, "1.2")
    list(centre.audits.every())
    rows, remarks = centre.caseload.now(), centre.remarks.refreshed().search().remarks
    centre.close_down()
    shutil.rmtree(places.cache)
    again = opened()
    assert (again.caseload.now(), again.remarks.refreshed().search().remarks) == (rows, remarks)
    assert again.drafts.get(DraftKind.REFERRAL, "AAA1", tea, "1.2") == "Not yet"
    again.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    assert len(list((folder / "records" / "AAA1").glob("*.log"))) == 1  # this machine knows the segment that it wrote
    again.close_down()


def test_one_module_knows_what_a_system_calls_the_users_folders() -> None:
    package = Path(markterm.__file__).parent
    sources = {file: file.read_text("utf-8") for file in package.rglob("*.py")}
    knows = {
        str(file.relative_to(package))
        for file, source in sources.items()
        if "platformdirs" in source
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "platformdirs" in (getattr(node, "module", ""), *(name.name for name in node.names))
    }
    assert knows == {"own/places.py"}


def test_the_folders_of_two_centres_are_apart_and_none_is_made(tmp_path: Path) -> None:
    places = Places(tmp_path / "state", tmp_path / "cache", tmp_path / "settings")
    one, other = places.of_centre(tmp_path / "one"), places.of_centre(tmp_path / "other")
    assert len({one.state, other.state, one.cache, other.cache}) == 4
    assert list(tmp_path.iterdir()) == []
