"""An article that did not come: its page in the real window, and the ways to its text."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.ingest.site import Answer, Site

from reader.gui.failures.page import WAYS, FailurePage
from reader.gui.jobs.jobs import Job
from reader.gui.window import Window
from reader.ingest import snapshots
from reader.ingest.fetch import Fetched, fetch
from reader.ingest.web import add_addresses
from reader.library.library import Library
from reader.model import Article, Clipping, FailureKind, State

Make = Callable[..., Window]
Add = Callable[..., Article]
_URL = "https://harbour.example/story"
_PAGE = b"<html><body><article>" + b"<p>A sentence, with commas, of a text.</p>" * 20
_HTML = (("Content-Type", "text/html"),)


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def gone(library: Library) -> int:
    id = library.add(Clipping(_URL, "What the archive remembers", site="Harbour")).id
    for _ in range(3):
        library.downloads.note_failure(id, FailureKind.GONE, 404)
    return id


def _saved(library: Library, url: str) -> int:
    return add_addresses(library, [url], typed=[url]).rows[0].article


def _page(window: Window) -> FailurePage:
    return window.controllers.failures.page


def _shown(page: FailurePage) -> list[str]:
    return [way.id for way in WAYS if not page.buttons[way.id].isHidden()]


def _press(qtbot: QtBot, page: FailurePage, way: str) -> None:
    qtbot.keyClick(page.buttons[way], Qt.Key.Key_Space)


def test_the_page_says_what_happened_and_what_can_be_done(make_window: Make, gone: int) -> None:
    page = _page(make_window())
    assert page.isVisible()
    said = page._card.accessibleName()
    assert said.startswith("The site no longer has this page. ")
    assert "It answered “404 Not Found”, last today at " in said
    assert said.endswith("three times in all. Reader does not try again by itself.")
    assert page._title.text() == "What the archive remembers"
    assert page._address.text().replace("\u200b", "") == _URL
    assert _shown(page) == ["again", "browser", "snapshot", "paste", "remove"]
    assert "archive.org, once" in page._note.text()


def test_an_article_with_a_text_has_no_such_page(
    qtbot: QtBot, make_window: Make, gone: int, add: Add
) -> None:
    window = make_window()
    page = _page(window)
    window.navigation.open_listed(add("Whole").id)
    assert page.isHidden()
    assert window.viewer.viewport().isEnabled()
    window.navigation.open_listed(gone)
    assert page.isVisible()
    window.navigation.open_nothing()
    assert page.isHidden()


def test_without_a_failed_article_nothing_of_it_is_made(window: Window) -> None:
    assert "failures" not in window.controllers.__dict__


def test_return_in_the_list_leads_to_the_first_button_and_tab_to_all(
    qtbot: QtBot, make_window: Make, gone: int
) -> None:
    window = make_window()
    window.activateWindow()
    window.list.setFocus()
    qtbot.waitUntil(window.list.hasFocus)
    qtbot.keyClick(window.list, Qt.Key.Key_Return)
    page = _page(window)
    assert page.buttons["again"].hasFocus()
    seen = list[str]()
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if not isinstance(focused, QPushButton) or not page.isAncestorOf(focused):
            break
        seen.append(focused.accessibleName() or focused.text())
    assert {"Open in Browser", "Look in the Internet Archive", "Paste Its Text", "Remove"} <= {
        *seen
    }
    for part in page.findChildren(QPushButton):
        assert part.accessibleName() or part.text()


def test_the_keys_of_the_window_work_on_it(
    qtbot: QtBot, make_window: Make, gone: int, add: Add
) -> None:
    other = add("Whole").id
    window = make_window(choosing=False)
    window.activateWindow()
    window.navigation.open_listed(gone)
    window.viewer.setFocus()
    page = _page(window)
    qtbot.waitUntil(page.buttons["again"].hasFocus)
    qtbot.keyClick(page.buttons["again"], Qt.Key.Key_J)
    assert window.article is not None
    assert window.article.id == other
    assert window.viewer.hasFocus()
    qtbot.keyClick(window.viewer, Qt.Key.Key_K)
    assert page.buttons["again"].hasFocus()


def test_other_pages_may_lie_over_it(qtbot: QtBot, make_window: Make, gone: int) -> None:
    window = make_window()
    statistics, page = window.controllers.statistics, _page(window)
    statistics.toggle()
    assert statistics.isVisible()
    assert not page.isVisible()
    statistics.close_page()
    assert page.isVisible()


def test_it_is_neither_viewed_nor_read(qtbot: QtBot, make_window: Make, gone: int) -> None:
    window = make_window()
    window.watch._viewing.timeout.emit()
    window.viewer.tell_place()
    qtbot.keyClick(_page(window), Qt.Key.Key_Space)
    window.close()
    article = window.library.article(gone)
    assert (article.views, article.opened_at, article.progress) == (0, "", 0)


def test_try_again_brings_the_text_and_the_page_gives_way(
    qtbot: QtBot, make_window: Make, library: Library, site: Site
) -> None:
    id = _saved(library, f"{site.address}/story")
    window = make_window()
    page = _page(window)
    assert page._heading.text() == "Its text has not been downloaded yet"
    assert page.buttons["again"].text() == "Download Now"
    assert "snapshot" not in _shown(page), "the address of this computer is nobody's business"
    window.viewer.setFocus()
    _press(qtbot, page, "again")
    assert page._heading.text() == "The text is being downloaded"
    qtbot.waitUntil(lambda: page._heading.text() == "The site no longer has this page")
    assert page.buttons["again"].text() == "Try Again"
    site.answers["/story"] = Answer(200, _PAGE, _HTML)
    _press(qtbot, page, "again")
    qtbot.waitUntil(page.isHidden)
    assert window.viewer.article is not None
    assert "A sentence" in window.viewer.article.html
    assert window.viewer.hasFocus() or not window.isActiveWindow()
    assert library.article(id).failure is None


def test_while_it_is_downloaded_it_is_not_started_twice(
    qtbot: QtBot, make_window: Make, library: Library, site: Site
) -> None:
    _saved(library, f"{site.address}/story")
    site.answers["/story"] = None
    window = make_window()
    page = _page(window)
    for _ in range(3):
        _press(qtbot, page, "again")
    assert len(window.context.jobs.running) == 1
    qtbot.waitUntil(lambda: site.asked == ["/story"])
    site.end.set()
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert site.asked == ["/story"]


def test_a_download_of_another_part_is_shown_too(
    qtbot: QtBot, make_window: Make, library: Library, site: Site
) -> None:
    id = _saved(library, f"{site.address}/story")
    site.answers["/story"] = None
    window = make_window()
    page = _page(window)
    window.controllers.adding.download([id], quiet=True)
    assert page._heading.text() == "The text is being downloaded"
    site.end.set()
    qtbot.waitUntil(lambda: _page(window)._heading.text() != "The text is being downloaded")


def test_the_progress_of_other_jobs_does_not_make_the_page_again(
    make_window: Make, gone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    page = _page(window)
    shown: list[bool] = []
    monkeypatch.setattr(page, "show_article", lambda _, *, busy, **__: shown.append(busy))
    window.context.jobs.changed.emit()
    assert shown == []
    window.context.jobs.running.append(Job("Downloading", articles=frozenset({gone})))
    window.context.jobs.changed.emit()
    assert shown == [True]
    window.context.jobs.running.clear()


def test_the_copy_of_the_internet_archive_becomes_the_text(
    qtbot: QtBot, make_window: Make, library: Library, gone: int, site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = make_window()

    def get(address: str, **options: Any) -> Fetched:
        return fetch(address, **{**options, "allow_private_network": True})

    archive = snapshots.Archive(site.address, site.address)
    near = partial(snapshots.add_snapshots, get=get, archive=archive)
    monkeypatch.setattr(snapshots, "add_snapshots", near)
    added = "".join(filter(str.isdecimal, library.article(gone).added_at))[:14]
    lookup = f"/wayback/available?url={quote(_URL, safe='')}&timestamp={added}"
    site.answers[lookup] = Answer(200, b'{"archived_snapshots": {}}')
    page = _page(window)
    _press(qtbot, page, "snapshot")
    qtbot.waitUntil(lambda: "has no copy" in window.context.messages.text())
    assert page.isVisible()
    closest = b'{"available": true, "timestamp": "20210304050607"}'
    found = b'{"archived_snapshots": {"closest": %b}}' % closest
    site.answers[lookup] = Answer(200, found)
    site.answers[f"/web/20210304050607id_/{_URL}"] = Answer(200, _PAGE, _HTML)
    _press(qtbot, page, "snapshot")
    qtbot.waitUntil(page.isHidden)
    qtbot.waitUntil(lambda: "as it was on 2021-03-04" in window.context.messages.text())
    assert library.article(gone).url == _URL


def test_without_encryption_is_offered_only_where_there_is_no_safe_connection(
    qtbot: QtBot, make_window: Make, library: Library, site: Site
) -> None:
    _saved(library, f"{site.address}/story".replace("http:", "https:"))
    site.answers["/story"] = Answer(200, _PAGE, _HTML)
    page = _page(make_window())
    assert "plain" not in _shown(page)
    _press(qtbot, page, "again")
    qtbot.waitUntil(lambda: "plain" in _shown(page))
    _press(qtbot, page, "plain")
    qtbot.waitUntil(page.isHidden)


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_pasted_text_is_that_of_the_article_and_undo_takes_it_back(
    qtbot: QtBot, make_window: Make, library: Library, gone: int, kind: str
) -> None:
    window = make_window()
    page, clipboard = _page(window), QGuiApplication.clipboard()
    clipboard.clear()
    _press(qtbot, page, "paste")
    assert "no text on the clipboard" in window.context.messages.text()
    mime = QMimeData()
    mime.setText("Words of the page.")
    if kind == "html":
        mime.setHtml("<p>Words of the <b>page</b>.</p>")
    clipboard.setMimeData(mime)
    _press(qtbot, page, "paste")
    qtbot.waitUntil(page.isHidden)
    assert library.article(gone).words == 4
    told = "Pasted the text of “What the archive remembers”"
    qtbot.waitUntil(lambda: told in window.context.messages.text())
    window.context.history.undo()
    qtbot.waitUntil(page.isVisible)
    assert page._heading.text() == "The site no longer has this page"


def test_remove_moves_it_to_the_trash(
    qtbot: QtBot, make_window: Make, library: Library, gone: int
) -> None:
    window = make_window()
    _press(qtbot, _page(window), "remove")
    qtbot.waitUntil(lambda: library.article(gone).state is State.TRASH)
    window.context.history.undo()
    qtbot.waitUntil(lambda: library.article(gone).state is State.QUEUE)


def test_the_browser_is_asked_for_the_page(
    qtbot: QtBot, make_window: Make, gone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = list[str]()

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    page = _page(make_window())
    _press(qtbot, page, "browser")
    assert opened == [_URL]


def test_the_address_is_copied_whole(qtbot: QtBot, make_window: Make, library: Library) -> None:
    url = "https://long.example/" + "x" * 1500
    library.downloads.note_failure(library.add(Clipping(url)).id, FailureKind.SLOW)
    page = _page(make_window())
    qtbot.keyClick(page._copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == url
    assert "\u200b" in page._address.text()
