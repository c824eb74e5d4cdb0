"""A library with articles, a page and a window to test with."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader import themes
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.fonts import load_fonts
from reader.document.images import Pictures
from reader.gui.context import Context
from reader.gui.history.history import History
from reader.gui.jobs.jobs import Jobs
from reader.gui.widgets.messages import MessageBar
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, Look
from reader.settings import Settings
from reader.settings_store import SettingsStore


@pytest.fixture
def add(library: Library) -> Callable[..., Article]:
    """Return a function that files Markdown and returns the article."""

    def file(title: str = "Title", markdown: str = "Some words.") -> Article:
        html = to_html(from_markdown(markdown))
        clipping = Clipping(f"https://example.org/{title}", title, html=html, words=300)
        return library.article(library.add(clipping).id)

    return file


@pytest.fixture
def pictures(qtbot: QtBot, library: Library) -> Iterator[Pictures]:
    load_fonts()
    made = Pictures(library.picture_path)
    yield made
    made.close()


@pytest.fixture
def look() -> Look:
    return Look(themes.theme("light"))


@pytest.fixture
def context(qtbot: QtBot, library: Library, pictures: Pictures) -> Iterator[Context]:
    """Return the context of a plain widget, for controllers that need no window."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    jobs, messages = Jobs(lambda _: None, widget), MessageBar(widget)
    history = History(library, jobs, messages, widget)
    yield Context(widget, library, jobs, messages, SettingsStore(), pictures, history)
    jobs.close()


@pytest.fixture
def make_window(qtbot: QtBot, library: Library) -> Iterator[Callable[..., Window]]:
    made: list[Window] = []

    def make(*, choosing: bool = True, **liking: object) -> Window:
        """Open the window; unless it shows an article again, the first one is chosen."""
        window = Window(library, Settings(**liking))  # type: ignore[arg-type]
        made.append(window)
        window.resize(1200, 800)
        window.show()
        if choosing and window.article is None:
            window.next_article()
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[..., Window], add: Callable[..., Article]) -> Window:
    """Return a window on an article."""
    add("One")
    return make_window()
