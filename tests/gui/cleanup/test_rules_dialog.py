"""The rules for sites as a list: edited, switched off, tested; the file can be edited by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from reader.gui.cleanup.rules_dialog import RulesDialog
from reader.gui.context import Context
from reader.ingest.fetch import Fetched
from reader.ingest.rules import FILE, read
from reader.ingest.web import add_addresses, download

_TEXT = "".join(f"<p>Line {n}, with commas, and enough words to be text.</p>" for n in range(14))
_PAGE = f"""<html><head><title>The story</title></head><body><article class="story">{_TEXT}
<p class="mugs">Our mugs are cheap, and blue, and warm.</p>{_TEXT}</article></body>"""
_MINE = "# mine\nexample.org  remove  .a\nother.example  keep  aside\nwrong line here\n"

Open = Callable[..., RulesDialog]


@pytest.fixture
def file(context: Context) -> Path:
    return context.library.folder / FILE


@pytest.fixture
def opened(qtbot: QtBot, context: Context, file: Path) -> Open:
    def make(text: str = _MINE, address: str = "") -> RulesDialog:
        file.write_text(text)
        dialog = RulesDialog(context, address)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def _lines(dialog: RulesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_every_rule_is_a_line_and_a_mistake_names_its_line(opened: Open) -> None:
    dialog = opened()
    assert _lines(dialog) == [
        "example.org  removes  .a",
        "other.example  keeps  aside",
        "wrong  line  here – a mistake in line 4",
        "New rule",
    ]
    dialog.list.setCurrentRow(2)
    assert dialog.mistake.isVisible()
    assert dialog.mistake.text().startswith("Line 4: A rule is")


def test_a_rule_is_edited_by_the_keyboard_and_only_its_line_changes(
    opened: Open, file: Path
) -> None:
    dialog = opened()
    dialog.selector.setFocus()
    dialog.selector.selectAll()
    QTest.keyClicks(dialog.selector, "div.promo > p")
    QTest.keyClick(dialog.selector, Qt.Key.Key_Return)
    assert file.read_text() == _MINE.replace("remove  .a", "remove  div.promo > p")
    assert dialog.isVisible()
    assert dialog.list.currentRow() == 0


def test_a_selector_that_is_wrong_cannot_be_saved(opened: Open) -> None:
    dialog = opened()
    dialog.selector.setFocus()
    dialog.selector.selectAll()
    QTest.keyClicks(dialog.selector, "p[")
    assert not dialog.save.isEnabled()
    assert "no CSS selector" in dialog.mistake.text()


def test_a_rule_is_switched_off_and_on(opened: Open, file: Path) -> None:
    dialog = opened()
    QTest.mouseClick(dialog.on, Qt.MouseButton.LeftButton)
    assert "#off example.org  remove  .a\n" in file.read_text()
    assert _lines(dialog)[0] == "example.org  removes  .a (off)"
    QTest.keyClick(dialog.on, Qt.Key.Key_Space)
    assert file.read_text() == _MINE


def test_a_new_rule_is_added_and_a_rule_deleted(opened: Open, file: Path) -> None:
    dialog = opened("")
    assert _lines(dialog) == ["New rule"]
    QTest.keyClicks(dialog.site, "www.New.example")
    dialog.verb.findChildren(QToolButton)[-1].click()
    QTest.keyClicks(dialog.selector, "aside.note")
    dialog.save.click()
    (rule,) = read(file.parent)
    assert (rule.site, rule.verb, rule.selector) == ("new.example", "keep", "aside.note")
    assert dialog.delete.isEnabled()
    dialog.delete.click()
    assert read(file.parent) == []


def test_a_file_that_was_edited_meanwhile_is_read_again(opened: Open, file: Path) -> None:
    dialog = opened()
    file.write_text("fresh.example  remove  p\n")
    dialog.delete.click()
    assert "changed in another program" in dialog.mistake.text()
    assert _lines(dialog) == ["fresh.example  removes  p", "New rule"]
    assert file.read_text() == "fresh.example  remove  p\n"


def test_a_rule_is_tested_on_a_saved_article_before_it_is_kept(
    qtbot: QtBot, opened: Open, context: Context, file: Path
) -> None:
    address = "https://example.org/story"
    id = add_addresses(context.library, [address]).rows[0].article
    page = Fetched(address, _PAGE.encode(), "text/html", "", True)
    download(context.library, [id], get=lambda *_, **__: page)
    dialog = opened("", address)
    QTest.keyClicks(dialog.site, "example.org")
    QTest.keyClicks(dialog.selector, "p.mugs")
    dialog.test.click()
    qtbot.waitUntil(lambda: "1 block removed" in dialog.outcome.text())
    assert "Line 0, with commas" in dialog.outcome.text()
    assert file.read_text() == ""
    assert "mugs" in context.library.article(id).html
    dialog.address.setText("https://nowhere.example/")
    dialog.test.click()
    qtbot.waitUntil(lambda: dialog.outcome.text() == "No saved article has this address.")
