"""The page of statistics: how much was read, when, and whether the queue grows."""

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
_COUNTED = "What you read from now on is counted here."
_OFF = "Statistics are switched off: nothing is kept."
_CALLED = {"Days": "the last four weeks", "Weeks": "twelve weeks", "Months": "twelve months"}


class StatisticsPage(QScrollArea):
    """Takes the place of the page until Esc; ``article_chosen`` carries an id."""

    article_chosen = Signal(int)

    def __init__(self, context: Context, viewer: Viewer) -> None:
        super().__init__()
        self._library = context.library
        self._jobs = context.jobs
        self._settings = context.settings
        self._viewer = viewer
        self._found: Statistics | None = None
        self.tiles = Tiles()
        self.read = Columns(self._say, _COUNTED)
        self.flow = Columns(lambda value: f"{value:,.0f}", "Nothing was added or finished yet.")
        self.sites = Bars(lambda value: phrases.duration(int(value)), "No site yet.")
        self.tags = Bars(lambda value: phrases.duration(int(value)), "No tag yet.")
        self.measure = Segments(_MEASURES, "What is counted")
        self.span = Segments(_SPANS, "How time is divided")
        self.growth = _text()
        self.growth.setWordWrap(True)
        self.keep = QCheckBox("Keep statistics of reading")
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

    # ---- putting together

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
        """Show the statistics in the place of the page, or the page again."""
        if self.isVisible():
            self.close_page()
        elif self._viewer.isVisible():
            self.refresh()
            self._viewer.hide()
            self.show()
            self.verticalScrollBar().setValue(0)
            self.setFocus()

    def close_page(self) -> None:
        """Show the page again."""
        if self.isHidden():
            return
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and (focused is self or self.isAncestorOf(focused))
        self.hide()
        self._viewer.show()
        if had_keyboard:
            self._viewer.setFocus()

    def refresh(self) -> None:
        """Ask the diary again."""
        self._found = of(self._library.reading_log, date.today())
        self._paint()
        self.keep.blockSignals(True)
        self.keep.setChecked(self._settings.value.statistics)
        self.keep.blockSignals(False)
        self.clear_button.setDisabled(self._library.read_only)
        self.read.empty = _COUNTED if self._settings.value.statistics else _OFF
        self.tiles.set_tiles(_tiles(self._found))
        self._show_columns()
        self._show_articles()
        self.flowing.setVisible(any(bar.added or bar.finished for bar in self._found.months))
        self.shares.setVisible(bool(self._found.sites or self._found.tags))
        self.sites.set_bars([(plain(name), seconds) for name, seconds in self._found.sites])
        self.tags.set_bars([(plain(name), seconds) for name, seconds in self._found.tags])

    def ask_to_clear(self) -> None:
        """Clear what is kept, if the person says so."""
        text = "Forget when, how long and how far you read?"
        more = "Your articles stay as they are. This cannot be undone."
        box = message_box(self, text, more)
        box.setIcon(box.Icon.Question)
        # With its parent named: what is only set does not live as long as the box.
        views = QCheckBox("Also forget how often each article was opened", box)
        box.setCheckBox(views)
        clear = box.addButton("Clear", box.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(box.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        if box.clickedButton() is clear:
            self.clear(views=views.isChecked())

    def clear(self, *, views: bool) -> None:
        """Clear what is kept."""
        work = self._library.reading_log.clear
        self._jobs.write(lambda: work(views=views), lambda _: self.refresh())

    def _switch(self, kept: bool) -> None:
        self._settings.update(statistics=kept)
        self.refresh()

    # ---- what is shown

    def _show_columns(self) -> None:
        if self._found is None:
            return
        bars: tuple[Bar, ...] = getattr(self._found, _SPANS[self.span.text])
        field = _MEASURES[self.measure.text]
        self.read.set_columns(
            [Column(each.label, each.name, (getattr(each, field),)) for each in bars]
        )
        self.flow.set_columns(
            [Column(each.label, each.name, (each.added, each.finished)) for each in bars]
        )
        self.growth.setText(_growth(bars, _CALLED[self.span.text]))

    def _say(self, value: float) -> str:
        if self.measure.text != "Minutes":
            return f"{value:,.0f}"
        minutes = max(1, round(value / 60)) if value else 0
        return f"{minutes:,}"

    def _show_articles(self) -> None:
        assert self._found is not None
        while (item := self._articles.takeAt(0)) is not None:
            if part := item.widget():
                part.deleteLater()
        oldest = self._found.oldest
        if oldest is not None:
            since = phrases.day(oldest.added_at[:10])
            self._list("Waiting for Longest", [(oldest, f"since {since}" if since else "")])
        opened = [(each, phrases.plural(each.views, "time")) for each in self._found.opened]
        self._list(f"Opened Most ({self._found.views:,} Times in All)", opened)

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
        name, said = _Elided(title), _text(note)
        row = QHBoxLayout(link)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(name, 1)
        row.addWidget(said)
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
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._found is not None:
            self._paint()

    def resizeEvent(self, event: object) -> None:
        """Put things under each other where there is little room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        way = QHBoxLayout.Direction
        narrow = self.width() < _TWO_COLUMNS
        for part in (self._shares, self._controls):
            part.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, turn pages with Space."""
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
    """A title that gives way where there is little room."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setMinimumWidth(40)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        elide = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._text, elide, self.width()))


def _tiles(found: Statistics) -> list[tuple[str, str]]:
    streak = phrases.plural(found.streak, "day")
    longest = f"in a row, longest {found.longest_streak}" if found.longest_streak else "in a row"
    return [
        (phrases.duration(found.weeks[-1].seconds), "read this week"),
        (phrases.duration(found.average), "a day, four weeks"),
        (streak, longest),
        (phrases.duration(found.seconds), f"in all, {phrases.plural(found.articles, 'article')}"),
    ]


def _growth(bars: tuple[Bar, ...], called: str) -> str:
    added, finished = sum(bar.added for bar in bars), sum(bar.finished for bar in bars)
    said = f"{added:,} added and {finished:,} finished in {called}"
    if not added and not finished:
        return ""
    if added == finished:
        return f"{said}: as many as came."
    more = abs(added - finished)
    return f"{said}: {more:,} {'more' if added > finished else 'fewer'} to read than before."


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
