"""The window opens whatever the settings file says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRect
from pytestqt.qtbot import QtBot

from reader import paths
from reader.gui.action import unmarked
from reader.gui.actions.keys_dialog import KeysDialog
from reader.gui.printing.print_window import ArticleChoice, PrintWindow
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article
from reader.printing.piece import entry_of
from reader.settings import Settings
from reader.settings_store import SettingsStore
from reader.sheet import Sheet

Add = Callable[..., Article]


def _written(odd: object) -> dict[str, Any]:
    few = odd  # as much as is read at all, with one in each field
    if isinstance(odd, dict):
        few = dict([*odd.items()][:50])
    elif isinstance(odd, str | list):
        few = odd[:1000]
    sheet = dict.fromkeys(Sheet._fields, few)
    return {**dict.fromkeys(Settings._fields, few), "sheet": sheet, "presets": {"x": sheet}}


def test_the_window_starts_with_any_settings(
    odd: object, qtbot: QtBot, library: Library, add: Add
) -> None:
    article = add("One")
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(_written(odd)))
    store = SettingsStore.open(file)
    assert not store.trouble
    window = Window(library, store)
    window.show()
    window.shelves.select("all")
    window.navigation.open(article.id)
    window.list_head.changed.emit("title")
    window.controllers.availability.prepare()
    assert window.controllers.palette
    assert window.isVisible()
    choices = [ArticleChoice("This", article.title, lambda: [entry_of(article)])]
    printing = PrintWindow(choices, library.article, window.context.images, store)
    qtbot.waitUntil(lambda: not printing.busy)
    printing.close()
    keys = KeysDialog(store.value.keys, vim=store.value.vim, parent=window)
    keys.close()
    window.close()
    for each in (printing, keys, window):
        each.deleteLater()


def test_settings_that_are_too_large_are_kept_beside(qtbot: QtBot, library: Library) -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b'{"theme": "dark", "more": "' + b"x" * 38_000_000 + b'"}')
    store = SettingsStore.open(file)
    window = Window(library, store)
    qtbot.addWidget(window)
    assert "are damaged and were kept as settings.json.damaged" in store.trouble
    assert file.with_name("settings.json.damaged").stat().st_size > 38_000_000
    window.close()


@pytest.mark.parametrize("kept", ["", "AAAA", "AdnQywADAAA=", "x" * 3999])
def test_a_window_without_a_usable_shape_is_on_the_screen(
    kept: str, qtbot: QtBot, library: Library
) -> None:
    window = Window(library, Settings(window=kept, panes=(0, 20_000, 0)))
    qtbot.addWidget(window)
    window.show()
    assert window.isVisible()
    parts = (window.panes.widget(n) for n in range(window.panes.count()))
    assert all(part.width() > 100 for part in parts if part is not None and part.isVisible())
    window.close()


@pytest.mark.parametrize(
    "area",
    [
        (100_000, -50_000, 600, 400),  # a screen that is gone
        (0, 0, 50_000, 40_000),
        (-(2**31), -(2**31), 2**31 - 1, 2**31 - 1),
        (0, 0, -5, 0),
    ],
)
def test_a_window_that_was_anywhere_is_brought_onto_a_screen(
    area: tuple[int, int, int, int], qtbot: QtBot, library: Library
) -> None:
    window = Window(library, Settings(window=_shape(QRect(*area))))
    qtbot.addWidget(window)
    window.show()
    assert window.screen().availableGeometry().contains(window.geometry())
    assert window.width() >= window.minimumWidth()
    window.close()


def _shape(area: QRect) -> str:
    """Return a shape as Qt writes it, whatever the area."""
    data = QByteArray()
    out = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    out.setVersion(QDataStream.Version.Qt_4_0)
    out.writeUInt32(0x1D9D0CB)
    for number in (3, 0):
        out.writeUInt16(number)
    for each in (area, area):
        out << each
    out.writeInt32(0)
    for number in (0, 0):
        out.writeUInt8(number)
    out.writeInt32(800)
    out << area
    return data.toBase64().toStdString()


def test_the_settings_of_a_damaged_theme_are_shown(qtbot: QtBot, library: Library) -> None:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True)
    odd = {
        "a": b"\xff",
        "b": b"title = 7\ndark = 3",
        "c": b"x = " + b"[" * 50_000,
        "d": b"a" * 9**7,
    }
    for name, data in odd.items():
        (folder / f"{name}.toml").write_bytes(data)
    (folder / "e.toml").mkdir()
    window = Window(library, Settings(theme="c"))
    qtbot.addWidget(window)
    window.controllers.availability.prepare()
    texts = [unmarked(each.text()) for each in window.qactions.values()]
    assert [each for each in texts if "cannot be read" in each] == [
        f"{name} (cannot be read)" for name in "abcde"
    ]
    window.close()


def test_a_theme_may_only_be_named_not_found_by_a_way(library: Library, tmp_path: Path) -> None:
    from reader.gui.widgets import theme

    for name in ("x" * 5000, "../light", "/etc/passwd", "\0", ""):
        assert theme.resolve(name).name == "light"
