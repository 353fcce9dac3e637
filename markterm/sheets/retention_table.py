"""The tables `[retention.NAME]` of `centre.toml`: for how long what the centre has of learners is kept, by awarding
organisation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.retention import RetentionRule
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import Table, as_list, quoted

NAME = "retention"
_KEYS = ("evidence_weeks", "record_years", "qualifications")
_MOST_WEEKS = 1_000


def read_retention(said: dict[str, object], policy: Policy, path: Path, text: str) -> tuple[RetentionRule, ...]:
    """The rules that the tables below `[retention]` say, in their order; how long records are kept is as `policy` has
    it, where one does not say.

    Raises `Unreadable`, also when two rules are for the same qualification: nobody could tell which counts.
    """
    tables = Table(said, tuple(said), NAME, 0, path, text)
    rules: list[RetentionRule] = []
    named: dict[str, str] = {}
    for name in said:
        table = Table(tables.table(name), _KEYS, f"{NAME}.{name}", 0, path, text)
        has_weeks = "evidence_weeks" in table.values
        rule = RetentionRule(
            one_line(name),
            table.count("record_years", policy.retention_years),
            table.count("evidence_weeks", 12, most=_MOST_WEEKS) if has_weeks else None,
            tuple(table.texts("qualifications")),
        )
        for code in rule.qualifications or ("",):
            if code in named:
                what = f"`{one_line(code)}` is named" if code else "No qualification is named"
                raise table.refusal(
                    "qualifications",
                    f"{what} in [{NAME}.{rule.name}] and in [{NAME}.{named[code]}]",
                    "Name each qualification in one rule; only one rule is for all that no other one names.",
                )
            named[code] = rule.name
        rules.append(rule)
    return tuple(rules)


def retention_lines(rules: tuple[RetentionRule, ...]) -> Iterator[str]:
    """The lines that say these rules, and without any how they are written."""
    for rule in rules:
        yield f"[{NAME}.{quoted(rule.name)}]"
        if rule.evidence_weeks is not None:
            yield f"evidence_weeks = {rule.evidence_weeks}"
        yield f"record_years = {rule.record_years}"
        if rule.qualifications:
            yield f"qualifications = {as_list(rule.qualifications)}"
        yield ""
    if not rules:
        yield "# For how long what you have of a learner is kept, by awarding organisation: evidence so many weeks"
        yield "# from the receipt of certificates (without it as long as the record), records so many years from"
        yield "# certification. Without a rule everything is kept. These are examples: ask what yours wants."
        yield f"# [{NAME}.Pearson]"
        yield "# evidence_weeks = 12"
        yield "# record_years = 3"
        yield '# qualifications = ["8580-CERT"]  # Without it: all that no other rule names.'
        yield "#"
        yield f"# [{NAME}.EAL]"
        yield "# record_years = 3"
        yield "#"
        yield f"# [{NAME}.ILM]"
        yield "# evidence_weeks = 26"
        yield "# record_years = 6"
        yield '# qualifications = ["8580-DIP"]'
        yield ""
