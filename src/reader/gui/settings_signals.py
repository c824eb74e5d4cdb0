"""What the settings store tells, as signals in the thread of the window."""

from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from reader.settings import Settings
from reader.settings_store import SettingsStore


class SettingsSignals(QObject):
    """``changed`` carries the names of the settings that are others now, whoever changed them.

    ``troubled`` carries a sentence if they cannot be kept.
    """

    changed = Signal(frozenset)
    troubled = Signal(str)
    _heard = Signal(object)

    def __init__(self, store: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._before = store.value
        self._heard.connect(self._compare)
        store.changed.append(self._hear)
        store.troubled.append(self._hear_trouble)

    def stop(self) -> None:
        """Hear nothing any longer."""
        with suppress(ValueError):  # the window was closed before
            self._store.changed.remove(self._hear)
            self._store.troubled.remove(self._hear_trouble)

    def _hear(self, settings: Settings) -> None:
        # Emitted in whatever thread; received in that of the window.
        self._heard.emit(settings)

    def _hear_trouble(self, text: str) -> None:
        self.troubled.emit(text)

    def _compare(self, settings: Settings) -> None:
        before, self._before = self._before, settings
        pairs = zip(settings._fields, before, settings, strict=True)
        self.changed.emit(frozenset(name for name, old, new in pairs if old != new))
