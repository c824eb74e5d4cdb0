"""Searching from the window: as one types, opened with the words marked, left with Esc."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from reader.errors import LibraryError
from reader.gui.search import search
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.search import query_parser
from reader.library.search.search import Search
from reader.library.search.snippets import Found
from reader.model import Clipping, State

Make = Callable[..., Window]


@pytest.fixture
def ids(library: Library) -> list[int]:
    texts = (
        ("Bees in town", "The bees of the town like gardens, and the gardens like bees."),
        ("On wasps", "Wasps are not bees, whatever they say of them in the town."),
        ("Rivers", "A river goes by, and nobody in the town looks at it."),
    )
    return [
        library.add(
            Clipping(f"https://example.org/{n}", title=title, html=f"<p>{text}</p>", words=12)
        ).id
        for n, (title, text) in enumerate(texts)
    ]


def _shown(window: Window) -> list[int]:
    model = window.list._articles
    rows = [model.row(number) for number in range(model.rowCount())]
    return [row.id for row in rows if row is not None]


def test_the_list_follows_what_is_typed(
    qtbot: QtBot, make_window: Make, library: Library, ids: list[int]
) -> None:
    window = make_window()
    window.qactions["search.search"].trigger()
    qtbot.waitUntil(window.search_field.hasFocus)
    qtbot.keyClicks(window.search_field, "bee")
    assert set(_shown(window)) == set(ids[:2])
    assert window.list_head.text() == "2 found"
    qtbot.keyClicks(window.search_field, "s -wasps")
    assert _shown(window) == [ids[0]]
    assert not window.grab().isNull()
    qtbot.keyClick(window.search_field, Qt.Key.Key_Escape)
    assert _shown(window) == ids
    assert window.search_field.text() == ""
    assert not window.controllers.search.active


def _count_parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by each text that is parsed as a question, wherever that is."""
    parsed: list[str] = []
    find = query_parser._PIECE

    class Counting:
        def findall(self, text: str) -> list[str]:
            parsed.append(text)
            return find.findall(text)

        def finditer(self, text: str) -> object:
            return find.finditer(text)

    monkeypatch.setattr(query_parser, "_PIECE", Counting())
    return parsed


@pytest.mark.parametrize("text", ["bees", "is:queue bees", "author:Annabel", "added:today be"])
def test_a_key_parses_the_question_once_and_enter_twice_at_most(
    qtbot: QtBot,
    make_window: Make,
    library: Library,
    ids: list[int],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
) -> None:
    window = make_window()
    window.search_field.setFocus()
    parsed = _count_parses(monkeypatch)
    for count in range(1, len(text) + 1):
        parsed.clear()
        qtbot.keyClicks(window.search_field, text[count - 1])
        assert parsed == [text[:count]]
    parsed.clear()
    library.add(Clipping("https://example.org/new", title="Bees again", html="<p>Bees</p>"))
    window.list.refresh()
    assert parsed == []
    qtbot.keyClick(window.search_field, Qt.Key.Key_Return)
    assert 1 <= len(parsed) <= 2
    assert set(parsed) == {text}


