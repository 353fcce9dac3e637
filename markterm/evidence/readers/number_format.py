"""Number formats of spreadsheets (ECMA-376 part 1, 18.8.31): a number in the form in which the learner saw it.

One thing is not as it was seen: a whole date in figures or with a short month, which is shown as ISO 8601 has it.
Whether `03/06/2024` is in March or in June hangs on the machine that shows it, and there it would be a guess.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import takewhile

from markterm.evidence.readers.serial_date import Moment, moment

GENERAL = "General"
_DIGITS = "0#?"
_LONGEST = 255
"""Signs of a code, which is as many as Excel takes."""
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.?)
    | _(?P<space>.?)
    | \*(?P<fill>.?)
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[(?P<condition>[<>=]+)\s*(?P<bound>-?[0-9.]+(?:E[+-]?\d+)?)\]
    | \[[^\]]*\]                                   # a colour, digits of another script
    | (?P<general>General)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<power>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|e+|b+|g+|a{3,4})
    | (?P<part>\.0+(?![0#?]))                      # of a second, where seconds stand before it
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITIONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads better
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """literal, general, elapsed, half, power, date, part (of a second), or sign: what stands for a part of a number."""
    text: str


@dataclass(frozen=True)
class _Section:
    """One of the formats in a code. What is worked out of it is kept, for sheets have many cells of one format."""

    tokens: tuple[_Token, ...]
    condition: str = ""
    bound: float = 0.0

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(token.kind for token in self.tokens)

    @cached_property
    def is_date(self) -> bool:
        return not self.kinds.isdisjoint(("date", "elapsed", "half"))

    @cached_property
    def has_day(self) -> bool:
        """Whether it shows more of a date than the time of day."""
        dated = (place for place, token in enumerate(self.tokens) if token.kind == "date" and token.text[0] not in "hs")
        return any(place not in self.minutes for place in dated)

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """The sign at each place; empty where none stands."""
        return tuple(token.text if token.kind == "sign" else "" for token in self.tokens)

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """The places of digits before the point."""
        end = self.signs.index(".") if "." in self.signs else len(self.signs)
        return tuple(place for place, sign in enumerate(self.signs[:end]) if sign and sign in _DIGITS)

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """The places of digits after it."""
        start = self.signs.index(".") if "." in self.signs else len(self.signs)
        return tuple(place for place, sign in enumerate(self.signs) if place > start and sign and sign in _DIGITS)

    @cached_property
    def factor(self) -> Decimal:
        """What a number is multiplied by: 100 for each sign of a percentage, a thousandth for each comma at the end."""
        ends = {place + 1 for place in (self.whole[-1:] + self.parts[-1:])}
        thousands = sum(1 for end in ends for _ in takewhile(lambda sign: sign == ",", self.signs[end:]))
        return Decimal(100) ** self.signs.count("%") / Decimal(1000) ** thousands

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The places of `m` that are minutes: those after hours or before seconds."""
        timed = [(place, token.text[0]) for place, token in enumerate(self.tokens) if token.kind in ("date", "elapsed")]
        return frozenset(
            place
            for number, (place, letter) in enumerate(timed)
            if letter == "m"
            and len(self.tokens[place].text) < 3
            and ((number and timed[number - 1][1] == "h") or (number + 1 < len(timed) and timed[number + 1][1] == "s"))
        )

    @cached_property
    def second_digits(self) -> int:
        """The digits of parts of a second."""
        return max((len(token.text) - 1 for token in self.tokens if token.kind == "part"), default=0)

    @cached_property
    def iso(self) -> str:
        """The letters of a whole date that is shown as ISO has it; empty for any other."""
        dated = {
            token.text for place, token in enumerate(self.tokens) if token.kind == "date" and place not in self.minutes
        }
        letters = "".join(sorted({text[0] for text in dated}))
        is_whole = {"y", "m", "d"} <= set(letters)
        return letters if is_whole and not dated & {"mmmm", "mmmmm", "ddd", "dddd"} else ""


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """`value` in the format `code`; empty when the format shows nothing. A code that nobody could read is General."""
    if code == GENERAL:
        return general(value)
    try:
        sections = _sections(code)
        section, minus = _chosen(value, sections)
        if section.is_date:
            # A time below nought, as hours owed, is one that Excel has no room for and other programs show.
            is_owed = value < 0 and not section.has_day
            return f"{minus}{_date(-value if is_owed else value, section, from_1904)}"
        if "general" in section.kinds:
            figure = general(abs(value))
            return minus + "".join(figure if token.kind == "general" else token.text for token in section.tokens)
        return _number(abs(value), section, minus)
    except (ValueError, ArithmeticError, OverflowError, IndexError):
        return general(value)


