"""Which classes of the screens have keys that work together: the registry of everything that a key does.

Names alone, so that nothing is loaded by it. A class is written as `module:Class`.
"""

from __future__ import annotations

APP = "markterm.tui.app:MarkTermApp"
_MODAL = "markterm.tui.widgets.modal:Modal"
_SAMPLES = "markterm.tui.samples.screen:SamplesScreen"
_LIST = "markterm.tui.widgets.line_list:LineList"
_CHOICE = "markterm.tui.widgets.choice:ChoiceScreen"
_CHOICES = "markterm.tui.widgets.choice:Choices"
_FILTER = "markterm.tui.widgets.filter_field:FilterField"
_TEXT = "markterm.tui.widgets.text_pane:TextPane"
_SCROLL = "markterm.tui.widgets.modal:Scroll"
_NOTE = "markterm.tui.widgets.note_field:NoteField"
_CRITERIA = "markterm.tui.widgets.criteria_list:CriteriaList"
_EVIDENCE = ("markterm.tui.evidence.page:EvidencePage", "markterm.tui.evidence.pane:EvidencePane")

TOGETHER: tuple[tuple[str, ...], ...] = (
    (APP, "markterm.tui.caseload.screen:CaseloadScreen", _LIST, _FILTER),
    (APP, "markterm.tui.marking.screen:MarkingScreen", _LIST, _CRITERIA, *_EVIDENCE, _TEXT),
    (APP, "markterm.tui.feedback.screen:FeedbackScreen", _EVIDENCE[0], _TEXT),
    (_MODAL, "markterm.tui.feedback.editing:EditingScreen", _NOTE),
    (APP, "markterm.tui.across.screen:AcrossScreen", _LIST),
    (APP, _SAMPLES, "markterm.tui.samples.queue_list:QueueList", _LIST, _FILTER),
    (APP, _SAMPLES, "markterm.tui.samples.plan:PlanPane", _LIST, _FILTER),
    (APP, _SAMPLES, "markterm.tui.samples.actions:ActionsPane", _LIST, _FILTER),
    (_MODAL, "markterm.tui.samples.unit_finder:UnitFinder"),
    (_MODAL, "markterm.tui.person.who:WhoScreen"),
    (_MODAL, "markterm.tui.samples.proposal:ProposalScreen", _LIST),
    (APP, "markterm.tui.verifying.screen:SampleScreen", _LIST, _CRITERIA, *_EVIDENCE, _TEXT),
    (_MODAL, "markterm.tui.widgets.form:FormScreen", "markterm.tui.verifying.finishing:Ticks", _LIST),
    (APP, "markterm.tui.reports.screen:ReportsScreen", _LIST),
    (APP, "markterm.tui.claims.screen:ClaimsScreen", _LIST, _FILTER),
    (_MODAL, "markterm.tui.claims.one:ClaimScreen", _LIST),
    (_MODAL, "markterm.tui.standards.mapping:MappingScreen", _LIST),
    (_MODAL, "markterm.tui.evidence.find_all:FindAllScreen"),
    (_MODAL, "markterm.tui.remarks.screen:BankScreen"),
    (
        APP,
        "markterm.tui.differences.screen:DifferencesScreen",
        "markterm.tui.differences.view:DifferenceView",
        _LIST,
    ),
    (_MODAL, "markterm.tui.alike.screen:AlikeScreen", _LIST),
    (_MODAL, "markterm.tui.widgets.several:SeveralScreen", "markterm.tui.widgets.several:_Lines", _LIST),
    (_MODAL, "markterm.tui.marking.report:ReportScreen", _SCROLL),
    (_MODAL, "markterm.tui.marking.go_to:GoToScreen"),
    (_MODAL, "markterm.tui.marking.map:MapScreen", _LIST),
    (_MODAL, "markterm.tui.yours.screen:YoursScreen", _LIST),
    (_MODAL, "markterm.tui.exporting.screen:ExportScreen", _LIST),
    (_MODAL, "markterm.tui.exporting.preview:PreviewScreen"),
    (_MODAL, "markterm.tui.exporting.preview:OverScreen"),
    (_MODAL, "markterm.tui.exporting.running:RunningScreen"),
    (_MODAL, "markterm.tui.recent.screen:RecentScreen", _LIST),
    (_MODAL, "markterm.tui.caseload.register_screen:RegisterScreen", _LIST),
    (_MODAL, "markterm.tui.caseload.receiving_screen:ReceivingScreen", _LIST),
    (_MODAL, "markterm.tui.retention.screen:RetentionScreen", _LIST),
    (_MODAL, "markterm.tui.backup.screen:BackupScreen"),
    (_MODAL, "markterm.tui.signing.screen:SigningKeysScreen", _LIST),
    (_MODAL, "markterm.tui.visits.screen:VisitsScreen", _LIST),
    (_MODAL, "markterm.tui.standards.person:PortfolioIndexScreen", _LIST),
    (_MODAL, "markterm.tui.standards.development:DevelopmentScreen", _LIST),
    (_MODAL, "markterm.tui.standards.badges:BadgesScreen", _LIST),
    (_MODAL, "markterm.tui.standards.profiles:ProfilesScreen", _LIST),
    (_MODAL, "markterm.tui.standards.screen:StandardsScreen", _LIST),
    (_MODAL, "markterm.tui.standards.new_version:NewVersionScreen", _LIST),
    (_MODAL, "markterm.tui.standards.taking_in:TakingInScreen"),
    (_MODAL, "markterm.tui.standards.coverage:CoverageScreen", _LIST),
    (_MODAL, "markterm.tui.standardising.screen:StandardisationsScreen", _LIST),
    (_MODAL, "markterm.tui.standardising.answering:AnsweringScreen", _EVIDENCE[0], _LIST),
    (_MODAL, "markterm.tui.evidence.reading_page:PageScreen", _EVIDENCE[0]),
    (_MODAL, "markterm.tui.evidence.hashing:HashingScreen"),
    (_MODAL, "markterm.tui.evidence.picture_screen:PictureScreen"),
    (_MODAL, "markterm.tui.widgets.writing:WritingScreen", _NOTE),
    (_MODAL, _CHOICE, _CHOICES, _LIST),
    (_MODAL, "markterm.tui.person.keys_screen:KeysScreen"),
    (_MODAL, "markterm.tui.person.new_key:NewKeyScreen"),
    (_MODAL, "markterm.tui.person.first_visit:FirstVisitScreen"),
    (_MODAL, "markterm.tui.evidence.file_list:EvidenceListScreen", _CHOICES, _LIST),
    (_MODAL, "markterm.tui.widgets.reading:ReadingScreen", _SCROLL),
    ("markterm.tui.widgets.help_screen:HelpScreen", _SCROLL),
    (_MODAL, "markterm.tui.pasting.screen:PastedScreen"),
)
"""Screen by screen, with the app where its keys work too, and with the widgets that have keys of their own."""
