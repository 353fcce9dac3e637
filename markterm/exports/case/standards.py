"""Standards, suites and units with their mapping, as CASE 1.1 packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength
from markterm.domain.assessed.standard import Standard, StandardKey, Statement, Term
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.case_package.vocabulary import (
    AREA,
    CRITERION,
    EXACT,
    FUNCTION,
    HEADING,
    KEY_PURPOSE,
    NOT_STATED,
    OURS,
    OUTCOME,
    RELATED,
    SCALARS,
    STANDARD,
    Fields,
    address_of,
    identifier_of,
    identifier_of_statement,
)
from markterm.exports.case.writing import Node, PackageBeingMade


@dataclass(frozen=True)
class ImportedStandard:
    """What a standard was imported from: the document of the package, and the item of each statement by its code. Their
    identifiers and addresses stay."""

    document: Fields
    items: Mapping[str, Fields]


Imported = Mapping[StandardKey, ImportedStandard]


def standard_package(standard: Standard, changed: str, imported: Imported) -> Fields:
    """A standard as a package; reading it gives the standard again."""
    made = PackageBeingMade(changed)
    came_as = imported.get(standard.key)
    document = made.begin(
        identifier_of("standard", standard.code, standard.version),
        standard.title,
        standard.origin or NOT_STATED,
        came_as.document if came_as is not None else None,
        version=standard.version,
        description=standard.overview,
        adoptionStatus="" if standard.in_force else "Deprecated",
        extensions={OURS: {"kind": "standard", **_said(standard)}},
    )
    made.definitions = _concepts(standard.glossary, changed, document.identifier)
    _add_statements(made, standard, document, imported)
    return made.package()


def suite_package(suite: Suite, known: KnownStandards, changed: str, imported: Imported) -> Fields:
    """A suite as a package, with its functional map and those of its standards that the centre has sheets of."""
    made = PackageBeingMade(changed)
    about = {"kind": "suite", "code": suite.code, "origin": suite.origin, "approved": suite.approved}
    about |= {"review": suite.review, "overview": suite.overview}
    lists = {"links": list(suite.links), "to_check": list(suite.to_check)}
    document = made.begin(
        identifier_of("suite", suite.code, suite.version),
        suite.title,
        suite.origin or NOT_STATED,
        version=suite.version,
        description=suite.overview,
        extensions={OURS: _with_values({**about, **lists})},
    )
    made.definitions = _concepts(suite.glossary, changed, document.identifier)
    if suite.key_purpose:
        own = identifier_of("key purpose", suite.code, suite.version)
        made.item(own, suite.key_purpose, KEY_PURPOSE, "", document)
    functions = _add_map(made, suite, document)
    for listed in suite.standards:
        standard = known.newest(listed.code)
        version = standard.version if standard is not None else ""
        own = identifier_of("standard", listed.code, version)
        more = _about_part(standard) if standard is not None else {}
        node = made.item(own, listed.title, STANDARD, listed.code, document, **more)
        if standard is not None:
            _add_statements(made, standard, node, imported)
        for function, place in functions.get(listed.code, ()):
            made.between(node, RELATED, function, place)
    return made.package()


def unit_package(
    unit: Unit, mapped: Iterable[Mapped], known: KnownStandards, changed: str, imported: Imported
) -> Fields:
    """A unit as a package, with what its criteria cover: exactly what they cover fully, and as related what they cover
    in part. What was looked at and turned down is no part of it."""
    made = PackageBeingMade(changed)
    # Whoever wrote the unit is the awarding organisation, which its sheet does not name: the centre is not its creator.
    document = made.begin(
        identifier_of("unit", unit.code, unit.version),
        f"{unit.code} {unit.title}",
        NOT_STATED,
        version=unit.version,
        extensions={OURS: {"kind": "unit", "code": unit.code, "title": unit.title}},
    )
    criteria: dict[str, Node] = {}
    for outcome in unit.on_sheet.outcomes:
        own = identifier_of("outcome", unit.code, unit.version, outcome.label)
        above = made.item(own, outcome.title, OUTCOME, outcome.label, document)
        for criterion in outcome.criteria:
            own = identifier_of("criterion", unit.code, unit.version, criterion.number)
            criteria[criterion.number] = made.item(own, criterion.text, CRITERION, criterion.number, above)
    for each in mapped:
        meant = known.named(each.link)
        if meant is not None and each.strength.covers and each.criterion in criteria:
            kind = EXACT if each.strength is Strength.FULLY else RELATED
            statement = node_of_statement(meant.standard.key, meant.statement, imported)
            made.between(criteria[each.criterion], kind, statement, notes=each.note)
    return made.package()


def node_of_statement(key: StandardKey, statement: Statement, imported: Imported) -> Node:
    """A statement as associations name it: by the identifier of its publisher, where it came with one."""
    came_as = imported.get(key)
    item = came_as.items.get(statement.code) if came_as is not None else None
    own = item["identifier"] if item is not None else identifier_of_statement(key, statement.code)
    return Node(own, item["uri"] if item is not None else address_of(own), f"{key} {statement.code}")


def _with_values(said: Mapping[str, Any]) -> Fields:
    return {key: value for key, value in said.items() if value}


def _said(standard: Standard) -> Fields:
    """What the sheet of a standard says and CASE has no field for."""
    scalars = {name: getattr(standard, name) for name in SCALARS}
    return _with_values({**scalars, "overview": standard.overview, "to_check": list(standard.to_check)})


def _about_part(standard: Standard) -> Fields:
    glossary = [[term.word, term.meaning] for term in standard.glossary]
    said = _with_values({**_said(standard), "version": standard.version, "glossary": glossary})
    return {"extensions": {OURS: said}}


def _concepts(glossary: Iterable[Term], changed: str, document: str) -> Fields:
    concepts = []
    for place, term in enumerate(glossary, 1):
        own = identifier_of("term", document, term.word)
        said = {"identifier": own, "uri": address_of(own), "title": term.word, "hierarchyCode": str(place)}
        concepts.append({**said, "description": term.meaning, "lastChangeDateTime": changed})
    return {"CFConcepts": concepts} if concepts else {}


def _add_map(made: PackageBeingMade, suite: Suite, document: Node) -> dict[str, list[tuple[Node, int]]]:
    """Add the functional map; gives the functions of each standard, with its place among those that meet it."""
    functions: dict[str, list[tuple[Node, int]]] = {}
    for area in suite.areas:
        own = identifier_of("area", suite.code, suite.version, area.code)
        above = made.item(own, area.title, AREA, area.code, document)
        for function in area.functions:
            own = identifier_of("function", suite.code, suite.version, function.code)
            more = {"extensions": {OURS: {"standards": list(function.standards)}}} if function.standards else {}
            node = made.item(own, function.title, FUNCTION, function.code, above, **more)
            for place, code in enumerate(function.standards, 1):
                functions.setdefault(code, []).append((node, place))
    return functions


def _add_statements(made: PackageBeingMade, standard: Standard, above: Node, imported: Imported) -> None:
    headings: dict[tuple[str, str], Node] = {}
    nodes: dict[str, Node] = {}
    came_as = imported.get(standard.key)
    items = came_as.items if came_as is not None else {}
    for each in standard.statements:
        parent = nodes.get(each.parent, above)
        if each.under and not each.parent:
            place = (each.kind.value, each.under)
            if place not in headings:
                own = identifier_of("heading", standard.code, standard.version, *place)
                headings[place] = made.item(own, each.under, HEADING, "", above)
            parent = headings[place]
        own = identifier_of_statement(standard.key, each.code)
        nodes[each.code] = made.item(own, each.text, each.kind.value, each.code, parent, items.get(each.code))
