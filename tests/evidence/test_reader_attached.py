"""Names of the files inside a file."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.folder import size_words
from markterm.evidence.readers.attached import Attached, own_name, own_path


@given(name=st.text(st.sampled_from("ab./\\:\n\x1b\u202e *?"), max_size=40))
def test_a_name_never_leads_anywhere(name: str) -> None:
    own = own_name(name)
    assert not set(own) & set('/\\:\n\x1b\u202e*?<>|"')
    assert not own.startswith(".")


@given(name=st.text(st.sampled_from("ab./\\:\n\x1b\u202e *?"), max_size=40))
def test_a_path_keeps_its_folders_and_never_leads_out(name: str) -> None:
    own = own_path(name)
    assert not set(own) & set('\\:\n\x1b\u202e*?<>|"')
    assert not any(part.startswith(".") or not part for part in own.split("/") if own)
    assert own_path(own) == own


def test_a_long_name_keeps_what_it_ends_in() -> None:
    own = own_name("x" * 300 + ".docx")
    assert own.endswith("x.docx")
    assert len(own) <= 121


@given(
    names=st.lists(
        st.sampled_from(["plan.docx", "Plan.docx", "plan (2).docx", "a/plan.docx", "plan.docx/a", "a", ".."]),
        max_size=8,
    ),
    keeps_folders=st.booleans(),
)
def test_no_two_files_have_the_same_name(names: list[str], *, keeps_folders: bool) -> None:
    attached = Attached(keeps_folders=keeps_folders)
    kept = [attached.add(name, b"x") for name in names]
    assert len({name.casefold() for name in kept}) == len(names)
    assert [file.name for file in attached.files] == kept


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(size) for size in (999, 1_000, 2_500_000)] == ["999 bytes", "1.0 KB", "2.5 MB"]


def test_a_thousand_files_of_one_name_are_numbered_without_counting_from_the_first_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[PurePosixPath] = []
    is_taken = Attached._is_taken

    def noted(own: Attached, name: PurePosixPath) -> bool:
        looked.append(name)
        return is_taken(own, name)

    monkeypatch.setattr(Attached, "_is_taken", noted)
    attached = Attached()
    names = [attached.add(name, b"") for name in ("scan.png", "scan (3).png", "Scan.png", *["scan.png"] * 997)]
    assert names[:6] == ["scan.png", "scan (3).png", "Scan (2).png", "scan (4).png", "scan (5).png", "scan (6).png"]
    assert len({name.casefold() for name in names}) == 1000
    assert len(looked) < 2010