def test_a_search_that_is_still_open_the_next_day_is_asked_of_that_day(
    qtbot: QtBot, make_window: Make, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    qtbot.keyClicks(window.search_field, "added:today")
    assert len(_shown(window)) == 3
    monkeypatch.setattr(search, "_today", lambda: date(2200, 1, 1))
    window.list.refresh()
    assert _shown(window) == []


def test_enter_opens_the_best_one_with_the_words_marked_and_f3_walks_them(
    qtbot: QtBot, make_window: Make, ids: list[int]
) -> None:
    window = make_window()
    window.search_field.setFocus()
    qtbot.keyClicks(window.search_field, "bees")
    qtbot.keyClick(window.search_field, Qt.Key.Key_Return)
    assert window.article is not None
    assert window.article.id == ids[0]
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    qtbot.waitUntil(lambda: window.controllers.page.find_bar.text() == "3 hits")
    assert len(window.controllers.page.find_bar._marks.hits) == 3
    window.controllers.page.find_bar.find_next()
    assert window.controllers.page.find_bar.text() == "1 of 3"
    window.controllers.page.find_bar.find_previous()
    assert window.controllers.page.find_bar.text() == "3 of 3"
    window.search_field.clear()
    assert window.controllers.page.find_bar.isHidden()
    assert window.controllers.page.find_bar._marks.hits == ()


def test_down_goes_from_the_field_to_what_was_found(
    qtbot: QtBot, make_window: Make, ids: list[int]
) -> None:
    window = make_window()
    window.navigation.open(ids[2])
    window.search_field.setFocus()
    qtbot.keyClicks(window.search_field, "bees")
    qtbot.keyClick(window.search_field, Qt.Key.Key_Down)
    qtbot.waitUntil(window.list.hasFocus)
    assert window.article is not None
    assert window.article.id in ids[:2]


def test_what_was_found_is_asked_again_when_the_library_changes(
    make_window: Make, library: Library, ids: list[int]
) -> None:
    window = make_window()
    window.search_field.setText("bees")
    library.set_state([ids[0]], State.TRASH)
    window.refresh()
    assert _shown(window) == [ids[1]]
    assert window.list_head.text() == "1 found"


def test_choosing_a_shelf_ends_the_search(make_window: Make, ids: list[int]) -> None:
    window = make_window()
    window.search_field.setText("bees")
    window.shelves.select("all")
    assert window.search_field.text() == ""
    assert len(_shown(window)) == 3
    assert window.shelf is not None
    assert window.shelf.key == "all"


def test_a_saved_search_is_asked_with_its_question_in_the_field(
    make_window: Make, library: Library, ids: list[int]
) -> None:
    uid = library.saved.add("Bees", "title:bees")
    window = make_window()
    window.shelves.select(f"saved:{uid}")
    assert window.search_field.text() == "title:bees"
    assert _shown(window) == [ids[0]]


def test_fields_are_completed(qtbot: QtBot, make_window: Make, ids: list[int]) -> None:
    window = make_window()
    window.search_field.setFocus()
    qtbot.keyClicks(window.search_field, "is:un")
    names = window.controllers.search._names.stringList()
    assert "is:unread" in " ".join(names)


def test_a_damaged_text_is_listed_without_a_snippet(
    make_window: Make, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def damaged(*_: object) -> list[Found]:
        asked.append(1)
        raise LibraryError("The library is damaged.")

    window = make_window()
    monkeypatch.setattr(Search, "found", damaged)
    window.search_field.setText("bees")
    for _ in range(3):
        assert not window.grab().isNull()
    assert window.list.model().rowCount() > 0
    assert len(asked) == 1


def test_a_damaged_index_is_told_of_with_a_way_out(
    qtbot: QtBot,
    make_window: Make,
    ids: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window()
    real = Search.ids

    def damaged(*_: object, **__: object) -> list[int]:
        raise LibraryError("The index of words is damaged; your articles need not be.")

    monkeypatch.setattr(Search, "ids", damaged)
    window.search_field.setText("bees")
    assert "index of words is damaged" in window.context.messages.text()
    monkeypatch.setattr(Search, "ids", real)
    button = window.context.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    button.click()
    qtbot.waitUntil(lambda: "was rebuilt" in window.context.messages.text())


@pytest.mark.parametrize("text", ['"', "(", "title:", "-", "NEAR(", "a OR", "'; DROP", "\x00", "*"])
def test_nothing_that_is_typed_is_in_the_way(make_window: Make, ids: list[int], text: str) -> None:
    window = make_window()
    window.search_field.setText(text)
    window.search_field.typed.emit(text, True)
    assert window.context.messages.text() == ""


def test_the_palette_finds_articles_by_a_word_of_their_title(
    make_window: Make, ids: list[int]
) -> None:
    window = make_window()
    assert [row.id for row in window.controllers.search.titled("town", 5)] == [ids[0]]
    assert [row.id for row in window.controllers.search.titled("riv", 5)] == [ids[2]]


@pytest.mark.parametrize(("waiting", "title"), [(200, ""), (201, "Making the articles searchable")])
def test_only_many_articles_are_shown_while_they_are_made_searchable(
    make_window: Make, monkeypatch: pytest.MonkeyPatch, waiting: int, title: str
) -> None:
    window = make_window()
    monkeypatch.setattr(Search, "waiting", lambda _: waiting)
    window.controllers.search.prepare()
    assert [job.title for job in window.context.jobs.running] == [title]


def test_what_is_not_searchable_yet_is_told_beside_what_was_found(
    make_window: Make, monkeypatch: pytest.MonkeyPatch, ids: list[int]
) -> None:
    window = make_window()
    for waiting, said in ((0, "2 found"), (1234, "2 found · 1,234 not searchable yet")):
        monkeypatch.setattr(Search, "waiting", lambda _, waiting=waiting: waiting)
        window.search_field.setText("bees")
        assert window.list_head.text() == said
        window.search_field.clear()


def test_enter_finds_the_very_word_first_and_then_what_begins_so(
    make_window: Make, library: Library
) -> None:
    one = library.add(Clipping("https://example.org/1", title="T", html="<p>Protesters.</p>")).id
    two = library.add(Clipping("https://example.org/2", title="T", html="<p>A protest.</p>")).id
    window = make_window()
    window.search_field.setText("protest")
    window.search_field.typed.emit("protest", True)
    assert _shown(window) == [two, one]


def test_no_shelf_is_lit_while_a_search_is_shown_and_a_click_on_it_ends_the_search(
    qtbot: QtBot, make_window: Make, ids: list[int]
) -> None:
    window = make_window()
    window.search_field.setFocus()
    qtbot.keyClicks(window.search_field, "bees")
    assert window.shelves.shelf() is None
    assert not window.shelves.currentIndex().isValid()
    row = window.shelves.visualRect(window.shelves._model.index(0))
    qtbot.mouseClick(window.shelves.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert window.search_field.text() == ""
    assert not window.controllers.search.active
    assert window.shelves.shelf() == window.shelf
    assert _shown(window) == ids
    for leave in (lambda: qtbot.keyClick(window.search_field, Qt.Key.Key_Escape),
                  window.search_field.clear):  # fmt: skip
        window.search_field.setText("bees")
        assert window.shelves.shelf() is None
        leave()
        assert window.shelves.shelf() == window.shelf
        assert window.shelves.currentIndex().row() == 0


def test_a_saved_search_is_lit_while_it_is_shown_as_it_was_saved(
    qtbot: QtBot, make_window: Make, library: Library, ids: list[int]
) -> None:
    uid = library.saved.add("Bees", "bees")
    window = make_window()
    window.shelves.select(f"saved:{uid}")
    assert _shown(window)
    shelf = window.shelves.shelf()
    assert shelf is not None
    assert shelf.key == f"saved:{uid}"
    window.search_field.setText("bees wasps")
    assert window.shelves.shelf() is None
