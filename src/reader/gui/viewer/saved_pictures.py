"""Pictures of the page that are copied, saved as files, or opened in another program."""

import mimetypes
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from reader.file_names import plain
from reader.gui.context import Context
from reader.gui.viewer import links

_WHOLE = 1_000_000  # pixels: larger than any picture, so that none is scaled
_LONGEST = 120

Put = Callable[[str, bytes], Path]


class SavedPictures:
    """Hands pictures of the library on; ``put`` writes a file for another program."""

    def __init__(self, context: Context, put: Put) -> None:
        self._context = context
        self._put = put

    def copy(self, name: str) -> None:
        """Copy a picture as an image, and as the bytes of its file."""
        file = self._context.library.picture_path(name)
        image = self._context.images.decode((name, _WHOLE, _WHOLE))
        if file is None or image.isNull():
            self._context.messages.warn("This picture cannot be read, so it was not copied.")
            return
        data = QMimeData()
        data.setImageData(image)
        kind = mimetypes.guess_type(name)[0]
        if kind:
            data.setData(kind, file.read_bytes())
        QGuiApplication.clipboard().setMimeData(data)
        self._context.messages.tell("Picture copied.")

    def save(self, name: str, title: str) -> None:
        """Ask for a place, and save the picture there as it came."""
        file = self._context.library.picture_path(name)
        if file is None:
            self._context.messages.warn("This picture is not in the library.")
            return
        suffix = file.suffix
        chosen, _ = QFileDialog.getSaveFileName(
            self._context.window,
            "Save Picture As",
            file_name(title, suffix),
            f"Pictures (*{suffix});;All files (*)",
        )
        if chosen:
            self._write(file, Path(chosen))

    def open(self, name: str) -> None:
        """Open a copy of a picture in another program, which cannot change the library then."""
        file = self._context.library.picture_path(name)
        if file is None:
            self._context.messages.warn("This picture is not in the library.")
            return
        try:
            links.open_file(self._put(name, file.read_bytes()), self._context.messages)
        except OSError as error:
            self._context.messages.warn(f"The picture could not be opened: {error.strerror}.")

    def lend(self, name: str, title: str) -> Path | None:
        """Return a copy of a picture for another program, under a good name; None if it fails."""
        file = self._context.library.picture_path(name)
        if file is None:
            return None
        try:
            return self._put(file_name(title, file.suffix), file.read_bytes())
        except OSError as error:
            self._context.messages.warn(f"The picture could not be copied: {error.strerror}.")
            return None

    def _write(self, file: Path, wanted: Path) -> None:
        wanted = wanted if wanted.suffix else wanted.with_suffix(file.suffix)
        try:
            shutil.copyfile(file, wanted)
        except OSError as error:
            reason = error.strerror or error
            self._context.messages.warn(f"The picture could not be saved: {reason}.")
        else:
            self._context.messages.tell(f"Picture saved as {wanted.name}.")


def file_name(title: str, suffix: str) -> str:
    """Return a file name for a picture, valid on every system."""
    return plain(title, suffix, untitled="Picture", most=_LONGEST)
