"""The dialog of duplicates: what is said of two articles, and what a decision leaves of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPushButton, QSplitter
from pytestqt.qtbot import QtBot

from reader.document.images import Pictures
from reader.gui.duplicates.dialog import DuplicatesDialog
from reader.gui.widgets.dialogs import room_for
from reader.gui.widgets.plain_text import Label
from reader.library.library import Library
from reader.model import Article, Clipping, Duplicate, Look, State

Open = Callable[..., DuplicatesDialog]


@pytest.fixture
def articles(library: Library) -> list[Article]:
    made = [
        Clipping(
            "https://a.example/1", "<b>One</b>", site="Site", html="<p>Some words</p>", words=2
        ),
        Clipping("https://a.example/2?x", "Two", site="Site", html="<p>Word</p>", words=1),
        Clipping("mailto:x", "Three"),
        Clipping("https://a.example/4", "", html="<p>Word</p>", words=1),
    ]
    ids = [library.add(each).id for each in made]
    library.tags.add([ids[0]], "b")
    library.tags.add([ids[0]], "a")
    library.set_state([ids[1]], State.ARCHIVE)
    library.set_favourite([ids[1]], favourite=True)
    return [library.article(id) for id in ids]


@pytest.fixture
def opened(
    qtbot: QtBot, library: Library, pictures: Pictures, look: Look, articles: list[Article]
) -> Open:
    def make(*pairs: Duplicate) -> DuplicatesDialog:
        one, two, three, four = (each.id for each in articles)
        found = [*pairs] or [
            Duplicate(one, two, 0.904, same_address=False),
            Duplicate(two, three, 0.0, same_address=True),
            Duplicate(one, four, 1.0, same_address=True),
        ]
        made = DuplicatesDialog(library, found, pictures, look)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def _lines(dialog: DuplicatesDialog) -> list[str]:
    return [dialog.list.item(n).text() for n in range(dialog.list.count())]


def _pairs(dialog: DuplicatesDialog) -> list[tuple[int, int]]:
    items = [dialog.list.item(n) for n in range(dialog.list.count())]
    return [each.data(Qt.ItemDataRole.UserRole)[:2] for each in items]


def test_each_pair_has_a_line_with_its_title_and_how_alike_the_two_are(opened: Open) -> None:
    dialog = opened()
    assert _lines(dialog) == [
        "<b>One</b>\n90 % in common", "Two\nsame address",
        "<b>One</b>\n100 % in common · same address",
    ]  # fmt: skip
    assert dialog.list.currentRow() == 0
    assert dialog.list.hasFocus() or dialog.focusWidget() is dialog.list
    assert dialog.list.accessibleName() == "Duplicates"
    high = dialog.list.visualItemRect(dialog.list.item(0)).height()
    assert high == 2 * dialog.fontMetrics().height() + 24
    assert dialog.windowTitle() == "Duplicates: 3 pairs"


def _facts(dialog: DuplicatesDialog) -> list[dict[str, str]]:
    return [{k: v.text() for k, v in twin.values.items()} for twin in (dialog.older, dialog.newer)]


def test_all_that_is_known_of_both_is_said(opened: Open, articles: list[Article]) -> None:
    dialog = opened()
    day = _facts(dialog)[0]["Added"]
    assert day[-4:].isdecimal()
    assert _facts(dialog) == [
        {"Title": "<b>One</b>", "Address": "a.example/1", "Site": "Site", "Added": day,
         "Length": "2 words", "Tags": "a, b", "State": "queue"},
        {"Title": "Two", "Address": "a.example/2?x", "Site": "Site", "Added": day,
         "Length": "1 word", "Tags": "–", "State": "archive, favourite"},
    ]  # fmt: skip
    names = [each._name.text() for each in (dialog.older, dialog.newer)]
    assert names == ["The older one, which is kept", "The newer one"]
    for twin in (dialog.older, dialog.newer):
        bold = {name for name, label in twin.values.items() if label.font().bold()}
        assert bold == {"Title", "Address", "Length", "Tags", "State"}
    dialog.resize(320, 500)
    QApplication.processEvents()
    address, tags = dialog.older.values["Address"], dialog.newer.values["Tags"]
    assert tags.toolTip() == ""
    address.resize(20, address.height())
    assert address.toolTip() == "a.example/1", "it has no room"
    dialog.list.setCurrentRow(1)
    assert _facts(dialog)[1]["Address"] == "mailto:x"
    assert _facts(dialog)[1]["Length"] == "waiting"
    assert [dialog.older.page.article_id, dialog.newer.page.article_id] == [
        articles[1].id, articles[2].id
    ]  # fmt: skip


def test_merging_takes_all_pairs_of_the_newer_off_the_list(
    opened: Open, articles: list[Article]
) -> None:
    dialog, told = opened(), list[Duplicate]()
    one, two, _three, four = (each.id for each in articles)
    dialog.merged.connect(told.append)
    dialog.merge.click()
    assert [each[:2] for each in told] == [(one, two)]
    assert _pairs(dialog) == [(one, four)]
    assert dialog.windowTitle() == "Duplicates: 1 pair"
    assert dialog.newer.page.article_id == four
    dialog.merge.click()
    assert not dialog.isVisible()
    assert dialog.result() == DuplicatesDialog.DialogCode.Accepted
    assert dialog.pair is None
    dialog.merge.click()
    dialog.apart.click()
    assert len(told) == 2


def test_telling_apart_takes_one_pair_off(opened: Open, articles: list[Article]) -> None:
    dialog, told = opened(), list[Duplicate]()
    one, two, three, four = (each.id for each in articles)
    dialog.kept_apart.connect(told.append)
    dialog.apart.click()
    assert [each[:2] for each in told] == [(one, two)]
    assert _pairs(dialog) == [(two, three), (one, four)]


def test_a_pair_of_which_one_is_gone_goes_too(
    opened: Open, library: Library, articles: list[Article]
) -> None:
    dialog = opened()
    one, _two, three, four = (each.id for each in articles)
    library.set_state([three], State.TRASH)
    library.trash.delete([three])
    dialog.list.setCurrentRow(1)
    assert (dialog.older.page.article_id, dialog.newer.page.article_id) in [
        (one, four), (one, articles[1].id)
    ]  # fmt: skip
    assert len(_pairs(dialog)) == 2
    assert dialog.isVisible()


def test_it_is_closed_without_a_decision(opened: Open) -> None:
    dialog = opened()
    close = next(each for each in dialog.findChildren(QPushButton)
                 if each.text().replace("&", "") == "Close")  # fmt: skip
    close.click()
    assert not dialog.isVisible()
    assert dialog.result() == DuplicatesDialog.DialogCode.Rejected


def test_both_pages_stand_beside_the_list_and_share_the_room(qtbot: QtBot, opened: Open) -> None:
    dialog = opened()
    assert dialog.size() == QSize(1080, 680).boundedTo(room_for(dialog).size())

    def at(part: object) -> QPoint:
        return part.mapTo(dialog, QPoint(0, 0))  # type: ignore[attr-defined,no-any-return]

    assert at(dialog.list) == QPoint(0, 0)
    assert dialog.list.width() == 270
    assert at(dialog.older).x() == 270
    assert at(dialog.newer).x() == at(dialog.older).x() + dialog.older.width() + 1
    assert abs(dialog.older.width() - dialog.newer.width()) <= 2
    assert at(dialog.newer).x() + dialog.newer.width() == dialog.width()
    splitter = dialog.findChild(QSplitter)
    assert isinstance(splitter, QSplitter)
    assert not splitter.childrenCollapsible()
    twin = dialog.older
    values = [twin._name, *twin.values.values()]
    assert [each.y() for each in values] == sorted({each.y() for each in values})
    assert len({each.x() for each in twin.values.values()}) == 1
    captions = [each for each in twin.findChildren(Label) if each.objectName() == "hint"]
    assert [each.text() for each in captions] == list(twin.values)
    assert {each.x() for each in captions} == {18}
    assert {each.geometry().right() + 1 for each in twin.values.values()} == {twin.width() - 18}
    for caption, value in zip(captions, twin.values.values(), strict=True):
        assert abs(caption.y() - value.y()) <= 2
        assert caption.geometry().right() < value.x()
    assert at(twin.page).y() > at(values[-1]).y()
    assert twin.page.height() > 300
    foot = at(dialog.merge).y()
    assert foot >= at(dialog.list).y() + dialog.list.height()
    assert twin._name.objectName() == "shelfTitle"
    assert twin._name.font().weight() >= QFont.Weight.Normal


def test_a_long_title_does_not_widen_its_side(
    qtbot: QtBot, opened: Open, library: Library, articles: list[Article]
) -> None:
    long = library.add(Clipping("https://a.example/5", "long title " * 60, html="<p>x</p>")).id
    dialog = opened(Duplicate(articles[0].id, long, 0.9, same_address=False))
    assert abs(dialog.older.width() - dialog.newer.width()) <= 2
    assert dialog.width() == min(1080, room_for(dialog).width())
