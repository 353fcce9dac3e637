"""What people call the columns of a register: in English, and as Moodle heads its participants in other languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from markterm.domain.words.letters import plain

_IN_BRACKETS = re.compile(r"\((?!s\))[^()]*\)")
_NO_WORD = re.compile(r"[\W_]+")
_WITHIN = re.compile(r"(?<=\w)['’.](?=\w|\s|$)")


class Fact(StrEnum):
    """What a column can hold; `FIRST` and `LAST` are the two halves of a name."""

    REGISTRATION = "registration"
    NAME = "name"
    FIRST = "first"
    LAST = "last"
    QUALIFICATION = "qualification"
    REGISTERED = "registered"
    EXPIRES = "expires"
    LEGAL_NAME = "legal_name"
    BORN = "born"
    ULN = "uln"
    EMAIL = "email"
    FUNDED = "funded"
    ASSESSOR = "assessor"
    UNITS = "units"
    ASSIGNMENT = "assignment"
    SITE = "site"
    ROLE = "role"


_CALLED: Mapping[Fact, tuple[str, ...]] = {
    Fact.REGISTRATION: (
        "registration, registration number, registration no, registration id, reg number, reg no, enr, enr number, "
        "enrolment number, enrolment no, enrollment number, learner registration number",
        "learner number, learner no, learner id, learner ref, learner reference, learner reference number, "
        "candidate number, candidate no, candidate id, student number, student no, student id",
        "id number, idnumber, learn ref number, learn ref num, ref no, ref number, student ref, student reference, "
        "person code, admission number, admission no, adm no, arbor student id, sis user id, sis id, org defined id, "
        "orgdefinedid, sid",
    ),
    Fact.NAME: (
        "name, full name, fullname, learner, learner name, learners name, candidate, candidate name, student, "
        "student name, name of learner, name in full",
    ),
    Fact.FIRST: (
        "first name, firstname, first names, first, forename, forenames, first forename, given name, given names",
        "legal forename, legal first name, legal first names, legal forenames",
    ),
    Fact.LAST: (
        "last name, lastname, last names, last, surname, family name",
        "legal surname, legal last name, legal last names, legal family name",
    ),
    Fact.QUALIFICATION: (
        "qualification, qualification code, qualification number, qualification no, qualification ref, "
        "qualification reference, qualification title, qual, qual code, qan, course, "
        "course code, programme, programme code, learning aim, learn aim ref, learning aim reference, award",
    ),
    # Not the start date: learning begins on another day than a registration, and a claim rests on that.
    Fact.REGISTERED: (
        "registered, registered on, registration date, date registered, date of registration, reg date, "
        "registered from",
    ),
    Fact.EXPIRES: (
        "expires, expiry, expiry date, registration expiry, registration expiry date, registration end date, "
        "expires on, valid until, valid to, registered until",
    ),
    Fact.LEGAL_NAME: ("legal name, name on certificate, certificate name, name for certificate",),
    Fact.BORN: ("date of birth, dob, birth date, birthdate, born, birthday",),
    Fact.ULN: ("uln, uln number, unique learner number, unique learner number uln, miap uln",),
    Fact.EMAIL: ("e mail, email, e mail address, email address, mail, learner email",),
    Fact.FUNDED: ("funded, funding, public funding, publicly funded",),
    Fact.ASSESSOR: ("assessor, assessor id, assessor name",),
    Fact.UNITS: ("units, unit, unit codes, unit code",),
    Fact.ASSIGNMENT: ("assignment, assignments, assignment code",),
    Fact.SITE: ("site, location, assessment location, assessment site, campus",),
    # Sites list everybody of a course, those who teach it too.
    Fact.ROLE: ("role, roles, course role, user role",),
}
"""What people call each: where one table has several of these, the earlier text has what says it more plainly."""
_ELSEWHERE: Mapping[Fact, str] = {
    Fact.REGISTRATION: (
        "Rhif adnabod, Rhif ID, ID-Nummer, Matrikelnummer, Numéro d'identification, Número de ID, ID-nummer, "
        "Codice identificativo, Número de identificação, Numer ID"
    ),
    Fact.NAME: (
        "Enw llawn, Vollständiger Name, Nom complet, Nombre completo, Volledige naam, Nome completo, Imię i nazwisko"
    ),
    Fact.FIRST: "Enw cyntaf, Vorname, Prénom, Nombre, Voornaam, Nome, Imię",
    Fact.LAST: (
        "Cyfenw, Nachname, Nom de famille, Apellido(s), Achternaam, Cognome, Apelido, Apelido(s), Sobrenome, Nazwisko"
    ),
    Fact.EMAIL: (
        "Cyfeiriad e-bost, E-Mail-Adresse, Adresse de courriel, Dirección de correo, Dirección Email, E-mailadres, "
        "Indirizzo email, Endereço de e-mail, Adres e-mail"
    ),
    Fact.ROLE: "Rôl, Rolle, Rollen, Rôle, Rôles, Rol, Ruolo, Ruoli, Papel",
}
"""The same in Welsh, German, French, Spanish, Dutch, Italian, Portuguese and Polish."""


def folded(heading: str) -> str:
    """A heading without capitals, accents, signs, and what stands in brackets."""
    words = _NO_WORD.sub(" ", _WITHIN.sub("", _IN_BRACKETS.sub("", plain(heading)).replace("(s)", "s"))).strip()
    return words.removesuffix(" optional").removesuffix(" required").strip()


BY_NAME = {
    **{folded(name): (fact, 0) for fact, names in _ELSEWHERE.items() for name in names.split(",")},
    **{
        name.strip(): (fact, rank)
        for fact, ranks in _CALLED.items()
        for rank, names in enumerate(ranks)
        for name in names.split(",")
    },
}
"""By what a column is called, folded, the fact that it holds, and how plainly that says it: the smaller, the more."""
