"""The dialog before a session: what it offers, what it adds up, and what it hands over."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot
from tests.gui.painted import row_saying

from reader.gui.session.dialog import SessionDialog
from reader.library.session import Pick

# A minute is 238 words.
ONE = row_saying(id=1, title="One", words=238, site="s.example")
TWO = row_saying(id=2, title="Two\u202e", words=476, site="", byline="A. Writer\n")
HALF = row_saying(id=3, title="", words=952, progress=0.5, site="", byline="")


@pytest.fixture
def asked() -> list[int]:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, asked: list[int]) -> SessionDialog:
    picks = {1: Pick((ONE,)), 2: Pick(), 4: Pick((ONE, TWO), (HALF,))}

    def pick(minutes: int) -> Pick:
        asked.append(minutes)
        return picks.get(minutes, Pick())

    made = SessionDialog(4, pick)
    qtbot.addWidget(made)
    return made


def _check(dialog: SessionDialog, *states: bool) -> None:
    for row, state in enumerate(states):
        checked = Qt.CheckState.Checked if state else Qt.CheckState.Unchecked
        dialog.list.item(row).setCheckState(checked)


def test_what_fits_is_checked_and_the_rest_stands_below(dialog: SessionDialog) -> None:
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    assert [each.text() for each in items] == [
        "One\n1 min · s.example", "Two\n2 min · A. Writer", "Untitled\n2 min left",
    ]  # fmt: skip
    on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
    assert [each.checkState() for each in items] == [on, on, off]
    flags = Qt.ItemFlag
    wanted = flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsUserCheckable
    assert {each.flags() for each in items} == {wanted}
    assert dialog.rows() == [ONE, TWO]
    assert dialog.list.currentRow() == 0


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((True, False, False), "1 article · 1 min"),
        ((True, True, False), "2 articles · 3 min"),
        ((False, True, True), "2 articles · 4 min"),
        ((True, True, True), "3 articles · 5 min, 1 more than you have"),
        ((False, False, False), "Check the articles you want to read."),
    ],
)
def test_the_sum_is_that_of_what_is_checked(
    dialog: SessionDialog, states: tuple[bool, ...], said: str
) -> None:
    _check(dialog, *states)
    assert dialog.text() == said
    assert dialog.start.isEnabled() == any(states)
    rows = zip((ONE, TWO, HALF), states, strict=True)
    assert dialog.rows() == [row for row, is_checked in rows if is_checked]


def test_other_minutes_are_picked_for_anew(dialog: SessionDialog, asked: list[int]) -> None:
    _check(dialog, False, True, True)
    dialog.minutes.setValue(1)
    assert (dialog.rows(), dialog.text()) == ([ONE], "1 article · 1 min")
    dialog.minutes.setValue(2)
    assert (dialog.rows(), dialog.text()) == ([], "Nothing in the queue fits.")
    assert not dialog.start.isEnabled()
    dialog.minutes.setValue(4)
    assert dialog.rows() == [ONE, TWO]
    assert asked == [4, 1, 2, 4]


def test_it_asks_in_words_and_enter_begins(qtbot: QtBot, dialog: SessionDialog) -> None:
    assert dialog.start.isDefault()
    dialog.show()
    assert dialog.windowTitle() == "Reading Session"
    labels = [each.text() for each in dialog.findChildren(QLabel)]
    assert {"I have", "minutes to read"} < {*labels}
    minutes = dialog.minutes
    assert (minutes.minimum(), minutes.maximum(), minutes.singleStep()) == (1, 600, 5)
    assert (minutes.value(), minutes.accessibleName()) == (4, "Minutes")
    assert minutes.lineEdit().selectedText() == "4", "typing another number is enough"
    assert dialog.list.accessibleName() == "Articles of the session"
    assert dialog.start.text() == "Start Reading"
    assert (dialog.width(), dialog.height()) == (520, 420)
    foot = dialog._sum.geometry(), dialog.buttons.geometry()
    assert foot[0].right() < foot[1].left()
    assert minutes.geometry().bottom() < dialog.list.geometry().top()
    assert dialog.list.geometry().bottom() < foot[1].top()
    qtbot.keyClick(minutes, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted
    dialog.show()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert dialog.result() == dialog.DialogCode.Rejected
    assert not dialog.isVisible()


def test_a_long_title_ends_within_the_list(qtbot: QtBot) -> None:
    row = row_saying(title="very long words " * 30, words=238)
    dialog = SessionDialog(9, lambda _: Pick((row,)))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.list.horizontalScrollBar().isVisible()
    assert dialog.list.textElideMode() is Qt.TextElideMode.ElideRight


def test_its_minutes_have_buttons_that_are_seen_in_any_theme(dialog: SessionDialog) -> None:
    dialog.minutes.more.click()
    assert (dialog.length, dialog.minutes.value()) == (9, 9)
    assert not dialog.minutes.more.icon().isNull()
