"""`markterm serve --print`: what is printed is understood by the programs that it is for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from markterm.cli.group import COMMANDS
from tests.cli.conftest import Ask

_UNIT = re.compile(r"^# /etc/systemd/system/(\S+)$\n", re.MULTILINE)
_OF_ENVIRONMENT = re.compile(r"`((?:MARKTERM|AWS)_[A-Z_]+)`")
_DOCS = Path(__file__).parents[2] / "docs"


def _units(text: str) -> dict[str, str]:
    parts = _UNIT.split(text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_units_are_understood_by_systemd(ask: Ask, centre: Path, tmp_path: Path) -> None:
    printed = ask("serve", "--print", "systemd", "--port", "8100")
    assert printed.code == 0
    units = _units(printed.out)
    assert list(units) == ["markterm.service", "markterm-backup.service", "markterm-backup.timer"]
    assert f" -C {centre} serve --host 127.0.0.1 --port 8100\n" in units["markterm.service"]
    assert "{" not in printed.out.replace("{}", "")
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: nothing here says whether systemd understands the units")
    for name, text in units.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in units]
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )
    # What it says of units of this machine is no matter of ours.
    assert [line for line in found.stderr.splitlines() if str(tmp_path) in line or "markterm" in line] == []


def test_the_compose_file_has_a_database_a_proxy_and_a_backup(ask: Ask, centre: Path, tmp_path: Path) -> None:
    printed = ask("serve", "--print", "compose")
    assert printed.code == 0
    said = yaml.safe_load(printed.out)
    services = said["services"]
    assert services.keys() == {"database", "markterm", "proxy", "backup"}
    assert services["markterm"]["volumes"][0] == f"{centre}:/centre"
    assert services["backup"]["command"][0] in COMMANDS
    for service in services.values():
        assert set(service.get("secrets", ())) <= said["secrets"].keys()
        assert set(service["networks"]) <= said["networks"].keys()
        named = {each.partition(":")[0] for each in service["volumes"] if not each.startswith("/")}
        assert named <= said["volumes"].keys()
    # What documents say of the environment of a server reaches it, and its backup.
    documented = {
        each
        for file in ("serving", "evidence-store")
        for each in _OF_ENVIRONMENT.findall(_DOCS.joinpath(f"{file}.md").read_text("utf-8"))
    }
    assert len(documented) > 1
    for service in ("markterm", "backup"):
        assert documented <= services[service]["environment"].keys()
    # No password stands in it.
    assert not re.search(r"PASSWORD: |PGPASSWORD", printed.out)
    (tmp_path / "compose.yaml").write_text(printed.out)
    checked = ["docker", "compose", "--file", str(tmp_path / "compose.yaml"), "config", "--quiet"]
    if (
        shutil.which("docker") is None
        or subprocess.run([*checked[:2], "version"], capture_output=True, check=False).returncode
    ):
        pytest.skip("docker compose is not installed: the file was read as YAML, and not by its own program")
    assert subprocess.run(checked, check=False).returncode == 0


@pytest.mark.usefixtures("centre")
def test_who_follows_what_is_done_once_has_passwords_and_a_place_for_backups(ask: Ask) -> None:
    for setup, owner in (("compose", "10001"), ("systemd", "markterm")):
        text = ask("serve", "--print", setup).out
        once = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#   "))
        assert f"install -d -o {owner} -m 700 /var/backups/markterm\n" in once
        assert re.search(r"markterm( -C \S+)? password ID\n", once)
    state = re.search(r"XDG_STATE_HOME=\S+", once)
    # Its own state folder, and not that of whoever sets the password.
    assert state is not None
    assert f"Environment={state[0]} " in text


def test_a_folder_whose_name_would_be_read_as_more_is_refused(ask: Ask, centre: Path) -> None:
    other = centre.parent / "a centre: 50%"
    centre.rename(other)
    for setup in ("compose", "systemd"):
        refused = ask("-C", str(other), "serve", "--print", setup)
        assert (refused.code, "would be misread there" in refused.err) == (2, True)
    other.rename(centre)
