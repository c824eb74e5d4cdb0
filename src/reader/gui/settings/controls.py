"""The controls of the rows, each made from its data."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from reader.errors import ReaderError
from reader.gui.settings.rows import Deeds, Folder, Line, Number, OneOf, OnOff, Part, Row
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import set_tip
from reader.gui.widgets.segments import Segments
from reader.gui.widgets.stepper import Stepper
from reader.gui.widgets.switch import Switch

_WIDE, _NUMBER = 240, 168  # pixels


class Made(NamedTuple):
    """A control, and the function that makes it show a value."""

    widget: QWidget
    show: Callable[[Any], None]


class Services(NamedTuple):
    """Services for controls: a function that runs a deed by its id, and parts by their names."""

    do: Callable[[str], None]
    parts: Mapping[str, Callable[[], Made]]


def make(row: Row, change: Callable[[Any], None], services: Services) -> Made:
    """Return the control of a row; ``change`` gets its new value."""
    match row.control:
        case OnOff():
            return _switch(row, change)
        case OneOf(choices, side_by_side):
            return (
                _segments(row, [*choices()], change)
                if side_by_side
                else _list([*choices()], change)
            )
        case Number():
            return _number(row.control, change)
        case Line(check):
            return _line(check, change)
        case Folder(action):
            return _folder(partial(services.do, action))
        case Deeds(buttons):
            return _deeds(buttons, services.do)
        case Part(name):
            return services.parts[name]()


def _switch(row: Row, change: Callable[[Any], None]) -> Made:
    switch = Switch(row.label)
    switch.clicked.connect(change)
    return Made(switch, switch.setChecked)


def _segments(row: Row, choices: list[tuple[str, Any]], change: Callable[[Any], None]) -> Made:
    values = [value for _, value in choices]
    segments = Segments([text for text, _ in choices], row.label)
    segments.picked.connect(lambda index: change(values[index]))
    return Made(segments, lambda value: segments.pick(_index(values, value)))


def _list(choices: list[tuple[str, Any]], change: Callable[[Any], None]) -> Made:
    values = [value for _, value in choices]
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setMaximumWidth(_WIDE)
    box.addItems([text for text, _ in choices])
    box.activated.connect(lambda index: change(values[index]))
    return Made(box, lambda value: box.setCurrentIndex(_index(values, value)))


def _number(number: Number, change: Callable[[Any], None]) -> Made:
    least, most = (round(limit * number.factor, 2) for limit in number.limits)
    stepper = Stepper((least, most), number.step, number.unit)
    stepper.setFixedWidth(_NUMBER)
    stepper.setSpecialValueText(number.least)

    def changed(value: float) -> None:
        change(round(value) if number.whole else round(value / number.factor, 4))

    stepper.valueChanged.connect(changed)

    def show(value: float) -> None:
        blocker = QSignalBlocker(stepper)
        stepper.setValue(value * number.factor)
        del blocker
        stepper.show_ends()

    return Made(stepper, show)


def _line(check: Callable[[str], None], change: Callable[[Any], None]) -> Made:
    field = QLineEdit()
    field.setFixedWidth(_WIDE)
    description = ""

    def entered() -> None:
        nonlocal description
        text = field.text().strip()
        description = description or field.accessibleDescription()
        try:
            check(text)
        except ReaderError as error:
            set_tip(field, str(error))
            field.setAccessibleDescription(str(error))
            field.setProperty("wrong", True)
        else:
            set_tip(field, "")
            field.setAccessibleDescription(description)
            field.setProperty("wrong", False)
            change(text)
        field.style().polish(field)

    def show(value: str) -> None:
        if not field.hasFocus():
            field.setText(value)
            field.setCursorPosition(0)

    field.editingFinished.connect(entered)
    return Made(field, show)


def _folder(choose: Callable[[], None]) -> Made:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    path = Elided("", Qt.TextElideMode.ElideMiddle)
    path.setObjectName("settingsDescription")
    path.setMaximumWidth(_WIDE)
    button = QPushButton()
    button.setAutoDefault(False)
    button.clicked.connect(choose)
    row.addWidget(path, 1)
    row.addWidget(button)

    def show(folder: str) -> None:
        path.setText(folder)
        path.setVisible(bool(folder))
        button.setText("Stop Watching" if folder else "Choose a Folder…")

    part.setFocusProxy(button)
    return Made(part, show)


def _deeds(buttons: tuple[tuple[str, str], ...], do: Callable[[str], None]) -> Made:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    for text, deed in buttons:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False, deed=deed: do(deed))
        row.addWidget(button)
        if part.focusProxy() is None:  # of the last one, Tab would pass over the others
            part.setFocusProxy(button)
    return Made(part, lambda _: None)


def _index(values: list[Any], value: object) -> int:
    return values.index(value) if value in values else -1
