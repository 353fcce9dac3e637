"""Fields and objects of a rich text file: links, forms, drawings, files inside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markterm.evidence.readers.equation import equation
from markterm.evidence.readers.ole_object import file_inside, link_of, native_data, packaged
from markterm.evidence.readers.rtf.flow import Flow
from markterm.evidence.readers.symbols import shown
from markterm.evidence.readers.tick_box import tick_box

_LINK = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*(?:"([^"]*)"|([^\s"\\]\S*))(?:.*?\\l\s+"([^"]*)")?', re.IGNORECASE)
_SYMBOL = re.compile(r'SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s+"?([^"\\]+))?', re.IGNORECASE)
_BUTTON = re.compile(r"MACROBUTTON\s+\S+\s*(.*)", re.IGNORECASE)
_MERGED = re.compile(r'MERGEFIELD\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_EQUATION = re.compile(r"EQ\s+(.*)", re.IGNORECASE)
_HEX = re.compile(r"[^0-9A-Fa-f]+")
_AS_DEFAULT = 25
"""What a form field says that was never touched."""


@dataclass(slots=True)
class Field:
    """A field: what it asks for, and where its result stands."""

    flow: Flow | None
    sink: list[str] | None
    start: int
    ended: int
    instruction: list[str] = field(default_factory=list)
    entries: list[list[str]] = field(default_factory=list)
    """Of a drop-down list."""
    default_text: list[str] = field(default_factory=list)
    chosen: int = _AS_DEFAULT
    chosen_first: int = 0
    has_result: bool = False
    """Whether the result has words."""
    is_filled: bool = False
    """Whether it has a result, be it without a word: then nobody sees the text that it began with."""

    @property
    def asks(self) -> str:
        """The instruction in one line."""
        return " ".join("".join(self.instruction).split())

    @property
    def address(self) -> str:
        """Where it leads; empty when it is no link, or leads to a place in the same file."""
        found = _LINK.match(self.asks)
        if found is None:
            return ""
        address = (found[1] or found[2] or "").replace("\\\\", "\\")
        return address if re.match(r"HYPERLINK\s+\\l", self.asks, re.IGNORECASE) is None else ""

    @property
    def is_tick_box(self) -> bool:
        """Whether it is a box of a form."""
        return "FORMCHECKBOX" in self.asks

    def shown(self) -> str:
        """What stands in the text for a field whose result is not written down."""
        asks = self.asks
        number = self.chosen_first if self.chosen == _AS_DEFAULT else self.chosen
        if self.is_tick_box:
            return tick_box(bool(number))
        if "FORMDROPDOWN" in asks:
            return "".join(self.entries[number]) if 0 <= number < len(self.entries) else ""
        if "FORMTEXT" in asks:
            return "" if self.is_filled else "".join(self.default_text)
        if found := _SYMBOL.match(asks):
            code = int(found[1], 0)
            return shown((found[2] or "").strip(), code) if code < 0x110000 else ""
        if asks.upper().startswith("INCLUDEPICTURE"):
            return "[image: no description]"
        if (found := _MERGED.match(asks)) and not self.is_filled:
            return f"«{found[1] or found[2]}»"
        if found := _EQUATION.match(asks):
            return equation(found[1])
        found = _BUTTON.match(asks)
        return found[1] if found else ""


@dataclass(slots=True)
class Object:
    """A file inside, of another program."""

    flow: Flow | None
    kind: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    digits: list[str] = field(default_factory=list)
    binary: bytes = b""

    @property
    def called(self) -> str:
        """The kind of the object, as the program that made it says it."""
        return " ".join("".join(self.name).split()) or "".join(self.kind).split(".")[0].strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the file itself is here."""
        return not self.binary and not any(map(str.strip, self.digits))

    @property
    def linked_to(self) -> str:
        """The file outside that it only leads to; empty for one that holds its file."""
        return link_of(self._data())

    def _data(self) -> bytes:
        digits = _HEX.sub("", "".join(self.digits))
        return self.binary or bytes.fromhex(digits[: len(digits) // 2 * 2])

    def file(self) -> tuple[str, bytes] | None:
        """Its name and bytes; None when nothing in it is known."""
        data = self._data()
        native = native_data(data)
        if native is None:
            return file_inside(data, self.called or "object")
        kind, content = native
        if kind == "Package":
            return packaged(content, self.called or "object")
        return file_inside(content, self.called or kind.split(".")[0] or "object")


@dataclass(slots=True)
class Shape:
    """Something drawn: its properties, and the text in it."""

    flow: Flow | None
    properties: dict[str, str] = field(default_factory=dict)
    name: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)
    is_read: bool = False
    """Whether it was told in the newer form: the older one that follows says the same again."""

    def end_property(self) -> None:
        """Keep the property that was just read."""
        self.properties["".join(self.name).strip()] = "".join(self.value).strip()
        self.name.clear()
        self.value.clear()
