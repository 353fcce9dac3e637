"""Who imports whom: the contracts as written, and what is really loaded when a command runs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.assignments import add_assignment, add_qualifications, register
from tests.at_length import at_length
from tests.centres import environment_in, make_centre_in
from tests.pace import PATIENCE

ROOT = Path(__file__).parents[1]
LOADED = """
import sys
sys.argv = ["markterm", *sys.argv[1:]]
from markterm.cli import main
try:
    main()
finally:
    print("LOADED", *sorted(sys.modules), file=sys.stderr)
"""

OF_A_SERVER = {
    *("aiohttp", "argon2", "authlib", "botocore", "fsspec", "httpx", "joserfc", "psycopg", "psycopg_pool", "s3fs"),
    *("textual_serve", "markterm.web", "markterm.records.postgres", "markterm.evidence.object_store"),
}
"""What a centre in a folder has no use for, whether it is installed or not."""


def loaded_by(tmp_path: Path, *words: str) -> set[str]:
    """The modules that are loaded when the command has run in a tiny centre."""
    return loaded_in(make_centre_in(tmp_path / "centre"), tmp_path, *words)


def loaded_in(centre: Path, tmp_path: Path, *words: str) -> set[str]:
    """The modules that are loaded when the command has run in that centre."""
    answer = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=centre,
        env=environment_in(tmp_path / "user"),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return set(answer.stderr.rsplit("LOADED ", 1)[1].split())


@pytest.mark.parametrize(
    "words",
    at_length(
        [["mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha"], ["--help"], ["status"], ["show", "AAA1"], ["audit"]]
    ),
)
def test_no_command_but_the_screens_loads_textual(tmp_path: Path, words: list[str]) -> None:
    loaded = loaded_by(tmp_path, *words)
    assert loaded & {"textual", "rich", "markterm.tui"} == set()
    assert loaded & OF_A_SERVER == set()


def test_the_help_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "--help")
    assert loaded & {"textual", "rich", "markterm.tui", *OF_A_SERVER} == set()
    assert loaded & {"markterm.centre.centre", "tinydb", "markdown_it", "yaml", "multiprocessing"} == set()
    # Nor any of the commands that it lists, and what they need.
    assert [name for name in loaded if name.startswith(("markterm.cli.mark", "markterm.domain.record"))] == []


def test_a_name_of_a_command_is_completed_without_loading_any() -> None:
    script = (
        "import sys, click\n"
        "from click.shell_completion import ShellComplete\n"
        "from markterm.cli.group import markterm\n"
        "found = ShellComplete(markterm, {}, 'markterm', '_MARKTERM_COMPLETE').get_completions([], 'st')\n"
        "assert ('status', True) in [(each.value, 'caseload' in each.help) for each in found], found\n"
        "print(*(name for name in sys.modules if name.startswith(('markterm.cli.sta', 'markterm.domain.record'))))\n"
    )
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=True)
    assert told.stdout.split() == []


@pytest.mark.long
def test_a_report_loads_neither_the_screens_nor_what_draws_lines_where_there_are_none(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "report", "referrals", "--plot")
    assert "markterm.exports.plot.report" in loaded
    assert loaded & {"plotext", "textual", "rich"} == set()


@pytest.mark.long
def test_the_stemmer_is_loaded_when_an_assignment_is_designed_and_not_before(tmp_path: Path) -> None:
    assert "snowballstemmer" in loaded_by(tmp_path, "integrate", "T-101", "T-102")
    assert "snowballstemmer" not in loaded_by(tmp_path / "other", "show", "AAA1")


@pytest.mark.long
def test_nothing_that_signs_is_loaded_where_nobody_has_a_key(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "audit") | loaded_by(tmp_path / "listed", "signing-key")
    of_keys = {f"markterm.{name}" for name in ("domain.record.signatures", "own.key_files")}
    assert loaded_by(tmp_path / "other", "show", "AAA1") & of_keys == set()
    exported = loaded_by(tmp_path / "exported", "export", "sheet", "AAA1", "--format", "md", "--as", "asha")
    assert "markterm.exports.writing" in exported
    assert exported & {"markterm.own.key_files", "markterm.exports.signature"} == set()
    assert {name for name in loaded | exported if name.startswith("cryptography")} == set()


def test_a_start_that_the_index_knows_reads_no_sheet(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre")
    add_qualifications(centre)
    add_assignment(centre)
    register(centre, "AAA1", units="[]", assignments="[T-IA]", qualifications="[T-CERT]")
    assert "markdown_it" in loaded_in(centre, tmp_path, "status")
    loaded = loaded_in(centre, tmp_path, "status")
    assert loaded & {"markdown_it", "yaml", "markterm.sheets.sheet_library"} == set()
    # Nor does it fold a record, or have anything ready that is done to one.
    of_the_centre = {f"markterm.centre.{name}" for name in ("fixing", "learner_rows", "learners", "recorder")}
    of_a_record = {"markterm.domain.record.portfolio", "markterm.records.folder.record_folder"}
    assert loaded & {*of_the_centre, *of_a_record, "markterm.evidence"} == set()


def test_the_caseload_loads_nothing_of_a_day_of_marking(tmp_path: Path) -> None:
    of_a_day = {"attempts", "across", "differences", "feedback", "remarks", "staff", "verification"}
    of_the_domain = {
        "rules.attempt",
        "views.blind",
        "assessed.competence",
        "rules.conflict",
        "texts.difference",
        "feedback.feedback",
        "remarks.remark",
        "rules.verification",
    }
    wanted = {f"markterm.centre.{name}" for name in of_a_day} | {f"markterm.domain.{name}" for name in of_the_domain}
    # Nor what an administrator alone asks for of what keeps the records.
    wanted.add("markterm.records.store_status")
    assert loaded_by(tmp_path, "status") & {*wanted, "textual", "rich", "markterm.tui", *OF_A_SERVER} == set()


def test_tinydb_is_loaded_when_something_is_recorded_and_not_before(tmp_path: Path) -> None:
    assert "tinydb" in loaded_by(tmp_path, "mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha")
    shown = loaded_by(tmp_path / "other", "show", "AAA1")
    assert "tinydb" not in shown
    # Nor what tells of retention and signatures, of whom there is nothing to tell of.
    of_few = {"centre.retention", "domain.rules.retention", "exports.plain.retention", "exports.plain.signing_key"}
    assert shown & {f"markterm.{name}" for name in of_few} == set()


@pytest.mark.long
def test_the_record_alone_loads_tinydb() -> None:
    script = (
        "import sys, pkgutil, importlib\n"
        "import markterm.domain, markterm.sheets, markterm.evidence, markterm.exports\n"
        "for package in (markterm.domain, markterm.sheets, markterm.evidence, markterm.exports):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "found = {'tinydb', 'textual', 'rich', 'click'} & set(sys.modules)\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=PATIENCE)


def test_the_domain_loads_only_the_standard_library() -> None:
    script = (
        "import sys, pkgutil, importlib, markterm.domain\n"
        "for module in pkgutil.walk_packages(markterm.domain.__path__, 'markterm.domain.'):\n"
        "    importlib.import_module(module.name)\n"
        "roots = {name.partition('.')[0] for name in sys.modules}\n"
        "print(*sorted(roots - set(sys.stdlib_module_names) - {'markterm', '__main__'}))\n"
    )
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{script}"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=True)
    assert told.stdout.split() == []


PAINTED = """
import os, sys
from markterm.cli import main
from markterm.tui.app import MarkTermApp
run = MarkTermApp.run
def run_headless(app):
    display = app._display
    def painted(screen, renderable):
        display(screen, renderable)
        if "AAA1" in "".join(strip.text for strip in screen._compositor.render_strips()):
            print(*sorted(sys.modules), file=sys.__stdout__, flush=True)
            os._exit(0)
    app._display = painted
    run(app, headless=True, size=(80, 24))
