"""What a command says of itself, read from its module without running it: a list of commands loads none of them."""

from __future__ import annotations

import re
from ast import literal_eval
from importlib.util import find_spec
from inspect import cleandoc
from types import CodeType

_DOCSTRING = r'^def {}\((?:(?!^(?:def|class|@)).)*?:\n +("""(?:[^"\\]|\\.|"(?!""))*""")'


def first_words(module: str, function: str) -> str:
    """The docstring of that function of that module; empty where it has none, or was compiled without."""
    spec = find_spec(module)
    source = getattr(spec.loader, "get_source", lambda _: None)(module) if spec is not None else None
    if source is not None:
        # Many times as quick as what was compiled, which is all taken out before anything of it can be looked at.
        found = re.search(_DOCSTRING.format(re.escape(function)), source, re.MULTILINE | re.DOTALL)
        return cleandoc(literal_eval(found[1])) if found is not None else ""
    code = getattr(spec.loader, "get_code", lambda _: None)(module) if spec is not None else None
    for each in code.co_consts if code is not None else ():
        if isinstance(each, CodeType) and each.co_name == function:
            said = each.co_consts[0] if each.co_consts else None
            return cleandoc(said) if isinstance(said, str) else ""
    return ""
