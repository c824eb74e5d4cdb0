"""Changes of the settings store, as Qt signals in the main thread."""

from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from reader.settings import Settings
from reader.settings_store import SettingsStore


class SettingsSignals(QObject):
    """``changed`` carries the names of the changed settings, also if another process changed them.

    ``troubled`` carries a sentence if they cannot be saved.
    """

    changed = Signal(frozenset)
    troubled = Signal(str)
    _received = Signal(object)

    def __init__(self, store: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._before = store.value
        self._received.connect(self._compare)
        store.changed.append(self._on_change)
        store.troubled.append(self._on_trouble)
        parent.destroyed.connect(lambda: self.stop())

    def stop(self) -> None:
        """Disconnect from the store."""
        with suppress(ValueError):  # already disconnected
            self._store.changed.remove(self._on_change)
            self._store.troubled.remove(self._on_trouble)

    def _on_change(self, settings: Settings) -> None:
        # Emitted in any thread, received in the main thread.
        self._received.emit(settings)

    def _on_trouble(self, text: str) -> None:
        self.troubled.emit(text)

    def _compare(self, settings: Settings) -> None:
        before, self._before = self._before, settings
        pairs = zip(settings._fields, before, settings, strict=True)
        self.changed.emit(frozenset(name for name, old, new in pairs if old != new))
