"""A form as a file: its parts that can be filled, why one cannot be, and the file with what was filled in."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.words.errors import Refused, Unreadable, WrongUse
from markterm.evidence.conversion.zip_check import DAMAGED, ENTITIES, LARGEST_ENTRY, MACROS, check_zip
from markterm.evidence.converted import NotReadable
from markterm.evidence.ole import MARK
from markterm.evidence.readers.office import OfficeFile
from markterm.evidence.readers.word.xml import Element, attribute, child, inside, is_on
from markterm.exports.form import zip_copy

_AS_DOCX = "Open it in Word or LibreOffice and save it as a Word document (.docx)."
_OTHER_KINDS = (
    (b"%PDF", "It is a PDF.", "Ask the awarding organisation for the form as a Word document."),
    (b"{\\rtf", "It is in Rich Text Format.", _AS_DOCX),
)
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_TEMPLATES = re.compile(r"wordprocessingml\.template|ms-word\.template")
_STANDALONE = re.compile(rb"<\?xml[^>]*standalone\s*=\s*[\"'](yes|no)")


@dataclass(slots=True)
class FormFile:
    """An opened form. `roots` are the parts that can be filled, by their names: the document first, then headers and
    footers; `notes` are to be said about the file; `fields_alone` that its protection lets nothing else be filled."""

    path: Path
    data: bytes
    roots: dict[str, Element]
    office: OfficeFile
    main: str
    notes: list[str] = field(default_factory=list)
    fields_alone: bool = False

    @classmethod
    def open(cls, path: Path) -> FormFile:
        """The form in that file. Raises `WrongUse` when there is none, `Unreadable` for one that is damaged, protected
        by a password or no Word document, and `Refused` for one that is protected from being filled."""
        data = _read(path)
        try:
            notes = [_kept(note) for note in check_zip(path)]
            office = OfficeFile(io.BytesIO(data))
            main = office.main("a Word document")
        except NotReadable as error:
            raise Unreadable("The form cannot be read", str(error), _AS_DOCX, file=path) from None
        except zipfile.BadZipFile:
            raise _damaged(path) from None
        _check_kind(path, office, main)
        form = cls(path, data, {main: _parsed(path, office, main)}, office, main, notes)
        for relation in office.related(main, "header", "footer"):
            if not relation.external and office.has(relation.target):
                form.roots.setdefault(relation.target, _parsed(path, office, relation.target))
        form._look_for_protection()
        form._look_for_changes()
        return form

    def filled(self) -> bytes:
        """The file with its parts as they are now; those that were not changed, and all other ones, byte for byte."""
        changed = {}
        for name, root in self.roots.items():
            before = self.office.content(name) or b""
            if etree.tostring(root, method="c14n") != etree.tostring(_root_of(before), method="c14n"):
                changed[name] = _written(root, before)
        try:
            return zip_copy.replaced(self.data, {self._name(name): part for name, part in changed.items()})
        except zip_copy.NotCopied:
            raise _damaged(self.path) from None

    def _name(self, part: str) -> str:
        """How the archive writes the name of a part."""
        names = zipfile.ZipFile(io.BytesIO(self.data)).namelist()
        return next(name for name in names if name.replace("\\", "/").lstrip("/").lower() == part.lower())

    def _look_for_protection(self) -> None:
        if any(name.startswith("_xmlsignatures/") for name in zipfile.ZipFile(io.BytesIO(self.data)).namelist()):
            raise Refused(
                "The form is signed",
                "It has a digital signature, which would not hold any more once something is filled in.",
                "Ask for a form without a signature, or remove it in Word: File, Info, View Signatures.",
            )
        settings = next((each.target for each in self.office.related(self.main, "settings")), "")
        root = self.office.root(settings) if settings else None
        if root is None:
            return
        for protection in inside(root, "documentProtection"):
            kind = attribute(protection, "edit")
            if attribute(protection, "enforcement").lower() not in ("1", "true", "on") or kind in ("", "none"):
                continue
            if kind != "forms":
                what = {"readOnly": "read", "comments": "commented on", "trackedChanges": "changed under tracking"}
                raise Refused(
                    "The form is protected",
                    f"It may only be {what.get(kind, 'read')}.",
                    "In Word: Review, Restrict Editing, Stop Protection; save it, and use that copy.",
                )
            self.fields_alone = True
            self.notes.append("It is protected: only its form fields and content controls are filled.")
        for protection in inside(root, "writeProtection"):
            if any(attribute(protection, name) for name in ("hash", "hashValue", "cryptSpinCount")):
                raise Refused(
                    "The form is read-only",
                    "A password is asked for before it may be changed.",
                    "In Word: Save As, Tools, General Options, clear the password to modify; use that copy.",
                )
            self.notes.append("Whoever wrote it recommends to open it for reading only.")
        if is_on(child(root, "trackRevisions")):
            self.notes.append("Its changes are tracked: what is filled in is not marked as a change.")

    def _look_for_changes(self) -> None:
        if any(
            next(inside(root, "ins", "del", "moveFrom", "moveTo"), None) is not None for root in self.roots.values()
        ):
            self.notes.append(
                "It holds tracked changes, which are left as they are; it was read as if they were accepted."
            )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_ENTRY:
            raise Unreadable("This is no form that can be filled", "It is too large for one.", _AS_DOCX, file=path)
        data = path.read_bytes()
    except FileNotFoundError:
        raise WrongUse("No such form", "There is no file of that name.", "Name a .docx file.", file=path) from None
    except OSError as error:
        raise Unreadable(
            "The form cannot be read", f"The system said: {error.strerror or error}.", "Check the file.", file=path
        ) from error
    if data.startswith(MARK):
        raise Unreadable(
            "The form cannot be read",
            "It is protected by a password, or is a document of an older Word (.doc).",
            "Open it in Word, remove the password (File, Info, Protect Document), and save it as .docx.",
            file=path,
        )
    for beginning, what, step in _OTHER_KINDS:
        if data.startswith(beginning):
            raise Unreadable("This is no form that can be filled", what, step, file=path)
    if b"<pkg:package" in data[:2000]:
        raise Unreadable(
            "This is no form that can be filled", "It is a Word document as one XML file.", _AS_DOCX, file=path
        )
    if not data.startswith(b"PK"):
        raise Unreadable("The form cannot be read", "It is no Word document, or is damaged.", _AS_DOCX, file=path)
    return data


def _check_kind(path: Path, office: OfficeFile, main: str) -> None:
    types = office.root("[Content_Types].xml")
    said = [
        attribute(each, "ContentType")
        for each in (() if types is None else inside(types, "Override"))
        if attribute(each, "PartName").lstrip("/").lower() == main.lower()
    ]
    kind = said[0] if said else _DOCUMENT
    if _TEMPLATES.search(kind):
        raise Unreadable("This is a template", "Word makes documents from it.", _AS_DOCX, file=path)
    if kind not in (_DOCUMENT, _MACROS):
        raise Unreadable("This is no form that can be filled", "It is no Word document.", _AS_DOCX, file=path)


def _kept(note: str) -> str:
    return "It holds macros: they are kept as they are and never run." if note == MACROS else note


def _parsed(path: Path, office: OfficeFile, name: str) -> Element:
    data = office.content(name)
    try:
        return _root_of(data or b"")
    except (etree.XMLSyntaxError, ValueError):
        raise _damaged(path) from None
    except NotReadable as error:
        raise Unreadable("The form cannot be read", str(error), _AS_DOCX, file=path) from None


def _root_of(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=b"<!" not in data)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise NotReadable(ENTITIES)
    return root


def _written(root: Element, before: bytes) -> bytes:
    """The part as XML, with a declaration as it had."""
    alone = _STANDALONE.match(before.lstrip(b"\xef\xbb\xbf"))
    standalone = None if alone is None else alone[1] == b"yes"
    part: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=standalone)
    return part


def _damaged(path: Path) -> Unreadable:
    return Unreadable("The form cannot be read", DAMAGED, _AS_DOCX, file=path)
