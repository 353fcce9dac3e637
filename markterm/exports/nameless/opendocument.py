"""OpenDocument texts, slides and spreadsheets without names: content, styles and pictures, and nothing else."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.views.anonymous import Anonymous
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.pictures import Pictures
from markterm.exports.nameless.search import found_in_bytes
from markterm.exports.nameless.tree import Element, Names, Rules, local, parsed, written
from markterm.exports.nameless.zipped import parts_of, zipped

_KINDS = frozenset(f"application/vnd.oasis.opendocument.{each}" for each in ("text", "presentation", "spreadsheet"))
_TREES = ("content.xml", "styles.xml")
_DROPPED = re.compile(
    r"mimetype|meta\.xml|settings\.xml|manifest\.rdf|layout-cache|META-INF/manifest\.xml|Thumbnails/[^/]+|"
    r"Configurations2/.*|Pictures/[^/]+"
)
_PICTURE = re.compile(r"(?:\./)?(Pictures/[^/]+)")
_HREF = "{http://www.w3.org/1999/xlink}href"
_NOWHERE = "about:blank"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:'
    b'xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>\n'
)
_MEDIA = {".png": "image/png", ".jpg": "image/jpeg"}
_WITHIN = frozenset(("object", "object-ole", "plugin", "applet", "floating-frame", "binary-data", "control", "form"))

_DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
_FREE = "string-value display-name tooltip title description footnotes-position help-message prefix suffix"
_RULES = Rules(
    paragraphs=frozenset(("p", "h", "annotation", "note", "ruby-text")),
    leaves=frozenset(),
    spaces={"s": " ", "tab": " ", "line-break": "\n"},
    formulas=frozenset(),
    free=frozenset((*(("*", each) for each in _FREE.split()), ("frame", "name"), ("page", "name"))),
    authors=frozenset(),
    author_elements=frozenset(
        ("creator", "initial-creator", "author-name", "author-initials", "creator-initials", "printed-by")
    ),
    times=frozenset(),
    time_elements=frozenset(("{http://purl.org/dc/elements/1.1/}date",)),
    dropped=frozenset(("scripts", "event-listeners", "database-ranges", "dde-connection-decls", "meta-date-string")),
    dropped_attributes=frozenset(("rsid", "paragraph-rsid", "protection-key", "identifier")),
    drawings=frozenset(("path", "polygon", "polyline")),
    drawn_by=(("enhanced-geometry", f"{{{_DRAW}}}type", re.compile(r"(?:ooxml-)?non-primitive")),),
    sheets=frozenset((("table", "name"),)),
)


def without_names(path: Path, anonymous: Anonymous, pictures: Pictures) -> bytes:
    """The file without names. Raises `NotOwnKind` where it holds what is not known, or somebody is still named."""
    parts = parts_of(path)
    kind = parts.get("mimetype", b"").decode("ascii", "replace").strip()
    if kind not in _KINDS or not all(name in _TREES or _DROPPED.fullmatch(name) for name in parts):
        raise NotOwnKind("it holds parts that are not known")
    names = Names(_RULES, anonymous, may_draw=pictures.show_nobody)
    made: dict[str, bytes] = {}
    placed: dict[str, bytes] = {}
    for name in _TREES:
        if name not in parts:
            continue
        root = parsed(parts[name])
        if any(local(each) in _WITHIN for each in root.iter()):
            raise NotOwnKind("it holds other files, or a form")
        _lead_nowhere(root, parts, pictures, placed)
        names.take_out(root)
        if names.still_there(root):
            raise NotOwnKind("a name is found in it in spite of all")
        made[name] = written(root)
        if found_in_bytes(made[name], anonymous):
            raise NotOwnKind("a name is found in one of its parts in spite of all")
    if "content.xml" not in made:
        raise NotOwnKind("it does not say which of its parts is the main one")
    whole = {"mimetype": kind.encode("ascii"), **made, "meta.xml": _META, **placed}
    return zipped({**whole, "META-INF/manifest.xml": _manifest(kind, whole)}, stored="mimetype")


def _lead_nowhere(root: Element, parts: dict[str, bytes], pictures: Pictures, placed: dict[str, bytes]) -> None:
    """Put the pictures in their places, and let every address outside lead nowhere."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or (href := element.get(_HREF)) is None:
            continue
        match = _PICTURE.fullmatch(href)
        if match is not None and match[1] in parts:
            data, ending = pictures.of(parts[match[1]], posixpath.splitext(match[1])[1].lower())
            same = next((name for name, other in placed.items() if other == data), None)
            name = same or f"Pictures/picture{len(placed) + 1}{ending}"
            placed[name] = data
            element.set(_HREF, name)
        elif local(element) == "a" and not href.startswith("#"):
            element.set(_HREF, _NOWHERE)
        elif not href.startswith("#"):
            if local(element) != "image":
                raise NotOwnKind("it shows what is in another file")
            pictures.left_out += 1
            element.getparent().remove(element)


def _manifest(kind: str, parts: dict[str, bytes]) -> bytes:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    root.set(f"{{{_MANIFEST}}}version", "1.2")
    for name in ("/", *(each for each in parts if each != "mimetype")):
        entry = etree.SubElement(root, f"{{{_MANIFEST}}}file-entry")
        entry.set(f"{{{_MANIFEST}}}full-path", name)
        media = kind if name == "/" else _MEDIA.get(posixpath.splitext(name)[1], "text/xml")
        entry.set(f"{{{_MANIFEST}}}media-type", media)
    return written(root)
