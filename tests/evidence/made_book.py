"""E-books made for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.evidence.made import zipped

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def epub(
    pages: Mapping[str, str],
    order: Sequence[str] = (),
    *,
    title: str = "My diary",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """A book of those pages by name, turned in that order."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    names = list(pages)
    spine = "".join(f'<itemref idref="i{names.index(name)}"/>' for name in order or names)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title><dc:creator>Zoë Marsh</dc:creator></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    whole = {
        name: f"<html><head><title></title></head><body>{page}</body></html>" for name, page in pages.items() if page
    }
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/book.opf": package,
            **{f"OEBPS/{name}": page for name, page in whole.items()},
            **(parts or {}),
        }
    )
