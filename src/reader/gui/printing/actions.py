"""Actions that print."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "print.print",
        "Print…",
        lambda window: window.controllers.printing.print_article(),
        menu="File",
        group="print",
        keys=("Ctrl+P",),
        icon="print",
        needs=Needs.LISTED,
    ),
    Action(
        "print.save_pdf",
        "Save as PDF…",
        lambda window: window.controllers.printing.save_pdf(),
        menu="File",
        group="print",
        keys=("Ctrl+Shift+P",),
        icon="pdf",
        needs=Needs.ARTICLE,
    ),
)
