"""Which classes of the screens have keys that work together: the registry of everything that a key does.

Names alone, so that nothing is loaded by it. A class is written as `module:Class`.
"""

from __future__ import annotations

_APP = "markterm.tui.app:MarkTermApp"
_LIST = "markterm.tui.widgets.line_list:LineList"
_TEXT = "markterm.tui.widgets.text_pane:TextPane"
_CRITERIA = "markterm.tui.widgets.criteria_list:CriteriaList"
_EVIDENCE = ("markterm.tui.evidence.page:EvidencePage", "markterm.tui.evidence.pane:EvidencePane")

TOGETHER: tuple[tuple[str, ...], ...] = (
    (_APP, "markterm.tui.caseload.screen:CaseloadScreen", _LIST),
    (_APP, "markterm.tui.marking.screen:MarkingScreen", _LIST, _CRITERIA, *_EVIDENCE, _TEXT),
    (_APP, "markterm.tui.feedback.screen:FeedbackScreen", _TEXT),
    ("markterm.tui.feedback.screen:EditingScreen",),
    (_APP, "markterm.tui.across.screen:AcrossScreen", _LIST),
    ("markterm.tui.evidence.find_all:FindAllScreen",),
    ("markterm.tui.remarks.screen:BankScreen",),
    (
        _APP,
        "markterm.tui.differences.screen:DifferencesScreen",
        "markterm.tui.differences.view:DifferenceView",
        _LIST,
    ),
    ("markterm.tui.marking.pass_list:PassListScreen",),
    ("markterm.tui.widgets.dialogs:WritingScreen",),
    ("markterm.tui.widgets.dialogs:ChoiceScreen", _LIST),
    ("markterm.tui.widgets.dialogs:ReadingScreen",),
    ("markterm.tui.marking.pasted:PastedScreen",),
)
"""Screen by screen, with the app where its keys work too, and with the widgets that have keys of their own."""
