"""The certificate of a server: one that is renewed is taken while it runs, and nobody is cut off for it."""

from __future__ import annotations

import ssl
from pathlib import Path

from markterm.domain.words.errors import WrongUse
from markterm.web.log import Log


class Certificate:
    """The certificate in that file, with its key there or in a file of its own. Raises `WrongUse` where it is none."""

    def __init__(self, file: Path, key: Path | None, log: Log) -> None:
        self._file, self._key, self._log = file, key, log
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._stamp = self._stamped()
        self._load(self.context)

    def look(self) -> None:
        """Take what was renewed, for connections from now on; what is no certificate, or the half of one, is not."""
        stamp = self._stamped()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._load(ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))  # A context that fails has half of it.
            self._load(self.context)
        except WrongUse:
            self._log.say("certificate_not_taken")
        else:
            self._log.say("certificate_renewed")

    def _load(self, context: ssl.SSLContext) -> None:
        try:
            context.load_cert_chain(self._file, self._key)
        except OSError as error:
            # What OpenSSL says is a place in its own source.
            why = "it is no certificate with its key" if isinstance(error, ssl.SSLError) else error.strerror or error
            raise WrongUse(
                "The certificate cannot be used",
                f"{self._file}: {why}.",
                "Name a PEM file with the certificate, and its private key, in the same file or in another one.",
            ) from error

    def _stamped(self) -> list[tuple[int, int, int]]:
        files = [self._file] if self._key is None else [self._file, self._key]
        try:
            return [(each.stat().st_mtime_ns, each.stat().st_size, each.stat().st_ino) for each in files]
        except OSError:
            return []
