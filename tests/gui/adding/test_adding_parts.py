"""What a person points at comes in by the right way, and what became of it is said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.gui.adding.adding import Adding
from reader.gui.adding.entries import addresses_in, path_of
from reader.gui.window import Window
from reader.ingest.rows import failed
from reader.library.library import Library
from reader.model import Article, Clipping, ImportResult, ImportRow, Outcome
from reader.reasons import Reason, Remark

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def window(make_window: Make, monkeypatch: pytest.MonkeyPatch) -> Window:
    """Give a window without a web: what is downloaded is noted in ``fetched``."""
    made = make_window()
    fetched: list[list[int]] = []

    def fetch(library: Library, ids: list[int], *_: object, **__: object) -> ImportResult:
        fetched.append(ids)
        return ImportResult()

    monkeypatch.setattr("reader.gui.adding.adding._download", fetch)
    made.fetched = fetched  # type: ignore[attr-defined]
    return made


def _rest(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.context.jobs.running)


def _typed(text: str) -> Callable[[QFileDialog], None]:
    def answer(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit)
        assert isinstance(name, QLineEdit)
        name.setText(text)
        dialog.accept()

    return answer


def test_files_and_folders_are_chosen(
    qtbot: QtBot, window: Window, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("# First\n\nText")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "b.md").write_text("# Second\n\nText")
    (folder / "c.md").write_text("# Third\n\nText")
    with answering(_typed(str(tmp_path / "a.md"))) as titles:
        window.controllers.adding.add_files()
    assert titles == ["Add Files"]
    qtbot.waitUntil(lambda: library.counts().all == 1)
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved “First”.")
    with answering(_typed(str(folder))) as titles:
        window.controllers.adding.add_folder()
    assert titles == ["Add Folder"]
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved 2 articles.")
    assert library.counts().all == 3
    with answering(QDialog.reject, QDialog.reject):
        window.controllers.adding.add_files()
        window.controllers.adding.add_folder()
    assert not window.context.jobs.running


def _mime(*, urls: tuple[str, ...] = (), html: str = "", text: str = "") -> QMimeData:
    made = QMimeData()
    if urls:
        made.setUrls([QUrl(each) for each in urls])
    if html:
        made.setHtml(html)
    if text:
        made.setText(text)
    return made


_WAYS: list[tuple[QMimeData | None, tuple[str, object]]] = [
    (_mime(urls=("file:///a.md", "https://x.example/"), html="<p>x</p>", text="x"),
         ("paths", [Path("/a.md")])),
        (_mime(text="https://x.example/\n https://y.example/ \n", html="<p>x</p>"),
         ("addresses", ["https://x.example/", "https://y.example/"])),
        (_mime(urls=("https://x.example/", "ftp://x.example/"), html="<p>x</p>"),
         ("addresses", ["https://x.example/"])),
        (_mime(html="<p>x</p>", text="x"), ("_text", ("<p>x</p>", "html"))),
        (_mime(html=" ", text="words"), ("_text", ("words", ""))),
        (_mime(text="see https://x.example/"), ("_text", ("see https://x.example/", ""))),
        (_mime(text=" \n"), ("", None)),
        (None, ("", None)),
]  # fmt: skip


def test_files_go_before_addresses_pages_and_text(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[tuple[str, object]] = []
    for name in ("paths", "addresses"):
        monkeypatch.setattr(Adding, name, lambda _, what, name=name: came.append((name, what)))
    monkeypatch.setattr(Adding, "_text", lambda _, *what: came.append(("_text", what)))
    for mime, way in _WAYS:
        came.clear()
        window.context.messages.hide()
        window.controllers.adding.mime(mime)
        assert came == ([way] if way[0] else [])
        assert window.context.messages.isVisible() is (not way[0])
    assert window.context.messages.text().startswith("There is no text on the clipboard.")


def test_what_can_be_an_article_may_be_dropped(window: Window) -> None:
    for mime in (_mime(urls=("file:///a.md",)), _mime(text="x"), _mime(html="x")):
        assert window.controllers.adding.accepts(mime)
    assert not window.controllers.adding.accepts(QMimeData())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://a.example", ["https://a.example"]),
        ("HTTP://a.example\n\n  https://b.example/x  \n", ["HTTP://a.example", "https://b.example/x"]),
        ("https://a.example words", []),
        ("https://a.example\nwords", []),
        ("ftp://a.example", []),
        ("", []), (" \n ", []),
    ],
)  # fmt: skip
def test_addresses_are_what_a_text_consists_of(text: str, found: list[str]) -> None:
    assert addresses_in(text) == found


@pytest.mark.parametrize(
    ("url", "path"),
    [("file:///a%20b.md", "/a b.md"), ("file:///%FF.md", "/\udcff.md"), ("https://x.example/a", ""),
     ("file://", "")],
)  # fmt: skip
def test_a_file_is_that_of_its_address(url: str, path: str) -> None:
    assert path_of(QUrl(url)) == (Path(path) if path else None)


def _act(window: Window) -> QToolButton | None:
    button = window.context.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    return button if button.isVisible() else None


def test_one_that_failed_is_named_and_of_several_there_are_details(window: Window) -> None:
    good, bad = ImportRow("a.md", Outcome.ADDED, 1), failed("b.md", "No.")
    window.controllers.adding._report(ImportResult((good,)))
    assert window.context.messages.text() == "Saved “a.md”."
    window.controllers.adding._report(ImportResult((bad,)))
    assert (window.context.messages.text(), _act(window)) == ("b.md: No.", None)
    window.controllers.adding._report(ImportResult((ImportRow("c.md", Outcome.FAILED),)))
    assert window.context.messages.text() == "c.md: failed"
    window.controllers.adding._report(
        ImportResult((good._replace(remarks=(Remark(Reason.ERROR, text="It is long."),)),))
    )
    assert window.context.messages.text() == "Saved “a.md” without its text: It is long."
    window.controllers.adding._report(ImportResult((good, bad)), " from x")
    assert window.context.messages.text() == "Saved 1 article from x; 1 failed."
    act = _act(window)
    assert act is not None
    assert act.text() == "Details"
    details: list[str] = []

    def answer(box: QMessageBox) -> None:
        details.append(box.detailedText())
        box.reject()

    with answering(answer) as titles:
        act.click()
    assert titles == ["1 added, 1 failed."]
    assert details == ["a.md: added\nb.md: No."]
    window.context.messages.hide()
    window.controllers.adding._report(ImportResult((bad,)), quiet=True)
    assert not window.context.messages.isVisible()


def test_an_address_that_is_there_with_its_text_is_not_fetched(
    qtbot: QtBot, window: Window, add: Add, library: Library
) -> None:
    there = add("there")
    came: list[ImportResult] = []
    window.controllers.adding.addresses([there.url], came.append)
    qtbot.waitUntil(
        lambda: window.context.messages.text() == f"Already in your library: “{there.title}”."
    )
    assert [row.article for row in came[0].rows] == [there.id]
    assert window.fetched == []  # type: ignore[attr-defined]
    window.controllers.adding.addresses(["https://new.example/", there.url])
    qtbot.waitUntil(lambda: window.fetched != [])  # type: ignore[attr-defined]
    new = next(row.id for row in library.rows_of([1, 2]) if not row.downloaded)
    assert window.fetched == [[new]]  # type: ignore[attr-defined]


def test_what_waits_is_fetched_fifty_at_a_time(
    qtbot: QtBot, window: Window, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[list[int]] = window.fetched  # type: ignore[attr-defined]
    window.controllers.retrying.look(at_start=True)
    assert not window.context.jobs.running
    monkeypatch.setattr(library.downloads, "due", lambda **_: list(range(1, 80)))
    window.controllers.retrying.look(at_start=True)
    _rest(qtbot, window)
    assert fetched == [list(range(1, 51))]
    monkeypatch.setattr(type(library), "read_only", True)
    window.controllers.retrying.look(at_start=True)
    assert not window.context.jobs.running


def test_only_what_came_from_the_web_is_fetched_again(
    qtbot: QtBot, window: Window, library: Library, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[list[int]] = window.fetched  # type: ignore[attr-defined]
    web = add("web")
    pasted = library.add(Clipping("urn:x", "Pasted", html="<p>x</p>")).id
    window.refresh()
    for chosen, wanted in (([web.id], [[web.id]]), ([pasted, web.id], [[pasted, web.id]]),
                           ([pasted], []), ([], [])):  # fmt: skip
        fetched.clear()
        window.context.messages.hide()
        monkeypatch.setattr(window.selection, "ids", lambda chosen=chosen: chosen)
        window.controllers.adding.download_again()
        _rest(qtbot, window)
        assert fetched == wanted
        assert ("did not come from the web" in window.context.messages.text()) is (
            wanted == [] and window.context.messages.isVisible()
        )


def test_a_paste_is_an_article(qtbot: QtBot, window: Window, library: Library) -> None:
    QGuiApplication.clipboard().setText("# A heading\n\nSome *words* here.")
    window.controllers.adding.paste()
    qtbot.waitUntil(lambda: library.counts().all == 1)
    assert "<em>words</em>" in library.article(1).html
    qtbot.waitUntil(lambda: window.article is not None)
    window.controllers.adding.welcome()
    _rest(qtbot, window)
    qtbot.waitUntil(lambda: library.counts().all > 1)
