"""The elements of an OpenDocument by what is to be done with them."""

from __future__ import annotations

_UNSEEN_NAMES = """
    text:tracked-changes text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls
    office:forms office:scripts office:binary-data svg:title svg:desc table:table-column table:table-columns
    text:alphabetical-index-auto-mark-file table:content-validations table:calculation-settings form:form
    presentation:notes office:event-listeners text:script draw:glue-point draw:enhanced-geometry field:param
    text:note-citation table:table-source table:table-header-columns draw:page-thumbnail draw:contour-polygon
    draw:contour-path draw:image-map text:table-of-content-source text:illustration-index-source
    text:table-index-source text:object-index-source text:user-index-source text:alphabetical-index-source
    text:bibliography-source table:table-column-group office:dde-source
    """
UNSEEN = frozenset(_UNSEEN_NAMES.split())
"""What holds no words of the document, or is read elsewhere."""
_DRAWN_NAMES = """
    draw:frame draw:custom-shape draw:rect draw:g draw:ellipse draw:circle draw:line draw:connector draw:path
    draw:polygon draw:polyline draw:regular-polygon draw:caption draw:measure draw:control draw:a dr3d:scene
    """
DRAWN = frozenset(_DRAWN_NAMES.split())
"""What is drawn, and may hold words."""
HIDES = frozenset({"text:hidden-paragraph", "text:hidden-text"})
"""What can hide the words that it holds, or those around it."""
