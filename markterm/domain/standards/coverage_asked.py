"""What somebody asked of the coverage of a standard, and what comes with the answer."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.assessed.qualification import Qualification
from markterm.domain.assessed.standard import Standard
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.coverage import Coverage, CoveredArea


@dataclass(frozen=True)
class CoverageAsked:
    """What some units cover of a standard or of a suite.

    `of` are the units or qualifications that were asked for, none where all mapped units are; `target` is the standard
    or the suite. `areas` are the functional map of a suite, empty of a standard. `caveats` are sentences on what is not
    in it, such as a unit without a mark sheet, and `mends` says that some of them can be mended: a sheet has an error,
    or names what is not there.
    """

    of: tuple[Qualification | Unit, ...]
    target: Standard | Suite
    coverage: Coverage
    areas: tuple[CoveredArea, ...]
    caveats: tuple[str, ...]
    mends: bool

    @property
    def of_what(self) -> str:
        """The codes of what was asked for."""
        return ", ".join(each.code for each in self.of) or "all units"

    @property
    def target_title(self) -> str:
        """The standard or suite with its title."""
        target = self.target.key if isinstance(self.target, Standard) else self.target.code
        return f"{target} {self.target.title}"

    @property
    def title(self) -> str:
        """What it is in a line."""
        return f"{self.of_what} beside {self.target_title}"
