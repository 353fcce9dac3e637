"""One pass over the tokens of a rich text file: where each piece of text belongs, and what becomes of it.

A group takes over where its text goes from the one around it; a control word at its beginning may send it elsewhere
(a note, the name of a font, nowhere). What is to be done when a group ends is kept with it. Nothing is nested in the
stack of Python, so that a file of a million braces is read as any other.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.raised import in_place
from markterm.evidence.readers.rtf.fields import Field, Object, Shape
from markterm.evidence.readers.rtf.flow import Flow, Paragraph, Struck, Table
from markterm.evidence.readers.rtf.fonts import DEFAULT, Font
from markterm.evidence.readers.rtf.tokens import SIGNS, Token, tokens
from markterm.evidence.readers.symbols import shown, text_shown

_ONE_SIGN = {b"~": "\u00a0", b"_": "\u2011", b"\t": " ", b"\\": "\\", b"{": "{", b"}": "}"}
_SECOND = frozenset((b"\\", b"{", b"}"))
"""What may be the second byte of a sign, and has a backslash before it all the same."""
_PRIVATE = range(0xF000, 0xF100)
_USUAL_BULLET = 0xF0B7
_NOTES = (
    ("pictures", "Pictures that are shown by their description only: {}."),
    ("deleted", "Passages that were deleted with changes tracked, and are not shown: {}."),
    ("inserted", "Passages that were inserted with changes tracked, and are shown: {}."),
    ("objects", "Objects inside it that cannot be read: {}. Open the file outside."),
)


class Group:
    """What counts within a pair of braces."""

    def __init__(self, flow: Flow | None) -> None:
        self.flow = flow
        """Where text goes."""
        self.sink: list[str] | None = None
        """Where text goes that belongs to no flow, such as the name of a font."""
        self.is_dead = False
        """Whether nothing in it counts."""
        self.is_fresh = False
        """Whether nothing has stood in it yet: only there a word can say what the group is."""
        self.is_label = False
        """Whether it is the number or bullet of a list's item."""
        self.is_optional = False
        """Whether a reader that does not know the next word passes over the group."""
        self.at_end: Callable[[], None] | None = None
        self.font: int | None = None
        self.skipped = 1
        """How many signs stand in for one that is told by its number."""
        self.hidden = self.deleted = self.inserted = self.struck = self.in_table = False
        self.level = 0
        self.raised = ""
        """`superscript` or `subscript` for what stands above or below the line."""
        self.field: Field | None = None
        self.object: Object | None = None
        self.shape: Shape | None = None
        self.anchor: Flow | None = None
        """Of a drawing: the text in which it stands."""
        self.answers: list[str] = []
        """Of a comment: what it answers."""
        self.table = ""
        """`fonts` or `styles`, in those of the file."""
        self.unicode_flow: Flow | None = None
        self.unicode_sink: list[str] | None = None

    def inner(self) -> Group:
        """A group within this one."""
        group = Group.__new__(Group)
        group.__dict__.update(self.__dict__)  # a file may hold a million, and `copy` takes ten times as long
        group.at_end = None
        group.is_optional, group.is_fresh = False, True
        return group

    def into(self, flow: Flow | None = None, sink: list[str] | None = None) -> None:
        """From here on its text goes there; nowhere without either."""
        self.flow, self.sink = flow, sink
        self.hidden = self.deleted = self.inserted = self.struck = self.in_table = False
        self.level, self.raised = 0, ""


