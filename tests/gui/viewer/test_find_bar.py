"""Finding in the article."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader import phrases, themes
from reader.document.highlights import short_areas
from reader.document.images import Pictures
from reader.gui.viewer.find_bar import FindBar
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look
from reader.settings_store import SettingsStore


@pytest.fixture
def both(
    qtbot: QtBot, pictures: Pictures, look: Look, add: Callable[..., Article]
) -> Iterator[tuple[Viewer, FindBar]]:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    viewer = Viewer(pictures, look)
    bar = FindBar(viewer, SettingsStore())
    layout.addWidget(viewer)
    layout.addWidget(bar)
    qtbot.addWidget(holder)
    holder.resize(800, 500)
    holder.show()
    words = "\n\n".join(f"Line {n} with a Needle (x+y)* in it. " + "hay " * 60 for n in range(30))
    viewer.show_article(add("Hay", words))
    qtbot.waitUntil(lambda: viewer.document_ready)
    bar.open_bar()
    yield viewer, bar
    holder.close()


def test_hits_are_counted_and_walked(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    viewer, bar = both
    qtbot.keyClicks(bar._edit, "needle")
    assert bar.text() == "1 of 30"
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return)
    bar.find_next()
    assert bar.text() == "3 of 30"
    bar.find_previous()
    assert bar.text() == "2 of 30"
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bar.find_previous()
    assert bar.text() == "30 of 30"
    assert viewer.verticalScrollBar().value() > 0
    assert _marked(viewer, bar) == ["Needle"] * 30


def test_signs_are_only_signs(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    _, bar = both
    bar._edit.setText("(x+y)*")
    assert bar.text() == "1 of 30"
    bar._edit.setText("[a-z")
    assert bar.text() == "No hits"


def test_closing_leaves_the_hit_selected(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    viewer, bar = both
    bar._edit.setText("needle")
    qtbot.keyClick(bar._edit, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert viewer.textCursor().selectedText() == "Needle"
    assert viewer.extraSelections() == []


def _marked(viewer: Viewer, bar: FindBar) -> list[str]:
    """Return the words that are marked."""
    hits = bar._marks.hits
    return [viewer.cursor_over(*hits[each]).selectedText() for each in range(len(hits))]


def _colours(viewer: Viewer) -> set[str]:
    """Return the colours that are seen on the page."""
    image = viewer.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {QColor(each).name() for each in {*memoryview(bytes(image.constBits())).cast("I")}}


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_the_hit_that_was_come_to_looks_other_than_the_rest(
    qtbot: QtBot, both: tuple[Viewer, FindBar], look: Look, name: str
) -> None:
    viewer, bar = both
    theme = themes.theme(name)
    viewer.set_look(look._replace(theme=theme))
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert not {theme.accent, theme.mark} & _colours(viewer)
    bar._edit.setText("needle")
    bar.find_next()
    assert {theme.accent, theme.mark} <= _colours(viewer)
    assert viewer.extraSelections()[0].cursor.selectedText() == "Needle"
    assert viewer.textCursor().selectedText() == ""
    bar.close_bar()
    assert theme.mark not in _colours(viewer)


def test_what_is_selected_is_looked_for_unless_it_goes_over_paragraphs(
    qtbot: QtBot, both: tuple[Viewer, FindBar]
) -> None:
    viewer, bar = both
    bar._edit.setText("needle")
    bar.close_bar()
    cursor = viewer.textCursor()
    place = viewer.page.toRawText().index("Line 2")
    cursor.setPosition(place)
    cursor.setPosition(place + 6, cursor.MoveMode.KeepAnchor)
    viewer.setTextCursor(cursor)
    bar.open_bar()
    assert bar._edit.text() == bar._edit.selectedText() == "Line 2"
    assert bar._edit.hasFocus()
    assert bar.text() == "1 of 11"
    cursor.setPosition(place + 3000, cursor.MoveMode.KeepAnchor)
    viewer.setTextCursor(cursor)
    bar.open_bar()
    assert bar._edit.text() == "Line 2"


def test_the_first_hit_is_the_first_that_is_seen(
    qtbot: QtBot, both: tuple[Viewer, FindBar]
) -> None:
    viewer, bar = both
    viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().maximum() // 2)
    bar._edit.setText("needle")
    number = int(bar.text().split()[0])
    assert 10 < number < 22
    viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().maximum())
    bar._edit.setText("line 0")
    assert bar.text() == "1 of 1"
    hit = viewer.cursorRect(viewer.page.find("Line 0"))
    assert viewer.viewport().rect().contains(hit.center())


def test_words_from_a_search_are_marked_whole_and_move_nothing(
    qtbot: QtBot, both: tuple[Viewer, FindBar], look: Look
) -> None:
    viewer, bar = both
    bar.close_bar()
    viewer.verticalScrollBar().setValue(700)
    bar.show_words(["needle", "hay", "y)"], "needle hay")
    assert bar._edit.text() == "needle hay"
    assert not bar._edit.hasFocus()
    assert viewer.verticalScrollBar().value() == 700
    assert int(bar.text().removesuffix(" hits").replace(",", "")) >= 30 * 61
    assert {look.theme.mark} <= _colours(viewer)
    assert {"Needle", "hay", "Hay", "y)"} == {*_marked(viewer, bar)}
    bar.show_words(["eedle", "ine"], "ine")
    assert bar.text() == ""
    assert _marked(viewer, bar) == []
    bar.show_words(["lINE"], "line")
    assert bar.text() == "30 hits"
    bar.find_next()
    number = int(bar.text().split()[0])
    bar.find_previous()
    assert bar.text() == f"{number - 1} of 30"
    bar.show_words([], "")
    assert bar.isHidden()
    assert _marked(viewer, bar) == []
    bar.find_next()
    bar._edit.setText("eedle")
    assert bar.text().endswith(" of 30"), "what is typed is found within words too"


def test_words_of_a_script_without_spaces_are_found_inside_others(
    qtbot: QtBot, both: tuple[Viewer, FindBar], add: Callable[..., Article]
) -> None:
    viewer, bar = both
    bar.close_bar()
    viewer.show_article(add("漢", "我喜歡漢字和漢字詞。"))
    qtbot.waitUntil(lambda: viewer.document_ready)
    bar.show_words(["漢字"], "漢字")
    assert bar.text() == "2 hits"


def _says(bar: FindBar, text: str) -> bool:
    return bar.text() == text


def test_another_article_keeps_the_words_and_takes_new_hits(
    qtbot: QtBot, both: tuple[Viewer, FindBar], add: Callable[..., Article]
) -> None:
    viewer, bar = both
    bar._edit.setText("needle")
    for number in range(6):  # Qt held marks of a page that was gone, and ended the program
        viewer.show_article(add(f"Other {number}", "One needle, " * (number + 1)))
        qtbot.waitUntil(partial(_says, bar, phrases.plural(number + 1, "hit")))
        viewer.grab()
    bar._edit.clear()
    assert bar.text() == ""
    assert _marked(viewer, bar) == []
    bar.find_next()
    assert bar.text() == ""


def test_the_buttons_go_and_close(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    viewer, bar = both
    bar._edit.setText("needle")
    buttons = {each.accessibleName(): each for each in bar.findChildren(QToolButton)}
    buttons["Next hit"].click()
    buttons["Next hit"].click()
    buttons["Previous hit"].click()
    assert bar.text() == "2 of 30"
    assert [each.toolTip() for each in buttons.values()] == list(buttons)
    assert list(buttons)[-3:] == ["Previous hit", "Next hit", "Close"]
    buttons["Close"].click()
    assert bar.isHidden()
    assert viewer.hasFocus()
    bar.find_next()
    assert bar.isVisible(), "F3 opens it again"
    assert bar._edit.hasFocus()


def test_dropping_the_words_of_a_search_leaves_what_is_typed(
    qtbot: QtBot, both: tuple[Viewer, FindBar]
) -> None:
    viewer, bar = both
    bar.activateWindow()
    bar._edit.setFocus()
    qtbot.waitUntil(bar._edit.hasFocus)
    bar._edit.setText("needle")
    bar.drop_words()
    assert bar.isVisible()
    viewer.setFocus()
    bar.drop_words()
    assert bar.isHidden()
    assert _marked(viewer, bar) == []


def test_words_are_found_by_the_rules_of_search(
    qtbot: QtBot, both: tuple[Viewer, FindBar], add: Callable[..., Article]
) -> None:
    viewer, bar = both
    text = "😀 I don’t like the cafe\u0301, 10\xa0km off, the 😀 oﬃce.\n\n> الْحَمْدُ\n"
    viewer.show_article(add("Signs", text))
    qtbot.waitUntil(lambda: viewer.document_ready)
    for typed, found in (
        ("don't", "don’t"),
        ("CAFÉ,", "cafe\u0301,"),
        ("10 km", "10\xa0km"),
        ("office", "oﬃce"),
        ("الحمد", "الْحَمْدُ"),
    ):
        bar.open_bar()
        bar._edit.setText(typed)
        assert bar.text() == "1 of 1", typed
        assert _marked(viewer, bar) == [found]
        qtbot.keyClick(bar._edit, Qt.Key.Key_Escape)
        assert viewer.textCursor().selectedText() == found
    bar.show_words(["cafe\u0301"], "cafe")
    assert _marked(viewer, bar) == ["cafe\u0301"]


def test_esc_on_a_button_closes_too(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    viewer, bar = both
    bar._edit.setText("needle")
    qtbot.keyClick(bar.findChildren(QToolButton)[0], Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert viewer.textCursor().selectedText() == "Needle"
    assert viewer.hasFocus()


def test_another_article_of_the_same_length_is_searched_anew(
    qtbot: QtBot, both: tuple[Viewer, FindBar], add: Callable[..., Article]
) -> None:
    viewer, bar = both
    for number, word in enumerate(("apple", "grape", "lemon")):
        viewer.show_article(add(f"Same {number}", f"One {word}."))
        qtbot.waitUntil(lambda: viewer.document_ready)
        bar._edit.setText(word)
        assert bar.text() == "1 of 1"


def test_esc_returns_to_the_place_unless_a_hit_was_gone_to(
    qtbot: QtBot, both: tuple[Viewer, FindBar]
) -> None:
    viewer, bar = both
    scroll = viewer.verticalScrollBar()
    qtbot.keyClicks(bar._edit, "Line 25")
    assert scroll.value() > 500
    qtbot.keyClick(bar._edit, Qt.Key.Key_Backspace)
    qtbot.keyClick(bar._edit, Qt.Key.Key_Escape)
    assert scroll.value() == 0
    bar.open_bar()
    bar._edit.setText("line 25")
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return)
    qtbot.keyClick(bar._edit, Qt.Key.Key_Escape)
    assert scroll.value() > 500
    assert viewer.textCursor().selectedText() == "Line 25"
    bar.open_bar()
    bar._edit.setText("line 2")
    at = scroll.value()
    scroll.setValue(at + 40)
    bar._edit.setText("no such words")
    assert scroll.value() == at + 40, "it begins where one has scrolled to"


def test_case_and_whole_words_are_chosen_and_kept(both: tuple[Viewer, FindBar]) -> None:
    _, bar = both
    bar._edit.setText("needle")
    assert bar.text() == "1 of 30"
    case, whole = (bar._choices[name] for name in ("find_case", "find_whole"))
    case.click()
    assert bar.text() == "No hits"
    bar._edit.setText("Needle")
    assert bar.text() == "1 of 30"
    case.click()
    bar._edit.setText("line 2")
    assert bar.text() == "1 of 11"
    whole.click()
    assert bar.text() == "1 of 1"
    assert bar._store.value.find_whole and not bar._store.value.find_case


def test_the_strip_shows_the_places_and_goes_to_them(
    qtbot: QtBot, both: tuple[Viewer, FindBar]
) -> None:
    viewer, bar = both
    strip = bar._marks.strip
    assert not strip.isVisible()
    bar._edit.setText("needle")
    qtbot.waitUntil(lambda: len(strip.ticks) == 30)
    last = strip.row_of(29) * 2
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(6, last))
    assert bar.text() == "30 of 30"
    assert (
        viewer.viewport().rect().contains(viewer.cursorRect(viewer.page.find("Line 29")).center())
    )
    qtbot.keyClick(bar._edit, Qt.Key.Key_Escape)
    assert not strip.isVisible()


def test_hits_stay_with_another_look_and_move_nothing(
    qtbot: QtBot, both: tuple[Viewer, FindBar], look: Look
) -> None:
    viewer, bar = both
    bar._edit.setText("needle")
    for _ in range(4):
        bar.find_next()
    viewer.set_look(look._replace(size_pt=16))
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert bar.text() == "5 of 30"
    assert _marked(viewer, bar) == ["Needle"] * 30


@pytest.mark.parametrize("columns", [1, 2])
def test_places_are_shares_of_the_text_while_pages_are_turned(
    qtbot: QtBot, both: tuple[Viewer, FindBar], columns: int
) -> None:
    viewer, bar = both
    viewer.set_paged(columns)
    viewer.window().resize(1300, 500)
    bar._edit.setText("needle")
    strip = bar._marks.strip
    qtbot.waitUntil(lambda: strip.row_of(29) > 0 and not strip._resting.isActive())
    assert strip.geometry().right() == viewer.rect().right()
    share = bar._marks.hits[29][0] / viewer.page.characterCount()
    assert abs(strip.row_of(29) * 2 / strip.height() - share) < 0.01
    area = viewer.viewport().rect()
    for number in (29, 10, 11, 12, 13):
        at = QPoint(5, strip.row_of(number) * 2 + 1)
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at)
        assert bar.text() == f"{number + 1} of 30"
        assert area.contains(viewer.area_of(*bar._marks.hits[number]).center())


def test_closing_selects_no_hit_of_another_page(both: tuple[Viewer, FindBar]) -> None:
    viewer, bar = both
    viewer.set_paged(1)
    bar._edit.setText("Line 20")
    bar.close_bar()
    assert not viewer.textCursor().hasSelection()


def test_a_long_text_is_made_ready_in_slices_before_it_is_searched(
    qtbot: QtBot, both: tuple[Viewer, FindBar], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, bar = both
    monkeypatch.setattr("reader.gui.viewer.find_bar._FIRST_SLICE", 0)
    bar._forget()
    bar._edit.setText("nee")
    bar._edit.setText("needle")
    assert bar.text() == ""
    qtbot.waitUntil(lambda: bar.text() == "1 of 30")
    bar._forget()
    bar._edit.setText("line")
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return)
    assert bar.text() == "2 of 30", "Return waits for nothing"


def test_a_hit_that_goes_on_behind_its_paragraph_is_marked_as_far_as_there_are_letters(
    both: tuple[Viewer, FindBar],
) -> None:
    viewer, _ = both
    block = viewer.page.begin().next()
    while not block.text().startswith("Line 0"):
        block = block.next()
    found = short_areas(viewer.page, block, [(block.length() - 3, block.length())])
    assert len(list(islice(found, 3))) == 1
