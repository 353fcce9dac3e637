"""A real sshd on loopback, set up as docs/ssh.md says, with a centre behind it and a key for each member."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.centres import make_centre_in

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_DOCUMENTED = Path(__file__).parents[2] / "docs" / "ssh.md"
_PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """Where it listens, and the folder with the keys and the centre."""

    folder: Path
    port: int

    @property
    def centre(self) -> Path:
        """The centre's folder."""
        return self.folder / "centre"

    def command(self, key: str, *options: str) -> list[str]:
        """How `ssh` is started with that member's key."""
        known = f"UserKnownHostsFile={self.folder / 'known'}"
        quiet = ["-o", "StrictHostKeyChecking=accept-new", "-o", known, "-o", "LogLevel=ERROR", "-o", "BatchMode=yes"]
        own = ["-F", "none", "-o", "IdentitiesOnly=yes", "-i", str(self.folder / key), "-p", str(self.port)]
        return ["ssh", *own, *quiet, *options, f"{getpass.getuser()}@127.0.0.1"]

    def ask(self, key: str, *words: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """What comes of a command that is sent with that member's key."""
        return subprocess.run(
            [*self.command(key, *options), *(("--", *words) if words else ())],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
            check=False,
        )


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """The server; keys `asha`, `ines`, `nobody`, whose line names none, and `gone`, who is no member."""
    centre = make_centre_in(folder / "centre")
    lines = [_line(folder, member, member) for member in ("asha", "ines", "gone")] + [_line(folder, "nobody", "")]
    members = folder / "members"
    members.write_text("".join(lines), "utf-8")
    _keygen(folder / "host")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = " ".join(f"XDG_{name}_HOME={folder / name.lower()}" for name in ("STATE", "CACHE", "CONFIG"))
    here = (
        documented()
        .replace("Match User markterm", "Match all")
        .replace("/etc/markterm/members", str(members))
        .replace("ForceCommand /opt/markterm/bin/markterm", f"ForceCommand env {homes} {sys.executable} -m markterm")
        .replace("/srv/centre", str(centre))
    )
    of_the_machine = [
        *(f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {folder / 'host'}", f"PidFile {folder / 'pid'}"),
        *("UsePAM no", "StrictModes no", "PermitRootLogin prohibit-password", "PasswordAuthentication no"),
        *("KbdInteractiveAuthentication no", "Subsystem sftp internal-sftp", "AcceptEnv LANG LC_*"),
    ]
    config = folder / "sshd_config"
    config.write_text("\n".join([*of_the_machine, here]), "utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    assert SSHD is not None
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=(folder / "log").open("wb"))
    try:
        _wait(port, process, folder / "log")
        yield Server(folder, port)
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def documented() -> str:
    """What docs/ssh.md has stand in a file of sshd's."""
    block = re.search(r"```sshd\n(.*?)```", _DOCUMENTED.read_text("utf-8"), re.DOTALL)
    assert block is not None
    return block[1]


def _line(folder: Path, key: str, member: str) -> str:
    _keygen(folder / key)
    named = f'environment="MARKTERM_MEMBER={member}",' if member else ""
    return f"{named}restrict,pty {(folder / f'{key}.pub').read_text('utf-8')}"


def _keygen(file: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True, timeout=_PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text("utf-8")
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("sshd does not listen")