def shown_text(text: str, code: str) -> str:
    """A text in the format `code`: the last of four sections, or one with `@`, may put words around it."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if "@" not in section.signs:
        return "" if len(sections) > 3 and not section.tokens else text
    return "".join(
        text if sign == "@" else token.text for token, sign in zip(section.tokens, section.signs, strict=True)
    )


def general(value: float) -> str:
    """A number without a format, with the 15 digits that Excel keeps."""
    text = f"{value:.15g}"
    return text.replace("e", "E") if text != "-0" else "0"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections = []
    tokens: list[_Token] = []
    condition, bound = "", 0.0
    for found in _TOKEN.finditer(code[:_LONGEST]):
        kind, text = found.lastgroup or "", found[0]
        if kind == "other" and text == ";":
            sections.append(_Section(tuple(tokens), condition, bound))
            tokens, condition, bound = [], "", 0.0
        elif kind in ("quoted", "escaped", "currency"):
            tokens.append(_Token("literal", found[kind]))
        elif kind == "space":
            tokens.append(_Token("literal", " "))
        elif kind == "bound":
            condition, bound = found["condition"], float(found["bound"])
        elif kind == "general":
            tokens.append(_Token(kind, text))
        elif kind in ("elapsed", "date"):
            tokens.append(_Token(kind, found[kind].lower()))
        elif kind in ("half", "power"):
            tokens.append(_Token(kind, text))
        elif kind == "part" and any(token.text.startswith("s") for token in tokens[-1:]):
            tokens.append(_Token("part", text))
        elif kind in ("part", "other"):
            tokens.extend(_Token("sign" if sign in "0#?.,%/@" else "literal", sign) for sign in text)
    return (*sections, _Section(tuple(tokens), condition, bound))


def _chosen(value: float, sections: Sequence[_Section]) -> tuple[_Section, str]:
    """The section that a number is shown by, and the minus sign that it does not bring itself."""
    minus = "-" if value < 0 else ""
    if len(sections) == 1 and not sections[0].condition and "@" not in sections[0].signs:
        return sections[0], minus
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for number, section in enumerate(numeric):
            if section.condition:
                holds = _CONDITIONS.get(section.condition)
                if holds is not None and holds(value, section.bound):
                    return section, minus
            elif number == len(numeric) - 1 or (number and value < 0):
                return section, minus
        return numeric[-1], minus
    if value < 0 and len(numeric) > 1:
        return numeric[1], ""
    if value == 0 and len(numeric) > 2:
        return numeric[2], ""
    if len(numeric) == 1 and "@" in numeric[0].signs:
        return _Section((_Token("general", GENERAL),)), minus
    return numeric[0], minus


def _number(value: float, section: _Section, minus: str) -> str:
    signs, whole, parts = section.signs, section.whole, section.parts
    if not whole and not parts:
        words = "".join(general(value) if token.text == "@" else token.text for token in section.tokens)
        return (minus if words else "") + words
    if "power" in section.kinds:
        return minus + _scientific(value, section)
    if "/" in signs:
        return minus + _fraction(value, section)
    exact = Decimal(general(value)) * section.factor
    grouped = "," in signs[whole[0] : whole[-1]] if whole else False
    text = f"{exact.quantize(Decimal(1).scaleb(-len(parts)), ROUND_HALF_UP):f}"
    before, _, after = text.partition(".")
    filled = _filled(before.lstrip("0"), [signs[place] for place in whole], grouped)
    after_filled = _after(after, [signs[place] for place in parts])
    written = []
    for place, token in enumerate(section.tokens):
        if place in whole:
            written.append(filled[whole.index(place)])
        elif place in parts:
            written.append(after_filled[parts.index(place)])
        elif signs[place] == ".":
            written.append(("" if whole else before.lstrip("0")) + ".")
        elif signs[place] == "%" or not signs[place]:
            written.append(token.text)
    shown_as = "".join(written)
    return (minus if set(text) - set("0.") else "") + shown_as


def _filled(digits: str, signs: Sequence[str], grouped: bool) -> list[str]:
    """What stands for each place before the point: the digits from the right, all that are left in the first."""
    least = next((len(signs) - number for number, sign in enumerate(signs) if sign == "0"), 0)
    digits = digits.rjust(least, "0")
    filled = []
    for number, sign in enumerate(reversed(signs), 1):
        if number == len(signs):
            taken = digits[: max(len(digits) - number + 1, 0)]
        else:
            taken = digits[-number] if number <= len(digits) else ""
        if grouped:
            end = len(digits) - (number - 1)
            begin = end - len(taken)
            taken = "".join(
                digit + ("," if place + 1 < len(digits) and (len(digits) - place - 1) % 3 == 0 else "")
                for place, digit in enumerate(digits[begin:end], begin)
            )
        filled.append(taken or (" " if sign == "?" else ""))
    return filled[::-1]


def _after(digits: str, signs: Sequence[str]) -> list[str]:
    """What stands for each place after the point; nought is left out at its end where the format says so."""
    kept = len(signs)
    while kept and signs[kept - 1] != "0" and digits[kept - 1] == "0":
        kept -= 1
    return [digits[number] if number < kept else (" " if sign == "?" else "") for number, sign in enumerate(signs)]


def _scientific(value: float, section: _Section) -> str:
    place = next(number for number, token in enumerate(section.tokens) if token.kind == "power")
    mantissa, power = section.tokens[:place], section.tokens[place + 1 :]
    signs = [token.text for token in mantissa if token.kind == "sign"]
    before = "".join(signs).partition(".")[0]
    width = max(sum(sign in _DIGITS for sign in before), 1)
    decimals = sum(sign in _DIGITS for sign in "".join(signs).partition(".")[2])
    exact = Decimal(general(value))
    exponent = exact.adjusted() if exact else 0
    exponent -= exponent % width if width > 1 else 0
    scaled = exact.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if scaled >= 10**width:
        exponent += width
        scaled = exact.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    least = sum(token.kind == "sign" and token.text in _DIGITS for token in power)
    sign = "-" if exponent < 0 else "+" if section.tokens[place].text.endswith("+") else ""
    tail = "".join(token.text for token in power if token.kind == "literal")
    return f"{_number(float(scaled), _Section(tuple(mantissa)), '')}E{sign}{abs(exponent):0{least}}{tail}"


def _fraction(value: float, section: _Section) -> str:
    """A number as a fraction: `0.75` as `3/4`, with the denominators that the format allows."""
    signs = "".join(token.text for token in section.tokens if token.kind != "date")
    found = re.search(r"(?P<above>[0#?]+)\s*/\s*(?P<below>[0#?]+|\d+)", signs)
    if found is None:
        return general(value)
    whole_shown = any(sign in _DIGITS for sign in signs[: found.start()])
    exact = Fraction(Decimal(general(value)))
    whole = int(exact) if whole_shown else 0
    below = found["below"]
    if below.strip(_DIGITS):
        size = int(re.sub(r"\D", "0", below))
        above, under = int((exact - whole) * size + Fraction(1, 2)), size
    else:
        near = (exact - whole).limit_denominator(10 ** len(below) - 1)
        above, under = near.numerator, near.denominator
    if whole_shown and above == under:
        whole, above = whole + 1, 0
    before, after = signs[: found.start()].strip("0#? "), signs[found.end() :]
    words = f"{whole}" if whole_shown and (whole or not above) else ""
    parts = f"{above}/{under}" if above or not whole_shown else ""
    return f"{before}{' '.join(filter(None, (words, parts)))}{after}"


def _date(value: float, section: _Section, from_1904: bool) -> str:
    tokens, minutes, digits = section.tokens, section.minutes, section.second_digits
    at = moment(value, from_1904, digits)
    if section.iso:
        seconds = f":{at.second:02}" if "s" in section.iso and at.second else ""
        clock = f" {at.hour:02}:{at.minute:02}{seconds}" if "h" in section.iso else ""
        return at.iso_date + (clock if clock != " 00:00" else "")
    half = "half" in section.kinds
    written = []
    for number, token in enumerate(tokens):
        if token.kind == "elapsed":
            total = {"h": at.total // 3600, "m": at.total // 60, "s": at.total}[token.text[0]]
            written.append(f"{total:0{len(token.text)}}")
        elif token.kind == "half":
            written.append(("AM" if at.hour < 12 else "PM")[: 1 if len(token.text) == 3 else 2])
        elif token.kind == "part":
            written.append(f".{at.part:0{digits}}"[: len(token.text)])
        elif token.kind == "date":
            written.append(_field(at, token.text, is_minute=number in minutes, half=half))
        else:
            written.append(token.text)
    return "".join(written)


def _field(at: Moment, text: str, *, is_minute: bool, half: bool) -> str:
    """What a token such as `dd`, `mmm` or `yy` shows."""
    width = len(text)
    letter = text[0]
    if letter == "h":
        return f"{(at.hour % 12 or 12) if half else at.hour:0{min(width, 2)}}"
    if letter == "s":
        return f"{at.second:0{min(width, 2)}}"
    if is_minute:
        return f"{at.minute:0{min(width, 2)}}"
    if letter == "m":
        name = _MONTHS[at.month - 1]
        return f"{at.month:0{width}}" if width < 3 else name[:3] if width == 3 else name[:1] if width == 5 else name
    if letter in "da":
        name = _DAYS[at.weekday]
        return f"{at.day:0{width}}" if width < 3 and letter == "d" else name[:3] if width == 3 else name
    if letter == "g":  # the name of an era
        return ""
    year = at.year + 543 if letter == "b" else at.year
    return f"{year % 100:02}" if letter in "yb" and width < 3 else f"{year:04}"
