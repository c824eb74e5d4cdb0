"""Actions that repair the text of an article."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "article.clean_up",
        "Clean Up…",
        lambda window: window.controllers.cleanup.clean_up(),
        menu="Article",
        group="text",
        keys=("Ctrl+E",),
    ),
    Action(
        "cleanup.open_rules",
        "Rules for Sites…",
        lambda window: window.controllers.cleanup.open_rules(),
        menu="Article",
        group="text",
        keys=("Ctrl+Alt+R",),
    ),
    Action(
        "article.show_whole_page",
        "Show Whole Page",
        lambda window: window.controllers.cleanup.whole_page(),
        menu="Article",
        group="text",
        keys=("Ctrl+Shift+E",),
    ),
    Action(
        "article.show_versions",
        "Older Texts…",
        lambda window: window.controllers.cleanup.show_versions(),
        menu="Article",
        group="text",
        keys=("Ctrl+Alt+T",),
    ),
    Action(
        "article.extract_again",
        "Extract Again",
        lambda window: window.controllers.cleanup.extract_again(),
        menu="Article",
        group="text",
        keys=("Ctrl+Alt+E",),
    ),
    Action(
        "article.fetch_images",
        "Fetch Missing Pictures",
        lambda window: window.controllers.cleanup.fetch_missing(),
        menu="Article",
        group="text",
        keys=("Ctrl+Alt+M",),
    ),
    Action(
        "article.open_original",
        "Open Original",
        lambda window: window.controllers.cleanup.open_original(),
        menu="Article",
        group="text",
        keys=("V",),
    ),
)
