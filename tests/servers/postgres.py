"""A real PostgreSQL server for tests that are marked `server`.

    def test_something(postgres: PostgresServer) -> None:
        store = PostgresStore(postgres.prepared(), CENTRE)

One cluster is started for all tests of a process, so that workers of a run have nothing in common. It lies in a folder
of its own, listens on a socket there and on loopback, and dies with the process that started it. What crashes, stands
by or runs full has a cluster of its own: `PostgresServer.start(durable=True)`.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import pwd

OWNER = "postgres"
ROLE = "markterm"
CENTRE = "012345"
PASSWORD = "only-for-tests"
NOT_INSTALLED = "no PostgreSQL server is installed on this machine: apt-get install postgresql"
_INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_PATIENCE = 60.0
_FOLDERS = "markterm-pg-"
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "log_min_messages": "warning",
    "timezone": "UTC",
}

# What no role of a centre can do: what forbids it is switched off, for the owner alone.
_EMPTY = b"""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
TRUNCATE markterm.line, markterm.head;
"""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine; None where there is none."""
    found = [folder for pattern in _INSTALLED for folder in Path("/").glob(pattern[1:]) if (folder / "initdb").exists()]
    if (on_path := shutil.which("initdb")) is not None:
        found.append(Path(on_path).resolve().parent)
    return max(found, key=_version, default=None)


