"""Formats that MarkTerm does not read by itself, but LibreOffice makes into newer ones where it is installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OldFormat:
    """How a person calls the format, and the suffix of what is made of its files."""

    name: str
    made: str

    @property
    def missing(self) -> str:
        """What an assessor without LibreOffice is told."""
        return (
            f"This is {self.name}, which MarkTerm reads where LibreOffice is installed, free from libreoffice.org: "
            f"install it, or ask for the file as {self.made} or PDF."
        )


OLD_FORMATS: Mapping[str, OldFormat] = {
    ".doc": OldFormat("the old Word format", ".docx"),
    ".dot": OldFormat("a template in the old Word format", ".docx"),
    ".wpd": OldFormat("the WordPerfect format", ".docx"),
    ".wps": OldFormat("the Works format", ".docx"),
    ".pages": OldFormat("the Pages format", ".docx"),
    ".xls": OldFormat("the old Excel format", ".xlsx"),
    ".xlt": OldFormat("a template in the old Excel format", ".xlsx"),
    ".xlsb": OldFormat("the binary Excel format", ".xlsx"),
    ".numbers": OldFormat("the Numbers format", ".xlsx"),
    ".ppt": OldFormat("the old PowerPoint format", ".pptx"),
    ".pps": OldFormat("a show in the old PowerPoint format", ".pptx"),
    ".pot": OldFormat("a template in the old PowerPoint format", ".pptx"),
    ".key": OldFormat("the Keynote format", ".pptx"),
}
"""By the suffix of their files."""
IWORK = frozenset({".pages", ".numbers", ".key"})
"""Of Apple's programs: the newer files hold a preview that can be read, and nothing else that anybody can."""
