"""PowerPoint presentations: each slide with its title, lists, tables, charts, pictures, notes and comments.

The parts are read here and not by a library: the one that there is takes files of some content types only, and gives up
a whole presentation for one slide whose title is a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.activex import activex
from markterm.evidence.readers.charted import chart_of, diagram_words, figures, left_out
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.drawing import Drawings, description, image, is_unseen, local, name_of, shapes
from markterm.evidence.readers.embedded import Embedded
from markterm.evidence.readers.escape import escape_inline, escape_line_start
from markterm.evidence.readers.office import RELATIONS, OfficeFile, is_on
from markterm.evidence.readers.pptx.beneath import Beneath
from markterm.evidence.readers.pptx.bullets import Bullets, placeholder
from markterm.evidence.readers.pptx.comments import SlideComments
from markterm.evidence.readers.pptx.lists import write_paragraphs
from markterm.evidence.readers.tick_box import tick_box

_TITLES = frozenset({"title", "ctrTitle"})
_ON_EVERY_SLIDE = frozenset({"ftr", "hdr", "dt"})
_ON_EVERY_NOTE = frozenset({"sldImg", "sldNum", *_ON_EVERY_SLIDE})
_MEDIA = {
    "videoFile": "video",
    "quickTimeFile": "video",
    "audioFile": "audio",
    "wavAudioFile": "audio",
    "audioCd": "audio",
}


def read(path: Path) -> Converted:
    """The slides of `path`, hidden ones too. Raises NotReadable when it is not a presentation."""
    with damage_said("a presentation"), path.open("rb") as stream:
        office = OfficeFile(stream)
        main = office.main("a presentation")
        presentation = office.root(main)
        if presentation is None or local(presentation) != "presentation":
            raise NotReadable("This is not a presentation: it is something else than its name says, or damaged.")
        draft = Draft()
        writer = _Writer(
            office, draft, Embedded(office), SlideComments(office, main), Bullets(office), Beneath(office, presentation)
        )
        count = 0
        for count, each in enumerate(presentation.iterfind("{*}sldIdLst/{*}sldId"), 1):
            relation = office.target(main, each.get(f"{RELATIONS}id"))
            writer.write("" if relation is None or relation.external else relation.target, count)
        if not count:
            draft.add("*[no slides]*")
        draft.notes.extend((*office.notes, *writer.embedded.attached.notes()))
        return draft.converted(pages=count, attachments=writer.embedded.attached.files)


@dataclass(slots=True)
class _Writer:
    office: OfficeFile
    draft: Draft
    embedded: Embedded
    comments: SlideComments
    bullets: Bullets
    beneath: Beneath
    said: set[str] = field(default_factory=set)
    """What stands on every slide, and is shown on the first."""

    def write(self, part: str, number: int) -> None:
        """The slide that is the part of that name."""
        draft = self.draft
        draft.at(f"slide {number}")
        root = self.office.root(part) if self.office.has(part) else None
        if root is None:
            draft.add(f"# Slide {number}")
            draft.add("*[this slide is not in the file]*")
            draft.notes.append(f"Slide {number} is named in the presentation, and is not in the file.")
            return
        drawings = Drawings(self.office, part)
        drawn = [shape for tree in root.iterfind("{*}cSld/{*}spTree") for shape in shapes(tree)]
        title = next((shape for shape in drawn if _placeholder(shape) in _TITLES and drawings.words(shape)), None)
        words = "" if title is None else drawings.words(title)
        is_hidden = not is_on(root.get("show"), True)
        draft.add(f"# {words or f'Slide {number}'}{' (hidden slide)' if is_hidden else ''}")
        if is_hidden:
            draft.notes.append(f"Slide {number} is hidden in the presentation, and shown here.")
        for shape in drawn:
            if shape is not title:
                self._write_shape(drawings, shape, number)
        for words in self.beneath.words(part, root):
            self._write_once(words)
        if unseen := sum(is_unseen(shape) for shape in drawn if local(shape) != "nvGrpSpPr"):
            draft.notes.append(f"Slide {number} has hidden shapes, shown here: {unseen}.")
        self._write_controls(part, root)
        self._write_notes(part)
        for comment in self.comments.of(part):
            draft.add(f"- {escape_inline(comment)}")

    def _write_shape(self, drawings: Drawings, shape: Any, number: int) -> None:
        kind, stands_for = local(shape), _placeholder(shape)
        if stands_for == "sldNum":
            return
        if stands_for in _ON_EVERY_SLIDE:
            self._write_once(drawings.words(shape))
        elif kind == "graphicFrame":
            self._write_frame(drawings, shape, number)
        elif kind == "pic":
            self._write_picture(drawings, shape)
        elif paragraphs := drawings.paragraphs(shape):
            write_paragraphs(paragraphs, self.draft, bulleted=self.bullets.of(drawings.part, shape))
            self._describe(shape)
            if address := drawings.address_of_shape(shape):
                self.draft.add(f"→ {escape_inline(address)}")
        elif words := description(shape) or drawings.address_of_shape(shape):
            self.draft.add(image(words) if words == description(shape) else f"→ {escape_inline(words)}")

    def _describe(self, shape: Any) -> None:
        """What a shape is said to show, beside what is in it."""
        if words := description(shape):
            self.draft.add(image(words))

    def _write_once(self, words: str) -> None:
        if words not in self.said:
            self.said.add(words)
            self.draft.add(escape_line_start(words))

    def _write_frame(self, drawings: Drawings, frame: Any, number: int) -> None:
        draft = self.draft
        tables = [drawings.table(each) for each in frame.iter("{*}tbl")]
        charts = list(frame.iter("{*}chart"))
        diagram = [f"- {escape_line_start(words)}" for words in diagram_words(drawings, frame)]
        embedded = next(frame.iter("{*}oleObj"), None)
        for table in tables:
            draft.add(table)
        draft.add("\n".join(diagram))
        if charts:
            self._write_chart(drawings, frame, number)
        elif embedded is not None:
            relation = drawings.office.target(drawings.part, embedded.get(f"{RELATIONS}id"))
            if relation is not None:
                draft.add(self.embedded.said(relation, embedded.get("progId") or embedded.get("name") or ""))
        elif not tables and not diagram:
            draft.add(image(description(frame) or name_of(frame)))
            return
        self._describe(frame)

    def _write_chart(self, drawings: Drawings, frame: Any, number: int) -> None:
        chart = chart_of(self.office, drawings.part, frame)
        if chart is None:
            self.draft.notes.append(f"A chart on slide {number} cannot be read; open the file outside.")
            return
        self.draft.add(f"[chart: {escape_inline(chart.title or name_of(frame))}]")
        for table in figures(chart):
            self.draft.add(table)
        self.draft.add("\n".join(f"- On the chart: {escape_inline(words)}" for words in chart.words))
        if note := left_out(chart, f"slide {number}"):
            self.draft.notes.append(note)

    def _write_picture(self, drawings: Drawings, shape: Any) -> None:
        words = description(shape) or name_of(shape)
        address = drawings.address_of_shape(shape)
        for each in shape.iter():
            if medium := _MEDIA.get(local(each)):
                relation = drawings.office.target(drawings.part, each.get(f"{RELATIONS}link"))
                address = relation.target if relation is not None and relation.external else address
                self.draft.add(f"[{medium}: {escape_inline(words)}]{_leading(address)}")
                return
        self.draft.add(f"{image(words)}{_leading(address)}")

    def _write_controls(self, part: str, root: Any) -> None:
        for each in root.iterfind("{*}cSld/{*}controls//{*}control"):
            relation = self.office.target(part, each.get(f"{RELATIONS}id"))
            control = None if relation is None else self.office.root(relation.target)
            if control is None or relation is None:
                continue
            found = activex(self.office, relation.target, control)
            if found.kind in ("checkbox", "radio"):
                label = found.label or each.get("name") or ""
                self.draft.add(f"{tick_box(found.is_ticked)} {escape_inline(label)}".strip())
            else:
                self.draft.add_text(" ".join(filter(None, (found.label, found.value))))

    def _write_notes(self, part: str) -> None:
        for relation in self.office.related(part, "notesSlide"):
            root = self.office.root(relation.target)
            drawings = Drawings(self.office, relation.target)
            drawn = [
                shape for tree in (() if root is None else root.iterfind("{*}cSld/{*}spTree")) for shape in shapes(tree)
            ]
            notes = (shape for shape in drawn if _placeholder(shape) not in _ON_EVERY_NOTE)
            paragraphs = [paragraph for shape in notes for paragraph in drawings.paragraphs(shape)]
            if paragraphs:
                self.draft.add("**Notes:**")
                write_paragraphs(paragraphs, self.draft)
            for shape in drawn:
                if _placeholder(shape) in _ON_EVERY_SLIDE:
                    self._write_once(drawings.words(shape))


def _placeholder(shape: Any) -> str:
    """What a shape stands for on the layout of its slide, as `title`; empty for one of the learner's own."""
    mark = placeholder(shape)
    return "" if mark is None else mark.get("type") or "obj"


def _leading(address: str) -> str:
    return f" → {escape_inline(address)}" if address else ""
