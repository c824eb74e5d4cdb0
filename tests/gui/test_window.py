"""The window as a person uses it, by the keyboard alone."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader import paths, settings
from reader.anchor import Anchor
from reader.gui.app import snapshot
from reader.gui.editing.tag_dialog import TagDialog
from reader.gui.list import row
from reader.gui.recovery import check_at_rest
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, State

Make = Callable[..., Window]
Add = Callable[..., Article]


def _state(library: Library, article: Article) -> State:
    return library.article(article.id).state


def test_a_new_window_shows_the_queue_and_opens_nothing_that_nobody_chose(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One"), add("Two")
    window = make_window(choosing=False)
    assert window.shelf is not None
    assert window.shelf.key == "queue"
    for shelf in ("archive", "all"):
        window.shelves.select(shelf)
        window.list.setFocus()
        QApplication.processEvents()
        assert window.viewer.article_id is None
    assert window.controllers.empty_page.title() == "Choose an article"
    assert window.windowTitle() == "Reader"
    window.shelves.select("queue")
    window.next_article()
    assert window.windowTitle() == "One – Reader"


@pytest.mark.parametrize("shelf", ["queue", "archive", "all"])
def test_a_start_shows_the_last_article_again_on_whatever_shelf(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, shelf: str
) -> None:
    add("One")
    two = add("Two")
    window = make_window(article=two.id, shelf=shelf)
    assert window.viewer.article_id == two.id
    window.list.setFocus()
    QApplication.processEvents()
    assert window.viewer.article_id == two.id
    assert window.list.selected_ids() == ([] if shelf == "archive" else [two.id])
    assert library.article(two.id).views == 0


def test_an_article_that_is_gone_is_not_shown_again(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one = add("One")
    assert make_window(choosing=False, article=77).viewer.article_id is None
    library.set_state([one.id], State.TRASH)
    window = make_window(choosing=False, article=one.id)
    assert window.viewer.article_id is None
    assert window.context.messages.text() == ""


def test_an_article_of_another_shelf_has_no_row(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one, two = add("One"), add("Two")
    library.set_state([two.id], State.ARCHIVE)
    window = make_window()
    window.activateWindow()
    assert window.viewer.article_id == one.id
    window.navigation.open_listed(two.id)
    window.list.setFocus()
    qtbot.waitUntil(window.list.hasFocus)
    assert window.viewer.article_id == two.id
    assert window.list.selected_ids() == []
    assert not window.list.currentIndex().isValid()
    window.next_article()
    assert window.viewer.article_id == one.id


def test_choosing_the_open_article_again_changes_nothing(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    one = add("Long", "\n\n".join(f"Paragraph {n}. " + "Words. " * 80 for n in range(80)))
    window = make_window()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.viewer.verticalScrollBar().setValue(1500)
    page = window.viewer.page
    window.navigation.open(one.id)
    assert window.viewer.page is page
    assert window.viewer.verticalScrollBar().value() == 1500


def test_a_view_is_counted_and_leaves_the_article_unread(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.viewer.reading_watch.VIEW_MS", 20)
    one = add("One", "word " * 2000)
    window = make_window(choosing=False)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.next_article()
    qtbot.waitUntil(lambda: "1 view" in window.viewer.head.texts())
    kept = library.article(one.id)
    assert (kept.views, kept.progress, kept.position) == (1, 0, Anchor())
    assert kept.opened_at
    assert row.text_of(library.rows_of([one.id])[0]).unread


def test_an_empty_library_says_what_to_do(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    assert window.viewer.article_id is None
    assert window.controllers.empty_page.isVisible()
    assert window.controllers.empty_page.title() == "Nothing waits to be read"
    for verb in ("read_later", "archive", "favourite"):
        assert not window.qactions[f"article.{verb}"].isEnabled()


def test_keys_archive_with_undo_and_go_on(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    first, second = add("One"), add("Two")
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    qtbot.keyClick(window.viewer, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: _state(library, first) is State.ARCHIVE)
    qtbot.waitUntil(lambda: window.context.messages.text() == "Archived “One”.")
    qtbot.keyClick(window.viewer, Qt.Key.Key_J)
    assert window.viewer.article_id == second.id
    qtbot.keyClick(window.viewer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _state(library, first) is State.QUEUE)


def test_read_later_is_one_button_that_shows_its_state(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    article = add("One")
    window = make_window()
    verb = window.qactions["article.read_later"]
    assert verb.isChecked()
    verb.trigger()
    qtbot.waitUntil(lambda: _state(library, article) is State.ARCHIVE)
    qtbot.waitUntil(lambda: not verb.isChecked())
    verb.trigger()
    qtbot.waitUntil(lambda: _state(library, article) is State.QUEUE)


def test_several_at_once_are_one_step(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    articles = [add(f"Article {n}") for n in range(5)]
    window = make_window()
    window.list.selectAll()
    window.controllers.editing.trash()
    qtbot.waitUntil(lambda: library.counts().trash == 5)
    qtbot.waitUntil(lambda: "5 articles" in window.context.messages.text())
    window.context.history.undo()
    qtbot.waitUntil(lambda: library.counts().queue == 5)
    assert _state(library, articles[0]) is State.QUEUE


def test_many_changes_tell_how_far_they_are_and_can_be_stopped(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    for number in range(5):
        add(f"Article {number}")
    window = make_window()
    window.list.selectAll()
    with library._database.writing():  # nobody can write meanwhile
        window.controllers.editing.archive()
        job = window.context.jobs.running[-1]
        assert (job.title, job.stoppable) == ("Archiving 5 articles", True)
        job.stop()
    qtbot.waitUntil(lambda: window.context.jobs.running == [])
    assert library.counts().queue == 5
    window.controllers.editing.archive()
    qtbot.waitUntil(lambda: library.counts().archive == 5)
    qtbot.waitUntil(lambda: window.context.jobs.running == [])
    window.context.history.undo()
    assert window.context.jobs.running[-1].title == "Undoing"
    qtbot.waitUntil(lambda: library.counts().queue == 5)


def test_closing_hides_the_window_before_it_waits_and_loses_nothing(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one, seen = add("One"), list[bool]()
    window = make_window()

    def slowly() -> None:
        seen.append(True)
        while window.isVisible():
            time.sleep(0.005)
        library.set_state([one.id], State.ARCHIVE)

    window.context.jobs.write(slowly)
    qtbot.waitUntil(lambda: seen == [True])
    window.close()
    window.close()
    assert _state(library, one) is State.ARCHIVE


def test_favourites_tags_and_titles(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    article = add("One")
    library.tags.add([article.id], "old")
    window = make_window()
    window.qactions["article.favourite"].trigger()
    qtbot.waitUntil(lambda: window.context.messages.text() == "Made a favourite: “One”.")
    assert library.article(article.id).favourite
    assert window.qactions["article.favourite"].isChecked()

    def tag(dialog: TagDialog) -> None:
        field = dialog.findChild(QLineEdit)
        qtbot.keyClicks(field, "new")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        dialog.accept()

    with answering(QDialog.reject):
        window.qactions["article.edit_tags"].trigger()
    assert library.article(article.id).tags == ("old",)
    with answering(tag):
        window.qactions["article.edit_tags"].trigger()
    qtbot.waitUntil(lambda: library.article(article.id).tags == ("new", "old"))

    def rename(dialog: QInputDialog) -> None:
        assert dialog.textValue() == "One"
        dialog.setTextValue(" Other ")
        dialog.accept()

    with answering(rename):
        window.qactions["article.edit_title"].trigger()
    qtbot.waitUntil(lambda: window.windowTitle() == "Other – Reader")
    assert library.article(article.id).title == "Other"
    with answering(QDialog.reject):
        window.qactions["article.edit_title"].trigger()
    with answering(lambda dialog: (dialog.setTextValue("  "), dialog.accept())):
        window.qactions["article.edit_title"].trigger()
    assert window.context.jobs.running == []
    assert library.article(article.id).title == "Other"


def test_redo_does_again_what_undo_took_back(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one = add("One")
    window = make_window()
    redo, undo = window.qactions["history.redo"], window.qactions["history.undo"]
    qtbot.waitUntil(lambda: not redo.isEnabled())
    window.qactions["article.trash"].trigger()
    qtbot.waitUntil(lambda: window.context.messages.text() == "Moved to the trash: “One”.")
    undo.trigger()
    qtbot.waitUntil(lambda: window.context.messages.text() == "Undone: Moved to the trash: “One”.")
    assert _state(library, one) is State.QUEUE
    assert window.qactions["article.trash"].isEnabled()
    assert redo.text() == "&Redo: Moved to the trash: “One”"
    redo.trigger()
    qtbot.waitUntil(
        lambda: window.context.messages.text() == "Done again: Moved to the trash: “One”."
    )
    assert _state(library, one) is State.TRASH
    assert window.list.model().rowCount() == 0


@pytest.mark.parametrize("several", [False, True])
def test_what_is_archived_is_known_to_be_read(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, several: bool
) -> None:
    ids = [add(title).id for title in ("One", "Two")]
    window = make_window()
    if several:
        window.list.selectAll()
    window.qactions["article.archive"].trigger()
    done = ids if several else ids[:1]
    qtbot.waitUntil(lambda: library.counts().archive == len(done))
    with library._database.writing() as connection:
        read = connection.execute("SELECT id FROM article WHERE read_at <> '' ORDER BY id")
        assert [id for (id,) in read] == done


def test_a_change_that_fails_can_be_tried_again(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one = add("One")
    window = make_window()
    other = apsw.Connection(str(library.folder / "library.db"))
    other.execute("CREATE TRIGGER full BEFORE UPDATE ON article BEGIN SELECT raise(FAIL, 'x'); END")
    window.qactions["article.favourite"].trigger()
    qtbot.waitUntil(lambda: window.context.messages._act.text() == "Try Again")
    other.execute("DROP TRIGGER full")
    other.close()
    window.context.messages._act.click()
    qtbot.waitUntil(lambda: library.article(one.id).favourite)


def test_dropped_files_come_in(
    qtbot: QtBot, make_window: Make, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "good.md").write_text("# Dropped\n\nText.")
    (tmp_path / "bad.md").write_bytes(bytes(range(256)))
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("good.md", "bad.md")])
    place, action, keys = QPoint(9, 9), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    for what, is_taken in ((QMimeData(), False), (data, True)):
        entering = QDragEnterEvent(place, action, what, Qt.MouseButton.LeftButton, keys)
        entering.ignore()
        window.dragEnterEvent(entering)
        assert entering.isAccepted() is is_taken
    drop = QDropEvent(QPointF(place), action, data, Qt.MouseButton.LeftButton, keys)
    drop.ignore()
    window.dropEvent(drop)
    assert drop.isAccepted()
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved 1 article; 1 failed.")
    assert library.counts().queue == 1
    assert window.article is not None
    assert window.article.title == "Dropped"


def test_a_page_on_the_clipboard_comes_in(
    qtbot: QtBot, make_window: Make, library: Library
) -> None:
    window = make_window()
    data = QMimeData()
    data.setHtml("<h1>Pasted</h1><p>Text</p>")
    QGuiApplication.clipboard().setMimeData(data)
    window.controllers.adding.paste()
    qtbot.waitUntil(lambda: library.counts().queue == 1)
    qtbot.waitUntil(lambda: window.article is not None)
    QGuiApplication.clipboard().clear()


def test_what_another_program_does_is_seen(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one, two = add("One"), add("Two")
    window = make_window(article=one.id)  # no view is counted, so nothing else looks again
    with Library.open(library.folder) as other:
        other.set_state([one.id], State.TRASH)
        other.set_title(two.id, "Another title")
        add_other = other.add(Clipping("https://example.org/3", "Three", html="<p>3</p>")).id
    assert not window.qactions["article.restore"].isEnabled()
    qtbot.waitUntil(lambda: window.qactions["article.restore"].isEnabled(), timeout=10_000)
    shown = [window.list.model().index(row, 0).data() for row in (0, 1)]
    assert shown == ["Another title", "Three"]
    assert window.list.model().rowCount() == 2
    window.list.select(add_other)
    assert window.list.selected_ids() == [add_other]


def test_reading_is_remembered(qtbot: QtBot, make_window: Make, add: Add, library: Library) -> None:
    article = add("Long", "\n\n".join(f"Paragraph {n}. " + "Words. " * 80 for n in range(80)))
    window = make_window()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.viewer.page.size()  # lays out the rest
    QGuiApplication.processEvents()
    bar = window.viewer.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: library.article(article.id).views == 1)
    window.close()
    kept = library.article(article.id)
    assert kept.position != Anchor()
    assert 0.3 < kept.progress < 0.7


def test_the_window_answers_while_another_program_holds_the_library(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    article = add("One")
    window = make_window()
    other = apsw.Connection(str(library.folder / "library.db"))
    other.execute("BEGIN IMMEDIATE")
    window.controllers.editing.archive()
    window.viewer.zoom_in()
    assert _state(library, article) is State.QUEUE
    release = threading.Timer(0.3, lambda: None)
    release.start()
    release.join()
    other.execute("ROLLBACK")
    other.close()
    qtbot.waitUntil(lambda: _state(library, article) is State.ARCHIVE)


def test_zoom_theme_and_shelf_are_kept(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One")
    window = make_window()
    window.viewer.zoom_in()
    window.shelves.select("all")
    window.list_head.changed.emit("title")
    window.list.larger()
    window.qactions["theme.sepia"].trigger()
    assert window.viewer.look.theme.name == "sepia"
    assert window.qactions["page.reset_zoom"].iconText() == "110 %"
    window.close()
    kept = settings.load(paths.config_dir() / "settings.json")
    assert (kept.zoom, kept.shelf, kept.theme) == (1.1, "all", "sepia")
    assert kept.sorts == {"all": "title"}
    assert kept.list_size == pytest.approx(1.1)


def test_a_narrow_window_gives_up_the_shelves(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    assert window.shelves.isVisible()
    window.resize(700, 600)
    qtbot.waitUntil(lambda: not window.shelves.isVisible())
    window.qactions["window.show_panes"].trigger()
    assert not window.middle.isVisible()
    window.qactions["window.show_panes"].trigger()
    assert window.middle.isVisible()


def test_the_dialogs_open(qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDialog, "exec", lambda box: opened.append(type(box).__name__))
    window = make_window()
    window.controllers.help.show_keys()
    window.controllers.help.show_about()
    assert opened == ["HelpSheet", "QMessageBox"]


def test_a_pdf_is_saved_and_trouble_is_said(
    qtbot: QtBot, make_window: Make, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("One")
    window = make_window()
    target = [str(tmp_path / "out.pdf")]
    monkeypatch.setattr(
        "reader.gui.printing.printing.QFileDialog.getSaveFileName", lambda *_: (target[0], "")
    )
    window.controllers.page.printing.save_pdf()
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert window.context.messages.text() == "Saved out.pdf: 1 page."
    target[0] = str(tmp_path / "nowhere" / "out.pdf")
    window.controllers.page.printing.save_pdf()
    assert "There is no folder" in window.context.messages.text()


def test_damage_is_found_in_the_background_once_a_day(
    qtbot: QtBot,
    make_window: Make,
    add: Add,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(check_at_rest, "_STILL_SECONDS", 0.0)
    monkeypatch.setattr(check_at_rest, "_LOOK_MS", 20)
    add("One")
    with library._database.writing() as connection:
        connection.execute("UPDATE content SET html = '<p>rotten</p>'")
    window = make_window()
    window.context.settings.update(checked_at="")
    window.controllers.health.check_daily()
    qtbot.waitUntil(lambda: "“One” was damaged" in window.context.messages.text())
    assert not library.checkup.is_due()


def test_a_snapshot_is_the_window(qtbot: QtBot, add: Add, library: Library, tmp_path: Path) -> None:
    add("One")
    for theme in ("light", "dark"):
        snapshot(library.folder, tmp_path / f"{theme}.png", size=(800, 500), theme=theme)
    from PySide6.QtGui import QImage

    light, dark = (QImage(str(tmp_path / f"{theme}.png")) for theme in ("light", "dark"))
    assert (light.width(), light.height()) == (800, 500)
    assert light.pixelColor(600, 450).lightness() > 240
    assert dark.pixelColor(600, 450).lightness() < 40


def test_a_library_that_may_only_be_read_is_read(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("One")
    can = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and can(path, mode))
    with Library.open(library.folder) as read_only:
        window = Window(read_only, settings.Settings())
        qtbot.addWidget(window)
        window.show()
        window.next_article()
        window.controllers.editing.archive()
        qtbot.waitUntil(lambda: "is read-only" in window.context.messages.text())
        window.close()


def test_space_in_the_list_turns_the_page_and_goes_on(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One", "word " * 3000)
    second = add("Two")
    window = make_window()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.activateWindow()
    window.list.setFocus()
    qtbot.waitUntil(window.list.hasFocus)
    bar = window.viewer.verticalScrollBar()
    qtbot.keyClick(window.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bar.value() > 0)
    bar.setValue(bar.maximum())
    qtbot.keyClick(window.list, Qt.Key.Key_Space)
    assert window.viewer.article_id == second.id
    assert window.list.hasFocus()


def test_changed_keys_are_heard_at_once_and_after_a_restart(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    article = add("One")
    window = make_window()
    window.store.update(keys={"article.archive": ("Alt+A",)}, vim=True)
    assert "Alt+A" in window.qactions["article.archive"].toolTip()
    window.close()
    again = make_window(**settings.load(paths.settings_file())._asdict())
    again.activateWindow()
    qtbot.waitUntil(again.viewer.hasFocus)
    qtbot.keyClick(again.viewer, Qt.Key.Key_E)
    qtbot.keyClick(again.viewer, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: _state(library, article) is State.ARCHIVE)
    assert again.settings.vim


def test_the_keys_of_vim_go_to_the_ends(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One", "word " * 3000)
    window = make_window(vim=True)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    bar = window.viewer.verticalScrollBar()
    qtbot.keyClick(window.viewer, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == bar.maximum() > 0
    for _ in range(2):
        qtbot.keyClick(window.viewer, Qt.Key.Key_G)
    assert bar.value() == 0


def test_the_menu_key_opens_the_menu_at_the_article(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    window = make_window()
    place = window.list.visualRect(window.list.currentIndex()).center()
    reason = QContextMenuEvent.Reason.Keyboard
    shown = window.list.viewport().mapToGlobal(place)
    QApplication.sendEvent(window.list, QContextMenuEvent(reason, place, shown))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.pos() == shown
    menu.close()


def test_a_page_without_an_article_takes_another_theme(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = make_window()
    assert window.viewer.article_id is None

    def ground() -> int:
        return window.viewer.viewport().grab().toImage().pixelColor(3, 3).lightness()

    seen, words = {}, {}
    for name in ("light", "dark"):
        window.store.update(theme=name)
        qtbot.waitUntil(lambda name=name: window.viewer.look.theme.name == name)  # type: ignore[misc]
        image = window.controllers.empty_page.grab().toImage()
        seen[name] = ground()
        words[name] = {
            image.pixelColor(x, y).lightness()
            for y in range(0, image.height(), 2)
            for x in range(0, image.width(), 2)
        }
        assert window.controllers.empty_page.isVisible()
    assert seen["light"] > 200 > 60 > seen["dark"]
    assert min(words["light"]) < 90
    assert max(words["dark"]) > 160
    add("One")
    window.refresh()
    window.next_article()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    assert window.viewer.viewport().grab().toImage().pixelColor(3, 3).lightness() < 60


@pytest.mark.parametrize("shelf", ["queue", "all", "archive", "tag:art"])
def test_deleting_the_open_article_goes_on_and_undo_brings_it_back(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, shelf: str
) -> None:
    ids = [add(f"Article {n}").id for n in range(3)]
    library.tags.add(ids, "art")
    if shelf == "archive":
        library.set_state(ids, State.ARCHIVE)
    window = make_window(shelf=shelf)
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    first, second = (window.list._articles.listing.ids(n, 1)[0] for n in (0, 1))
    assert window.viewer.article_id == first
    qtbot.keyClick(window.viewer, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.viewer.article_id == second)
    assert window.list.selected_ids() == [second]
    qtbot.keyClick(window.viewer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.viewer.article_id == first)
    assert library.article(first).state is not State.TRASH


def test_deleting_several_goes_on_behind_them_and_the_last_leaves_no_page(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    ids = [add(f"Article {n}").id for n in range(4)]
    window = make_window()
    window.list.setFocus()
    model = window.list.selectionModel()
    for number in (0, 1, 2):
        model.select(window.list.model().index(number, 0), model.SelectionFlag.Select)
    window.qactions["article.trash"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id == ids[3])
    assert library.counts().trash == 3
    window.qactions["article.trash"].trigger()
    qtbot.waitUntil(lambda: window.article is None)
    assert library.counts().trash == 4
