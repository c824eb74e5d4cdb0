"""No text from outside is ever rich text, wherever in the window it is shown."""

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QInputDialog,
    QLabel,
    QMenu,
    QProgressDialog,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader import gui, paths, themes
from reader.errors import NotALibrary
from reader.gui.recovery.window import RecoveryWindow
from reader.gui.widgets import plain_text
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Clipping, Edit, State
from reader.sheet import Sheet

Make = Callable[..., Window]

_MARK = "canary.png"
_CANARY = f"<img src='file:///{_MARK}'><b>x</b> &amp; &lt;i&gt; R&D [*]"
_ROLES = Qt.ItemDataRole
_GUI = Path(plain_text.__file__).parents[1]


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "<img src=x>", "a\n<b>", "\n <b>x", "&lt;b&gt;", "<?xml version='1'?>",
     "<!-- x -->", "<p", "1 < 2 > 0", "<B >x", "<a/>", "< b>", "plain", "", _CANARY],
)  # fmt: skip
def test_qt_finds_no_markup_in_a_literal_text(text: str) -> None:
    literal = plain_text.literal(text)
    assert not GuiQt.mightBeRichText(literal)
    assert literal.replace("\u2060", "") == text
    assert not GuiQt.mightBeRichText(plain_text.tip(text))
    assert not GuiQt.mightBeRichText(plain_text.tip(text * 1000))
    assert max(map(len, plain_text.tip("x" * 5000 + text).splitlines())) < 200


def test_the_pixels_of_a_tooltip_are_those_of_its_letters(qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    part.show()
    plain_text.show_tip(QPoint(), "<img src='file:///x.png'><h1>x</h1>", part)
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QLabel)]
    assert [each.text().replace("\u2060", "") for each in shown] == [
        "<img src='file:///x.png'><h1>x</h1>"
    ]


# ---- the source: one door


_DOORS = {
    "QLabel", "QMessageBox", "QToolTip", "QProgressDialog", "setToolTip", "setStatusTip",
    "setWhatsThis", "setInformativeText", "setHtml", "insertHtml", "setMarkdown", "QStaticText",
    "QErrorMessage", "setTextFormat", "QWhatsThis",
}  # fmt: skip


@pytest.mark.parametrize("file", sorted(_GUI.rglob("*.py")), ids=lambda file: file.name)
def test_text_goes_to_widgets_through_one_door(file: Path) -> None:
    """Types may be named; made and called is what guesses in ``plain`` alone."""
    if file.name == "plain_text.py":
        return
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            names = {getattr(x, "id", getattr(x, "attr", "")) for x in ast.walk(node.func)}
            is_data = names == {"", "data", "setHtml"}  # QMimeData shows nothing itself
            assert is_data or not names & _DOORS, f"{file.name}:{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.ClassDef):
            assert not {ast.unparse(base) for base in node.bases} & _DOORS, node.name
        elif isinstance(node, ast.Attribute):
            assert node.attr != "ToolTipRole" or "tip(" in file.read_text("utf-8"), file.name


# ---- the program: everything that is shown


def _parts() -> Iterator[QWidget | QAction]:
    for window in filter(QWidget.isVisible, QApplication.topLevelWidgets()):
        yield window
        yield from window.findChildren(QWidget)
        yield from window.findChildren(QAction)


_TEXTS = ("text", "toolTip", "windowTitle", "title", "currentText", "toPlainText")


def _said(part: QWidget | QAction) -> Iterator[tuple[str, str]]:
    for name in ("toolTip", "statusTip", "whatsThis"):
        yield name, getattr(part, name)()
    if isinstance(part, QLabel):
        yield "text", part.text() if part.textFormat() is not Qt.TextFormat.PlainText else ""
    if isinstance(part, QAbstractItemView) and part.model() is not None:
        for role in (_ROLES.ToolTipRole, _ROLES.StatusTipRole, _ROLES.WhatsThisRole):
            yield from ((role.name, said) for said in _of_model(part.model(), role))


def _of_model(
    model: QAbstractItemModel, role: Qt.ItemDataRole, above: QModelIndex | None = None
) -> Iterator[str]:
    above = above or QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
    for row in range(min(model.rowCount(above), 200)):
        for column in range(columns):
            index = model.index(row, column, above)
            yield str(model.data(index, role) or "")
            yield from _of_model(model, role, index) if model.rowCount(index) else ()


def _faults() -> Iterator[str]:
    for part in _parts():
        for name, said in _said(part):
            if said and GuiQt.mightBeRichText(said):
                yield f"{type(part).__name__}.{name}: {said}"
        if isinstance(part, QAbstractButton | QAction | QMenu):
            said = part.title() if isinstance(part, QMenu) else part.text()
            if "r&d" in said.lower() or "&amp" in said.replace("&&", ""):
                yield f"{type(part).__name__} takes a letter for a key: {said}"
        if isinstance(part, QWidget) and "[*]" in part.windowTitle().replace("[*][*]", ""):
            yield f"{type(part).__name__} takes a title for a mark: {part.windowTitle()}"


def _shown(known: set[str]) -> set[str]:
    """Return the kinds of parts that show the canary, beside those that are known to."""
    found = set(known)
    for part in _parts():
        if type(part).__name__ in found:
            continue
        names = _texts(type(part))  # type: ignore[arg-type]  # of shiboken: it is hashable
        texts = [str(getattr(part, name)()) for name in names]
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            texts += _of_model(part.model(), Qt.ItemDataRole.DisplayRole)
        if any(_MARK in each for each in texts):
            found.add(type(part).__name__)
    return found


