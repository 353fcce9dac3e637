"""Forms made for tests as Word writes them: split runs, revision ids, proofing marks, styles, and a page header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from tests.evidence.made_word import word

UNIT = Unit(
    "8580-500",
    "Understanding coaching and mentoring",
    version="2012",
    outcomes=(
        LearningOutcome(
            1,
            "Understand the role of coaching",
            (
                Criterion("1.1", "Define coaching and mentoring in own organisation"),
                Criterion("1.2", "Explain when coaching suits a need"),
            ),
        ),
        LearningOutcome(
            2,
            "Understand the skills of a coach",
            (
                Criterion("2.1", "Assess the skills that a coach needs"),
                Criterion("2.10", "Review ways of keeping records of coaching"),
            ),
        ),
    ),
)
BOLD = "<w:rFonts w:ascii='Arial' w:hAnsi='Arial'/><w:b/><w:sz w:val='20'/>"
SMALL = "<w:rFonts w:ascii='Arial' w:hAnsi='Arial'/><w:i/><w:sz w:val='18'/>"


def split(text: str, style: str = BOLD) -> str:
    """Letters in runs as Word splits them: where the cursor was, and around what it thinks is misspelt."""
    middle = len(text) // 2
    return (
        f'<w:r w:rsidRPr="00A77B3E"><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{text[:middle]}</w:t></w:r>'
        '<w:proofErr w:type="spellStart"/>'
        f'<w:r w:rsidR="00C01A2B"><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{text[middle:]}</w:t></w:r>'
        '<w:proofErr w:type="spellEnd"/>'
    )


def para(*runs: str, style: str = SMALL, more: str = "") -> str:
    """A paragraph; the style is that in which typing goes on."""
    return (
        '<w:p w:rsidR="00A77B3E" w:rsidRDefault="00C01A2B" w14:paraId="1A2B3C4D">'
        f"<w:pPr><w:spacing w:before='40'/>{more}<w:rPr>{style}</w:rPr></w:pPr>{''.join(runs)}</w:p>"
    )


def cell(*texts: str, span: int = 1, merge: str = "", width: int = 1500) -> str:
    """A cell with a paragraph for each text; a text that begins with < is a paragraph already."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = {"": "", "restart": '<w:vMerge w:val="restart"/>', "goes on": "<w:vMerge/>"}[merge]
    inside = "".join(each if each.startswith("<") else para(split(each) if each else "") for each in texts or ("",))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width * span}" w:type="dxa"/>{spans}{merged}</w:tcPr>{inside}</w:tc>'


def table(*rows: Sequence[str], columns: int) -> str:
    """A table of rows of cells."""
    grid = '<w:gridCol w:w="1500"/>' * columns
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = "".join(f'<w:tr w:rsidR="00A77B3E">{"".join(row)}</w:tr>' for row in rows)
    properties = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{properties}{made}</w:tbl>{para()}"


HEADER = table(
    [cell("Centre number:"), cell("Centre name:")],
    [cell("Learner registration No."), cell("Learner name")],
    columns=2,
)
STATEMENTS = table(
    [cell("I confirm that this submission is my own work.", span=2)],
    [cell("Learner signature:"), cell("Date:")],
    [
        cell(
            "All submissions may be used, anonymised, for standardisation. If you refuse the use of your script, "
            "please tick the box: ☐",
            span=2,
        )
    ],
    columns=2,
)


def _criterion(criterion: Criterion) -> list[list[str]]:
    return [
        [
            cell(f"AC {criterion.number} {criterion.text}", merge="restart"),
            cell("Only one is covered"),
            cell("Both are covered"),
            cell("Both are covered and weighed"),
            cell("", merge="restart"),
        ],
        [cell("", merge="goes on"), cell("Pass/Referral", span=2), cell(""), cell("", merge="goes on")],
    ]


def section(outcome: LearningOutcome) -> str:
    """The table of a learning outcome."""
    rows = [
        [cell(f"Learning outcome {outcome.number}: {outcome.title}", span=5)],
        [
            cell("Assessment criteria"),
            cell("Sufficiency descriptors", span=3),
            cell("Assessor feedback on AC [comments not necessary in every box]"),
        ],
        [cell(""), cell("Referral [ca. 8/20]"), cell("Pass [10/20]"), cell("Good pass [ca. 15/20]"), cell("")],
    ]
    for criterion in outcome.criteria:
        rows += _criterion(criterion)
    rows += [
        [cell("Section comments (optional):", "", "", span=3), cell("Verification comments (optional):", "", span=2)]
    ]
    return table(*rows, columns=5)


OUTCOME = table(
    [cell("Outcome (delete as applicable): PASS / REFERRAL", span=4)],
    [cell("Assessor"), cell("Name"), cell("Signature"), cell("Date")],
    [cell("Assessor"), cell(""), cell(""), cell("")],
    [cell("Quality assurance"), cell(""), cell(""), cell("")],
    columns=4,
)

SETTINGS = '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:settings>'


def form(
    body: str = "",
    *,
    unit: Unit = UNIT,
    settings: str = "",
    strict: bool = False,
    parts: Mapping[str, tuple[str, str | bytes]] | None = None,
) -> bytes:
    """A form with that body, or that of the unit as the awarding organisation lays it out."""
    laid_out = HEADER + STATEMENTS + "".join(section(each) for each in unit.outcomes) + OUTCOME
    more: dict[str, tuple[str, str | bytes]] = {"word/settings.xml": ("settings", SETTINGS.format(settings))}
    more.update(parts or {})
    end = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return word((body or laid_out) + end, more, strict=strict)
