"""The shelves: counts, tags, and the chosen one stays chosen."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.shelf_lines import Shelf, lines
from reader.gui.shelf_row import colour_of
from reader.gui.shelves import Shelves
from reader.library.tags import COLOURS
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


def test_a_heading_and_empty_room_have_no_menu(shelves: Shelves) -> None:
    shelves.set_counts(TREE)
    shelves.select("tag:code")
    asked: list[QPoint] = []
    shelves.menu_wanted.connect(asked.append)
    for at in (_area(shelves, "section:tags").center(), QPoint(20, 480)):
        reason = QContextMenuEvent.Reason.Mouse
        shelves.contextMenuEvent(QContextMenuEvent(reason, at, at))
    assert asked == []
    at = _area(shelves, "tag:art").center()
    shelves.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at))
    assert asked == [at]
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
        "Saved, unfolded", "Long reads",
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


def _keys(shelves: Shelves) -> list[str]:
    return [line.key for line in shelves._model._lines]


def _key(shelves: Shelves) -> str:
    return _keys(shelves)[shelves.currentIndex().row()]


def _area(shelves: Shelves, key: str) -> QRect:
    return shelves.visualRect(shelves._model.index(_keys(shelves).index(key)))
