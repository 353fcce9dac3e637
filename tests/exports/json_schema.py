"""As much of JSON Schema as a schema of MarkTerm's uses, so that the tests need no library for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {"object": dict, "array": list, "string": str, "integer": int}
_SAID = {"$schema", "$defs", "title", "description", "contentEncoding"}


def faults(schema: dict[str, Any], value: Any, whole: dict[str, Any] | None = None, at: str = "") -> Iterator[str]:
    """What of `value` is not as the schema says, each with its place; `whole` holds what is referred to."""
    whole = schema if whole is None else whole
    for keyword, said in schema.items():
        if keyword in _SAID:
            continue
        yield from (f"{at}: {fault}" if at else fault for fault in _faults(keyword, said, value, schema, whole))


def _faults(keyword: str, said: Any, value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    match keyword:
        case "$ref":
            yield from faults(whole["$defs"][said.removeprefix("#/$defs/")], value, whole)
        case "oneOf":
            told = [list(faults(each, value, whole)) for each in said]
            if sum(not each for each in told) != 1:
                yield f"not one of {len(said)}: {min(told, key=len)}"
        case "not":
            if not list(faults(said, value, whole)):
                yield f"is {said}"
        case "type":
            if not isinstance(value, _TYPES[said]) or isinstance(value, bool):
                yield f"no {said}"
        case "const":
            if value != said:
                yield f"not {said}"
        case _:
            yield from _parts(keyword, said, value, schema, whole)


def _parts(keyword: str, said: Any, value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    match keyword, value:
        case "required", dict():
            yield from (f"{name} is missing" for name in said if name not in value)
        case "properties", dict():
            for name in said.keys() & value.keys():
                yield from faults(said[name], value[name], whole, name)
        case "additionalProperties", dict():
            for name in value.keys() - schema.get("properties", {}).keys():
                yield from [f"{name} is not asked for"] if said is False else faults(said, value[name], whole, name)
        case "prefixItems", list():
            for each, item in zip(said, value, strict=False):
                yield from faults(each, item, whole)
        case "items", list():
            for item in value[len(schema.get("prefixItems", ())) :]:
                yield from ["more than are asked for"] if said is False else faults(said, item, whole)
        case "pattern", str():
            if not re.search(said, value):
                yield f"not {said}"
        case (("minLength" | "minItems"), (str() | list())):
            if len(value) < said:
                yield "too short"
        case "maxLength", str():
            if len(value) > said:
                yield "too long"
        case "minimum", int():
            if value < said:
                yield "too small"
        case _, _:
            if keyword not in _KNOWN:
                yield f"the schema has an unknown keyword {keyword}"


_KNOWN = {
    "required",
    "properties",
    "additionalProperties",
    "prefixItems",
    "items",
    "pattern",
    "minLength",
    "minItems",
    "maxLength",
    "minimum",
}
