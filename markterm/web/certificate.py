"""The certificate of a server: one that is renewed is taken while it runs, and nobody is cut off for it."""

from __future__ import annotations

import ssl
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from cryptography import x509

from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.web.log import Log


class Certificate:
    """The certificate in that file, with its key there or in a file of its own, for browsers that ask for one of
    `names`; without names any will do. Raises `WrongUse` where it is none."""

    def __init__(self, file: Path, key: Path | None, log: Log, names: Collection[str] = ()) -> None:
        self._file, self._key, self._log, self._names = file, key, log, names
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._stamp = self._stamped()
        self._served = self._load(self.context)

    def look(self) -> None:
        """Take what was renewed, for connections from now on; what is no certificate, or the half of one, is not."""
        stamp = self._stamped()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._load(ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))  # A context that fails has half of it.
            self._served = self._load(self.context)
        except WrongUse:
            self._log.say("certificate_not_taken")
        else:
            self._log.say("certificate_renewed")

    def require_trusted(self, now: datetime) -> None:
        """Raise `Refused` where browsers refuse it, or warn of it, whoever made it: by its days, or by its names."""
        first, last = self._served.not_valid_before_utc, self._served.not_valid_after_utc
        if now > last:
            raise _not_trusted(f"{self._file}: its last day was {last:%Y-%m-%d}.", "Renew it: it is taken in a minute.")
        if now < first:
            raise _not_trusted(f"{self._file}: it holds from {first:%Y-%m-%d} on.", "Look at this machine's clock.")
        its_own = _names_of(self._served)
        if self._names and not any(_is_for(each, name) for each in its_own for name in self._names):
            is_for, asked = ", ".join(its_own) or "no name", " or ".join(self._names)
            raise _not_trusted(
                f"{self._file}: it is for {is_for}, and browsers reach the server by {asked}.",
                "Have one made for that name, or write the name into centre.toml by which they reach it.",
            )

    def _load(self, context: ssl.SSLContext) -> x509.Certificate:
        try:
            context.load_cert_chain(self._file, self._key, _no_pass_phrase)
            return x509.load_pem_x509_certificates(self._file.read_bytes())[0]
        except (OSError, ValueError) as error:
            raise WrongUse(
                "The certificate cannot be used",
                f"{self._file}: {_why_not(error)}.",
                "Name a PEM file with the certificate, and its private key, in the same file or in another one.",
            ) from error

    def _stamped(self) -> list[tuple[int, int, int]]:
        files = [self._file] if self._key is None else [self._file, self._key]
        try:
            return [(each.stat().st_mtime_ns, each.stat().st_size, each.stat().st_ino) for each in files]
        except OSError:
            return []


class _HasPassPhrase(ValueError):
    pass


def _no_pass_phrase() -> str:
    # OpenSSL would ask at the terminal, and nobody sits there when a server is started again.
    raise _HasPassPhrase


def _why_not(error: OSError | ValueError) -> str:
    match error:
        case _HasPassPhrase():
            return "its key has a pass phrase, which nobody could give when the server starts by itself"
        case ssl.SSLError(reason="KEY_VALUES_MISMATCH"):
            return "the key belongs to another certificate"
        case ssl.SSLError() | ValueError():
            return "it is no certificate with its key"  # What OpenSSL says is a place in its own source.
        case _:
            return error.strerror or str(error)


def _not_trusted(why: str, what_to_do: str) -> MarkTermError:
    return Refused("Browsers do not trust the certificate", why, what_to_do)


def _names_of(certificate: x509.Certificate) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []  # Browsers look nowhere else.
    addresses = [str(each) for each in names.get_values_for_type(x509.IPAddress)]
    return [each.lower() for each in names.get_values_for_type(x509.DNSName)] + addresses


def _is_for(named: str, name: str) -> bool:
    return named == name or (named.startswith("*.") and named[2:] == name.partition(".")[2])
