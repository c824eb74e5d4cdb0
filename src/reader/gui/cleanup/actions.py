"""Actions that repair the text of an article."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "article.clean_up",
        "Clean Up…",
        lambda window: window.controllers.cleanup.clean_up(),
        menu="Article",
        group="repair",
        keys=("Ctrl+E",),
        needs=Needs.ARTICLE,
    ),
    Action(
        "cleanup.open_rules",
        "Rules for Sites…",
        lambda window: window.controllers.cleanup.open_rules(),
        menu="Article",
        group="repair",
        keys=("Ctrl+Alt+R",),
    ),
    Action(
        "article.show_whole_page",
        "Show Whole Page",
        lambda window: window.controllers.cleanup.whole_page(),
        menu="Article",
        group="repair",
        keys=("Ctrl+Shift+E",),
        needs=Needs.ARTICLE,
    ),
    Action(
        "article.show_versions",
        "Older Texts…",
        lambda window: window.controllers.cleanup.show_versions(),
        menu="Article",
        group="repair",
        keys=("Ctrl+Alt+T",),
        needs=Needs.ARTICLE | Needs.VERSIONS,
    ),
    Action(
        "article.extract_again",
        "Extract Again",
        lambda window: window.controllers.cleanup.extract_again(),
        menu="Article",
        group="repair",
        keys=("Ctrl+Alt+E",),
        needs=Needs.ARTICLE,
    ),
    Action(
        "article.fetch_images",
        "Fetch Missing Pictures",
        lambda window: window.controllers.cleanup.fetch_missing(),
        menu="Article",
        group="repair",
        keys=("Ctrl+Alt+M",),
        needs=Needs.ARTICLE | Needs.TEXT,
    ),
    Action(
        "article.open_original",
        "Open Original",
        lambda window: window.controllers.cleanup.open_original(
            window.controllers.page_in_use.article
        ),
        menu="Article",
        group="text",
        keys=("V",),
        needs=Needs.ARTICLE | Needs.ORIGINAL,
        on_page=True,
    ),
)
