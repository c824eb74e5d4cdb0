"""A page of the recovery window: its head, large counts, and lists to choose from."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from reader.gui.recovery.lines import LineList
from reader.gui.recovery.pages import Count, Mark, Page, Section
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.segments import Segments
from reader.gui.widgets.theme import icon
from reader.model import Theme

_DISC, _ICON = 40, 20
_SIDE = 24  # pixels
_LEAST_COLUMN = 130
_AT_ONCE = 3  # counts in a row, if there is room for no more
_LIST_HEIGHT = 150
_LARGE = 26  # pixels of the numbers
_ICONS = {Mark.BAD: "warning", Mark.WARN: "warning", Mark.GOOD: "check"}


class PageView(QWidget):
    """Shows a page; ``row`` is the chosen line of the list that is a choice."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.page: Page | None = None
        self.head = _Head(theme)
        self.counts = _Counts()
        self.list = LineList()
        self.note = label("hint")
        self._sections: tuple[Section, ...] = ()
        self._shown = -1
        self._rows: dict[str, int] = {}
        self._bar = QHBoxLayout()
        self._segments: Segments | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        body = QFrame()
        body.setObjectName("recoveryBody")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(_SIDE, 20, _SIDE, 16)
        inside.setSpacing(14)
        inside.addWidget(self.counts)
        inside.addLayout(self._bar)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(body, 1)

    def show_page(self, page: Page) -> None:
        """Show a page from its beginning."""
        self.page = page
        self.head.show_words(page.mark, page.heading, page.sentence)
        self.counts.show_counts(page.counts)
        self.note.setText(page.note)
        self.note.setVisible(bool(page.note))
        self._sections = tuple(each for each in page.sections if each.lines)
        self._rows, self._shown = {}, -1
        self._make_segments()
        self.list.setVisible(bool(self._sections))
        if self._sections:
            self._show_section(0)

    def show_section(self, name: str) -> None:
        """Show a list by its name, if the page has it."""
        for number, each in enumerate(self._sections):
            if each.name == name:
                self._show_section(number)
                if self._segments is not None:
                    self._segments.pick(number)

    def row(self, name: str) -> int:
        """Return the chosen line of a list, the first one unless another was chosen."""
        self._keep_row()
        return max(self._rows.get(name, 0), 0)

    def _make_segments(self) -> None:
        """Make a button for each list; a single one needs a heading only."""
        self._segments = None
        while (item := self._bar.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        names = self._names()
        if len(names) == 1:
            self._bar.addWidget(label("recoveryHeading", names[0]))
        elif names:
            self._segments = Segments(names, "Lists")
            self._segments.setMinimumWidth(1)  # it gets shorter texts instead of more room
            self._segments.picked.connect(self._show_section)
            self._bar.addWidget(self._segments)
            self._bar.addStretch(1)
            self._fit_names()

    def _names(self) -> list[str]:
        return [f"{each.name} {len(each.lines):,}" for each in self._sections]

    def _fit_names(self) -> None:
        """Give the buttons of the lists shorter texts if there is no room for the long ones."""
        if self._segments is None:
            return
        self._segments.set_texts(self._names())
        if self._segments.sizeHint().width() > self.width() - 2 * _SIDE:
            self._segments.set_texts([each.short or each.name for each in self._sections])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the names of the lists to the new width."""
        super().resizeEvent(event)
        self._fit_names()

    def _show_section(self, number: int) -> None:
        self._keep_row()
        self._shown = number
        section = self._sections[number]
        row = self._rows.get(section.name, 0 if section.is_choice else -1)
        self.list.show_lines(section.name, section.lines, row)

    def _keep_row(self) -> None:
        if 0 <= self._shown < len(self._sections):
            self._rows[self._sections[self._shown].name] = self.list.row()


class _Head(QFrame):
    """The mark, the heading and a sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("recoveryHead")
        self._disc = _Disc(theme)
        self.heading = label("recoveryHeading")
        self.sentence = label("recoverySentence")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(16)
        layout.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def show_words(self, mark: Mark, heading: str, sentence: str) -> None:
        self._disc.set_mark(mark)
        self.heading.setText(heading)
        self.sentence.setText(sentence)


class _Disc(QWidget):
    """An icon on a disc of its colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._mark = theme, Mark.BAD
        self.setFixedSize(_DISC, _DISC)

    def set_mark(self, mark: Mark) -> None:
        self._mark = mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_DISC, _DISC)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = QColor(getattr(self._theme, self._mark))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colour)
        ground.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(QRectF(self.rect()))
        at = (_DISC - _ICON) // 2
        painter.drawPixmap(at, at, icon(_ICONS[self._mark], colour.name()).pixmap(_ICON))


class _Counts(QWidget):
    """Large numbers side by side, in as many columns as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)

    def show_counts(self, counts: tuple[Count, ...]) -> None:
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._columns = [_count(each) for each in counts], 0
        self.setVisible(bool(counts))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        most = max(_AT_ONCE, self.width() // _LEAST_COLUMN)
        columns = min(len(self._parts), most)
        if columns == self._columns or not columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, int(column < columns))
        self._columns = columns
        for number, part in enumerate(self._parts):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(part, number // columns, number % columns, top)
            part.show()


def _count(count: Count) -> QWidget:
    part = QWidget()
    part.setAccessibleName(f"{count.number:,} {count.label}")
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    number = Label(f"{count.number:,}")
    number.setFont(_large(number.font()))
    layout.addWidget(number)
    layout.addWidget(label("", count.label))
    return part


def _large(font: QFont) -> QFont:
    font.setFamilies(["Literata", *font.families()])
    font.setPixelSize(_LARGE)
    font.setWeight(QFont.Weight.Bold)
    return font


def label(name: str = "", text: str = "") -> Label:
    """Return a label that wraps its lines and whose text can be selected."""
    made = Label(text)
    made.setObjectName(name)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
