"""The settings window: every setting has a row that works at once, by keyboard, and is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader import paths
from reader.gui.actions.keys_dialog import KeysDialog
from reader.gui.settings import rows
from reader.gui.settings.dialog import SettingsWindow
from reader.gui.settings.rows import PAGES, STATE, Deeds, Number, OneOf, OnOff, fields
from reader.gui.widgets.stepper import Stepper
from reader.gui.widgets.switch import Switch
from reader.gui.window import Window
from reader.settings import Settings, load
from reader.settings_store import SettingsStore
from reader.sheet import Sheet

Make = Callable[..., Window]


@pytest.fixture
def dialog(qtbot: QtBot, window: Window) -> SettingsWindow:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(SettingsWindow)
    assert isinstance(found, SettingsWindow)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def _control(dialog: SettingsWindow, field: str) -> QWidget:
    dialog.choose(next(page.title for page in PAGES if field in fields(page)))
    return dialog.row(field)._made.widget


def test_every_setting_is_on_one_page_or_is_state_of_the_program() -> None:
    shown = [name for page in PAGES for name in fields(page)]
    assert sorted([*shown, *STATE]) == sorted(Settings._fields)


def test_its_pages_are_those_that_one_looks_for(dialog: SettingsWindow) -> None:
    titles = [dialog.places.item(row).text() for row in range(dialog.places.count())]
    assert titles == [
        "General", "Reading", "Words", "Library", "Backups", "Network", "Keys", "Statistics",
        "Advanced",
    ]  # fmt: skip
    assert all(not dialog.places.item(row).icon().isNull() for row in range(len(titles)))


_EVERY = [(row.field, row) for page in PAGES for row in page.rows]


@pytest.mark.parametrize(
    "field", [field for field, row in _EVERY if isinstance(row.control, OnOff)]
)
def test_a_switch_is_turned_by_the_space_bar_and_works_at_once(
    window: Window, dialog: SettingsWindow, field: str
) -> None:
    switch = _control(dialog, field)
    assert isinstance(switch, Switch)
    before = getattr(window.settings, field)
    assert switch.isChecked() is before
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert getattr(window.settings, field) is not before
    window.store.update(**{field: before})
    QApplication.processEvents()
    assert switch.isChecked() is before, "another window changed it"


@pytest.mark.parametrize(
    "field", [field for field, row in _EVERY if isinstance(row.control, Number)]
)
def test_a_number_is_stepped_and_typed_within_its_limits(
    window: Window, dialog: SettingsWindow, field: str
) -> None:
    number = rows.PAGES and dialog.row(field).row.control
    stepper = _control(dialog, field)
    assert isinstance(stepper, Stepper)
    assert isinstance(number, Number)
    before = getattr(window.settings, field)
    assert stepper.value() == pytest.approx(before * number.factor)
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    after = getattr(window.settings, field)
    assert after == pytest.approx(before + number.step / number.factor)
    assert isinstance(after, type(before))
    stepper.setFocus()
    stepper.selectAll()
    QTest.keyClicks(stepper, "99999")
    QTest.keyClick(stepper, Qt.Key.Key_Tab)
    least, most = number.limits
    assert least <= getattr(window.settings, field) <= most
    assert load_again(window).__getattribute__(field) == getattr(window.settings, field)


def load_again(window: Window) -> Settings:
    """Return the settings as another process reads them."""
    window.store.flush()
    return load(paths.settings_file())


@pytest.mark.parametrize(
    "field", [field for field, row in _EVERY if isinstance(row.control, OneOf)]
)
def test_each_of_several_choices_can_be_taken(
    window: Window, dialog: SettingsWindow, field: str
) -> None:
    control, choice = _control(dialog, field), dialog.row(field).row.control
    assert isinstance(choice, OneOf)
    for index, (text, value) in enumerate(choice.choices()):
        if isinstance(control, QComboBox):
            assert control.itemText(index) == text
            control.setCurrentIndex(index)
            control.activated.emit(index)
        else:
            control.findChildren(QToolButton)[index].click()
        assert getattr(window.settings, field) == value


def test_a_theme_of_ones_own_is_among_the_themes(window: Window) -> None:
    own = paths.config_dir() / "themes"
    own.mkdir(parents=True)
    (own / "moss.toml").write_text('title = "Moss"\npage = "#e8f0e0"\n')
    dialog = window.controllers.preferences.open_settings()
    box = _control(dialog, "theme")
    assert isinstance(box, QComboBox)
    texts = [box.itemText(row) for row in range(box.count())]
    assert texts == ["As the system", "Light", "Sepia", "Dark", "Moss"]


def test_a_name_pattern_that_is_wrong_is_explained_and_not_kept(
    window: Window, dialog: SettingsWindow
) -> None:
    field = _control(dialog, "pdf_name")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "{nothing}")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert window.settings.pdf_name == "{title}"
    assert "its fields are" in field.toolTip()
    assert "its fields are" in field.accessibleDescription()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "{date} {title}")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert (window.settings.pdf_name, field.toolTip()) == ("{date} {title}", "")


def test_keys_are_those_of_the_dialog_of_keys_and_work_at_once(
    window: Window, dialog: SettingsWindow
) -> None:
    part = _control(dialog, "keys")
    assert isinstance(part, KeysDialog)
    part.choose("article.archive")
    QTest.keyClick(part.field, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    part.give.click()
    assert window.settings.keys == {"article.archive": ("Alt+A",)}
    assert "O" not in part.keys["list.read"]
    _control(dialog, "vim").click()  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert "O" in part.keys["list.read"]
    assert window.settings.keys == {"article.archive": ("Alt+A",)}
    QTest.keyClick(part.tree, Qt.Key.Key_Escape)
    assert not dialog.isVisible(), "Esc closes the settings, not a part of them"


def test_presets_of_the_print_window_can_be_deleted(make_window: Make) -> None:
    window = make_window(presets={"Mine": Sheet(), "Yours": Sheet(columns=2)})
    dialog = window.controllers.preferences.open_settings()
    part = _control(dialog, "presets")
    box, delete = part.findChildren(QComboBox)[0], part.findChildren(QPushButton)[0]
    box.setCurrentText("Mine")
    delete.click()
    QApplication.processEvents()
    assert [*window.settings.presets] == ["Yours"]
    assert [box.itemText(row) for row in range(box.count())] == ["Yours"]
    delete.click()
    QApplication.processEvents()
    assert not delete.isEnabled()


def test_a_page_is_reset_and_no_other(window: Window, dialog: SettingsWindow) -> None:
    window.store.update(size_pt=20.0, font="sans", minutes=45)
    dialog.choose("Reading")
    dialog.reset.click()
    assert (window.settings.size_pt, window.settings.font) == (13.0, "serif")
    assert window.settings.minutes == 45


def test_a_search_shows_rows_of_all_pages_below_their_headings(dialog: SettingsWindow) -> None:
    QTest.keyClicks(dialog.search, "trash")
    shown = {page.page.title: [row.row.label for row in page.rows if row.isVisible()]
             for page in dialog.pages if page.isVisible()}  # fmt: skip
    assert shown == {"Library": ["Keep the trash", "Trash"]}
    off = [dialog.places.item(row).text() for row in range(dialog.places.count())
           if not dialog.places.item(row).flags() & Qt.ItemFlag.ItemIsEnabled]  # fmt: skip
    assert "General" in off
    assert "Library" not in off
    QTest.keyClicks(dialog.search, " xyz")
    assert not any(page.isVisible() for page in dialog.pages)
    dialog.search.clear()
    assert [page.page.title for page in dialog.pages if page.isVisible()] == ["Library"]
    assert all(row.isVisible() for row in dialog.page.rows)


def test_each_control_has_the_name_and_the_description_of_its_row(dialog: SettingsWindow) -> None:
    for page in dialog.pages:
        for row in page.rows:
            control = row._made.widget
            assert control.accessibleName() == row.row.label
            assert control.accessibleDescription() == row.row.description
    for part in dialog.findChildren(QAbstractButton):
        if part.isVisible():
            assert part.accessibleName() or part.text(), part


def test_all_rows_of_a_page_are_reached_with_the_tab_key(dialog: SettingsWindow) -> None:
    for row, page in enumerate(dialog.pages):
        dialog.places.setCurrentRow(row)
        dialog.search.setFocus()
        reached: set[QWidget] = set()
        for _ in range(60):
            now = QApplication.focusWidget()
            assert now is not None
            reached.add(now)
            QTest.keyClick(now, Qt.Key.Key_Tab)
        for view in page.rows:
            control = view._made.widget
            can = [x for x in (control, *control.findChildren(QWidget))
                   if x.isEnabled() and x.focusPolicy() & Qt.FocusPolicy.TabFocus]  # fmt: skip
            if can and view.row.control != Deeds(()):
                assert any(each is control or control.isAncestorOf(each) for each in reached), (
                    view.row.label
                )


_SIZES = [(420, 320), (480, 640), (640, 480), (840, 640), (1280, 800), (2560, 1440)]


@pytest.mark.parametrize("size", _SIZES)
def test_nothing_of_a_row_lies_outside_of_the_page(
    dialog: SettingsWindow, size: tuple[int, int]
) -> None:
    dialog.setMinimumSize(0, 0)
    dialog.resize(*size)
    for row, page in enumerate(dialog.pages):
        dialog.places.setCurrentRow(row)
        QApplication.processEvents()
        assert (dialog.width(), dialog.height()) == size
        for part in page.findChildren(QWidget):
            if part.isVisibleTo(page) and not isinstance(part.parent(), KeysDialog):
                left = part.mapTo(dialog.area.viewport(), QPoint(0, 0)).x()
                end = left + part.width()
                assert (left >= 0, end <= dialog.area.viewport().width()) == (True, True), part
    close = dialog.close_button
    assert dialog.rect().contains(close.mapTo(dialog, close.rect().bottomRight()))


def test_deeds_are_actions_of_the_window(
    window: Window, dialog: SettingsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"library.check", "statistics.clear", "settings.folder"}
    deeds = {deed for page in PAGES for row in page.rows if isinstance(row.control, Deeds)
             for _, deed in row.control.buttons}  # fmt: skip
    assert deeds - known <= {*window.qactions}
    asked: list[str] = []
    monkeypatch.setattr(window.controllers.health, "check", lambda: asked.append("check"))
    dialog.choose("Library")
    next(x for x in dialog.findChildren(QPushButton) if x.text() == "Check Library").click()
    assert asked == ["check"]


def test_the_folder_of_the_library_and_its_size_are_shown(
    qtbot: QtBot, window: Window, dialog: SettingsWindow
) -> None:
    assert not window.context.jobs.running, "nothing is counted before somebody looks"
    dialog.choose("Library")
    assert [job.title for job in window.context.jobs.running] == ["Counting the files"]
    texts = [each.text() for each in dialog.page.findChildren(QWidget) if hasattr(each, "text")]
    assert str(window.library.folder) in texts
    label = next(row._made.widget for row in dialog.page.rows if row.row.label == "Size")
    qtbot.waitUntil(lambda: "Pictures: " in label.text())  # type: ignore[attr-defined]


def test_waiting_articles_are_left_alone_if_a_person_wants_that(tmp_path: Path) -> None:
    store = SettingsStore.open(tmp_path / "settings.json")
    store.update(download_waiting=False)
    store.flush()
    assert not load(tmp_path / "settings.json").download_waiting


def test_tab_goes_from_the_pages_to_the_first_control(qtbot: QtBot, dialog: SettingsWindow) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.places.setFocus()
    qtbot.keyClick(dialog.places, Qt.Key.Key_Tab)
    assert dialog.area.isAncestorOf(dialog.focusWidget()), "no stop that is not seen"


def test_tab_reaches_every_button_of_the_backups(dialog: SettingsWindow) -> None:
    dialog.choose("Backups")
    dialog.places.setFocus()
    passed = set()
    for _ in range(12):
        if isinstance(button := dialog.focusWidget(), QPushButton):
            passed.add(button.text())
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
    shown = [each for each in dialog.page.findChildren(QPushButton) if each.isVisible()]
    assert {each.text() for each in shown} <= passed
