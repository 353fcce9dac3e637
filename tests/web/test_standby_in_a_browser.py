"""A standby that does not answer holds every commit: what somebody who marks in a browser is told, and what is so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centres import make_centre_in
from tests.servers.postgres import PostgresServer
from tests.web.serving import quick_passwords
from tests.web.test_in_a_browser import _READ, CHROMIUM, serving_process, until

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no browser shows the screens"),
]


@pytest.fixture
def cluster() -> Iterator[PostgresServer]:
    """A cluster whose commits wait for whom it is told to wait for."""
    server = PostgresServer.start(durable=True)
    yield server
    server.remove()


async def test_a_mark_that_waits_for_a_standby_is_being_saved_until_it_is_and_keys_wait_for_it(
    cluster: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_passwords(monkeypatch)
    centre = make_centre_in(tmp_path / "centre", {"AAA1": "Rosalind Jones"})
    file = centre / "centre.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[record]\nstore = "{cluster.prepared()}"\n', "utf-8")
    async with serving_process(tmp_path, centre) as served:
        asha = await served.person()
        await asha.sign_in("asha")
        await asha.press("Enter")
        await asha.until("Boil the water")
        await asha.press("p")
        await asha.until("✓ Boil")
        await asyncio.to_thread(_waits_for, cluster, "away")
        await asha.press("p")
        shown = await asha.until("Saving…")
        assert "✓ Warm" not in shown
        await asyncio.sleep(_READ)
        await asha.press("p")
        shown = await asha.until("What you press waits.")
        assert "✓ Warm" not in shown
        await asyncio.to_thread(_waits_for, cluster, "")
        await until(lambda: asha.text, lambda text: "✓ Warm" in text and "✓ Pour" in text and "Saving" not in text)
        assert served.decided() == [("asha", number, "pass") for number in ("1.1", "1.2", "2.1")]


def _waits_for(cluster: PostgresServer, standby: str) -> None:
    cluster.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{standby}'")
    cluster.reload()