class Reading:
    """A file as it is read."""

    def __init__(self, data: bytes, take: Callable[[Reading, bytes, int | None], None]) -> None:
        """`take` does what a control word says."""
        self.attached = Attached()
        self.group = Group(Flow())
        self.codec = DEFAULT
        self.fonts: dict[int, Font] = {}
        self.default_font = 0
        self.style = 0
        self.levels: dict[int, int] = {}
        """Of the styles that are headings."""
        self.author: list[str] = []
        self.margins: set[str] = set()
        """Headers and footers that were shown."""
        self.counts = {kind: 0 for kind, _ in _NOTES}
        self.shows_hidden = False
        self._data = data
        self._take_word = take
        self._around: list[Group] = []
        self._bytes = bytearray()
        self._bytes_codec = ""
        self._to_skip = 0
        self._marked = ""  # whether the last words were deleted or inserted
        self._is_cut = False
        self._raw_codec = _codec_of_raw_bytes(data)

    def read(self) -> list[Paragraph | Table]:
        """The blocks of the file, in their order."""
        flow = self.group.flow
        assert flow is not None
        for token in tokens(self._data):
            self._take(token)
        self._flush()
        self._is_cut = bool(self._around)
        while self._around:
            self._end_group()
        return flow.close()

    def notes(self) -> list[str]:
        """What the assessor has to know, one sentence each."""
        notes = [sentence.format(self.counts[kind]) for kind, sentence in _NOTES if self.counts[kind]]
        if self.shows_hidden:
            notes.append("Text that a word processor hides is shown.")
        if self._is_cut:
            notes.append("The file breaks off before its end.")
        return [*notes, *self.attached.notes()]

    def write(self, text: str) -> None:
        """More text, where the group that is open has it."""
        group = self.group
        if group.sink is not None:
            group.sink.append(text)
        elif group.flow is not None:
            marked = "deleted" if group.deleted else "inserted" if group.inserted else ""
            if marked and text.strip():
                self.counts[marked] += marked != self._marked
            if text.strip() or marked:
                self._marked = marked
            if group.deleted:
                return
            text = in_place(text, group.raised)
            self.shows_hidden = self.shows_hidden or (group.hidden and bool(text.strip()))
            group.flow.add(Struck(text) if group.struck and text.strip() else text)

    def write_code(self, code: int) -> None:
        """A sign by its number, and what stands in for it where signs have no numbers is passed over."""
        font = self._symbols()
        if self.group.is_label and not font and code in _PRIVATE:
            # LibreOffice leaves out the font of a bullet; nearly all are of these two, each with its usual one.
            font = "Symbol" if code == _USUAL_BULLET else "Wingdings"
        self.write(shown(font, code) if font else chr(code))
        self._to_skip = self.group.skipped

    def end_paragraph(self) -> None:
        """What follows is another paragraph."""
        if self.group.sink is not None:
            self.group.sink.append("\n")
        elif self.group.flow is not None:
            if self.group.in_table and not self.group.flow.is_note:
                self.group.flow.end_line()
            else:
                self.group.flow.end_paragraph(self.group.level)

    def font(self) -> Font | None:
        """The font that text is in."""
        return self.fonts.get(self.default_font if self.group.font is None else self.group.font)

    def _take(self, token: Token) -> None:
        kind = token.kind
        if kind == "{":
            self._flush()
            self._around.append(self.group)
            self.group = self.group.inner()
        elif kind == "}":
            self._flush()
            self._end_group()
        elif self.group.is_dead:
            return
        elif kind == "bytes":
            self.group.is_fresh = False
            self._take_bytes(token.text)
        elif kind == "byte":
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._add_bytes(token.text, "")
        elif kind == "word":
            if self._to_skip and token.text in SIGNS:
                self._to_skip -= 1
                return
            self._flush()
            self._take_word(self, token.text, token.number)
        elif kind == "sign":
            if token.text in _SECOND and self._waits():
                self._bytes += token.text
                return
            self._flush()
            self._take_sign(token.text)
        elif self.group.object is not None:
            self.group.object.binary = token.text

    def _take_bytes(self, text: bytes) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        if text := text[skipped:]:
            self._add_bytes(text, "" if text.isascii() else self._raw_codec)

    def _add_bytes(self, text: bytes, codec: str) -> None:
        if self.group.flow is None and self.group.sink is None:
            return
        if not codec:
            font = self.font()
            codec = (font.codec if font is not None else "") or self.codec
        if codec != self._bytes_codec:
            self._flush()
            self._bytes_codec = codec
        self._bytes += text

    def _flush(self) -> None:
        """Write the bytes that were gathered: in some code pages two make one sign, and a token holds one."""
        self._to_skip = 0
        if self._bytes:
            font = self._symbols()
            codec = "latin-1" if font else self._bytes_codec
            text = text_shown(font, bytes(self._bytes).decode(codec, "replace"))
            self._bytes.clear()
            self.write(text)

    def _waits(self) -> bool:
        """Whether the bytes that were gathered end in the first of two that make one sign."""
        if not self._bytes:
            return False
        decoder = codecs.getincrementaldecoder(self._bytes_codec)("replace")
        decoder.decode(bytes(self._bytes))
        return bool(decoder.getstate()[0])

    def _symbols(self) -> str:
        """The name of the font that text is in when its letters look like other signs; else empty."""
        font = None if self.group.sink is not None else self.font()
        return "" if font is None else font.symbols

    def _take_sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.group.is_optional = True
        elif sign in (b"\r", b"\n"):
            self.end_paragraph()
        elif sign in _ONE_SIGN:
            self.write(_ONE_SIGN[sign])

    def _end_group(self) -> None:
        if self._around:  # with a brace too many what follows is text all the same
            ended, self.group = self.group, self._around.pop()
            if ended.at_end is not None:
                ended.at_end()


def _codec_of_raw_bytes(data: bytes) -> str:
    """UTF-8 where bytes beyond ASCII stand in the file as they are and make such a text; empty for the font's own."""
    if data.isascii():
        return ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"
