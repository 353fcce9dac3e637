"""Keys with which members sign are made, confirmed and ended on the screen as at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, Sitting, sitting

pytest.importorskip("cryptography")

_CORA = '\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n'


def _with_cora(folder: Path) -> Path:
    make_centre_in(folder)
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_CORA)
    return folder


def _states(at: Sitting) -> list[tuple[str, str]]:
    return [(key.member, key.state) for key in at.as_other("ben").signing_keys.every()]


async def test_a_key_is_made_confirmed_by_the_coordinator_and_ended_with_a_reason(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_with_cora) as at:
        await at.app.action_do("app.signing-keys")
        await at.shows("Nobody has a key to sign with.")
        await at.press("c", "e")
        assert "Nobody has a key" in at.text, "there is none to confirm or to end"
        assert "m makes yours" in at.text
        assert not {"confirms", "ends", "signs"} & set(at.text.split())
        await at.press("m", "enter")
        assert _states(at) == []
        await at.press("m", "down", "enter")
        await at.shows("· not confirmed")
        await at.shows("It signs once it is confirmed, by cora.")
        assert "e ends · v checks an export" in at.text
        assert not {"makes", "confirms"} & set(at.text.split()), "there is one, which is another's to confirm"
        assert _states(at) == [("asha", "not confirmed")]
        await at.press("c", "down", "enter")
        assert any("does not confirm key" in told for told in at.told)
        at.app.centre.act_as("cora")
        await at.press("c")
        (key,) = at.as_other("cora").signing_keys.every()
        assert key.name in at.text
        await at.press("down", "enter")
        await at.shows("✓ signs")
        await at.press("e", "enter")
        await at.shows("Why does it end?")
        await at.type("lost")
        await at.press("tab")
        await at.type("yesterday")
        await at.press("enter")
        await at.shows("Which day?")
        await at.press("ctrl+u", "enter")
        await at.shows("✗ ended")
        assert ": lost; it had signed 0 entries" in " ".join(at.text.replace("│", " ").split())
        assert _states(at) == [("asha", "ended")]


@pytest.mark.long
async def test_what_is_not_signed_is_signed_and_who_has_no_key_is_told(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_with_cora) as at:
        await at.press("comma", "end", "enter")
        await at.shows("Nobody has a key to sign with.")
        await at.press("s")
        assert any("No key to sign with" in told for told in at.told)
        assert not any("Nothing was left" in told for told in at.told)
        at.app.centre.signing_keys.make()
        at.as_other("cora").signing_keys.confirm(at.app.centre.signing_keys.every()[0].name)
        await at.press("s")
        assert any("Nothing was left to sign" in told for told in at.told)
        await at.press("q")
        assert at.app.screen is at.app.caseload


@pytest.mark.long
async def test_what_an_export_is_signed_with_is_checked_by_the_keys_of_the_centre(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_with_cora) as at:
        centre = at.app.centre
        name = centre.signing_keys.make().name
        at.as_other("cora").signing_keys.confirm(name)
        file = at.folder / "exports/mine.jsonl"
        centre.attempts.declare("AAA1", "e-mail")
        centre.exports.write(centre.exports.records.of(["AAA1"]), file)
        await at.app.action_do("app.signing-keys")
        await at.settled()
        await at.press("v", "enter")
        await at.shows("Nothing is signed here.")
        await at.type("exports/mi")
        await at.shows("exports/mine.jsonl")
        await at.press("right", "enter")
        await at.shows("mine.jsonl is signed by Asha Patel (asha) with key")
        await at.shows("the signature is good.")
        file.write_bytes(file.read_bytes() + b" ")
        await at.press("escape", "v")
        await at.type("exports/mine.jsonl")
        await at.press("enter")
        await at.shows("the signature does not hold: it is over other bytes than these.")
