"""The parts of a Word file and how they belong together: what a part is, its relationships say and not its name."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote

from markterm.evidence.conversion.zip_check import DAMAGED, LARGEST_ENTRY
from markterm.evidence.converted import NotReadable
from markterm.evidence.readers.word.xml import Element, attribute, child, local, parsed

_MAIN_TYPE = re.compile(
    r"wordprocessingml\.(?:document|template)\.main\+xml$|ms-word\.\w+\.macroEnabledTemplate|"
    r"ms-word\.(?:document|template)\.macroEnabled\.main\+xml$"
)
_MAIN_NAME = re.compile(r"(?:word/)?document\d*\.xml", re.IGNORECASE)
_NO_DOCUMENT = "There is no Word document in it: it is damaged, or something else under this name."


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says it belongs with."""

    kind: str
    """The end of its type, the same in both sets of names: `footnotes`, `image`, `hyperlink`."""
    target: str
    """The name of a part, or where it leads outside the file."""
    is_external: bool


class Package:
    """The parts of one Word file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        names = [name for name in archive.namelist() if not name.endswith("/")]
        self._names = {_key(name): name for name in names}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.damaged: list[str] = []
        """Names of parts that were not whole."""
        times = Counter(map(_key, names))
        self.doubled = [name for name in self._names.values() if times[_key(name)] > 1]
        """Names that several parts have, of which only the last is read."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in their order."""
        return tuple(self._names.values())

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name.casefold() in self._names

    def bytes(self, name: str) -> bytes | None:
        """The content of a part; None when it is not there or cannot be unpacked."""
        stored = self._names.get(name.casefold())
        if stored is None:
            return None
        try:
            if self._archive.getinfo(stored).file_size > LARGEST_ENTRY:  # of a file in a file nobody asked before
                raise zipfile.BadZipFile
            return self._archive.read(stored)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            self.damaged.append(name)
            return None

    def root(self, name: str) -> Element | None:
        """The root of a part that the text can do without: None when it is missing, or damaged from its beginning.

        Raises NotReadable when it defines entities.
        """
        data = self.bytes(name)
        if data is None:
            return None
        try:
            root, is_whole = parsed(data)
        except NotReadable as refusal:
            if "entities" in str(refusal):
                raise
            self.damaged.append(name)
            return None
        if not is_whole:
            self.damaged.append(name)
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part by their ids; of the whole package when `name` is empty."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
            found = {}
            for one in () if root is None else root:
                target = attribute(one, "Target")
                kind = attribute(one, "Type").rstrip("/").rpartition("/")[2]
                is_external = attribute(one, "TargetMode").lower() == "external" or kind == "hyperlink"
                if not is_external:
                    target = _within(folder, target)
                elif target.startswith("#"):
                    target = ""
                found[attribute(one, "Id")] = Relation(kind, target, is_external)
            self._relations[name] = found
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """The names of the parts that a part has a relationship of this kind with, without those that are missing."""
        found = [each.target for each in self.relations(name).values() if each.kind == kind and not each.is_external]
        return [target for target in dict.fromkeys(found) if self.has(target)]

    def main(self) -> tuple[str, Element]:
        """The name and the root of the document itself. Raises NotReadable when there is none."""
        for name in dict.fromkeys((*self.related("", "officeDocument"), *self._likely_mains())):
            data = self.bytes(name)
            if data is None:
                raise NotReadable(DAMAGED)
            root, is_whole = parsed(data)
            if local(root) == "document" and child(root, "body") is not None:
                if not is_whole:
                    self.damaged.append(name)
                return name, root
        raise NotReadable(_NO_DOCUMENT)

    def _likely_mains(self) -> list[str]:
        """Where the document may be when the relationships do not say it."""
        types = self.root("[Content_Types].xml")
        named = [
            attribute(one, "PartName").lstrip("/")
            for one in (() if types is None else types)
            if _MAIN_TYPE.search(attribute(one, "ContentType"))
        ]
        named += [name for name in self._names.values() if _MAIN_NAME.fullmatch(name)]
        return [name for name in named if self.has(name)]


def _key(name: str) -> str:
    """What tells a part from the others: neither case nor the way of its slashes does."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _within(folder: str, target: str) -> str:
    """The name of the part at `target`, which is said from the `folder` of the part that says it."""
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    path = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(path).lstrip("./") if path else ""
