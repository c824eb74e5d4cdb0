"""Highlights are seen on the page in their colours, and their notes can be read and heard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from tests.library.highlights.test_store import mark

from reader import themes
from reader.entries import COLOURS, Highlight
from reader.gui.viewer import note_marks
from reader.gui.viewer.foot import Foot
from reader.gui.viewer.note_marks import NoteMark
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.plain_text import Label
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping

_TEXT = """
The first of them came with his wife, two goats and a barrel of oil.

| a | b |
|---|---|
| one cell | another cell |

```
code = "lamp"
```

The end of it, see [the log](https://example.org/log).
"""
_NOTED = Highlight("two goats", "Why goats?", "green", ("life",), "2024-05-06T07:08:09Z")


@pytest.fixture
def shown(
    qtbot: QtBot, library: Library, add: Callable[..., Article], make_window: Callable[..., Window]
) -> Callable[..., Window]:
    """Return a function that opens an article with highlights."""

    def show(
        *highlights: Highlight, title: str = "Sea", text: str = _TEXT, **liking: object
    ) -> Window:
        article = add(title, text)
        mark(library, article.id, *highlights)
        window = make_window(**liking)
        viewer = window.viewer
        qtbot.waitUntil(lambda: viewer.document_ready and _is_placed(viewer, len(highlights)))
        return window

    return show


def _is_placed(viewer: Viewer, count: int) -> bool:
    stored = viewer.highlights.stored
    return len(stored) == count and all(each.sha256 for each in stored if each.highlight.quote)


def _colours(window: Window) -> set[str]:
    """Return the colours that are seen on the page."""
    image = window.viewer.viewport().grab().toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(bytes(image.constBits())).cast("I")
    return {QColor(each).name() for each in {*pixels}}


def _words(window: Window) -> list[str]:
    """Return the words of the highlights in the document, in their order."""
    found: dict[int, list[str]] = {}
    for block, there in sorted(window.viewer.highlights.stretches.items()):
        text = window.viewer.page.findBlockByNumber(block).text()
        for each in there:
            found.setdefault(each.number, []).append(text[each.start : each.end])
    return [" ".join(found[number]) for number in sorted(found)]


def _mark(window: Window) -> NoteMark:
    return window.viewer.findChildren(NoteMark)[0]


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_each_colour_has_its_ground_and_its_line_in_each_theme(
    shown: Callable[..., Window], name: str
) -> None:
    words = ["The first", "came with", "two goats", "barrel", "The end"]
    highlights = (
        Highlight(quote, colour=colour) for quote, colour in zip(words, COLOURS, strict=True)
    )
    window = shown(*highlights, theme=name)
    assert _words(window) == words
    assert {*themes.theme(name).highlights.values()} <= _colours(window)


def test_they_reach_across_cells_code_and_links_and_stay_with_zoom_and_theme(
    qtbot: QtBot,
    shown: Callable[..., Window],
) -> None:
    window = shown(
        Highlight("one cell another cell code"), Highlight('= "lamp"'), Highlight("see the log")
    )
    assert _words(window) == ["one cell another cell code", '= "lamp"', "see the log"]
    before = window.viewer.highlight_ranges()
    window.viewer.set_zoom(1.1)
    window.viewer.set_look(window.viewer.look._replace(theme=themes.theme("dark"), size_pt=14))
    qtbot.waitUntil(lambda: window.viewer.highlight_ranges() == before)
    assert themes.theme("dark").highlights["yellow"] in _colours(window)


def test_a_note_is_opened_by_its_mark_its_words_and_the_keyboard(
    qtbot: QtBot, shown: Callable[..., Window]
) -> None:
    window = shown(_NOTED, Highlight("his wife"))
    mark = _mark(window)
    assert len(window.viewer.findChildren(NoteMark)) == 1
    assert mark.toolTip() == "Why goats?"
    highlighting = window.controllers.page.highlighting

    def said() -> list[str]:
        assert highlighting.popover is not None and highlighting.popover.isVisible()
        found = [each.text() for each in highlighting.popover.findChildren(Label)]
        highlighting.popover.close_popover()
        return found

    wanted = ["Why goats?", "6 May 2024 · #life"]
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert said() == wanted
    mark.setFocus()
    qtbot.keyClick(mark, Qt.Key.Key_Return)
    assert said() == wanted
    viewer = window.viewer
    foot = window.findChildren(Foot)[0]
    qtbot.waitUntil(lambda: foot.texts()[1].startswith("2 highlights · "))
    start, end = viewer.highlight_ranges()[1]
    inside = viewer.cursorRect(viewer.cursor_over((start + end) // 2, (start + end) // 2)).center()
    qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert said() == wanted
    hover = QHelpEvent(QEvent.Type.ToolTip, inside, viewer.viewport().mapToGlobal(inside))
    QApplication.sendEvent(viewer.viewport(), hover)
    assert QToolTip.text() == "Why goats?"
    qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=inside - QPoint(200, 0))
    assert not highlighting.popover or not highlighting.popover.isVisible()


def test_notes_stand_in_words_beside_the_page_if_there_is_room(
    shown: Callable[..., Window],
) -> None:
    window = shown(_NOTED, Highlight("a barrel", "Of what? " * 9), Highlight("oil", "Which?"))
    assert {each.width() for each in window.viewer.findChildren(NoteMark)} == {24}
    window.resize(2200, 900)
    marks = sorted(window.viewer.findChildren(NoteMark), key=lambda each: each.y())
    assert {each.width() for each in marks} == {160}
    page = window.viewer.viewport().geometry()
    for each, following in zip(marks, [*marks[1:], None], strict=True):
        assert each.x() > page.right() and each.geometry().right() < window.viewer.width()
        assert following is None or each.geometry().bottom() < following.y()


def test_an_article_from_right_to_left_has_its_notes_at_the_left(
    shown: Callable[..., Window],
) -> None:
    words = "قبل أربعين عاما غادر آخر حارس الصخرة. ما بقي هو برج وموقد وكتاب. " * 3
    window = shown(Highlight("آخر حارس الصخرة", "ملاحظة"), title="منارة", text=words)
    mark = _mark(window)
    assert mark.x() >= 0 and mark.geometry().right() <= window.viewer.viewport().x()


def test_those_without_a_place_are_listed_below_the_text_and_can_be_found_there(
    shown: Callable[..., Window],
) -> None:
    window = shown(
        Highlight("a camel\nand a tent", "Where?", labels=("lost",), made_at="2024-05-06"),
        Highlight("", "Read again"), Highlight("two goats"),
    )  # fmt: skip
    lines = window.viewer.page.toPlainText().split("The end of it")[1].splitlines()[1:]
    assert [line for line in lines if line] == [
        "Notes on this article", "Read again", "Highlights without a place",
        "a camel", "and a tent", "Where?", "6 May 2024 · #lost",
    ]  # fmt: skip
    assert _words(window) == ["two goats"]
    window.viewer.selectAll()
    assert "a camel" in window.viewer.createMimeDataFromSelection().text()


def test_another_text_an_undo_and_another_article_change_what_is_shown(
    qtbot: QtBot, shown: Callable[..., Window], library: Library, add: Callable[..., Article]
) -> None:
    window = shown(_NOTED)
    url = library.article(1).url
    library.add(Clipping(url, html="<p>New.</p>\n<p>Here are two goats.</p>"))
    window.refresh()
    window.navigation.renew()
    qtbot.waitUntil(lambda: _words(window) == ["two goats"])
    assert window.viewer.page.toPlainText().rstrip().endswith("two goats.")
    library.history.undo()
    window.navigation.renew()
    assert window.viewer.highlights.stored == ()
    assert not [each for each in window.viewer.findChildren(NoteMark) if each.isVisible()]
    window.navigation.open(add("Bare", "two goats").id)
    assert window.viewer.highlight_ranges() == {}


def test_screen_readers_are_told_colour_note_and_words(shown: Callable[..., Window]) -> None:
    window = shown(_NOTED, Highlight("his wife", colour="blue"))
    page = QAccessible.queryAccessibleInterface(window.viewer)
    parts = [page.child(number) for number in range(page.childCount())]
    found = [each for each in parts if each.role() is QAccessible.Role.Note]
    names = [each.text(QAccessible.Text.Name) for each in found]
    assert names == ["Highlight, blue: his wife", "Highlight, green, with note: two goats"]
    assert found[1].text(QAccessible.Text.Description) == "Why goats?"
    assert page.indexOfChild(found[1]) >= 0 and not found[1].state().offscreen
    assert _mark(window).accessibleName() == names[1]


def test_with_high_contrast_lines_and_letters_take_the_place_of_grounds(
    shown: Callable[..., Window],
) -> None:
    window = shown(Highlight("two goats", colour="pink"), Highlight("his wife", "Who?", "purple"))
    viewer = window.viewer
    viewer.set_look(viewer.look._replace(theme=viewer.look.theme._replace(highlights={})))
    marks = viewer.findChildren(NoteMark)
    assert sorted(each._letter for each in marks if each.isVisible()) == ["Pi", "Pu"]
    assert not {*themes.theme("light").highlights.values()} & _colours(window)
    assert note_marks._LETTERS.keys() == {*COLOURS}


def test_what_is_found_lies_on_top_of_a_highlight(shown: Callable[..., Window]) -> None:
    window = shown(Highlight("two goats"))
    window.controllers.page.find_bar.open_bar()
    window.controllers.page.find_bar._edit.setText("two goats and")
    light = themes.theme("light")
    assert light.accent in _colours(window)
    assert light.highlights["yellow"] not in _colours(window)
