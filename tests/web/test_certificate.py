"""What is said of a server's certificate before browsers say it."""

from __future__ import annotations

import errno
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as kept

from markterm.domain.words.errors import Refused, WrongUse
from markterm.web.certificate import Certificate
from markterm.web.listening import cannot_listen
from markterm.web.log import Log
from markterm.web.server import WebServer, Where
from tests.centres import make_centre_in, places_in
from tests.web.certified import certified


@pytest.mark.parametrize(("days", "said"), [(9, "its last day was"), (-9, "it holds from")])
def test_a_certificate_that_is_not_of_today_is_told_before_browsers_refuse_it(
    tmp_path: Path, days: int, said: str
) -> None:
    certificate = Certificate(*certified(tmp_path), Log())
    certificate.require_trusted(datetime.now(UTC))
    with pytest.raises(Refused, match=said):
        certificate.require_trusted(datetime.now(UTC) + timedelta(days))


def test_a_certificate_of_another_name_than_browsers_ask_for_is_told(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    Certificate(*certified(tmp_path), Log(), ["localhost"]).require_trusted(now)
    with pytest.raises(Refused, match=r"reach the server by marking\.college\.example"):
        Certificate(*certified(tmp_path), Log(), ["marking.college.example"]).require_trusted(now)


def test_a_key_with_a_pass_phrase_is_refused_and_asked_of_nobody(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path)
    own = kept.load_pem_private_key(key.read_bytes(), None)
    shut = kept.BestAvailableEncryption(b"secret")
    key.write_bytes(own.private_bytes(kept.Encoding.PEM, kept.PrivateFormat.PKCS8, shut))
    with pytest.raises(WrongUse, match="has a pass phrase"):
        Certificate(certificate, key, Log())


def test_a_key_of_another_certificate_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (certificate, _), (_, key) = certified(tmp_path), certified(tmp_path / "other")
    with pytest.raises(WrongUse, match="belongs to another certificate"):
        Certificate(certificate, key, Log())


def test_a_key_whose_certificate_is_not_named_is_refused_and_nothing_is_served_without_tls(tmp_path: Path) -> None:
    _, key = certified(tmp_path)
    with pytest.raises(WrongUse, match="none is named"):
        WebServer(make_centre_in(tmp_path / "centre"), Where(key=key), places_in(tmp_path / "own"))


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EACCES, "below 1024"), (errno.EADDRINUSE, "already"), (errno.EADDRNOTAVAIL, "no address of this machine")],
)
def test_why_it_cannot_listen_is_said_by_what_it_is(number: int, said: str) -> None:
    assert said in cannot_listen("127.0.0.1", 80, OSError(number, "attempting to bind")).what
