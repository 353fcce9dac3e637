"""The words of a text in a package: publishers write HTML and Markdown into it, and some of it is hostile."""

from __future__ import annotations

import html
import re

from markterm.domain.words.foreign_text import clean, one_line, pasted

_TAGS = (
    "a abbr article aside audio b base big blockquote body br button canvas center cite code col colgroup "
    "dd del details dfn div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 "
    "h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main mark math "
    "meta nav noscript object ol option p param picture pre q s samp section select small source span "
    "strike strong style sub sup svg script table tbody td template textarea tfoot th thead time title tr "
    "track tt u ul var video wbr xml"
)
# Only what is a tag is taken out: `x<y` and `<name>` are words of the statement. Neither looks past the next sign.
_TAG = re.compile(rf"</?(?:{'|'.join(_TAGS.split())})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_JOINS = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|dfn|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|var|wbr)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_OPENS_UNSEEN = re.compile(r"<(?:(script|style)(?=[\s/>])|!--)", re.IGNORECASE)
_CLOSES = {
    "script": re.compile(r"</script[^<>]*>", re.IGNORECASE),
    "style": re.compile(r"</style[^<>]*>", re.IGNORECASE),
    "": re.compile(r"-->"),
}
_BEGINS_BLOCK = re.compile(r"(?=[#>*+=~`|-]|[0-9]+[.)]|\[[^\]]*\]:)")


def plain_text(text: str) -> str:
    """The words of `text` on one line: without tags, scripts and style, and with signs for what a terminal obeys."""
    if "<" in text:
        text = _TAG.sub(" ", _JOINS.sub("", _seen(text)))
    if "&" in text:
        text = html.unescape(text)
    return one_line(pasted(text))


def as_said(text: str) -> str:
    """`text` of a package of ours on one line, letter by letter: what looks like a tag in a sheet is words there."""
    return clean(text).text.replace("\n", " ").strip()


def free_text(text: str) -> str:
    """The words of `text` as paragraphs that are nothing else in a sheet."""
    if "<" in text:
        text = re.sub(r"(?i)</(?:p|div|li|h[1-6])>|<br[^<>]*>", "\n\n", text)
    paragraphs = (plain_text(each) for each in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n\n".join(
        _BEGINS_BLOCK.sub(r"\\", each, count=1) if _BEGINS_BLOCK.match(each) else each for each in paragraphs if each
    )


def _seen(text: str) -> str:
    """`text` without scripts, styles and comments; one that has no end is left as it is."""
    parts, here, endless = [], 0, set[str]()
    for opening in _OPENS_UNSEEN.finditer(text):
        name = (opening[1] or "").lower()
        if opening.start() < here or name in endless:
            continue
        closing = _CLOSES[name].search(text, opening.end())
        if closing is None:
            endless.add(name)
            continue
        parts += [text[here : opening.start()], " "]
        here = closing.end()
    return "".join([*parts, text[here:]])
