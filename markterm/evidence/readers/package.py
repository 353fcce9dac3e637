"""The XML parts of a document that is a zip archive inside."""

from __future__ import annotations

import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # the library has no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from markterm.evidence.converted import NotReadable
from markterm.evidence.zip_check import DAMAGED, ENTITIES


def xml_part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root of the part of that name; None when there is none. Raises NotReadable.

    A part that defines entities is refused: they could unpack without end, or bring in other files.
    """
    try:
        root: Element = fromstring(archive.read(name))
    except KeyError:
        return None
    except DefusedXmlException as error:
        raise NotReadable(ENTITIES) from error
    except (ParseError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise NotReadable(DAMAGED) from error
    return root
