"""Words from the cache are those that were kept there, or they are made anew: they are cited as the learner's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion import conversion
from markterm.evidence.conversion.conversion import attached_files, convert
from markterm.evidence.conversion.conversion_cache import ConversionCache
from markterm.evidence.converted import Converted
from markterm.evidence.text.reading import kept_evidence, open_evidence
from tests.evidence.made import evidence, rtf
from tests.evidence.made_more import eml, zip_of

DIGEST = "ab" * 32


def entry(cache: Path, start: str = "") -> Path:
    (path,) = (each for each in cache.iterdir() if each.name.startswith(start))
    return path


def test_words_that_were_changed_in_the_cache_are_not_shown(folder: Path, cache: Path) -> None:
    file = evidence(folder / "a.rtf", rtf("I did not lead it."))
    open_evidence(file, cache)
    kept = entry(cache)
    kept.write_bytes(kept.read_bytes().replace(b"did not lead", b"always  led "))
    assert "did not lead" in open_evidence(file, cache).source
    assert b"did not lead" in kept.read_bytes()


@pytest.mark.parametrize("again", [b"0\n", b"0 0\n", b"\n", b" \n", b"00 0\n"])
def test_an_entry_without_its_hash_is_made_anew(folder: Path, cache: Path, again: bytes) -> None:
    file = evidence(folder / "a.rtf", rtf("the text"))
    open_evidence(file, cache)
    kept = entry(cache)
    kept.write_bytes(again + kept.read_bytes().partition(b"\n")[2].replace(b"the text", b"a forged"))
    assert "the text" in open_evidence(file, cache).source


def test_an_entry_of_one_file_is_no_entry_of_another(folder: Path, cache: Path) -> None:
    first, second = evidence(folder / "a.rtf", rtf("first")), evidence(folder / "b.rtf", rtf("second"))
    open_evidence(first, cache)
    kept = entry(cache)
    data = kept.read_bytes()
    kept.unlink()
    open_evidence(second, cache)
    entry(cache).write_bytes(data)
    assert "second" in open_evidence(second, cache).source


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2000), st.integers(1, 255))
def test_no_byte_of_an_entry_can_be_changed_unseen(tmp_path: Path, place: int, change: int) -> None:
    conversions = ConversionCache(tmp_path)
    whole = conversions.keep(DIGEST, "rtf", Converted("I made tea.", notes=("Page 1 is a scan.",)))
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= change
    path.write_bytes(data)
    assert conversions.find(DIGEST, "rtf") is None
    assert conversions.keep(DIGEST, "rtf", whole.converted) == whole
    assert conversions.find(DIGEST, "rtf") == whole


def test_a_refusal_that_was_forged_stops_nothing(folder: Path, cache: Path) -> None:
    file = evidence(folder / "a.rtf", rtf("the text"))
    open_evidence(file, cache)
    entry(cache).write_bytes(b'0\n{"refused": "It is empty.", "installed": true}\n')
    assert "the text" in open_evidence(file, cache).source


@pytest.mark.parametrize(
    "made",
    [zip_of([("notes.md", b"# I made tea")]), eml("Hello", "", [("notes.md", b"# I made tea")])],
    ids=["in an archive", "to an e-mail"],  # An e-mail's own bytes differ each time it is made.
)
def test_an_attached_file_that_was_changed_is_unpacked_anew(folder: Path, cache: Path, made: bytes) -> None:
    file = evidence(folder / ("a.zip" if made.startswith(b"PK") else "a.eml"), made)
    (attached,) = attached_files(file, cache)
    assert attached_files(file, cache) == (attached,)
    attached.path.write_bytes(b"# I made rum")
    (attached,) = attached_files(file, cache)
    assert open_evidence(attached, cache).source.strip() == "# I made tea"
    assert convert(file, cache).attachments[0].content.strip() == b"# I made tea"


def test_an_attached_file_that_is_changed_after_it_was_listed_is_not_read(folder: Path, cache: Path) -> None:
    (attached,) = attached_files(evidence(folder / "a.zip", zip_of([("notes.md", b"# I made tea")])), cache)
    facts = attached.path.stat()
    attached.path.write_bytes(b"# I made rum")
    os.utime(attached.path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    with pytest.raises(Unreadable, match="not what it was"):
        open_evidence(attached, cache)
    assert not attached.path.exists()


def test_what_a_first_version_kept_of_a_file_that_is_gone_is_still_there(tmp_path: Path) -> None:
    ConversionCache(tmp_path).keep(DIGEST, "text", Converted("I made tea."))
    path = entry(tmp_path)
    path.write_bytes(b"0\n" + path.read_bytes().partition(b"\n")[2])
    kept = kept_evidence("diary.md", DIGEST, tmp_path)
    assert kept is not None
    assert kept.source == "I made tea."
    assert ConversionCache(tmp_path).find(DIGEST, "text") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes of this kind")
def test_a_pipe_in_the_cache_is_not_waited_for(folder: Path, cache: Path) -> None:
    file = evidence(folder / "a.rtf", rtf("the text"))
    open_evidence(file, cache)
    kept = entry(cache)
    kept.unlink()
    os.mkfifo(kept)
    assert "the text" in open_evidence(file, cache).source


def test_what_is_sound_is_not_made_again(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = evidence(folder / "a.rtf", rtf("the text"))
    open_evidence(file, cache)
    monkeypatch.setattr(conversion, "COMMAND", ("no such program",))
    assert "the text" in open_evidence(file, cache).source
