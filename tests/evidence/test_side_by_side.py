"""A learner's files converted side by side: as many at once as there are cores, told and given in their order."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import Any

import pytest

from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.folder import CentreFolder
from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion import conversion
from markterm.evidence.conversion.conversion import convert, kept_conversion
from markterm.evidence.conversion.conversion_cache import ConversionCache
from markterm.evidence.conversion.cores import Cores
from markterm.evidence.converted import Converted
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.hashing import Hashing
from markterm.evidence.progress import Progress, Step, Urgency
from markterm.evidence.text.document import EvidenceDocument
from tests.evidence.made import evidence, rtf, zipped
from tests.evidence.made_more import eml
from tests.pace import HANGS, without_hanging

# Each file says that it has begun, and waits for the one of that name.
_MEET = """
    import os, time
    text = path.read_text()
    os.close(os.open({place!r} + "/" + text, os.O_CREAT | os.O_WRONLY))
    for name in {names!r}.split():
        while not os.path.exists({place!r} + "/" + name): time.sleep(0.005)
    return Converted(text)
"""
needs_forks = pytest.mark.skipif(os.name == "nt", reason="the reader that waits makes a file, which Windows would keep")


@pytest.fixture
def files(tmp_path: Path, folder: Path, cache: Path) -> Evidence:
    """Those of one learner, whose folder is called `learner`."""
    assert folder.parent.name == "learner"
    return Evidence(CentreFolder(tmp_path), cache)


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> Cores:
    cores = Cores(2)
    monkeypatch.setattr("markterm.evidence.conversion.conversion.CORES", cores)
    monkeypatch.setattr("markterm.evidence.conversion.ahead.CORES", cores)
    return cores


def _read(files: Evidence, progress: Progress | None = None) -> list[tuple[str, str]]:
    return [
        (file.name, read.source if isinstance(read, EvidenceDocument) else read.title)
        for file, read in files.read_every("learner", progress or Progress())
    ]


@needs_forks
@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("packed", [False, True], ids=["in a folder", "in an archive"])
def test_two_files_are_converted_at_once_and_given_in_their_order(
    folder: Path, files: Evidence, tmp_path: Path, hostile: Callable[..., None], packed: bool
) -> None:
    place = tmp_path / "outside"
    place.mkdir()
    hostile(_MEET.format(place=str(place), names="one two").strip(), uncaged=True)
    if packed:
        evidence(folder / "a.zip", zipped({"1.rtf": "one", "2.rtf": "two", "3.rtf": "three"}))
    else:
        for name, text in (("1.rtf", "one"), ("2.rtf", "two"), ("3.rtf", "three")):
            evidence(folder / name, text.encode())
    read = [(name.removeprefix("a.zip/"), text) for name, text in _read(files) if name != "a.zip"]
    assert read == [("1.rtf", "one"), ("2.rtf", "two"), ("3.rtf", "three")]


def test_what_is_read_is_the_same_as_one_after_the_other(
    folder: Path, files: Evidence, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence(folder / "0.md", b"# a text")
    evidence(folder / "1.rtf", b"{\\rt")
    evidence(folder / "2.eml", eml("the body", files=[("plan.rtf", rtf("the plan")), ("in.eml", eml("deep"))]))
    evidence(folder / "3.zip", zipped({"a/b.rtf": rtf("packed"), "c.xyz": "nothing"}))
    evidence(folder / "4.rtf", rtf("the last"))
    side_by_side = _read(files)
    for kept in cache.iterdir():
        kept.unlink()
    monkeypatch.setattr("markterm.evidence.conversion.ahead.Ahead.begin", lambda _: None)
    assert _read(files) == side_by_side
    assert len(side_by_side) >= 9


def test_twenty_conversions_asked_at_once_run_as_many_at_a_time_as_there_are_cores(
    folder: Path, cache: Path, two_cores: Cores, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, running, most = Lock(), [0], [0]

    @contextmanager
    def one(of: str, *arguments: Any) -> Iterator[Any]:
        with Cores.one(two_cores, of, *arguments) as core:
            with lock:
                running[0] += 1
                most[0] = max(running[0], most[0])
            yield core
            with lock:
                running[0] -= 1

    monkeypatch.setattr(two_cores, "one", one)
    read: list[Converted] = []
    asked = [evidence(folder / f"{number}.rtf", rtf(f"text {number}")) for number in range(20)]
    threads = [Thread(target=lambda file=file: read.append(convert(file, cache))) for file in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.markdown.strip() for each in read) == sorted(f"text {number}" for number in range(20))
    assert most == [2]


@needs_forks
@pytest.mark.usefixtures("two_cores")
def test_what_a_person_opens_does_not_wait_for_what_hangs_in_the_background(
    folder: Path, files: Evidence, cache: Path, tmp_path: Path, hostile: Callable[..., None]
) -> None:
    place = tmp_path / "outside"
    place.mkdir()
    hostile("import time\n    while path.read_text() != 'opened': time.sleep(0.01)\n    return Converted('here')")
    for number in range(6):
        evidence(folder / f"{number}.rtf", f"hangs {number}".encode())
    opened = evidence(folder / "9.rtf", b"opened")
    background = Progress(urgency=Urgency.SOON)
    reading = Thread(target=lambda: _read(files, background))
    reading.start()
    while len(list(cache.glob("*.rtf")) if cache.exists() else []) < 2:
        pass
    assert files.read(opened).source == "here"
    assert reading.is_alive()
    with without_hanging():
        background.stop.set()
        reading.join()


@needs_forks
@pytest.mark.usefixtures("two_cores")
def test_asked_for_as_they_are_ready_files_wait_for_none_that_takes_longer(
    folder: Path, files: Evidence, tmp_path: Path, hostile: Callable[[str], None]
) -> None:
    gate = tmp_path / "outside"
    hostile(
        "import os, time\n"
        f"    while path.read_text() == 'slow' and not os.path.exists({str(gate)!r}): time.sleep(0.01)\n"
        "    return Converted(path.read_text())"
    )
    evidence(folder / "1.rtf", b"slow")
    evidence(folder / "2.zip", zipped({"a.rtf": "packed", "b.md": "text"}))
    evidence(folder / "3.rtf", b"last")
    evidence(folder / "4.md", b"text")
    progress, came = Progress(), []
    for place, file, read in files.read_as_ready("learner", progress, {}):
        assert isinstance(read, EvidenceDocument)
        came.append((place, file.name))
        if len(came) == 5:
            assert (progress.step, progress.left) == (Step(2, 4, "1.rtf"), 2)
            gate.touch()
    assert came[-1] == ((0,), "1.rtf")
    assert progress.step == Step(4, 4)
    listed = [
        (file.name, read.source)
        for file, read in files.read_every("learner", Progress())
        if not isinstance(read, Unreadable)
    ]
    assert [name for _, name in sorted(came)] == [name for name, _ in listed]


@needs_forks
@pytest.mark.parametrize("urgency", [Urgency.NOW, Urgency.SOON])
def test_what_is_hashed_in_the_background_is_converted_in_the_background(
    folder: Path, files: Evidence, two_cores: Cores, monkeypatch: pytest.MonkeyPatch, urgency: Urgency
) -> None:
    evidence(folder / "1.rtf", rtf("text"))
    asked: list[Urgency] = []

    def one(of: str, hurry: Urgency, stopped: Callable[[], bool]) -> Any:
        asked.append(hurry)
        return Cores.one(two_cores, of, hurry, stopped)

    monkeypatch.setattr(two_cores, "one", one)
    fixing = Fixing(files)
    with fixing.hashed_by(Hashing(urgency=urgency)):
        assert set(fixing.fingerprints("learner")) == {"1.rtf"}
    assert asked == [urgency]


def test_the_progress_tells_the_first_that_is_not_done(
    folder: Path, files: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markterm.evidence.progress._TOLD_EVERY", 0)
    for number in range(1, 4):
        evidence(folder / f"{number}.rtf", rtf(f"text {number}"))
    told: list[Step] = []
    _read(files, Progress(told.append))
    steps = list(dict.fromkeys(told))
    assert steps[0] == Step(0, 3, "1.rtf")
    assert steps[-1].done == 3
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_a_folder_that_was_read_before_is_gone_through_once(
    folder: Path, files: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence(folder / "1.rtf", rtf("text"))
    first = _read(files)
    begun: list[object] = []
    monkeypatch.setattr("markterm.evidence.conversion.ahead.Ahead.begin", lambda ahead: begun.append(ahead))
    assert _read(files) == first
    assert begun == []


@pytest.mark.long
def test_what_took_too_long_in_the_background_is_not_held_against_the_file(
    folder: Path, cache: Path, hostile: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "SECONDS", 0.1)
    hostile(f"import time; time.sleep({HANGS})")
    file = evidence(folder / "a.rtf", rtf("x"))
    with pytest.raises(Unreadable, match="too long"):
        kept_conversion(file, cache, Progress(urgency=Urgency.SOON))
    hostile("return Converted('the text')")
    assert convert(file, cache).markdown == "the text"


def test_what_is_made_ahead_begins_anew_after_it_made_room(
    folder: Path, cache: Path, tmp_path: Path, two_cores: Cores, hostile: Callable[[str], None]
) -> None:
    gate = tmp_path / "outside"
    hostile(
        "import os, time\n"
        f"    while b'ahead' in path.read_bytes() and not os.path.exists({str(gate)!r}): time.sleep(0.01)\n"
        "    return Converted('the text')"
    )
    ahead, opened = evidence(folder / "a.rtf", rtf("ahead")), evidence(folder / "b.rtf", rtf("x"))
    read: list[str] = []
    making = Thread(
        target=lambda: read.append(kept_conversion(ahead, cache, Progress(urgency=Urgency.AHEAD)).converted.markdown)
    )
    making.start()
    while not two_cores._given:
        pass
    (before,) = two_cores._given
    assert convert(opened, cache).markdown == "the text"
    while before in two_cores._given or not two_cores._given:
        pass
    gate.touch()
    making.join()
    assert read == ["the text"]


@pytest.mark.parametrize("phase", ["waiting for a core", "waiting for another", "copying", "converting"])
def test_stop_ends_every_part_of_a_conversion_at_once(
    folder: Path,
    cache: Path,
    two_cores: Cores,
    hostile: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    phase: str,
) -> None:
    hostile(f"import time; time.sleep({HANGS})")
    file = evidence(folder / "a.rtf", rtf("x"))
    progress, first = Progress(), Progress()
    others: list[Thread] = []

    def convert_stopped(other: Progress, name: str, text: str) -> None:
        with pytest.raises(Unreadable, match="Stopped"):
            kept_conversion(evidence(folder / name, rtf(text)), cache, other)

    if phase == "waiting for a core":
        others = [Thread(target=convert_stopped, args=(first, f"{text}.rtf", text)) for text in ("b", "c")]
    elif phase == "waiting for another":
        others = [Thread(target=convert_stopped, args=(first, "copy.rtf", "x"))]
    elif phase == "copying":
        monkeypatch.setattr("markterm.evidence.hashing.Hashing.at", _that_stops(progress))
    for other in others:
        other.start()
    while len(two_cores._given) < len(others):
        pass
    Timer(0.1, progress.stop.set).start()
    with without_hanging(), pytest.raises(Unreadable, match="Stopped"):
        kept_conversion(file, cache, progress)
    first.stop.set()
    for other in others:
        other.join()


def _that_stops(progress: Progress) -> Callable[..., None]:
    at = Hashing.at

    def stopping(hashing: Hashing, name: str, more: int) -> None:
        progress.stop.set()
        at(hashing, name, more)

    return stopping


# The disk


@pytest.mark.parametrize("during", ["the copy", "the entry", "an attachment"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EACCES])
def test_a_disk_that_is_full_or_read_only_costs_one_line_and_leaves_nothing(
    folder: Path,
    cache: Path,
    hostile: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    during: str,
    number: int,
) -> None:
    hostile("return Converted('the text', attachments=(Attachment('a.txt', b'x'),))")
    file = evidence(folder / "a.rtf", rtf("x"))

    def refused(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as without:
        if during == "the copy":
            hashed = fingerprint

            def begun(file: EvidenceFile, copy: Path | None = None, *arguments: Any, **options: Any) -> str:
                if copy is not None:
                    copy.write_bytes(b"h")
                    refused()
                return hashed(file, copy, *arguments, **options)

            without.setattr(conversion, "fingerprint", begun)
        else:
            write = ConversionCache._write

            def half(self: ConversionCache, path: Path, data: bytes) -> None:
                if (path.suffix == ".txt") is (during == "an attachment"):
                    with self.scratch(".new") as beside:
                        beside.write_bytes(data[:1])
                        refused()
                write(self, path, data)

            without.setattr(ConversionCache, "_write", half)
        with pytest.raises(Unreadable, match=os.strerror(number)) as said:
            convert(file, cache)
        assert "\n" not in said.value.what
    left = [entry.name for entry in cache.iterdir()]
    assert [name for name in left if not name.endswith(".txt")] == []
    assert convert(file, cache).markdown == "the text"
