"""Exports from the window: chosen in a dialog, written in the background, reported."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from reader.gui.context import Context
from reader.gui.exporting.choices import Choice
from reader.gui.exporting.dialog import ExportDialog, Order
from reader.gui.exporting.dragged import DraggedFiles
from reader.gui.exporting.reporting import report as tell
from reader.gui.exporting.sending import Sending
from reader.gui.exporting.told import shown, told
from reader.gui.widgets.dialogs import passing
from reader.gui.widgets.messages import Offer
from reader.outcomes import ImportResult
from reader.progress import Cancelled, Report

_STOPPED = "Stopped. What was complete stays in {}; nothing else was written."


class Exporting(QObject):
    """Asks for an export, and does it.

    ``choices`` returns the articles to choose from, ``chosen`` the ids that actions apply to,
    ``make_folder`` makes a private folder that is deleted later.
    """

    def __init__(
        self,
        context: Context,
        choices: Callable[[], Sequence[Choice]],
        chosen: Callable[[], Sequence[int]],
        make_folder: Callable[[], Path],
    ) -> None:
        super().__init__(context.window)
        self._context = context
        self._choices = choices
        self.sending: Sending = Sending(context, chosen)
        self.dragged = DraggedFiles(context.library, make_folder, context.messages.report)

    def show(self) -> None:
        """Show the window of an export, and export if it is accepted."""
        choices = self._choices()
        if not choices:
            self._context.messages.tell("The library has no articles to export.")
            return
        dialog = ExportDialog(choices, self._context.settings, self._context.window)
        with passing(dialog) as accepted:
            order = dialog.order
        if accepted:
            self.run(order)

    def run(self, order: Order) -> None:
        """Export in the background."""
        folder, library = order.place.folder, self._context.library

        def work(report: Report) -> ImportResult | None:
            from reader.exporting.export import export

            try:
                ids = tuple(order.choice.ids(order.wanted.kind))
                return export(library, order.wanted._replace(ids=ids), order.place.target, report)
            except Cancelled:
                return None

        def done(result: ImportResult | None) -> None:
            if result is None:
                self._context.messages.tell(_STOPPED.format(shown(folder)))
            else:
                tell(self._context, told(result, "exported", shown(folder)), folder)

        self._context.jobs.start("Exporting", work, done, partial(self._failed, order))

    def _failed(self, order: Order, error: Exception) -> None:
        from reader.errors import ExportError

        messages = self._context.messages
        if isinstance(error, ExportError):
            again = Offer("Try Again", partial(self.run, order))
            messages.warn(str(error), offers=[again, Offer("Export…", self.show)])
        else:
            messages.report(error)
