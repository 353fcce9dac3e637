"""What leaves the demo is made into pictures of its pages, as whoever opens it sees them, and looked at: no page is
empty, and nothing runs off one. Programs that this machine does not have are passed over."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image, ImageOps

from tests.cli.conftest import Ask

pytestmark = pytest.mark.long
_LEARNERS = ("JON2041", "NOW1870", "EZE2765", "OBR0377", "LIW5084", "THA1187")
_FORMS = ("pdf", "docx", "html")
_EDGE = 12
"""Pixels of a page at 72 to the inch that no printer reaches, about 4 mm."""
_OFFICE, _BROWSER = shutil.which("soffice"), shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture
def written(alone: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what was exported of a demo: a visit pack, and each kind of page in each form."""
    assert ask("demo", "--no-open").code == 0
    monkeypatch.chdir(alone / "markterm-demo")
    asked: list[tuple[str, ...]] = [("pack", *_LEARNERS, "-o", "out/pack")]
    asked.append(("form", "EZE2765", "500", "--form", "to-try/form-500.docx", "-o", "out/form.docx"))
    for form in _FORMS:
        asked += [
            ("sheet", "OBR0377", "500", "-o", f"out/sheet.{form}"),
            ("sheet", "NOW1870", "--assignment", "8580-IA-CERT", "-o", f"out/combined.{form}"),
            ("sheet", "EZE2765", "500", "--verification", "-o", f"out/report.{form}"),
            ("feedback", "OBR0377", "500", "-o", f"out/feedback.{form}"),
            ("cohort", "-o", f"out/cohort.{form}"),
        ]
    asked += [(what, "-o", f"out/{what}.pdf") for what in ("matrix", "verification", "claims")]
    for words in asked:
        answer = ask("export", *words, "--as", "carol")
        assert answer.code == 0, (words, answer.err)
    return Path("out").resolve()


def test_no_page_of_what_leaves_the_demo_is_empty_and_nothing_runs_off_one(written: Path, tmp_path: Path) -> None:
    own = [file for file in written.rglob("*.pdf") if "evidence" not in file.parts]
    office = [file for end in ("docx", "xlsx") for file in written.rglob(f"*.{end}") if "evidence" not in file.parts]
    pages = [file for file in written.rglob("*.html") if "evidence" not in file.parts]
    assert min(map(len, (own, office, pages))) > 5
    looked_at = [*own, *_by_libreoffice(office, tmp_path), *_by_a_browser(pages, tmp_path)]
    found = [each for file in looked_at for each in _faults(file)]
    assert found == []


@pytest.mark.parametrize("asked", [("pdfua", "check"), ("qpdf", "--check")], ids=lambda asked: asked[0])
def test_each_pdf_passes_what_checks_it(written: Path, asked: tuple[str, ...]) -> None:
    program = shutil.which(asked[0])
    if program is None:
        pytest.skip(f"{asked[0]} is not installed")
    for file in written.rglob("*.pdf"):
        if "evidence" not in file.parts:
            checked = subprocess.run(
                [program, *asked[1:], str(file)], check=False, capture_output=True, text=True, timeout=60
            )
            assert checked.returncode == 0, (file.name, checked.stdout, checked.stderr)


def _faults(file: Path) -> Iterator[str]:
    with pypdfium2.PdfDocument(file) as pdf:
        for number, page in enumerate(pdf, 1):
            ink = ImageOps.invert(page.render(scale=1).to_pil().convert("L")).point(lambda grey: 255 * (grey > 24))
            box = ink.getbbox()
            if box is None:
                yield f"{file.name}, page {number}: nothing is on it"
            elif _runs_off(box, ink):
                yield f"{file.name}, page {number}: {box} runs off {ink.size}"


def _runs_off(box: tuple[int, int, int, int], page: Image.Image) -> bool:
    left, top, right, bottom = box
    return min(left, top, page.width - right, page.height - bottom) < _EDGE


def _by_libreoffice(files: list[Path], folder: Path) -> Iterator[Path]:
    if _OFFICE is None:
        return
    for number, file in enumerate(files):  # Several may be called the same.
        shutil.copy(file, folder / f"office-{number}-{file.name}")
    given = sorted(folder.glob("office-*"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [_OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, given)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for file in given:
        made = folder / f"{file.stem}.pdf"
        assert made.is_file(), f"LibreOffice does not open {file.name}"
        yield made


def _by_a_browser(files: list[Path], folder: Path) -> Iterator[Path]:
    if _BROWSER is None:
        return
    for number, file in enumerate(files):
        made = folder / f"browser-{number}-{file.stem}.pdf"
        profile = f"--user-data-dir={folder / 'browser'}"
        asked = ["--headless", "--no-sandbox", "--disable-gpu", profile, "--no-pdf-header-footer"]
        subprocess.run(
            [_BROWSER, *asked, f"--print-to-pdf={made}", file.as_uri()], check=True, capture_output=True, timeout=120
        )
        yield made
