"""What the cache keeps of files that cannot be read, and that nobody converts a file twice at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread, Timer
from time import sleep, time
from typing import Any

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.hint import Hint, Way
from markterm.evidence.conversion import children, conversion
from markterm.evidence.conversion.conversion import convert, kept_conversion
from markterm.evidence.conversion.conversion_cache import REFUSED_FOR, ConversionCache
from markterm.evidence.converted import Converted
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.progress import Progress, Step
from markterm.evidence.readers import VERSION
from tests.evidence.made import OLE, docx, evidence, paragraph, rtf, zipped
from tests.pace import HANGS, steps, without_hanging

NO_CHILD = ("no such program",)
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no limits and no signals for a process")


def _refused(file: EvidenceFile, cache: Path, progress: Progress | None = None, *, again: bool = False) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        kept_conversion(file, cache, progress, again=again)
    return refusal.value


def test_a_file_that_hangs_costs_its_time_once(
    folder: Path, cache: Path, hostile: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "SECONDS", 0.5)
    hostile(f"import time; time.sleep({HANGS})")
    file = evidence(folder / "a.rtf", rtf("x"))
    first = _refused(file, cache)
    monkeypatch.setattr(conversion, "COMMAND", NO_CHILD)
    second = _refused(file, cache)
    assert "too long" in first.what
    assert (second.title, second.what) == (first.title, first.what)
    assert second.hint == Hint(Way.READ_AGAIN)
    assert second.next_step.startswith(first.next_step)


@posix
@pytest.mark.parametrize(
    "lines",
    [
        "b'x' * 2**31",
        "child.CPU_SECONDS = 1; child.limit()\n    while True: pass",
        pytest.param("return Converted('x' * 64_000_000)", marks=pytest.mark.long),
        "import os; os.kill(os.getpid(), 11)",
        "raise NotReadable('because')",
        "raise ValueError",
    ],
    ids=["memory", "work", "text", "crash", "refused", "damaged"],
)
def test_what_is_the_files_own_fault_is_kept(
    folder: Path, cache: Path, hostile: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    hostile(lines)
    file = evidence(folder / "a.rtf", rtf("x"))
    first = _refused(file, cache)
    monkeypatch.setattr(conversion, "COMMAND", NO_CHILD)
    assert _refused(file, cache).what == first.what


@pytest.mark.parametrize(
    "data",
    [OLE, docx(paragraph("x"))[:-40], zipped({"[Content_Types].xml": "", "../x": "x"})],
    ids=["ole", "cut", "outside"],
)
def test_what_the_check_before_refuses_is_kept(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    file = evidence(folder / "a.docx", data)
    first = _refused(file, cache)
    monkeypatch.setattr(conversion, "COMMAND", NO_CHILD)
    assert _refused(file, cache).what == first.what


@posix
@pytest.mark.parametrize(
    "lines",
    ["import os; os.kill(os.getpid(), 9)", "raise SystemExit(1)", "import nothing_of_that_name", "return Converted(7)"],
    ids=["killed", "ended", "not installed", "no answer"],
)
def test_what_may_pass_is_not_kept(folder: Path, cache: Path, hostile: Callable[[str], None], lines: str) -> None:
    hostile(lines)
    file = evidence(folder / "a.rtf", rtf("x"))
    assert _refused(file, cache).what
    hostile("return Converted('the text')")
    assert convert(file, cache).markdown == "the text"


def test_a_child_that_does_not_start_is_not_held_against_the_file(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = evidence(folder / "a.rtf", rtf("the text"))
    with monkeypatch.context() as without:
        without.setattr(conversion, "COMMAND", NO_CHILD)
        assert "does not start" in _refused(file, cache).what
    assert "the text" in convert(file, cache).markdown


def test_a_reading_that_was_stopped_is_not_held_against_the_file(
    folder: Path, cache: Path, hostile: Callable[[str], None]
) -> None:
    file = evidence(folder / "a.rtf", rtf("x"))
    hostile(f"import time; time.sleep({HANGS})")
    progress = Progress()
    Timer(0.2, progress.stop.set).start()
    assert _refused(file, cache, progress).title == "Stopped"
    hostile("return Converted('the text')")
    assert convert(file, cache).markdown == "the text"


def test_a_full_disk_is_not_held_against_the_file(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = evidence(folder / "a.rtf", rtf("the text"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as without:
        without.setattr(ConversionCache, "_write", full)
        assert "No space left" in _refused(file, cache).what
    assert "the text" in convert(file, cache).markdown


def test_a_refusal_that_cannot_be_kept_is_said_all_the_same(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ConversionCache, "_write", full)
    assert "password" in _refused(evidence(folder / "a.docx", OLE), cache).what


@pytest.mark.parametrize("age", [REFUSED_FOR + 60, -3600])
def test_a_refusal_is_forgotten_after_a_day_or_when_the_clock_went_back(
    folder: Path, cache: Path, hostile: Callable[[str], None], age: int
) -> None:
    hostile("raise ValueError")
    file = evidence(folder / "a.rtf", rtf("x"))
    _refused(file, cache)
    hostile("return Converted('the text')")
    _refused(file, cache)
    (kept,) = cache.iterdir()
    os.utime(kept, (time() - age, time() - age))
    assert convert(file, cache).markdown == "the text"


def test_asked_to_try_again_it_tries_again(folder: Path, cache: Path, hostile: Callable[[str], None]) -> None:
    hostile("raise ValueError")
    file = evidence(folder / "a.rtf", rtf("x"))
    _refused(file, cache)
    hostile("raise NotReadable('for another reason')")
    assert "another reason" in _refused(file, cache, again=True).what
    hostile("return Converted('the text')")
    assert kept_conversion(file, cache, again=True).converted.markdown == "the text"
    assert convert(file, cache).markdown == "the text"


def test_readers_of_a_newer_version_try_again(
    folder: Path, cache: Path, hostile: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile("raise ValueError")
    file = evidence(folder / "a.rtf", rtf("x"))
    _refused(file, cache)
    monkeypatch.setattr("markterm.evidence.conversion.conversion_cache.VERSION", VERSION + 1)
    hostile("return Converted('the text')")
    assert convert(file, cache).markdown == "the text"


def test_the_same_bytes_under_another_name_are_refused_by_that_name(folder: Path, cache: Path) -> None:
    _refused(evidence(folder / "first.docx", OLE), cache)
    assert _refused(evidence(folder / "second.docx", OLE), cache).what.startswith("second.docx: ")


def test_a_file_that_is_too_large_is_not_even_read(folder: Path, cache: Path) -> None:
    file = evidence(folder / "a.rtf", b"")
    with file.path.open("wb") as stream:
        stream.truncate(conversion.LARGEST_FILE + 1)
    refusals: list[Unreadable] = []
    assert steps(lambda: refusals.append(_refused(file, cache))) < 1_000
    assert "larger than 256 MB" in refusals[0].what
    assert not cache.exists()


def test_two_threads_that_want_the_same_file_convert_it_once(
    folder: Path, cache: Path, hostile: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile("import time; time.sleep(0.5); return Converted('the text')")
    files = [evidence(folder / name, rtf("x")) for name in ("a.rtf", "copy of a.rtf")]
    started: list[children.Child] = []
    start = children.start

    def counted(*arguments: Any, **options: Any) -> children.Child:
        started.append(start(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(children, "start", counted)
    together = Barrier(len(files))
    read: list[Converted] = []

    def open_it(file: EvidenceFile) -> None:
        together.wait()
        read.append(convert(file, cache))

    threads = [Thread(target=open_it, args=(file,)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.markdown for each in read] == ["the text"] * 2
    assert len(started) == 1


def test_who_waits_for_another_thread_can_be_stopped(folder: Path, cache: Path, hostile: Callable[[str], None]) -> None:
    hostile(f"import time; time.sleep({HANGS})")
    file = evidence(folder / "a.rtf", rtf("x"))
    first, second = Progress(), Progress()
    converting = Thread(target=lambda: _refused(file, cache, first))
    converting.start()
    while not list(cache.glob("*.rtf")):  # the copy that is being converted
        sleep(0.01)
    Timer(0.3, second.stop.set).start()
    with without_hanging():
        assert _refused(file, cache, second).title == "Stopped"
        assert converting.is_alive()
        first.stop.set()
        converting.join()


def test_only_a_conversion_is_told(folder: Path, cache: Path) -> None:
    file = evidence(folder / "a.rtf", rtf("x"))
    for told in ([Step(0, 0, "a.rtf")], []):
        heard: list[Step] = []
        convert(file, cache, Progress(heard.append))
        assert heard == told
