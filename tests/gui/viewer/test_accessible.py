"""What screen readers are told of a page, its head and its foot."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QUrl
from PySide6.QtGui import QAccessible, QAccessibleInterface, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.viewer.accessible import spans
from reader.gui.viewer.foot import Foot
from reader.gui.window import Window
from reader.model import Article

Add = Callable[..., Article]
Make = Callable[..., Window]
_Role, _Text = QAccessible.Role, QAccessible.Text
TEXT = """
# One [first](https://example.org/1)

Some **[second](https://example.org/2)** words[^1].

### Three

| a | b |
|---|---|
| [third](https://example.org/3) | x |

[^1]: A note.
"""


@pytest.fixture
def page(qtbot: QtBot, make_window: Make, add: Add) -> Window:
    article = add("The title", TEXT + "\n\n" + "More words. " * 900)
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigation.open(article.id)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    return window


def _of(part: QObject) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(part)


def _children(said: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for number in range(said.childCount()):
        child = said.child(number)
        assert child is not None
        yield child


def _all(said: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield said
    for child in _children(said):
        yield from _all(child)


def _told(said: QAccessibleInterface, role: QAccessible.Role) -> list[str]:
    return [each.text(_Text.Name) for each in _children(said) if each.role() is role]


def test_the_page_is_a_document_whose_text_can_be_read(page: Window) -> None:
    said = _of(page.viewer)
    assert said.role() is _Role.Document
    assert said.text(_Text.Name) == "Article"
    assert said.text(_Text.Description) == "The title"
    assert said.object() is page.viewer
    text = said.textInterface()
    assert text is not None
    assert text.characterCount() == page.viewer.page.characterCount() - 1
    assert text.text(0, 9) == "The title"
    assert said.valueInterface() is None, "asking for what is not there is no crash"


def test_what_an_empty_page_says_can_be_read(page: Window) -> None:
    page.navigation.open_nothing("Queue finished\nMore of it.")
    text = _of(page.viewer).textInterface()
    assert text is not None
    assert text.text(0, text.characterCount()) == "Queue finished\nMore of it."


def test_headings_and_links_are_its_children_in_order(page: Window) -> None:
    said = _of(page.viewer)
    assert _told(said, _Role.Heading) == ["The title", "One first", "Three"]
    links = [each for each in _children(said) if each.role() is _Role.Link]
    assert [each.text(_Text.Name) for each in links[:3]] == ["first", "second", "1"]
    assert [each.text(_Text.Value) for each in links[:2]] == [
        "https://example.org/1", "https://example.org/2",
    ]  # fmt: skip
    assert "third" in [each.text(_Text.Name) for each in links], "in a table too"
    for number, child in enumerate(_children(said)):
        assert said.indexOfChild(child) == number
    for each in links:
        assert each.parent() is said
        assert (each.childCount(), bool(each.childAt(1, 1)), each.isValid()) == (0, False, True)


def test_headings_have_their_levels(page: Window) -> None:
    headings = [each for each in _children(_of(page.viewer)) if each.role() is _Role.Heading]
    level = QAccessible.Attribute.Level
    assert [each.attributesInterface().attributeValue(level) for each in headings] == [1, 1, 3]
    assert headings[0].attributesInterface().attributeKeys() == [level]
    assert headings[0].actionInterface() is None


def test_a_link_is_pressed_and_focused(
    qtbot: QtBot, page: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(
        "reader.gui.viewer.links.QDesktopServices.openUrl",
        lambda url: not opened.append(url),  # type: ignore[func-returns-value]
    )
    said = _of(page.viewer)
    link = next(each for each in _children(said) if each.text(_Text.Name) == "second")
    act = link.actionInterface()
    press, focus = act.actionNames()
    act.doAction(press)
    assert opened == [QUrl("https://example.org/2")]
    assert act.keyBindingsForAction(press) == ["Return"]
    assert not link.state().focused
    act.doAction(focus)
    assert link.state().focused
    assert said.focusChild() is link
    assert page.viewer.textCursor().selectedText() == "second"


def test_a_part_stands_where_it_is_seen(page: Window) -> None:
    viewer = page.viewer
    said = _of(viewer)
    link = next(each for each in _children(said) if each.text(_Text.Name) == "second")
    cursor = QTextCursor(viewer.page.find("second"))
    seen = viewer.cursorRect(cursor)
    assert link.rect().contains(viewer.viewport().mapToGlobal(seen.center() - QPoint(2, 0)))
    assert abs(link.rect().height() - seen.height()) <= 1
    assert not link.state().offscreen
    viewer.page.size()
    viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().maximum())
    assert link.state().offscreen


def test_another_article_has_other_parts(qtbot: QtBot, page: Window, add: Add) -> None:
    said = _of(page.viewer)
    assert "One first" in _told(said, _Role.Heading)
    for number in range(3):
        page.navigation.open(add(f"Other {number}", f"# Heading {number}").id)
        qtbot.waitUntil(lambda: page.viewer.document_ready)
        gc.collect()
        assert _told(said, _Role.Heading) == [f"Other {number}", f"Heading {number}"]
        assert _told(said, _Role.Link) == []


def test_what_is_still_to_come_is_no_part_yet(qtbot: QtBot, page: Window, add: Add) -> None:
    long = "\n\n".join(f"## Part {n}\n\n" + "Sentence of it. " * 30 for n in range(900))
    page.navigation.open(add("Long", long).id)
    assert not page.viewer.document_ready
    some = _told(_of(page.viewer), _Role.Heading)
    qtbot.waitUntil(lambda: page.viewer.document_ready)
    every = _told(_of(page.viewer), _Role.Heading)
    assert every == ["Long", *(f"Part {n}" for n in range(900))]
    assert every[: len(some)] == some


def test_the_head_is_a_tool_bar_with_its_buttons(page: Window) -> None:
    said = _of(page.viewer.head)
    assert (said.role(), said.text(_Text.Name)) == (_Role.ToolBar, "Article")
    names = [each.text(_Text.Name) for each in _all(said)]
    for wanted in ("Zoom In", "Zoom Out", "Read Later, on", "Print", "Edit Tags", "0 views"):
        assert wanted in names
    assert said.actionInterface() is not None or said.childCount()


def test_the_foot_is_a_progress_bar_that_says_the_minutes(page: Window) -> None:
    foot = page.findChild(Foot)
    assert foot is not None
    said = _of(foot)
    assert said.role() is _Role.ProgressBar
    assert said.text(_Text.Name)
    assert said.text(_Text.Value) == said.text(_Text.Description) == foot.spoken()
    value = said.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (
        0, foot.percent, 100,
    )  # fmt: skip
    value.setCurrentValue(50)
    assert value.currentValue() == foot.percent


def test_a_link_is_one_part_however_it_is_set(page: Window) -> None:
    block = page.viewer.page.firstBlock()
    while "second" not in block.text():
        block = block.next()
    assert [span.text for span in spans(block)] == ["second", "1"]


def test_a_page_that_goes_takes_its_parts_with_it(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = make_window(article=add("One", TEXT).id)
    said = _of(window.viewer)
    list(_all(said))
    window.close()
    window.viewer.deleteLater()
    QApplication.sendPostedEvents(window.viewer, QEvent.Type.DeferredDelete)
    del said
    gc.collect()
    QApplication.processEvents()
