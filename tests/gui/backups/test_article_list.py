"""The articles that differ: checked by click or key, and fast with ten thousand."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.backups.article_list import DifferingList
from reader.library.backup.copy import Change, Differing

_NOW = 1_800_000_000.0


def _articles(change: Change, count: int = 3) -> list[Differing]:
    return [
        Differing(f"{change}{n}", change, f"Title {n}", f"Site {n}", ("title", "tag/x"), _NOW)
        for n in range(count)
    ]


@pytest.fixture
def view(qtbot: QtBot) -> DifferingList:
    made = DifferingList(lambda: themes.theme("light"))
    qtbot.addWidget(made)
    made.resize(560, 300)
    made.show()
    return made


def test_a_click_and_space_check_an_article(qtbot: QtBot, view: DifferingList) -> None:
    view.show_articles(_articles(Change.DELETED), _NOW)
    toggled: list[bool] = []
    view.toggled.connect(lambda: toggled.append(True))
    place = view.visualRect(view.rows.index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.rows.checked == {"deleted1"}
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.rows.checked == {"deleted1", "deleted2"}
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.rows.checked == {"deleted2"}
    assert len(toggled) == 3


def test_what_was_added_since_cannot_be_checked(view: DifferingList) -> None:
    view.show_articles(_articles(Change.ADDED), _NOW)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.rows.checked == set()
    assert view.rows.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change.DELETED, "Title 0, Site 0, deleted "),
        (Change.ADDED, "Title 0, Site 0, added "),
        (Change.CHANGED, "Title 0, Site 0, title and tags, "),
    ],
)
def test_a_row_says_what_happened_when(view: DifferingList, change: Change, words: str) -> None:
    view.show_articles(_articles(change), _NOW)
    told = view.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith(words)
    unknown = _articles(change)[0]._replace(at=0.0, fields=())
    assert view.rows.details(unknown) == ("" if change is Change.CHANGED else change)


def test_ten_thousand_articles_are_read_only_where_they_are_seen(
    view: DifferingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    details = view.rows.details

    def noted(article: Differing) -> str:
        seen.add(article.uid)
        return details(article)

    monkeypatch.setattr(view.rows, "details", noted)
    view.show_articles(_articles(Change.CHANGED, 10_000), _NOW)
    view.grab()
    view.scrollToBottom()
    view.grab()
    assert "changed9999" in seen
    assert len(seen) < 100


@pytest.mark.parametrize("title", ["", "\u202eevil", "W" * 3000, "حرّاس المنارة", "a\nb"])
def test_odd_titles_are_painted_in_both_directions(view: DifferingList, title: str) -> None:
    odd = Differing("a", Change.DELETED, title, "", (), 1e18)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        view.setLayoutDirection(direction)
        view.show_articles([odd], _NOW)
        assert not view.grab().isNull()
        text = view.rows.index(0, 0).data()
        assert "\n" not in text
        assert "\u202e" not in text
        assert view.indexAt(QPoint(10, 10)).isValid()
