"""How a person likes it: chosen in one start, there in the next."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QToolButton
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.stock import fill

from reader.library.library import Library
from reader.model import Sort
from reader.settings import Settings

_TITLES = {"Bees": 30, "Apples": 60, "Clouds": 10}


def _paragraph(me: Person) -> QTextCursor:
    return me.window.viewer.document().find(" 1 of ")


def _head(me: Person) -> list[str]:
    head = me.window.list_head
    return [head._title.text(), *(each.text() for each in head.findChildren(QToolButton))]


def _rows(me: Person) -> list[str]:
    model = me.window.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


# What a person sees of each setting: widgets, geometry and pixels, never the setting itself.
_SEEN: dict[str, Callable[[Person], object]] = {
    "theme": lambda me: me.image(me.window.viewer.viewport()).pixelColor(3, 3).name(),
    "font": lambda me: _paragraph(me).charFormat().font().families(),
    "size_pt": lambda me: _paragraph(me).charFormat().font().toString(),
    "leading": lambda me: _paragraph(me).blockFormat().lineHeight(),
    "measure": lambda me: me.window.viewer.lineWrapColumnOrWidth(),
    "justified": lambda me: me.window.viewer.page.defaultTextOption().alignment().value,
    "hyphenated": lambda me: "\u00ad" in me.window.viewer.document().toRawText(),
    "indented": lambda me: _paragraph(me).blockFormat().textIndent(),
    "letter_spacing": lambda me: _paragraph(me).charFormat().font().letterSpacing(),
    "zoom": lambda me: me.window.qactions["page.reset_zoom"].iconText(),
    "list_size": lambda me: me.window.list.row_height,
    "window": lambda me: me.window.geometry().getRect(),
    "panes": lambda me: me.window.panes.sizes(),
    "shelf": lambda me: (_head(me)[0], len(_rows(me))),
    "article": lambda me: me.window.windowTitle(),
    "sorts": lambda me: (_head(me), _rows(me)),
    "watched": lambda me: me.window.qactions["add.watch_folder"].isChecked(),
    "keys": lambda me: me.window.qactions["article.favourite"].shortcut().toString(),
    "vim": lambda me: [each.toString() for each in me.window.qactions["list.read"].shortcuts()],
    "minutes": lambda me: me.window.qactions["session.begin"].text(),
    "folded": lambda me: me.window.shelves.model().rowCount(),
    "density": lambda me: me.window.qactions["list.compact"].isChecked(),
    "excerpt": lambda me: me.window.qactions["list.excerpt"].isChecked(),
    "paged": lambda me: me.window.viewer.verticalScrollBar().isVisible(),
    "columns": lambda me: me.window.qactions["page.columns"].isChecked(),
    "ruler": lambda me: me.window.qactions["page.ruler"].isChecked(),
    "margin_notes": lambda me: me.window.qactions["page.margin_notes"].isChecked(),
}
_ELSEWHERE = {
    "contents": "test_contents",
    "checked_at": "test_due",
    "tabs": "test_tabs",
    "trash_days": "test_emptying",
    "download_waiting": "test_due",
    "uses": "test_command_palette",
    "statistics": "test_statistics",
    "sheet": "test_print_window",
    "presets": "test_print_window",
    "pdf_name": "test_print_window",
    "message_seconds": "test_messages",
    "offer_clipboard": "test_add_sheet",
    "backup_limit": "test_second_place",
    "backup_place": "test_second_place",
    "told_places": "test_places",
    "find_case": "test_find_bar",
    "find_whole": "test_find_bar",
    "export_kind": "test_exporting",
    "export_places": "test_exporting",
    "export_book": "test_exporting",
    "export_highlights": "test_exporting",
    "device": "test_sending",
    "device_mount": "test_sending",
    "look_presets": "test_appearance",
    "site_looks": "test_appearance",
    "article_looks": "test_appearance",
    "autoscroll": "test_autoscroll",
    "ruler_lines": "test_ruler",
    "dictionaries": "test_look_up",
    "dictionary_order": "test_dictionary_list",
    "dictionaries_off": "test_dictionary_list",
    "word_address": "test_look_up",
    "keep_words": "test_vocabulary",
}


def test_each_setting_is_looked_at() -> None:
    assert {*_SEEN, *_ELSEWHERE} == {*Settings._fields}


def _seen(me: Person) -> dict[str, object]:
    return {name: look(me) for name, look in _SEEN.items()}


def _settled(me: Person) -> bool:
    return me.at_rest() and me.window.viewer.document_ready and not _zooming(me)


def _zooming(me: Person) -> bool:
    return me.window.viewer._zooming.isActive() or me.window.viewer._settling.isActive()


def _choose(me: Person) -> Script:
    me.press("J")
    yield me.sees("Bees")
    yield lambda: _settled(me)
    me.facts["usual"] = _seen(me)
    window = me.window
    me.press("Ctrl++", "Ctrl++", "Ctrl+Alt++", "Ctrl+Alt+C", "Ctrl+Alt+X", "J")
    me.press("Ctrl+Alt+O", "Ctrl+Alt+Y", "Ctrl+Alt+V")
    yield me.sees("Apples")
    shelves = window.shelves
    row = next(n for n in range(9) if shelves.model().index(n, 0).data() == "All")
    me.click(shelves.viewport(), shelves.visualRect(shelves.model().index(row, 0)).center())
    yield lambda: _head(me)[0] == "All"
    me.do(lambda: window.list_head.orders[Sort.TITLE].trigger())
    steps = 3 * ("column.narrower",) + 4 * ("lines.more",)  # to 54 characters, and 1.75
    for id in ("theme.dark", "typeface.sans", *steps):
        me.do(window.qactions[id].trigger)
    me.do(lambda: window.shelves.set_folded("section:tags", True))
    me.do(lambda: window.setGeometry(40, 50, 1400, 700))
    yield lambda: not me.busy() and window.width() == 1400
    me.drag(window.panes.handle(1), 60)
    me.drag(window.panes.handle(2), 90)
    others = {"size_pt": 15.0, "keys": {"article.favourite": ("Ctrl+9",)}, "minutes": 45}
    me.do(lambda: window.store.update(**others, vim=True))
    type = {"justified": True, "hyphenated": True, "indented": True, "letter_spacing": 0.05}
    me.do(lambda: window.store.update(**type))
    me.do(lambda: window.controllers.adding.watching.watch(Path(me.given["watched"])))
    yield lambda: not me.busy()
    yield lambda: _settled(me)
    me.facts["chosen"] = _seen(me)
    me.press("Ctrl+Q")


def _look(me: Person) -> Script:
    at_once = _SEEN["minutes"](me)  # a later change of any setting would show it as well
    yield me.sees("Apples")
    yield lambda: me.window.qactions["add.watch_folder"].isChecked()
    yield lambda: _settled(me)
    me.facts["seen"] = {**_seen(me), "minutes": at_once}
    me.press("Ctrl+Q")


def test_what_is_chosen_is_there_at_the_next_start(at_home: Home, tmp_path: Path) -> None:
    ids = fill(at_home.library, _TITLES, "en")
    with Library.open(at_home.library) as library:
        library.tags.add(ids, "a tag")
    first = at_home.go(_choose, watched=str(tmp_path))
    alike = [name for name in _SEEN if first["usual"][name] == first["chosen"][name]]
    assert alike == []
    seen = at_home.go(_look, patience={"reader.gui.app._WAITING_MS": 60})["seen"]
    assert seen == first["chosen"]
