"""Where a server is: which hosts and origins are its own, and which machine asks."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from markterm.domain.assessed.serving import Serving

_FORWARDED = "X-Forwarded-For"
_OF_A_NETWORK = 64
"""Bits of an IPv6 address that whoever has a network does not choose."""


@dataclass(frozen=True, slots=True)
class Address:
    """The origins by which browsers reach it, such as http://localhost:8000, and the machines that are its proxies."""

    origins: frozenset[str]
    proxies: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]

    @classmethod
    def of(cls, serving: Serving, host: str, port: int, *, with_certificate: bool) -> Address:
        """As the centre says; without a word of its own this machine alone, by its name and by what it listens on."""
        scheme = "https" if with_certificate else "http"
        usual = ("localhost", f"[{host}]" if ":" in host else host)
        own = [serving.address] if serving.address else [f"{scheme}://{host}:{port}" for host in usual]
        proxies = tuple(ipaddress.ip_network(each) for each in serving.proxies)
        return cls(frozenset(map(_normal, own)), proxies)

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it by TLS alone."""
        return all(each.startswith("https:") for each in self.origins)

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may call it."""
        return frozenset(urlsplit(each).netloc for each in self.origins)

    @property
    def host_names(self) -> frozenset[str]:
        """What its certificate is to be for."""
        return frozenset(urlsplit(each).hostname or "" for each in self.origins)

    def is_own(self, origin: str) -> bool:
        """Whether a page of that origin is one of its own."""
        return _normal(origin) in self.origins

    def is_proxy(self, machine: str) -> bool:
        """Whether that machine is trusted to say for whom it asks."""
        try:
            address = ipaddress.ip_address(machine)
        except ValueError:
            return False
        return any(address in each for each in self.proxies)

    def asks(self, request: web.Request) -> str:
        """The machine that asks: what a proxy says that is trusted, and otherwise whose connection it is; of IPv6 its
        network, for a machine has as many addresses there as it likes."""
        machine = request.remote or ""
        if self.is_proxy(machine):
            said = [_bare(each) for line in request.headers.getall(_FORWARDED, []) for each in line.split(",")]
            # From the end: what stands in front anybody can have written.
            machine = next((each for each in reversed(said) if each and not self.is_proxy(each)), machine)
        return _of_one(machine)


def _normal(origin: str) -> str:
    parts = urlsplit(origin.lower())
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    try:
        port = parts.port
    except ValueError:
        return ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return f"{parts.scheme}://{host}" if port in (None, usual) else f"{parts.scheme}://{host}:{port}"


def _bare(said: str) -> str:
    """The address in what a proxy says; some write the port beside it, which is another for each connection."""
    host = said.strip()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host


def _of_one(machine: str) -> str:
    try:
        address = ipaddress.ip_address(machine)
    except ValueError:
        return machine
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, _OF_A_NETWORK), strict=False))
    return machine
