"""The list of readers, and that nothing but the child process loads them."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from markterm.evidence.folder import EvidenceKind, kind_of
from markterm.evidence.readers import HOLD_NOTHING, READERS, ZIPPED


@pytest.mark.parametrize("name", sorted(set(READERS.values())))
def test_every_reader_is_listed_with_its_suffixes(name: str) -> None:
    module = importlib.import_module(f"markterm.evidence.readers.{name}")
    assert {suffix for suffix, reader in READERS.items() if reader == name} == module.SUFFIXES


def test_every_suffix_has_one_fate() -> None:
    assert set(READERS) >= ZIPPED
    assert set(READERS.values()) > HOLD_NOTHING
    assert kind_of(".DOCX") is EvidenceKind.CONVERTED
    assert kind_of(".doc") is EvidenceKind.CONVERTED
    assert kind_of(".docm") is EvidenceKind.CONVERTED


def test_what_opens_evidence_loads_no_reader() -> None:
    script = (
        "import sys, markterm.evidence.reading\n"
        "loaded = {'lxml', 'bs4', 'pypdfium2', 'pptx', 'openpyxl', 'olefile', 'defusedxml', 'tinytag'}\n"
        "assert not loaded & set(sys.modules), loaded & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)
