"""Requests that other starts of Reader send to this window."""

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from reader.instance import Caller, Instance

_TIMEOUT_MS = 5000


class Requests(QObject):
    """Listens for other starts, without blocking; ``received`` carries each Request."""

    received = Signal(object)

    def __init__(self, instance: Instance, parent: QObject) -> None:
        super().__init__(parent)
        self._instance = instance
        self._notifier = _notifier(instance.fileno(), self)
        self._notifier.activated.connect(self._accept)

    def stop(self) -> None:
        """Stop listening."""
        self._notifier.setEnabled(False)
        self._instance.stop_listening()
        for call in self.findChildren(_Call):
            call.end()

    def _accept(self) -> None:
        caller = self._instance.accept()
        if caller is not None:
            _Call(caller, self)


class _Call(QObject):
    """A connection to one caller, until its request is complete or it times out."""

    def __init__(self, caller: Caller, requests: Requests) -> None:
        super().__init__(requests)
        self._caller, self._requests = caller, requests
        self._notifier = _notifier(caller.fileno(), self)
        self._notifier.activated.connect(self._receive)
        QTimer.singleShot(_TIMEOUT_MS, self, self.end)

    def _receive(self) -> None:
        try:
            request = self._caller.receive()
        except OSError:
            self.end()
            return
        if request is not None:
            self.end()
            self._requests.received.emit(request)

    def end(self) -> None:
        """Close the connection."""
        self._notifier.setEnabled(False)
        self._caller.close()
        self.deleteLater()


def _notifier(number: int, parent: QObject) -> QSocketNotifier:
    return QSocketNotifier(number, QSocketNotifier.Type.Read, parent)
