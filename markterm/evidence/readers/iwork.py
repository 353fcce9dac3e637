"""Pages, Numbers and Keynote: the preview that Apple's programs put into their files. Nobody else reads the rest."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath

from markterm.evidence.conversion.zip_check import check_zip
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.thumbnail import drawn

_PREVIEWS = ("quicklook/preview.pdf", "preview.pdf", "preview.jpg", "preview-web.jpg", "quicklook/thumbnail.jpg")
_PROGRAMS = {".pages": "Pages", ".numbers": "Numbers", ".key": "Keynote"}


def read(path: Path) -> Converted:
    """The preview in `path`, attached and, if it is a picture, drawn. Raises NotReadable when there is none."""
    program = _PROGRAMS[path.suffix]
    ask = f"ask for it as PDF: in {program}, File, Export To, PDF."
    notes = check_zip(path)
    with damage_said(f"a {program} file"):
        with zipfile.ZipFile(path) as archive:
            names = {name.casefold(): name for name in archive.namelist()}
            found = next((names[name] for name in _PREVIEWS if name in names), None)
            if found is None:
                raise NotReadable(f"Only {program} itself can read this file, and it holds no preview: {ask}")
            content = archive.read(found)
        draft = Draft([*notes])
        attached = Attached()
        if refusal := attached.refusal(len(content)):
            raise NotReadable(f"The preview in it is {refusal}: {ask}")
        kept = attached.add(PurePosixPath(found).name, content)
        picture = None
        if kept.lower().endswith(".jpg"):
            preview = drawn(BytesIO(content), "JPEG")
            picture = preview.picture
            draft.notes.extend(preview.notes)
        draft.notes.append(f"Only {program} itself can read this file. What it shows is its preview: {ask}")
        draft.add(f"A {program} file, of which only its preview can be shown.")
        draft.add(f"\\[attached: {kept}\\]")
        return draft.converted(attachments=attached.files, picture=picture)
