"""What the keys do on the page, and the way to the dialog that changes them."""

from PySide6.QtWidgets import QWidget

from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.dialogs import passing
from reader.settings_store import SettingsStore


class Keyboard:
    """Turns pages wherever the keyboard is."""

    def __init__(self, viewer: Viewer, store: SettingsStore, window: QWidget) -> None:
        self._viewer = viewer
        self._store = store
        self._window = window

    def page_on(self) -> None:
        """Go on by a page; at the end of an article, to the next one."""
        if self._viewer.isVisible():
            self._viewer.page_down()

    def page_back(self) -> None:
        """Go back by a page."""
        if self._viewer.isVisible():
            self._viewer.page_up()

    def to_start(self) -> None:
        """Go to the beginning of the article."""
        bar = self._viewer.verticalScrollBar()
        bar.setValue(bar.minimum())

    def to_end(self) -> None:
        """Go to the end of the article."""
        bar = self._viewer.verticalScrollBar()
        bar.setValue(bar.maximum())

    def change_keys(self) -> None:
        """Show all actions with their keys, to change them."""
        from reader.gui.actions.keys_dialog import KeysDialog

        settings = self._store.value
        dialog = KeysDialog(settings.keys, vim=settings.vim, parent=self._window)
        with passing(dialog) as agreed:
            if agreed:
                self._store.update(keys=dialog.own, vim=dialog.vim)
