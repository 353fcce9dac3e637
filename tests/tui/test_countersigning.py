"""A member in training marks at the screen, and another countersigns: keys only, at 80×24."""

from __future__ import annotations

from pathlib import Path

from markterm.domain.record.event import Kind
from tests.centres import make_centre_in
from tests.tui.sitting import sitting


def make_school(path: Path) -> Path:
    """The tiny centre, with Tia in training for T-101."""
    centre = make_centre_in(path)
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[member]]\nid = "tia"\nname = "Tia Lund"\nroles = ["assessor"]\ntraining = ["T-101"]\n')
    return centre


async def test_a_decision_in_training_waits_until_it_is_countersigned(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="tia", make=make_school, learner="AAA1") as at:
        await at.press("p", "p", "p")
        assert at.decided() == ["1.1 pass", "1.2 pass", "2.1 pass"]
        assert "2.1   ✓ pass C" in at.text
        assert "waits for countersignature" in at.text
        # One's own decision is not countersigned by oneself.
        await at.press("C")
        assert at.told[-1].startswith("Not while in training")
    async with sitting(tmp_path, member="asha", learner="AAA1") as at:
        await at.press("k", "k", "k", "k", "k", "k", "k")
        assert at.at == "T-101 1.1"
        await at.press("C")
        assert "Countersign T-101 1.1: pass by tia" in at.text
        await at.type("Read with Tia.")
        await at.press("enter")
        assert "countersigned by asha" in at.text
        assert "1.1   ✓ pass C" not in at.text
        signed = at.events()[-1]
        assert (signed.kind, signed.actor, signed.body["note"]) == (Kind.COUNTERSIGNED, "asha", "Read with Tia.")
        # Again, where nothing waits any more.
        await at.press("C")
        assert "T-101 1.1: nothing waits for a countersignature." in at.told
        await at.press("j", "C", "escape")
        assert at.events()[-1] == signed
        await at.press("k", "l")
        assert "stands, countersigned by" in at.text
        assert "Read with Tia." in at.text
