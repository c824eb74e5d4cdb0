"""The settings list the dictionaries of the folder: moved, switched off, and kept so."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.lookup import writing

from reader.gui.context import Context
from reader.gui.lookup.dictionary_list import DictionaryList


def test_dictionaries_are_moved_and_switched_off(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    for name in ("a", "b", "c"):
        writing.stardict(tmp_path, name, {"x": "y"})
    context.settings.update(dictionaries=str(tmp_path))
    part = DictionaryList(context)
    qtbot.addWidget(part)
    part.show_dictionaries()
    part.show()
    qtbot.waitUntil(lambda: part.list.count() == 3)
    part.list.setCurrentRow(2)
    part.up.click()
    part.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    value = context.settings.value
    assert value.dictionary_order == ("a", "c", "b") and value.dictionaries_off == ("a",)


def test_a_folder_without_dictionaries_is_told(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    context.settings.update(dictionaries=str(tmp_path))
    part = DictionaryList(context)
    qtbot.addWidget(part)
    part.show_dictionaries()
    part.show()
    qtbot.waitUntil(lambda: "no dictionary" in part.line.state.text())
    assert part.list.isHidden()
