"""What a member with a key exports is signed; `audit --against` and `signing-key --verify` say what that is worth."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from markterm.centre.centre import Centre
from markterm.exports.signature import ExportSignature, parse
from markterm.records import ed25519
from tests.cli.conftest import Answer, Ask

ASHA, CORA, INES = ("--as", "asha"), ("--as", "cora"), ("--as", "ines")
_CORA = '\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n'


@pytest.fixture
def key(centre: Path, ask: Ask) -> str:
    """The name of Asha's key, which Cora confirmed."""
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_CORA)
    name = str(ask("signing-key", "--make", "--json", *ASHA).json["key"])
    assert ask("signing-key", "--confirm", name, *CORA).code == 0
    return name


def export(ask: Ask, to: str, *words: str, who: tuple[str, str] = ASHA) -> Answer:
    """The sheet of a learner, as a file or a folder: as the name of it says."""
    unit = ("101",) if Path(to).suffix == ".md" else ()
    return ask("export", "sheet", "AAA1", *unit, "-o", to, "--format", "md", *words, *who)


def verdict(ask: Ask, to: str) -> tuple[int, str]:
    told = ask("audit", "--against", to, "--json")
    signature = told.json["against"]["signature"]
    return told.code, signature["verdict"] if signature is not None else ""


def signature_of(file: str) -> ExportSignature:
    said = parse(Path(file).read_bytes())
    assert said is not None
    return said


def test_a_file_is_signed_beside_it_and_the_audit_says_by_whom(key: str, ask: Ask) -> None:
    written = export(ask, "a.md")
    assert (written.code, f", signed with key {key}." in written.err) == (0, True)
    said = signature_of("a.md.sig")
    assert (said.of, said.member, said.name, said.key_name) == ("a.md", "asha", "Asha Patel", key)
    assert verdict(ask, "a.md") == (0, "good")
    told = ask("audit", "--against", "a.md").err
    assert f"The export is signed by Asha Patel (asha) with key {key} on " in told
    assert "the signature is good." in told
    assert export(ask, "b.md", "--json").json["signed_with"] == key
    # It is over the bytes, whatever the file is called.
    Path("b.md").rename("c.md")
    for end in (".heads", ".sig"):
        if Path(f"b.md{end}").exists():
            Path(f"b.md{end}").rename(f"c.md{end}")
    assert verdict(ask, "c.md") == (0, "good")


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("to", ["out", "out.zip"])
def test_a_folder_and_a_zip_are_signed_over_their_list_of_sums(ask: Ask, to: str) -> None:
    assert export(ask, to).code == 0
    told = ask("audit", "--against", to, "--json").json["against"]
    assert (told["signature"]["verdict"], told["files"]["added"]) == ("good", [])
    assert export(ask, to, "--force").code == 0
    if to == "out":
        assert {"SHA256SUMS", "SIGNATURE", "record-heads.txt"} <= {path.name for path in Path(to).iterdir()}
        signature = Path(to, "SIGNATURE").read_bytes()
        Path(to, "SIGNATURE").write_text("My own.")
        assert "SIGNATURE. It was left as it is" in export(ask, to, "--force").err
        Path(to, "SIGNATURE").write_bytes(signature)
        with Path(to, "SHA256SUMS").open("a") as sums:
            sums.write(f"{'a' * 64}  more.md\n")
    else:
        with ZipFile(to, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("SHA256SUMS", archive.read("SHA256SUMS"))
    assert verdict(ask, to) == (4, "altered")


@pytest.mark.usefixtures("key")
def test_an_altered_file_and_altered_heads_beside_it_are_found(ask: Ask) -> None:
    export(ask, "a.md")
    said = Path("a.md").read_bytes()
    Path("a.md").write_bytes(said + b"More.\n")
    assert verdict(ask, "a.md") == (4, "altered")
    assert ask("signing-key", "--verify", "a.md").code == 4
    Path("a.md").write_bytes(said)
    with Path("a.md.heads").open("a") as heads:
        heads.write("# more\n")
    assert verdict(ask, "a.md") == (4, "altered")
    assert "the heads beside it are others" in ask("audit", "--against", "a.md").err
    Path("a.md.sig").write_text("no signature")
    assert verdict(ask, "a.md") == (4, "not-read")


@pytest.mark.usefixtures("key")
def test_a_signature_that_somebody_else_put_there_proves_nothing(ask: Ask) -> None:
    export(ask, "a.md")
    good = signature_of("a.md.sig")
    stranger = ed25519.new_key()
    for changed, expected in (
        ({"member": "ines"}, (1, "not-their-key")),
        ({"confirmed": "x"}, (1, "not-their-key")),
        ({"key": ed25519.public_of(stranger)}, (1, "not-their-key")),
    ):
        said = replace(good, **changed)
        Path("a.md.sig").write_text(said.render())
        assert verdict(ask, "a.md") == (4, "altered")  # It is signed as it was.
        pem = next(Centre.open(Path()).signing_keys.files.file("00").parent.glob("*.pem")).read_bytes()
        signer = stranger if "key" in changed else pem
        Path("a.md.sig").write_text(replace(said, signature=ed25519.sign_bytes(signer, said.message)).render())
        assert verdict(ask, "a.md") == expected


def test_when_the_key_has_ended_its_date_alone_proves_nothing(key: str, centre: Path, ask: Ask) -> None:
    export(ask, "a.md")
    assert ask("signing-key", "--end", key, "--why", "lost", *ASHA).code == 0
    assert verdict(ask, "a.md") == (1, "only-dated")
    said = replace(signature_of("a.md.sig"), at="2099-01-01T00:00:00+00:00")
    pem = next(Centre.open(centre).signing_keys.files.file("00").parent.glob("*.pem")).read_bytes()
    Path("a.md.sig").write_text(replace(said, signature=ed25519.sign_bytes(pem, said.message)).render())
    assert verdict(ask, "a.md") == (1, "not-their-key")
    why = f"Your key has ended: Key {key} signs nothing any more."
    assert f"It will not be signed. {why}" in export(ask, "b.md", "--preview").err
    assert f"Written, and not signed. {why}" in export(ask, "b.md").err
    assert not Path("b.md.sig").exists()


def test_a_preview_says_with_which_key_it_will_be_signed_or_why_with_none(key: str, centre: Path, ask: Ask) -> None:
    assert f"It will be signed with key {key}." in export(ask, "a.md", "--preview").err
    assert export(ask, "a.md", "--preview", "--json").json["signed_with"] == key
    assert "signed" not in export(ask, "a.md", "--preview", who=INES).err
    assert export(ask, "a.md", "--preview", "--json", who=INES).json["signed_with"] is None
    assert ask("signing-key", "--make", *INES).code == 0
    assert "It will not be signed. Your key is not confirmed: " in export(ask, "a.md", "--preview", who=INES).err
    (Centre.open(centre).signing_keys.files.file("00").parent / f"{key}.pem").unlink()
    told = export(ask, "a.md", "--preview", "--json").json
    assert told["signed_with"] is None
    assert any(each.startswith("It will not be signed. Your key is not on this machine") for each in told["caveats"])


def test_without_a_key_nothing_is_signed_and_nothing_is_said_of_it(centre: Path, ask: Ask) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA).code == 0
    assert export(ask, "out", "--json").json["signed_with"] is None
    assert {"SIGNATURE", "SHA256SUMS"} & {path.name for path in (centre / "out").iterdir()} == set()
    assert "signed" not in export(ask, "a.md").err
    assert verdict(ask, "a.md") == (0, "")
    assert (ask("signing-key", "--verify", "a.md").code, ask("signing-key", "--verify", "x").code) == (2, 2)


