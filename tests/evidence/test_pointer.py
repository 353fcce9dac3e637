"""Files that only lead to a document: shown as what they are, and counted as no evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.text.pointer import NO_DOCUMENT, POINTERS
from markterm.evidence.text.reading import open_evidence
from tests.evidence.made import evidence

_PLIST = (
    b'<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
    b'"http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist><dict><key>URL</key>'
    b"<string>https://example.org/mac</string></dict></plist>"
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.url", b"[InternetShortcut]\r\nURL=https://example.org/?a=b\r\n", "a link to a page, to https://example.org/?a=b."),
        ("a.webloc", _PLIST, "a link to a page, to https://example.org/mac."),
        ("a.gdoc", b'{"url": "https:\\/\\/docs.google.com\\/open?id=1x"}', "Docs, to https://docs.google.com/open?id=1x."),
        ("a.gsheet", b'{"doc_id": "1AbC-d"}', "Google Sheets, to https://docs.google.com/open?id=1AbC-d."),
        ("a.desktop", b"[Desktop Entry]\nType=Link\nURL=file:///zoe/plan.odt\n", "a shortcut, to file:///zoe/plan.odt."),
        ("a.lnk", b"L\0\0\0\1\0\0C:\\zoe\\plan.docx\0", "a shortcut of Windows, to C:\\zoe\\plan.docx."),
        ("a.lnk", b"L\0\0\0" + "C:\\Zoë\\plan.docx\0".encode("utf-16-le"), "of Windows, to C:\\Zoë\\plan.docx."),
        ("a.gslides", b"\0\1", "This is a link to slides of Google Slides."),
    ],
)  # fmt: skip
def test_it_says_what_it_is_and_where_it_leads(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    document = open_evidence(evidence(tmp_path / name, data), tmp_path / "cache")
    assert said in document.source
    assert document.notes == (NO_DOCUMENT,)


@pytest.mark.parametrize("suffix", sorted(POINTERS))
def test_what_it_says_is_made_safe_to_show(tmp_path: Path, suffix: str) -> None:
    document = open_evidence(evidence(tmp_path / f"a{suffix}", b"URL=\x1b[31mhttps://x\n"), tmp_path / "cache")
    assert "\x1b" not in document.source
