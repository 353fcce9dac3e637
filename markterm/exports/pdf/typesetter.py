"""The typesetter: templates, fonts and typst. It runs in a process of its own (`child.py`)."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from markterm.domain.words.errors import Unreadable
from markterm.exports.pdf.data import MAY_BREAK, Data
from markterm.exports.pdf.printed import Printed
from markterm.exports.pdf.templates import SHIPPED, merge

_MAIN = "document.typ"
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_FIRST = ("DejaVu Sans", "DejaVu Sans Mono")
"""Of all fonts of the machine those that are looked in first for what a text's own font has not."""
_NO_FONT = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)
_PLACE = re.compile(r"┌─ (.+):(\d+):\d+")
_MOST_ROUNDS = 50
"""A round finds all signs without a font that stand alone, and more only where they are built of several."""


class Typesetter:
    """Sets documents by the templates and fonts in `folder`, and by the templates that are shipped where it has none of
    that name. Raises `Unreadable` for a folder that cannot be read.

    Fonts are looked for once, and a template is read once.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._merged = TemporaryDirectory(prefix="markterm-templates-") if folder is not None else None
        self._root = SHIPPED if self._merged is None else Path(self._merged.name)
        if folder is not None:
            merge(folder, self._root)
        fonts = typst.Fonts(font_paths=[str(folder)] if folder is not None else [])
        families = fonts.families()
        self._families = [*(each for each in _FIRST if each in families), *sorted(set(families) - set(_FIRST))]
        self._compiler = typst.Compiler(self._root / _MAIN, root=self._root, font_paths=fonts)
        self._missing: dict[str, str] = {}

    def set(self, data: Data, at: datetime | None = None) -> Printed:
        """The document of that data as a tagged PDF (PDF/A-2a and PDF/UA-1), made `at` that time, or now.

        Raises `Unreadable` with file and line where a template is wrong.
        """
        data["fonts"] = self._families
        text = json.dumps(data, ensure_ascii=False)
        for _ in range(_MOST_ROUNDS):
            found = [each for each in self._missing if each in text]
            inputs = {"document": self._mended(text, data, found)}
            try:
                pdf = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS, timestamp=at)
            except typst.TypstError as error:
                new = {_unescaped(each) for each in _NO_FONT.findall(error.diagnostic)} - self._missing.keys()
                if not new:
                    raise self._wrong(error) from error
                self._missing.update((each, _by_numbers(each)) for each in new)
            else:
                assert isinstance(pdf, bytes)  # A list of them is of pictures.
                return Printed(pdf, tuple(sorted(found)))
        raise Unreadable("No fonts for this text", f"{data['title']} cannot be set.", "Install fonts for its script.")

    def _mended(self, text: str, data: Data, missing: list[str]) -> str:
        """The data with the numbers of signs that no font has, and a sentence that says so."""
        if not missing:
            return text
        numbers = sorted({f"U+{ord(sign):04X}" for each in missing for sign in _unknown(each)})
        data["without-font"] = (
            f"No font of the machine that printed this has the signs {', '.join(numbers)}: "
            "they are printed by their numbers."
        )
        text = json.dumps(data, ensure_ascii=False)
        for each in sorted(missing, key=len, reverse=True):
            text = text.replace(each, self._missing[each])
        return text

    def _wrong(self, error: typst.TypstError) -> Unreadable:
        place = _PLACE.search(error.diagnostic)
        file = Path(place[1]).resolve() if place is not None else self._root / _MAIN
        inside = file.relative_to(self._root.resolve()) if file.is_relative_to(self._root.resolve()) else Path(_MAIN)
        own = self._folder / inside if self._folder is not None else SHIPPED / inside
        if not own.exists():
            own = SHIPPED / inside
        return Unreadable(
            "A template is wrong",
            " ".join([error.message.rstrip(".") + ".", *error.hints]),
            "Mend the template, or take it away: then the one that comes with MarkTerm is used.",
            file=own,
            line=int(place[2]) if place is not None else None,
        )


def _unescaped(text: str) -> str:
    """The text as the error meant it, which writes it as a string of Rust."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _unknown(cluster: str) -> str:
    """Which signs of a cluster are taken for those without a font: what is put upon a letter, and not the letter. If
    that has none either, it is found alone afterwards."""
    return cluster if len(cluster) == 1 else cluster[1:]


def _by_numbers(cluster: str) -> str:
    numbers = MAY_BREAK.join(f"U+{ord(sign):04X}" for sign in _unknown(cluster))
    return f"{numbers}{MAY_BREAK}" if len(cluster) == 1 else f"{cluster[0]}{numbers}{MAY_BREAK}"
