"""The terminal that the screens are drawn in. Whatever it sends, and however it goes, ends nothing in the middle.

What Textual has for it stops the whole app at one byte that is no UTF-8, as a terminal or a paste in Latin-1 sends it,
leaves the terminal as a screen needs it when it is ended by a signal, and turns for ever where the terminal is gone.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
from codecs import getincrementaldecoder
from contextlib import suppress
from io import TextIOWrapper
from typing import IO, Any, cast

from textual._parser import ParseError
from textual.drivers.linux_driver import LinuxDriver

from markterm.tui.sent_keys import SentKeys

_ENDS = (signal.SIGTERM, signal.SIGHUP)
_READ = 4096
_TURN = 0.1
_BY_A_SIGNAL = 128


class Terminal(LinuxDriver):
    """Reads and draws, on Linux and macOS. A byte that is no UTF-8 comes as a lone surrogate: nobody types those."""

    def __init__(self, *given: Any, **extra: Any) -> None:
        super().__init__(*given, **extra)
        drawn = cast("TextIOWrapper", self._file)
        # As what comes is read: whatever the locale says, every screen is full of signs that few other encodings have.
        drawn.reconfigure(encoding="utf-8")
        self._file = _Kept(drawn)  # type: ignore[assignment]  # what is called of it, it has

    def start_application_mode(self) -> None:
        """Begin; a signal that ends it leaves from here on as a key does, and the terminal as it was."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        loop = asyncio.get_running_loop()
        for each in _ENDS:
            with suppress(ValueError, RuntimeError):  # Not the main thread: whoever started it takes the signals.
                loop.add_signal_handler(each, self._leave, _BY_A_SIGNAL + each)

    def run_input_thread(self) -> None:
        """Read what comes until the app ends, or the terminal is gone: then the app ends."""
        parser = SentKeys(self._debug)
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TURN):
                    if not (read := self._read()):
                        break
                    for event in parser.feed(decode(read)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
            with suppress(EOFError, ParseError):
                for event in parser.feed(""):
                    self.process_message(event)

    def _read(self) -> bytes:
        try:
            read = os.read(self.fileno, _READ)
        except OSError:
            read = b""
        if not read:
            # Asked again it would answer at once, for ever.
            self._app.call_later(self._leave, _BY_A_SIGNAL + signal.SIGHUP)
        return read

    def _leave(self, code: int) -> None:
        self._app.exit(return_code=code)


class _Kept:
    """What is written to, also when there is nobody any more who reads it: its thread goes on."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write it, where there is somebody."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Have it all written."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()
