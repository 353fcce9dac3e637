"""What is drawn in a Word file: pictures by their description, text boxes, word art, charts, diagrams, objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markterm.evidence.readers.word.file import WordFile
from markterm.evidence.readers.word.page import Rows, Words
from markterm.evidence.readers.word.words import PLAIN, Piece
from markterm.evidence.readers.word.xml import Element, attribute, child, children, inside, local

_IMAGES = frozenset({"blip", "imagedata"})
_SOURCE = re.compile(r"""src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_PARTS = {"chart": "chart", "relIds": "diagram"}
_SIGNER = ("suggestedsigner", "suggestedsigner2", "suggestedsigneremail", "signinginstructions")


@dataclass(slots=True)
class Drawn:
    """What a drawing says in its line, and what is shown below it."""

    words: list[Piece] = field(default_factory=list)
    below: list[Iterable[Element] | Words | Rows] = field(default_factory=list)

    def say(self, text: str, address: str = "") -> None:
        """Words in the line."""
        self.words.append(Piece(text, PLAIN._replace(address=address)))


def read(element: Element, file: WordFile, part: str) -> Drawn:
    """What `element` of `part` (a drawing of the newer or the older form, or an object) says."""
    found = Drawn()
    objects = list(_shallow(element, frozenset({"OLEObject", "objectEmbed", "objectLink", "control"})))
    for one in objects:
        found.say(file.object_mark(part, one))
    if local(element) == "drawing":
        _read_drawing(element, found, file, part)
    else:
        _read_shapes(element, found, shows_pictures=not objects)
    for one in _shallow(element, frozenset({"txbxContent", "p", "r", "tbl"})):
        if local(one) == "txbxContent":
            found.below.append(one)
        elif _space(one) == _space(element):
            found.below.append([one])
    for one in _shallow(element, frozenset(_PARTS)):
        found.below += file.drawn_part(part, _relation_of(one), _PARTS[local(one)])
    return found


def chosen(element: Element) -> list[Element]:
    """The content of the form of an alternative that is shown: the first that has any."""
    for one in (*children(element, "Choice"), *children(element, "Fallback")):
        if len(one):
            return list(one)
    return []


def _space(element: Element) -> str:
    """The set of names that an element is of: drawings have paragraphs and letters of their own."""
    return str(element.tag).rpartition("}")[0]


def _relation_of(element: Element) -> str:
    return attribute(element, "id") or attribute(element, "dm")


def _shallow(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """What has one of these names in `element`, not looking into what was found, nor twice at what is said twice."""
    for one in chosen(element) if local(element) == "AlternateContent" else element:
        name = local(one)
        if name in names:
            yield one
        elif name != "txbxContent":
            yield from _shallow(one, names)


def _read_drawing(element: Element, found: Drawn, file: WordFile, part: str) -> None:
    said: list[str] = []
    address = ""
    for one in _shallow(element, frozenset({"docPr", "cNvPr"})):
        if local(one) == "docPr" or not said:
            said.append(attribute(one, "descr") or attribute(one, "title"))
        link = next(inside(one, "hlinkClick"), None)
        if link is not None and not address:
            relation = file.package.relations(part).get(attribute(link, "id"))
            address = relation.target if relation is not None and relation.is_external else ""
    found.words += [Piece(f"[video: {address}]") for address in _videos(element)]
    has_picture = next(_shallow(element, _IMAGES), None) is not None
    if has_picture or any(said):
        found.say(image(" ".join(filter(None, dict.fromkeys(said)))), address)
    texts = [one.text or "" for one in _shallow(element, frozenset({"t"})) if _space(one) != _space(element)]
    if any(texts):
        found.say(" ".join(texts))


def _videos(element: Element) -> Iterator[str]:
    """The addresses of films that Word would play from the web in the place of a picture."""
    for one in inside(element, "webVideoPr"):
        found = _SOURCE.search(attribute(one, "embeddedHtml"))
        yield found[1] if found else "no address"


def _read_shapes(element: Element, found: Drawn, *, shows_pictures: bool) -> None:
    for one in _shallow(element, frozenset({"imagedata", "textpath", "signatureline"})):
        shape = one.getparent()
        match local(one):
            case "imagedata":
                said = attribute(shape, "alt") or attribute(one, "title")
                signs = child(shape, "signatureline") is not None
                if (shows_pictures or said) and not signs:
                    found.say(image(said))
            case "textpath":
                found.say(" ".join(attribute(one, "string").split()))
            case "signatureline":
                words = ", ".join(filter(None, (attribute(one, name) for name in _SIGNER)))
                found.say(f"[signature line: {words or 'nobody named'}]")


def image(words: str) -> str:
    """A picture in words."""
    return f"[image: {' '.join(words.split()) or 'no description'}]"
