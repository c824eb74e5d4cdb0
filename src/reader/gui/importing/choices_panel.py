"""The choices for an import: only those that make a difference for this export."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reader.entries import Placing
from reader.gui.importing.labels import wrapped
from reader.gui.importing.sums import hours, placed
from reader.importing.formats.format import Choices, TextsFrom
from reader.model import State

if TYPE_CHECKING:
    from reader.importing.plan import Plan

_CHECKS = ("folders_as_tags", "highlights", "feed_items", "keep_order")
_GAP = 18


class ChoicesPanel(QWidget):
    """Check boxes and radio buttons; ``chosen`` carries the name of a choice and its value.

    A choice that made a difference once stays: it may be the reason that it makes none now.
    """

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self.checks = {name: QCheckBox() for name in _CHECKS}
        self.placings = {each: QRadioButton(placed(each)) for each in Placing}
        self.texts = {each: QRadioButton() for each in TextsFrom}
        self._groups: list[QButtonGroup] = []
        self._title = wrapped("importHeading", "Choices")
        self._unread, self._waiting = (
            wrapped("importHeading", "Unread articles go"),
            wrapped("importHeading"),
        )
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_GAP)
        self._lay_out()
        for name, check in self.checks.items():
            self._connect(check, name, None)
        for placing, radio in self.placings.items():
            self._connect(radio, "placing", placing)
        for text, radio in self.texts.items():
            self._connect(radio, "texts", text)

    def _connect(self, button: QAbstractButton, name: str, value: object) -> None:
        """Let a button choose a value, None for whether it is checked."""

        def choose(*_: object) -> None:
            self.chosen.emit(name, button.isChecked() if value is None else value)

        button.clicked.connect(choose)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        for check in self.checks.values():
            column.addWidget(check)
        for radios in (self.placings, self.texts):
            group = QButtonGroup(self)
            self._groups.append(group)
            for radio in radios.values():
                group.addButton(radio)
        column.addSpacing(2)
        column.addWidget(self._unread)
        for radio in self.placings.values():
            self._row.addWidget(radio)
        self._row.addStretch(1)
        column.addLayout(self._row)
        column.addSpacing(2)
        column.addWidget(self._waiting)
        for radio in self.texts.values():
            column.addWidget(radio)
        column.addStretch(1)
        for button in self._buttons():
            button.hide()
        for label in (self._title, self._unread, self._waiting):
            label.hide()

    def _buttons(self) -> Iterator[QAbstractButton]:
        for part in (self.checks, self.placings, self.texts):
            yield from part.values()

    def forget(self) -> None:
        """Forget which choices made a difference: another format is read."""
        self._counts.clear()

    def show_plan(self, plan: "Plan", fresh: Mapping[State, int]) -> None:
        """Show the choices of a plan that make a difference; ``fresh`` are the states it adds."""
        for name, count in _differences(plan, fresh).items():
            self._counts[name] = max(count, self._counts.get(name, 0))
        self._show_checks(plan.choices)
        has_queue = bool(self._counts["queue"])
        self._unread.setVisible(has_queue)
        for placing, radio in self.placings.items():
            radio.setVisible(has_queue)
            radio.setChecked(placing is plan.choices.placing)
            radio.setAccessibleName(f"{self._unread.text()} {radio.text()}")
        waiting = plan.facts.get("waiting", 0) or self._counts["waiting"]
        self._show_texts(plan.choices, waiting)
        self._title.setVisible(any(not each.isHidden() for each in self._buttons()))

    def _show_checks(self, choices: Choices) -> None:
        counts = self._counts
        texts = {
            "folders_as_tags": f"Folders become tags ({counts['folders_as_tags']:,})",
            "highlights": f"Highlights and notes come along ({counts['highlights']:,})",
            "feed_items": f"Items of feeds come along, too ({counts['feed_items']:,})",
            "keep_order": "Keep the order of the list",
        }
        for name, check in self.checks.items():
            check.setText(texts[name])
            check.setChecked(bool(getattr(choices, name)))
            check.setVisible(bool(counts[name]))

    def _show_texts(self, choices: Choices, waiting: int) -> None:
        self._waiting.setText(f"Texts ({waiting:,} are not in the file)")
        self._waiting.setVisible(bool(waiting))
        words = {
            TextsFrom.AFTERWARDS: f"download slowly afterwards, {hours(waiting)}, may be stopped",
            TextsFrom.WHEN_OPENED: "download when an article is opened",
        }
        for name, radio in self.texts.items():
            radio.setText(words[name])
            radio.setVisible(bool(waiting))
            radio.setChecked(name is choices.texts)
            radio.setAccessibleName(f"Texts: {words[name]}")

    def text(self) -> str:
        """Return the choices that are offered, one a line."""
        return "\n".join(each.text() for each in self._buttons() if not each.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the places below each other if there is no room beside each other."""
        super().resizeEvent(event)
        wide = sum(each.sizeHint().width() + _GAP for each in self.placings.values())
        direction = QBoxLayout.Direction
        fits = wide <= self.width()
        self._row.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
        self._row.setSpacing(_GAP if fits else 8)


def _differences(plan: "Plan", fresh: Mapping[State, int]) -> Mapping[str, int]:
    """Return how many items each choice concerns."""
    facts, queue = plan.facts, fresh.get(State.QUEUE, 0)
    return {
        "folders_as_tags": facts.get("folders", 0),
        "highlights": facts.get("highlights", 0),
        "feed_items": facts.get("from_feed", 0),
        "keep_order": int(queue > 1),
        "queue": queue,
        "waiting": facts.get("waiting", 0),
    }
