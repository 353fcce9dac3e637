"""Which hosts and origins are the server's own, and which machine asks."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from markterm.domain.assessed.serving import Serving
from markterm.web.address import Address


def _address(**more: object) -> Address:
    return Address.of(Serving(**more), "127.0.0.1", 8000, with_certificate=False)  # type: ignore[arg-type]  # fields of it


@pytest.mark.parametrize(
    ("origin", "is_own"),
    [
        ("https://marking.college.example", True),
        ("https://MARKING.college.example:443", True),
        ("http://marking.college.example", False),
        ("https://marking.college.example:8443", False),
        ("https://marking.college.example.evil.example", False),
        ("https://evil.example", False),
        ("null", False),
        ("https://marking.college.example:bad", False),
        ("", False),
    ],
)
def test_an_origin_is_its_own_or_not(origin: str, is_own: bool) -> None:
    assert _address(address="https://marking.college.example").is_own(origin) is is_own


def test_without_an_address_it_is_this_machine_alone() -> None:
    address = _address()
    assert address.hosts == {"localhost:8000", "127.0.0.1:8000"}
    assert not address.is_secure
    assert _address(address="https://marking.college.example").is_secure


@pytest.mark.parametrize(
    ("peer", "forwarded", "asks"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1:50123"], "198.51.100.1"),
        ("127.0.0.1", ["[2001:db8:1:2::7]:50123"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:a:b:c:d", [], "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", [], "::ffff:203.0.113.9"),
        ("127.0.0.1", ["somebody, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1, somebody"], "somebody"),
    ],
)
def test_a_machine_is_believed_when_a_trusted_proxy_names_it(peer: str, forwarded: list[str], asks: str) -> None:
    request = make_mocked_request("GET", "/", [("X-Forwarded-For", each) for each in forwarded])
    request = request.clone(remote=peer)
    assert _address(proxies=("127.0.0.1", "10.0.0.0/8")).asks(request) == asks


def test_without_an_address_it_is_this_machine_by_what_it_listens_on() -> None:
    of_six = Address.of(Serving(), "::1", 8000, with_certificate=False)
    assert of_six.hosts == {"localhost:8000", "[::1]:8000"}
    assert of_six.is_own("http://[::1]:8000")
    assert _address().hosts == {"localhost:8000", "127.0.0.1:8000"}


@pytest.mark.parametrize("machine", ["", "somebody", "/run/markterm.sock", "203.0.113.9", "127.0.0.1.evil.example"])
def test_what_is_no_address_of_a_proxy_is_none(machine: str) -> None:
    assert not _address(proxies=("127.0.0.1", "10.0.0.0/8")).is_proxy(machine)
