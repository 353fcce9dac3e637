"""A CASE package as a file: JSON, packed or not, told by what is in it and never by its name.

It is read in this process, for nothing but the standard library reads it; nothing that it names is fetched.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from pathlib import Path

from markterm.domain.standards.case_package.lenient import as_allowed, how_many, is_package
from markterm.domain.standards.case_package.told import About, Telling, Told
from markterm.domain.standards.case_package.understood import Understood, understood
from markterm.domain.standards.case_package.vocabulary import Fields
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.codes import found

LIMIT_BYTES = 128_000_000
"""A framework of 100,000 items has some 100 MB."""
MOST_PARTS = {"CFItems": 50_000, "CFAssociations": 150_000}
"""Reading so many takes seconds. A framework of 20,000 items is a large one."""
_PACKED = b"\x1f\x8b"
_BEGINNINGS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SEEN = 64

_CODE = {About.CIRCLE: "MS130", About.WRONG: "MS095", About.TWICE: "MS096", About.CHOICE: "MS099"}


@dataclass(frozen=True)
class CaseFile:
    """A package as CASE allows it, what it says, and what is to be looked at."""

    package: Fields
    understood: Understood
    told: tuple[Told, ...]

    def findings(self, file: Path) -> tuple[Finding, ...]:
        """What is to be looked at, as findings of that file."""
        return tuple(_finding(each, file) for each in self.told)


def is_case_file(path: Path) -> bool:
    """Whether it begins as JSON does, packed or not. Raises `OSError`."""
    with path.open("rb") as file:
        start = file.read(_SEEN)
    if start.startswith(_PACKED):
        try:
            with gzip.open(path) as unpacked:
                start = unpacked.read(_SEEN)
        except (OSError, EOFError, zlib.error):
            return False
    for beginning in _BEGINNINGS:
        start = start.removeprefix(beginning)
    return start.replace(b"\0", b"").lstrip().startswith(b"{")


def read_case_file(path: Path, now: str, code: str = "", version: str = "") -> CaseFile:
    """What the package in that file says. Raises `Unreadable` for what is no JSON, is no CASE package, or is too big.
    `now` stands for times of change that it does not name; `code` is that of its standard, if not its own, and
    `version` for one that names none."""
    value = _json(_bytes(path), path)
    if not is_package(value):
        raise Unreadable(
            "This is no CASE package",
            f"{one_line(path.name)} is JSON without CFDocument and CFItems.",
            "Have the framework exported as a CASE package (CFPackage), and name that file.",
            file=path,
        )
    for key, most in MOST_PARTS.items():
        if (many := how_many(value, key)) > most:
            raise Unreadable(
                "The package is too big",
                f"{one_line(path.name)} has {many:,} {key}, and at most {most:,} are read.",
                "Have it exported in parts, such as one for each area.",
                file=path,
            )
    return case_file(value, now, code, version)


def case_file(value: object, now: str, code: str = "", version: str = "") -> CaseFile:
    """What a package says, given as the values of its JSON. Never raises."""
    telling = Telling()
    package = as_allowed(value, now, telling)
    if version:
        package["CFDocument"].setdefault("version", version)
    understands = understood(package, telling, code)
    return CaseFile(package, understands, tuple(telling.told()))


def text_of_package(package: Fields) -> str:
    """A package as the text of a file, always the same for the same package: each item and association is a line, by
    which two of them can be compared."""
    parts = (f"{json.dumps(key)}: {_text_of(value)}" for key, value in package.items())
    return f"{{{_BETWEEN.join(parts)}}}\n"


_BETWEEN = ",\n"


def _text_of(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value)
    return f"[\n{_BETWEEN.join(map(json.dumps, value))}\n]"


def _finding(told: Told, file: Path) -> Finding:
    return found(_CODE[told.about], told.message, file, None)


def in_lines(told: Iterable[Told]) -> tuple[str, ...]:
    """Each with its code before it, as it is told of a package where no sheet is."""
    return tuple(f"{_CODE[each.about]} {each.message}" for each in told)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT_BYTES + 1)
        if data.startswith(_PACKED):
            with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
                data = packed.read(LIMIT_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise Unreadable("The file cannot be read", f"{path}: {why}.", "Name another one.", file=path) from error
    if len(data) > LIMIT_BYTES:
        raise Unreadable(
            "The package is too big",
            f"{one_line(path.name)} has more than {LIMIT_BYTES:,} bytes.",
            "Have it exported in parts.",
            file=path,
        )
    return data


def _finite(text: str) -> float | str:
    """The number; one that is too large to be written again, as the text that it is."""
    value = float(text)
    return value if isfinite(value) else text


def _json(data: bytes, path: Path) -> object:
    try:
        value: object = json.loads(data, parse_constant=lambda _: None, parse_float=_finite)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}: {error.msg.lower()}"
    except UnicodeDecodeError:
        where = "it is no text"
    except RecursionError:
        where = "it is nested too deeply"
    except ValueError:
        where = "it has a number that is none"
    else:
        return value
    raise Unreadable(
        "This is no JSON", f"{one_line(path.name)}, {where}.", "Have it exported again, and whole.", file=path
    )
