"""Methods of assessment: by what the learner showed that they can do it."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """A method of assessment, as it is recorded."""

    OBSERVATION = "observation"
    DISCUSSION = "discussion"
    QUESTIONING = "questioning"
    PRESENTATION = "presentation"
    TESTIMONY = "testimony"
    PRODUCT = "product"
    WRITTEN = "written"
    REFLECTION = "reflection"
    SIMULATION = "simulation"
    RECOGNITION = "recognition"

    @property
    def words(self) -> str:
        """What it is, as people say it: `professional discussion`."""
        return _WORDS[self]

    @property
    def is_told(self) -> bool:
        """Whether somebody gives an account of it, and the learner hands nothing in."""
        return self in BY_THE_ASSESSOR or self is Method.TESTIMONY


_WORDS = {
    Method.OBSERVATION: "observation",
    Method.DISCUSSION: "professional discussion",
    Method.QUESTIONING: "questioning",
    Method.PRESENTATION: "presentation",
    Method.TESTIMONY: "witness testimony",
    Method.PRODUCT: "work product",
    Method.WRITTEN: "written assignment",
    Method.REFLECTION: "reflective account",
    Method.SIMULATION: "simulation",
    Method.RECOGNITION: "recognition of prior learning",
}
BY_THE_ASSESSOR = (Method.OBSERVATION, Method.DISCUSSION, Method.QUESTIONING, Method.PRESENTATION)
"""Those of which the assessor gives the account."""
OF_FILES = tuple(each for each in Method if not each.is_told)
"""Those of what the learner handed in: somebody says which it is."""
