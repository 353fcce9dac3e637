"""Word files by mammoth, prepared so that nothing of them is lost on the way, and nothing outside them is opened."""

from __future__ import annotations

import io
import re
import secrets
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import mammoth  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.readers.package import xml_part

SUFFIXES = frozenset({".docx"})

_DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_KEPT_PARTS = ("[Content_Types].xml", "word/styles.xml", "word/numbering.xml")
_NOTE_PARTS = {
    "footnote": "word/footnotes.xml",
    "endnote": "word/endnotes.xml",
    "comment": "word/comments.xml",
}
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_DRAWN_TEXT = re.compile(r"word/(?:charts/chart|diagrams/data)\d*\.xml")
_ROOT_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    b' Target="word/document.xml"/></Relationships>'
)
_STYLE_MAP = """
comment-reference => sup
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
_BACK_LINK = re.compile(r' ?<a href="#[a-z]+-ref-[^"]*">↑</a>')
_NOTES_BEGIN = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')
_COMMENTS_BEGIN = re.compile(r'<dl>(?=<dt id="comment-)')

# Word has two sets of names for the same things; each is read by its local name.
_WRAPPERS = frozenset({"fldSimple", "dir", "bdo", "ruby", "rt", "rubyBase", "sdtContent", "smartTag", "customXml"})
_IMAGES = frozenset({"blip", "imagedata"})
_SHOWN = frozenset({"t", "drawing", "pict", "object", "sym"})
_NOTE_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}


def read(path: Path) -> Converted:
    """The text of `path` with headers, footers, notes, comments and text boxes; its paragraphs are numbered as places.

    What was inserted with changes tracked is there, what was deleted is not, and is counted. Raises NotReadable.
    """
    token = secrets.token_hex(8)
    with zipfile.ZipFile(path) as archive:
        document = xml_part(archive, _DOCUMENT)
        body = None if document is None else _child(document, "body")
        if document is None or body is None:
            raise NotReadable("There is no Word document in it: it is damaged, or something else under this name.")
        package = _Package(archive, token)
        margins = [(name, xml_part(archive, name)) for name in sorted(filter(_MARGIN.fullmatch, archive.namelist()))]
        drawn = [_drawn_text(archive, name) for name in archive.namelist() if _DRAWN_TEXT.fullmatch(name)]
        _number(body, token)
        notes = _notes(document)
        html = [
            *_once(package.html(root, name) for name, root in margins if root is not None and "header" in name),
            package.html(document, _DOCUMENT),
            *(f"<p>{text}</p>" for text in drawn if text),
            *_once(package.html(root, name) for name, root in margins if root is not None and "footer" in name),
        ]
    markdown, places, _ = markdown_of("".join(html), token)
    return Converted(markdown, places, notes)


class _Package:
    """What all parts of the file share, and mammoth, which reads one part at a time as if it were the document."""

    def __init__(self, archive: zipfile.ZipFile, token: str) -> None:
        self._archive = archive
        self._token = token
        self._shared = {name: tostring(root) for name in _KEPT_PARTS if (root := xml_part(archive, name)) is not None}
        self._known: dict[str, set[str]] = {}
        for kind, name in _NOTE_PARTS.items():
            root = xml_part(archive, name)
            if root is not None:
                self._known[kind] = {_attribute(note, "id") for note in root}
                _prepare(root, set(), {})
                self._shared[name] = tostring(root)

    def html(self, root: Element, name: str) -> str:
        """The HTML of a part: the document itself, a header or a footer."""
        relations = xml_part(self._archive, f"word/_rels/{name.removeprefix('word/')}.rels")
        known = set() if relations is None else {relation.get("Id", "") for relation in relations}
        _prepare(root, known, self._known)
        if _child(root, "body") is None:
            _mark(root, f"{self._token}{'header' if 'header' in name else 'footer'}")
            namespace = root.tag.rpartition("}")[0] + "}"
            document = Element(f"{namespace}document")
            SubElement(document, f"{namespace}body").extend(root)
            root = document
        parts = {**self._shared, "_rels/.rels": _ROOT_RELATIONS, _DOCUMENT: tostring(root)}
        if relations is not None:
            parts[_RELATIONS] = tostring(relations)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for part, data in parts.items():
                archive.writestr(part, data)
        result = mammoth.convert_to_html(packed, style_map=_STYLE_MAP, include_embedded_style_map=False)
        html = _BACK_LINK.sub("", str(result.value))
        for begin, title in ((_NOTES_BEGIN, "Notes"), (_COMMENTS_BEGIN, "Comments")):
            heading = f'<p><a id="{self._token}{title.lower()}"></a><strong>{title}</strong></p>'
            html = begin.sub(rf"{heading}\g<0>", html, count=1)
        return html


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _local(child) == name), None)


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _number(body: Element, token: str) -> None:
    """Mark the paragraphs that show something, counted, and the tables."""
    counts = {"p": 0, "tbl": 0}
    for block in _blocks(body):
        if any(_local(part) in _SHOWN for part in block.iter()):
            kind = _local(block)
            counts[kind] += 1
            _mark(block, f"{token}{'paragraph' if kind == 'p' else 'table'} {counts[kind]}")


def _mark(block: Element, name: str) -> None:
    """A bookmark at the start of the first paragraph of `block`: mammoth makes an anchor of it."""
    paragraph = next((part for part in block.iter() if _local(part) == "p"), None)
    if paragraph is not None:
        namespace = paragraph.tag.rpartition("}")[0] + "}"
        bookmark = Element(f"{namespace}bookmarkStart", {f"{namespace}name": name})
        paragraph.insert(1 if len(paragraph) and _local(paragraph[0]) == "pPr" else 0, bookmark)


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        name = _local(child)
        if name in ("p", "tbl"):
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _blocks(child)


def _prepare(root: Element, relations: set[str], notes: dict[str, set[str]]) -> None:
    """Change in `root` what mammoth would drop or stumble over: wrappers it does not know, pictures, formulas, text
    boxes in the newer form, and marks of notes, comments and links that lead nowhere."""
    namespace = root.tag.rpartition("}")[0] + "}"
    for element in list(root.iter()):
        name = _local(element)
        if name in _WRAPPERS and name != "sdtContent":
            element.tag = f"{namespace}customXml"
        elif name == "AlternateContent":
            _choose(element, namespace)
        elif name == "drawing":
            _replace_drawing(element, namespace)
        elif name == "pict":
            for shape in list(element.iter()):
                if _local(shape) in _IMAGES:
                    _become_text(shape, namespace, _image(_attribute(shape, "title")))
        elif name in ("oMath", "oMathPara"):
            _become_text(element, namespace, "".join(part.text or "" for part in element.iter() if _local(part) == "t"))
        elif name == "ptab":
            element.tag = f"{namespace}tab"
        elif name == "sym" and not re.fullmatch("[0-9A-Fa-f]{1,6}", _attribute(element, "char")):
            element.tag = f"{namespace}proofErr"
        elif name == "hyperlink":
            for key in [key for key in element.attrib if key.rpartition("}")[2] == "id"]:
                if element.attrib[key] not in relations:
                    del element.attrib[key]
        elif name == "softHyphen" or (
            name in _NOTE_MARKS and _attribute(element, "id") not in notes.get(_NOTE_MARKS[name], ())
        ):
            # Where a word may be broken, and marks of notes that are not there: mammoth passes over this name.
            element.tag = f"{namespace}proofErr"


def _choose(element: Element, namespace: str) -> None:
    """One of the forms in which Word says the same thing: the older one, which mammoth reads, if it is there."""
    chosen = _child(element, "Fallback")
    if chosen is None:
        chosen = _child(element, "Choice")
    content = [] if chosen is None else list(chosen)
    element.clear()
    element.tag = f"{namespace}customXml"
    element.extend(content)


def _replace_drawing(element: Element, namespace: str) -> None:
    """The pictures of a drawing as words, and its text boxes in the older form."""
    boxes = [part for part in element.iter() if _local(part) == "txbxContent"]
    pictures = sum(1 for part in element.iter() if _local(part) in _IMAGES)
    said = [
        _attribute(part, "descr") or _attribute(part, "title") for part in element.iter() if _local(part) == "docPr"
    ]
    element.clear()
    element.tag = f"{namespace}customXml"
    if pictures or (any(said) and not boxes):
        _become_text(SubElement(element, f"{namespace}t"), namespace, _image(" ".join(filter(None, said))))
    if boxes:
        SubElement(element, f"{namespace}pict").extend(boxes)


def _become_text(element: Element, namespace: str, text: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = f"{namespace}t", text, tail


def _image(words: str) -> str:
    return f"[image: {' '.join(words.split()) or 'no description'}]"


def _drawn_text(archive: zipfile.ZipFile, name: str) -> str:
    """The words and figures of a chart or a diagram, which stand in a part of their own."""
    root = xml_part(archive, name)
    texts = [] if root is None else [part.text or "" for part in root.iter() if _local(part) in ("t", "v")]
    words = "; ".join(filter(None, map(str.strip, texts)))
    kind = "chart" if "chart" in name else "diagram"
    return f"[{kind}: {escape(words)}]" if words else ""


def _once(pages: Iterator[str]) -> dict[str, None]:
    """Each text once: the headers of a file are mostly the same on the first, left and right pages."""
    return dict.fromkeys(pages)


def _notes(document: Element) -> tuple[str, ...]:
    names = [_local(element) for element in document.iter()]
    notes = []
    if deleted := names.count("del") + names.count("moveFrom"):
        notes.append(f"Passages that were deleted or moved away with changes tracked, and are not shown: {deleted}.")
    if inserted := names.count("ins") + names.count("moveTo"):
        notes.append(f"Passages that were inserted with changes tracked, and are shown: {inserted}.")
    if "vanish" in names:
        notes.append("Text that Word hides is shown.")
    if chunks := names.count("altChunk"):
        notes.append(f"Documents inside this one that are not shown: {chunks}.")
    return tuple(notes)
