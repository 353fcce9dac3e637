"""Whom a server knows while the centre's file changes, and while it cannot be read."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import Refused, Unreadable
from markterm.web import members as of_members
from markterm.web.members import STANDS_FOR, Members
from markterm.web.server import WebServer, Where
from tests.centres import make_centre_in
from tests.pace import PATIENCE
from tests.web.serving import GOOD, PAGE, TAB, Serving, sign_in, text_of

HALF_WRITTEN = 'format = 2\n[centre]\nname = "Ast'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make_centre_in(tmp_path / "centre") / "centre.toml"


@pytest.mark.parametrize("text", [HALF_WRITTEN, "", "\0", None], ids=["half written", "empty", "no text", "gone"])
def test_while_the_file_cannot_be_read_it_says_what_it_said_and_nobody_comes_in(file: Path, text: str | None) -> None:
    members, whole = Members(file), file.read_text("utf-8")
    could = members.may("ben")
    if text is None:
        file.unlink()
    else:
        file.write_text(text, "utf-8")
    assert members.may("ben") == could
    assert members.may("nobody") is None
    with pytest.raises(Refused) as refused:
        members.require_readable()
    assert str(file.parent) not in f"{refused.value.what} {members.told}"
    assert "centre.toml, cannot be read" in members.told
    file.write_text(whole, "utf-8")
    members.require_readable()
    assert members.told == ""


def test_a_file_that_lost_its_end_counts_when_it_stays_so_for_a_minute(file: Path) -> None:
    now = 0.0
    members, whole = Members(file, lambda: now), file.read_text("utf-8")
    could = members.may("ines")
    cut = whole[: whole.index('[[member]]\nid = "ines"')]
    file.write_text(cut, "utf-8")
    assert (members.may("ines"), "It ends where it went on before" in members.told) == (could, True)
    now = 59.0
    assert members.may("ines") == could
    now = 61.0
    assert (members.may("ines"), members.told) == (None, "")
    file.write_text(whole, "utf-8")
    assert members.may("ines") == could
    # Whoever is taken out of its middle is out at once, and so is who is taken out while something is added.
    file.write_text(whole.replace('id = "ben"', 'id = "bob"'), "utf-8")
    assert (members.may("ben"), members.told) == (None, "")
    file.write_text(f"{cut}\n[policy]\n", "utf-8")
    assert (members.may("ines"), members.told) == (None, "")


def test_it_is_said_on_which_line_the_mistake_is(file: Path) -> None:
    members = Members(file)
    file.write_text(HALF_WRITTEN, "utf-8")
    assert "line 3: This is not TOML" in members.told


def test_what_it_said_holds_for_so_long_and_no_longer(file: Path) -> None:
    now = 0.0
    members = Members(file, lambda: now)
    file.write_text(HALF_WRITTEN, "utf-8")
    assert members.may("ben") is not None
    now = STANDS_FOR / 2
    file.write_text(HALF_WRITTEN + "on", "utf-8")  # Another mistake makes it no younger.
    assert members.may("ben") is not None
    now = STANDS_FOR + 1
    assert members.may("ben") is None


def test_who_was_taken_out_meanwhile_is_out_as_soon_as_it_can_be_read(file: Path) -> None:
    members, whole = Members(file), file.read_text("utf-8")
    file.write_text(HALF_WRITTEN, "utf-8")
    assert members.may("ben") is not None
    file.write_text(whole.replace('id = "ben"', 'id = "benjamin"'), "utf-8")
    assert members.may("ben") is None


def test_a_file_that_could_not_be_read_for_a_moment_is_read_again_without_anybody_touching_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    members, tried = Members(file, lambda: now), []
    file.write_text(file.read_text("utf-8").replace('id = "ben"', 'id = "benjamin"'), "utf-8")

    def away(_: Path) -> CentreDetails:
        tried.append(now)
        raise Unreadable("The file cannot be read", "The share is away.", "Try again.")

    with monkeypatch.context() as patched:
        patched.setattr(of_members, "read_centre", away)
        for later in (0.0, 0.5, 1.0, 0.2):
            now += later
            assert members.problem is not None
        assert members.may("ben") is not None
    assert tried == [0.0, 1.5]
    now += 1.0
    assert members.problem is None
    assert (members.may("ben"), members.may("benjamin") is None) == (None, False)


async def test_a_file_that_is_saved_with_a_mistake_signs_nobody_out_and_nobody_in_and_screens_say_so(
    at: Serving,
) -> None:
    browser, apps = await at.signed_in("ben"), at.server.served.apps
    shown = await at.shown(browser)
    await text_of(shown, "ben")
    (app,) = apps
    said: list[dict[str, str]] = []
    app._tell = _noted(said)
    file = at.server.served.folder / "centre.toml"
    whole = file.read_text("utf-8")
    file.write_text(HALF_WRITTEN, "utf-8")
    await apps.look()
    await apps.look()
    await asyncio.sleep(0)
    assert (await browser.get("/session")).status == 200
    assert [each["words"].count("line 3") for each in said] == [1]
    for member, password in (("asha", GOOD), ("asha", "wrong wrong wrong")):
        answer = await sign_in(at.browser(), member, password)
        assert answer.status == 403
        assert "Nobody can sign in just now" in await answer.text()
    apps._how["ben", "n" * 24] = apps.how(next(iter(apps)).sign_in, "n" * 24, PAGE).FAILED
    how = await (await browser.get(f"/session?tab={'n' * 24}&page={PAGE}")).json()
    assert "line 3" in how["words"]
    await at.server.health.look()
    health = await at.browser().get("/healthz")
    assert (health.status, (await health.json())["failing"]) == (503, ["centre_file"])
    file.write_text(whole, "utf-8")
    await apps.look()
    await asyncio.sleep(0)
    assert said[-1]["words"] == ""
    await at.server.health.look()
    assert (await at.browser().get("/healthz")).status == 200
    assert '"centre_file_unreadable", "why": "This is not TOML", "line": 3' in at.said.getvalue()
    await shown.send_json(["stdin", "goes on"])
    await asyncio.wait_for(text_of(shown, "goes on"), PATIENCE)
    assert apps.how(app.sign_in, TAB, PAGE) == "runs"


async def test_a_password_in_the_address_of_the_database_is_refused_and_told_nowhere(at: Serving) -> None:
    browser, file = await at.signed_in(), at.server.served.folder / "centre.toml"
    address = "postgresql://markterm:hunter2@127.0.0.1:1/markterm"
    file.write_text(f'{file.read_text("utf-8")}[record]\nstore = "{address}"\n', "utf-8")
    await at.server.health.look()
    told = at.server.served.members.told + at.said.getvalue()
    for path in ("/", "/files", "/session", "/healthz"):
        told += await (await browser.get(path)).text()
    told += await (await sign_in(at.browser(), "asha", GOOD)).text()
    assert "centre_file_unreadable" in told
    assert "hunter2" not in told
    with pytest.raises(Unreadable) as refused:
        WebServer(file.parent, Where(), at.server.served.places)
    assert "hunter2" not in f"{refused.value} {refused.value.next_step}"


def _noted(said: list[dict[str, str]]):  # type: ignore[no-untyped-def]  # as the method that it stands for
    async def tell(told: dict[str, str]) -> None:
        said.append(told)

    return tell
