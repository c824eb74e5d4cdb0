"""Every part of a sheet has one control, which shows it and changes it and nothing else."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QInputDialog,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.gui.printing.sheet_choices import SheetChoices
from reader.gui.widgets.segments import Segments
from reader.printing.sheets import PRESETS
from reader.sheet import Front, Header, Imposition, Links, Notes, Sheet

_USUAL = Sheet()
Open = Callable[..., tuple[SheetChoices, list[Sheet]]]
_COMBOS: Mapping[str, tuple[str, dict[str, object]]] = {
    "Pages a side": ("imposition", {"One": Imposition.SINGLE, "Two": Imposition.TWO_UP,
                                    "Two, to be folded": Imposition.FOLDED}),
    "Typeface": ("font", {"Serif": "serif", "Sans": "sans", "Hyperlegible": "legible",
                          "Mono": "mono"}),
    "Columns": ("columns", {"One": 1, "Two": 2, "Three": 3}),
    "Links": ("links", {"Underlined": Links.UNDERLINED, "As the text": Links.PLAIN,
                        "Numbered, addresses at the end": Links.NUMBERED}),
    "Notes": ("notes", {"At the foot of the page": Notes.FOOT, "At the end": Notes.END,
                        "Left out": Notes.OFF}),
    "Header": ("header", {"Title and site": Header.TITLE, "Section and site": Header.SECTION,
                          "Nothing": Header.NONE}),
    "Book begins": ("front", {"Title page and contents": Front.CONTENTS,
                              "As in a newspaper": Front.NEWSPAPER,
                              "As in a magazine": Front.MAGAZINE, "None": Front.NONE}),
}  # fmt: skip
_NUMBERS = {
    "Margins": ("margin_mm", (0, 80), 1, " mm"),
    "Size": ("size_pt", (5, 40), 0.5, " pt"),
    "Line height": ("leading", (1, 3), 0.05, ""),
}
_CHECKS = {
    "Justified": "justified", "Hyphenated": "hyphenated", "Set finely": "finely",
    "Source and page number": "footer", "QR code of the address": "code",
    "Pictures": "pictures", "Greyscale": "grey", "For screen readers": "tagged",
    "For archives": "archived",
    "Articles run on": "run_on",
}  # fmt: skip


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    def make(sheet: Sheet = _USUAL, **presets: Sheet) -> tuple[SheetChoices, list[Sheet]]:
        made, told = SheetChoices(sheet, presets), list[Sheet]()
        qtbot.addWidget(made)
        made.resize(340, 500)
        made.changed.connect(told.append)
        made.show()
        return made, told

    return make


def _field(choices: SheetChoices, label: str) -> Any:
    for row in range(choices._form.rowCount()):
        item = choices._form.itemAt(row, choices._form.ItemRole.LabelRole)
        widget = item.widget() if item else None
        if widget is not None and widget.text() == label:  # type: ignore[attr-defined]
            found = choices._form.itemAt(row, choices._form.ItemRole.FieldRole)
            assert found is not None
            return found.widget()
    raise LookupError(label)


def _with(sheet: Sheet, name: str, value: object) -> Sheet:
    return Sheet(**{**sheet._asdict(), name: value})


def _boxes(choices: SheetChoices) -> dict[str, QCheckBox]:
    return {each.text(): each for each in choices.findChildren(QCheckBox)}


def _pick(box: QComboBox, text: str) -> None:
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())


def test_every_part_of_a_sheet_can_be_chosen() -> None:
    known = {name for name, *_ in [*_COMBOS.values(), *_NUMBERS.values()]}
    assert known | {*_CHECKS.values(), "paper", "landscape"} == set(Sheet._fields)


def test_a_choice_of_several_changes_its_part_alone_and_is_shown(opened: Open) -> None:
    choices, told = opened()
    for label, (name, values) in _COMBOS.items():
        box = _field(choices, label)
        assert [box.itemText(n) for n in range(box.count())] == list(values)
        for text, value in [*values.items()][::-1]:
            before = choices.sheet
            _pick(box, text)
            assert choices.sheet == _with(before, name, value)
            again, _ = opened(choices.sheet)
            assert _field(again, label).currentText() == text
    assert told[-1] == choices.sheet == Sheet()


def test_a_number_has_its_range_its_steps_and_its_unit(qtbot: QtBot, opened: Open) -> None:
    choices, told = opened()
    for label, (name, limits, step, unit) in _NUMBERS.items():
        box = _field(choices, label)
        assert (box.minimum(), box.maximum()) == limits
        assert (box.singleStep(), box.suffix()) == (step, unit)
        before = choices.sheet
        box.stepUp()
        wanted = _with(before, name, pytest.approx(getattr(before, name) + step))
        assert choices.sheet == wanted
        assert told[-1] == choices.sheet
        again, _ = opened(choices.sheet)
        assert _field(again, label).value() == pytest.approx(getattr(choices.sheet, name))


def test_a_number_is_taken_once_it_is_typed_to_its_end(qtbot: QtBot, opened: Open) -> None:
    choices, told = opened()
    box = _field(choices, "Size")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "12.5")
    assert told == [], "not with each digit"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == [Sheet(size_pt=12.5)]


def test_a_mark_changes_its_part_alone_and_is_shown(opened: Open) -> None:
    choices, told = opened()
    boxes = _boxes(choices)
    assert set(boxes) == set(_CHECKS)
    for text, name in _CHECKS.items():
        before = choices.sheet
        assert boxes[text].isChecked() is getattr(before, name)
        boxes[text].click()
        assert choices.sheet == _with(before, name, not getattr(before, name))
        assert told[-1] == choices.sheet
        assert _boxes(opened(choices.sheet)[0])[text].isChecked() is getattr(choices.sheet, name)
    assert len(told) == len(_CHECKS)


def test_the_paper_is_a_name_or_millimetres(qtbot: QtBot, opened: Open) -> None:
    choices, told = opened(Sheet(paper="A5"))
    box = _field(choices, "Format")
    assert box.currentText() == "A5"
    assert [box.itemText(n) for n in range(box.count())] == ["A4", "A5", "Letter", "Legal"]
    assert "(50 to 1200): 148x210" in box.toolTip()
    _pick(box, "Letter")
    box.lineEdit().setText(" 100 x 200 ")
    box.lineEdit().editingFinished.emit()
    box.lineEdit().setText("10x20")
    box.lineEdit().editingFinished.emit()
    assert box.currentText() == "100 x 200"
    assert [each.paper for each in told] == ["Letter", "100 x 200"]


def test_a_preset_sets_everything_but_the_paper_at_once(opened: Open) -> None:
    own = Sheet(margin_mm=33, paper="Legal")
    choices, told = opened(Sheet(paper="A5"), Mine=own)
    box: QComboBox = _field(choices, "Preset")
    assert box.accessibleName() == "Preset"
    for name, sheet in {**PRESETS, "Mine": own}.items():
        told.clear()
        _pick(box, name)
        assert told == [sheet._replace(paper="A5")]
        assert choices.sheet == told[0]
        assert box.currentText() == name
        assert [box.itemText(n) for n in range(box.count())] == [*PRESETS, "Mine"]
        assert _boxes(choices)["Justified"].isChecked() is sheet.justified
        assert _field(choices, "Margins").value() == sheet.margin_mm
        assert choices.remove_button.isEnabled() is (name == "Mine")
        assert not choices.save_button.isEnabled()
    told.clear()
    box.activated.emit(99)
    assert told == []


def test_what_is_no_preset_is_called_ones_own(opened: Open) -> None:
    choices, _ = opened(Sheet(margin_mm=33))
    box: QComboBox = _field(choices, "Preset")
    assert box.currentText() == "Your own"
    assert [box.itemText(n) for n in range(box.count())] == [*PRESETS, "Your own"]
    assert choices.save_button.isEnabled()
    assert not choices.remove_button.isEnabled()
    _field(choices, "Margins").setValue(20)
    assert box.currentText() == "Article"
    assert box.findText("Your own") == -1


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Mine ", "Mine"), ("n" * 70, "n" * 60), ("  ", ""), ("Article", "")]
)
def test_choices_are_kept_under_a_name_of_ones_own(opened: Open, typed: str, kept: str) -> None:
    own = Sheet(margin_mm=33)
    choices, told = opened(own)
    presets: list[tuple[str, Sheet | None]] = []
    choices.preset_changed.connect(lambda name, sheet: presets.append((name, sheet)))

    def answer(dialog: QInputDialog) -> None:
        assert dialog.labelText() == "Name of the preset:"
        dialog.setTextValue(typed)
        dialog.accept()

    with answering(answer) as titles:
        choices.save_button.click()
    assert titles == ["Save Preset"]
    assert presets == ([(kept, own)] if kept else [])
    box: QComboBox = _field(choices, "Preset")
    assert box.currentText() == (kept or "Your own")
    assert told == []
    if kept:
        choices.remove_button.click()
        assert presets == [(kept, own), (kept, None)]
        assert box.currentText() == "Your own"
        assert not choices.remove_button.isEnabled()


def test_no_name_keeps_nothing(opened: Open) -> None:
    choices, _ = opened(Sheet(margin_mm=33))

    def answer(dialog: QInputDialog) -> None:
        dialog.setTextValue("Mine")
        dialog.reject()

    with answering(answer):
        choices.save_button.click()
    choices.remove_button.click()
    assert _field(choices, "Preset").findText("Mine") == -1


def _turn(part: QWidget) -> None:
    at = QPointF(part.rect().center())
    event = QWheelEvent(
        at, QPointF(part.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(part, event)


def test_the_wheel_scrolls_and_changes_only_what_has_the_keyboard(
    qtbot: QtBot, opened: Open
) -> None:
    choices, told = opened()
    choices.activateWindow()
    choices.setFocus()
    for part in (_field(choices, "Margins"), _field(choices, "Columns")):
        _turn(part)
        assert told == []
        assert not part.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
    margins: QDoubleSpinBox = _field(choices, "Margins")
    margins.setFocus()
    qtbot.waitUntil(margins.hasFocus)
    _turn(margins)
    assert told == [Sheet(margin_mm=19)]


def test_the_wheel_does_not_change_an_option_that_is_added_later(opened: Open) -> None:
    choices, _ = opened()
    what = QComboBox()
    what.addItems(["This article", "The whole list"])
    choices.add("Print", what, 0)
    choices.setFocus()
    _turn(what)
    assert what.currentText() == "This article"


def test_the_choices_fit_into_their_column(qtbot: QtBot, opened: Open) -> None:
    choices, _ = opened()
    inner = choices.widget()
    assert inner is not None
    QApplication.processEvents()
    assert not choices.horizontalScrollBar().isVisible()
    fields = [_field(choices, each) for each in [*_COMBOS, *_NUMBERS, "Format", "Preset"]]
    assert len({(each.x(), each.width()) for each in fields}) == 1, "one below the other"
    parts = [each for each in inner.children() if isinstance(each, QWidget)]
    assert max(each.geometry().right() for each in parts) < choices.viewport().width()
    assert min(each.x() for each in parts) == 16
    assert fields[0].geometry().right() + 1 == inner.width() - 16
    buttons = [choices.save_button, choices.remove_button]
    assert all(isinstance(each, QPushButton) and not each.autoDefault() for each in buttons)
    tops = [each.mapTo(inner, QPoint(0, 0)).y() for each in
            (_field(choices, "Preset"), choices.save_button, _field(choices, "Format"),
             *_boxes(choices).values())]  # fmt: skip
    assert tops == sorted(set(tops))


def test_a_sheet_is_turned_by_one_of_two_segments(opened: Open) -> None:
    choices, told = opened()
    turned = _field(choices, "Turned")
    assert isinstance(turned, Segments)
    assert turned.text == "Upright"
    upright, landscape = turned.findChildren(QToolButton)
    landscape.click()
    assert told == [_USUAL._replace(landscape=True)]
    upright.click()
    assert told[-1] == _USUAL
    again, _ = opened(_USUAL._replace(landscape=True))
    assert _field(again, "Turned").text == "Landscape"
