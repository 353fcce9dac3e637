"""What is taken in names addresses, and nobody goes there: at one that listens, nobody calls."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from tests.cli.conftest import Ask
from tests.cli.test_standard_case import PACKAGE
from tests.domain.papers import unit_papers
from tests.domain.papers.test_qualification_paper import PAPER
from tests.domain.standards.made_published import TEA, plain


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def _html(address: str, text: str) -> bytes:
    """A page that names it wherever a browser goes by itself."""
    head = (
        f'<base href="{address}"><link rel="stylesheet" href="{address}/a.css"><script src="{address}/a.js"></script>'
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    body = f'<img src="{address}/a.png"><iframe src="{address}/a"></iframe>{paragraphs}'
    refresh = f'<meta http-equiv="refresh" content="0; url={address}">'
    return f"<html><head>{refresh}{head}</head><body>{body}</body></html>".encode()


def _text(address: str, text: str) -> bytes:
    return f"{address}/a.png\n{text}\n![a]({address}/a.png)\n".encode()


def _word(address: str, text: str) -> bytes:
    """A document whose styles and picture lie there."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    for kind in (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.HYPERLINK):
        document.part.relate_to(f"{address}/a.png", kind, is_external=True)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _package(address: str, _: str) -> bytes:
    """A package all of whose parts lie there."""
    text = json.dumps({**PACKAGE, "CFDocument": {**PACKAGE["CFDocument"], "CFPackageURI": {"uri": f"{address}/p"}}})
    return text.replace("https://tea.example", address).encode()


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("standard", "import", "a.html"), _html),
        (("standard", "import", "a.md"), _text),
        (("standard", "import", "a.docx"), _word),
        (("standard", "import", "a.json"), _package),
        (("qualification", "import", "a.docx"), _word),
        (("unit", "import", "a.html", "--dry-run"), _html),
    ],
)
def test_no_address_in_a_document_or_a_package_is_fetched(
    ask: Ask, centre: Path, listening: socket.socket, words: tuple[str, ...], made: Callable[[str, str], bytes]
) -> None:
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    (centre / words[2]).write_bytes(made(address, plain(*TEA) + unit_papers.PLAIN + PAPER))
    assert ask(*words).code in (0, 1)
    with pytest.raises(BlockingIOError):
        listening.accept()
