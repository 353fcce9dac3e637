"""A suite of standards and its functional map: the key purpose of an occupation, its areas, their functions, and which
standards meet which function. Many do several, and a function may be met by other suites alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markterm.domain.assessed.standard import Term


@dataclass(frozen=True, slots=True)
class ListedStandard:
    """A standard as its suite lists it: the title may differ from the one on its own sheet."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the map, such as A1, and the codes of the standards that meet it."""

    code: str
    title: str
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionalArea:
    """An area of the map, such as A, with its functions."""

    code: str
    title: str
    functions: tuple[Function, ...] = ()


@dataclass(frozen=True)
class Suite:
    """A suite as its sheet gives it. `links` are the suites that it names as related, `overview` is free text, and
    `to_check` what an importer read with a choice and nobody has looked at yet."""

    code: str
    title: str
    version: str = ""
    origin: str = ""
    approved: str = ""
    review: str = ""
    overview: str = ""
    key_purpose: str = ""
    standards: tuple[ListedStandard, ...] = ()
    areas: tuple[FunctionalArea, ...] = ()
    glossary: tuple[Term, ...] = ()
    links: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of its standards, for everything that looks at the suite: those that it lists, and those of its map
        where it lists none."""
        listed = dict.fromkeys(each.code for each in self.standards)
        return tuple(listed or dict.fromkeys(code for each in self.functions for code in each.standards))

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function of the map, in its order."""
        return tuple(function for area in self.areas for function in area.functions)

    @cached_property
    def links_of_functions(self) -> int:
        """How many times the map says that a standard meets a function."""
        return sum(len(function.standards) for function in self.functions)

    def functions_of(self, standard: str) -> tuple[Function, ...]:
        """The functions that the standard of that code meets."""
        return tuple(function for function in self.functions if standard in function.standards)
