"""What a published standard would change in the sheet that is there, for whoever takes it in a second time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from markterm.domain.assessed.standard import Standard
from markterm.domain.assessed.suite import Suite
from markterm.domain.texts.printed_lines import beginning_of

_PARTS = ("title", "suite", "published_as", "origin", "approved", "review", "withdrawn", "replaced_by")


def standard_differences(here: Standard, coming: Standard) -> Iterator[str]:
    """A sentence for each thing that the two say differently. What is left to check is no difference: somebody may have
    looked at it since."""
    for name in _PARTS:
        before, after = getattr(here, name), getattr(coming, name)
        if before != after:
            yield f"{name.replace('_', ' ')}: `{before}` here, `{after}` in the document"
    for code in dict.fromkeys(each.code for each in (*here.statements, *coming.statements)):
        before, after = here.statement(code), coming.statement(code)
        if before is None and after is not None:
            yield f"{code}: `{beginning_of(after.text)}` in the document alone"
        elif before is not None and after is None:
            yield f"{code}: `{beginning_of(before.text)}` here alone"
        elif before is not None and after is not None and before.text != after.text:
            said, says = _where_apart(before.text, after.text), _where_apart(after.text, before.text)
            yield f"{code}: `{said}` here, `{says}` in it"
        elif before != after:
            yield f"{code}: it stands under another heading"
    if [each.code for each in here.statements] != [each.code for each in coming.statements]:
        yield "the order of the statements"
    if here.overview != coming.overview:
        yield "what it says of itself"
    if here.glossary != coming.glossary:
        yield "the glossary"


def suite_differences(here: Suite, coming: Suite) -> Iterator[str]:
    """A sentence for each thing that the two say differently, but what is left to check."""
    for field in fields(Suite):
        before, after = getattr(here, field.name), getattr(coming, field.name)
        if before == after or field.name == "to_check":
            continue
        if isinstance(before, str) and field.name != "overview":
            yield f"{field.name.replace('_', ' ')}: `{beginning_of(before)}` here, `{beginning_of(after)}` in it"
        elif field.name != "areas":
            yield field.name.replace("_", " ")
    met = {each.code: each for each in here.functions}
    comes = {each.code: each for each in coming.functions}
    for code in dict.fromkeys([*met, *comes]):
        if met.get(code) != comes.get(code):
            yield f"function {code}"


def _where_apart(text: str, other: str) -> str:
    """The text from a little before the place where the other goes on differently."""
    same = next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), None)
    begin = text.rfind(" ", 0, max(0, (min(len(text), len(other)) if same is None else same) - 10)) + 1
    return f"{'…' if begin else ''}{beginning_of(text[begin:])}"
