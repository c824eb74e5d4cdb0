"""The keys, and the About box."""

from reader import __version__, paths
from reader.gui.actions import keymap
from reader.gui.context import Context
from reader.gui.widgets.dialogs import passing
from reader.gui.widgets.plain_text import message_box
from reader.gui.widgets.theme import resolve


class Help:
    """Shows the keys, lets the user change them, and shows the About box."""

    def __init__(self, context: Context) -> None:
        self._window = context.window
        self._library = context.library
        self._settings = context.settings

    def show_keys(self) -> None:
        """Show the sheet of all keys in effect."""
        from reader.gui.actions.help_sheet import HelpSheet

        settings = self._settings.value
        sheet = HelpSheet(keymap.of(settings), resolve(settings.theme), self._window)
        with passing(sheet):
            pass

    def change_keys(self) -> None:
        """Show all actions with their keys, to change them."""
        from reader.gui.actions.keys_dialog import KeysDialog

        settings = self._settings.value
        dialog = KeysDialog(settings.keys, vim=settings.vim, parent=self._window)
        with passing(dialog) as accepted:
            if accepted:
                self._settings.update(keys=dialog.own, vim=dialog.vim)

    def show_about(self) -> None:
        """Show the version, and the folders of the library and the settings."""
        text = f"Reader {__version__}\nAn offline home for what you mean to read."
        more = f"Library: {self._library.folder}\nSettings: {paths.config_dir()}"
        box = message_box(self._window, text, more)
        box.setWindowTitle("About Reader")
        box.exec()
