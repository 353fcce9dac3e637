"""What every CASE package that leaves the centre is made of: a document, its items, and what is between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markterm.domain.standards.case_package.plain_text import plain_text
from markterm.domain.standards.case_package.vocabulary import CHILD_OF, Fields, address_of, identifier_of


@dataclass(frozen=True, slots=True)
class Node:
    """What an association is from or to."""

    identifier: str
    uri: str
    title: str

    def as_link(self) -> Fields:
        """As it stands in an association."""
        return {"title": self.title, "identifier": self.identifier, "uri": self.uri}


@dataclass
class PackageBeingMade:
    """A package while it is made. `changed` is the time that all of it was changed at, as far as anybody knows."""

    changed: str
    document: Fields = field(default_factory=dict)
    items: list[Fields] = field(default_factory=list)
    associations: list[Fields] = field(default_factory=list)
    definitions: Fields = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def begin(self, identifier: str, title: str, creator: str, kept: Fields | None = None, **more: Any) -> Node:
        """Set the document; fields without a value are left out. What a publisher's own document says besides is
        `kept`, with its identifier and address."""
        said = {"identifier": identifier, "uri": address_of(identifier), "creator": creator, "title": title}
        known = {key: value for key, value in more.items() if value}
        self.document = {**said, "lastChangeDateTime": self.changed, "caseVersion": "1.1", **known}
        if kept is not None:
            self.document = {**kept, **self.document, "identifier": kept["identifier"], "uri": kept["uri"]}
        return Node(self.document["identifier"], self.document["uri"], title)

    def item(
        self,
        identifier: str,
        statement: str,
        kind: str,
        code: str,
        above: Node,
        kept: Fields | None = None,
        **more: Any,
    ) -> Node:
        """Add an item as the next part of what is above it. One that a publisher gave is `kept`, with what it says
        besides, and stays as it came where it has these words."""
        made: Fields = {"identifier": identifier, "uri": address_of(identifier), "fullStatement": statement}
        made |= {"CFItemType": kind, "lastChangeDateTime": self.changed}
        if code:
            made["humanCodingScheme"] = code
        made |= {key: value for key, value in more.items() if value}
        if kept is not None:
            same = plain_text(kept["fullStatement"]) == statement
            made = kept if same else {**made, **kept, "fullStatement": statement, "lastChangeDateTime": self.changed}
        self.items.append(made)
        node = Node(made["identifier"], made["uri"], code or statement)
        self._counts[above.identifier] = self._counts.get(above.identifier, 0) + 1
        self.between(node, CHILD_OF, above, self._counts[above.identifier])
        return node

    def between(self, origin: Node, kind: str, destination: Node, number: int = 0, notes: str = "") -> None:
        """Add an association; with a number, it has that place among those of its kind."""
        identifier = identifier_of(kind, origin.identifier, destination.identifier)
        made: Fields = {"identifier": identifier, "associationType": kind, "uri": address_of(identifier)}
        made |= {"originNodeURI": origin.as_link(), "destinationNodeURI": destination.as_link()}
        made["lastChangeDateTime"] = self.changed
        if number:
            made["sequenceNumber"] = number
        if notes:
            made["notes"] = notes
        self.associations.append(made)

    def package(self) -> Fields:
        """The whole of it."""
        whole: Fields = {
            "CFDocument": self.document,
            "CFItems": self.items,
            "CFAssociations": self.associations,
        }
        return {**whole, "CFDefinitions": self.definitions} if self.definitions else whole
