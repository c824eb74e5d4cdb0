"""The page of an import: its head, the figures, the choices or the report, problems, mergers."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.gui.importing import short_list
from reader.gui.importing.choices_panel import ChoicesPanel
from reader.gui.importing.columns_panel import ColumnsPanel
from reader.gui.importing.figures import Figures
from reader.gui.importing.report_panel import ReportPanel
from reader.gui.importing.rows_page import PROBLEMS
from reader.gui.importing.short_list import ShortList
from reader.gui.importing.sums import Sums
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.theme import icon
from reader.gui.widgets.wheel import WheelScrolls
from reader.model import Theme
from reader.outcomes import Outcome

_SIDE, _TOP, _GAP = 24, 20, 20  # pixels
_NARROW, _NARROW_HEAD = 700, 560
_BADGE, _ICON, _RADIUS = 40, 20, 8
_PROBLEMS, _MERGERS = 4, 2


class FiguresPage(QScrollArea):
    """All of an import at a glance; ``all_wanted`` carries the rows to be shown."""

    all_wanted = Signal(str)
    format_chosen = Signal(str)

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._colours = colours
        self.name, self.sentence = Elided(), Label()
        self.formats = QComboBox()
        self.figures = Figures(colours)
        self.columns, self.choices, self.report = ColumnsPanel(), ChoicesPanel(), ReportPanel()
        self.problems = ShortList("Problems", _PROBLEMS)
        self.mergers = ShortList("What merges", _MERGERS)
        self._lay_out()
        self.formats.activated.connect(
            lambda _: self.format_chosen.emit(self.formats.currentData() or "")
        )
        self.problems.all_wanted.connect(lambda: self.all_wanted.emit(PROBLEMS))
        self.mergers.all_wanted.connect(lambda: self.all_wanted.emit(str(Outcome.UPDATED)))

    # ---- setting up

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("importPage")
        column = QVBoxLayout(inner)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        column.setSpacing(_GAP)
        column.addLayout(self._head())
        column.addWidget(self.figures)
        column.addWidget(self.columns)
        column.addLayout(self._body())
        column.addStretch(1)
        self.setObjectName("dialogMiddle")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the part with the keyboard
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        WheelScrolls([self.formats], self)

    def _head(self) -> QBoxLayout:
        self.name.setObjectName("importName")
        self.sentence.setObjectName("hint")
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.formats.setAccessibleName("Read as")
        self.formats.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.sentence)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(_Badge(self._colours), 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(words, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        self._row.addLayout(first, 1)
        self._row.addWidget(self.formats, 0, Qt.AlignmentFlag.AlignTop)
        return self._row

    def _body(self) -> QBoxLayout:
        left = QVBoxLayout()
        left.addWidget(self.choices)
        left.addWidget(self.report)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.problems)
        right.addWidget(self.mergers)
        right.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(2 * _GAP)
        self._sides.addLayout(left, 1)
        self._sides.addLayout(right, 1)
        return self._sides

    # ---- what is shown

    def show_head(self, name: str, sentence: str) -> None:
        """Show the name of the files and a sentence about them."""
        self.name.setText(name)
        self.sentence.setText(sentence)

    def show_formats(self, fitting: Sequence[str], titles: Mapping[str, str], chosen: str) -> None:
        """Offer the formats by their keys, those that fit first."""
        box = self.formats
        keys = [*fitting, *(key for key in titles if key not in fitting)]
        if [box.itemData(n) for n in range(box.count()) if box.itemData(n)] != keys:
            box.clear()
            for number, key in enumerate(keys):
                if fitting and number == len(fitting):
                    box.insertSeparator(box.count())
                box.addItem(f"Read as: {titles.get(key, key)}", key)
        box.setCurrentIndex(box.findData(chosen))
        box.setVisible(bool(keys))

    def show_sums(
        self, sums: Sums | None, sites: Mapping[int, str], *, is_done: bool = False
    ) -> None:
        """Show the figures and the first problems and mergers; None if they are not known yet."""
        self.figures.show_sums(sums, is_done=is_done)
        problems = sums.problems if sums is not None else ()
        lines = [short_list.problem(row) for row in problems[:_PROBLEMS]]
        self.problems.show_lines(lines, len(problems))
        self.mergers.title.setText("What was merged" if is_done else "What merges")
        merging = sums.rows[Outcome.UPDATED] if sums is not None else ()
        self.mergers.show_lines(
            [
                short_list.merger(row, sites.get(row.article, ""), self._colours)
                for row in merging[:_MERGERS]
            ],
            len(merging),
        )

    def set_choosing(self, can_choose: bool) -> None:
        """Allow or forbid to choose; the choices are forbidden while articles are taken in."""
        for part in (self.choices, self.columns, self.formats):
            part.setEnabled(can_choose)

    def text(self) -> str:
        """Return all sentences of the page."""
        parts = (self.figures, self.columns, self.choices, self.problems, self.mergers, self.report)
        shown = [part.text() for part in parts if not part.isHidden()]
        return "\n".join([self.name.text(), self.sentence.text(), *shown])

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sides below each other if there is no room."""
        super().resizeEvent(event)
        direction, wide = QBoxLayout.Direction, self.width()
        across, down = direction.LeftToRight, direction.TopToBottom
        self._sides.setDirection(down if wide < _NARROW else across)
        self._sides.setSpacing(_GAP if wide < _NARROW else 2 * _GAP)
        self._row.setDirection(down if wide < _NARROW_HEAD else across)


class _Badge(QWidget):
    """The picture of an import."""

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._colours = colours
        self.setFixedSize(_BADGE, _BADGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.selection))
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        place = self.rect()
        place.setSize(place.size() * (_ICON / _BADGE))
        place.moveCenter(self.rect().center())
        icon("download", theme.selection_text).paint(painter, place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
