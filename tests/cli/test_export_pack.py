"""`markterm export pack` holds every learner who was asked for, and says of what is not in it why."""

from __future__ import annotations

import hashlib
import html
import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.exports.pack.page import Page, Section, render
from markterm.records.folder.record_folder import RecordFolder
from markterm.records.folder.store import FolderStore
from tests.assignments import ASSIGNMENT, add_assignment, register
from tests.at_length import at_length
from tests.centres import add_learner
from tests.cli.conftest import Ask
from tests.cli.planned import adopted, not_in_it

_ALL = ("export", "pack", "AAA1", "BBB2", "--format", "md")


class _Read(HTMLParser):
    """The words of a page, and where its links lead."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.scripts = 0
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [unquote(to) for name, to in attrs if name == "href" and to]
        self.scripts += tag in {"script", "img", "link"}
        if tag not in {"span", "bdi"}:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture
def pack(ask: Ask, centre: Path) -> Path:
    """A pack of two learners: of one everything is in order, of the other the evidence changed since."""
    for name, text in (("log.md", "one"), ("plan.md", "two"), ("=cmd <b>.md", "three")):
        (centre / "learners/AAA1/evidence" / name).write_text(text, "utf-8")
    assert ask("declare", "AAA1", "--form", "e-mail", "--refuses-use", "--as", "asha").code == 0
    assert ask("submit", "AAA1", "T-101", "--opened", "--as", "asha").code == 0
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    (centre / "learners/AAA1/evidence/log.md").write_text("changed", "utf-8")
    (centre / "learners/AAA1/evidence/plan.md").unlink()
    assert ask(*_ALL, "NOBODY", "-o", "pack").code == 0
    return centre / "pack"


@pytest.mark.parametrize("more", at_length([["--zip"], [], ["--without-evidence"]]))
def test_a_preview_names_and_counts_every_file_that_is_written(pack: Path, ask: Ask, more: list[str]) -> None:
    del pack
    told = ask(*_ALL, "-o", "again", *more, "--preview")
    shown = ask(*_ALL, "-o", "again", *more, "--preview", "--json").json
    written = ask(*_ALL, "-o", "again", *more, "--json").json
    assert {each["path"] for each in shown["files"]} == {each["path"] for each in written["files"]}
    assert f": {len(written['files'])} files to " in told.out
    assert f": {len(written['files'])} files." in ask(*_ALL, "-o", "again", *more, "--force").err


def test_a_pack_of_whom_nothing_is_recorded_is_what_its_preview_says_and_is_written_over(
    ask: Ask, centre: Path
) -> None:
    said = ask("export", "pack", "AAA1", "--preview", "--json").json["files"]
    assert ask("export", "pack", "AAA1").code == 0
    written = [each for each in (centre / "exports/visit-pack").rglob("*") if each.is_file()]
    assert len(said) == len(written)
    assert ask("export", "pack", "AAA1", "--force").code == 0
    (centre / "exports/visit-pack/my notes.txt").write_text("Mine.", "utf-8")
    assert ask("export", "pack", "AAA1", "--force").code == 2


def test_no_path_in_it_is_too_long_for_a_system_that_takes_260_characters(ask: Ask, centre: Path) -> None:
    registration = "R" * 120
    folder = add_learner(centre, registration, "Long " * 40)
    (folder / "evidence" / ("deep " * 20).strip()).mkdir()
    (folder / "evidence" / ("deep " * 20).strip() / f"{'film ' * 30}.mp4").write_text("x")
    assert ask("export", "pack", registration, "--format", "md", "-o", "pack").code == 0
    inside = [path.relative_to(centre / "pack") for path in (centre / "pack").rglob("*") if path.is_file()]
    assert any(path.suffix == ".mp4" for path in inside)
    assert max(len(str(path)) for path in inside) <= 200


def test_its_index_leads_to_everything_and_every_link_is_there(pack: Path) -> None:
    pages = sorted(pack.rglob("*.html"))
    assert {"index.html", "how-to-check.html"} <= {page.name for page in pages}
    reached = {pack / "index.html"}
    for page in pages:
        read = _Read(page)
        assert read.scripts == 0
        for link in read.links:
            to = (page.parent / link).resolve()
            assert to.is_file(), f"{page}: {link}"
            reached.add(to)
    beside = {pack / "SHA256SUMS", pack / "record-heads.txt"}
    assert {path for path in pack.rglob("*") if path.is_file()} - beside == reached


def test_states_are_seen_at_a_glance_and_who_is_not_in_it_is_named(pack: Path) -> None:
    text = _Read(pack / "index.html").text
    assert "T-101 marking, 1 of " in text
    assert "NOBODY" in text
    assert "No such learner" in text


def test_what_there_is_of_the_centre_is_called_by_what_it_is_and_by_its_form(pack: Path) -> None:
    text = _Read(pack / "index.html").text
    for each in ("Tracking matrix by criterion (a page)", "Tracking matrix by unit (a workbook)", "(a workbook)"):
        assert each in text
    assert text.count("Internal verification: plan, log, actions and all else") == 2


def test_the_pages_of_who_left_say_so_by_their_record(ask: Ask, centre: Path) -> None:
    assert ask("learner", "left", "AAA1", "--on", "2026-03-02", "--why", "Moved away.", "--as", "asha").code == 0
    assert ask("export", "pack", "AAA1", "-o", "pack", "--as", "ines").code == 0
    index, page = (_Read(centre / "pack" / each).text for each in ("index.html", "learners/AAA1/index.html"))
    assert "left on 2026-03-02" in index
    assert "Left on 2026-03-02" in page
    assert "Moved away" not in index + page


def test_how_long_everything_is_kept_and_the_claims_of_units_are_in_it(ask: Ask, pack: Path) -> None:
    assert ask("retention", "AAA1", "--hold", "A solicitor wrote.", "--as", "asha").code == 0
    assert ask(*_ALL, "-o", "later").code == 0
    told = _Read(pack.parent / "later/learners/AAA1/index.html").text
    assert "How long it is kept" in told
    assert "asha holds it: A solicitor wrote." in told
    assert "no day is known from which on it may go" in told
    assert (pack / "centre/claims of units.xlsx").exists()


def test_evidence_is_byte_for_byte_with_its_sum_and_beside_what_was_fixed(pack: Path) -> None:
    folder = pack / "learners/AAA1"
    text = _Read(folder / "index.html").text
    assert (folder / "evidence/log.md").read_bytes() == b"changed"
    assert hashlib.sha256(b"changed").hexdigest() in text
    assert "CHANGED since it was fixed for T-101, attempt 1" in text
    assert "plan.md, as it was fixed for T-101, attempt 1: it is not there any more" in text
    assert hashlib.sha256(b"two").hexdigest() in text
    assert "=cmd <b>.md" in text
    assert "as it was fixed for T-101, attempt 1" in text


def test_its_sums_are_right_and_the_audit_holds_it_against_the_records(ask: Ask, centre: Path, pack: Path) -> None:
    lines = (pack / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {path.relative_to(pack).as_posix(): path for path in pack.rglob("*") if path.is_file()}
    assert sums == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name != "SHA256SUMS"
    }
    assert ask("audit", "--against", "pack").code == 0
    (segment,) = (centre / "records/AAA1").iterdir()
    segment.write_bytes(segment.read_bytes().replace(b'"pass"', b'"fail"'))
    assert ask("audit", "--against", "pack").code == 4


def test_its_records_can_be_taken_in_again(ask: Ask, pack: Path) -> None:
    assert ask("import-record", str(pack / "learners/AAA1"), "--json").json["there"] == ["AAA1"]


@pytest.mark.usefixtures("pack")
def test_a_learner_is_added_on_the_day_by_making_it_anew(ask: Ask, centre: Path) -> None:
    (centre / "list.csv").write_text("\ufeffregistration;name\n", "utf-8")
    assert ask("export", "pack", "BBB2", "--format", "md", "-o", "pack").code == 2
    made = ask("export", "pack", "BBB2", "--add", "AAA1", "--format", "md", "-o", "pack", "--force")
    assert made.code == 0
    assert sorted(path.name for path in (centre / "pack/learners").iterdir()) == ["AAA1", "BBB2"]


def test_a_list_or_a_period_asks_for_learners(ask: Ask, centre: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    (centre / "list.csv").write_text("\ufeffBBB2;Ben\r\n# a note\r\n\r\nNOBODY\r\n", "utf-8")
    of_list = ask("export", "pack", "--learners", "list.csv", "--preview", "--json").json
    assert {each["path"].split("/")[1] for each in of_list["files"] if each["path"].startswith("learners")} == {"BBB2"}
    assert [each["what"] for each in of_list["left_out"]] == ["NOBODY"]
    lately = ask("export", "pack", "--since", "2020-01-01", "--preview", "--json").json
    assert {each["path"].split("/")[1] for each in lately["files"] if each["path"].startswith("learners")} == {"AAA1"}
    assert ask("export", "pack", "--until", "2020-01-01").code == 2
    assert ask("export", "pack").code == 2
    assert ask("export", "pack", "--learners", "nowhere.txt").code == 2


def test_in_a_zip_without_the_evidence_no_page_says_that_there_is_none(ask: Ask, centre: Path) -> None:
    (centre / "learners/AAA1/evidence/log.md").write_text("one", "utf-8")
    assert ask(*_ALL, "--without-evidence", "-o", "pack.zip", "--zip").code == 0
    with ZipFile(centre / "pack.zip") as archive:
        page = archive.read("learners/AAA1/index.html").decode("utf-8")
        assert not any("/evidence/" in name for name in archive.namelist())
    assert "The evidence was not asked for" in page
    assert "no file of evidence" not in page


def test_evidence_that_cannot_be_read_is_said_and_the_rest_is_there(ask: Ask, centre: Path) -> None:
    evidence = centre / "learners/AAA1/evidence"
    (evidence / "away.md").symlink_to("/etc/passwd")
    (evidence / "log.md").write_text("one", "utf-8")
    assert ask(*_ALL, "-o", "pack").code == 0
    page = _Read(centre / "pack/learners/AAA1/index.html").text
    assert "away.md: a link to another place" in page
    assert (
        json.dumps(sorted(path.name for path in (centre / "pack/learners/AAA1/evidence").iterdir())).count("log") == 1
    )


def test_a_record_that_cannot_be_read_whole_is_in_it_and_said(ask: Ask, centre: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    (segment,) = (centre / "records/AAA1").iterdir()
    segment.write_bytes(segment.read_bytes().replace(b'"pass"', b'"fail"'))
    assert ask(*_ALL, "-o", "pack").code == 0
    assert "AAA1 are incomplete" in _Read(centre / "pack/index.html").text
    assert "incomplete" in _Read(centre / "pack/learners/AAA1/index.html").text


def test_an_assignment_whose_sheet_has_errors_is_in_it_all_the_same(ask: Ask, centre: Path) -> None:
    add_assignment(centre, ASSIGNMENT.replace("[T-101, T-102]", "[T-101, T-102, T-999]") + "- T-999: 1.1\n")
    register(centre, "AAA1", assignments="[T-IA]")
    assert ask(*_ALL, "-o", "pack").code == 0
    assert (centre / "pack/learners/AAA1/sheets/AAA1 T-IA combined mark sheet.md").is_file()
    page = _Read(centre / "pack/learners/AAA1/index.html").text
    assert "no mark sheet of T-999 in this centre" in page
    assert "no mark sheet of T-IA" not in page


def _row_of(pack: Path, registration: str) -> str:
    page = (pack / "index.html").read_text("utf-8")
    (row,) = [each for each in page.split("<tr>") if f"/{registration}/index.html" in each]
    return row


def test_what_has_to_be_known_of_a_learner_stands_beside_their_name(ask: Ask, centre: Path, pack: Path) -> None:
    assert "refuses that scripts are used for standardisation" in _row_of(pack, "AAA1")
    for words in (
        ("case", "AAA1", "T-101", "--open", "appeal", "--text", "No.", "--on", "2026-03-02"),
        ("retention", "AAA1", "--hold", "A solicitor wrote."),
        ("action", "BBB2", "T-101", "--set", "Come.", "--owner", "asha", "--due", "2999-01-01"),
    ):
        assert ask(*words, "--as", "ines").code == 0, words
    assert ask(*_ALL, "-o", "again").code == 0
    row = _row_of(centre / "again", "AAA1")
    assert "an appeal in " in row
    assert "is open, and holds it" in row
    assert "kept, whatever the day: A solicitor wrote." in row
    assert "1 action in " in _row_of(centre / "again", "BBB2")


def test_until_when_each_is_kept_and_why_is_on_the_page_and_in_a_table(ask: Ask, centre: Path) -> None:
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write("\n[retention.Here]\nevidence_weeks = 12\nrecord_years = 3\n")
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("retention", "AAA1", "--hold", "A solicitor wrote.", "--as", "asha").code == 0
    assert ask(*_ALL, "-o", "pack").code == 0
    (kept,) = ask("retention", "AAA1", "--json").json
    assert kept["open"]
    page = _Read(centre / "pack/learners/AAA1/index.html").text
    table = _Read(centre / "pack/centre/retention.html").text
    for why in (*kept["open"], *kept["unknown"], "kept: no day is known from which on it may go"):
        assert why in page
        assert why in table
    assert (centre / "pack/centre/retention.xlsx").is_file()
    assert ask("audit", "--against", "pack").code == 0


def test_no_day_and_no_code_is_broken_over_two_lines() -> None:
    page = render(Page("T", sections=(Section("S", ("From 2026-01-01 on, not Ann-Marie; &#39;8580-500&lt;",)),)))
    assert 'From <span class="whole">2026-01-01</span> on, not Ann-Marie; ' in page
    assert '&amp;#39;<span class="whole">8580-500</span>&amp;lt;' in page


@pytest.mark.parametrize("asked", [("-o", "visit", "--zip"), ("-o", "visit.zip")])
def test_a_zip_is_called_so_and_what_is_called_so_is_one(ask: Ask, centre: Path, asked: tuple[str, ...]) -> None:
    assert ask(*_ALL, "--without-evidence", *asked).code == 0
    with ZipFile(centre / "visit.zip") as made:
        assert any(name.endswith("index.html") for name in made.namelist())
    assert not (centre / "visit").exists()


def test_what_is_of_the_learners_together_is_of_those_asked_for_and_the_rest_of_the_whole_centre(
    ask: Ask, centre: Path
) -> None:
    for learner in ("AAA1", "CCC3"):
        assert ask("mark", learner, "T-101", "1.1", "refer", "--note", "Not yet.", "--as", "asha").code == 0
    assert ask("export", "pack", "AAA1", "--without-evidence", "--format", "md", "-o", "pack").code == 0
    pages = {each.stem: _Read(each).text for each in (centre / "pack/centre").glob("*.html")}
    for name in ("matrix by unit", "matrix by criterion", "retention", "why sampled"):
        assert "AAA1" in pages[name], name
        assert "CCC3" not in pages[name], name
    for name in ("matrix by unit", "matrix by criterion", "retention", "cohort"):
        assert "the learners of this visit pack" in pages[name], name
    assert "the whole centre" in pages["verification"]
    assert "Learners 1 " in pages["cohort"]
    for name in ("agreement", "referrals", "unlike"):
        assert "Of the learners of this pack." in pages[name], name
    (row,) = [each for each in pages["referrals"].split("T-101 ") if "1.1" in each][:1] or [pages["referrals"]]
    assert " 2 " not in row
    for name in ("plan", "actions", "workload", "matrix"):
        assert "Of the whole centre." in pages[name], name
    index = _Read(centre / "pack/index.html").text
    assert index.index("These learners together") < index.index("The centre as a whole")


def test_why_each_unit_was_sampled_or_was_not_is_a_row_for_each_learner(ask: Ask, centre: Path) -> None:
    for learner in ("AAA1", "BBB2"):
        for number in ("1.1", "1.2", "2.1"):
            assert ask("mark", learner, "T-101", number, "pass", "--note", "Seen.", "--as", "asha").code == 0
    assert ask("sample", "AAA1", "T-101", "--why", "A new assessor.", "--as", "ines").code == 0
    assert ask(*_ALL, "--without-evidence", "-o", "before").code == 0
    before = (centre / "before/centre/why sampled.html").read_text("utf-8")
    assert "No sampling plan was adopted." in before
    assert "A new assessor." in before
    adopted(ask)
    assert ask(*_ALL, "--without-evidence", "-o", "pack").code == 0
    rows = (centre / "pack/centre/why sampled.html").read_text("utf-8").split("<tr>")[2:]
    assert [each.count("/index.html") for each in rows] == [1, 1]
    for row, registration in zip(rows, ("AAA1", "BBB2"), strict=True):
        assert registration in row
        for unit in ("T-101", "T-102"):
            why = ask("why", registration, unit, "--json").json
            text = html.unescape(row).replace('<span class="whole">', "").replace("</span>", "")
            assert "; ".join(why["because"][:2]) in text
            page = _Read(centre / f"pack/learners/{registration}/index.html").text
            assert all(each in page for each in why["because"])


def test_feedback_that_was_replaced_since_is_in_it_too_and_called_so(ask: Ask, centre: Path) -> None:
    for number in ("1.1", "1.2", "2.1"):
        assert ask("mark", "AAA1", "T-101", number, "pass", "--note", f"{number} seen.", "--as", "asha").code == 0
    asha = ("--as", "asha")
    assert ask("declare", "AAA1", "--form", "e-mail", *asha).code == 0
    assert ask("close", "AAA1", "T-101", "--feedback", "All there.", *asha).code == 0
    assert ask("release", "AAA1", "T-101", *asha).code == 0
    assert ask("reopen", "AAA1", "T-101", "--reason", "One is wrong.", *asha).code == 0
    assert ask(*_ALL, "--without-evidence", "-o", "pack").code == 0
    (file,) = (centre / "pack/learners/AAA1/feedback").iterdir()
    assert file.stem.endswith("feedback, replaced")
    assert "All there." in file.read_text("utf-8")
    assert "This feedback was replaced" in file.read_text("utf-8")
    assert "and replaced since" in _Read(centre / "pack/learners/AAA1/index.html").text


def test_the_report_of_a_verification_is_in_it(ask: Ask, centre: Path) -> None:
    for number in ("1.1", "1.2", "2.1"):
        assert ask("mark", "AAA1", "T-101", number, "pass", "--as", "asha").code == 0
    assert ask("declare", "AAA1", "--form", "e-mail", "--as", "asha").code == 0
    assert ask("close", "AAA1", "T-101", "--as", "asha").code == 0
    assert ask("sample", "AAA1", "T-101", "--why", "routine", "--as", "ines").code == 0
    assert ask("verify", "AAA1", "T-101", "--agree", "--as", "ines").code == 0
    assert ask("export", "pack", "AAA1", "--format", "md", "--without-evidence", "-o", "pack").code == 0
    (report,) = (centre / "pack/learners/AAA1/sheets").glob("* verification*.md")
    assert "Agreed" in report.read_text("utf-8")


def test_what_was_sampled_beside_the_plan_is_told_with_what_the_plan_says_of_it(ask: Ask, centre: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    adopted(ask)
    learner, unit = not_in_it(ask)
    assert ask("sample", learner, unit, "--why", "A new assessor.", "--as", "ines").code == 0
    assert ask("export", "pack", learner, "--format", "md", "--without-evidence", "-o", "pack").code == 0
    told = _Read(centre / "pack/centre/why sampled.html").text
    assert "A new assessor." in told
    assert "not in the plan: " in told


def test_what_an_audit_says_of_signatures_stands_in_it(ask: Ask, centre: Path) -> None:
    assert ask(*_ALL, "--without-evidence", "-o", "none").code == 0
    assert "No member has a key to sign with" in _Read(centre / "none/centre/signatures.html").text
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n')
    assert ask("declare", "AAA1", "--form", "e-mail", "--as", "asha").code == 0
    for number in ("1.1", "1.2", "2.1"):
        assert ask("mark", "AAA1", "T-101", number, "pass", "--as", "asha").code == 0
    key = str(ask("signing-key", "--make", "--json", "--as", "asha").json["key"])
    assert ask("signing-key", "--confirm", key[:8], "--as", "cora").code == 0
    keys = Centre.open(centre).signing_keys.files.file("00").parent
    keys.rename(keys.with_name("away"))  # As on a machine without it: nothing is signed.
    assert ask("close", "AAA1", "T-101", "--feedback", "All there.", "--as", "asha").code == 0
    assert ask(*_ALL, "--without-evidence", "-o", "pack").code == 0
    told = [each["message"] for record in ask("audit", "AAA1", "--json").json["records"] for each in record["findings"]]
    (unsigned,) = [each for each in told if "is not signed" in each]
    for page in ("centre/signatures.html", "learners/AAA1/index.html"):
        text = _Read(centre / "pack" / page).text
        assert unsigned in text
        assert "closed T-101 by asha" in text
    assert "1 finding about signatures" in _row_of(centre / "pack", "AAA1")


def test_how_the_centre_stands_in_each_qualification_is_in_it(ask: Ask, centre: Path) -> None:
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[claims.qualification."T-CERT"]\nstatus = "certification-suspended"\nsince = 2026-03-02\n')
    assert ask(*_ALL, "--without-evidence", "-o", "pack").code == 0
    text = _Read(centre / "pack/centre/qualifications.html").text
    assert "T-CERT" in text
    assert "certification suspended since 2026-03-02" in text


def test_each_record_is_read_once_to_list_what_is_in_it(
    ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learners = ("AAA1", "BBB2", "CCC3")
    for learner in learners:
        assert ask("mark", learner, "T-101", "1.1", "pass", "--as", "asha").code == 0
    adopted(ask)
    asked = ("export", "pack", *learners, "--format", "md", "--preview")
    assert ask(*asked).code == 0  # What is kept of everybody on this machine is there then.
    read: list[str] = []
    made = FolderStore._unread

    def noted(store: FolderStore, record: str) -> RecordFolder:
        read.append(record)
        return made(store, record)

    monkeypatch.setattr(FolderStore, "_unread", noted)
    monkeypatch.setattr("markterm.records.open_records._MOST_OPEN", 2)  # The centre's own, and one learner's.
    assert ask(*asked).code == 0
    assert sorted(filter(None, read)) == list(learners)
    assert not (centre / "exports").exists()


@pytest.mark.parametrize(
    ("since", "until", "found"), [(1, 2, ("AAA1",)), (2, 3, ()), (3, 4, ("AAA1", "BBB2")), (4, 5, ())]
)
def test_a_period_asks_for_whoever_has_an_entry_in_it_also_before_later_ones(
    centre: Path, since: int, until: int, found: tuple[str, ...]
) -> None:
    def day(month: int) -> datetime:
        return datetime(2026, month, 1, tzinfo=UTC)

    for learner, months in (("AAA1", (1, 3)), ("BBB2", (3,))):
        for month, number in zip(months, ("1.1", "1.2"), strict=False):
            desk = Centre.open(centre, member="asha", clock=lambda month=month: day(month))  # type: ignore[misc]  # bound at once
            desk.marking.mark(learner, "T-101", number, Result.PASS, "Good.")
            desk.close_down()
    assert Centre.open(centre).packs.registrations_between(day(since), day(until)) == found
