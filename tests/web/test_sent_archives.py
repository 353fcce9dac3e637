"""Archives that are sent to the server to be taken in as learners' work, and were made to do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import aiohttp
import pytest

from markterm.centre.centre import Centre
from markterm.domain.incoming.whose import Sureness
from tests.web.serving import Serving

_OF_ADA = "Rosalind Jones_700_assignsubmission_file_"
_ZEROS = 8_000_000


def _made_to_do_harm() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{_OF_ADA}/plan.md", "plan")
        for name in ("../../centre.toml", "/etc/markterm.md", f"{_OF_ADA}/../../../../centre.toml", "..\\centre.toml"):
            archive.writestr(name, "format = 2")
        archive.writestr(f"{_OF_ADA}/bomb.txt", b"0" * _ZEROS)
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as nested:
            nested.writestr("bomb.txt", b"0" * _ZEROS)
        archive.writestr(f"{_OF_ADA}/inner.zip", inner.getvalue())
        link = zipfile.ZipInfo(f"{_OF_ADA}/link.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def _all_in(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


async def test_what_would_land_elsewhere_or_swell_stays_in_the_archive_and_the_work_beside_it_comes(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, places = at.server.served.folder, at.server.served.places
    browser, before = await at.signed_in(), _all_in(folder.parent)
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("token", await at.token(browser))
    form.add_field("file", _made_to_do_harm(), filename="../../work.zip")
    assert "Saved: work.zip." in await (await browser.post("/files", data=form)).text()
    monkeypatch.setenv("MARKTERM_SIGNED_IN", "asha")
    asha = Centre.open(folder, places=places.of_member("asha"))
    with asha.receiving.preview([asha.named_files.named(asha.named_files.newest())]) as preview:
        for _ in preview:
            pass
        shown = list(preview.every())
        taken = list(asha.receiving.take(preview, shown, Sureness.SURE))
    asha.close_down()
    left = {each.name.rpartition("/")[2] for each in shown if each.left}
    assert {"centre.toml", "markterm.md", "bomb.txt", "link.md"} <= left | {"..\\centre.toml"}
    came = {kept.name.rpartition("/")[2] for each in taken for kept in each.kept}
    assert came <= {"plan.md", "inner.zip"}
    assert "plan.md" in came
    added = {name: data for name, data in _all_in(folder.parent).items() if before.get(name) != data}
    of_centre = {name.partition("/")[2].rpartition("/")[0] for name in added if name.startswith("centre/")}
    assert all(each.startswith(("learners/AAA1/", "records/")) for each in of_centre), of_centre
    assert not any(Path(name).name in {"markterm.md", "centre.toml", "bomb.txt", "link.md"} for name in added)
    assert sum(map(len, added.values())) < _ZEROS
