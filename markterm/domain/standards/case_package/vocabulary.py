"""The words that a CASE package of ours is written with, and by which it is understood again.

CASE (Competencies and Academic Standards Exchange, 1EdTech, 1.0 and 1.1) is how frameworks of standards are exchanged:
one CFDocument, its CFItems, and CFAssociations between them. An item's type is free text there.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid5

from markterm.domain.assessed.standard import StandardKey, StatementKind

Fields = dict[str, Any]
"""A JSON object of a package."""

OURS = "markterm"
"""The key in `extensions` (CASE 1.1) under which stands what a sheet says and CASE has no field for."""
HEADING = "Heading"
KEY_PURPOSE = "Key purpose"
AREA = "Functional area"
FUNCTION = "Function"
STANDARD = "Standard"
OUTCOME = "Learning outcome"
CRITERION = "Assessment criterion"

CHILD_OF = "isChildOf"
EXACT = "exactMatchOf"
RELATED = "isRelatedTo"

NOT_STATED = "Not stated"
"""For a creator, which CASE requires, where the sheet names none."""

SCALARS = ("code", "title", "suite", "published_as", "origin", "approved", "review", "withdrawn", "replaced_by")
"""What a standard says of itself in one line each, by the names of its fields."""

_NAMESPACE = UUID("0b4a1f3e-6a5e-5f0c-9d3b-3f6f0a3f4c11")
_VALID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def ours(part: Fields) -> Fields:
    """What MarkTerm put into the extensions of a document or an item; empty for one of somebody else."""
    said = part.get("extensions", {}).get(OURS)
    return said if isinstance(said, dict) else {}


def identifier_of(*names: str) -> str:
    """The identifier of what has those names: the same in every centre, and each time."""
    name = "\x1f".join(names).encode("utf-8", "backslashreplace").decode("utf-8")  # JSON may hold half a letter.
    return str(uuid5(_NAMESPACE, name))


def identifier_of_statement(key: StandardKey, code: str) -> str:
    """The identifier of a statement where no publisher gave it one."""
    return identifier_of("statement", key.code, key.version, code)


def is_identifier(text: object) -> bool:
    """Whether it is one as both versions of CASE allow it: a UUID in lower case."""
    return isinstance(text, str) and _VALID.fullmatch(text) is not None


def address_of(identifier: str) -> str:
    """The address of what a centre has no page for: CASE requires one, and this one leads nowhere."""
    return f"urn:uuid:{identifier}"


KIND_NAMED = {
    **{kind.value.lower(): kind for kind in StatementKind},
    "duty": StatementKind.DUTY,
    "task": StatementKind.DUTY,
    "tasks": StatementKind.DUTY,
    "performance criterion": StatementKind.PERFORMANCE,
    "knowledge and understanding": StatementKind.KNOWLEDGE,
    "knowledge statement": StatementKind.KNOWLEDGE,
    "skill": StatementKind.SKILL,
    "behaviour": StatementKind.BEHAVIOUR,
    "behavior": StatementKind.BEHAVIOUR,
    "behaviors": StatementKind.BEHAVIOUR,
}
"""The kinds by the types that publishers give their items, in lower case."""
