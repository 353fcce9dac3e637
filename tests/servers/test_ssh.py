"""Members by SSH: who came is who acts, with the screens and the commands of MarkTerm, and with nothing else."""

from __future__ import annotations

import json
import os
import pty
import select
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.sshd import SSHD, Server, documented, served

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(SSHD is None, reason="no sshd on this machine"),
]
_PATIENCE = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, with a tiny centre."""
    with served(tmp_path_factory.mktemp("ssh")) as server:
        yield server


def test_what_stands_in_the_document_for_sshd_is_taken_by_it_as_it_stands(tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "host"], check=True)
    config = tmp_path / "sshd_config"
    config.write_text(f"HostKey {tmp_path / 'host'}\n{documented()}", "utf-8")
    assert SSHD is not None
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    tried = subprocess.run([SSHD, "-t", "-f", config], capture_output=True, text=True, check=False)
    assert (tried.returncode, tried.stderr) == (0, "")


def test_a_command_that_is_sent_is_done_by_whose_key_it_is(server: Server) -> None:
    marked = server.ask("asha", "mark AAA1 T-101 1.1 refer --note 'It boils; `id` $HOME | cat'")
    assert marked.returncode == 0, marked.stderr
    log = json.loads(server.ask("ines", "markterm log AAA1 --json").stdout)
    decided = next(each for each in log if each["kind"] == "decided")
    assert decided["actor"] == "asha"
    assert decided["body"]["note"] == "It boils; `id` $HOME | cat"


def test_nobody_is_another_than_their_key_says(server: Server) -> None:
    assert server.ask("asha", "mark AAA1 T-101 1.2 pass --as ben").returncode == 3
    assert server.ask("asha", "serve --ssh ines").returncode == 3
    assert server.ask("asha", "status -C /").returncode == 3
    sent = server.ask("ines", "mark AAA1 T-101 1.2 pass", options=("-o", "SetEnv=MARKTERM_MEMBER=asha"))
    assert sent.returncode == 3  # a verifier marks nothing
    for key in ("nobody", "gone"):
        refused = server.ask(key, "status")
        assert refused.returncode == 2
        assert "AAA1" not in refused.stdout


@pytest.mark.parametrize("sent", ["sh", "id; status", "$(touch /tmp/never)", "scp -t /tmp", "-C / status", "'"])
def test_there_is_no_shell(server: Server, sent: str) -> None:
    refused = server.ask("asha", sent)
    assert refused.returncode == 2
    assert "uid=" not in refused.stdout
    assert "no shell" in refused.stderr


def test_files_of_the_server_are_not_named(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    refused = server.ask("asha", f"sheet AAA1 T-101 -o {target}")
    assert refused.returncode == 3
    assert not target.exists()


def test_where_the_server_has_the_centre_is_told_to_nobody(server: Server) -> None:
    for asked in ("check --json", "store status", "show NOBODY", "audit"):
        told = server.ask("asha", asked)
        assert told.stdout + told.stderr
        assert str(server.folder) not in told.stdout + told.stderr, asked
    file = server.centre / "centre.toml"
    sound = file.read_text("utf-8")
    file.write_text(f"{sound}\n[[half", "utf-8")
    told = server.ask("asha", "status")
    file.write_text(sound, "utf-8")
    assert (told.returncode, str(server.folder) in told.stderr) == (4, False)


def test_nothing_is_forwarded_and_no_file_is_fetched(server: Server, tmp_path: Path) -> None:
    through = server.ask("asha", options=("-W", f"127.0.0.1:{server.port}"))
    assert through.returncode != 0
    assert "SSH-2.0" not in through.stdout
    command = server.command("asha")
    host = command.pop()
    batch = tmp_path / "batch"
    batch.write_text(f"get {server.centre}/centre.toml {tmp_path}/stolen\n", "utf-8")
    options = [("-P" if each == "-p" else each) for each in command[1:]]
    sftp = subprocess.run(
        ["sftp", "-b", str(batch), *options, host], capture_output=True, timeout=_PATIENCE, check=False
    )
    assert sftp.returncode != 0
    assert not (tmp_path / "stolen").exists()


def test_the_screens_open_in_the_members_terminal_and_end_with_it(server: Server) -> None:
    number, terminal = pty.fork()
    if number == 0:
        command = server.command("asha", "-t")
        os.execvp(command[0], command)
    try:
        import fcntl
        import termios

        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        drawn = b""
        end = time.monotonic() + _PATIENCE
        while b"Rosalind" not in drawn and time.monotonic() < end:
            if select.select([terminal], [], [], 1)[0]:
                drawn += os.read(terminal, 65536)
        assert b"Rosalind" in drawn
        os.write(terminal, b"q")
        while time.monotonic() < end:
            try:
                if not os.read(terminal, 65536):
                    break
            except OSError:  # The terminal is gone with the program.
                break
        _, status = os.waitpid(number, 0)
        assert os.waitstatus_to_exitcode(status) == 0
    finally:
        os.close(terminal)
