"""How a pack is checked by somebody who has no MarkTerm: a page that stands in it."""

from __future__ import annotations

from markterm.exports.pack.page import Fixed, Link, Page, Section
from markterm.exports.placing import HEADS, MANIFEST, SIGNATURE

CHECKING = "how-to-check.html"


def how_to_check() -> Page:
    """The page that says how."""
    return Page(
        "How to check this pack",
        sections=(
            Section(
                "What the file of sums says",
                (
                    f"{MANIFEST} has a line for each file of this pack: the SHA-256 sum of its bytes, and its name. "
                    "Whoever changes one letter of a file changes its sum.",
                    "Have the centre read out or send the sum of that file itself, or keep a copy of it: then nobody "
                    "can change a file of the pack and its line unnoticed.",
                    f"Where the pack holds a file {SIGNATURE}, a member of the centre signed that sum with a key: "
                    "markterm audit --against, as below, says who, and whether the signature is good.",
                ),
            ),
            Section(
                "Linux",
                ("In a terminal, in the folder of the pack:", Fixed(f"sha256sum --check --quiet {MANIFEST}"), _SILENCE),
            ),
            Section(
                "macOS",
                (
                    "In the program Terminal, in the folder of the pack:",
                    Fixed(f"shasum --algorithm 256 --check --quiet {MANIFEST}"),
                    _SILENCE,
                ),
            ),
            Section(
                "Windows",
                (
                    "In PowerShell, in the folder of the pack (in the Explorer: Shift, right click, Open PowerShell "
                    "window here):",
                    Fixed(_POWERSHELL),
                    f"It prints the name of each file that is not as it was. {_SILENCE}",
                    "The sum of one file alone:",
                    Fixed("Get-FileHash -Algorithm SHA256 -LiteralPath 'index.html'"),
                ),
            ),
            Section(
                "Whether the centre's records still say the same",
                (
                    f"{HEADS} says how far each record went when this was written. The centre can show at any time "
                    "that its records still hold all of it, and nothing else in its place:",
                    Fixed("markterm audit --against FOLDER-OR-ZIP-OF-THE-PACK"),
                ),
            ),
        ),
        above=Link("To the first page", "index.html"),
    )


_SILENCE = "Where it prints nothing, every file is as it was when the pack was made."
_POWERSHELL = (
    f"Get-Content -Encoding UTF8 {MANIFEST} | ForEach-Object {{ $sum, $name = $_ -split ' +', 2; "
    "if (-not (Test-Path -LiteralPath $name) -or (Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash -ne $sum) "
    "{ $name } }"
)
