"""The list by day: headings, pages, the keyboard, and what a screen reader reads."""

import sys
from datetime import UTC, date, datetime, timedelta
from types import FrameType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.widgets.day_list import DayEntry, DayList, heading


@pytest.fixture
def days(qtbot: QtBot) -> DayList:
    made = DayList("Steps")
    qtbot.addWidget(made)
    made.resize(320, 300)
    made.show()
    return made


def entries(count: int, start: int = 0) -> list[DayEntry]:
    """Return entries, two on each day, the newest today."""
    now = datetime.now(UTC).replace(hour=12)
    return [
        DayEntry(n, (now - timedelta(days=n // 2)).isoformat(), f"Step {n}", "1 article")
        for n in range(start, start + count)
    ]


def texts(days: DayList) -> list[str]:
    model = days.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_each_day_has_a_heading_also_over_pages(days: DayList) -> None:
    days.show_entries(entries(3), has_more=True)
    days.more(entries(2, 3))
    assert texts(days)[:5] == ["Today", "Step 0", "Step 1", "Yesterday", "Step 2"]
    assert texts(days)[5] == "Step 3"
    assert len(texts(days)) == 8


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-29", "Today"),
        ("2026-11-28", "Yesterday"),
        ("2026-11-27", "Friday, 27 November 2026"),
        ("2026-11-22", "22 November 2026"),
        ("2027-01-01", "1 January 2027"),
    ],
)
def test_days_are_named_as_people_name_them(day: str, words: str) -> None:
    assert heading(day, date(2026, 11, 29)) == words


def test_the_keys_go_over_the_headings(days: DayList) -> None:
    days.show_entries(entries(6))
    days.select_first()
    days.setFocus()
    seen = [days.current_key()]
    for _ in range(5):
        QTest.keyClick(days, Qt.Key.Key_Down)
        seen.append(days.current_key())
    assert seen == [0, 1, 2, 3, 4, 5]
    QTest.keyClick(days, Qt.Key.Key_Home)
    assert days.current_key() == 0
    QTest.keyClick(days, Qt.Key.Key_End)
    assert days.current_key() == 5
    QTest.keyClick(days, Qt.Key.Key_Up)
    QTest.keyClick(days, Qt.Key.Key_Up)
    assert days.current_key() == 3


def test_more_is_asked_for_once_and_only_if_there_is_more(days: DayList) -> None:
    asked = []
    days.more_wanted.connect(lambda: asked.append(1))
    days.show_entries(entries(200), has_more=True)
    days.scrollToBottom()
    QTest.qWait(20)
    days.scrollToBottom()
    QTest.qWait(20)
    assert asked == [1]
    days.more(entries(10, 200))
    days.scrollToBottom()
    QTest.qWait(20)
    assert asked == [1]
    assert len(days.entries()) == 210


def test_the_selected_entry_stays_selected_among_others(days: DayList) -> None:
    heard: list[object] = []
    days.show_entries(entries(6))
    days.select(4)
    days.chosen.connect(heard.append)
    days.show_entries(entries(8))
    assert days.current_key() == 4
    days.show_entries(entries(2))
    assert days.current_key() is None
    assert heard == []


def test_a_screen_reader_hears_day_time_and_meaning(days: DayList) -> None:
    days.show_entries([entries(1)[0]._replace(mark="check", meaning="whole", end="now")])
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [days.model().index(row, 0).data(role) for row in range(2)]
    assert spoken[0] == "Today"
    assert spoken[1].startswith("today at ")
    assert spoken[1].endswith("Step 0, 1 article, now, whole")
    assert days.accessibleName() == "Steps"


@pytest.mark.parametrize("direction", [*Qt.LayoutDirection][:2])
def test_rows_of_any_direction_and_width_are_painted(
    days: DayList, direction: Qt.LayoutDirection
) -> None:
    days.setLayoutDirection(direction)
    days.show_entries([
        entries(1)[0]._replace(mark="check"), entries(1)[0]._replace(end="x" * 99, faded=True),
        DayEntry("k", "", "no time"),
    ])  # fmt: skip
    days.select_first()
    for width in (40, 320, 900):
        days.resize(width, 300)
        assert not days.grab().isNull()


def test_enter_opens_an_entry(days: DayList) -> None:
    heard: list[object] = []
    days.opened.connect(heard.append)
    days.show_entries(entries(2))
    days.select(1)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert heard == [1]


def test_no_python_runs_once_a_row_when_rows_are_added(days: DayList) -> None:
    calls: list[str] = []
    model = days._model
    functions = {type(model).__module__, type(days).__module__}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_globals.get("__name__") in functions:
            calls.append(frame.f_code.co_name)

    day = "2026-03-03T12:00:00Z"
    days.show_entries([DayEntry(n, day, "One") for n in range(2000)], has_more=True)
    days.show()
    QApplication.processEvents()
    sys.setprofile(note)
    try:
        days.more([DayEntry(2000, day, "Last")])
        QApplication.processEvents()
    finally:
        sys.setprofile(None)
    assert model.rowCount() == 2002
    assert len(calls) < 1000
