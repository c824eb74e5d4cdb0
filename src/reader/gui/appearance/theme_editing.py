"""Editing themes: the editor, and the fate of its theme."""

from reader import own_themes, themes
from reader.errors import SettingsError
from reader.gui.appearance.appearance import Appearance
from reader.gui.appearance.theme_editor import ThemeEditor
from reader.gui.context import Context
from reader.gui.widgets.dialogs import confirmed
from reader.model import Theme


class ThemeEditing:
    """Opens the editor of themes; the page shows its theme meanwhile."""

    def __init__(self, context: Context, appearance: Appearance) -> None:
        self._context, self._appearance = context, appearance
        self._editor: ThemeEditor | None = None

    def open_editor(self) -> ThemeEditor:
        """Open the editor with the theme of the page, or bring it to the front."""
        if self._editor is None:
            editor = self._editor = ThemeEditor(self._theme(), self._context.window)
            editor.edited.connect(self._appearance.preview)
            editor.save_wanted.connect(self._save)
            editor.delete_wanted.connect(self._delete)
            editor.finished.connect(lambda _: self._close())
            editor.show()
        self._editor.raise_()
        self._editor.activateWindow()
        return self._editor

    def _theme(self) -> Theme:
        return self._appearance.look_of(self._appearance.article).theme

    def _save(self, theme: Theme, title: str, replaces: str) -> None:
        assert self._editor is not None
        try:
            name = own_themes.save(theme, title, replaces=replaces)
        except SettingsError as error:
            self._editor.show_trouble(str(error))
            return
        self._editor.accept()
        if self._appearance.settings.theme == name:
            self._appearance.show_theme()
        else:
            self._appearance.choose(theme=name)
        self._context.messages.tell(f"Saved the theme “{themes.theme_or_light(name).title}”.")

    def _delete(self, name: str, title: str) -> None:
        assert self._editor is not None
        more = "The file is deleted. The page becomes as the system is."
        if not confirmed(self._editor, f"Delete the theme “{title}”?", more, "Delete"):
            return
        try:
            own_themes.delete(name)
        except SettingsError as error:
            self._editor.show_trouble(str(error))
            return
        self._editor.accept()
        if self._appearance.settings.theme == name:
            self._appearance.choose(theme="system")

    def _close(self) -> None:
        editor, self._editor = self._editor, None
        self._appearance.preview(None)
        if editor is not None:
            editor.deleteLater()
