"""`markterm serve`: the screens in browsers."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import click

from markterm.cli.failure import tell
from markterm.cli.session import Command, Session, pass_session, require_nobody
from markterm.domain.words.errors import WrongUse
from markterm.own.places import Places


@click.command("serve", cls=Command)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The certificate for TLS, with those that vouch for it.",
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Its private key, where it is not in the same file.",
)
@click.option(
    "--metrics",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Tell figures on that port of this machine, as Prometheus reads them.",
)
@click.option(
    "--print",
    "printed",
    type=click.Choice(["compose", "systemd"]),
    help="Print what a container or the system needs for it instead: to look at, and to keep.",
)
@click.option("--ssh", "by_ssh", metavar="MEMBER", help="Serve one member instead, who came by SSH.")
@pass_session
def command(
    session: Session,
    host: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    metrics: int | None,
    printed: str | None,
    by_ssh: str | None,
) -> None:
    """Serve the screens to browsers, until it is stopped.

    Members sign in by the passwords that markterm password sets, or as [server] in centre.toml says. Whoever signed in
    is who acts. Without more it is reached on this machine alone; docs/serving.md says how a college serves itself.
    --print writes a Compose file, or units of systemd with a backup each night, for this centre. With --ssh, which
    stands beside a member's key on a server, that member works with the screens, or with the command that they sent
    (docs/ssh.md).

    \b
    Examples:
      markterm serve
      markterm serve --host 0.0.0.0 --port 443 --certificate marking.pem --key marking.key
      markterm serve --print systemd
    """
    if by_ssh is not None:
        require_nobody()
        from markterm.cli.by_ssh import become
        from markterm.cli.group import COMMANDS

        become(by_ssh, session.folder_of_centre(), COMMANDS)
    if printed is not None:
        require_nobody()
        from markterm.cli.printed_setup import Setup, printed_setup

        click.echo(printed_setup(Setup(printed), session.folder_of_centre(), host, port), nl=False)
        return
    require_server()
    import asyncio

    from markterm.web.server import WebServer, Where

    where = Where(host, port, certificate, key, metrics)
    server = WebServer(session.folder_of_centre(), where, Places.of_user())
    origins = ", ".join(sorted(server.served.address.origins))

    def began() -> None:
        with suppress(OSError):  # It serves all the same where there is no room for what it says.
            click.echo(f"Serving {origins}. Ctrl+C stops it.", err=True)
            for each in server.health.told:
                tell(each)

    asyncio.run(server.run(began))


def require_server() -> None:
    """Raise `WrongUse` where what serves browsers is not installed, and `Refused` for whoever is served themselves."""
    require_nobody()
    if sys.platform == "win32":
        raise WrongUse("Not on Windows", "A server runs on Linux or macOS.", "Its browsers run anywhere.")
    if find_spec("textual_serve") is None or find_spec("argon2") is None:
        raise WrongUse(
            "markterm[server] is not installed",
            "What serves browsers is no part of MarkTerm alone.",
            "Install it: pip install 'markterm[server]'.",
        )
