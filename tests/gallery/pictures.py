"""What the gallery has pictures of, and by which keys one comes there from the caseload."""

from __future__ import annotations

from typing import NamedTuple


class Picture(NamedTuple):
    """A picture: its name, the class of the screen that it is of, and the keys that lead there.

    `learner` is opened for marking first, and `sample` names the unit that is opened to be verified instead. A key is
    a command by its id (`mark.map`), whichever key it has, or else a key as Textual calls it.
    """

    name: str
    screen: str
    keys: tuple[str, ...] = ()
    learner: str = ""
    sample: str = ""


class Sat(NamedTuple):
    """One sitting: on which centre, who acts (nobody was named yet where it is empty), and what is seen."""

    centre: str
    member: str
    pictures: tuple[Picture, ...]
    blind: bool = False


ROSALIND, LUKASZ, LI_WEN, MAYA, PROSSER = "JON2041", "NOW1870", "LIW5084", "MAY6120", "PRO1623"
NGOZI, ASE, ZOE, ALEXANDRA = "EZE2765", "SOR4415", "GUE3342", "FEA2290"

_ASSESSOR = (
    Picture("caseload", "CaseloadScreen"),
    Picture("first-visit", "FirstVisitScreen", ("app.first-visit",)),
    Picture("caseload-filter", "CaseloadScreen", ("caseload.filter", *"waiting:as")),
    Picture("caseload-nobody-found", "CaseloadScreen", ("caseload.filter", *"nobody", "enter")),
    Picture("help", "HelpScreen", ("app.keys",)),
    Picture("settings", "ChoiceScreen", ("app.settings",)),
    Picture("no-saved-filters", "CaseloadScreen", ("caseload.saved-filters",)),
    Picture("last-messages", "ReadingScreen", ("app.messages",)),
    Picture("refusal", "CaseloadScreen", ("caseload.filter", *"unit:999", "enter")),
    Picture("change-keys", "KeysScreen", ("app.change-keys",)),
    Picture("new-key", "NewKeyScreen", ("app.change-keys", "enter")),
    Picture("palette", "CommandPalette", ("app.palette",)),
    Picture("yours", "YoursScreen", ("app.yours",)),
    Picture("across", "AcrossScreen", ("caseload.across", "enter", "enter")),
    Picture("export", "ExportScreen", ("app.export",)),
    Picture("export-preview", "PreviewScreen", ("app.export", "enter")),
    Picture("export-running", "RunningScreen", ("app.export", "enter", "enter")),
    Picture("export-over", "OverScreen", ("app.export", "enter", "enter")),
    Picture("recent", "RecentScreen", ("app.recent",)),
    Picture("signing-keys", "SigningKeysScreen", ("app.signing-keys",)),
    Picture("standardisation", "StandardisationsScreen", ("app.standardisation",)),
    Picture("standardisation-answering", "AnsweringScreen", ("app.standardisation", "enter")),
    Picture("retention", "RetentionScreen", ("app.retention",)),
    Picture("backup", "BackupScreen", ("app.backup",)),
    Picture("backup-where", "FormScreen", ("app.backup", "backup.make")),
    Picture("visits", "VisitsScreen", ("app.visits",)),
    Picture("alike", "AlikeScreen", ("area.verifying", "samples.alike")),
    Picture("portfolio-by-standard", "PortfolioIndexScreen", ("app.portfolio-index",)),
    Picture("development", "DevelopmentScreen", ("app.development",)),
    Picture("badges", "BadgesScreen", ("app.badges",)),
    Picture("role-profiles", "ProfilesScreen", ("app.profiles",)),
    Picture("standards", "StandardsScreen", ("area.reports", "reports.standards")),
    Picture(
        "standard-taken-in",
        "TakingInScreen",
        ("app.standards", "standards.take-in", *"to", "right", *"fr", "right", "enter"),
    ),
    Picture(
        "register",
        "RegisterScreen",
        ("caseload.register", "j", "enter", *"to", "right", *"re", "right", "enter"),
    ),
    Picture("receiving", "ReceivingScreen", ("caseload.receive", *"to", "right", *"moodle-s", "right", "enter")),
    Picture("due-day", "FormScreen", ("caseload.filter", *"rosalind", "enter", "caseload.due", "enter")),
    Picture("register-by-hand", "FormScreen", ("caseload.register", "enter")),
    Picture("who-leaves", "ChoiceScreen", ("caseload.leaves",)),
    Picture("own-page", "PageScreen", ("caseload.own-page", "enter")),
    Picture("mapping", "MappingScreen", ("app.standards", "standards.map", "enter")),
    Picture("coverage", "CoverageScreen", ("app.standards", "standards.coverage")),
    Picture("coverage-map", "CoverageScreen", ("app.standards", "standards.coverage", "coverage.map")),
    Picture("reports", "ReportsScreen", ("area.reports",)),
    Picture("reports-matrix", "ReportsScreen", ("area.reports", "reports.previous")),
    Picture("reports-workload", "ReportsScreen", ("area.reports", "reports.previous")),
    Picture("reports-behind", "ReportsScreen", ("area.reports", "reports.behind")),
    Picture("reports-bars", "ReportsScreen", ("area.reports", "reports.plot")),
    Picture("standardisation-results", "PageScreen", ("app.standardisation", "down", "enter")),
    Picture("retention-read", "ReadingScreen", ("app.retention", "retention.read")),
    Picture("claims", "ClaimsScreen", ("area.reports", "reports.claims")),
    Picture("claim", "ClaimScreen", ("area.reports", "reports.claims", "enter")),
    Picture("marking", "MarkingScreen", (), ROSALIND),
    Picture("marking-long-name", "MarkingScreen", (), ALEXANDRA),
    Picture("marking-chinese", "MarkingScreen", (), LI_WEN),
    Picture("marking-hebrew", "MarkingScreen", (), MAYA),
    Picture("marking-nothing-handed-in", "MarkingScreen", (), PROSSER),
    Picture("marking-conflict", "MarkingScreen", (), ZOE),
    Picture("marking-by-task", "MarkingScreen", ("mark.by-task",), ASE),
    Picture("brief", "PageScreen", ("mark.by-task", "task.brief"), ASE),
    Picture("map", "MapScreen", ("mark.matrix",), ROSALIND),
    Picture("go-to", "GoToScreen", ("criterion.go-to", "2"), ROSALIND),
    Picture("note", "WritingScreen", ("mark.note", *"Good"), ROSALIND),
    Picture("refer", "WritingScreen", ("mark.refer",), ROSALIND),
    Picture("marking-refused", "MarkingScreen", ("mark.pass",), ALEXANDRA),
    Picture("help-of-marking", "HelpScreen", ("app.keys",), ROSALIND),
    Picture("palette-of-marking", "CommandPalette", ("app.palette",), ROSALIND),
    Picture("find-in-file", "MarkingScreen", ("find.start", *"coach", "enter"), ROSALIND),
    Picture("references", "ReadingScreen", ("evidence.references",), ROSALIND),
    Picture("comment", "WritingScreen", ("mark.comment",), ROSALIND),
    Picture("declare", "ChoiceScreen", ("learner.declare",), ASE),
    Picture("reopen", "WritingScreen", ("unit.close",), ALEXANDRA),
    Picture("bank", "BankScreen", ("mark.bank",), ROSALIND),
    Picture("history", "ReadingScreen", ("mark.history",), ROSALIND),
    Picture("files", "EvidenceListScreen", ("evidence.files",), ROSALIND),
    Picture("outline", "ChoiceScreen", ("evidence.outline",), ROSALIND),
    Picture("find-all", "FindAllScreen", ("find.all", *"coach"), ROSALIND),
    Picture("find-all-nothing", "FindAllScreen", ("find.all", *"zzz"), ROSALIND),
    Picture("page-as-it-looks", "PictureScreen", ("evidence.next", "evidence.next", "evidence.picture"), ROSALIND),
    Picture("pass-task", "SeveralScreen", ("mark.by-task", "task.pass"), ASE),
    Picture("close-unit", "WritingScreen", ("unit.previous", "unit.close"), ROSALIND),
    Picture("submit", "ChoiceScreen", ("unit.submit",), ROSALIND),
    Picture("feedback", "FeedbackScreen", ("unit.feedback",), LUKASZ),
    Picture("feedback-source", "FeedbackScreen", ("unit.feedback", "feedback.source"), LUKASZ),
    Picture("feedback-release", "ChoiceScreen", ("unit.feedback", "feedback.release"), LUKASZ),
    Picture("feedback-released", "FeedbackScreen", ("unit.feedback",), ALEXANDRA),
    Picture("sheet", "PageScreen", ("unit.sheet",), LUKASZ),
    Picture("feedback-editing", "EditingScreen", ("unit.feedback", "feedback.edit"), LUKASZ),
    Picture("verification-report", "ReportScreen", ("criterion.go-to", *"503", "enter", "unit.verification"), NGOZI),
    Picture("differences", "DifferencesScreen", ("evidence.differences",), LUKASZ),
    Picture("account", "FormScreen", ("mark.observe",), ROSALIND),
    Picture("cases", "ChoiceScreen", ("mark.cases",), ROSALIND),
    Picture("case-of-prior-learning", "FormScreen", ("mark.cases", "enter"), ROSALIND),
    Picture("marking-evidence-alone", "MarkingScreen", ("evidence.zoom",), ROSALIND),
)
_VERIFIER = (
    Picture("queue", "SamplesScreen", ("area.verifying",)),
    Picture("alike-pairs", "AlikeScreen", ("area.verifying", "samples.alike")),
    Picture("alike-case", "ChoiceScreen", ("area.verifying", "samples.alike", "alike.case")),
    Picture("plan", "SamplesScreen", ("area.verifying", "tab")),
    Picture("plan-proposal", "ProposalScreen", ("area.verifying", "tab", "plan.propose")),
    Picture("plan-unit-finder", "UnitFinder", ("area.verifying", "tab", "plan.why-of-any")),
    Picture("actions", "SamplesScreen", ("area.verifying", "tab", "tab")),
    Picture("sample", "SampleScreen", (), NGOZI, "8580-501"),
    Picture("plan-why", "ReadingScreen", ("area.verifying", "tab", "plan.why")),
    Picture("plan-date", "WritingScreen", ("area.verifying", "tab", "plan.date")),
    Picture("action-reassign", "ChoiceScreen", ("area.verifying", "tab", "tab", "action.reassign")),
    Picture("sample-finish", "FormScreen", ("verify.agree", "verify.finish"), NGOZI, "8580-501"),
    Picture("sample-not-agreed", "FormScreen", ("verify.not-agreed",), NGOZI, "8580-501"),
)
_COORDINATOR = (
    Picture("retention-hold", "WritingScreen", ("app.retention", "retention.hold")),
    Picture("retention-destroy", "ChoiceScreen", ("app.retention", "retention.destroy")),
    Picture("visit-new", "FormScreen", ("app.visits", "visits.new")),
    Picture("visit-asks", "FormScreen", ("app.visits", "visits.ask")),
    Picture("visit-read", "ReadingScreen", ("app.visits", "visits.read")),
    Picture("visit-lists", "ReadingScreen", ("app.visits", "visits.lists")),
    Picture("claims-claimed", "FormScreen", ("area.reports", "reports.claims", "claims.claimed")),
    Picture("claims-standing", "ReadingScreen", ("area.reports", "reports.claims", "claims.standing")),
)
_EXTERNAL = (
    Picture("external-caseload", "CaseloadScreen"),
    Picture("external-reads", "MarkingScreen", (), LUKASZ),
    Picture("external-may-not", "CaseloadScreen", ("caseload.due",)),
)
_NOTHING_THERE = (
    Picture("empty-caseload", "CaseloadScreen"),
    Picture("empty-yours", "YoursScreen", ("app.yours",)),
    Picture("empty-recent", "RecentScreen", ("app.recent",)),
    Picture("empty-signing-keys", "SigningKeysScreen", ("app.signing-keys",)),
    Picture("empty-standardisation", "StandardisationsScreen", ("app.standardisation",)),
    Picture("empty-retention", "RetentionScreen", ("app.retention",)),
    Picture("empty-visits", "VisitsScreen", ("app.visits",)),
    Picture("empty-alike", "AlikeScreen", ("area.verifying", "samples.alike")),
    Picture("empty-standards", "StandardsScreen", ("app.standards",)),
    Picture("empty-reports", "ReportsScreen", ("area.reports",)),
    Picture("empty-claims", "ClaimsScreen", ("area.reports", "reports.claims")),
    Picture("empty-queue", "SamplesScreen", ("area.verifying",)),
    Picture("empty-plan", "SamplesScreen", ("area.verifying", "tab")),
    Picture("empty-actions", "SamplesScreen", ("area.verifying", "tab", "tab")),
)
_DAMAGED = (
    Picture("damaged-caseload", "CaseloadScreen"),
    Picture("damaged-record", "MarkingScreen", (), ROSALIND),
    Picture("damaged-sheet", "MarkingScreen", (), LI_WEN),
)

