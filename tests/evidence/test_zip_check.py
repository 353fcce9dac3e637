"""Before an archive is unpacked: how much it would come to, an entry and in all."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from markterm.evidence.conversion.zip_check import MACROS, check_zip
from markterm.evidence.converted import NotReadable

MB = 1024 * 1024
_ENTRY = b"PK\x01\x02"


def stating(path: Path, sizes: Sequence[int]) -> Path:
    """An archive whose list states these sizes, packed to a tenth: what is looked at before anything is unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(len(sizes)):
            archive.writestr(f"{number}.txt", b"text")
    data = bytearray(made.getvalue())
    at = 0
    for size in sizes:
        at = data.index(_ENTRY, at)
        struct.pack_into("<II", data, at + 20, max(size // 10, 1), size)
        at += 4
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("sizes", [[76 * MB, 76 * MB], [50 * MB] * 4, [99 * MB, 51 * MB + 1], [MB] * 151])
def test_more_than_150_mb_in_all_is_refused_though_every_entry_is_small_enough(
    tmp_path: Path, sizes: Sequence[int]
) -> None:
    with pytest.raises(NotReadable, match="unpacks to more than 150 MB"):
        check_zip(stating(tmp_path / "x.zip", sizes))


@pytest.mark.parametrize("sizes", [[74 * MB, 74 * MB], [75 * MB, 75 * MB], [100 * MB, 50 * MB], [MB] * 150, []])
def test_up_to_150_mb_in_all_is_read(tmp_path: Path, sizes: Sequence[int]) -> None:
    assert check_zip(stating(tmp_path / "x.zip", sizes)) == ()


def test_more_than_100_mb_in_one_entry_is_refused(tmp_path: Path) -> None:
    assert check_zip(stating(tmp_path / "x.zip", [100 * MB])) == ()
    with pytest.raises(NotReadable, match="unpacks to more than 100 MB"):
        check_zip(stating(tmp_path / "y.zip", [100 * MB + 1]))


@pytest.mark.parametrize(
    "name",
    ["xl/vbaProject.bin", "Basic/Standard/Module1.xml", "Scripts/python/fill.py", "xl/macrosheets/sheet1.xml"],
)
def test_macros_of_every_age_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"")
    assert check_zip(path) == (MACROS,)
