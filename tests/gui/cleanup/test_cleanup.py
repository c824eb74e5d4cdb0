"""Articles are mended on the page: cleaned up, completed, older texts chosen, all to be undone."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QDialog, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press

from reader.body.to_text import bare_text
from reader.gui.cleanup.page import CleanupEditor
from reader.gui.cleanup.versions_dialog import VersionsDialog
from reader.gui.window import Window
from reader.ingest import reprocess
from reader.ingest.fetch import Fetched
from reader.ingest.web import add_addresses, download
from reader.library.library import Library
from reader.model import Clipping, Edit
from reader.progress import Cancelled

Make = Callable[..., Window]
_TEXT = "".join(f"<p>Line {n}, with commas, and enough words to be text.</p>" for n in range(14))
_PAGE = f"""<html><head><title>The story</title></head><body><p>Read more on our site today.</p>
<article class="story">{_TEXT}<p class="mugs">Our mugs are cheap, and blue, and warm.</p>
<figure><img src="/a.png" alt="A"></figure>{_TEXT.replace("Line", "Verse")}</article></body>"""


def _get(address: str, **_: object) -> Fetched:
    if address.endswith(".png"):
        out = io.BytesIO()
        Image.new("RGB", (300, 200), "red").save(out, "PNG")
        return Fetched(address, out.getvalue(), "image/png", "", True)
    return Fetched(address, _PAGE.encode(), "text/html", "", True)


@pytest.fixture
def saved(library: Library) -> int:
    id = add_addresses(library, ["https://example.org/story"]).rows[0].article
    download(library, [id], get=_get)
    return id


def _cleaning(qtbot: QtBot, window: Window) -> CleanupEditor:
    window.controllers.cleanup.clean_up()
    qtbot.waitUntil(lambda: window.controllers.cleanup.editor is not None)
    open = window.controllers.cleanup.editor
    assert open is not None
    qtbot.waitUntil(lambda: open.page.document_ready)
    open.grab()
    return open


def _index(open: CleanupEditor, text: str) -> int:
    said = [bare_text(piece.block) for piece in open.cleaning.pieces]
    return next(number for number, each in enumerate(said) if text in each)


def _into(opened: list[QUrl]) -> Callable[[QUrl], bool]:
    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    return open_url


def _act(window: Window) -> QToolButton:
    button = window.context.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    return button


def test_a_block_is_taken_out_by_keys_and_it_can_be_undone(
    qtbot: QtBot, make_window: Make, library: Library, saved: int
) -> None:
    window = make_window()
    before = library.article(saved).html
    open = _cleaning(qtbot, window)
    assert window.viewer.isHidden()
    assert open.page.kept[open.page.current]
    for _ in range(_index(open, "mugs") - open.page.current):
        qtbot.keyClick(open.page, Qt.Key.Key_Down)
    qtbot.keyClick(open.page, Qt.Key.Key_Space)
    assert not open.page.kept[_index(open, "mugs")]
    qtbot.keyClick(open.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "mugs" not in library.article(saved).html)
    qtbot.waitUntil(lambda: "Cleaned up “The story”" in window.context.messages.text())
    assert not window.viewer.isHidden()
    assert "mugs" not in window.viewer.page.toPlainText()
    _act(window).click()
    qtbot.waitUntil(lambda: library.article(saved).html == before)


def test_a_click_meets_the_block_under_the_mouse(
    qtbot: QtBot, make_window: Make, saved: int
) -> None:
    open = _cleaning(qtbot, make_window())
    page = open.page
    index = _index(open, "Line 3,")
    middle = page.band(index).center().y() - page.verticalScrollBar().value()
    spot = QPoint(80, round(middle))
    qtbot.mouseMove(page.viewport(), spot)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [n for n, kept in enumerate(page.kept) if not kept and "Line" in
            bare_text(open.cleaning.pieces[n].block)] == [index]  # fmt: skip
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.kept[index]


def test_toggles_are_undone_one_after_the_other(
    qtbot: QtBot, make_window: Make, saved: int
) -> None:
    open = _cleaning(qtbot, make_window())
    first, start = open.page.current, list(open.page.kept)
    open.page.toggle(first)
    open.page.toggle(first + 1, first + 4)
    assert open.page.kept[first : first + 5] == [False] * 5
    qtbot.keyClick(open.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert open.page.kept[first : first + 5] == [False, True, True, True, True]
    open.page.set_all([True] * len(start))
    open.page.undo()
    open.page.undo()
    open.page.undo()
    assert open.page.kept == start


def test_escape_asks_before_it_throws_corrections_away(
    qtbot: QtBot, make_window: Make, library: Library, saved: int
) -> None:
    window = make_window()
    before = library.article(saved)
    open = _cleaning(qtbot, window)
    open.page.toggle(open.page.current)
    with answering(press("Keep Editing")) as asked:
        qtbot.keyClick(open, Qt.Key.Key_Escape)
    assert asked == ["Save your corrections of this article?"]
    assert window.controllers.cleanup.editor is open
    with answering(QMessageBox.reject):
        qtbot.keyClick(open, Qt.Key.Key_Escape)
    assert window.controllers.cleanup.editor is open, "Esc keeps what was done"
    with answering(press("Discard")):
        qtbot.keyClick(open, Qt.Key.Key_Escape)
    assert window.controllers.cleanup.editor is None
    assert library.article(saved) == before
    assert library.history.undo_text() == ""


def test_escape_can_save_what_was_done_and_asks_nothing_if_nothing_was(
    qtbot: QtBot, make_window: Make, library: Library, saved: int
) -> None:
    window = make_window()
    qtbot.keyClick(_cleaning(qtbot, window), Qt.Key.Key_Escape)
    assert window.controllers.cleanup.editor is None
    open = _cleaning(qtbot, window)
    open.page.toggle(_index(open, "mugs"))
    with answering(press("Save")):
        qtbot.keyClick(open, Qt.Key.Key_Escape)
    assert window.controllers.cleanup.editor is None
    qtbot.waitUntil(lambda: "mugs" not in library.article(saved).html)


def test_going_on_to_another_article_keeps_what_was_done(
    qtbot: QtBot, make_window: Make, library: Library, saved: int
) -> None:
    other = library.add(Clipping("paste:2", title="Other", html="<p>Other</p>")).id
    window = make_window()
    window.navigation.open(saved)
    open = _cleaning(qtbot, window)
    open.page.toggle(_index(open, "mugs"))
    window.navigation.open(other)
    assert not window.viewer.isHidden()
    qtbot.waitUntil(lambda: "mugs" not in library.article(saved).html)


def _until(point: int) -> Callable[[int, int, str], None]:
    """Return a report at which Stop was pressed before it was called so often."""
    times = iter(range(point))

    def report(_done: int, _total: int, _text: str) -> None:
        if next(times, None) is None:
            raise Cancelled

    return report


def test_opening_the_page_and_the_check_stop_at_their_next_step(
    library: Library, saved: int
) -> None:
    for point in range(3):
        with pytest.raises(Cancelled):
            reprocess.begin(library, saved, _until(point))
    assert reprocess.begin(library, saved, _until(9)).pieces
    for number in range(300):
        library.add(Clipping(f"paste:{number}", html=f"<p>{number}</p>" * 50))
    assert library.check() == ()
    with pytest.raises(Cancelled):
        library.check(_until(1))


def test_cleaning_up_that_is_stopped_keeps_what_was_chosen(library: Library, saved: int) -> None:
    begun = reprocess.begin(library, saved)
    kept = ["mugs" not in bare_text(piece.block) for piece in begun.pieces]
    reprocess.finish(library, begun, kept, Edit(saved), _until(0), get=_get)
    assert "mugs" not in library.article(saved).html


def test_title_author_and_date_are_corrected(
    qtbot: QtBot, make_window: Make, library: Library, saved: int
) -> None:
    window = make_window()
    open = _cleaning(qtbot, window)
    open.title.setText("  Another   title ")
    open.byline.setText("Somebody")
    open.date.setText("nonsense")
    assert open.edit() == Edit(saved, title="Another title", byline="Somebody")
    open.date.setText("6 May 2024")
    open.done.emit()
    qtbot.waitUntil(lambda: library.article(saved).published_at == "2024-05-06")

    assert library.article(saved).byline == "Somebody"


def test_a_rule_is_made_where_it_is_wanted(
    qtbot: QtBot, make_window: Make, library: Library, saved: int
) -> None:
    window = make_window()
    open = _cleaning(qtbot, window)
    open.page.toggle(_index(open, "mugs"))
    open.for_site.setChecked(True)
    open.done.emit()
    qtbot.waitUntil(lambda: "1 rule for example.org remembered" in window.context.messages.text())
    assert "p.mugs" in (library.folder / "rules.txt").read_text()


def test_a_page_that_was_hard_to_read_offers_the_whole_of_it(
    qtbot: QtBot, make_window: Make, library: Library
) -> None:
    page = b"<html><body><div>Few words.</div><aside>A word aside.</aside></body></html>"
    id = add_addresses(library, ["https://example.org/short"]).rows[0].article
    download(library, [id], get=lambda a, **_: Fetched(a, page, "text/html", "", True))
    window = make_window()
    assert "may be missing" in window.context.messages.text()
    assert _act(window).text() == "Show Whole Page"
    _act(window).click()
    qtbot.waitUntil(lambda: "A word aside." in library.article(id).html)


def test_an_older_text_is_chosen(
    qtbot: QtBot,
    make_window: Make,
    library: Library,
    saved: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = library.article(saved).html
    window = make_window()
    window.controllers.cleanup.show_versions()
    assert window.context.messages.text() == "This article has no older texts."
    library.edit("Changed", [Edit(saved, text=Clipping("", html="<p>New</p>", words=1))])
    window.refresh()

    def choose(dialog: VersionsDialog) -> int:
        assert not dialog.use.isEnabled()
        dialog.list.setCurrentRow(1)
        assert dialog.use.isEnabled()
        qtbot.waitUntil(lambda: "Line 3" in dialog.page.page.toPlainText())
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(VersionsDialog, "exec", choose)
    window.controllers.cleanup.show_versions()
    qtbot.waitUntil(lambda: library.article(saved).html == before)
    qtbot.waitUntil(lambda: "The chosen text is shown." in window.context.messages.text())
    qtbot.waitUntil(lambda: "Line 3" in window.viewer.page.toPlainText())
    _act(window).click()
    qtbot.waitUntil(lambda: window.viewer.page.toPlainText().strip().endswith("New"))


def test_missing_pictures_are_fetched(
    qtbot: QtBot, make_window: Make, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(address: str, **told: object) -> Fetched:
        return _get(address, **told)._replace(whole=not address.endswith("png"))

    id = add_addresses(library, ["https://example.org/story"]).rows[0].article
    download(library, [id], get=gone)
    real = reprocess.fetch_missing
    monkeypatch.setattr(reprocess, "fetch_missing", lambda *a: real(*a, get=_get))
    window = make_window()
    window.controllers.cleanup.fetch_missing()
    qtbot.waitUntil(lambda: window.context.messages.text() == "All pictures are downloaded.")
    assert len(library.article(id).pictures) == 1
    window.controllers.cleanup.fetch_missing()
    qtbot.waitUntil(lambda: "No picture is missing" in window.context.messages.text())


def test_extracting_again_says_what_came_of_it(
    qtbot: QtBot, make_window: Make, library: Library, saved: int
) -> None:
    window = make_window()
    window.controllers.cleanup.extract_again()
    qtbot.waitUntil(lambda: window.context.messages.text() == "The text is the same.")
    longer = Clipping("", html="<p>" + "long " * 900 + "</p>", words=900)
    library.edit("Changed", [Edit(saved, text=longer)])
    window.controllers.cleanup.extract_again()
    qtbot.waitUntil(lambda: "shorter" in window.context.messages.text())
    _act(window).click()
    qtbot.waitUntil(lambda: "Line 3" in library.article(saved).html)


def test_the_original_is_opened(
    qtbot: QtBot,
    make_window: Make,
    library: Library,
    saved: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", _into(opened))
    window = make_window()
    window.controllers.cleanup.open_original()
    assert opened.pop().toString() == "https://example.org/story"
    id = add_addresses(library, ["https://example.org/r.pdf"]).rows[0].article
    pdf = Fetched("https://example.org/r.pdf", b"%PDF-1.4", "application/pdf", "", True)
    download(library, [id], get=lambda *_, **__: pdf)
    window.navigation.open(id)
    window.controllers.cleanup.open_original()
    file = Path(opened.pop().toLocalFile())
    assert (file.suffix, file.read_bytes()) == (".pdf", b"%PDF-1.4")
    window.controllers.cleanup.originals.close()
    assert not file.exists()


def test_an_original_that_nothing_opens_is_told(
    make_window: Make, saved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", lambda _: False)
    window = make_window()
    window.controllers.cleanup.open_original()
    assert "could open https://example.org/story" in window.context.messages.text()
    window.context.messages.hide()
    window.controllers.cleanup.open_rules_file()
    assert "could open" in window.context.messages.text()


def test_the_rules_are_opened_and_a_wrong_line_is_told_of(
    make_window: Make, library: Library, saved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", _into(opened))
    window = make_window()
    window.controllers.cleanup.open_rules_file()
    file = Path(opened.pop().toLocalFile())
    assert file.read_text().startswith("# How Reader cleans up")
    assert window.context.messages.text() == ""
    file.write_text("example.org  remove  p[\n")
    window.controllers.cleanup.open_rules_file()
    assert "Line 1 of the rules" in window.context.messages.text()
    assert opened
