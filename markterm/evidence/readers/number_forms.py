"""Numbers of lists in figures, letters, words and the signs of other scripts, by the names that Word has for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markterm.evidence.readers.numerals import HIGHEST_ROMAN, letters, roman

_HEBREW = tuple(
    zip(
        (400, 300, 200, 100, 90, 80, 70, 60, 50, 40, 30, 20, 16, 15, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1),
        ("ת", "ש", "ר", "ק", "צ", "פ", "ע", "ס", "נ", "מ", "ל", "כ", "טז", "טו", *"יטחזוהדגבא"),
        strict=True,
    )
)
_LETTERS: Mapping[str, str] = {
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "aiueo": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "chicago": "*†‡§",
}
"""Letters that are counted through, and written more than once when they are used up."""
_DIGITS: Mapping[str, str] = {
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "hindiNumbers": "०१२३४५६७८९",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "chineseCounting": "〇一二三四五六七八九",
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
}
_COUNTED = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"})
"""Beyond nine their numbers are named: ten, ten and one."""
_FIRST_SIGNS: Mapping[str, tuple[int, int]] = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}
"""The code of the sign for one, and how many there are."""
_SMALL_NUMBERS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_SMALL = _SMALL_NUMBERS.split()
_WHOLE_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = dict(enumerate(_WHOLE_TENS.split(), start=2))
_PLACES = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MOST_REPEATED = 10
_NO_FIGURES = frozenset({"none", "bullet"})


def is_plain(form: str) -> bool:
    """Whether numbers of that form (Word's name of it) are written in figures alone; so are those of unknown ones."""
    return form not in _FORMS and form not in _NO_FIGURES and not form[:1].isdigit()


def written(number: int, form: str) -> str:
    """A number of a list in that form, empty for `none`. One that the form has no sign for is written in figures."""
    if form in _NO_FIGURES:
        return ""
    if form[:1].isdigit():
        return f"{number:0{_width(form)}}"
    shape = _FORMS.get(form)
    return (shape(number) if shape is not None and number > 0 else "") or str(number)


def _width(pattern: str) -> int:
    """How many figures a form has of which a file gives the first numbers: `001, 002, 003, ...`."""
    return min(len(pattern.partition(",")[0].strip()), _MOST_REPEATED)


def _roman(number: int) -> str:
    return roman(number) if number <= HIGHEST_ROMAN else ""


def _hebrew(number: int) -> str:
    if number >= 1000:
        return ""
    signs = []
    for worth, letter in _HEBREW:
        if worth in (15, 16) and number != worth:
            continue
        signs.append(letter * (number // worth))
        number %= worth
    return "".join(signs)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _named(number: int) -> str:
    """In English words, as those who write in English have it."""
    if number >= 1000:
        return ""
    hundreds, rest = divmod(number, 100)
    words = [_SMALL[hundreds], "hundred"] if hundreds else []
    if rest >= len(_SMALL):
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens] + (f"-{_SMALL[ones]}" if ones else ""))
    elif rest:
        words.append(_SMALL[rest])
    return " ".join(words)


def _cardinal(number: int) -> str:
    return _named(number).capitalize()


def _ordinal_words(number: int) -> str:
    words = _named(number)
    before, last = words[: -len(words.replace("-", " ").split()[-1])], words.replace("-", " ").split()[-1]
    place = _PLACES.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{before}{place}".capitalize()


def _counted(number: int) -> str:
    """In the signs of Chinese, up to ninety-nine."""
    digits = _DIGITS["chineseCounting"]
    tens, ones = divmod(number, 10)
    if tens >= 10:
        return ""
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def _lettered(signs: str) -> Callable[[int], str]:
    def shape(number: int) -> str:
        times, place = divmod(number - 1, len(signs))
        return signs[place] * min(times + 1, _MOST_REPEATED)

    return shape


def _in_digits(digits: str) -> Callable[[int], str]:
    return lambda number: str(number).translate({ord("0") + value: sign for value, sign in enumerate(digits)})


def _signed(first: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if number <= count else ""


_FORMS: Mapping[str, Callable[[int], str]] = {
    **{form: _lettered(signs) for form, signs in _LETTERS.items()},
    **{form: _in_digits(digits) for form, digits in _DIGITS.items()},
    **{form: _signed(first, count) for form, (first, count) in _FIRST_SIGNS.items()},
    **dict.fromkeys(_COUNTED, _counted),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "hebrew1": _hebrew,
    "decimalZero": lambda number: f"{number:02}",
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_words,
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
}