SITTINGS = (
    Sat("demo", "", (Picture("who-are-you", "WhoScreen"),)),
    Sat("demo", "asha", _ASSESSOR),
    Sat(
        "demo", "asha", (Picture("blind-caseload", "CaseloadScreen"), Picture("blind", "MarkingScreen", (), ASE)), True
    ),
    # The area of verifying comes back at the list that was left: each begins anew.
    *(Sat("demo", "ines", (picture,)) for picture in _VERIFIER),
    *(Sat("empty", "asha", (picture,)) for picture in _NOTHING_THERE),
    Sat("damaged", "asha", _DAMAGED),
    *(Sat("demo", "carol", (picture,)) for picture in _COORDINATOR),
    Sat("demo", "pat", _EXTERNAL),
)

NOT_DRAWN = {
    "MarkTermApp": "the app, of which every picture is",
    "Modal": "the frame of what opens over a screen",
    "HashingScreen": "comes only when a disk is slow, and says numbers and a name of a file",
    "NewVersionScreen": "the demo has one version of each standard, and it is seen in its tests",
    "PastedScreen": "comes with what is pasted, and is seen in its tests",
}
"""What has keys and is in no picture, and why."""

RECORDING = "recording"

KEPT = (
    *("caseload-80x24-dark", "marking-80x24-dark", "marking-120x36-dark", "marking-160x45-light"),
    *("map-80x24-dark", "feedback-120x36-light", "sample-120x36-dark", "queue-120x36-dark"),
    *("reports-120x36-light", "empty-caseload-80x24-dark"),
)
"""The ten that are kept with the source, beside the recording; the others are drawn when they are wanted."""
