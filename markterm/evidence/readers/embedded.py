"""Documents, workbooks and files of any kind that stand within an Office file."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.office import OfficeFile, Relation
from markterm.evidence.readers.ole_object import file_inside

_VERSION = re.compile(r"\.\d+$")
"""Of the program that an object is for: `Word.Document.12`."""


@dataclass(slots=True)
class Embedded:
    """The files within a file, each taken once."""

    office: OfficeFile
    attached: Attached = field(default_factory=Attached)
    _said: dict[str, str] = field(default_factory=dict)

    def said(self, relation: Relation, called: str) -> str:
        """What stands, as Markdown, where the object of this relation stands; `called` is its name or its kind."""
        if relation.external:
            return f"[linked, not opened: {escape_inline(relation.target)}]"
        if relation.target not in self._said:
            self._said[relation.target] = self._taken(relation.target, called)
        return self._said[relation.target]

    def _taken(self, part: str, called: str) -> str:
        content = self.office.content(part)
        called = _VERSION.sub("", called).replace(".", " ") or posixpath.splitext(posixpath.basename(part))[0]
        inside = None if content is None else file_inside(content, called)
        if inside is None:
            return f"[embedded object, not opened: {escape_inline(called)}]"
        return escape_inline(self.attached.take(*inside))
