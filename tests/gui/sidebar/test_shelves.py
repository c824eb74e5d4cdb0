"""The shelves: counts, tags, and the chosen one stays chosen."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.sidebar.lines import Line, Shelf, lines
from reader.gui.sidebar.row import colour_of
from reader.gui.sidebar.shelves import Shelves
from reader.library.shelves.tags import COLOURS
from reader.model import Counts, Query, Saved

TREE = Counts(
    tags=(("art", 3), ("art/music", 2), ("art/music/early", 1), ("code", 1)),
    colours={"art": "green"},
    languages=(("en", 3), ("de", 1)),
    saved=(Saved("1", "Long reads", "words:>3000"),),
)


@pytest.fixture
def shelves(qtbot: QtBot) -> Shelves:
    made = Shelves()
    qtbot.addWidget(made)
    made.set_theme(themes.theme("dark"))
    made.resize(180, 500)
    made.show()
    return made


def test_choosing_tells_the_shelf(qtbot: QtBot, shelves: Shelves) -> None:
    told: list[Shelf] = []
    shelves.chosen.connect(told.append)
    shelves.select("all")
    qtbot.keyClick(shelves, Qt.Key.Key_Down)
    shelves.select("nonsense")
    assert [shelf.key for shelf in told] == ["all", "favourites"]


def test_tags_come_and_go_and_the_choice_stays(shelves: Shelves) -> None:
    shelves.set_counts(Counts(1, 2, 3, 4, (("art", 1), ("code", 2))))
    shelves.select("tag:code")
    told: list[Shelf] = []
    shelves.chosen.connect(told.append)
    shelves.set_counts(Counts(1, 2, 3, 4, (("art", 1), ("baking", 1), ("code", 3))))
    shelf = shelves.shelf()
    assert shelf is not None
    assert shelf.key == "tag:code"
    assert told == []
    assert not shelves.grab().isNull()


def test_a_heading_is_come_to_but_is_no_shelf(qtbot: QtBot, shelves: Shelves) -> None:
    shelves.set_counts(Counts(tags=(("art", 1),)))
    shelves.select("trash")
    told: list[Shelf] = []
    shelves.chosen.connect(told.append)
    qtbot.keyClick(shelves, Qt.Key.Key_Down)
    assert told == []
    qtbot.keyClick(shelves, Qt.Key.Key_Down)
    assert [shelf.key for shelf in told] == ["tag:art"]


def test_tags_within_a_tag_are_folded_and_unfolded_by_keys(qtbot: QtBot, shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    shelves.select("tag:art/music/early")
    qtbot.keyClick(shelves, Qt.Key.Key_Left)
    assert _key(shelves) == "tag:art/music"
    qtbot.keyClick(shelves, Qt.Key.Key_Left)
    qtbot.keyClick(shelves, Qt.Key.Key_Left)
    assert _key(shelves) == "tag:art"
    qtbot.keyClick(shelves, Qt.Key.Key_Left)
    assert "tag:art/music" not in _keys(shelves)
    assert shelves.folded == {"tag:art", "tag:art/music", "section:sites", "section:languages"}
    qtbot.keyClick(shelves, Qt.Key.Key_Right)
    assert "tag:art/music" in _keys(shelves)
    qtbot.keyClick(shelves, Qt.Key.Key_Left)
    qtbot.keyClick(shelves, Qt.Key.Key_Left)
    assert _key(shelves) == "section:tags"
    qtbot.keyClick(shelves, Qt.Key.Key_Space)
    assert "tag:art" not in _keys(shelves)


def test_a_click_on_a_heading_folds_and_one_on_an_arrow_chooses_nothing(
    qtbot: QtBot, shelves: Shelves
) -> None:
    shelves.set_counts(TREE)
    told: list[Shelf] = []
    shelves.chosen.connect(told.append)
    art = _area(shelves, "tag:art").topLeft()
    behind = art + QPoint(43 + shelves.fontMetrics().horizontalAdvance("art") + 9, 16)
    qtbot.mouseClick(shelves.viewport(), Qt.MouseButton.LeftButton, pos=behind)
    assert "tag:art/music" not in _keys(shelves)
    heading = _area(shelves, "section:tags").center()
    qtbot.mouseClick(shelves.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert "tag:art" not in _keys(shelves)
    assert told == []


def test_a_heading_has_a_menu_and_empty_room_has_none(shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    shelves.select("tag:code")
    asked: list[tuple[QPoint, str]] = []
    shelves.menu_wanted.connect(lambda at, line: asked.append((at, line.key)))
    head = _area(shelves, "section:tags").center()
    for at in (head, QPoint(20, 480)):
        reason = QContextMenuEvent.Reason.Mouse
        shelves.contextMenuEvent(QContextMenuEvent(reason, at, at))
    assert asked == [(head, "section:tags")]
    assert _key(shelves) == "tag:code", "a heading is not chosen"
    asked.clear()
    at = _area(shelves, "tag:art").center()
    shelves.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at))
    assert asked == [(at, "tag:art")]
    assert _key(shelves) == "tag:art"


def test_choosing_unfolds_what_hides_a_shelf(shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    shelves.set_folded("tag:art", True)
    shelves.set_folded("section:tags", True)
    shelves.select("tag:art/music/early")
    assert _key(shelves) == "tag:art/music/early"
    shelves.select("language:de")
    assert _key(shelves) == "language:de"


def test_a_chosen_shelf_stays_chosen_while_it_is_folded_away(shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    shelves.select("tag:art/music")
    shelves.set_folded("tag:art", True)
    shelf = shelves.shelf()
    assert shelf is not None
    assert shelf.key == "tag:art/music"


def test_a_small_site_can_be_chosen_and_all_sites_are_a_line_away(
    qtbot: QtBot, shelves: Shelves
) -> None:
    sites = tuple((f"site {number}", 9 - number) for number in range(8))
    shelves.set_counts(Counts(sites=sites))
    shelves.select("site:small.example")
    shelf = shelves.shelf()
    assert shelf is not None
    assert shelf.query == Query(site="small.example")
    with qtbot.waitSignal(shelves.all_sites):
        qtbot.keyClick(shelves, Qt.Key.Key_Down)
        qtbot.keyClick(shelves, Qt.Key.Key_Return)


def test_lines_say_what_they_are(shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    shelves.select("language:de")
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [shelves.model().index(row, 0).data(role) for row in range(len(_keys(shelves)))]
    assert said[6:] == [
        "Searches, unfolded", "Long reads",
        "Tags, unfolded", "art, 3, unfolded", "art/music, 2, unfolded", "art/music/early, 1",
        "code, 1", "Languages, unfolded", "English, 3", "German, 1",
    ]  # fmt: skip
    assert not shelves.grab().isNull()


def test_ten_thousand_tags_are_borne(shelves: Shelves) -> None:
    tags = tuple((f"tag {number:05}", number) for number in range(10_000))
    shelves.set_counts(Counts(tags=tags))
    shelves.select("tag:tag 09999")
    assert not shelves.grab().isNull()


def test_every_shelf_reads_its_count_from_the_counts() -> None:
    shown = lines(Counts(1, 2, 3, 4, begun=7), ())
    assert [line.articles for line in shown] == [1, 7, 3, 4, 2, 3]


def test_colours_of_tags_can_be_told_from_the_ground_in_every_theme() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for name in ("light", "sepia", "dark"):
        theme = themes.theme(name)
        for colour in COLOURS:
            for ground in (theme.window, theme.selection):
                one, other = sorted((light(colour_of(colour, theme)), light(ground)))
                assert (other + 0.05) / (one + 0.05) >= 3, (name, colour, ground)


def test_a_click_chooses_by_the_name_and_folds_by_the_arrow_alone(
    qtbot: QtBot, shelves: Shelves
) -> None:
    shelves.set_counts(TREE)
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
    name = _area(shelves, "tag:art").topLeft() + QPoint(50, 16)
    arrow = name + QPoint(2 + shelves.fontMetrics().horizontalAdvance("art"), 0)
    qtbot.mouseClick(shelves.viewport(), left, pos=name)
    assert (_key(shelves), "tag:art/music" in _keys(shelves)) == ("tag:art", True)
    qtbot.mouseClick(shelves.viewport(), right, pos=arrow)
    qtbot.mouseClick(shelves.viewport(), left, pos=QPoint(20, 490))
    assert "tag:art/music" in _keys(shelves)
    heading = _area(shelves, "section:tags").center()
    qtbot.mouseClick(shelves.viewport(), right, pos=heading)
    assert "tag:art" in _keys(shelves)
    for there in (False, True):
        qtbot.mouseClick(shelves.viewport(), left, pos=arrow)
        assert ("tag:art/music" in _keys(shelves)) == there


def test_unfolding_and_folding_is_told_once_and_choosing_what_is_seen_is_not(
    shelves: Shelves,
) -> None:
    shelves.set_counts(TREE)
    shelves.set_folded("section:languages", False)
    told: list[set[str]] = []
    shelves.folds_changed.connect(lambda: told.append(set(shelves.folded)))
    shelves.select("tag:art/music/early")
    assert told == []
    shelves.set_folded("tag:art", True)
    shelves.set_folded("tag:art/music", True)
    shelves.select("tag:art/music/early")
    shelves.select("all")
    assert told == [
        {"section:sites", "tag:art"},
        {"section:sites", "tag:art", "tag:art/music"},
        {"section:sites"},
    ]
    for section, key in (("saved", "saved:1"), ("languages", "language:de"), ("tags", "tag:code")):
        shelves.set_folded(f"section:{section}", True)
        assert key not in _keys(shelves)
        shelves.select(key)
        assert _key(shelves) == key


def test_a_chosen_tag_takes_its_new_colour_and_one_that_is_gone_leaves_no_line(
    shelves: Shelves,
) -> None:
    shelves.set_counts(TREE)
    shelves.select("tag:art")
    told: list[Shelf] = []
    shelves.chosen.connect(told.append)
    shelves.set_counts(TREE._replace(colours={"art": "red"}))
    shelf = shelves.shelf()
    assert shelf is not None
    assert (shelf.key, shelf.colour) == ("tag:art", "red")
    shelves.set_counts(TREE._replace(tags=(("code", 1),)))
    assert not shelves.currentIndex().isValid()
    assert shelves.shelf() == shelf
    assert told == []
    shelves.set_counts(TREE)
    shelves.select("tag:code")
    row = _keys(shelves).index("tag:art/music")
    shelves.selectionModel().blockSignals(True)
    shelves.setCurrentIndex(shelves._model.index(row))
    shelves.selectionModel().blockSignals(False)
    shelves.set_counts(TREE._replace(tags=(("art", 3), ("code", 1))))
    assert _key(shelves) == "tag:code", "of what is chosen, if the current line is gone"


def test_other_counts_alone_move_nothing(shelves: Shelves) -> None:
    tags = tuple((f"tag {number:03}", 1) for number in range(60))
    shelves.set_counts(Counts(tags=tags))
    shelves.select("tag:tag 050")
    bar, resets = shelves.verticalScrollBar(), list[int]()
    bar.setValue(20)
    shelves.model().modelReset.connect(lambda: resets.append(1))
    shelves.set_counts(Counts(tags=tuple((tag, 2) for tag, _ in tags)))
    shelves.set_counts(Counts(tags=tuple((tag, 2) for tag, _ in tags)))
    assert (resets, bar.value()) == ([], 20)
    assert _line(shelves, "tag:tag 050").articles == 2
    shelves.set_counts(Counts(tags=(("new", 1), *tags)))
    assert (resets, bar.value(), _key(shelves)) == ([1], 20, "tag:tag 050")


def test_the_line_under_the_pointer_is_known(qtbot: QtBot, shelves: Shelves) -> None:
    assert shelves.hovered == -1
    shelves.entered.emit(shelves._model.index(2))
    assert shelves.hovered == 2
    shelves.viewportEntered.emit()
    assert shelves.hovered == -1
    shelves.entered.emit(shelves._model.index(3))
    QApplication.sendEvent(shelves, QEvent(QEvent.Type.Leave))
    assert shelves.hovered == -1
    assert shelves.hasMouseTracking()


def test_keys_that_fold_do_nothing_where_nothing_is_below_and_letters_are_for_the_window(
    qtbot: QtBot, shelves: Shelves
) -> None:
    shelves.set_counts(TREE)
    told: list[str] = []
    shelves.folds_changed.connect(lambda: told.append("folds"))
    shelves.all_sites.connect(lambda: told.append("sites"))
    for key in ("queue", "trash"):
        shelves.select(key)
        for press in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Space):
            qtbot.keyClick(shelves, press)
        assert _key(shelves) == key
    shelves.select("tag:art")
    qtbot.keyClick(shelves, Qt.Key.Key_Right)
    assert (_key(shelves), told) == ("tag:art", [])
    shelves.select("saved:1")
    qtbot.keyClick(shelves, Qt.Key.Key_Left)
    assert _key(shelves) == "section:saved"
    for press in (Qt.Key.Key_Enter, Qt.Key.Key_Return):
        qtbot.keyClick(shelves, press)
    assert told == ["folds", "folds"]
    letter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, "j")
    shelves.keyPressEvent(letter)
    assert not letter.isAccepted()


def test_the_menu_by_key_hangs_below_the_current_line(shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    shelves.select("tag:code")
    asked: list[QPoint] = []
    shelves.menu_wanted.connect(lambda at, _: asked.append(at))
    far = QPoint(1, 1)
    shelves.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, far, far))
    below = _area(shelves, "tag:code").bottomLeft() + QPoint(43, 0)
    assert asked == [shelves.viewport().mapToGlobal(below)]
    assert _key(shelves) == "tag:code"


def test_tips_and_titles_are_those_of_the_lines(shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    roles = Qt.ItemDataRole
    rows = [shelves._model.index(row) for row in range(len(_keys(shelves)))]
    assert [row.data(roles.DisplayRole) for row in rows][6:11] == [
        "Searches", "Long reads", "Tags", "art", "music",
    ]  # fmt: skip
    assert [row.data(roles.ToolTipRole) for row in rows][6:11] == [
        None, "words:>3000", None, "art", "art/music",
    ]  # fmt: skip
    assert rows[0].data(roles.DecorationRole) is None
    assert shelves._model.rowCount(rows[0]) == 0
    assert [shelf.key for shelf in shelves.all_but_tags()][6:] == [
        "saved:1", "language:en", "language:de",
    ]  # fmt: skip
    assert shelves.colours == themes.theme("dark")


def test_it_is_one_quiet_column(shelves: Shelves) -> None:
    assert shelves.frameShape() is QFrame.Shape.NoFrame
    margins = shelves.viewportMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (0, 8, 0, 0)
    assert (shelves.objectName(), shelves.accessibleName()) == ("shelves", "Shelves")
    shelves.set_counts(Counts(tags=(("a very long name of a tag " * 9, 1),)))
    assert not shelves.horizontalScrollBar().isVisible()
    assert shelves.uniformItemSizes()


def _keys(shelves: Shelves) -> list[str]:
    return [line.key for line in shelves._model._lines]


def _key(shelves: Shelves) -> str:
    return _keys(shelves)[shelves.currentIndex().row()]


def _area(shelves: Shelves, key: str) -> QRect:
    return shelves.visualRect(shelves._model.index(_keys(shelves).index(key)))


def _line(shelves: Shelves, key: str) -> Line:
    return shelves._model._lines[_keys(shelves).index(key)]
