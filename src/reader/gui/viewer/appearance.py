"""The Appearance menu: theme, font, column and line spacing."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from reader import themes
from reader.errors import SettingsError
from reader.gui.widgets.plain_text import caption, set_tip
from reader.settings_store import SettingsStore

Choice = tuple[str, Any]

FONTS: tuple[Choice, ...] = (("Serif", "serif"), ("Sans", "sans"))
MEASURES: tuple[Choice, ...] = (("Narrow", 54), ("Normal", 66), ("Wide", 84))
LEADINGS: tuple[Choice, ...] = (("Tight", 1.4), ("Normal", 1.55), ("Loose", 1.75))


class Appearance(QMenu):
    """A menu of radio buttons, kept in the settings."""

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__("Appearance", parent)
        self._store = store
        self._choices("Theme", "theme", _themes())
        self._choices("Font", "font", FONTS)
        self._choices("Column", "measure", MEASURES)
        self._choices("Line Spacing", "leading", LEADINGS)

    def refresh(self) -> None:
        """Check the current choices."""
        for action in self.findChildren(QAction):
            if isinstance(action.data(), tuple):
                name, value = action.data()
                action.setChecked(getattr(self._store.value, name) == value)

    def _choices(self, title: str, name: str, choices: Sequence[Choice]) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(self)
        for text, value in choices:
            action = QAction(caption(text), self, checkable=True)
            set_tip(action, text)  # otherwise Qt derives one from the caption
            action.setData((name, value))
            action.setChecked(getattr(self._store.value, name) == value)
            action.triggered.connect(lambda _=False, v=value: self._store.update(**{name: v}))
            group.addAction(action)
            menu.addAction(action)


def _themes() -> list[Choice]:
    choices: list[Choice] = [("Follow the System", "system")]
    for name in themes.names():
        try:
            choices.append((themes.theme(name).title, name))
        except SettingsError:
            choices.append((f"{name} (cannot be read)", name))
    return choices
