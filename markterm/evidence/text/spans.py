"""The words of a paragraph, heading or cell as spans: every address, tag, image and footnote is seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from markterm.evidence.text.blocks import Span, safe

_STYLES = {"strong": "strong", "em": "emphasis", "s": "strike", "link": "link"}
# Many terminals do not strike text out, and struck text must not pass for the learner's last word.
_KEPT_MARKS = {"s_open": "~~", "s_close": "~~"}
_FOOTNOTE = re.compile(r"(\[\^[^\]\s]+\])")
_SPACES = str.maketrans("\t\n", "  ")


@dataclass(slots=True)
class Words:
    """Spans as they are gathered, and where in their text the lines of the source end."""

    spans: list[Span] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, styles: tuple[str, ...]) -> None:
        """More text; each line end in it becomes a space and is remembered."""
        if not text:
            return
        self.spans.append(Span(text.translate(_SPACES), styles))
        if "\n" in text:
            self.breaks.extend(self.length + found.end() for found in re.finditer("\n", text))
        self.length += len(text)

    def end_line(self) -> None:
        """A line end that is shown as one."""
        self.spans.append(Span("\n"))
        self.length += 1
        self.breaks.append(self.length)


def words(inline: Token) -> Words:
    """The spans of an inline token."""
    gathered = Words()
    _gather(inline.children or (), gathered, "&" in inline.content)
    return gathered


def _gather(children: Sequence[Token], gathered: Words, has_entities: bool) -> None:
    styles: tuple[str, ...] = ()
    links: list[tuple[Token, int]] = []
    for token in children:
        kind = token.type
        if kind == "text":
            _add_text(gathered, safe(token.content) if has_entities else token.content, styles)
        elif kind == "softbreak":
            gathered.add("\n", styles)
        elif kind == "hardbreak":
            gathered.end_line()
        elif kind == "code_inline":
            gathered.add(token.content, (*styles, "code"))
        elif kind == "html_inline":
            gathered.add(token.content, (*styles, "raw"))
        elif kind == "image":
            address = _address(token, "src")
            gathered.add(f"[image: {safe(token.content)} → {address}]", (*styles, "image"))
        elif token.nesting == 1:
            if kind == "link_open":
                links.append((token, len(gathered.spans)))
            styles = (*styles, _STYLES[kind.removesuffix("_open")])
            gathered.add(_KEPT_MARKS.get(kind, ""), styles)
        elif token.nesting == -1:
            gathered.add(_KEPT_MARKS.get(kind, ""), styles)
            styles = styles[:-1]
            if kind == "link_close":
                _add_address(gathered, *links.pop(), styles)


def _add_text(gathered: Words, text: str, styles: tuple[str, ...]) -> None:
    if "[^" not in text:
        gathered.add(text, styles)
        return
    for place, piece in enumerate(_FOOTNOTE.split(text)):
        gathered.add(piece, (*styles, "footnote") if place % 2 else styles)


def _add_address(gathered: Words, link: Token, since: int, styles: tuple[str, ...]) -> None:
    """Where a link leads, after its words, unless they say it themselves."""
    shown = "".join(span.text for span in gathered.spans[since:])
    address = _address(link, "href")
    if address not in (shown, f"mailto:{shown}"):
        gathered.add(f" → {address}" if shown else f"→ {address}", (*styles, "address"))


def _address(token: Token, attribute: str) -> str:
    address = safe(str(token.attrs.get(attribute, "")))
    title = safe(str(token.attrs.get("title", "")))
    return f"{address} “{title}”" if title else address