@cache
def _texts(kind: type) -> list[str]:
    return [each for each in _TEXTS if callable(getattr(kind, each, None))]


def _own_dialogs() -> Iterator[str]:
    for name in (each.name for each in pkgutil.iter_modules(gui.__path__)):
        for each in vars(importlib.import_module(f"reader.gui.{name}")).values():
            if isinstance(each, type) and issubclass(each, QDialog):
                yield from [each.__name__] if each.__module__ == f"reader.gui.{name}" else []


class _Walk:
    """Looks at everything that is shown, also while a dialog is open."""

    def __init__(self) -> None:
        self.faults: set[str] = set()
        self.shown: set[str] = set()
        self.dialogs: set[str] = set()

    def look(self) -> None:
        QApplication.processEvents()
        self.faults |= set(_faults())
        self.shown |= _shown(self.shown)

    def exec(self, dialog: QDialog) -> int:
        """Stand for ``QDialog.exec``: look, go through its lists and combo boxes, and close it."""
        dialog.show()
        self.dialogs.add(type(dialog).__name__)
        self.look()
        dialog.done(0)
        return 0

    def ask(
        self, parent: QWidget, title: str, label: str, *_: object, **__: object
    ) -> tuple[Any, bool]:
        dialog = QInputDialog(parent)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        self.exec(dialog)
        dialog.deleteLater()
        return None, False


@pytest.fixture
def walk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> _Walk:
    made = _Walk()
    monkeypatch.setattr(QDialog, "exec", lambda dialog: made.exec(dialog))
    for name in ("getText", "getInt", "getItem", "getMultiLineText", "getDouble"):
        monkeypatch.setattr(f"PySide6.QtWidgets.QInputDialog.{name}", made.ask)
    pdf = str(tmp_path / f"{_CANARY.replace('/', '_')}.pdf")
    files = "PySide6.QtWidgets.QFileDialog."
    monkeypatch.setattr(f"{files}getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(f"{files}getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(f"{files}getSaveFileName", lambda *_: (pdf, ""))
    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", lambda _: False)
    return made


def _full(library: Library) -> int:
    """Fill a library with the canary, wherever there is text."""
    page = f"<p>{_escaped(_CANARY)}. " + "Words of a text, with commas. " * 60 + "</p>"
    made = [
        Clipping(
            f"https://r&d.example/{n}/{_CANARY}", _CANARY, _CANARY, _CANARY, _CANARY, _CANARY,
            tags=(_CANARY, f"{_CANARY}/inner {n}"), html=f"{page}<p>{n}</p>", words=300,
            source=f"<article>{page * 3}</article>".encode(), source_type="text/html",
        )
        for n in range(3)
    ]  # fmt: skip
    made += [
        Clipping(f"https://{n}.example/", f"Site {n}", site=f"<b>{n}</b>.example") for n in range(9)
    ]
    ids = [library.add(each).id for each in made]
    library.set_state(ids[:2], State.QUEUE)
    library.edit("Changed", [Edit(ids[0], text=made[1]._replace(url="", html=page * 2))])
    library.saved.add(_CANARY, f"{_CANARY} tag:x")
    return ids[0]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _theme() -> None:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True)
    title = _CANARY.replace("'", "\\'").replace("\\'", "’")
    (folder / "own.toml").write_text(f'title = "{title}"\n')
    assert themes.theme("own").title == title


@pytest.mark.logs
def test_nothing_in_the_window_takes_text_for_markup(
    qtbot: QtBot, make_window: Make, library: Library, walk: _Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _full(library)
    _theme()
    QGuiApplication.clipboard().setText(_CANARY)
    window = make_window(
        article=first, shelf="all", presets={_CANARY: Sheet()}, watched=f"/{_CANARY}", folded=()
    )
    window.controllers.availability.prepare()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    walk.look()
    keys = [each.key for each in window.shelves.all_but_tags()]
    for key in [*keys, *(f"tag:{tag}" for tag, _ in library.counts().tags)]:
        window.shelves.select(key)
        walk.look()
        for way in window.qactions:
            if way.startswith("shelf."):
                _trigger(qtbot, window, way, walk)
    window.shelves.select("all")
    for way, action in window.qactions.items():
        window.navigation.open(first)
        action.setEnabled(True)
        if way != "window.quit":
            _trigger(qtbot, window, way, walk)
    window.search_field.setText("canary")
    walk.look()
    walk.exec(RecoveryWindow(Path(f"/{_CANARY}"), NotALibrary(_CANARY), window))
    assert sorted(walk.faults) == []
    # It was there to be found, in all that shows text from outside.
    assert {"Window", "Shelves", "ArticleList", "Viewer", "QAction", "Label"} <= walk.shown
    assert {"QMessageBox", "QInputDialog", *_own_dialogs()} <= walk.dialogs


def _trigger(qtbot: QtBot, window: Window, way: str, walk: _Walk) -> None:
    window.qactions[way].trigger()
    qtbot.waitUntil(lambda: not window.context.jobs.running, timeout=20_000)
    walk.look()
    for menu in window.findChildren(QMenu):
        menu.close()


def test_progress_shows_titles_as_they_are(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = plain_text.progress_dialog(window, _CANARY, "Stop")
    dialog.setLabelText(_CANARY)
    assert isinstance(dialog, QProgressDialog)
    assert [each for each in _faults() if "canary" in each] == []
