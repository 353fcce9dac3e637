"""The centre's own file, `centre.toml`: who the centre is, its members, its policy, its strategy of verification,
and for how long it keeps what it has.

Unlike a sheet it is either understood whole or refused: nobody should act in a role that a slip of the pen gave.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from markterm.domain.assessed.claiming import Claiming
from markterm.domain.assessed.member import STAFF, Member, Role
from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.assessed.policy import Policy, Resubmission
from markterm.domain.assessed.serving import Serving
from markterm.domain.assessed.skills_scale import SkillsScale
from markterm.domain.assessed.strategy import Strategies
from markterm.domain.assessed.visibility import Visibility
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.record_format import NEWEST, OLDEST
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import Table, as_list, line_of, nearest, quoted
from markterm.sheets.claims_table import claiming_lines, read_claiming
from markterm.sheets.evidence_table import evidence_lines, read_evidence_store
from markterm.sheets.incoming_table import download_name_lines, read_download_names
from markterm.sheets.moodle_table import moodle_lines, read_moodle
from markterm.sheets.record_table import read_record_store, record_store_lines
from markterm.sheets.register_table import read_register_columns, register_lines
from markterm.sheets.retention_table import read_retention, retention_lines
from markterm.sheets.server_table import read_serving, serving_lines
from markterm.sheets.skills_table import read_skills, skills_lines
from markterm.sheets.strategy_table import read_strategies, strategy_lines
from markterm.sheets.text_file import normalised, read_text_file
from markterm.sheets.visibility_table import read_visibility, visibility_lines

LIMIT_BYTES = 1_000_000

_TOP = (
    *("format", "centre", "member", "policy", "verification", "claims", "moodle", "register", "retention", "skills"),
    *("incoming", "evidence", "record", "server", "visibility"),
)
_CENTRE = ("number", "name", "awarding_organisation")
_MEMBER = (
    *("id", "name", "roles", "units", "training", "competence", "cpd", "lead", "learning_to_verify"),
    *("sites", "qualifications", "visit_from", "visit_to"),
)
_POLICY = (
    *("attempts", "resubmission_authorised_by", "retention_years"),
    *("feedback_waits_for_verification", "shared_remarks", "interest_bars_assessors", "marking_waits_for_brief"),
    *("standardise_refused", "resubmission_conditions", "qualification"),
)
_RESUBMISSION = ("resubmission_authorised_by", "resubmission_conditions")
_MEMBER_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_LINE_IN_MESSAGE = re.compile(r"\(at line (\d+), column \d+\)")
_SAID_TWICE = ("Cannot overwrite a value", "Cannot declare")
_AT_END = "(at end of document)"
"""Of a file that was written half: something is missing there."""
_FIRST_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_FORMAT_LINE = re.compile(rb"^((?:\xef\xbb\xbf)?[ \t]*format[ \t]*=[ \t]*)[0-9]+(?=[ \t]*(?:#|\r|\n|\Z))", re.MULTILINE)


def read_centre(path: Path) -> CentreDetails:
    """What the file `path` says. Raises Unreadable, with the line where there is one."""
    text = normalised(read_text_file(path, LIMIT_BYTES))
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise Unreadable(
            "This is not TOML", "Values are nested too deeply.", "Write plain keys and values.", file=path
        ) from None
    except ValueError as error:
        line = _LINE_IN_MESSAGE.search(str(error))
        is_there_twice = any(words in str(error) for words in _SAID_TWICE)
        raise Unreadable(
            "This is not TOML",
            f"{path.name} cannot be read as TOML: {one_line(str(error))}.",
            "There it says again what it said before: take one away, or put back the line in brackets that is missing "
            "above it, such as [[member]]."
            if is_there_twice
            else 'Correct that line: a text stands in double quotes, as in name = "Aston College".',
            file=path,
            line=int(line.group(1)) if line else text.count("\n") + 1 if _AT_END in str(error) else None,
        ) from None
    record_format = _format(values, path, text)
    top = Table(values, _TOP, "", 0, path, text)
    centre = Table(top.table("centre"), _CENTRE, "centre", 0, path, text)
    members: list[Member] = []
    for count, entry in enumerate(top.tables("member")):
        table = Table(entry, _MEMBER, "member", count, path, text)
        member = _member(table)
        if any(member.id == other.id for other in members):
            raise table.refusal(
                "id", f"The id `{member.id}` is given to two members", "Give each member an id of their own."
            )
        members.append(member)
    policy = (
        _policy(Table(top.table("policy"), _POLICY, "policy", 0, path, text), path, text)
        if "policy" in values
        else Policy()
    )
    retention = top.table("retention") if "retention" in values else {}
    verification = top.table("verification") if "verification" in values else {}
    return CentreDetails(
        number=centre.needed_text("number"),
        name=centre.needed_text("name"),
        awarding_organisation=centre.text("awarding_organisation"),
        members=tuple(members),
        policy=policy,
        strategies=read_strategies(verification, policy, path, text),
        claiming=read_claiming(top.table("claims"), path, text) if "claims" in values else Claiming(),
        moodle=read_moodle(top.table("moodle"), path, text) if "moodle" in values else MoodleSite(),
        register=read_register_columns(top.table("register"), path, text) if "register" in values else {},
        retention=read_retention(retention, policy, path, text),
        skills=read_skills(top.table("skills"), path, text) if "skills" in values else SkillsScale(),
        incoming=read_download_names(top.table("incoming"), path, text) if "incoming" in values else (),
        evidence=read_evidence_store(top.table("evidence"), path, text) if "evidence" in values else "",
        record_store=read_record_store(top.table("record"), path, text) if "record" in values else "",
        server=read_serving(top.table("server"), path, text) if "server" in values else Serving(),
        visibility=read_visibility(top.table("visibility"), path, text) if "visibility" in values else Visibility(),
        record_format=record_format,
    )


def with_format(path: Path, record_format: int) -> bytes:
    """The bytes of the file `path` with that format in its first table, and nothing else of it changed.

    Raises `Unreadable` when the file cannot be read, or its format stands where only a person can change it.
    """
    details = read_centre(path)
    data = path.read_bytes()
    top = _FIRST_TABLE.split(data, maxsplit=1)[0]
    changed, count = _FORMAT_LINE.subn(rb"\g<1>%d" % record_format, top, count=1)
    try:
        told = tomllib.loads((changed + data[len(top) :]).decode("utf-8-sig"))
        was = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError:
        count = 0
    if not count or told != {**was, "format": record_format}:
        raise Unreadable(
            "The format cannot be changed here",
            f"{path.name} says format {details.record_format} in a way that only a person can change.",
            f"Write `format = {record_format}` in its first line yourself.",
            file=path,
        )
    return changed + data[len(top) :]


def render_centre(details: CentreDetails, *, with_strategy: bool = False) -> str:
    """The text of a `centre.toml` that says `details`; `with_strategy` explains that also where it is the usual one."""
    lines = [f"format = {details.record_format}", "", "[centre]"]
    lines += [f"number = {quoted(details.number)}", f"name = {quoted(details.name)}"]
    if details.awarding_organisation:
        lines.append(f"awarding_organisation = {quoted(details.awarding_organisation)}")
    for member in details.members:
        lines += ["", "[[member]]", f"id = {quoted(member.id)}", f"name = {quoted(member.name)}"]
        lines.append(f"roles = {as_list(role.value for role in Role if role in member.roles)}")
        if member.units:
            lines.append(f"units = {as_list(sorted(member.units))}")
        if member.training:
            lines.append(f"training = {as_list(sorted(member.training))}")
        if member.competence:
            lines.append(f"competence = {member.competence.isoformat()}")
        if member.cpd:
            lines.append(f"cpd = {member.cpd.isoformat()}")
        if member.lead:
            lines.append("lead = true")
        if member.learning_to_verify:
            lines.append("learning_to_verify = true")
        if member.sites:
            lines.append(f"sites = {as_list(sorted(member.sites))}")
        if member.qualifications:
            lines.append(f"qualifications = {as_list(sorted(member.qualifications))}")
        if member.visit is not None:
            first, last = member.visit
            lines += [f"visit_from = {first.isoformat()}", f"visit_to = {last.isoformat()}"]
    policy = details.policy
    lines += [
        "",
        "[policy]",
        f"attempts = {policy.attempts}",
        f"resubmission_authorised_by = {quoted(policy.resubmission_authorised_by)}",
        f"retention_years = {policy.retention_years}",
        f"feedback_waits_for_verification = {str(policy.feedback_waits_for_verification).lower()}",
        f"shared_remarks = {str(policy.shared_remarks).lower()}",
    ]
    # An older version refuses keys that it does not know.
    if not policy.interest_bars_assessors:
        lines.append("interest_bars_assessors = false")
    if policy.marking_waits_for_brief:
        lines.append("marking_waits_for_brief = true")
    if policy.standardise_refused:
        lines.append("standardise_refused = true")
    if policy.resubmission_conditions:
        lines.append(f"resubmission_conditions = {as_list(policy.resubmission_conditions)}")
    for code, own in policy.resubmissions.items():
        lines += ["", f"[policy.qualification.{quoted(code)}]"]
        lines.append(f"resubmission_authorised_by = {quoted(own.authorised_by)}")
        lines.append(f"resubmission_conditions = {as_list(own.conditions)}")
    if with_strategy or details.strategies != Strategies():
        lines += ["", *strategy_lines(details.strategies)]
    if with_strategy or details.claiming != Claiming():
        lines += ["", *claiming_lines(details.claiming)]
    if with_strategy or details.moodle != MoodleSite():
        lines += ["", *moodle_lines(details.moodle)]
    if with_strategy or details.register:
        lines += ["", *register_lines(details.register)]
    if with_strategy or details.retention:
        lines += ["", *retention_lines(details.retention)]
    if with_strategy or details.skills != SkillsScale():
        lines += ["", *skills_lines(details.skills)]
    if with_strategy or details.incoming:
        lines += ["", *download_name_lines(details.incoming)]
    if with_strategy or details.evidence:
        lines += ["", *evidence_lines(details.evidence)]
    if with_strategy or details.record_store:
        lines += ["", *record_store_lines(details.record_store)]
    if details.server != Serving():
        lines += ["", *serving_lines(details.server)]
    if with_strategy or details.visibility.ways:
        lines += ["", *visibility_lines(details.visibility)]
    return "\n".join(lines) + "\n"


def _format(values: dict[str, object], path: Path, text: str) -> int:
    number = values.get("format")
    line = line_of("format", "", 0, text)
    if number is None:
        raise Unreadable(
            "The format is missing",
            f"{path.name} does not say which format it has.",
            f"Add `format = {NEWEST}` as its first line.",
            file=path,
        )
    if type(number) is not int:
        raise Unreadable(
            "The format is not a number",
            f"{path.name} does not say which format it has.",
            f"Write `format = {NEWEST}`.",
            file=path,
            line=line,
        )
    if number > NEWEST:
        raise Unreadable(
            "This centre is too new",
            f"{path.name} has format {number}, and this MarkTerm reads up to format {NEWEST}.",
            "Install the newest MarkTerm.",
            file=path,
            line=line,
        )
    if number < OLDEST:
        raise Unreadable(
            "This centre is too old",
            f"{path.name} has format {number}, and this MarkTerm reads formats {OLDEST} to {NEWEST}.",
            f"Bring the file to format {OLDEST}, then write `format = {OLDEST}`.",
            file=path,
            line=line,
        )
    return number


def _role(table: Table, key: str, word: str, known: tuple[Role, ...] = tuple(Role)) -> Role:
    if word not in known:
        raise table.refusal(key, f"`{one_line(word)}` is not a role", nearest(word, known, "The roles are"))
    return Role(word)


def _member(table: Table) -> Member:
    member_id = table.needed_text("id")
    if not _MEMBER_ID.fullmatch(member_id):
        raise table.refusal(
            "id",
            f"`{one_line(member_id)}` cannot be an id",
            "Use up to 32 small letters a to z, digits and hyphens, a letter or digit first.",
        )
    name = table.needed_text("name")
    if "roles" not in table.values:
        raise table.refusal("roles", f"`{member_id}` has no roles", 'Add roles = ["assessor"], for example.')
    units, training = frozenset(table.texts("units")), frozenset(table.texts("training"))
    if both := sorted(units & training):
        raise table.refusal(
            "training",
            f"`{member_id}` is approved for `{one_line(both[0])}` and in training for it",
            "Take the unit out of training once they are approved, or out of units until then.",
        )
    roles, lead = frozenset(_role(table, "roles", word) for word in table.texts("roles")), table.truth("lead", False)
    if lead and Role.VERIFIER not in roles:
        raise table.refusal(
            "lead",
            f"`{member_id}` is Lead IV and no verifier",
            'Add "verifier" to their roles, or leave lead out.',
        )
    learning = table.truth("learning_to_verify", False)
    if learning and (lead or Role.VERIFIER not in roles):
        raise table.refusal(
            "learning_to_verify",
            f"`{member_id}` learns to verify and is {'Lead IV' if lead else 'no verifier'}",
            "Leave out one of them." if lead else 'Add "verifier" to their roles, or leave learning_to_verify out.',
        )
    visit = _visit(table, member_id, roles)
    return Member(
        id=member_id,
        name=name,
        roles=roles,
        units=units,
        training=training,
        competence=table.day("competence"),
        cpd=table.day("cpd"),
        lead=lead,
        learning_to_verify=learning,
        sites=frozenset(table.texts("sites")),
        qualifications=frozenset(table.texts("qualifications")),
        visit=visit,
    )


def _visit(table: Table, member_id: str, roles: frozenset[Role]) -> tuple[date, date] | None:
    """The first and the last day of the visit of an external quality assurer; None for whoever is of the staff."""
    is_external, first, last = Role.EXTERNAL in roles, table.day("visit_from"), table.day("visit_to")
    if is_external and len(roles) > 1:
        raise table.refusal(
            "roles",
            f"`{member_id}` is external quality assurer and has another role",
            "Whoever comes from outside reads, and is nothing else here: leave the other roles out.",
        )
    if not is_external and (first or last):
        raise table.refusal(
            "visit_from" if first else "visit_to",
            f"`{member_id}` has days of a visit and is no external quality assurer",
            'Give them roles = ["external"], or leave the days out.',
        )
    if not is_external:
        return None
    if first is None or last is None or last < first:
        raise table.refusal(
            "visit_from" if first else "visit_to",
            f"`{member_id}` has no first and last day of a visit in their order",
            "Write both, as visit_from = 2026-03-02 and visit_to = 2026-03-03.",
        )
    if not table.texts("qualifications"):
        raise table.refusal(
            "qualifications" if "qualifications" in table.values else "roles",
            f"`{member_id}` is external quality assurer of no qualification",
            'Name them, as qualifications = ["8580-CERT"].',
        )
    return first, last


def _resubmission(table: Table, usual: Resubmission) -> Resubmission:
    """What the table says; of what it does not, the usual."""
    key = "resubmission_conditions"
    conditions = tuple(table.texts(key)) if key in table.values else usual.conditions
    authority = table.text("resubmission_authorised_by") or usual.authorised_by
    return Resubmission(_role(table, "resubmission_authorised_by", authority, STAFF), conditions)


def _policy(table: Table, path: Path, text: str) -> Policy:
    usual = Policy()
    resubmission = _resubmission(table, Resubmission(usual.resubmission_authorised_by))
    own = {}
    if "qualification" in table.values:
        said = table.table("qualification")
        qualifications = Table(said, tuple(said), "policy.qualification", 0, path, text)
        for code in said:
            name = f"policy.qualification.{code}"
            one = Table(qualifications.table(code), _RESUBMISSION, name, 0, path, text)
            own[code] = _resubmission(one, resubmission)
    return Policy(
        attempts=table.count("attempts", usual.attempts),
        resubmission_authorised_by=resubmission.authorised_by,
        resubmission_conditions=resubmission.conditions,
        resubmissions=own,
        retention_years=table.count("retention_years", usual.retention_years),
        feedback_waits_for_verification=table.truth(
            "feedback_waits_for_verification", usual.feedback_waits_for_verification
        ),
        shared_remarks=table.truth("shared_remarks", usual.shared_remarks),
        interest_bars_assessors=table.truth("interest_bars_assessors", usual.interest_bars_assessors),
        marking_waits_for_brief=table.truth("marking_waits_for_brief", usual.marking_waits_for_brief),
        standardise_refused=table.truth("standardise_refused", usual.standardise_refused),
    )
