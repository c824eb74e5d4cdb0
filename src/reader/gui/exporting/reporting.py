"""The outcome of an export: a message with its folder and, if they hold more, its rows."""

from functools import partial
from pathlib import Path

from reader.gui.context import Context
from reader.gui.exporting.told import Told, lines
from reader.gui.viewer import links
from reader.gui.widgets.messages import Offer
from reader.gui.widgets.plain_text import message_box


def report(context: Context, told: Told, folder: Path) -> None:
    """Show a message that offers the folder, and the rows that need more words."""
    offers = [Offer("Show in Folder", partial(links.open_file, folder, context.messages))]
    if told.details:
        offers.append(Offer("Details", partial(_show_details, context, told)))
    if told.is_error:
        context.messages.warn(told.text, offers=offers)
    else:
        context.messages.tell(told.text, offers=offers)


def _show_details(context: Context, told: Told) -> None:
    box = message_box(context.window, told.text)
    box.setDetailedText(lines(told.details))
    box.exec()
    box.deleteLater()
