"""Copying puts text, rich text and Markdown on the clipboard, and says what was copied."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from reader.body.from_markdown import from_markdown
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping

Add = Callable[..., Article]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = (
    "1. Boil **water**\n2. Add [tea](https://example.org/tea)\n\n"
    "| Name | Age |\n|---|---|\n| Ann | 31 |\n\n> A *quote*.\n\nSome `code`.[^1]\n\n[^1]: A note.\n"
)


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], add: Add) -> Window:
    add("How to make *tea*", TEXT)
    made = make_window()
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    made.activateWindow()
    made.viewer.setFocus()
    return made


def _copied() -> QMimeData:
    return QGuiApplication.clipboard().mimeData() or QMimeData()


def _markdown() -> str:
    return bytes(_copied().data("text/markdown").data()).decode()


def _select(window: Window, first: str, last: str) -> None:
    page = window.viewer.page
    cursor = QTextCursor(page)
    cursor.setPosition(page.find(first).selectionStart())
    cursor.setPosition(page.find(last).selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    window.viewer.setTextCursor(cursor)


def test_ctrl_c_copies_in_three_forms(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(window.viewer, Qt.Key.Key_C, CTRL)
    assert _copied().text() == (
        "How to make *tea*\n\n1. Boil water\n2. Add tea\n\nName\tAge\nAnn\t31\n\n> A quote.\n\n"
        "Some code.[1]\n\n[1] A note."
    )
    html = _copied().html()
    for each in (
        "<h1>How to make *tea*</h1>",
        "<ol><li><p>Boil <strong>water</strong></p></li>",
        '<a href="https://example.org/tea">tea</a>',
        "<tr><td>Ann</td><td>31</td></tr>",
        "<blockquote>",
    ):
        assert each in html
    assert "color" not in html
    assert "style" not in html
    assert _markdown().startswith("# How to make \\*tea\\*\n\n1. Boil **water**\n2. Add [tea]")
    assert from_markdown(_markdown()).blocks[1:] == from_markdown(TEXT).blocks


def test_words_are_copied_as_words(qtbot: QtBot, window: Window) -> None:
    _select(window, "Boil", "water")
    qtbot.keyClick(window.viewer, Qt.Key.Key_C, CTRL)
    assert _copied().text() == "1. Boil water", "a whole item"
    _select(window, "oil", "wat")
    qtbot.keyClick(window.viewer, Qt.Key.Key_C, CTRL)
    assert _copied().text() == "oil wat"
    assert _copied().html() == "<p>oil <strong>wat</strong></p>"
    assert _markdown() == "oil **wat**\n"


def test_the_link_of_the_article_is_copied(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_L, CTRL | SHIFT)
    assert window.article is not None
    assert _copied().text() == "https://example.org/How%20to%20make%20*tea*"
    assert _copied().html() == f'<a href="{_copied().text()}">How to make *tea*</a>'
    assert _markdown() == f"[How to make \\*tea\\*]({_copied().text()})"
    assert window.context.messages.text() == "Link copied."


def test_an_article_that_did_not_come_from_the_web_has_no_link(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    window.navigation.open(
        library.add(Clipping("file:///home/me/notes.md", "Notes", html="<p>x</p>")).id
    )
    window.controllers.page.copying.copy_link()
    assert _copied().text() == ""
    assert "has no link" in window.context.messages.text()
    window.viewer.selectAll()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Q, CTRL | SHIFT)
    assert _copied().text().endswith("> x\n\n— Notes\n")


def test_a_quote_names_its_source(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_Q, CTRL | SHIFT)
    assert _copied().text() == ""
    assert window.context.messages.text() == "Select the words to quote first."
    _select(window, "Boil", "Add")
    qtbot.keyClick(window.viewer, Qt.Key.Key_Q, CTRL | SHIFT)
    assert (
        _copied().text()
        == _markdown()
        == (
            "> 1. Boil **water**\n> 2. Add\n\n"
            "— [How to make \\*tea\\*](https://example.org/How%20to%20make%20*tea*)\n"
        )
    )
    assert window.context.messages.text() == "Quote copied."


def test_markdown_is_that_of_the_selection_or_of_the_article(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_K, CTRL | SHIFT)
    assert _copied().text().startswith("# [How to make \\*tea\\*](https://example.org/How")
    assert "\n\n1. Boil **water**\n" in _copied().text()
    assert _copied().text().endswith("Some `code`.[^1]\n\n[^1]: A note.\n")
    assert window.context.messages.text() == "Article copied as Markdown."
    _select(window, "Add", "Ann")
    qtbot.keyClick(window.viewer, Qt.Key.Key_K, CTRL | SHIFT)
    assert _copied().text().startswith("2. Add [tea](https://example.org/tea)\n\n| Name | Age |")
    assert window.context.messages.text() == "Selection copied as Markdown."


def test_a_title_that_the_text_repeats_is_there_once(
    window: Window, add: Add, qtbot: QtBot
) -> None:
    window.navigation.open(add("Twice", "# Twice\n\nText.").id)
    qtbot.keyClick(window.viewer, Qt.Key.Key_K, CTRL | SHIFT)
    assert _copied().text() == "# [Twice](https://example.org/Twice)\n\nText.\n"


def test_user_names_and_passwords_are_not_copied(window: Window, library: Library) -> None:
    clipping = Clipping("https://name:secret@example.org/a", "A", html="<p>x</p>")
    window.navigation.open(library.add(clipping).id)
    window.controllers.page.copying.copy_link()
    assert "secret" not in _copied().text() + _copied().html() + _markdown()


def test_several_articles_are_copied_as_markdown_and_as_links(
    qtbot: QtBot, window: Window, library: Library, add: Add
) -> None:
    add("Two")
    library.add(Clipping("paste:1", "Pasted", html="<p>Own words.</p>", words=2))
    window.list.refresh()
    window.list.selectAll()
    window.qactions["copy.markdown"].trigger()
    qtbot.waitUntil(lambda: window.context.messages.text() == "3 articles copied as Markdown.")
    assert "\n\n1. Boil" in _markdown()
    two = "\n---\n\n# [Two](https://example.org/Two)\n\nSome words.\n"
    assert two in _markdown()
    window.qactions["copy.link"].trigger()
    assert window.context.messages.text() == "2 links copied; 1 did not come from the web."
    assert _copied().text().split("\n")[1] == "https://example.org/Two"
    assert "[Two](https://example.org/Two)" in _markdown()
    assert _copied().html().count("<a ") == 2
