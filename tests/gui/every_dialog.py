"""Every dialog of the window, made as the program makes it, on a screen of any size.

Run as a program, it opens each on the screen that Qt was given, and prints what does not fit.
"""

import importlib
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QThread
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox, QWidget

import reader.gui
from reader.errors import NotALibrary
from reader.gui.window import Window
from reader.library.articles.later_texts import Tally
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.session import Pick
from reader.model import Article, Clipping, Duplicate, FailureKind, Look
from reader.own_export import LookedUp
from reader.settings import Settings
from reader.settings_store import SettingsStore

LONG = "A title that goes on and on, as those of old books do, and does not end " * 8


def classes() -> list[type[QDialog]]:
    """Return every class of a dialog in the window."""
    for each in pkgutil.walk_packages(reader.gui.__path__, "reader.gui."):
        importlib.import_module(each.name)

    def below(kind: type[QDialog]) -> Iterator[type[QDialog]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    found = [each for each in below(QDialog) if each.__module__.startswith("reader.gui")]
    return [each for each in found if each.__name__ != "Dialog"]


def makers(window: Window) -> Mapping[str, Callable[[], QDialog]]:
    """Return functions that make the dialogs, by the names of their classes."""
    from reader.gui.actions.help_sheet import HelpSheet
    from reader.gui.actions.keys_dialog import KeysDialog
    from reader.gui.actions.table import ACTIONS
    from reader.gui.cleanup.rules_dialog import RulesDialog
    from reader.gui.cleanup.versions_dialog import VersionsDialog
    from reader.gui.duplicates.dialog import DuplicatesDialog
    from reader.gui.editing.tag_dialog import TagDialog
    from reader.gui.exporting.choices import choices_of
    from reader.gui.exporting.dialog import ExportDialog
    from reader.gui.history.dialog import HistoryDialog
    from reader.gui.printing.print_window import ArticleChoice, PrintWindow
    from reader.gui.recovery.damage_dialog import DamageDialog
    from reader.gui.recovery.window import RecoveryWindow
    from reader.gui.session.dialog import SessionDialog
    from reader.gui.sidebar.name_dialog import NameDialog
    from reader.gui.sidebar.search_dialog import SearchDialog
    from reader.printing.piece import entry_of

    library, context = window.library, window.context
    found = [library.article(id) for id in library.ids(window.shelf_view.query()[1])]
    one, two = found[0], found[-1]
    look, keys = Look(window.colours), {action.id: action.keys for action in ACTIONS}
    rows = library.rows_of([one.id, two.id])
    choice = ArticleChoice(LONG, one.title, lambda: [entry_of(one), entry_of(two)])
    pair = Duplicate(one.id, two.id, 1.0, True)
    return {
        "BackupsDialog": lambda: _backups(window, one),
        "HelpSheet": lambda: HelpSheet(keys, window.colours, window),
        "ImportWindow": lambda: _import(window),
        "MissingWindow": lambda: _missing(window, one),
        "KeysDialog": lambda: KeysDialog({}, vim=False, parent=window),
        "RulesDialog": lambda: RulesDialog(context, one.url),
        "VocabularyWindow": lambda: _vocabulary(window, one),
        "VersionsDialog": lambda: VersionsDialog(context, one, look),
        "DuplicatesDialog": lambda: DuplicatesDialog(library, [pair], context.images, look, window),
        "ExportDialog": lambda: ExportDialog(
            choices_of(window), SettingsStore(value=Settings(export_kind="epub")), window
        ),
        "HistoryDialog": lambda: HistoryDialog(
            library, context.jobs, context.history, one.id, window
        ),
        "TableWindow": lambda: _table(window),
        "TagDialog": lambda: TagDialog([LONG, "b"], {LONG: 1}, 2, window),
        "PrintWindow": lambda: PrintWindow(
            [choice, choice], library.article, context.images, SettingsStore(), window
        ),
        "DamageDialog": lambda: DamageDialog(context, window.colours, lambda: None, window),
        "RecoveryWindow": lambda: RecoveryWindow(library.folder / "none", NotALibrary(LONG)),
        "SessionDialog": lambda: SessionDialog(20, lambda _: Pick(tuple(rows), ()), window),
        "ThemeEditor": lambda: window.controllers.around.theme_editing.open_editor(),
        "SettingsWindow": lambda: window.controllers.preferences.open_settings(),
        "NameDialog": lambda: NameDialog([(LONG, 3)], "Go to Site", "Find a site", window),
        "SearchDialog": lambda: SearchDialog("Save a Search", LONG, LONG, window),
    }


def _backups(window: Window, changed: Article) -> QDialog:
    """Return the dialog of the backups, with a copy since which an article has changed."""
    from reader.gui.backups.dialog import BackupsDialog

    library = window.library
    library.backups.take(Reason.BULK, {"verb": "archive", "count": 12_000_000})
    library.set_title(changed.id, f"{LONG} again")
    return BackupsDialog(window.context, lambda: window.colours)


def _import(window: Window) -> QDialog:
    """Return the window of imports, on an export with long names and many columns."""
    file = window.library.folder / f"{LONG[:100].strip()}.csv"
    rows = [f"https://example.org/{n},{LONG},{n},{LONG}" for n in range(20)]
    file.write_text("\n".join(["Link,Title,Seen,Nothing", *rows, f"{LONG},,,", ",,,"]))
    window.controllers.importing.begin([file])
    return window.controllers.importing.windows[-1]


def _table(window: Window) -> QDialog:
    """Return the window of a table with long cells."""
    from reader.body.blocks import Cell, Table, Text
    from reader.gui.tables.sheet import sheet_of
    from reader.gui.tables.window import TableWindow

    table = Table(((Cell((Text(LONG),)),) * 20,) * 30, 1)
    sheet = sheet_of(table, lambda *_: None)
    return TableWindow(sheet, LONG, rtl=False, parent=window)


def _vocabulary(window: Window, one: Article) -> QDialog:
    window.library.vocabulary.keep(LookedUp("", LONG[:90], LONG[:400], one.uid, LONG, one.url))
    vocabulary = window.controllers.around.vocabulary.show()
    vocabulary.tree.selectAll()
    return vocabulary


def _missing(window: Window, one: Article) -> QDialog:
    """Return the window of missing texts, with an article of a site with a long name."""
    from reader.gui.failures.missing import Group, Missing, Site
    from reader.gui.failures.missing_window import MissingWindow

    dialog = MissingWindow(window)
    group = Group(FailureKind.GONE, (Site(LONG, (one.id,)),))
    found = Missing(Tally(1, 3100, 12_000_000, 3000), 180_000, False, (group,))
    dialog.show_missing(found, is_offline=True, can_change=True)
    return dialog


def _box(window: Window) -> QMessageBox:
    from reader.gui.widgets.plain_text import message_box

    box = message_box(window, LONG * 20, "\n".join([LONG] * 40))
    box.setStandardButtons(box.StandardButton.Ok | box.StandardButton.Cancel)
    return box


def misfits(dialog: QDialog) -> list[str]:
    """Return what of a dialog lies outside of the screen or of the dialog, as sentences."""
    name = type(dialog).__name__
    free = dialog.screen().availableGeometry()
    wrong = [] if free.contains(dialog.frameGeometry()) else [f"{name} {dialog.frameGeometry()}"]
    for button in dialog.findChildren(QAbstractButton):
        if button.isVisible() and not _scrolls(button, dialog):
            area = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
            if not free.contains(area) or not dialog.rect().contains(
                QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
            ):
                wrong.append(f"{name}: {button.text() or button.accessibleName()} {area}")
    return wrong


def _scrolls(part: QWidget, dialog: QDialog) -> bool:
    from PySide6.QtWidgets import QAbstractScrollArea

    above = part.parentWidget()
    while above is not None and above is not dialog:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def fill(library: Library) -> list[Article]:
    """Add articles that dialogs are about."""
    ids = [
        library.add(Clipping(f"https://example.org/{n}", LONG, html="<p>Words.</p>", words=300)).id
        for n in range(3)
    ]
    return [library.article(id) for id in ids]


def main(size_pt: str) -> None:
    """Open all dialogs one after the other, and print what does not fit."""
    from reader.gui.widgets import theme

    app = QApplication([sys.argv[0], "-style", "fusion"])
    theme.begin(app)
    font = app.font()
    font.setPointSizeF(float(size_pt))
    app.setFont(font)
    with Library.open(Path(tempfile.mkdtemp()) / "library") as library:
        fill(library)
        window = Window(library, SettingsStore(value=Settings(theme="light")))
        window.show()
        app.processEvents()
        wrong = []
        if not window.screen().availableGeometry().contains(window.frameGeometry()):
            wrong.append(f"Window {window.frameGeometry()}")
        made: list[Callable[[], QDialog]] = [*makers(window).values(), lambda: _box(window)]
        for make in made:
            dialog = make()
            dialog.show()
            for turn in range(2000):  # some dialogs grow when a job has found something
                app.processEvents()
                QThread.msleep(5)
                if turn >= 20 and not window.context.jobs.running:
                    break
            wrong += misfits(dialog)
            dialog.close()
        print("\n".join(wrong), end="")
        window.close()


if __name__ == "__main__":
    main(sys.argv[1])
