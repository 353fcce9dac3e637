"""Words in pictures, read by machine in the background: of the file that a person looks at, and then of the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress

from markterm.centre.evidence import Evidence
from markterm.domain.words.errors import MarkTermError
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.progress import Progress
from markterm.evidence.text.document import EvidenceDocument


class PicturesRead:
    """One reading at a time; whoever asks for another file ends it."""

    def __init__(self, files: Evidence) -> None:
        self._files = files
        self._progress = Progress()
        self.name = ""
        """The file that is being read, and nothing when none is."""

    def stop(self) -> None:
        """End what is being read: nobody waits for it any more."""
        self._progress.stop.set()

    async def read(self, file: EvidenceFile, document: EvidenceDocument) -> EvidenceDocument | None:
        """The document with what was read in its pictures; None when there is no more to show."""
        self.stop()
        progress = self._progress = Progress()
        self.name = file.name
        try:
            return await asyncio.to_thread(self._files.read_by_machine, file, document, progress)
        except MarkTermError:  # It cannot be read any more: that is said when it is opened again.
            return None
        finally:
            if self._progress is progress:
                self.name = ""

    async def read_others(self, files: Iterable[EvidenceFile]) -> AsyncIterator[EvidenceFile]:
        """Each of these files in which something more was read, until `stop`."""
        for file in files:
            if file.kind is not EvidenceKind.CONVERTED:
                continue
            with suppress(MarkTermError):
                document = await asyncio.to_thread(self._files.read, file)
                if document.waits_for_machine:
                    if self.name:
                        return  # Somebody opened a picture, which is read first.
                    if await self.read(file, document) is not None:
                        yield file
                    elif self._progress.stop.is_set():
                        return
