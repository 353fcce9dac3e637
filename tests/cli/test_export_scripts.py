"""`markterm export scripts` gives no name away, honours every refusal, and keeps the key apart."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from markterm.own.places import Places
from markterm.own.signed_in import SIGNED_IN
from tests.assignments import add_qualifications
from tests.cli.conftest import Ask
from tests.evidence.made import docx, paragraph

_NAMES = ("rosalind", "jones", "aaa1", "nneka", "okafor", "bbb2", "asha", "patel")


@pytest.fixture
def declared(centre: Path, ask: Ask) -> Path:
    """AAA1 and BBB2 declared their work, CCC3 did not; Rosalind's names herself and others in several ways."""
    for learner in ("AAA1", "BBB2"):
        assert ask("declare", learner, "--form", "signed sheet", "--as", "asha").code == 0
    evidence = centre / "learners/AAA1/evidence"
    text = "# Diary of Rosalind Jones (AAA1)\n\nAsha Patel saw me, and Nneka did. r.jones@example.org\n"
    (evidence / "diary.md").write_text(text, "utf-8")
    (evidence / "split.md").write_text("Rosa**lind** made *tea*.\n", "utf-8")
    (evidence / "divided.txt").write_text("I am Rosa-\nlind, and I made tea.\n", "utf-8")
    (evidence / "R Jones.docx").write_bytes(docx(paragraph("Tea, by Rosalind Jones")))
    (evidence / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01")
    (centre / "learners/BBB2/evidence/diary.md").write_text("Tea, by me.\n", "utf-8")
    return centre


def _texts(pack: Path) -> dict[str, str]:
    """What the pack holds, by path: of a zipped document all of its parts."""
    told = {}
    for path in sorted(each for each in pack.rglob("*") if each.is_file()):
        data = path.read_bytes()
        if path.suffix == ".docx":
            with ZipFile(path) as parts:
                data = b"".join(parts.read(name) for name in parts.namelist())
        told[path.relative_to(pack).as_posix()] = data.decode("utf-8")
    return told


def _of(rows: list[dict[str, str]], registration: str) -> str:
    return next(row["script"] for row in rows if row["registration"] == registration)


def test_no_file_of_the_pack_names_anybody_and_the_key_tells_whose_each_is(
    ask: Ask, declared: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "pack"
    told = ask("export", "scripts", "101", "AAA1", "BBB2", "CCC3", "--as", "ines", "-o", str(pack), "--json")
    assert told.code == 0
    assert [each["why"] for each in told.json["left_out"] if each["what"] == "CCC3"] == [
        "they did not declare this attempt yet, and so were not asked whether they refuse"
    ]
    texts = _texts(pack)
    for path, text in texts.items():
        assert not [name for name in _NAMES if name in path.casefold() or name in text.casefold()], path
        assert "markterm-heads" not in text
    with (declared / "exports/keys/scripts T-101 key.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    own = _of(rows, "AAA1")
    assert "Tea, by [learner]<" in next(text for path, text in texts.items() if path.endswith(" [learner].docx"))
    diary = next(text for path, text in texts.items() if path.startswith(own) and "diary" in path)
    assert diary == "# Diary of [learner] ([learner])\n\n[name 2] saw me, and [name 3] did. [e-mail]\n"
    assert next(text for path, text in texts.items() if "split" in path) == "[learner] made tea."
    assert next(text for path, text in texts.items() if "divided" in path) == "I am [learner], and I made tea."
    assert [row["what"] for row in rows if row["was"] == "photo.png"] == [
        "left out: a picture may show who the learner is"
    ]
    for row in rows:
        if row["file"]:
            assert sha256((pack / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert (declared / "exports/keys/scripts T-101 key.csv.heads").exists()
    assert not (pack / "record-heads.txt").exists()
    assert f"{own}/mark sheet.docx" in texts


def test_a_refusal_is_honoured_whatever_the_policy_of_the_centre(ask: Ask, declared: Path, tmp_path: Path) -> None:
    assert ask("declare", "AAA1", "--form", "e-mail", "--refuses-use", "--as", "asha").code == 0
    with (declared / "centre.toml").open("a", encoding="utf-8") as file:
        file.write("\n[policy]\nstandardise_refused = true\n")
    words = ("export", "scripts", "101", "AAA1", "--as", "ines", "-o", str(tmp_path / "pack"))
    refused = ask(*words)
    assert refused.code == 3
    assert "refuse" in refused.err
    assert not (tmp_path / "pack").exists()
    both = ask(*words, "BBB2", "--json")
    assert [each["what"] for each in both.json["left_out"]] == ["AAA1"]
    assert "tea" in str(_texts(tmp_path / "pack")).casefold()


def test_of_an_incomplete_record_nobody_knows_whether_it_refuses(ask: Ask, declared: Path) -> None:
    (segment,) = (declared / "records/BBB2").glob("*.log")
    segment.write_bytes(segment.read_bytes()[:-40])
    refused = ask("export", "scripts", "101", "BBB2", "--as", "ines")
    assert refused.code == 3
    assert "their record is incomplete" in refused.err


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(("who", "code"), [((), 3), (("--as", "asha"), 3), (("--as", "ines"), 0)])
def test_only_a_verifier_or_a_coordinator_learns_whose_each_is(ask: Ask, who: tuple[str, ...], code: int) -> None:
    assert ask("export", "scripts", "101", "AAA1", "--preview", *who).code == code


def test_the_key_goes_over_no_other_one_and_never_into_the_scripts(ask: Ask, declared: Path, tmp_path: Path) -> None:
    words = ("export", "scripts", "101", "BBB2", "--as", "ines", "-o", str(tmp_path / "pack"))
    within = ask(*words, "--key", str(tmp_path / "pack/key.csv"))
    assert within.code == 2
    assert "not written into the scripts" in within.err
    assert ask(*words, "--key", str(tmp_path / "key.csv")).code == 0
    again = ask(*words, "--force", "--key", str(tmp_path / "key.csv"))
    assert "--force" not in again.err  # It was said, and does not help.
    assert again.code == 2
    assert ask(*words, "--force").code == 0
    assert ask(*words, "--force").code == 0
    keys = sorted(path.name for path in (declared / "exports/keys").glob("*.csv"))
    assert keys == ["scripts T-101 key (2).csv", "scripts T-101 key.csv"]


def test_where_the_scripts_cannot_be_written_there_is_no_key_either(ask: Ask, declared: Path, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    assert ask("export", "scripts", "101", "BBB2", "--as", "ines", "-o", str(tmp_path / "pack")).code == 2
    (tmp_path / "file").write_text("", "utf-8")
    assert ask("export", "scripts", "101", "BBB2", "--as", "ines", "-o", str(tmp_path / "file/pack")).code != 0
    assert not list((declared / "exports/keys").glob("*"))


def test_a_standardisation_says_whose_work_and_a_zip_holds_it(ask: Ask, declared: Path, tmp_path: Path) -> None:
    add_qualifications(declared)
    begun = ask("standardise", "--open", "T-CERT", "--decisions", "BBB2", "101", "1.1", "--as", "ines", "--json")
    words = ("export", "scripts", "101", "--from", begun.json["id"][:8], "--criterion", "1.1", "--as", "ines")
    assert ask(*words, "-o", str(tmp_path / "pack.zip")).code == 0
    with ZipFile(tmp_path / "pack.zip") as packed:
        assert "index.html" in packed.namelist()
        assert "Boil the water" in packed.read("index.html").decode("utf-8")
    assert ask(*words[:-4], "--criterion", "9.9", "--as", "ines").code == 2


@pytest.mark.usefixtures("declared")
def test_it_says_whose_work_is_missing(ask: Ask) -> None:
    assert ask("export", "scripts", "101", "--as", "ines").code == 2
    assert ask("export", "scripts", "999", "AAA1", "--as", "ines").code == 2
    assert (
        "Nobody's work can be given. CCC3: they did not declare"
        in ask("export", "scripts", "101", "CCC3", "--as", "ines").err
    )


@pytest.mark.parametrize("as_list", [False, True])
def test_a_picture_is_given_where_whoever_acts_says_that_it_shows_nobody(
    ask: Ask, declared: Path, tmp_path: Path, as_list: bool
) -> None:
    Image.new("RGB", (9, 9), "blue").save(declared / "learners/BBB2/evidence/tea, hot.png")
    (tmp_path / "list.txt").write_text('BBB2,"tea, hot.png"\n', "utf-8")
    said = ("--shows-nobody-in", str(tmp_path / "list.txt")) if as_list else ("--shows-nobody", "BBB2", "tea, hot.png")
    words = ("export", "scripts", "101", "BBB2", "--as", "ines", "-o", str(tmp_path / "pack"))
    assert ask(*words, *said).code == 0
    (given,) = (tmp_path / "pack").rglob("*.png")
    with Image.open(given) as picture:
        assert picture.getpixel((0, 0)) == (0, 0, 255)
    with (declared / "exports/keys/scripts T-101 key.csv").open(encoding="utf-8", newline="") as file:
        (what,) = [row["what"] for row in csv.DictReader(file) if row["was"] == "tea, hot.png"]
    assert what == ("given as a picture of its pixels alone; ines said that what is to be seen in it shows nobody")


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("--shows-nobody", "BBB2", "gone.png"), "did not hand in gone.png"),
        (("--shows-nobody", "AAA1", "photo.png"), "is not among the scripts"),
        (("--shows-nobody", "NOBODY9", "photo.png"), "NOBODY9"),
        (("--shows-nobody-in", "no list.txt"), "The list cannot be read"),
        (("--shows-nobody-in", "centre.toml"), "not a learner and a file with a comma between"),
    ],
)
def test_a_file_that_is_said_to_show_nobody_is_one_of_theirs(ask: Ask, said: tuple[str, str], why: str) -> None:
    answer = ask("export", "scripts", "101", "BBB2", "--as", "ines", "--preview", *said)
    assert answer.code == 2
    assert why in answer.err


@pytest.mark.usefixtures("declared")
def test_whoever_is_signed_in_to_a_server_has_the_key_beside_the_scripts_where_they_can_fetch_it(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SIGNED_IN, "ines")
    answer = ask("export", "scripts", "101", "AAA1")
    assert answer.code in (0, 1), answer.err
    files = Places.of_user().of_centre(Path()).files
    assert {each.suffix for each in files.iterdir() if each.is_file()} == {".csv", ".heads", ".zip"}
