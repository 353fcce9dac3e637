"""A page of a pack as HTML: tables with links to the files beside it. It runs nothing, and needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from markterm.domain.words.foreign_text import one_line

_STYLE = Path(__file__).with_name("pack.css")
_ALONE = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a file, by its path from the page."""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class State:
    """A state in words; `tone` is for its colour: `pass`, `refer`, `warn` or none."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is to be compared sign by sign: a hash, or a command to type."""

    text: str


Item = str | Link | State | Fixed


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: sentences, then a table where there is one. A cell holds its items one below the other."""

    title: str
    said: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Item, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: facts under their names, what has to be known first, and its sections. `above` leads back."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    above: Link | None = None


def render(page: Page) -> str:
    """The page as HTML. All text in it is escaped: it makes no markup, and leads nowhere."""
    return "\n".join(_page(page)) + "\n"


def _page(page: Page) -> Iterator[str]:
    title = escape(one_line(page.title))
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_ALONE}">'
    yield '<meta name="viewport" content="width=device-width">\n<meta name="generator" content="MarkTerm">'
    yield f"<title>{title}</title>\n<style>\n{_STYLE.read_text('utf-8').rstrip()}\n</style>\n</head>\n<body>\n<main>"
    if page.above is not None:
        yield f'<p class="above">{_item(page.above)}</p>'
    yield f"<h1>{title}</h1>"
    yield from (f'<p class="caveat">{escape(one_line(each))}</p>' for each in page.caveats)
    if page.facts:
        facts = (f"<div><dt>{escape(name)}</dt><dd>{escape(one_line(text))}</dd></div>" for name, text in page.facts)
        yield f'<dl class="facts">{"".join(facts)}</dl>'
    for section in page.sections:
        yield f"<section>\n<h2>{escape(one_line(section.title))}</h2>"
        yield from (f"<p>{_item(each)}</p>" for each in section.said)
        if section.rows:
            heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in section.columns)
            yield f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>'
            for row in section.rows:
                cells = ("<br>".join(map(_item, cell)) for cell in row)
                yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
            yield "</tbody></table></div>"
        yield "</section>"
    yield "</main>\n</body>\n</html>"


def _item(item: Item) -> str:
    match item:
        case Link(words, to):
            return f'<a href="{escape(quote(to))}"><bdi>{escape(one_line(words))}</bdi></a>'
        case State(words, tone):
            return f'<span class="state {escape(tone)}">{escape(one_line(words))}</span>'
        case Fixed(text):
            return f"<code>{escape(one_line(text))}</code>"
        case _:
            return f"<bdi>{escape(one_line(item))}</bdi>"
