"""What a command says of itself, read from its module without running it: a list of commands loads none of them."""

from __future__ import annotations

from importlib.util import find_spec
from inspect import cleandoc
from types import CodeType


def first_words(module: str, function: str) -> str:
    """The docstring of that function of that module; empty where it has none, or was compiled without."""
    spec = find_spec(module)
    code = getattr(spec.loader, "get_code", lambda _: None)(module) if spec is not None else None
    for each in code.co_consts if code is not None else ():
        if isinstance(each, CodeType) and each.co_name == function:
            said = each.co_consts[0] if each.co_consts else None
            return cleandoc(said) if isinstance(said, str) else ""
    return ""
