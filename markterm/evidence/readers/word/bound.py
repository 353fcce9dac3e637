"""What content controls show, where it is kept elsewhere in the file: programs that fill in forms write it there."""

from __future__ import annotations

import re

from markterm.evidence.readers.tick_box import NOT_TICKED, TICKED, tick_box
from markterm.evidence.readers.word.package import Package
from markterm.evidence.readers.word.xml import Element, attribute, child, children, inside, is_on, local

# Of the parts that every Office file has, as content controls call them.
_OF_EVERY_FILE = {
    "{6c3c8bc8-f283-45ae-878a-bab7291924a1}": "core-properties",
    "{6668398d-a668-4e3e-a5eb-62b293d839f1}": "extended-properties",
}
_STEP = re.compile(r"/(?:(@)?(?:([\w.-]+):)?([\w.-]+)(?:\[(\d{1,4})\])?)")
_NAMESPACE = re.compile(r"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_LONGEST = 2_000


class Bound:
    """The parts of a file in which values are kept. Only plain paths to one value are followed."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._stores: dict[str, str] | None = None
        self._roots: dict[str, Element | None] = {}

    def value(self, control: Element) -> str:
        """What is kept for a content control; empty when nothing is, or it is not bound to anything."""
        binding = child(child(control, "sdtPr"), "dataBinding")
        path = attribute(binding, "xpath")
        if not path or len(path) > _LONGEST or _STEP.sub("", path):
            return ""
        part = self._store(attribute(binding, "storeItemID").lower())
        root = self._root(part) if part else None
        spaces = dict(_NAMESPACE.findall(attribute(binding, "prefixMappings")))
        return "" if root is None else _said(child(control, "sdtPr"), _found(root, path, spaces))

    def other(self, control: Element) -> str:
        """What is kept for a content control whose own words say something else: Word shows what is kept.

        Empty when they say the same. Dates are not compared: they are kept in another form than they are shown in.
        """
        kept = "" if child(child(control, "sdtPr"), "date") is not None else self.value(control)
        own = words_of(control)
        return "" if "".join(own.split()) == "".join(kept.split()) else kept

    def _root(self, part: str) -> Element | None:
        """Of a part, parsed once: a form has hundreds of fields, and all its values in one part."""
        if part not in self._roots:
            self._roots[part] = self._package.root(part)
        return self._roots[part]

    def _store(self, identity: str) -> str:
        if self._stores is None:
            self._stores = {}
            for key, kind in _OF_EVERY_FILE.items():
                for name in self._package.related("", kind):
                    self._stores[key] = name
            for name in self._package.related(self._main, "customXml"):
                for properties in self._package.related(name, "customXmlProps"):
                    self._stores[attribute(self._package.root(properties), "itemID").lower()] = name
        return self._stores.get(identity, "")


def words_of(control: Element) -> str:
    """What a content control says itself."""
    check = child(child(control, "sdtPr"), "checkbox")
    if check is not None:
        return tick_box(is_on(child(check, "checked")))
    content = child(control, "sdtContent")
    return "" if content is None else "".join("".join(one.itertext()) for one in inside(content, "t"))


def _said(properties: Element, kept: str) -> str:
    """How a control with these properties shows what is kept for it; empty for what is no words."""
    if kept.startswith("<") or child(properties, "picture") is not None:  # another document, the bytes of a picture
        return ""
    if child(properties, "checkbox") is not None:
        return {"true": TICKED, "1": TICKED, "false": NOT_TICKED, "0": NOT_TICKED}.get(kept.lower(), "")
    for kind in ("dropDownList", "comboBox"):
        for entry in children(child(properties, kind), "listItem"):
            if kept and attribute(entry, "value") == kept:
                return attribute(entry, "displayText") or kept
    return kept


def _found(root: Element, path: str, spaces: dict[str, str]) -> str:
    """The words at the end of a path of names from the root on."""
    element = None
    for is_attribute, prefix, name, number in _STEP.findall(path):
        tag = f"{{{spaces.get(prefix, '')}}}{name}" if prefix else name
        if is_attribute:
            return "" if element is None else str(element.get(tag, "")).strip()
        among = [root] if element is None else children(element, name)
        found = [one for one in among if one.tag == tag or (prefix and prefix not in spaces and local(one) == name)]
        place = int(number or 1) - 1
        if not 0 <= place < len(found):
            return ""
        element = found[place]
    return "" if element is None or len(element) else " ".join((element.text or "").split())
