"""The files of articles that are dragged out of the window."""

import shutil
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.exporting.kinds import Kind, Wanted
from reader.library.library import Library
from reader.outcomes import Outcome

_KEPT = 8
"""Drags whose files stay: other programs copy them some time after the drop."""


class DraggedFiles:
    """Writes articles as web pages; ``make_folder`` makes a private folder that is deleted later.

    Errors are passed to ``failed``: the drag goes on without files.
    """

    def __init__(
        self,
        library: Library,
        make_folder: Callable[[], Path],
        failed: Callable[[Exception], None],
    ) -> None:
        self._library = library
        self._make_folder = make_folder
        self._failed = failed
        self._folders: deque[Path] = deque()

    def write(self, ids: Sequence[int]) -> list[Path]:
        """Write the files of articles, and return those that could be written."""
        from reader.exporting.export import export

        try:
            folder = self._folder()
            rows = export(self._library, Wanted(Kind.HTML, tuple(ids)), folder).rows
        except Exception as error:  # no exception may reach the program that asks for the files
            self._failed(error)
            return []
        return [
            folder / row.where.file
            for row in rows
            if row.where is not None and row.outcome is not Outcome.FAILED
        ]

    def _folder(self) -> Path:
        if len(self._folders) == _KEPT:
            shutil.rmtree(self._folders.popleft(), ignore_errors=True)
        self._folders.append(self._make_folder())
        return self._folders[-1]
