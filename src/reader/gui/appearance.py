"""The menu of how the page looks: theme, type, column and spacing."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from reader import themes
from reader.errors import SettingsError
from reader.settings import Settings

Choice = tuple[str, Any]

FONTS: tuple[Choice, ...] = (("Serif", "serif"), ("Sans", "sans"))
MEASURES: tuple[Choice, ...] = (("Narrow", 54), ("Normal", 66), ("Wide", 84))
LEADINGS: tuple[Choice, ...] = (("Tight", 1.4), ("Normal", 1.55), ("Loose", 1.75))


class Appearance(QMenu):
    """Radio choices; ``changed`` carries the settings with the new choice in them."""

    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("Appearance", parent)
        self._settings = settings
        self._choices("Theme", "theme", _themes())
        self._choices("Font", "font", FONTS)
        self._choices("Column", "measure", MEASURES)
        self._choices("Line Spacing", "leading", LEADINGS)

    def set_settings(self, settings: Settings) -> None:
        """Show the choices of these settings."""
        self._settings = settings
        for action in self.findChildren(QAction):
            if isinstance(action.data(), tuple):
                name, value = action.data()
                action.setChecked(getattr(settings, name) == value)

    def _choices(self, title: str, name: str, choices: Sequence[Choice]) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(self)
        for text, value in choices:
            action = QAction(text, self, checkable=True)
            action.setData((name, value))
            action.setChecked(getattr(self._settings, name) == value)
            action.triggered.connect(lambda _=False, v=value: self._choose(name, v))
            group.addAction(action)
            menu.addAction(action)

    def _choose(self, name: str, value: Any) -> None:
        self._settings = self._settings._replace(**{name: value})
        self.changed.emit(self._settings)


def _themes() -> list[Choice]:
    found: list[Choice] = [("Follow the System", "system")]
    for name in themes.names():
        try:
            found.append((themes.theme(name).title, name))
        except SettingsError:
            found.append((f"{name} (cannot be read)", name))
    return found
