"""A page of a pack as HTML: tables with links to the files beside it. It runs nothing, and needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from markterm.domain.words.foreign_text import one_line

_STYLE = Path(__file__).with_name("pack.css")
_CODE = re.compile(r"(?<![\w.-])[\w.]+(?:-[\w.]+)+")
_LONGEST_CODE = 24
_ALONE = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a file, by its path from the page."""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class State:
    """A state in words; `tone` is for its colour: `pass`, `refer`, `warn` or none. It is that of `of`, which stands
    before it, and `more` behind it has no colour."""

    words: str
    tone: str = ""
    of: str = ""
    more: str = ""


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
        facts = (f"<div><dt>{escape(name)}</dt><dd>{_text(text)}</dd></div>" for name, text in page.facts)
        yield f'<dl class="facts">{"".join(facts)}</dl>'
    for section in page.sections:
        yield f"<section>\n<h2>{escape(one_line(section.title))}</h2>"
        yield from (f"<p>{_item(each)}</p>" for each in section.said)
        if section.rows:
            heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in section.columns)
            yield '<div class="wide" role="group" aria-label="Table" tabindex="0">'
            yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
            for row in section.rows:
                yield f"<tr>{''.join(map(_under, section.columns, row))}</tr>"
            yield "</tbody></table></div>"
        yield "</section>"
    yield "</main>\n</body>\n</html>"


def _under(column: str, items: tuple[Item, ...]) -> str:
    """A cell that says under what it stands, for a screen on which there is no room for columns."""
    return f'<td data-under="{escape(column)}">{_cell(items)}</td>'


def _cell(items: tuple[Item, ...]) -> str:
    states = any(isinstance(each, State) and each.of for each in items)
    if len(items) < 2 and not states:
        return "".join(map(_item, items))
    listed = "".join(f"<li>{_item(each)}</li>" for each in items)
    return f'<ul class="{"states" if states else "items"}">{listed}</ul>'


def _item(item: Item) -> str:
    match item:
        case Link(words, to):
            return f'<a href="{escape(quote(to))}"><bdi>{_text(words)}</bdi></a>'
        case State(words, tone, of, more):
            told = f'<span class="state {escape(tone)}">{_text(words)}</span>{f", {_text(more)}" if more else ""}'
            return f"<b>{_text(of)}</b> <span>{told}</span>" if of else told
        case Fixed(text):
            return f"<code>{escape(one_line(text))}</code>"
        case _:
            return f"<bdi>{_text(item)}</bdi>"


def _text(text: str) -> str:
    """The text, whose days and codes are not broken over two lines."""
    return _CODE.sub(_whole, escape(one_line(text)))


def _whole(code: re.Match[str]) -> str:
    text = code.group()
    if len(text) > _LONGEST_CODE or not any(sign.isdigit() for sign in text):
        return text
    return f'<span class="whole">{text}</span>'
