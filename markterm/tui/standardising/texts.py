"""What is looked at in a standardisation, text by text: the evidence of an exhibit, and all that a criterion asks."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from markterm.centre.exhibits import Material
from markterm.domain.record.standardisation import Asked
from markterm.domain.words.foreign_text import clean, one_line
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.tui.evidence.page import EvidencePage


def document_of(material: Material) -> EvidenceDocument:
    """The material ready to be read. Cutting a long text takes its time: for a thread."""
    kind, text = EvidenceKind.MARKDOWN if material.is_markdown else EvidenceKind.TEXT, clean(material.text)
    return EvidenceDocument.of(EvidenceText(text.text, text.replaced, ""), kind)


class ExhibitTexts(Container):
    """The texts of the exhibit that is looked at, one at a time, and which one that is."""

    DEFAULT_CSS = """
    ExhibitTexts { layout: vertical; height: 1fr; }
    ExhibitTexts > #which { height: 1; padding: 0 1; color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._at: Asked = (0, "")
        self._asks: dict[Asked, tuple[str, EvidenceDocument]] = {}
        self._texts: dict[int, list[tuple[str, EvidenceDocument]]] = {}
        self._turned: dict[int, int] = {}
        self._is_all_read = False

    def compose(self) -> ComposeResult:
        """Which text it is, and the text."""
        yield Static(id="which")
        yield EvidencePage()

    @property
    def page(self) -> EvidencePage:
        """Where the text stands."""
        return self.query_one(EvidencePage)

    def asks(self, asked: Asked) -> str:
        """What a criterion asks, with its descriptors; empty before that is known."""
        return self._asks[asked][0] if asked in self._asks else ""

    def take(self, material: Material, document: EvidenceDocument) -> None:
        """Have one more of what is looked at."""
        if material.criterion:
            self._asks[material.exhibit, material.criterion] = material.text, document
        else:
            self._texts.setdefault(material.exhibit, []).append((material.heading, document))
        self._show()

    def all_read(self) -> None:
        """There is no more."""
        self._is_all_read = True
        self._show()

    def look_at(self, asked: Asked) -> None:
        """Show the exhibit of that criterion, at the text of it that was shown last."""
        self._at = asked
        self._show()

    def turn(self, step: int) -> None:
        """Show another text of the exhibit."""
        count = len(self._here())
        if count:
            self._turned[self._at[0]] = (self._turned.get(self._at[0], 0) + step) % count
            self._show()

    def turn_page(self, step: int) -> None:
        """Move the text by a page."""
        (self.page.page_down if step > 0 else self.page.page_up)()

    def _here(self) -> list[tuple[str, EvidenceDocument]]:
        """The texts of the exhibit, and behind them all that the criterion asks: there is not room for it beside them
        in every terminal."""
        place, number = self._at
        asks = self._asks.get(self._at)
        return [*self._texts.get(place, ()), *([(f"what {number} asks", asks[1])] if asks is not None else [])]

    def _show(self) -> None:
        texts, which = self._here(), ""
        if not self._texts.get(self._at[0]) and not self._is_all_read:
            self.page.show_message("Reading …", "What is looked at is read, and names are covered.")
        elif not texts:
            self.page.show_message("There is nothing to read", "No text belongs to this.")
        else:
            turned = min(self._turned.get(self._at[0], 0), len(texts) - 1)
            heading, document = texts[turned]
            if self.page.document is not document:
                self.page.show(document, heading)
            which = one_line(f"{heading}  (text {turned + 1} of {len(texts)})")
        self.query_one("#which", Static).update(Content(which), layout=False)
