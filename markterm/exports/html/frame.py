"""The frame of every page: what a browser is told of it, its looks, and what stands above and below on paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from markterm.domain.words.foreign_text import one_line

_STYLE = Path(__file__).with_name("page.css")
_ALONE = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser is told: to run nothing and to fetch nothing."""


def page(
    title: str,
    body: Iterator[str],
    *,
    about: str = "",
    language: str = "en-GB",
    caveats: tuple[str, ...] = (),
    anchor: str = "",
    style: str = "",
    landscape: bool = False,
) -> Iterator[str]:
    """The lines of a page around those of its `body`, which are markup already; of all else the text is escaped.

    `about` is whom it is about, `caveats` stand on every page that is printed, `anchor` is among its properties, and
    `style` what its looks have beside those of every page.
    """
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_ALONE}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield '<meta name="generator" content="MarkTerm">'
    if anchor:
        yield f'<meta name="keywords" content="{escape(anchor)}">'
    yield f"<title>{escape(one_line(title))}</title>"
    yield "<style>"
    yield _STYLE.read_text("utf-8").rstrip()
    if style:
        yield style.rstrip()
    yield _on_paper(title, about, landscape=landscape)
    yield "</style>"
    yield "</head>"
    yield "<body>"
    if caveats:
        # The head of a table is the one thing that every browser prints on every page.
        yield '<table class="every-page" role="presentation"><thead><tr><td>'
        yield from (f'<p class="caveat">{escape(one_line(caveat))}</p>' for caveat in caveats)
        yield "</td></tr></thead><tbody><tr><td>"
    yield "<main>"
    yield f"<h1>{escape(one_line(title))}</h1>"
    yield from body
    yield "</main>"
    if caveats:
        yield "</td></tr></tbody></table>"
    yield "</body>"
    yield "</html>"


def _on_paper(title: str, about: str, *, landscape: bool) -> str:
    """What stands above and below on every page that is printed."""
    return (
        f"@page {{ {'size: A4 landscape; ' if landscape else ''}margin: 20mm 16mm;"
        f" @top-left {{ content: {_css(title)}; font-size: 8pt; width: 65% }}"
        f" @top-right {{ content: {_css(about)}; font-size: 8pt }}"
        ' @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 8pt } }'
    )


def _css(text: str) -> str:
    """A text as a string of CSS, of which nothing but letters and digits stands there as it is."""
    signs = (sign if sign.isascii() and sign.isalnum() else "\\" + f"{ord(sign):06x}" for sign in one_line(text))
    return f'"{"".join(signs)}"'