@pytest.mark.usefixtures("key")
def test_of_others_nothing_is_signed(ask: Ask) -> None:
    assert "signed" not in export(ask, "a.md", who=INES).err
    assert not Path("a.md.sig").exists()


def test_what_stops_a_signature_stops_no_export(
    key: str, centre: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(ask, "a.md")
    file = Centre.open(centre).signing_keys.files.file("00").parent / f"{key}.pem"
    if sys.platform != "win32":
        file.chmod(0o640)
        told = export(ask, "b.md", "--json").json
        assert told["signed_with"] is None
        assert any(each.startswith("Written, and not signed. Others may read your key") for each in told["caveats"])
        file.chmod(0o600)
    # What was there goes, and its signature with it.
    with monkeypatch.context() as patched:
        patched.setattr(ed25519, "is_installed", lambda: False)
        assert verdict(ask, "a.md") == (1, "not-checked")
        written = export(ask, "a.md", "--force")
    assert (written.code, "not signed. Signatures need one more package" in written.err) == (0, True)
    assert (Path("a.md").exists(), Path("a.md.sig").exists()) == (True, False)
    file.unlink()
    assert "not signed. Your key is not on this machine" in export(ask, "out").err
    assert not (centre / "out/SIGNATURE").exists()


def test_a_signature_is_checked_alone_and_says_with_which_key(
    key: str, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(ask, "a.md")
    export(ask, "out")
    here = Path.cwd()
    monkeypatch.chdir(tmp_path)
    told = ask("signing-key", "--verify", str(here / "a.md"))
    assert (told.code, f"Signed by Asha Patel (asha) with key {key} on " in told.out) == (0, True)
    (sheet, *_) = sorted((here / "out").glob("*.md"))
    sheet.write_text("Another.")
    told = ask("signing-key", "--verify", str(here / "out"), "--json")
    assert (told.code, told.json["changed_files"], told.json["signature"]["verdict"]) == (4, [sheet.name], "altered")
    monkeypatch.chdir(here)
    assert verdict(ask, "out") == (4, "altered")
    assert json.loads((here / "a.md.sig").read_text())["what"] == "MarkTerm signature of an export 1"


@pytest.mark.usefixtures("centre")
def test_scripts_without_names_are_signed_by_nobody_and_their_key_is(ask: Ask, tmp_path: Path) -> None:
    with Path("centre.toml").open("a", encoding="utf-8") as file:
        file.write(_CORA)
    ines = str(ask("signing-key", "--make", "--json", *INES).json["key"])
    assert ask("signing-key", "--confirm", ines, *CORA).code == 0
    assert ask("declare", "AAA1", "--form", "sheet", *ASHA).code == 0
    words = ("-o", str(tmp_path / "scripts"), "--key", str(tmp_path / "key.csv"))
    assert ask("export", "scripts", "101", "AAA1", *words, *INES).code == 0
    assert "SIGNATURE" not in {path.name for path in (tmp_path / "scripts").rglob("*")}
    assert (tmp_path / "key.csv.sig").exists()
