"""What can be done in a centre with published standards: each a noun that is made when it is asked for, beside those of
`capabilities.py` and `quality_assurance.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.centre.quality_assurance import QualityAssurance
from markterm.system.made_once import made_once

if TYPE_CHECKING:
    from markterm.centre.by_standard import LearnersByStandard
    from markterm.centre.coverages import Coverages
    from markterm.centre.development import Development
    from markterm.centre.export.coverage import CoverageExports
    from markterm.centre.export.development import DevelopmentExports
    from markterm.centre.export.portfolio_index import PortfolioIndexExports
    from markterm.centre.export.standards import StandardExports
    from markterm.centre.mappings import Mappings
    from markterm.centre.new_versions import NewVersions
    from markterm.centre.papers import Papers
    from markterm.centre.published_standards import PublishedStandards
    from markterm.centre.role_profiles import RoleProfiles
    from markterm.centre.unit_papers import UnitPapers


class OccupationalStandards(QualityAssurance):
    """The centre from the side of the standards that its units are mapped to."""

    @made_once
    def published_standards(self) -> PublishedStandards:
        """Published standards, taken in as sheets."""
        from markterm.centre.published_standards import PublishedStandards

        return PublishedStandards(self.folder, self.sheets, self.evidence, self._clock)

    @made_once
    def papers(self) -> Papers:
        """What awarding organisations print of their qualifications, taken in as sheets."""
        from markterm.centre.papers import Papers

        return Papers(self.folder, self.sheets, self.evidence)

    @made_once
    def coverages(self) -> Coverages:
        """What units cover of standards."""
        from markterm.centre.coverages import Coverages

        return Coverages(self.sheets)

    @made_once
    def coverage_exports(self) -> CoverageExports:
        """What units cover of standards, as it leaves the centre."""
        from markterm.centre.export.coverage import CoverageExports

        return CoverageExports(self.folder, self.details, self._clock)

    @made_once
    def standard_exports(self) -> StandardExports:
        """Standards, suites and what is mapped to them, as they leave the centre."""
        from markterm.centre.export.standards import StandardExports

        return StandardExports(self.folder, self.sheets, self._clock)

    @made_once
    def mappings(self) -> Mappings:
        """What the criteria of units cover, put down in their mappings."""
        from markterm.centre.mappings import Mappings

        return Mappings(self.folder, self.sheets)

    @made_once
    def by_standard(self) -> LearnersByStandard:
        """Learners beside the standards that their units are mapped to."""
        from markterm.centre.by_standard import LearnersByStandard
        from markterm.centre.export.standing import AsItStands

        return LearnersByStandard(self.sheets, AsItStands(self.learners, self._store))

    @made_once
    def portfolio_indexes(self) -> PortfolioIndexExports:
        """Learners' portfolios by standard, as they leave the centre."""
        from markterm.centre.export.pages import Pages
        from markterm.centre.export.portfolio_index import PortfolioIndexExports

        pages = Pages(self.folder.templates, self._clock)
        return PortfolioIndexExports(self.details, self.by_standard, self.fixing.fingerprints, pages)

    @made_once
    def unit_papers(self) -> UnitPapers:
        """What awarding organisations print of a unit, taken in as its mark sheet."""
        from markterm.centre.unit_papers import UnitPapers

        return UnitPapers(self.folder, self.sheets, self.evidence)

    @made_once
    def new_versions(self) -> NewVersions:
        """New versions of standards, and carrying what was mapped to the old ones."""
        from markterm.centre.new_versions import NewVersions

        return NewVersions(self.sheets, self.mappings, self.recorder)

    @made_once
    def profiles(self) -> RoleProfiles:
        """Role profiles: what somebody in a role needs of the published standards."""
        from markterm.centre.role_profiles import RoleProfiles

        return RoleProfiles(self.sheets, self.recorder)

    @made_once
    def development(self) -> Development:
        """What people say of themselves, what is missing for a role, and their CPD."""
        from markterm.centre.development import Development

        return Development(
            self.details, self.sheets, self.recorder, self.profiles, lambda member: self.staff.asked_of(member)
        )

    @made_once
    def development_exports(self) -> DevelopmentExports:
        """How people develop, as it leaves the centre."""
        from markterm.centre.export.development import DevelopmentExports
        from markterm.centre.export.pages import Pages
        from markterm.centre.export.standing import AsItStands

        pages = Pages(self.folder.templates, self._clock)
        standing = AsItStands(self.learners, self._store)
        return DevelopmentExports(self.details, self.learners, self.profiles, self.development, standing, pages)
