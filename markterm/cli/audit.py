"""`markterm audit`: is the record whole and unchanged?"""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.output import finding_as_json, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.foreign_text import one_line
from markterm.records.finding_codes import troubling

_FOUND = 1
_DAMAGED = 4


@click.command("audit", cls=Command)
@click.argument("learner", required=False, shell_complete=completion.learners)
@click.option("--heads", "with_heads", is_flag=True, help="Print how far each segment goes and the hash of its end.")
@pass_session
def command(session: Session, learner: str | None, with_heads: bool) -> int:
    """Verify that every record is whole and unchanged.

    Or that of one LEARNER. Each is read from its first byte and compared with everything that has seen it. Prints a
    line for each finding and ends with 4 when one is about what is recorded, with 1 when all are about whose it is;
    what is said for information counts as none. Keep the heads in another place: they prove later that no end was cut
    off.

    \b
    Examples:
      markterm audit
      markterm audit JON2041
      markterm audit --heads > heads-2026-05.txt
    """
    records: list[dict[str, object]] = []
    events = found = 0
    centre = session.centre()
    for audited in centre.audit(None if learner is None else centre.find_learner(learner)):
        events += audited.events
        found += len(troubling(audited.findings))
        records.append(
            {
                "record": audited.record,
                "events": audited.events,
                "heads": {name: {"lines": head.lines, "digest": head.digest} for name, head in audited.heads.items()},
                "findings": [finding_as_json(finding) for finding in audited.findings],
                "goes_on_from": list(audited.goes_on_from),
                "late": audited.late,
            }
        )
        if audited.late:
            late = f"{audited.late} line{'s' if audited.late != 1 else ''} came to"
            click.echo(
                one_line(f"{audited.record}: {late} {', '.join(audited.goes_on_from)} since it goes on."), err=True
            )
        if session.as_json:
            continue
        for finding in audited.findings:
            say(one_line(str(finding)))
        if with_heads:
            for name, head in sorted(audited.heads.items()):
                say(one_line(f"{audited.record or 'centre'}  {name}  {head.lines} lines  {head.digest}"))
    whose = centre.registrations.findings() if learner is None else ()
    for finding in whose if not session.as_json else ():
        say(one_line(str(finding)))
    if session.as_json:
        say_json(
            {
                "records": records,
                "events": events,
                "findings": found + len(whose),
                "registrations": [finding_as_json(each) for each in whose],
            }
        )
    every = found + len(whose)
    told = f"{every} findings" if every != 1 else "1 finding"
    read = f"{len(records)} record{'s' if len(records) != 1 else ''} with {events} event{'s' if events != 1 else ''}"
    click.echo(f"Verified {read}: {told if every else 'all is well'}.", err=True)
    if found:
        return _DAMAGED
    return _FOUND if whose else 0
