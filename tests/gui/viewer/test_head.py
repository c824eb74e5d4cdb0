"""The head of the article: what it says, what it does, and that it fits."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QImage, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.gui.viewer.head import MOST_TAGS, ArticleHead, title_lines
from reader.gui.viewer.head_row import HeadButton
from reader.gui.viewer.viewer import Viewer
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, Look, State

Make = Callable[..., Window]
TEXT = to_html(from_markdown("\n\n".join(f"Paragraph {n}. " + "Words. " * 40 for n in range(60))))


@pytest.fixture
def file(library: Library) -> Callable[..., Article]:
    """Return a function that files an article with any details."""

    def made(title: str = "Title", **told: object) -> Article:
        clipping = Clipping(f"https://example.org/{title}", title, html=TEXT, words=2400)
        return library.article(library.add(clipping._replace(**told)).id)  # type: ignore[arg-type]

    return made


@pytest.fixture
def viewer(qtbot: QtBot, pictures: Pictures, look: Look) -> Iterator[Viewer]:
    made = Viewer(pictures, look)
    qtbot.addWidget(made)
    made.head.set_actions(defaultdict(lambda: QAction(made)))
    made.resize(900, 600)
    made.show()
    yield made
    made.show_nothing("")


def _window(qtbot: QtBot, make_window: Make, article: Article) -> Window:
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigation.open(article.id)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    return window


def _button(head: ArticleHead, name: str) -> HeadButton:
    return next(each for each in head.stops() if each.accessibleName().startswith(name))


def _parts(head: ArticleHead) -> list[QWidget]:
    """Return all visible parts without parts of their own."""
    own = head.findChildren(QWidget)
    return [each for each in own if each.isVisible() and not each.findChildren(QWidget)]


# ---- what it says


def test_it_says_site_date_length_tags_and_views(
    viewer: Viewer, file: Callable[..., Article]
) -> None:
    article = file(site="Site", published_at="2024-10-02", tags=("b", "a"))
    viewer.show_article(article._replace(views=1))
    said = viewer.head.texts()
    assert said == ["2 October 2024", "10 min", "Site", "Tag a", "Tag b", "Edit Tags", "1 view"]
    viewer.update_article(article._replace(views=2))
    assert viewer.head.texts()[-1] == "2 views"


@pytest.mark.parametrize(
    ("title", "shown"),
    [("", "Untitled"), ("   ", "Untitled"), ("🦆", "🦆"), ("a\u202eb\nc", "ab c")],
)
def test_every_title_is_one_line_of_plain_text(
    file: Callable[..., Article], title: str, shown: str
) -> None:
    assert title_lines(file("x")._replace(title=title)).title == shown


def test_an_author_who_is_the_site_is_named_once(file: Callable[..., Article]) -> None:
    article = file(site="Same", byline="Same")
    assert title_lines(article).byline == ""
    assert title_lines(article._replace(byline="Other")).byline == "Other"


def test_another_title_is_shown_without_losing_the_line(
    qtbot: QtBot, viewer: Viewer, file: Callable[..., Article]
) -> None:
    article = file()
    viewer.show_article(article)
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.page.size()
    viewer.verticalScrollBar().setValue(900)
    place = viewer.place()
    viewer.update_article(article._replace(title="A much longer title " * 9))
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert viewer.page.toPlainText().startswith("A much longer title A")
    assert viewer.place().block == place.block


def test_copying_everything_copies_no_buttons(
    qtbot: QtBot, viewer: Viewer, file: Callable[..., Article]
) -> None:
    viewer.show_article(file("The title", tags=("tagged",), site="Site"))
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.selectAll()
    text = viewer.createMimeDataFromSelection().text()
    assert text.split()[:4] == ["The", "title", "Paragraph", "0."]
    assert not any(word in text for word in ("Zoom", "tagged", "views"))


def test_the_icon_of_the_site_replaces_its_letter(
    viewer: Viewer, file: Callable[..., Article]
) -> None:
    viewer.show_article(file(site="Site"))
    icon = QImage(32, 32, QImage.Format.Format_RGB32)
    icon.fill(QColor("#00ff00"))
    green = []
    for image in (None, icon, None):
        viewer.head.set_icon(image)
        shown = viewer.head.grab().toImage()
        near = [shown.pixelColor(x, y).name() for x in range(18) for y in range(30)]
        green.append("#00ff00" in near)
    assert green == [False, True, False]


def test_without_actions_it_only_says_what_the_article_is(
    pictures: Pictures, look: Look, qtbot: QtBot, file: Callable[..., Article]
) -> None:
    viewer = Viewer(pictures, look)
    qtbot.addWidget(viewer)
    viewer.show()
    viewer.show_article(file(site="Site", tags=("tag",)))
    assert viewer.head.stops() == []
    assert viewer.head.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert not viewer.head.row.isVisible()
    site = next(each for each in _parts(viewer.head) if each.objectName() == "siteLink")
    assert not site.isEnabled()
    viewer.show_nothing("")


# ---- where it stands


def _gap(viewer: Viewer) -> tuple[float, float]:
    """Return where the document keeps its room free, in the coordinates of the viewport."""
    end = viewer.page.end_of_head
    assert end is not None
    layout, top = viewer.page.documentLayout(), viewer.verticalScrollBar().value()
    above, below = layout.blockBoundingRect(end), layout.blockBoundingRect(end.next())
    return above.bottom() - top, below.top() - top


@pytest.mark.parametrize("zoom", [0.4, 0.7, 1.0, 1.8, 4.0])
@pytest.mark.parametrize("width", [330, 520, 900, 1800])
def test_it_stands_between_title_and_text_at_every_size(
    qtbot: QtBot, viewer: Viewer, file: Callable[..., Article], width: int, zoom: float
) -> None:
    viewer.show_article(
        file(tags=("one", "two", "three"), site="A site", published_at="2024-01-01")
    )
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.resize(width, 700)
    viewer.set_zoom(zoom)
    QApplication.processEvents()
    for value in (0, 40):
        viewer.verticalScrollBar().setValue(value)
        above, below = _gap(viewer)
        head = viewer.head.geometry()
        assert above <= head.top() + 1
        assert head.bottom() < below
        assert head.width() <= viewer.page.textWidth()


def test_it_scrolls_with_the_text(
    qtbot: QtBot, viewer: Viewer, file: Callable[..., Article]
) -> None:
    viewer.show_article(file())
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.page.size()
    top = viewer.head.y()
    viewer.page_down()
    qtbot.waitUntil(lambda: not viewer._turning.running)
    assert viewer.verticalScrollBar().value() > 0
    assert viewer.head.y() == top - viewer.verticalScrollBar().value()


def test_more_tags_do_not_move_the_line_that_is_read(
    qtbot: QtBot, viewer: Viewer, file: Callable[..., Article]
) -> None:
    article = file()
    viewer.show_article(article)
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.page.size()
    viewer.verticalScrollBar().setValue(900)
    line = viewer.cursorForPosition(QPoint(5, 5)).position()
    viewer.update_article(article._replace(tags=tuple(f"a long tag number {n}" for n in range(9))))
    QApplication.processEvents()
    assert viewer.verticalScrollBar().value() > 900
    assert viewer.cursorForPosition(QPoint(5, 5)).position() == line


def test_an_article_from_right_to_left_has_its_head_so(
    qtbot: QtBot, viewer: Viewer, file: Callable[..., Article]
) -> None:
    viewer.show_article(file("עברית", site="Site", tags=("tag",)))
    site, tag = _button(viewer.head, "Site"), _button(viewer.head, "Tag")
    assert site.x() > tag.x()
    viewer.show_article(file("Latin", site="Site", tags=("tag",)))
    assert site.x() < _button(viewer.head, "Tag").x()


def test_an_empty_page_has_no_head(viewer: Viewer, file: Callable[..., Article]) -> None:
    assert not viewer.head.isVisible()
    viewer.show_article(file())
    assert viewer.head.isVisible()
    viewer.show_nothing("Nothing")
    assert not viewer.head.isVisible()


@pytest.mark.parametrize("width", [330, 560, 1200])
@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
@pytest.mark.parametrize(
    "told",
    [
        {"title": "x" * 10_000, "byline": "y" * 5000, "site": "s" * 300},
        {"title": "🦆", "site": "🦆" * 200, "tags": ("t" * 300, "&a", "<b>")},
        {"title": "  ", "tags": tuple(f"tag number {n}" for n in range(200))},
    ],
)
def test_nothing_overflows(
    viewer: Viewer,
    file: Callable[..., Article],
    width: int,
    zoom: float,
    told: dict[str, object],
) -> None:
    article = file("Any")._replace(**told)  # type: ignore[arg-type]
    viewer.resize(width, 700)
    viewer.set_zoom(zoom)
    viewer.show_article(article)
    viewer.grab()
    head = viewer.head
    inside = head.rect()
    for part in _parts(head):
        area = part.rect().translated(part.mapTo(head, QPoint()))
        assert inside.contains(area), (part.objectName(), part.accessibleName()[:30])
    buttons = [each.geometry() for each in head.stops() if each not in head.row.buttons]
    assert not any(a.intersects(b) for n, a in enumerate(buttons) for b in buttons[:n])
    assert all(min(area.width(), area.height()) >= 24 for area in buttons)
    assert viewer.horizontalScrollBar().maximum() == 0
    assert len(buttons) <= MOST_TAGS + 3
    assert head.height() < 40 * 26


def test_others_of_many_tags_are_counted(viewer: Viewer, file: Callable[..., Article]) -> None:
    few, many = (tuple(f"t{n}" for n in range(count)) for count in (MOST_TAGS, 200))
    viewer.show_article(file()._replace(tags=few))
    assert not any("more" in said for said in viewer.head.texts())
    viewer.update_article(viewer.article._replace(tags=many))  # type: ignore[union-attr]
    assert f"{200 - MOST_TAGS + 1} more tags" in viewer.head.texts()


# ---- what it does


def test_the_site_shows_its_shelf_and_a_tag_its_own(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file(site="A & B", tags=("art/painting",)))
    head = window.viewer.head
    for name, key in (("A & B", "site:A & B"), ("Tag art", "tag:art/painting")):
        _button(head, name).click()
        assert window.shelf is not None
        assert window.shelf.key == key


def test_the_menu_of_the_site_opens_the_page(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "reader.gui.viewer.links.QDesktopServices.openUrl",
        lambda url: not opened.append(url.toString()),  # type: ignore[func-returns-value]
    )
    article = file(site="<i>Site</i>")
    window = _window(qtbot, make_window, article)
    _button(window.viewer.head, "<i>Site").customContextMenuRequested.emit(QPoint(2, 2))
    menu = window.viewer.head.findChild(QMenu)
    assert menu is not None
    show, original = menu.actions()
    assert show.text() == "Show Articles of <i>Site</i>"
    original.trigger()
    assert opened == [article.url]
    menu.close()


def test_tags_are_edited_from_the_head(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file())
    asked: list[bool] = []
    window.qactions["article.edit_tags"].triggered.disconnect()
    window.qactions["article.edit_tags"].triggered.connect(lambda: asked.append(True))
    _button(window.viewer.head, "Edit Tags").click()
    assert len(asked) == 1


def test_arrow_keys_walk_through_it_and_tab_leaves_it(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file(site="Site", tags=("tag",)))
    head = window.viewer.head

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        focused = QApplication.focusWidget()
        return focused.accessibleName() if focused is not None else ""

    window.list.setFocus()
    walked = [press(Qt.Key.Key_Tab)]
    for _ in range(len(head.stops())):
        walked.append(press(Qt.Key.Key_Right))
    names = [each.accessibleName() for each in head.stops()]
    assert walked == [*names, names[-1]]
    assert press(Qt.Key.Key_Home) == names[0]
    assert press(Qt.Key.Key_End) == names[-1]
    assert press(Qt.Key.Key_Left) == names[-2]
    assert press(Qt.Key.Key_Tab) == window.viewer.accessibleName()
    back = Qt.KeyboardModifier.ShiftModifier
    assert press(Qt.Key.Key_Backtab, back) == names[-2], "where it was left"
    press(Qt.Key.Key_Backtab, back)
    assert window.list.hasFocus()


def test_the_keyboard_never_goes_to_a_head_that_is_not_seen(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file(site="Site"))
    viewer = window.viewer
    viewer.page.size()
    viewer.verticalScrollBar().setValue(1500)
    window.list.setFocus()
    qtbot.keyClick(window.list, Qt.Key.Key_Tab)
    assert viewer.head.isAncestorOf(QApplication.focusWidget() or window)
    assert viewer.verticalScrollBar().value() == 0


def test_a_click_leaves_the_keyboard_on_the_page(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file())
    window.viewer.setFocus()
    qtbot.mouseClick(_button(window.viewer.head, "Zoom In"), Qt.MouseButton.LeftButton)
    assert window.viewer.hasFocus()
    assert window.viewer.zoom > 1


def test_the_ring_of_the_focus_has_the_accent(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file(tags=("tag",), site="Site"))
    window.list.setFocus()
    qtbot.keyClick(window.list, Qt.Key.Key_Tab)
    for button in window.viewer.head.stops():
        assert button.hasFocus()
        image = button.grab().toImage()
        edge = {image.pixelColor(image.width() // 2, y).name() for y in (0, 1)}
        assert edge == {window.colours.accent}, button.accessibleName()
        qtbot.keyClick(button, Qt.Key.Key_Right)


def test_the_count_rises_when_the_view_counts(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file())
    assert window.viewer.head.texts()[-1] == "0 views"
    window.viewer.page_down()
    qtbot.waitUntil(lambda: window.viewer.head.texts()[-1] == "1 view")


def test_the_state_of_the_article_is_on_the_button(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article], library: Library
) -> None:
    article = file()
    window = _window(qtbot, make_window, article)
    later = _button(window.viewer.head, "Read Later")
    assert (later.text(), later.isChecked()) == ("In the Queue", True)
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.article(article.id).state is State.ARCHIVE)
    qtbot.waitUntil(lambda: later.text() == "Read Later")
    assert not later.isChecked()


def test_every_part_is_named_for_screen_readers(
    qtbot: QtBot, make_window: Make, file: Callable[..., Article]
) -> None:
    window = _window(qtbot, make_window, file(site="Site", tags=("tag",)))
    for button in window.viewer.head.stops():
        said = QAccessible.queryAccessibleInterface(button)
        assert said.text(QAccessible.Text.Name)
        assert button.toolTip() or button.text()


def test_a_cursor_in_the_title_leaves_the_place_at_the_beginning(
    qtbot: QtBot, viewer: Viewer, file: Callable[..., Article]
) -> None:
    viewer.show_article(file())
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.setTextCursor(QTextCursor(viewer.page.firstBlock()))
    viewer.update_article(file()._replace(views=3))
    assert (viewer.place().block, viewer.place().offset) == (0, 0)
