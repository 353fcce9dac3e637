"""Front matter: the plain `key: value` lines between two `---` at the top of a sheet.

Every value is the text that was typed. YAML's own types are not used, because they turn 1.10 into 1.1 and 0123 into
83; nor are its anchors, aliases and tags, because a sheet should read as it looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import clean, one_line
from markterm.sheets.codes import found

Value = str | tuple[str, ...]
Span = tuple[int, int]
"""First and last line, counted from 1."""
Part = tuple[str, ...]
"""What lines say: ("front", "code"), ("outcome", "1"), ("criterion", "1.1"), ("descriptor", "1.1", "pass") and more."""

# The C parser is eight times faster and not in every build of PyYAML.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_FENCE = re.compile(r"(?m)^---[ \t]*$")
_TAB_IN_INDENTATION = re.compile(r" *\t")
_KIND = re.compile(r"""(?m)^kind: *["']?([\w-]+)""")
_ESCAPE = re.compile(r"(?s)\\.")
_PLAIN_ESCAPES = '"\\xuU'
# No text begins with a sign, and none holds one that means something in YAML wherever it stands.
_WORDS = r"[^\W_][\w.+/()&'@-]*(?: [\w.+/()&'@-]+)*"
_PLAIN_LINE = re.compile(rf"(?P<key>[a-z_]+): (?:(?P<words>{_WORDS})|\[(?P<items>(?:{_WORDS}(?:, {_WORDS})*)?)\])")
_LONGEST = 60
_YES_OR_NO = {"yes": True, "no": False}
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values, the lines they stand on, and where the front matter ends. `body` is the text below it.

    Both are safe to show: a sheet comes from others, and whoever shows a title should not have to think of that.
    """

    values: Mapping[str, Value]
    lines: Mapping[str, Span]
    closing_line: int
    body: str


class _NotPlain(Exception):
    """YAML that is none, or is more than plain keys and values."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_front_matter(text: str, file: Path | None = None) -> tuple[FrontMatter | None, list[Finding]]:
    """The front matter of `text` (normalised), or None with the finding that says why there is none."""
    parts = _split(text)
    if parts is None:
        message = (
            "The front matter has no end: put a line of --- below it."
            if text.startswith("---\n")
            else "There is no front matter: put it between two lines of ---, the first of them on line 1."
        )
        return None, [found("MS010", message, file, 1)]
    inside, body, closing_line = parts
    try:
        values, lines, changes = _mapping(inside)
    except _NotPlain as error:
        return None, [found("MS003", str(error), file, error.line)]
    findings = [found("MS120", message, file, line) for line, message in changes]
    if "\\" in inside:
        # An escape in double quotes can bring in a character that the text itself does not have.
        for key, value in values.items():
            if clean(value if isinstance(value, str) else "".join(value)).replaced:
                findings.append(found("MS002", _UNSEEN, file, lines[key][0]))
    return FrontMatter(
        {key: _seen(value) for key, value in values.items()}, lines, closing_line, clean(body).text
    ), findings


def _seen(value: Value) -> Value:
    """The value with a sign for each character in it that is not seen as what it is."""
    return clean(value).text if isinstance(value, str) else tuple(clean(each).text for each in value)


def kind_of(text: str) -> str | None:
    """The kind that the front matter of `text` (normalised) gives, even if the rest of it cannot be read."""
    parts = _split(text)
    match = _KIND.search(parts[0]) if parts else None
    return match.group(1) if match else None


_UNSEEN = "A control, bidirectional or invisible character: delete it. It usually came in by copying."


def unseen_characters(text: str, file: Path | None = None) -> Iterator[Finding]:
    """A finding for each line of `text` (normalised) with a character that is not seen as what it is."""
    if clean(text).replaced:
        for line, content in enumerate(text.split("\n"), 1):
            if clean(content).replaced:
                yield found("MS002", _UNSEEN, file, line)


def tabs(text: str, file: Path | None = None) -> Iterator[Finding]:
    """A finding for each line of `text` (normalised) that has a tab in its indentation."""
    if "\t" in text:
        for line, content in enumerate(text.split("\n"), 1):
            if _TAB_IN_INDENTATION.match(content):
                yield found("MS001", "A tab in the indentation: put two spaces for each step.", file, line)


def value_text(value: str) -> str:
    """`value` as YAML: as it is if it is read back so, in double quotes otherwise."""
    return _quoted_unless(f"key: {value}", value, value)


