"""The style finds the parts it is written for: every name in it is that of a part."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.gui import every_dialog

from reader.body.from_html import body_of
from reader.document.images import Pictures
from reader.errors import NotALibrary
from reader.gui.actions.help_sheet import HelpSheet
from reader.gui.actions.keys_dialog import KeysDialog
from reader.gui.backups.dialog import BackupsDialog
from reader.gui.cleanup.page import CleanupEditor
from reader.gui.cleanup.rules_dialog import RulesDialog
from reader.gui.cleanup.versions_dialog import VersionsDialog
from reader.gui.duplicates.dialog import DuplicatesDialog
from reader.gui.history.dialog import HistoryDialog
from reader.gui.importing.columns_panel import Column, ColumnsPanel
from reader.gui.importing.short_list import ShortList, problem
from reader.gui.jobs.jobs import Jobs
from reader.gui.printing.print_window import ArticleChoice, PrintWindow
from reader.gui.recovery.opening import Opening
from reader.gui.recovery.window import RecoveryWindow
from reader.gui.search.card import SearchCard
from reader.gui.window import Window
from reader.ingest.reprocess import Cleaning
from reader.library.library import Library
from reader.model import Article, Duplicate, Look
from reader.outcomes import ImportRow, Outcome
from reader.printing.piece import entry_of
from reader.resources import resource
from reader.settings_store import SettingsStore

_SHARED = {
    # Parts that come into sight by what a person does, and have tests of their own.
    "drawer", "palette", "paletteLine", "searchCard", "card", "mono", "session",
    "enlarged", "enlargedCaption", "enlargedPlace", "enlargedTitle", "entries", "noteSign",
    "noteView",
}  # fmt: skip


@pytest.fixture
def windows(
    qtbot: QtBot, library: Library, pictures: Pictures, look: Look,
    add: Callable[..., Article], make_window: Callable[..., Window],
) -> Iterator[list[QWidget]]:  # fmt: skip
    one, two = add("One"), add("Two")
    body = body_of(one.html)
    choice = ArticleChoice("This", "One", lambda: [entry_of(one)])
    window = make_window()
    library.reading_log.count_view(one.id)
    window.controllers.page.find_bar.open_bar()
    window.controllers.around.tabs.open(one.id)
    window.controllers.around.tabs.open(two.id)
    window.controllers.around.beside.open(two.id)
    window.controllers.empty_page.refresh()
    window.controllers.adding.drop_note.appear()
    window.controllers.adding.open_sheet()
    window.controllers.around.contents.open()
    window.controllers.around.look_panel.show_families(on=True)
    window.controllers.statistics.toggle()
    window.controllers.jump.open()
    window.list.selectAll()
    window.search_field.setText("foo:bar")
    window.controllers.failures.show(one._replace(html=""))
    made: list[QWidget] = [
        window,
        CleanupEditor(Cleaning(one, body, body, (), ()), pictures, look, 1.0, "site"),
        DuplicatesDialog(library, [Duplicate(one.id, two.id, 1.0, True)], pictures, look),
        KeysDialog({}, vim=False),
        Opening(Jobs(lambda _: None)),
        PrintWindow([choice], library.article, pictures, SettingsStore()),
        VersionsDialog(window.context, one, look),
        RecoveryWindow(library.folder / "none", NotALibrary("It is damaged.")),
        window.controllers.preferences.open_settings(),
        RulesDialog(window.context, ""),
        BackupsDialog(window.context, lambda: window.colours),
        HelpSheet({}, window.colours),
        HistoryDialog(library, window.context.jobs, window.context.history, one.id),
        SearchCard(window),
        *_exchange(window),
    ]
    yield made
    for each in made[1:]:
        each.close()
        each.deleteLater()


def _exchange(window: Window) -> list[QWidget]:
    """Return the windows of exports, imports and missing texts, with lines in their lists."""
    made = every_dialog.makers(window)
    columns, lists = ColumnsPanel(), ShortList("Problems", 1)
    columns.show_columns([Column("Link")], {})
    lists.show_lines([problem(ImportRow("One", Outcome.FAILED))], 2)
    return [
        *(
            made[name]()
            for name in (
                "ExportDialog",
                "ImportWindow",
                "MissingWindow",
                "TableWindow",
                "VocabularyWindow",
            )
        ),
        columns,
        lists,
    ]


def _parts(windows: list[QWidget]) -> list[QWidget]:
    return [part for window in windows for part in (window, *window.findChildren(QWidget))]


def test_every_name_of_the_style_is_that_of_a_part(windows: list[QWidget]) -> None:
    styled = set(
        re.findall(r"#([a-z]\w*)(?=[\s,:{])", resource("style", "window.qss").read_text("utf-8"))
    )
    assert len(styled) > 30
    there = {part.objectName() for part in _parts(windows)}
    assert styled - there - _SHARED == set()
