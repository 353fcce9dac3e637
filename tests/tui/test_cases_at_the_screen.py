"""Cases at the screen: prior learning is claimed, decided and told of without a command line."""

from __future__ import annotations

from pathlib import Path

from tests.tui.sitting import WIDE, sitting


async def test_prior_learning_is_claimed_decided_and_reported_at_the_screen(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1", member="ines") as at:
        await at.app.marking.action_do("mark.cases")
        await at.settled()
        await at.press("enter")
        assert "Open: recognition of prior learning" in at.text
        await at.press("enter")
        assert "A case says what it is about" in at.text, "it stays until it says what it is"
        await at.press("tab", "tab", "tab", "tab", "tab")
        await at.type("Ten years of it.")
        await at.press("enter")
        opened = at.events()[-1]
        assert opened.body["recognised_as"] == "exemption"
        assert "diary.md" in str(opened.body["evidence"])
        for down, words in ((1, "Seen."), (0, "")):
            await at.app.marking.action_do("mark.cases")
            await at.settled()
            await at.press("enter", *["j"] * down, "enter")
            if words:
                await at.press("tab")
                await at.type(words)
            await at.press("enter")
        assert [event.body["step"] for event in at.events()] == ["opened", "decided", "reported"]
        assert at.events()[-1].body["to"] == "the awarding organisation"
        assert "Open: case" in at.text
