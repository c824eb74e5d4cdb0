"""A faked export, and the window of imports on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.importing.faking import Fake

from reader import themes
from reader.gui.context import Context
from reader.gui.importing.importing import Importing, Services
from reader.gui.importing.one_import import Stage
from reader.gui.importing.window import ImportWindow
from reader.model import Article

Open = Callable[[], ImportWindow]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    made.put(monkeypatch)
    return made


@pytest.fixture
def importing(
    context: Context,
    fake: Fake,
    add: Callable[..., Article],
) -> Importing:
    """Return the controller, in a library with an article."""
    add("One")
    theme = themes.theme("light")
    return Importing(context, Services(lambda: theme, *3 * [lambda _: None]))


@pytest.fixture
def open_import(qtbot: QtBot, importing: Importing) -> Open:
    """Return a function that opens the dry run of an export."""

    def open() -> ImportWindow:
        importing.begin([Path("pocket_export.zip")])
        window = importing.windows[-1]
        qtbot.waitUntil(
            lambda: window.import_ is not None and window.import_.stage != Stage.READING
        )
        return window

    return open