class PostgresServer:
    """A cluster of its own. Whoever is root of this machine starts it as a user who is not, as the server demands."""

    def __init__(self, folder: Path, programs: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.programs = programs
        self.settings = dict(settings)
        self.port = _free_port()
        self._databases = count(1)
        self._template = ""
        self._free: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(cls, *, durable: bool = False, settings: Mapping[str, str] | None = None) -> PostgresServer:
        """A new cluster that answers; `durable` syncs as a real one does. Skips the test where none is installed."""
        programs = binaries()
        if programs is None:
            pytest.skip(NOT_INSTALLED)
        folder = folder_for_a_cluster()
        server = cls(folder, programs, {**_SETTINGS, **({} if durable else _QUICK), **(settings or {})})
        if (user := _unprivileged()) is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        server.run(
            "initdb", "-D", str(server.data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        server.allow("local all all trust", "host all all 127.0.0.1/32 scram-sha-256")
        server.begin()
        server.run("psql", "-q", "-c", f"ALTER ROLE {OWNER} PASSWORD '{PASSWORD}'", server.by_socket())
        return server

    @property
    def data(self) -> Path:
        """Where the cluster keeps its data."""
        return self.folder / "data"

    @property
    def log(self) -> str:
        """What the server said."""
        return (self.folder / "log").read_text("utf-8", "replace")

    @property
    def pid(self) -> int:
        """The process that the others are children of."""
        assert self._process is not None
        return self._process.pid

    def by_socket(self, database: str = "postgres", user: str = OWNER) -> str:
        """Where that database is, over the socket: nobody is asked for a password."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def by_network(self, database: str = "postgres", user: str = OWNER) -> str:
        """The same over loopback, where a password is asked for: `PASSWORD` is the owner's."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def fresh(self) -> str:
        """An empty database, over the socket, as its owner."""
        return self.by_socket(self.made())

    def made(self, template: str = "template0") -> str:
        """The name of a new database, a copy of that one."""
        name = f"t{next(self._databases)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def prepared(self, centre: str = CENTRE) -> str:
        """A database that is prepared for that centre and has no record: as the role that a centre works with."""
        from markterm.records.postgres.schema import prepare

        if not self._template:
            self._template = self.made()
            prepare(self.by_socket(self._template), CENTRE, ROLE, PASSWORD)
        name = self.made(self._template)
        if centre != CENTRE:
            prepare(self.by_socket(name), centre, ROLE)
        return self.by_socket(name, ROLE)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """A database as `prepared` gives it, and afterwards another test's: it is emptied, which is quicker than making
        one."""
        import psycopg

        name = self._free.pop() if self._free else database_of(self.prepared())
        yield self.by_socket(name, ROLE)
        with closing(psycopg.connect(self.by_socket(name), autocommit=True)) as connection:
            connection.execute(_EMPTY, prepare=False)
        self._free.append(name)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Do that as the owner."""
        import psycopg

        with closing(psycopg.connect(self.by_socket(database), autocommit=True)) as connection:
            connection.execute(statement.encode())

    def reload(self) -> None:
        """Have what was set since hold for whoever commits from now on. The server is only told to read it: it did when
        who comes new finds it read, and whether commits wait for a standby is known once there was a checkpoint."""
        import psycopg

        def read_at() -> object:
            with closing(psycopg.connect(self.by_socket(), autocommit=True)) as connection:
                return connection.execute("SELECT pg_conf_load_time()").fetchone()

        before, end = read_at(), time.monotonic() + _PATIENCE
        self.execute("SELECT pg_reload_conf()")
        while read_at() == before:
            assert time.monotonic() < end, self.log
        self.execute("CHECKPOINT")

    def allow(self, *lines: str) -> None:
        """Write who may come in from where, as `pg_hba.conf` has it."""
        (self.data / "pg_hba.conf").write_text("".join(f"{line}\n" for line in lines))

    def begin(self) -> None:
        """Start it, and wait until it answers."""
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.data, "-p", str(self.port), "-k", self.folder, *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                list(map(str, command)), stdout=log, stderr=log, cwd=self.folder, preexec_fn=_dies_with_us, **_as_user()
            )
        end = time.monotonic() + _PATIENCE
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.folder), "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{self.log}")
            time.sleep(0.02)

    def begin_again(self) -> None:
        """Begin it once the last of its processes is gone: one that was just made when it was killed goes by itself."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self.begin()
            except RuntimeError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
            else:
                return

    def end(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it: at once; in order by SIGINT; by SIGKILL as a machine without power does, all its processes."""
        if self._process is None:
            return
        children: list[int] = []
        if how is signal.SIGKILL and self._process.poll() is None:
            # Stopped first: one made after they are counted would stay, and wait a minute for who asked for it.
            os.kill(self._process.pid, signal.SIGSTOP)
            os.waitpid(self._process.pid, os.WUNTRACED)
            children = _children(self._process.pid)
        for pid in (self._process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
        self._process.wait(_PATIENCE)
        self._process = None

    def remove(self) -> None:
        """End it and leave nothing."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program: str, *arguments: str) -> str:
        """What one of PostgreSQL's own programs says, run as the cluster's user."""
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder, **_as_user())
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")
        return str(done.stdout)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The one server of this process: it answers at once, and forgets when the machine does."""
    server = PostgresServer.start()
    yield server
    server.remove()


def folder_for_a_cluster() -> Path:
    """A new folder of this process. Those of processes that were killed go: their servers went with them."""
    for left in Path(tempfile.gettempdir()).glob(f"{_FOLDERS}*-*"):
        whose = left.name.removeprefix(_FOLDERS).partition("-")[0]
        if whose.isdigit() and not _is_running(int(whose)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_FOLDERS}{os.getpid()}-"))


def database_of(url: str) -> str:
    """The name of the database at that address."""
    return url.partition("?")[0].rpartition("/")[2]


def _version(programs: Path) -> int:
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int("".join(filter(str.isdigit, said.split()[2].split(".")[0])))


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to run the server as; None where we are no root."""
    if os.geteuid():
        return None
    import pwd  # Not on Windows, where nobody is root.

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    return None


def _as_user() -> dict[str, Any]:
    user = _unprivileged()
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _dies_with_us() -> None:
    """Have the system end the server when whoever started it is gone, however that came."""
    with suppress(OSError, AttributeError):  # Linux alone knows it; elsewhere the fixture ends it.
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _children(pid: int) -> list[int]:
    said = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(each) for each in said.split()]
