"""What is told of a server: what stands in the way of whoever comes, and nothing that does not."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from markterm.web.health import Health
from markterm.web.log import Log
from markterm.web.members import Members
from markterm.web.passwords import Passwords
from tests.centres import make_centre_in, places_in
from tests.web.serving import GOOD

pytestmark = pytest.mark.usefixtures("quick")


def _made(tmp_path: Path, table: str = "", member: str = "asha") -> tuple[Health, io.StringIO]:
    centre, places, said = make_centre_in(tmp_path / "centre"), places_in(tmp_path), io.StringIO()
    file = centre / "centre.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[server]\n{table}", "utf-8")
    Passwords(places.of_centre(centre).passwords).set(member, GOOD)
    return Health(centre, places, Members(file), Log(said)), said


async def test_the_password_of_somebody_who_is_no_member_any_more_lets_nobody_in(tmp_path: Path) -> None:
    health, _ = _made(tmp_path, member="left_last_year")
    await health.look()
    assert [each.title for each in health.told] == ["Nobody can sign in"]


async def test_where_a_proxy_says_who_somebody_is_nobody_needs_a_password(tmp_path: Path) -> None:
    health, said = _made(tmp_path, 'sign_in = "proxy"\nproxies = ["127.0.0.1"]\n', "left_last_year")
    await health.look()
    assert (health.told, said.getvalue()) == ([], "")


async def test_a_mistake_in_centre_toml_is_told_with_its_line_and_nothing_else_is_known_anew_meanwhile(
    tmp_path: Path,
) -> None:
    health, said = _made(tmp_path)
    file = tmp_path / "centre" / "centre.toml"
    before = file.read_text("utf-8")
    await health.look()
    file.write_text("[broken\n" + before, "utf-8")
    for _ in range(2):
        await health.look()
    assert (health.told, health.away, health.lets_nobody_in) == ([health.unreadable], None, None)
    file.write_text(before, "utf-8")
    await health.look()
    assert health.told == []
    told = [json.loads(each) for each in said.getvalue().splitlines()]
    assert [(each["event"], each.get("line")) for each in told] == [
        ("centre_file_unreadable", 1),
        ("centre_file_readable", None),
    ]
