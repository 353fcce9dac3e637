"""The demo's learners, its staff, and which texts each learner hands in. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markterm.domain.assessed.claiming import Claiming, Fact, QualificationStanding, Status
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.assessed.retention import RetentionRule
from markterm.domain.record.centre_details import CentreDetails

_CERTIFICATE = ("8580-500", "8580-501", "8580-503")
_DIPLOMA = ("8580-500", "8580-502", "8580-503")
GRADED_UNIT = "MTE-301"
"""Of MarkTerm's own: those of the suite have no levels."""
OWN_COURSE = "NGT-LISTEN"
"""A course of the centre's own, of which no awarding organisation knows."""
_ALL = frozenset((*_CERTIFICATE, *_DIPLOMA, GRADED_UNIT, OWN_COURSE))

CENTRE = CentreDetails(
    number="012345",
    name="Northgate Training",
    awarding_organisation="Demonstration only",
    members=(
        Member("asha", "Asha Patel", frozenset({Role.ASSESSOR, Role.TUTOR}), _ALL),
        Member(
            "ben",
            "Ben Whitlock",
            frozenset({Role.ASSESSOR}),
            frozenset({"8580-500", "8580-503", GRADED_UNIT, OWN_COURSE}),
        ),
        Member("tia", "Tia Lund", frozenset({Role.ASSESSOR}), training=frozenset({"8580-503"})),
        Member("ines", "Inês Carvalho", frozenset({Role.VERIFIER})),
        Member("viktor", "Viktor Lindqvist", frozenset({Role.VERIFIER})),
        Member("carol", "Carol Adeyemi", frozenset({Role.COORDINATOR})),
        Member("dev", "Dev Sharma", frozenset({Role.COORDINATOR, Role.TUTOR})),
    ),
    claiming=Claiming(
        (Fact.REGISTERED,),
        standings={
            "8580-CERT": QualificationStanding(status=Status.DIRECT),
            "8580-DIP": QualificationStanding(status=Status.SIGN_OFF),
        },
    ),
    moodle=MoodleSite("Achieved", "Not yet achieved"),
    retention=(RetentionRule("Demonstration only", record_years=3, evidence_weeks=12),),
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


def _on_graded(registration: str, name: str, site: str) -> Learner:
    return Learner(registration, name, qualifications=("MTE-AWARD",), units=(GRADED_UNIT,), assessor="ben", site=site)


_ADDRESSES: Mapping[str, str] = {
    "JON2041": "rosalind.jones",
    "RAM3310": "priya.raman",
    "THA1187": "colin.thackray",
    "BRA0952": "aoife.brannigan",
    "QUR4478": "hamza.qureshi",
    "EZE2765": "ngozi.eze",
    "PRO1623": "sian.prosser",
    "OBR0377": "niamh.obrien",
    "FEA2290": "a.featherstonehaugh",
    "GUE3342": "zoe.guerin",
    "NOW1870": "lukasz.nowak",
    "OKA2218": "chidi.okafor",
    "MUR0746": "isla.murray",
    "SOR4415": "aase.soerensen",
}
"""By registration, the name before the @ of an address that nobody has. Who began last gave none yet."""

_REGISTERED = (
    _certificate(
        "JON2041",
        "Rosalind Jones",
        "asha",
        "Leeds",
        "Operations manager in a warehouse, on early and late shifts. Ring before eleven.",
    ),
    replace(_certificate("RAM3310", "Priya Raman", "asha", "Leeds"), units=(*_CERTIFICATE, OWN_COURSE)),
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
    Learner("MUR0746", "Isla Murray", units=("8580-503", OWN_COURSE), assessor="ben", site="York"),
    _integrated("SOR4415", "Åse Sørensen", "asha", "Leeds"),
    _on_graded("WIL2903", "Carys Wilkinson", "York"),
    _on_graded("ADE3117", "Tunde Adeleke", "Leeds"),
)

LEARNERS = tuple(
    replace(each, email=f"{_ADDRESSES[each.registration]}@example.org") if each.registration in _ADDRESSES else each
    for each in _REGISTERED
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
