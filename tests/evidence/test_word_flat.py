"""Word files in one XML file say what they say in an archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import NotReadable
from markterm.evidence.readers.word import flat_word
from tests.evidence.made import BILLION_LAUGHS
from tests.evidence.made_word import FLAT, flat, para, part, run, said, word


def test_a_flat_file_has_its_notes_and_its_files(tmp_path: Path) -> None:
    parts: dict[str, tuple[str, str | bytes]] = {
        "word/footnotes.xml": ("footnotes", part("footnotes", f'<w:footnote w:id="2">{said("my note")}</w:footnote>')),
        "word/embeddings/log.xlsx": ("package", b"\0sheet"),
    }
    path = tmp_path / "plan.xml"
    path.write_text(flat(word(para(run("Plan"), '<w:r><w:footnoteReference w:id="2"/></w:r>'), parts)), "utf-8")
    shown = flat_word.read(path)
    assert shown.markdown == "Plan[1]\n\n**Notes**\n\n1. my note\n\n[attached: log.xlsx]"
    assert shown.attachments[0].content == b"\0sheet"


def test_a_flat_file_that_is_cut_short_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    whole = flat(word(said("first", "second")))
    path.write_text(whole[: whole.index("second")], "utf-8")
    shown = flat_word.read(path)
    assert shown.markdown == "first"
    assert shown.notes == ("It is damaged or cut short, and what could be read of it is shown.",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<a/>", "XML that Word did not write"),
        (f'<pkg:package xmlns:pkg="{FLAT}"><pkg:part/></pkg:package>', "no Word document"),
        ("words", "damaged"),
        (f"{BILLION_LAUGHS}<a>&j;</a>", "entities"),
    ],
)
def test_other_xml_is_refused_in_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(NotReadable, match=why):
        flat_word.read(path)
