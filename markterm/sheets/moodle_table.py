"""`[moodle]` of `centre.toml`: a site's words for the outcomes, and the headings of its grading worksheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from markterm.domain.assessed.moodle import MoodleSite
from markterm.sheets.centre_table import Table, quoted

_NAME = "moodle"
_WORDS = {"pass": "passed", "refer": "referred"}
_GRADES = ("merit", "distinction")
_USUAL = MoodleSite()
_HEADINGS = tuple(each.name for each in fields(MoodleSite) if each.name not in (*_WORDS.values(), *_GRADES))


def read_moodle(values: dict[str, object], path: Path, text: str) -> MoodleSite:
    """What that table of the file `path`, whose text is `text`, says. Raises `Unreadable`, with the line."""
    top = Table(values, (*_WORDS, *_GRADES, "columns"), _NAME, 0, path, text)
    words = {name: top.needed_text(key) for key, name in _WORDS.items()}
    words |= {key: top.needed_text(key) for key in _GRADES if key in values}
    if words["referred"] in [word for name, word in words.items() if name != "referred"]:
        raise top.refusal("refer", "pass and refer are the same word", "Give each outcome the word that the site has.")
    headings = {}
    if "columns" in values:
        columns = Table(top.table("columns"), _HEADINGS, f"{_NAME}.columns", 0, path, text)
        headings = {key: columns.needed_text(key) for key in columns.values}
    return MoodleSite(**words, **headings)


def moodle_lines(site: MoodleSite) -> Iterator[str]:
    """The table as it is written, and without words how it would be."""
    if site == _USUAL:
        yield "# The words that your Moodle's scale has for the outcomes; without them nothing is written for Moodle."
        yield f"# [{_NAME}]"
        yield '# pass = "Pass"'
        yield '# refer = "Refer"'
        return
    yield "[moodle]"
    yield f"pass = {quoted(site.passed)}"
    yield f"refer = {quoted(site.referred)}"
    yield from (f"{each} = {quoted(getattr(site, each))}" for each in _GRADES if getattr(site, each))
    own = [each for each in _HEADINGS if getattr(site, each) != getattr(_USUAL, each)]
    if own:
        yield ""
        yield "[moodle.columns]"
        yield from (f"{each} = {quoted(getattr(site, each))}" for each in own)