MarkTermApp.run = run_headless
sys.stdin.isatty = sys.stdout.isatty = lambda: True
sys.argv = ["markterm", "--as", "asha"]
main()
"""


def test_the_caseload_is_painted_before_anything_that_reads_a_record_is_loaded(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre")
    loaded_in(centre, tmp_path, "status")
    told = subprocess.run(
        [sys.executable, "-c", PAINTED],
        cwd=centre,
        env=environment_in(tmp_path / "user"),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )
    loaded = set(told.stdout.split())
    later = ("markterm.records", "markterm.evidence", "markterm.domain.rules", "markterm.domain.record.bodies")
    assert [name for name in loaded if name.startswith((*later, "markterm.tui.evidence", "markterm.tui.marking"))] == []
    assert loaded & {f"markterm.centre.{name}" for name in ("stores", "learners", "recorder", "learner_rows")} == set()
    of_the_domain = ("record.event", "record.portfolio", "record.member_history", "assessed.unit", "views.blind")
    assert loaded & {f"markterm.domain.{name}" for name in of_the_domain} == set()
    of_the_screen = {"markterm.tui.keymap", "textual.widgets._text_area"}
    of_what_opens = {f"markterm.tui.widgets.{name}" for name in ("choice", "help_screen", "note_field")}
    assert loaded & (of_the_screen | of_what_opens | OF_A_SERVER) == set()


def test_whoever_installs_markterm_for_a_folder_installs_nothing_of_a_server() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    names = [{re.split(r"[^\w-]", each)[0] for each in of} for of in (project["dependencies"], extras["server"])]
    assert names[0] & names[1] == set()
    assert "psycopg" in names[1]


@pytest.mark.long
def test_an_import_makes_no_folder(tmp_path: Path) -> None:
    script = "import markterm.cli.group, markterm.centre.centre, markterm.demo.centre"
    subprocess.run(
        [sys.executable, "-c", script], env=environment_in(tmp_path), cwd=tmp_path, timeout=PATIENCE, check=True
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_the_import_contracts_hold() -> None:
    pytest.importorskip("importlinter")  # of the extra `lint`
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    told = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert told.returncode == 0, told.stdout
