"""The page of statistics: the reading over time, and the growth of the queue."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.gui.context import Context
from reader.gui.list.row import plain, title_of
from reader.gui.statistics.charts import Bars, Column, Columns, Legend, Painted, Tiles
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets import theme
from reader.gui.widgets.plain_text import Label, message_box, set_tip
from reader.gui.widgets.segments import Segments
from reader.library.reading.log import Known
from reader.library.reading.statistics import Bar, Statistics, of

_WIDEST = 760
_TWO_COLUMNS = 520
_MARGIN = 28
_MEASURES = {"Minutes": "seconds", "Articles": "articles", "Words": "words"}
_SPANS = {"Days": "days", "Weeks": "weeks", "Months": "months"}
_COUNTED = "Articles you read from now on are counted here."
_OFF = "Statistics are turned off. Nothing is recorded."
_SPAN_NAMES = {"Days": "the last four weeks", "Weeks": "twelve weeks", "Months": "twelve months"}


class StatisticsPage(QScrollArea):
    """Replaces the article page until Esc is pressed; ``article_chosen`` carries an id."""

    article_chosen = Signal(int)

    def __init__(self, context: Context, viewer: Viewer) -> None:
        super().__init__()
        self._library = context.library
        self._jobs = context.jobs
        self._settings = context.settings
        self._viewer = viewer
        self._statistics: Statistics | None = None
        self.tiles = Tiles()
        self.read = Columns(self._format, _COUNTED)
        self.flow = Columns(
            lambda value: f"{value:,.0f}", "No articles were added or finished yet."
        )
        self.sites = Bars(lambda value: phrases.duration(int(value)), "No sites yet.")
        self.tags = Bars(lambda value: phrases.duration(int(value)), "No tags yet.")
        self.measure = Segments(_MEASURES, "Unit of the chart")
        self.span = Segments(_SPANS, "Period of the chart")
        self.growth = _text()
        self.growth.setWordWrap(True)
        self.keep = QCheckBox("Record reading statistics")
        self.clear_button = QPushButton("Clear…")
        self._sections()
        self._lay_out()
        self.span.choose("Weeks")
        for part in (self.measure, self.span):
            part.chosen.connect(lambda _: self._show_columns())
        self.keep.toggled.connect(self._switch)
        self.clear_button.clicked.connect(self.ask_to_clear)
        viewer.left.connect(self.close_page)
        self.hide()

    # ---- setting up

    def _lay_out(self) -> None:
        self.setObjectName("statistics")
        self.setAccessibleName("Statistics")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QWidget()
        column.setObjectName("statisticsColumn")
        column.setMaximumWidth(_WIDEST)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(_MARGIN, 20, _MARGIN, 32)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addWidget(self.tiles)
        layout.addLayout(self._controls)
        layout.addWidget(self.read)
        layout.addWidget(self.flowing)
        layout.addLayout(self._articles)
        layout.addWidget(self.shares)
        layout.addSpacing(16)
        layout.addLayout(_line(self.keep, self.clear_button))
        layout.addWidget(_text("All of this stays on this computer."))
        layout.addStretch(1)
        middle = QWidget()
        middle.setObjectName("statisticsColumn")
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)
        self.setWidget(middle)

    def _sections(self) -> None:
        self._controls = QHBoxLayout()
        self._controls.addWidget(_heading("Reading"), 1)
        self._controls.addWidget(self.measure)
        self._controls.addWidget(self.span)
        self.flowing = QWidget()
        stack = QVBoxLayout(self.flowing)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(_line(_heading("Added and Finished"), Legend("added", "finished")))
        stack.addWidget(self.growth)
        stack.addWidget(self.flow)
        self._articles = QVBoxLayout()
        self._articles.setSpacing(2)
        self.shares = QWidget()
        self._shares = QHBoxLayout(self.shares)
        self._shares.setContentsMargins(0, 0, 0, 0)
        self._shares.setSpacing(36)
        for title, part in (("Sites, 12 Months", self.sites), ("Tags, 12 Months", self.tags)):
            self._shares.addLayout(_stack(_heading(title), part), 1)

    def _head(self) -> QLayout:
        title = Label("Statistics")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setWeight(font.Weight.DemiBold)
        title.setFont(font)
        close = QToolButton()
        close.setText("✕")
        set_tip(close, "Close (Esc)")
        close.setAccessibleName("Close the statistics")
        close.clicked.connect(self.close_page)
        return _line(title, close)

    # ---- opening and closing

    def toggle(self) -> None:
        """Show the statistics, or the article page again."""
        if self.isVisible():
            self.close_page()
        elif self._viewer.isVisible():
            self.refresh()
            self._viewer.hide()
            self.show()
            self.verticalScrollBar().setValue(0)
            self.setFocus()

    def close_page(self) -> None:
        """Show the article page again."""
        if self.isHidden():
            return
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and (focused is self or self.isAncestorOf(focused))
        self.hide()
        self._viewer.show()
        if had_keyboard:
            self._viewer.setFocus()

    def refresh(self) -> None:
        """Read the statistics again."""
        self._statistics = of(self._library.reading_log, date.today())
        self._paint()
        self.keep.blockSignals(True)
        self.keep.setChecked(self._settings.value.statistics)
        self.keep.blockSignals(False)
        self.clear_button.setDisabled(self._library.read_only)
        self.read.empty = _COUNTED if self._settings.value.statistics else _OFF
        self.tiles.set_tiles(_tiles(self._statistics))
        self._show_columns()
        self._show_articles()
        self.flowing.setVisible(any(bar.added or bar.finished for bar in self._statistics.months))
        self.shares.setVisible(bool(self._statistics.sites or self._statistics.tags))
        self.sites.set_bars([(plain(name), seconds) for name, seconds in self._statistics.sites])
        self.tags.set_bars([(plain(name), seconds) for name, seconds in self._statistics.tags])

    def ask_to_clear(self) -> None:
        """Ask whether to delete the statistics, and delete them."""
        text = "Delete the record of when, how long and how far you read?"
        more = "Your articles stay as they are. This cannot be undone."
        box = message_box(self, text, more)
        box.setIcon(box.Icon.Question)
        # It needs a parent: ``setCheckBox`` alone does not keep it alive.
        views = QCheckBox("Also delete how often each article was opened", box)
        box.setCheckBox(views)
        clear = box.addButton("Clear", box.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(box.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        if box.clickedButton() is clear:
            self.clear(views=views.isChecked())

    def clear(self, *, views: bool) -> None:
        """Delete the statistics, and the view counts if ``views``."""
        work = self._library.reading_log.clear
        self._jobs.write(lambda: work(views=views), lambda _: self.refresh())

    def _switch(self, enabled: bool) -> None:
        self._settings.update(statistics=enabled)
        self.refresh()

    # ---- contents

    def _show_columns(self) -> None:
        if self._statistics is None:
            return
        bars: tuple[Bar, ...] = getattr(self._statistics, _SPANS[self.span.text])
        field = _MEASURES[self.measure.text]
        self.read.set_columns([Column(bar.label, bar.name, (getattr(bar, field),)) for bar in bars])
        self.flow.set_columns(
            [Column(bar.label, bar.name, (bar.added, bar.finished)) for bar in bars]
        )
        self.growth.setText(_growth(bars, _SPAN_NAMES[self.span.text]))

    def _format(self, value: float) -> str:
        if self.measure.text != "Minutes":
            return f"{value:,.0f}"
        minutes = max(1, round(value / 60)) if value else 0
        return f"{minutes:,}"

    def _show_articles(self) -> None:
        assert self._statistics is not None
        while (item := self._articles.takeAt(0)) is not None:
            if part := item.widget():
                part.deleteLater()
        oldest = self._statistics.oldest
        if oldest is not None:
            since = phrases.day(oldest.added_at[:10])
            self._list("Waiting for Longest", [(oldest, f"since {since}" if since else "")])
        opened = [(known, phrases.plural(known.views, "time")) for known in self._statistics.opened]
        self._list(f"Opened Most ({self._statistics.views:,} Times in All)", opened)

    def _list(self, title: str, articles: list[tuple[Known, str]]) -> None:
        if not articles:
            return
        self._articles.addWidget(_heading(title))
        for article, note in articles:
            self._articles.addWidget(self._link(article, note))

    def _link(self, article: Known, note: str) -> QWidget:
        link = QPushButton()
        link.setObjectName("articleLink")
        link.setAutoDefault(False)
        title = title_of(article.title)
        link.setAccessibleName(f"{title}, {note}")
        name, text = _Elided(title), _text(note)
        row = QHBoxLayout(link)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(name, 1)
        row.addWidget(text)
        link.setMinimumHeight(row.sizeHint().height())
        link.clicked.connect(lambda: self.article_chosen.emit(article.id))
        return link

    def _paint(self) -> None:
        colours = theme.resolve(self._settings.value.theme)
        for part in self.findChildren(Painted):
            part.theme = colours
            part.update()

    # ---- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Repaint if the theme has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._statistics is not None:
            self._paint()

    def resizeEvent(self, event: object) -> None:
        """Stack the parts vertically if there is little room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        direction = QHBoxLayout.Direction
        narrow = self.width() < _TWO_COLUMNS
        for part in (self._shares, self._controls):
            part.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, scroll with Space, Home and End."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Escape:
            self.close_page()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(0 if event.key() == Qt.Key.Key_Home else bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
        else:
            super().keyPressEvent(event)


class _Elided(Label):
    """A title that is elided if there is little room."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setMinimumWidth(40)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        elide = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._text, elide, self.width()))


def _tiles(statistics: Statistics) -> list[tuple[str, str]]:
    streak = phrases.plural(statistics.streak, "day")
    longest = (
        f"in a row, longest {statistics.longest_streak}"
        if statistics.longest_streak
        else "in a row"
    )
    return [
        (phrases.duration(statistics.weeks[-1].seconds), "read this week"),
        (phrases.duration(statistics.average), "a day, four weeks"),
        (streak, longest),
        (
            phrases.duration(statistics.seconds),
            f"in all, {phrases.plural(statistics.articles, 'article')}",
        ),
    ]


def _growth(bars: tuple[Bar, ...], span: str) -> str:
    added, finished = sum(bar.added for bar in bars), sum(bar.finished for bar in bars)
    text = f"{added:,} added and {finished:,} finished in {span}"
    if not added and not finished:
        return ""
    if added == finished:
        return f"{text}: as many as came."
    more = abs(added - finished)
    return f"{text}: {more:,} {'more' if added > finished else 'fewer'} to read than before."


def _heading(text: str) -> QLabel:
    label = Label(text)
    label.setObjectName("figureHeading")
    label.setIndent(0)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return label


def _text(text: str = "") -> QLabel:
    label = Label(text)
    label.setObjectName("hint")
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label


def _line(first: QWidget, *rest: QWidget) -> QLayout:
    line = QHBoxLayout()
    line.addWidget(first)
    line.addStretch(1)
    for part in rest:
        line.addWidget(part)
    return line


def _stack(*parts: QWidget) -> QLayout:
    stack = QVBoxLayout()
    stack.setSpacing(6)
    for part in parts:
        stack.addWidget(part)
    stack.addStretch(1)
    return stack
