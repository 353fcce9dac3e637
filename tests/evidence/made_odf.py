"""OpenDocument files made for tests: texts, sheets and slides, in an archive or flat in one XML."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.evidence.readers.odf.document import NAMESPACES
from tests.evidence.made import zipped

_TYPES = {
    "text": "text",
    "spreadsheet": "spreadsheet",
    "presentation": "presentation",
    "chart": "chart",
    "drawing": "graphics",
}
_NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "xml")


def odf(
    kind: str, body: str, *, styles: str = "", master: str = "", parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """An OpenDocument of that kind (`text`, `spreadsheet`, `presentation`) with that body."""
    mime = f"application/vnd.oasis.opendocument.{_TYPES[kind]}"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
    inside = "".join(
        f'<manifest:file-entry manifest:full-path="{name.removesuffix("content.xml")}"'
        f' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        for name in parts or {}
        if name.endswith("/content.xml")
    )
    return zipped(
        {
            "mimetype": mime,
            "META-INF/manifest.xml": f"<manifest:manifest {_NAMES}>{entry}{inside}</manifest:manifest>",
            "content.xml": content(kind, body, styles),
            "styles.xml": f"<office:document-styles {_NAMES}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
            **(parts or {}),
        }
    )


def content(kind: str, body: str, styles: str = "") -> str:
    """The XML of a content, as it stands in an archive."""
    return (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )


def flat(kind: str, body: str, *, before: str = "") -> bytes:
    """An OpenDocument in one XML."""
    mime = f"application/vnd.oasis.opendocument.{_TYPES[kind]}"
    return (
        f'<?xml version="1.0"?><office:document {_NAMES} office:mimetype="{mime}">{before}'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def cell(text: str, more: str = "", inside: str = "") -> str:
    """A cell of a sheet or table."""
    words = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {more}>{inside}{words}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """A row of cells; a bare text is a cell of its own."""
    inside = "".join(one if one.startswith("<table") else cell(one) for one in cells)
    return f"<table:table-row {more}>{inside}</table:table-row>"


def style(name: str, family: str, properties: str, more: str = "") -> str:
    """A style with one group of properties."""
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{properties}</style:style>'
