"""The browser that the screens are drawn in, at the other end of a pipe. A connection that is gone ends nothing: they
are drawn anew in another one, until whoever serves them lets go of the pipe.
"""

from __future__ import annotations

import asyncio
import os
import signal
from codecs import getincrementaldecoder
from contextlib import suppress
from threading import RLock
from typing import TYPE_CHECKING, Any, cast

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver

from markterm.tui.sent_keys import SentKeys

if TYPE_CHECKING:
    from markterm.centre.saving import Saving
    from markterm.tui.notices import TellingApp

_READ = 4096
_BY_A_SIGNAL = 128
_FAILED = 1
_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Browser(WebDriver):
    """Reads and draws as Textual's own does. A byte that is no UTF-8 comes as a lone surrogate, as of a terminal, and
    `redraw` draws all of it again, for a browser that sees it for the first time."""

    def __init__(self, *given: Any, **extra: Any) -> None:
        super().__init__(*given, **extra)
        self._writing = RLock()
        self._write = self._write_whole  # type: ignore[assignment]  # called as what it stands for

    def start_application_mode(self) -> None:
        """Begin; a signal that ends it leaves from here on as a key does."""
        super().start_application_mode()
        loop = asyncio.get_running_loop()
        for each in _ENDS:
            loop.add_signal_handler(each, self._leave, _BY_A_SIGNAL + each)

    def run_input_thread(self) -> None:
        """Read what comes until the app ends, or whoever serves it let go: then the app ends. It ends too where no more
        can be read, as for want of memory: nobody would be told why no key does anything."""
        code = _FAILED
        try:
            self._read()
            code = _BY_A_SIGNAL + signal.SIGHUP
        finally:
            if not self.exit_event.is_set():
                self._app.call_later(self._leave, code)

    def _read(self) -> None:
        parser = SentKeys(self._debug)
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        packets = ByteStream()
        for read in self._input_reader:
            for kind, payload in packets.feed(read) if read else ():
                if kind == "D":
                    for event in parser.feed(decode(payload)):
                        self.process_message(event)
                else:
                    self._on_meta(kind, payload)
            for event in parser.tick():
                self.process_message(event)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Do what whoever serves it asks for."""
        if packet_type == "redraw":
            # Not behind the keys: one of them may wait for a record that does not answer.
            self._loop.call_soon_threadsafe(self._redraw)
        elif packet_type == "say":
            self._loop.call_soon_threadsafe(self._say, str(payload["words"]))
        else:
            super().on_meta(packet_type, payload)

    def say_recording(self, saving: Saving) -> None:
        """Tell whoever serves it whether something is being recorded: it is not ended in the middle of that. Any thread
        may; what is told last is what is so."""
        with self._writing:
            self.write_meta({"type": "recording", "is_going_on": saving.is_going_on})

    def _say(self, words: str) -> None:
        with self._app._context():
            cast("TellingApp", self._app).tell_meanwhile("the server", words)

    def _redraw(self) -> None:
        self.write("\x1b[?1049h\x1b[?25l\x1b[2J")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        with self._app._context():
            for screen in self._app.screen_stack:
                screen._compositor._dirty_regions.clear()
            self._app.refresh(layout=True)

    def _write_whole(self, data: bytes) -> int:
        """Write all of it, where there is somebody. What is drawn and what is delivered are written by threads of their
        own, and a pipe that is full takes a part: neither comes into the middle of the other."""
        with self._writing, suppress(OSError):
            left = memoryview(data)
            while left:
                left = left[os.write(self.fileno, left) :]
        return len(data)

    def _leave(self, code: int) -> None:
        self._app.exit(return_code=code)
