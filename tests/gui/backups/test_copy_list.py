"""The list of copies: by day, each with its reason, and which cannot be read."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.backups.copy_list import CopyList, lines
from reader.library.backup.copy import Copy, Reason

_NOW = time.mktime((2026, 11, 29, 15, 30, 0, 0, 0, -1))
_HOUR, _DAY = 3600.0, 86_400.0


def _copy(id: str, old: float, reason: Reason = Reason.CHANGES, articles: int = 3) -> Copy:
    return Copy(id, Path(id), _NOW - old, reason, articles=articles, size=90_000, new_bytes=4_000)


@pytest.fixture
def view(qtbot: QtBot) -> CopyList:
    made = CopyList(lambda: themes.theme("light"))
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    return made


def test_copies_stand_below_their_days_with_their_reasons() -> None:
    copies = [
        _copy("a", _HOUR), _copy("b", 2 * _HOUR, Reason.TRASH), _copy("c", 20 * _HOUR),
        _copy("d", 3 * _DAY), _copy("e", 60 * _DAY, Reason.ASKED, articles=1),
    ]  # fmt: skip
    told = [(line.text, line.time, line.details) for line in lines(copies, _NOW)]
    assert told == [
        ("Today", "", ""),
        ("after changes", "14:30", "3 articles · 4.0 KB new"),
        ("before the trash was emptied", "13:30", "3 articles · 4.0 KB new"),
        ("Yesterday", "", ""),
        ("after changes", "19:30", "3 articles · 4.0 KB new"),
        ("This week", "", ""),
        ("the day’s last", "Thu", "3 articles · 4.0 KB new"),
        ("September 2026", "", ""),
        ("asked for by hand", "30 Sep", "1 article · 4.0 KB new"),
    ]


def test_a_copy_of_the_second_place_only_says_so() -> None:
    far = _copy("a", _HOUR)._replace(is_elsewhere=True, new_bytes=0)
    assert lines([far], _NOW)[1].details == "3 articles · 90.0 KB · in the second place"


def test_a_copy_of_damaged_articles_is_no_whole_copy(view: CopyList) -> None:
    damaged = _copy("a", _HOUR)._replace(damaged=2)
    assert lines([damaged], _NOW)[1].details == "3 articles · 2 damaged · 4.0 KB new"
    view.show_copies([damaged], _NOW)
    before = view.grab().toImage()
    view.show_copies([damaged._replace(damaged=0)], _NOW)
    assert view.grab().toImage() != before
    told = view.copies.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not str(told).endswith("cannot be read")


def test_the_arrow_keys_go_from_copy_to_copy_past_the_days(qtbot: QtBot, view: CopyList) -> None:
    chosen: list[Copy] = []
    view.chosen.connect(chosen.append)
    view.show_copies([_copy("a", _HOUR), _copy("b", 20 * _HOUR), _copy("c", 3 * _DAY)], _NOW)
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert [copy.id for copy in chosen] == ["a", "b", "c", "b"]


def test_the_chosen_copy_stays_chosen_when_a_newer_one_appears(view: CopyList) -> None:
    a, b = _copy("a", 2 * _HOUR), _copy("b", 20 * _HOUR)
    view.show_copies([a, b], _NOW)
    view.setCurrentIndex(view.copies.index(view.copies.number_of("b"), 0))
    view.show_copies([_copy("new", 0.0), a, b], _NOW)
    assert view.copy == b
    view.show_copies([a], _NOW)
    assert view.copy == a
    view.show_copies([], _NOW)
    assert view.copy is None


def test_a_copy_that_cannot_be_read_is_marked_for_eyes_and_ears(view: CopyList) -> None:
    copy, role = _copy("a", _HOUR), Qt.ItemDataRole.AccessibleTextRole
    view.show_copies([copy], _NOW)
    index = view.copies.index(1, 0)
    assert index.data(role) == "14:30, after changes, 3 articles · 4.0 KB new"
    tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "after changes" in tip
    assert "4.0 KB new" in tip
    before = view.grab().toImage()
    view.copies.mark_broken(copy)
    assert str(index.data(role)).endswith("cannot be read")
    assert view.grab().toImage() != before


def test_the_same_times_twice_are_no_trouble(view: CopyList) -> None:
    view.show_copies([_copy("a", 0.0), _copy("b", 0.0)._replace(made_at=0.0)], _NOW)
    assert view.copies.rowCount() == 4
    view.grab()
