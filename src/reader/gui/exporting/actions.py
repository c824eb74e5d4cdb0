"""Actions that take articles out of the library."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "export.show",
        "Export…",
        lambda window: window.controllers.exporting.show(),
        menu="File",
        group="export",
        keys=("Ctrl+Shift+X",),
        icon="export",
        tip="Write articles to files that other programs read",
        needs=Needs.LISTED,
    ),
    Action(
        "device.send",
        "Send to Reader Device",
        lambda window: window.controllers.exporting.sending.send(),
        menu="File",
        group="export",
        keys=("Ctrl+Alt+S",),
        tip="Write the articles to the e-reader as EPUB",
        needs=Needs.CHOSEN,
    ),
    Action(
        "device.send_queue",
        "Send Queue to Reader Device",
        lambda window: window.controllers.exporting.sending.send_queue(),
        menu="File",
        group="export",
        keys=("Ctrl+Alt+Q",),
        tip="Write the queue to the e-reader as one book",
        needs=Needs.QUEUE,
    ),
)