def list_text(values: Iterable[str]) -> str:
    """`values` as a YAML list on one line."""
    return "[" + ", ".join(_quoted_unless(f"key: [{value}]", (value,), value) for value in values) + "]"


def _quoted_unless(line: str, wanted: Value, value: str) -> str:
    try:
        if "\n" not in value and _mapping(line)[0] == {"key": wanted} and not _mapping(line)[2]:
            return value
    except _NotPlain:
        pass
    quoted: str = yaml.dump(value, Dumper=_DUMPER, default_style='"', allow_unicode=True, width=1_000_000)
    return quoted.rstrip("\n")


def _split(text: str) -> tuple[str, str, int] | None:
    """What stands inside the front matter, what stands below it, and the number of its closing line."""
    opening = _FENCE.match(text)
    closing = _FENCE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    inside = text[opening.end() + 1 : closing.start()]
    return inside, text[closing.end() + 1 :], inside.count("\n") + 2


def _mapping(inside: str) -> tuple[dict[str, Value], dict[str, Span], list[tuple[int, str]]]:
    """The keys and values of `inside`, which starts on line 2, their lines, and where YAML reads less or something
    else than what stands there, with what to do. Raises _NotPlain."""
    plain = _plain_lines(inside)
    if plain is not None:
        return plain, {key: (line, line) for line, key in enumerate(plain, 2)}, []
    values: dict[str, Value] = {}
    lines: dict[str, Span] = {}
    changes: list[tuple[int, str]] = []
    # Without these signs every value on one line is read as it looks: so are nearly all learners' files.
    may_differ = "#" in inside or "\\" in inside
    key, key_line = "", 0
    items: list[str] | None = None
    depth = 0
    try:
        for event in yaml.parse(inside, Loader=_LOADER):
            if isinstance(event, yaml.ScalarEvent):
                if event.anchor is not None or event.tag is not None:
                    raise _not_plain(event, _NO_ANCHORS)
                if depth == 0:
                    raise _not_plain(event, "The front matter has no keys: write one `key: value` a line.")
                if may_differ or "\n" in event.value:
                    changes += _changes(event, inside)
                if items is not None:
                    items.append(event.value)
                elif not key_line:
                    key, key_line = event.value, _first_line(event)
                    if key in values:
                        raise _not_plain(event, f"`{one_line(key)}` is given twice: delete one of the two.")
                else:
                    values[key] = event.value
                    lines[key] = (key_line, max(key_line, _last_line(event)))
                    key_line = 0
            elif isinstance(event, yaml.CollectionStartEvent):
                if event.anchor is not None or event.tag is not None:
                    raise _not_plain(event, _NO_ANCHORS)
                depth += 1
                opens_list = isinstance(event, yaml.SequenceStartEvent)
                if depth > 2 or opens_list != (depth == 2) or (opens_list and not key_line):
                    raise _not_plain(event, "A value is a text or a list of texts: write one `key: value` a line.")
                items = [] if opens_list else None
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                if items is not None:
                    if may_differ:
                        changes += _cut(event, inside)
                    values[key] = tuple(items)
                    lines[key] = (key_line, max(key_line, _last_line(event)))
                    items, key_line = None, 0
            elif isinstance(event, yaml.AliasEvent):
                raise _not_plain(event, _NO_ANCHORS)
            elif isinstance(event, yaml.DocumentStartEvent) and values:
                raise _not_plain(event, "A second document starts here: write one `key: value` a line.")
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = one_line(str(getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"))
        message = (
            f"The front matter is not YAML ({problem}): write `key: value`, and put a value in double quotes that has "
            "a colon in it or begins with a sign."
        )
        raise _NotPlain(message, mark.line + 2 if mark else 1) from None
    return values, lines, changes


def _plain_lines(inside: str) -> dict[str, Value] | None:
    """The keys and values of `inside`, where it has nothing but keys with words, or with lists of words, on one line
    each; None where only YAML can tell. Nearly all learners' files are so, and YAML takes five times as long."""
    values: dict[str, Value] = {}
    for line in inside.removesuffix("\n").split("\n") if inside else ():
        said = _PLAIN_LINE.fullmatch(line)
        if said is None or said["key"] in values:
            return None
        words, items = said["words"], said["items"]
        values[said["key"]] = words if words is not None else tuple(items.split(", ")) if items else ()
    return values


def _changes(event: yaml.ScalarEvent, inside: str) -> Iterator[tuple[int, str]]:
    """Where the value of `event` is not what a person sees in `inside`, by line, with what to do."""
    yield from _cut(event, inside)
    if event.style == '"' and event.start_mark and event.end_mark:
        escapes = _ESCAPE.finditer(inside[event.start_mark.index : event.end_mark.index])
        escape = next((each for each in escapes if each[0][1] not in _PLAIN_ESCAPES), None)
        if escape is not None:
            message = (
                f"`{one_line(escape[0])}` in double quotes is read as another character: write `\\\\` for a backslash."
            )
            yield _first_line(event), message
    if "\n" in event.value:
        yield _first_line(event), "The value is read with a line break in it: write it on one line."


def _cut(event: yaml.Event, inside: str) -> Iterator[tuple[int, str]]:
    """What stands behind a value and YAML takes for a comment. A person may well have meant it: `Priority #1`."""
    # Of a text that stands below its key, only the line of the key can have one.
    is_block = isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">")
    mark = event.start_mark if is_block else event.end_mark
    if mark is None or mark.index == 0 or inside[mark.index - 1] == "\n":
        # A block's end is reported at the start of the line after it.
        return
    behind = inside[mark.index :].partition("\n")[0].strip().lstrip("|>+-0123456789 " if is_block else "")
    if behind.startswith("#"):
        shown = behind if len(behind) <= _LONGEST else behind[: _LONGEST - 1] + "…"
        message = (
            f"`{one_line(shown)}` is not read: put the whole value in double quotes, or a remark on a line of its own."
        )
        yield mark.line + 2, message


def _first_line(event: yaml.Event) -> int:
    return event.start_mark.line + 2 if event.start_mark else 1


def _last_line(event: yaml.Event) -> int:
    mark = event.end_mark
    # A block's end is reported at the start of the line after it.
    return mark.line + (1 if mark.column == 0 else 2) if mark else 1


_NO_ANCHORS = "Anchors, aliases and tags are not used: write the value out, or put it in quotes."


def _not_plain(event: yaml.Event, message: str) -> _NotPlain:
    return _NotPlain(message, _first_line(event))


def iso_day(text: str) -> date | None:
    """The day that is written so: year-month-day; None if it is none."""
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


class Fields:
    """Front matter read key by key; what does not fit goes into `findings`."""

    def __init__(self, front: FrontMatter, known: frozenset[str], file: Path | None) -> None:
        self._front = front
        self._file = file
        self.findings: list[Finding] = []
        for key in front.values:
            if key not in known:
                near = get_close_matches(key, sorted(known), 1)
                hint = f"did you mean `{near[0]}`?" if near else f"the keys are {', '.join(sorted(known))}."
                self._report(key, f"`{one_line(key)}` is not a key of this file: {hint}", Severity.WARNING)

    def text(self, key: str, *, needed: bool = False) -> str:
        """The value as written; an empty string if there is none."""
        value = self._front.values.get(key, "")
        if not isinstance(value, str):
            self._report(key, f"`{key}` is one value: write it without brackets.")
            return ""
        if needed and not value.strip():
            self._report(key, f"`{key}` is missing: add a line `{key}: …` to the front matter.")
        return value

    def whole_number(self, key: str) -> int | None:
        """The value as a number; None if there is none."""
        value = self.text(key)
        if re.fullmatch(r"[0-9]{1,6}", value):
            return int(value)
        if value:
            self._report(key, f"`{key}` is a whole number, and `{one_line(value)}` is none: write digits only.")
        return None

    def codes(self, key: str) -> tuple[str, ...]:
        """The values of a list; one text is a list of one, and a comma in it separates two."""
        value = self._front.values.get(key, ())
        if isinstance(value, str):
            value = tuple(part.strip() for part in value.split(","))
        return tuple(code for code in value if code)

    def day(self, key: str) -> date | None:
        """The value as a date; None if there is none."""
        value = self.text(key)
        if not value:
            return None
        if (day := iso_day(value)) is not None:
            return day
        message = f"`{key}` is a date, and `{one_line(value)}` is none: write year-month-day, as 2026-01-31."
        self._report(key, message, Severity.WARNING)
        return None

    def yes_or_no(self, key: str) -> bool | None:
        """Whether it is so; None if nothing is said."""
        value = self.text(key)
        if value and value not in _YES_OR_NO:
            self._report(key, f"`{key}` is yes or no, and not `{one_line(value)}`.", Severity.WARNING)
        return _YES_OR_NO.get(value)

    def _report(self, key: str, message: str, severity: Severity | None = None) -> None:
        line = self._front.lines.get(key, (1, 1))[0]
        self.findings.append(found("MS011", message, self._file, line, severity))
