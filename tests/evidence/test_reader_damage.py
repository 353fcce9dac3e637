"""Files that are cut short or have wrong bytes: read, or refused in one sentence, and never anything else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.util import Cm

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers import archive, csv_table, image, media
from markterm.evidence.readers.mail import eml
from markterm.evidence.readers.odf import opendocument
from markterm.evidence.readers.pdf import pdf
from markterm.evidence.readers.pptx import pptx
from markterm.evidence.readers.rtf import rtf
from markterm.evidence.readers.xlsx import xlsx
from tests.evidence import made, made_more, made_odf
from tests.examples import examples


def _slides(presentation: Any) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Tools"
    slide.shapes.add_table(1, 1, Cm(1), Cm(1), Cm(2), Cm(2)).table.cell(0, 0).text = "level"
    slide.notes_slide.notes_text_frame.text = "Say why"


def _mail() -> bytes:
    return made_more.eml("Plain", "<p>Rich</p>", [("../x.docx", bytes(range(256)))]) + made_more.eml_in_eml(2)


_SHEET = f'<table:table table:name="Log">{made_odf.row("Date", "Hours")}</table:table>'
_GOOD: dict[str, tuple[ModuleType, Callable[[], bytes]]] = {
    "a.pdf": (pdf, lambda: made_more.pdf([["# Diary", "• wall"], []], fields={"Name": "Zoe"}, comments=["Seen"])),
    "a.pptx": (pptx, lambda: made_more.pptx(_slides)),
    "a.xlsx": (xlsx, lambda: made_more.xlsx(lambda workbook: workbook.active.append(["Date", 7.5, "=A1"]))),
    "a.odt": (opendocument, lambda: made.odt("<text:p>Diary</text:p><text:list><text:list-item/></text:list>")),
    "a.fods": (opendocument, lambda: made_odf.flat("spreadsheet", _SHEET)),
    "a.odp": (opendocument, lambda: made_odf.odf("presentation", "<draw:page><draw:frame/></draw:page>")),
    "a.rtf": (rtf, lambda: made.rtf(r"{\b one}\trowd a\cell\row{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}\u8211-")),
    "a.csv": (csv_table, lambda: b'a,b\n"c ""d""",e\n'),
    "a.eml": (eml, _mail),
    "a.zip": (archive, lambda: made_more.zip_of([("plan.txt", b"plan" * 20), ("b/plan.txt", b"other")])),
    "a.png": (image, lambda: made_more.png(40, 30)),
    "a.jpg": (image, lambda: made_more.jpeg(40, 30, "2024:06:03 09:30:00")),
    "a.tiff": (image, lambda: made_more.tiff(40, 30)),
    "a.webp": (image, lambda: made_more.webp(40, 30)),
    "a.heic": (image, lambda: made_more.heic(40, 30)),
    "a.wav": (media, lambda: made_more.wav(0.1)),
    "a.mp3": (media, lambda: made_more.mp3("Discussion")),
}
_CHANGES = st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4)
_MADE = {name: make() for name, (_, make) in _GOOD.items()}


def _read(folder: Path, name: str, data: bytes) -> Converted | str:
    path = folder / name
    path.write_bytes(data)
    try:
        converted = _GOOD[name][0].read(path)
    except NotReadable as refusal:
        sentence = str(refusal)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence
    assert isinstance(converted, Converted)
    lines = converted.markdown.count("\n") + 1
    assert [place.line for place in converted.places] == sorted(place.line for place in converted.places)
    assert all(place.line < lines for place in converted.places)
    return converted


@pytest.mark.parametrize("name", _GOOD)
def test_the_whole_file_is_read(tmp_path: Path, name: str) -> None:
    assert isinstance(_read(tmp_path, name, _MADE[name]), Converted)


@pytest.mark.parametrize("name", _GOOD)
def test_a_file_cut_short_is_read_or_refused(tmp_path: Path, name: str) -> None:
    data = _MADE[name]
    for part in range(16):
        _read(tmp_path, name, data[: len(data) * part // 16])


@pytest.mark.parametrize("name", _GOOD)
@settings(max_examples=examples(25), deadline=5_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=_CHANGES)
def test_a_file_with_wrong_bytes_is_read_or_refused(
    tmp_path: Path, name: str, changes: list[tuple[float, bytes]]
) -> None:
    _read(tmp_path, name, _with(changes, _MADE[name]))


@pytest.mark.parametrize("name", ["a.pptx", "a.xlsx"])
@settings(max_examples=examples(40), deadline=5_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.floats(0, 0.999), changes=_CHANGES)
def test_a_part_with_wrong_bytes_is_read_or_refused(
    tmp_path: Path, name: str, which: float, changes: list[tuple[float, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(_MADE[name])) as packed:
        parts = [(part, packed.read(part)) for part in packed.namelist()]
    place = int(which * len(parts))
    parts[place] = (parts[place][0], _with(changes, parts[place][1]))
    _read(tmp_path, name, made_more.zip_of(parts))


def _with(changes: list[tuple[float, bytes]], data: bytes) -> bytes:
    changed = bytearray(data)
    for place, wrong in changes:
        begin = int(place * len(changed))
        changed[begin : begin + len(wrong)] = wrong
    return bytes(changed)
