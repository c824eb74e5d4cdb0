"""Opens the settings window, and asks for the folder to move the library to."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from reader import paths
from reader.errors import LibraryError
from reader.gui.context import Context
from reader.gui.settings import parts
from reader.gui.settings.controls import Made, Services
from reader.gui.settings.dialog import SettingsWindow
from reader.gui.viewer import links
from reader.gui.widgets.plain_text import message_box
from reader.library.moving.folders import check_target


class Preferences:
    """Shows the settings.

    ``deeds`` are functions by the ids of the buttons that run them; ``keys`` makes the part that
    changes keys. ``move_wanted`` is set if the library is to be moved once the window has closed:
    its new folder, and whether its old files stay.
    """

    def __init__(
        self, context: Context, deeds: Callable[[str], None], keys: Callable[[], Made]
    ) -> None:
        self._context = context
        self._window = context.window
        self._library = context.library
        self._deeds = deeds
        self._keys = keys
        self._dialog: SettingsWindow | None = None
        self.move_wanted: tuple[Path, bool] | None = None

    def open_settings(self, page: str = "") -> SettingsWindow:
        """Show the settings window, or bring it to the front; ``page`` is a title of one."""
        if self._dialog is None or not self._dialog.isVisible():
            if self._dialog is not None:
                self._dialog.deleteLater()
            services = Services(self._do, self._parts())
            self._dialog = SettingsWindow(self._context.settings, services, self._window)
        if page:
            self._dialog.choose(page)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def _do(self, deed: str) -> None:
        if deed == "settings.folder":
            links.open_file(paths.config_dir(), self._context.messages)
        else:
            self._deeds(deed)

    def _parts(self) -> Mapping[str, Callable[[], Made]]:
        return {
            "place": self._place,
            "size": lambda: parts.size(self._context),
            "presets": lambda: parts.presets(self._context.settings),
            "keys": self._keys,
            "second_place": lambda: parts.second_place(self._context),
            "device": lambda: parts.device(self._context),
            "dictionaries": lambda: parts.dictionaries(self._context),
        }

    def _place(self) -> Made:
        place = parts.Place(str(self._library.folder), can_move=not self._library.read_only)
        place.open_wanted.connect(
            lambda: links.open_file(self._library.folder, self._context.messages)
        )
        place.move_wanted.connect(self.choose_target)
        return Made(place, lambda _: None)

    # ---- moving the library

    def choose_target(self) -> None:
        """Ask for the new folder of the library, and whether to keep the old files."""
        folder = self._library.folder
        name = QFileDialog.getExistingDirectory(
            self._dialog, "Move the Library to an Empty Folder", str(folder.parent)
        )
        if not name:
            return
        target = Path(name)
        try:
            check_target(folder.resolve(), target)
        except LibraryError as error:
            self._explain(str(error))
        else:
            self.ask_to_move(target)

    def ask_to_move(self, target: Path) -> None:
        """Ask whether to move the library, and close the window, because it has to be at rest."""
        box = message_box(
            self._dialog,
            f"Move the library to {target}?",
            "Everything is copied and compared first; only then the new folder is used. Reader "
            "closes for the moment and opens again.",
        )
        move = box.addButton("Move", box.ButtonRole.AcceptRole)
        keep = box.addButton("Move and Keep the Old Files", box.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(box.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        if box.clickedButton() in (move, keep):
            self.move_wanted = target, box.clickedButton() is keep
            if self._dialog is not None:
                self._dialog.reject()
            self._window.close()

    def _explain(self, text: str) -> None:
        box = message_box(self._dialog, "The library stays where it is", text)
        box.exec()
        box.deleteLater()
