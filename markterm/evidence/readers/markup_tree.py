"""The tags of a web page as a tree, as a browser would nest them: what nobody closed ends where the next one begins.

The parser nests whatever is not closed, so that a list of a thousand items would be a thousand lists deep.
"""

from __future__ import annotations

from collections import Counter

from bs4 import BeautifulSoup
from bs4.element import Tag

DEEPEST = 150
"""Tags within tags that are understood; the words of those that lie deeper are read without them."""

_BLOCK_NAMES = """
    [document] html head body title p div section article header footer main nav aside figure figcaption address
    h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th hr form fieldset
    legend details summary center template noscript
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE_NAMES = """
    a b strong i em s del strike code kbd samp br img input q object embed iframe video audio select option textarea
    script style
"""
_KEPT = BLOCKS | frozenset(_INLINE_NAMES.split())
_HOLD_NO_TAGS = frozenset(("script", "style"))
_CELLS, _GROUPS, _TABLE = frozenset(("td", "th")), frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))
_LISTS = frozenset(("ul", "ol", "dl", "table", *_CELLS))
_ENDS = (  # What begins, what it ends, and within what it looks no further.
    (frozenset(("li",)), frozenset(("li",)), _LISTS),
    (frozenset(("dt", "dd")), frozenset(("dt", "dd")), _LISTS),
    (_CELLS, _CELLS, _TABLE | {"tr"}),
    (frozenset(("tr",)), frozenset(("tr",)), _TABLE),
    (_GROUPS, _GROUPS, _TABLE),
    (frozenset(("option",)), frozenset(("option",)), frozenset(("select",))),
    (frozenset(("p",)), frozenset(("p",)), BLOCKS - {"p"} | {"a", "object"}),
    (frozenset(("a",)), frozenset(("a",)), BLOCKS),
)
_ENDED = {name: (ended, within) for names, ended, within in _ENDS for name in names}


class MarkupTree(BeautifulSoup):
    """A page as `html.parser` finds its tags, without those that mean nothing here or are nested too deeply: of these
    the words are there. What is not closed ends where a browser ends it."""

    def reset(self) -> None:
        """Begin with nothing open."""
        super().reset()
        self._left_out: Counter[str] = Counter()

    def handle_starttag(self, name: str, *args: object, **named: object) -> Tag | None:
        """A tag begins; None when it is left out, or holds nothing and has ended."""
        if name not in _KEPT:
            return None
        if name in _ENDED:
            self._end(*_ENDED[name])
        is_empty = self.builder.can_be_empty_element(name)
        holds_tags = name not in _HOLD_NO_TAGS and not is_empty
        if holds_tags and len(self.tagStack) > DEEPEST:
            self._left_out[name] += 1
            inside = self.tagStack[-1].contents
            if name in BLOCKS and (self.current_data or not inside or getattr(inside[-1], "name", "") != "br"):
                super().handle_starttag("br", None, None, {})
                super().handle_endtag("br")
            return None
        tag = super().handle_starttag(name, *args, **named)  # type: ignore[arg-type]  # handed on
        if is_empty:
            # The parser would remember each of them, and look through them all whenever another tag ends.
            super().handle_endtag(name)
            return None
        return tag

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """A tag ends, unless its beginning was left out."""
        if self._left_out[name]:
            self._left_out[name] -= 1
        elif name in _KEPT:
            super().handle_endtag(name, nsprefix)

    def _end(self, names: frozenset[str], within: frozenset[str]) -> None:
        """End the innermost open tag of one of these names, if it stands in none of the others."""
        for tag in reversed(self.tagStack):
            if tag.name in names:
                super().handle_endtag(tag.name)
                return
            if tag.name in within:
                return
