"""Sending articles to an e-reader."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.errors import DeviceMissing
from reader.gui.context import Context
from reader.gui.exporting.reporting import report as tell
from reader.gui.exporting.told import told
from reader.gui.widgets.messages import Offer
from reader.library.library import Library
from reader.model import SHELF_QUERIES
from reader.outcomes import ImportResult
from reader.progress import Cancelled, Report
from reader.settings import Settings
from reader.settings_store import SettingsStore

if TYPE_CHECKING:
    from reader.exporting.device import Device

_QUEUE = "Reading Queue"
_STOPPED = "Stopped. Only complete files are on {}."


class Sending(QObject):
    """Sends the chosen articles, or the queue, to the device of the settings.

    ``chosen`` returns the ids of the articles that actions apply to.
    """

    def __init__(self, context: Context, chosen: Callable[[], Sequence[int]]) -> None:
        super().__init__(context.window)
        self._context = context
        self._chosen = chosen

    def send(self) -> None:
        """Send the open article, or the selected ones, each as a book."""
        ids = tuple(self._chosen())
        if ids:
            self._send(lambda: ids, "")

    def send_queue(self) -> None:
        """Send the queue as one book, which replaces that of last time."""
        self._send(partial(_queue, self._context.library), _QUEUE)

    def _send(self, ids: Callable[[], Sequence[int]], title: str) -> None:
        """Send articles to the device; ask for it the first time."""
        settings = self._context.settings
        if not settings.value.device and not choose_device(self._context.window, settings):
            return
        device = device_of(settings.value)

        def work(report: Report) -> ImportResult | None:
            from reader.exporting.device import Parcel, send

            try:
                parcel = Parcel(tuple(ids()), title)
                return send(self._context.library, parcel, device, report)
            except Cancelled:
                return None

        def done(result: ImportResult | None) -> None:
            if result is None:
                self._context.messages.tell(_STOPPED.format(device.name))
            else:
                tell(self._context, told(result, "sent", device.name), device.folder)

        again = partial(self._send, ids, title)
        self._context.jobs.start(
            f"Sending to {device.name}", work, done, partial(self._failed, again)
        )

    def _failed(self, again: Callable[[], None], error: Exception) -> None:
        def choose() -> None:
            if choose_device(self._context.window, self._context.settings):
                again()

        messages = self._context.messages
        if isinstance(error, DeviceMissing):
            offers = [Offer("Send Again", again), Offer("Choose a Folder…", choose)]
            messages.warn(str(error), offers=offers)
        else:
            messages.report(error)


def device_of(settings: Settings) -> "Device":
    """Return the device of the settings."""
    from reader.exporting.device import Device

    return Device(Path(settings.device), settings.device_mount)


def choose_device(parent: QWidget, store: SettingsStore) -> bool:
    """Ask for the folder of the device, and return whether one was chosen."""
    before = store.value.device
    start = before if before and Path(before).is_dir() else ""
    name = QFileDialog.getExistingDirectory(parent, "Folder of the Reader Device", start)
    if name:
        use_device(store, Path(name))
    return bool(name)


def use_device(store: SettingsStore, folder: Path) -> None:
    """Send to a folder from now on."""
    from reader.exporting.device import mount_of

    try:
        mount = mount_of(folder)
    except OSError:
        mount = ""
    store.update(device=str(folder), device_mount=mount)


def _queue(library: Library) -> Sequence[int]:
    return library.ids(SHELF_QUERIES["queue"])
