"""What of Word, PowerPoint and Excel files is kept, what goes, and what is text: ECMA-376, by local names.

A list of what is known: of a file that holds anything else, nothing is given in its own kind.
"""

from __future__ import annotations

import re

from markterm.exports.nameless.tree import Rules

_OFFICE = "application/vnd.openxmlformats-officedocument."


def _types(family: str, names: str) -> frozenset[str]:
    return frozenset(f"{_OFFICE}{family}{name}+xml" for name in names.split())


KEPT = (
    _types(
        "wordprocessingml.",
        "document.main styles numbering settings footnotes endnotes header footer comments",
    )
    | _types("spreadsheetml.", "sheet.main worksheet chartsheet styles sharedStrings sheetMetadata comments table")
    | _types(
        "presentationml.",
        "presentation.main slide slideLayout slideMaster notesMaster notesSlide handoutMaster presProps tableStyles "
        "comments commentAuthors",
    )
    | _types("drawingml.", "chart diagramData diagramLayout diagramStyle diagramColors chartshapes")
    | _types("", "theme themeOverride drawing")
    | {f"{_OFFICE}vmlDrawing", "application/vnd.ms-office.drawingml.diagramDrawing+xml"}
)
"""Types of parts that are known, and are gone through."""

DROPPED = (
    _types("", "extended-properties custom-properties customXmlProperties")
    | _types(
        "wordprocessingml.",
        "fontTable webSettings document.glossary people commentsExtended commentsIds commentsExtensible "
        "stylesWithEffects mailMergeRecipientData",
    )
    | _types("spreadsheetml.", "calcChain userNames")
    | _types("presentationml.", "viewProps tags")
    | {
        f"{_OFFICE}spreadsheetml.printerSettings",
        f"{_OFFICE}presentationml.printerSettings",
        f"{_OFFICE}wordprocessingml.printerSettings",
        f"{_OFFICE}spreadsheetml.customProperty",
        f"{_OFFICE}obfuscatedFont",
        "application/x-fontdata",
        "application/vnd.ms-office.chartcolorstyle+xml",
        "application/vnd.ms-office.chartstyle+xml",
        "application/vnd.ms-office.classificationlabels+xml",
        "application/vnd.ms-office.intelligence2+xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.ms-word.keyMapCustomizations+xml",
        "application/vnd.ms-powerpoint.revisioninfo+xml",
        "application/vnd.ms-powerpoint.changesinfo+xml",
        "application/vnd.ms-excel.person+xml",
        "application/vnd.ms-excel.threadedcomments+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.openxmlformats-package.digital-signature-origin",
    }
)
"""Types of parts that a file does without: who wrote it, when and where, and what programs keep for themselves."""

DROPPED_RELATIONS = frozenset({"thumbnail", "customXml", "attachedTemplate", "mailMergeSource", "glossaryDocument"})
DRAWN_AGAIN = frozenset({"image/svg+xml", "image/vnd.ms-photo"})
"""Pictures that stand beside another form of the same."""

_FREE_ANYWHERE = "descr title tooltip alt prompt promptTitle error errorTitle instr"
_FREE = """
    docPr.name cNvPr.name alias.val tag.val default.val listEntry.val statusText.val helpText.val listItem.displayText
    listItem.value hyperlink.display textpath.string section.name cSld.name custShow.name protectedRange.name
"""
_DROPPED = """
    rsids docId docVars attachedTemplate mailMerge saveThroughXslt documentProtection writeProtection dataBinding
    placeholder fileSharing fileRecoveryPr absPath revisionPtr creationId modId externalData custDataLst permStart
    permEnd latentStyles smartTagType smartTagPr webPublishing webPublishObjects customWorkbookViews customSheetViews
    sheetProtection workbookProtection modifyVerifier
"""
_DROPPED_ATTRIBUTES = """
    rsidR rsidRPr rsidRDefault rsidP rsidTr rsidSect rsidDel paraId textId durableId uid documentId revIDs userId
    providerId filterPrivacy lastEdited
"""

RULES = Rules(
    paragraphs=frozenset(("p", "si", "is", "text", "div", "rt", "rPh")),
    leaves=frozenset(("t", "delText", "instrText", "delInstrText", "font")),
    spaces={"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    formulas=frozenset(("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula")),
    free=frozenset(
        (
            *(("*", each) for each in _FREE_ANYWHERE.split()),
            *((each.partition(".")[0], each.partition(".")[2]) for each in _FREE.split()),
        )
    ),
    authors=frozenset((("*", "author"), ("cmAuthor", "name"))),
    author_elements=frozenset(("author",)),
    times=frozenset(("date", "dt", "dateUtc")),
    time_elements=frozenset(),
    dropped=frozenset(_DROPPED.split()),
    dropped_attributes=frozenset(_DROPPED_ATTRIBUTES.split()),
    drawings=frozenset(("custGeom", "polyline", "curve", "contentPart")),
    drawn_by=(("shape", "path", re.compile(r".+", re.DOTALL)),),
    sheets=frozenset((("sheet", "name"),)),
)
