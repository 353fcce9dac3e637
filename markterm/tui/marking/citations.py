"""Citations of the criterion under the cursor: taking one back, and going from one to its words."""

from __future__ import annotations

from markterm.domain.record.citation import Citation, CitedFile, cited_file
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.tui.command import key_of, keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.evidence.cited_here import CitedHere
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.choice import ChoiceScreen

_LONGEST_QUOTE = 300


def is_cited_for(cited: CitedHere, place: CriterionPlace) -> bool:
    """Whether that citation is one of the criterion."""
    return (cited.unit, cited.criterion) == (place.unit.code, place.criterion.number)


async def take_back(at: Workplace, place: CriterionPlace, citation: Citation) -> None:
    """Take a citation back; it stays in the record."""
    registration, unit, number = at.desk.registration, place.unit.code, place.criterion.number
    try:
        await at.desk.record(lambda: at.centre.marking.take_back_citations(registration, unit, number, (citation.uid,)))
    except MarkTermError as error:
        at.failed(error)
        return
    where = one_line(f"{at.blindfold.file(citation.passage.file)}, {citation.passage.locator}")
    at.notify(f"The citation of {where} was taken back.")


async def go_to_cited(at: Workplace, place: CriterionPlace) -> None:
    """Go to the next passage that the criterion cites."""
    citations = at.desk.record_of(place).citations
    if not citations:
        at.notify(keyed("Nothing is cited for this criterion yet. {evidence.cite} cites the passage with the bar."))
        return
    await go_to_citation(at, place, (at.cited_at[1] + 1) % len(citations) if at.cited_at[0] == place else 0)


async def go_to_citation(at: Workplace, place: CriterionPlace, number: int) -> None:
    """Go to that passage of those that the criterion cites, counted from 0."""
    citation = at.desk.record_of(place).citations[number]
    at.cited_at = (place, number)
    passage, files = citation.passage, at.evidence.fingerprints.known
    destroyed = at.desk.destroyed(place.unit.key)
    is_there = (CitedFile.THERE, passage.file)
    found, name = cited_file(passage, files, destroyed=destroyed is not None) if files is not None else is_there
    if destroyed is not None and found is CitedFile.DESTROYED:
        at.notify(one_line(f"The evidence was {destroyed.words}. These were the words: “{passage.quote}”"))
        return
    if found is CitedFile.GONE:
        await _offer_to_take_back(at, place, citation, "is not there any more")
        return
    at.gone_to = place, citation
    at.evidence.show()
    at.reader.open_passage(name, passage)
    at.screen.set_focus(at.reader.pane)


async def words_are_gone(at: Workplace, gone: EvidenceReader.WordsGone) -> None:
    """The words that were cited are not in the file any more: it changed, or it is read otherwise by now."""
    if at.gone_to is not None and at.gone_to[1].passage == gone.passage:
        is_same = gone.passage.sha256 in (at.evidence.fingerprints.known or {}).values()
        fate = "is the file that was cited, and is read otherwise by now" if is_same else "changed since"
        await _offer_to_take_back(at, *at.gone_to, fate)


async def _offer_to_take_back(at: Workplace, place: CriterionPlace, citation: Citation, fate: str) -> None:
    """Show the words of a citation whose file is gone or changed, which cannot be gone to, and offer to end it."""
    name = one_line(at.blindfold.file(citation.passage.file))
    title = f"{name} {fate}. These were the words: “{shortened(citation.passage.quote, _LONGEST_QUOTE)}”"

    async def answered(choice: int | None) -> None:
        if choice == 1:
            await take_back(at, place, citation)

    choices = ["Leave the citation as it is", "Take it back; it stays in the record"]
    await at.screen.app.push_screen(ChoiceScreen(title, choices), answered)


def read_elsewhere(at: Workplace, read: EvidenceReader.ReadElsewhere) -> None:
    """Say that the words of a citation were read in a picture by another machine: they are neither lost nor changed."""
    machine = read.passage.machine
    if machine is not None:
        at.screen.notify(
            f"“{one_line(read.passage.quote)}”\n{one_line(read.passage.locator)}, on another machine. "
            f"{key_of('evidence.picture')} shows page {machine.page} itself, "
            f"{key_of('evidence.outside')} opens the file outside.",
            title="Read by machine elsewhere",
            timeout=12,
            markup=False,
        )
