"""Why a server cannot listen where it was told to, in words for whoever starts it."""

from __future__ import annotations

import errno
import socket

from markterm.domain.words.errors import WrongUse

_WHY = {
    errno.EADDRINUSE: ("something listens there already", "Name another port, or end what listens there."),
    errno.EACCES: (
        "the system lets this user not listen there: ports below 1024 are its own",
        "Name a port from 1024 on and put a proxy in front, or start it as a user who may.",
    ),
    errno.EADDRNOTAVAIL: ("it is no address of this machine", "Name one that is."),
}


def cannot_listen(host: str, port: int, error: OSError) -> WrongUse:
    """That nothing is served there, why, and what to do."""
    if isinstance(error, socket.gaierror):
        why, what_to_do = "nobody knows a machine of that name", "Name an address of this machine."
    else:
        why, what_to_do = _WHY.get(error.errno or 0, (error.strerror or str(error), "Name another address or port."))
    return WrongUse("The server cannot listen", f"{host} port {port}: {why}.", what_to_do)
