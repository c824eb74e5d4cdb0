"""Actions that print."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "print.print",
        "Print…",
        lambda window: window.controllers.page_in_use.printing.print_article(),
        menu="File",
        group="print",
        keys=("Ctrl+P",),
        icon="print",
        needs=Needs.LISTED,
        on_page=True,
    ),
    Action(
        "print.save_pdf",
        "Save as PDF…",
        lambda window: window.controllers.page_in_use.printing.save_pdf(),
        menu="File",
        group="print",
        keys=("Ctrl+Shift+P",),
        icon="pdf",
        needs=Needs.ARTICLE,
        on_page=True,
    ),
)
