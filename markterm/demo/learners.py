"""The demo's learners, its staff, and which texts each learner hands in. All invented."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.centre_details import CentreDetails

_CERTIFICATE = ("8580-500", "8580-501", "8580-503")
_DIPLOMA = ("8580-500", "8580-502", "8580-503")
_ALL = frozenset((*_CERTIFICATE, *_DIPLOMA))

CENTRE = CentreDetails(
    number="012345",
    name="Northgate Training",
    awarding_organisation="Demonstration only",
    members=(
        Member("asha", "Asha Patel", frozenset({Role.ASSESSOR, Role.TUTOR}), _ALL),
        Member("ben", "Ben Whitlock", frozenset({Role.ASSESSOR}), frozenset({"8580-500", "8580-503"})),
        Member("tia", "Tia Lund", frozenset({Role.ASSESSOR}), training=frozenset({"8580-503"})),
        Member("ines", "Inês Carvalho", frozenset({Role.VERIFIER})),
        Member("viktor", "Viktor Lindqvist", frozenset({Role.VERIFIER})),
        Member("carol", "Carol Adeyemi", frozenset({Role.COORDINATOR})),
        Member("dev", "Dev Sharma", frozenset({Role.COORDINATOR, Role.TUTOR})),
    ),
)
ASSESSOR = "asha"
"""Who the demo is opened as."""

INTEGRATED = "8580-IA-CERT"
"""The assignment that combines the three units of the Certificate."""


def _certificate(registration: str, name: str, assessor: str, site: str, about: str = "") -> Learner:
    return Learner(
        registration,
        name,
        qualifications=("8580-CERT",),
        units=_CERTIFICATE,
        assessor=assessor,
        site=site,
        about=about,
    )


def _diploma(registration: str, name: str, assessor: str, site: str, about: str = "") -> Learner:
    return Learner(
        registration, name, qualifications=("8580-DIP",), units=_DIPLOMA, assessor=assessor, site=site, about=about
    )


def _integrated(registration: str, name: str, assessor: str, site: str) -> Learner:
    """On the Certificate by the one assignment, which names the units."""
    return Learner(
        registration, name, qualifications=("8580-CERT",), assignments=(INTEGRATED,), assessor=assessor, site=site
    )


LEARNERS = (
    _certificate(
        "JON2041",
        "Rosalind Jones",
        "asha",
        "Leeds",
        "Operations manager in a warehouse, on early and late shifts. Ring before eleven.",
    ),
    _certificate("RAM3310", "Priya Raman", "asha", "Leeds"),
    Learner(
        "THA1187",
        "Colin Thackray",
        units=("8580-500",),
        assessor="ben",
        site="York",
        about="Takes the one unit for now; the Certificate is to follow.",
    ),
    _certificate("BRA0952", "Aoife Brannigan", "asha", "York"),
    _diploma("QUR4478", "Hamza Qureshi", "asha", "York"),
    Learner(
        "EZE2765",
        "Ngozi Eze",
        qualifications=("8580-DIP",),
        assessor="asha",
        site="Leeds",
        about="Came for the Certificate and went on to the Diploma, where 500 and 503 count as well.",
    ),
    _certificate("PRO1623", "Siân Prosser", "ben", "York", "Prefers feedback in Welsh or English, either will do."),
    _certificate("LIW5084", "李文 (Li Wen)", "asha", "Leeds"),
    _certificate("SHE5191", "Олена Шевченко", "ben", "York"),
    _certificate("OBR0377", "Niamh O'Brien", "asha", "Leeds"),
    _diploma(
        "FEA2290",
        "Alexandra Featherstonehaugh-Montgomery-Willoughby",
        "asha",
        "York",
        "A quarter more time was agreed for anything written under conditions.",
    ),
    _certificate("GUE3342", "Zoé Guérin-Núñez", "ben", "Leeds"),
    _integrated("NOW1870", "Łukasz Nowak", "asha", "York"),
    _diploma("OKA2218", "Chidi Okafor", "ben", "Leeds"),
    Learner("MUR0746", "Isla Murray", units=("8580-503",), assessor="ben", site="York"),
    _integrated("SOR4415", "Åse Sørensen", "asha", "Leeds"),
)

TEXTS: Mapping[str, tuple[str, ...]] = {
    "RAM3310": ("500-coaching-case.md",),
    "THA1187": ("500-branch-answers.txt",),
    "BRA0952": ("501-session-notes.txt",),
    "QUR4478": ("502-practice-log.md",),
    "EZE2765": ("502-supervision-notes.md",),
    "PRO1623": ("503-self-review.md",),
}
"""By registration, the files of `short/` that are theirs."""

REGISTERED_FIRST: Mapping[str, str] = {"EZE2765": "8580-CERT"}
"""By registration, the qualification that a learner was on before."""

WITHOUT_EVIDENCE = frozenset({"LIW5084", "SHE5191"})
"""Registered, and nothing handed in yet."""
