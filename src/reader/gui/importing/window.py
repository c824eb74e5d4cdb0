"""The window of imports: the start, the dry run, the progress, the report."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from reader.exchange_phrases import format_title
from reader.gui.adding.entries import path_of
from reader.gui.context import Context
from reader.gui.importing import stages, work
from reader.gui.importing import sums as sums_of
from reader.gui.importing.figures_page import FiguresPage
from reader.gui.importing.foot import Foot, Way
from reader.gui.importing.one_import import OneImport, Stage
from reader.gui.importing.rows_page import RowsPage
from reader.gui.importing.start_page import StartPage
from reader.gui.importing.sums import Sums
from reader.gui.importing.work import Done
from reader.gui.list.row_drag import ARTICLES
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.layouts import scrolled
from reader.gui.widgets.plain_text import set_window_title
from reader.library.library import Library
from reader.model import Theme
from reader.phrases import moment, plural

_SIZE, _LEAST = (980, 620), (400, 300)
_UNDO = "One Undo takes all of it back."
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SEEN = 1000  # rows that are looked at for an article


class ImportWindow(Dialog):
    """Shows the start, an import or a report; its signals carry the wishes of the user.

    ``paths_wanted`` carries paths, ``report_wanted`` the key of a report, ``save_wanted``,
    ``show_wanted``, ``undo_wanted``, ``delete_wanted`` and ``texts_wanted`` are about the shown
    import.
    """

    paths_wanted = Signal(object)
    files_wanted = Signal()
    folder_wanted = Signal()
    report_wanted = Signal(str)
    save_wanted = Signal()
    show_wanted = Signal()
    undo_wanted = Signal()
    delete_wanted = Signal()
    texts_wanted = Signal()
    article_chosen = Signal(int)
    start_wanted = Signal()

    def __init__(self, context: Context, colours: Callable[[], Theme]) -> None:
        super().__init__(context.window)
        self.setWindowTitle("Import")
        self.setObjectName("import")
        self.setAcceptDrops(True)
        self._library: Library = context.library
        self._name = ""
        self.import_: OneImport | None = None
        self.report: Done | None = None
        self.start = StartPage()
        self.page = FiguresPage(colours)
        self.rows = RowsPage(colours)
        self.foot = Foot(colours)
        self._lay_out()
        self._connect()
        self.show_start()

    def _lay_out(self) -> None:
        self._start_area = scrolled(self.start)
        self._stack = QStackedWidget()
        for part in (self._start_area, self.page, self.rows):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.foot)
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)

    def _connect(self) -> None:
        self.start.files_wanted.connect(self.files_wanted)
        self.start.folder_wanted.connect(self.folder_wanted)
        self.start.opened.connect(self.report_wanted)
        self.page.all_wanted.connect(self.show_rows)
        self.page.format_chosen.connect(self._use_format)
        self.page.choices.chosen.connect(self._choose)
        self.page.columns.chosen.connect(self._choose_columns)
        self.page.report.delete_wanted.connect(self.delete_wanted)
        self.page.report.texts_wanted.connect(self.texts_wanted)
        self.rows.back_wanted.connect(self.show_figures)
        self.rows.list.opened.connect(self.article_chosen)
        acts: Mapping[Way, Callable[[], object]] = {
            Way.SAVE: self.save_wanted.emit,
            Way.SHOW: self.show_wanted.emit,
            Way.UNDO: self.undo_wanted.emit,
            Way.EARLIER: self.start_wanted.emit,
            Way.STOP: self._stop,
            Way.CLOSE: self.reject,
            Way.MAIN: self._go_on,
        }
        for way, act in acts.items():
            self.foot.buttons[way].clicked.connect(act)

    # ---- pages

    def show_start(self) -> None:
        """Show the start."""
        self._leave()
        self.setWindowTitle("Import")
        self._stack.setCurrentWidget(self._start_area)
        self.foot.progress.hide()
        self.foot.say("")
        self.foot.buttons[Way.CLOSE].setText("Close")
        self.foot.offer("", Way.CLOSE)
        self.start.files.setDefault(True)
        self.start.files.setFocus()

    def show_import(self, import_: OneImport) -> None:
        """Show an import, from its plan to its report."""
        self._leave()
        self.import_ = import_
        import_.changed.connect(self._show)
        import_.progressed.connect(self._show_progress)
        others = f" and {import_.more:,} more" if import_.more else ""
        self._name = f"{import_.name}{others}"
        self.page.choices.forget()
        self._stack.setCurrentWidget(self.page)
        self._show()

    def show_report(self, done: Done) -> None:
        """Show the report of an earlier import."""
        self._leave()
        names = done.report.names or ("?",)
        others = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        self._name = f"{names[0]}{others}"
        self._stack.setCurrentWidget(self.page)
        self._show_done(done, Way.EARLIER)
        self._show_focus()

    def show_figures(self) -> None:
        """Show the figures again."""
        self._stack.setCurrentWidget(self.page)
        self._show_focus()

    def show_rows(self, which: str) -> None:
        """Show all rows with an outcome."""
        self._stack.setCurrentWidget(self.rows)
        self.rows.choose(which)

    def _leave(self) -> None:
        """Stop following the import that is shown."""
        import_, self.import_, self.report = self.import_, None, None
        if import_ is not None:
            import_.changed.disconnect(self._show)
            import_.progressed.disconnect(self._show_progress)
            import_.close()

    # ---- an import

    def _show(self) -> None:
        """Show the stage of the import."""
        import_ = self.import_
        assert import_ is not None
        here = QApplication.focusWidget()
        is_below = here is not None and self.foot.isAncestorOf(here)  # before that is hidden
        set_window_title(self, f"Import – {self._name}")
        if import_.done is not None:
            self._show_done(import_.done)
        else:
            self._show_plan(import_)
        self._show_progress()
        self._show_focus(is_below=is_below)

    def _show_plan(self, import_: OneImport) -> None:
        found, page = import_.found, self.page
        page.report.hide()
        page.figures.setVisible(import_.stage is not Stage.UNREADABLE)
        page.show_head(self._name, self._sentence(import_))
        fitting = found.formats if found is not None else ()
        if found is not None or import_.stage is Stage.UNREADABLE:
            page.show_formats(fitting, work.titles(), import_.format)
        else:
            page.formats.setVisible(False)
        page.set_choosing(not import_.is_running)
        if found is not None and import_.stage is not Stage.READING:
            page.choices.show_plan(found.plan, found.sums.fresh)
            page.columns.show_columns(found.columns, found.plan.choices.columns)
            page.choices.show()
            self._show_sums(found.sums, found.sites, is_done=False)
        elif found is None:
            page.show_sums(None, {})
            page.choices.setVisible(False)
            page.columns.setVisible(False)
        stages.show(self.foot, import_, read_only=self._library.read_only)

    def _show_sums(self, sums: Sums, sites: Mapping[int, str], *, is_done: bool) -> None:
        self.page.show_sums(sums, sites, is_done=is_done)
        self.rows.show_sums(sums, is_done=is_done)
        said = sums_of.sentence(sums, is_done=is_done)
        self.setAccessibleDescription(said)
        if QAccessible.isActive() and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _sentence(self, import_: OneImport) -> str:
        if import_.stage is Stage.UNREADABLE:
            return import_.trouble
        if import_.found is None:
            return "It is being read. Nothing is changed yet."
        plan = import_.found.plan
        title = format_title(plan.format)
        return f"{title}: {sums_of.head(plan)}. Nothing is changed yet."

    def _show_progress(self) -> None:
        if self.import_ is not None:
            stages.show_progress(self.foot, self.import_)

    def _go_on(self) -> None:
        import_ = self.import_
        if import_ is None or import_.stage is Stage.DONE:
            self.reject()
        elif import_.stage is Stage.READY:
            import_.run()
        elif import_.stage in (Stage.STOPPED, Stage.UNREADABLE):
            import_.look()

    def _stop(self) -> None:
        if self.import_ is not None:
            self.import_.stop()

    def _use_format(self, format: str) -> None:
        if self.import_ is not None and format:
            self.page.choices.forget()
            self.import_.use(format)

    def _choose(self, name: str, value: object) -> None:
        if self.import_ is not None:
            self.import_.choose(**{name: value})

    def _choose_columns(self, columns: Mapping[str, str]) -> None:
        """Plan with other columns, once one of them holds the addresses."""
        if "url" in columns:
            self._choose("columns", columns)
            return
        self.page.show_sums(None, {})
        self.foot.say(sums_of.NO_COLUMN)
        self.foot.offer(stages.NOTHING, Way.CLOSE, why_not=sums_of.NO_COLUMN)

    # ---- a report

    def _show_done(self, done: Done, *ways: Way) -> None:
        self.report = done
        report, page, foot = done.report, self.page, self.foot
        title = format_title(report.format)
        when = moment(report.made_at)
        set_window_title(self, f"Imported – {self._name}")
        page.show_head(self._name, f"{title}: {_rows(done)} imported {when}.")
        page.figures.show()
        page.formats.hide()
        page.choices.hide()
        page.columns.hide()
        page.report.show_done(done, self._name)
        self._show_sums(done.sums, done.sites, is_done=True)
        foot.progress.hide()
        foot.say(_UNDO if done.step else "", mark="undo" if done.step else "")
        offers = [Way.SAVE]
        offers += [Way.SHOW] if any(row.article for row in report.result.rows[:_SEEN]) else []
        offers += [Way.UNDO] if done.step else []
        foot.offer("Close", *offers, *ways)

    @property
    def name(self) -> str:
        """The name of the files that are imported, or were."""
        return self._name

    def show_undone(self, text: str) -> None:
        """Show that the import was taken back."""
        self.tell(text)
        self.foot.buttons[Way.UNDO].hide()
        self.foot.buttons[Way.SHOW].hide()
        self._show_focus()

    def show_without_original(self, text: str) -> None:
        """Show that the original is not kept any more."""
        if self.report is not None:
            self.report = self.report._replace(size=0)
            self.page.report.show_done(self.report, self._name)
            self.tell(text)
            self._show_focus()

    def tell(self, text: str, *, is_bad: bool = False) -> None:
        """Show a sentence in the foot, such as the outcome of a button."""
        self.foot.say(text, mark="warning" if is_bad else "", is_bad=is_bad)

    # ---- keyboard, drops, closing

    def _show_focus(self, *, is_below: bool = False) -> None:
        """Give Return to the main button, and the keyboard if it is lost or was in the foot."""
        main = self.foot.main
        target = main if main.isVisibleTo(self) else self.foot.buttons[Way.CLOSE]
        target.setDefault(True)
        here = QApplication.focusWidget()
        is_elsewhere = (
            here is not None
            and self.isAncestorOf(here)
            and not self.foot.isAncestorOf(here)
            and here.isVisible()
            and here.isEnabled()
        )
        if is_below or not is_elsewhere:
            (target if target.isEnabled() else self.foot.buttons[Way.CLOSE]).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the main button."""
        super().showEvent(event)
        if self._stack.currentWidget() is self.page:
            self._show_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Return to the list of earlier imports while it has the keyboard."""
        if event.key() not in _ENTER or not self.start.list.hasFocus():
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files of other programs."""
        if _paths(event) and not (self.import_ is not None and self.import_.is_running):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the contents of the dropped files."""
        if paths := _paths(event):
            event.acceptProposedAction()
            self.paths_wanted.emit(paths)

    def done(self, result: int) -> None:
        """Close the files; an import that is running goes on."""
        if self.import_ is not None:
            self.import_.close()
        super().done(result)


def _rows(done: Done) -> str:
    return plural(len(done.report.result.rows), "item")


def _paths(event: QDropEvent) -> Sequence[Path]:
    """Return the files that are dragged; articles of the library are none, and are not written."""
    if event.mimeData().hasFormat(ARTICLES):
        return []
    found = (path_of(url) for url in event.mimeData().urls())
    return [path for path in found if path is not None]
