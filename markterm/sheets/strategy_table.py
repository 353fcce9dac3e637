"""`[verification]` of `centre.toml`: the centre's strategy of verification, and those that qualifications have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.strategy import (
    NAMED_BY_CENTRES,
    Always,
    Band,
    Before,
    Risk,
    RiskPoints,
    SeenEvery,
    Strategies,
    Strategy,
    contradictions,
    why_no_bands,
)
from markterm.domain.words.foreign_text import clean, one_line
from markterm.sheets.centre_table import Table, as_list, nearest, quoted

_NAME = "verification"
_SHARES = {risk: f"shares_{risk}" for risk in Risk}
_COUNTS = {"least": 1000, "least_of_assessor": 1000, "least_of_unit": 1000, "most_running": 1000}
_PERCENTAGES = ("interim", "summative", "drawn")
STRATEGY_KEYS = (
    *_SHARES.values(),
    "square_root",
    *("least", "least_of_assessor", "least_of_unit"),
    *_PERCENTAGES,
    "always",
    *("vacsr", "feedback_quality", "summative_before", "due_days", "most_running"),
)
_POINTS = tuple(each.name for each in fields(RiskPoints))
_MOST_POINTS = 10_000
_SEEN = tuple(each.name for each in fields(SeenEvery))
_MOST_MONTHS = 120
_MOST_DAYS = 366
_ALWAYS = tuple(each.value for each in Always)


def read_strategies(values: dict[str, object], policy: Policy, path: Path, text: str) -> Strategies:
    """What that table of the file `path`, whose text is `text`, says. Raises `Unreadable`, with the line."""
    top = Table(
        values, (*STRATEGY_KEYS, "verifiers", "risk", "labels", "observations", "qualification"), _NAME, 0, path, text
    )
    usual = _strategy(top, Strategy())
    if usual.summative_before is not None:
        waits = policy.feedback_waits_for_verification
        if (usual.summative_before is Before.RELEASE) is not waits:
            raise top.refusal(
                "summative_before",
                f"`summative_before` says {usual.summative_before}, and `feedback_waits_for_verification` in [policy] "
                f"is {str(waits).lower()}",
                "Have both say the same, or leave summative_before out: it is then as [policy] says.",
            )
    points = RiskPoints()
    if "risk" in values:
        points = _points(Table(top.table("risk"), _POINTS, f"{_NAME}.risk", 0, path, text))
    labels = {}
    if "labels" in values:
        named = Table(top.table("labels"), NAMED_BY_CENTRES, f"{_NAME}.labels", 0, path, text)
        labels = {what: _names(named, what) for what in named.values}
    seen = SeenEvery()
    if "observations" in values:
        asked = Table(top.table("observations"), _SEEN, f"{_NAME}.observations", 0, path, text)
        seen = SeenEvery(**{key: asked.count(key, 0, 0, _MOST_MONTHS) for key in _SEEN})
    own = {}
    if "qualification" in values:
        said = top.table("qualification")
        qualifications = Table(said, tuple(said), f"{_NAME}.qualification", 0, path, text)
        for code in said:
            name = f"{_NAME}.qualification.{code}"
            own[code] = _strategy(Table(qualifications.table(code), STRATEGY_KEYS, name, 0, path, text), usual)
    return Strategies(usual, own, points, labels, seen, top.count("verifiers", 0, 0))


def _strategy(table: Table, usual: Strategy) -> Strategy:
    """What the table says; of what it does not, the usual."""
    shares = {risk: _bands(table, key, usual.bands_of(risk)) for risk, key in _SHARES.items()}
    said = [key for key in _SHARES.values() if key in table.values]
    by_root = table.truth("square_root", usual.by_root and not said)
    if by_root and said:
        raise table.refusal(
            "square_root",
            f"`square_root` and `{said[0]}` both say how many are sampled",
            "Leave out one of them.",
        )
    if by_root:
        shares = {risk: Strategy().bands_of(risk) for risk in Risk}
    percentages = {key: table.count(key, getattr(usual, key), 0) for key in _PERCENTAGES}
    counts = {key: table.count(key, getattr(usual, key), 0, most) for key, most in _COUNTS.items()}
    strategy = Strategy(
        red=shares[Risk.RED],
        amber=shares[Risk.AMBER],
        green=shares[Risk.GREEN],
        by_root=by_root,
        always=_always(table, usual.always),
        vacsr=table.truth("vacsr", usual.vacsr),
        feedback_quality=table.truth("feedback_quality", usual.feedback_quality),
        summative_before=_before(table, usual.summative_before),
        due_days=table.count("due_days", usual.due_days, most=_MOST_DAYS),
        **percentages,
        **counts,
    )
    for risk, why in contradictions(strategy):
        key = next(iter(each for each in (_SHARES[Risk(risk)], *said) if each in table.values), _SHARES[Risk(risk)])
        raise table.refusal(key, f"These shares contradict each other: {why}", "Ask for more where the risk is higher.")
    return strategy


def _bands(table: Table, key: str, usual: tuple[Band, ...]) -> tuple[Band, ...]:
    if key not in table.values:
        return usual
    told = f"Write {key} = {_shares(usual)}, for example."
    value = table.values[key]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise table.refusal(key, f"`{key}` is no list of bands", told)
    bands = []
    for each in value:
        for name, said in each.items():
            if name not in ("up_to", "percent"):
                raise table.refusal(key, f"`{one_line(name)}` is not said of a band in `{key}`", told)
            # To isinstance true and false are numbers.
            if type(said) is not int:
                raise table.refusal(key, f"`{name}` in `{key}` is not a whole number", told)
        if "percent" not in each:
            raise table.refusal(key, f"A band in `{key}` has no percent", told)
        bands.append(Band(each.get("up_to"), each["percent"]))
    if why := why_no_bands(bands):
        raise table.refusal(key, f"In `{key}` {why}", told)
    return tuple(bands)


def _always(table: Table, usual: frozenset[Always]) -> frozenset[Always]:
    if "always" not in table.values:
        return usual
    words = table.texts("always")
    for word in words:
        if word not in _ALWAYS:
            what = f"`{one_line(word)}` is nothing that can always be sampled"
            raise table.refusal("always", what, nearest(word, _ALWAYS, "They are"))
    return frozenset(map(Always, words))


def _before(table: Table, usual: Before | None) -> Before | None:
    word = table.text("summative_before")
    if "summative_before" not in table.values:
        return usual
    if word not in tuple(Before):
        raise table.refusal("summative_before", f"`{one_line(word)}` is not known", 'Write "release" or "claim".')
    return Before(word)


def _names(table: Table, what: str) -> dict[str, str]:
    """What each name of that is called."""
    said = table.table(what)
    if wrong := next((name for name, called in said.items() if not isinstance(called, str)), ""):
        raise table.refusal(
            what,
            f"What `{one_line(wrong)}` is called in `{what}` is not a text",
            'Write {what} = { "log" = "diary" }, for example.'.replace("{what}", what),
        )
    return {clean(name).text: clean(str(called)).text.strip() for name, called in said.items()}


def _points(table: Table) -> RiskPoints:
    usual = RiskPoints()
    points = RiskPoints(**{key: table.count(key, getattr(usual, key), 0, _MOST_POINTS) for key in _POINTS})
    if points.amber_from > points.red_from:
        raise table.refusal(
            "amber_from" if "amber_from" in table.values else "red_from",
            f"Nothing is ever amber: that is from {points.amber_from} points on, and red from {points.red_from} on",
            "Have amber begin with fewer points than red.",
        )
    return points


def strategy_lines(strategies: Strategies) -> Iterator[str]:
    """The lines of the table that says it, each key explained."""
    usual = _values(strategies.usual)
    yield "# How much is verified, of what, and what is always looked at. All of it is the centre's own: an example"
    yield "# after tiers that an awarding organisation publishes. Ask yours what it wants."
    yield f"[{_NAME}]"
    for key, value in usual.items():
        if key in _EXPLAINED:
            yield f"# {_EXPLAINED[key]}"
        yield f"{key} = {value}"
    yield "# Percent of what each verifier verified that a Lead IV looks at, and countersigns."
    yield f"verifiers = {strategies.verifiers}"
    yield ""
    yield "# Each assessor is observed, and a learner and a witness asked, once in so many months; 0 is never."
    yield f"[{_NAME}.observations]"
    yield from (f"{key} = {months}" for key, months in asdict(strategies.seen).items())
    yield ""
    yield "# What makes the risk of an assessor in a unit: points for each ground, and from how many on it is amber"
    yield "# or red. few, long_ago, far and enough say when a ground is one."
    yield f"[{_NAME}.risk]"
    yield from (f"{key} = {points}" for key, points in asdict(strategies.points).items())
    yield ""
    yield '# What methods, kinds of evidence and locations are called, so that several are one; "" is none to cover.'
    yield f"{'' if strategies.labels else '# '}[{_NAME}.labels]"
    for what, names in strategies.labels.items():
        yield f"{what} = {{ {', '.join(f'{quoted(name)} = {quoted(called)}' for name, called in names.items())} }}"
    if not strategies.labels:
        yield '# evidence = { ".docx" = "written work", ".pdf" = "written work" }'
    if not strategies.own:
        yield ""
        yield "# A qualification can have any of the keys of [verification] of its own, but verifiers:"
        yield f'# [{_NAME}.qualification."8580-CERT"]'
        yield "# least = 5"
    for code, own in strategies.own.items():
        yield ""
        yield f"[{_NAME}.qualification.{quoted(code)}]"
        yield from (f"{key} = {value}" for key, value in _values(own).items() if value != usual.get(key))


_EXPLAINED = {
    "shares_red": "Of the learners of a unit and cohort, by the risk of who assessed them: each share holds for\n"
    "# the learners of its own band, so that the number never falls when somebody joins.",
    "square_root": "The square root of their number, in place of the shares.",
    "least": "At least so many of each unit and cohort; of each assessor and of each unit in twelve months.",
    "interim": "Percent of the units that are still being assessed, and of those that are closed.",
    "drawn": "Percent of what the shares ask for that is drawn at random: what is drawn proves something of the rest.",
    "always": "Sampled always, whatever the shares ask for.",
    "vacsr": "Whether verifiers answer too that the evidence is valid, authentic, current, sufficient and reliable,\n"
    "# and how good the feedback is.",
    "due_days": "Days that a verifier has for a sample.",
    "most_running": "The most units running of the same assessor that a verifier looks at; 0 is any number.",
    "summative_before": "What waits until a closed unit that is sampled was looked at.",
}


def _values(strategy: Strategy) -> dict[str, str]:
    """Each key with its value as TOML has it."""
    values = {} if strategy.by_root else {key: _shares(strategy.bands_of(risk)) for risk, key in _SHARES.items()}
    values["square_root"] = str(strategy.by_root).lower()
    values |= {key: str(getattr(strategy, key)) for key in ("least", "least_of_assessor", "least_of_unit")}
    values |= {key: str(getattr(strategy, key)) for key in _PERCENTAGES}
    values["always"] = as_list(each for each in Always if each in strategy.always)
    values |= {key: str(getattr(strategy, key)).lower() for key in ("vacsr", "feedback_quality")}
    values |= {key: str(getattr(strategy, key)) for key in ("due_days", "most_running")}
    if strategy.summative_before is not None:
        values["summative_before"] = quoted(strategy.summative_before)
    return values


def _shares(bands: tuple[Band, ...]) -> str:
    told = (
        f"{{ {f'up_to = {each.up_to}, ' if each.up_to is not None else ''}percent = {each.percent} }}" for each in bands
    )
    return f"[{', '.join(told)}]"
