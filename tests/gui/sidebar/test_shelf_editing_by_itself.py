"""Each change of a shelf: what is asked, with which words, and what the library holds then."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.answering import Answer, answering, press

from reader import themes
from reader.gui.actions.table import ACTIONS
from reader.gui.context import Context
from reader.gui.sidebar.lines import lines as sidebar_lines
from reader.gui.sidebar.name_dialog import NameDialog
from reader.gui.sidebar.search_dialog import SearchDialog
from reader.gui.sidebar.shelf_editing import ShelfEditing
from reader.gui.sidebar.shelves import Shelves
from reader.library.library import Library
from reader.library.shelves.tags import COLOURS
from reader.model import Article, Clipping


class Changes:
    """Does each change at once and writes down what a person is told."""

    def __init__(self, refresh: Callable[[], None]) -> None:
        self.refresh, self.told, self.made = refresh, list[str](), 0

    def run(self, change: Callable[[], object], then: object = None, *_: object) -> None:
        self.made += 1
        change()
        self.refresh()
        if callable(then):
            then("")

    def tell(self, text: str) -> None:
        self.told.append(text)


@pytest.fixture
def by_hand(
    qtbot: QtBot, context: Context, library: Library, add: Callable[..., Article]
) -> SimpleNamespace:
    """Give shelving of a library with the tags art, art/new and code, and two searches."""
    one, two = add("One").id, add("Two").id
    library.tags.add([one], "art")
    library.tags.add([two], "art/new")
    library.tags.add([two], "code")
    library.add(Clipping("https://e.org/", "Far", site="far.example"))
    uids = [library.saved.add(name, f"words:>{name}") for name in ("1", "2")]
    shelves = Shelves()
    qtbot.addWidget(shelves)
    shelves.set_theme(themes.theme("light"))
    shelves.set_counts(library.counts())
    changes = Changes(lambda: shelves.set_counts(library.counts()))
    window = QWidget()
    qtbot.addWidget(window)
    verbs = {action.id: QAction(action.id, window) for action in ACTIONS}
    shared = context._replace(window=window, messages=changes, history=changes)  # type: ignore[arg-type]
    made = ShelfEditing(shared, shelves, verbs, lambda: "asked before")
    return SimpleNamespace(do=made, shelves=shelves, changes=changes, uids=uids, window=window)


def _typing(text: str, seen: list[tuple[str, str, str]]) -> Answer:
    """Return the answer that types a text, writing down title, label and what stood there."""

    def answer(dialog: QInputDialog) -> None:
        seen.append((dialog.windowTitle(), dialog.labelText(), dialog.textValue()))
        assert dialog.width() >= 420
        dialog.setTextValue(text)
        dialog.accept()

    return answer


def _key(by_hand: SimpleNamespace) -> str:
    shelf = by_hand.shelves.shelf()
    return shelf.key if shelf else ""


def test_a_tag_is_renamed_as_typed_and_stays_chosen(
    by_hand: SimpleNamespace, library: Library
) -> None:
    seen: list[tuple[str, str, str]] = []
    by_hand.shelves.select("tag:code")
    for text in ("", "  ", "code", " code "):
        with answering(_typing(text, seen)):
            by_hand.do.rename()
    with answering(QInputDialog.reject):
        by_hand.do.rename()
    assert by_hand.changes.made == 0
    with answering(_typing("  my /  programs ", seen)):
        by_hand.do.rename()
    hint = "A slash puts a tag inside another.\nThe name of another tag merges the two."
    assert set(seen) == {("Rename Tag", f"Name of the tag:\n{hint}", "code")}
    tags = dict(library.tags.all())
    assert "code" not in tags
    assert tags["my/programs"] == 1
    assert _key(by_hand) == "tag:my/programs"


def _saving(name: str | None, question: str | None, seen: list[tuple[str, str, str]]) -> Answer:
    """Return the answer to the dialog of a search; None leaves a field as it is."""

    def answer(dialog: SearchDialog) -> None:
        seen.append((dialog.windowTitle(), dialog._name.text(), dialog._question.text()))
        if name is not None:
            dialog._name.setText(name)
        if question is not None:
            dialog._question.setText(question)
        dialog.accept()

    return answer


def test_a_search_is_renamed_and_asked_otherwise(
    by_hand: SimpleNamespace, library: Library
) -> None:
    seen: list[tuple[str, str, str]] = []
    by_hand.shelves.select(f"saved:{by_hand.uids[0]}")
    with answering(_typing("  Long   ones ", [])):
        by_hand.do.rename()
    with answering(_saving(None, None, seen)):
        by_hand.do.change_search()
    with answering(NameDialog.reject):
        by_hand.do.change_search()
    assert by_hand.changes.made == 1
    with answering(_saving("Longest", "words:>9", seen)):
        by_hand.do.change_search()
    assert seen == [("Change Search", "Long ones", "words:>1")] * 2
    first = library.saved.all()[0]
    assert (first.uid, first.name, first.question) == (by_hand.uids[0], "Longest", "words:>9")


def test_a_search_is_saved_under_a_name_or_else_its_text(
    by_hand: SimpleNamespace, library: Library
) -> None:
    seen: list[tuple[str, str, str]] = []
    with answering(_saving(" My  X ", "tag:x", seen)):
        by_hand.do.save_search()
    with answering(_saving("", None, seen)):
        by_hand.do.save_search()
    with answering(NameDialog.reject):
        by_hand.do.save_search()
    assert seen == [("Save a Search", "", "asked before")] * 2
    saved = [(each.name, each.question) for each in library.saved.all()][2:]
    assert saved == [("My X", "tag:x"), ("asked before", "asked before")]


def test_two_tags_become_one_by_choosing_the_other(
    by_hand: SimpleNamespace, library: Library
) -> None:
    offered: list[list[tuple[str, int]]] = []

    def choose(dialog: NameDialog) -> None:
        offered.append(list(dialog._names))
        dialog._edit.setText("new")
        dialog.accept()

    by_hand.shelves.select("tag:code")
    with answering(choose):
        by_hand.do.merge()
    assert offered == [[("art", 2), ("art/new", 1)]]
    assert dict(library.tags.all()) == {"art": 2, "art/new": 1}
    assert _key(by_hand) == "tag:art/new"


def test_searches_move_and_only_they_and_tags_are_deleted(
    by_hand: SimpleNamespace, library: Library
) -> None:
    def order() -> list[str]:
        return [each.uid for each in library.saved.all()]

    one, two = by_hand.uids
    by_hand.shelves.select(f"saved:{two}")
    by_hand.do.move_up()
    assert order() == [two, one]
    by_hand.do.move_down()
    assert order() == [one, two]
    by_hand.do.delete()
    assert (order(), _key(by_hand)) == ([one], "queue")
    by_hand.shelves.select("tag:code")
    made = by_hand.changes.made
    by_hand.do.move_up()
    by_hand.do.change_search()
    assert by_hand.changes.made == made
    for tag, what in (("code", "“code”"), ("art", "“art” and the tags inside it")):
        by_hand.shelves.select(f"tag:{tag}")
        count = 1 if tag == "code" else 2
        said = f"Remove the tag {what} from {count} article{'s' * (count > 1)}?"
        with answering(press("Cancel")) as asked:
            by_hand.do.delete()
        assert (asked, _key(by_hand)) == ([said], f"tag:{tag}")
        with answering(press("Delete")):
            by_hand.do.delete()
        assert _key(by_hand) == "queue"
        assert tag not in dict(library.tags.all())


def test_what_cannot_be_changed_is_said_so(by_hand: SimpleNamespace) -> None:
    only = "Only tags and saved searches can be changed. Select one in the sidebar."
    by_hand.do.rename()
    by_hand.shelves.select("queue")
    for do in (
        by_hand.do.rename,
        by_hand.do.delete,
        by_hand.do.move_down,
        by_hand.do.change_search,
    ):
        do()
    assert by_hand.changes.told == [only] * 5
    by_hand.changes.told.clear()
    by_hand.do.colour()
    by_hand.shelves.select(f"saved:{by_hand.uids[0]}")
    by_hand.do.colour()
    assert by_hand.changes.told == ["Only tags have colours. Select a tag in the sidebar."] * 2
    assert by_hand.changes.made == 0


def test_colours_are_shown_with_the_one_it_has(
    by_hand: SimpleNamespace, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[QMenu, QPoint]] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: shown.append((menu, place)))
    by_hand.shelves.select("tag:code")
    for wanted in ("teal", ""):
        had = library.counts().colours.get("code", "")
        by_hand.do.colour()
        menu, place = shown.pop()
        assert place == by_hand.shelves.place_of_menu()
        names = ["No Colour", *(name.capitalize() for name in COLOURS)]
        assert [each.text() for each in menu.actions()] == names
        checked = [each.text() for each in menu.actions() if each.isChecked()]
        assert checked == [had.capitalize() or "No Colour"]
        assert all(each.isCheckable() for each in menu.actions())
        assert [each.icon().isNull() for each in menu.actions()] == [True] + [False] * len(COLOURS)
        menu.actions()[names.index(wanted.capitalize() or "No Colour")].trigger()
        assert library.counts().colours.get("code", "") == wanted


def test_every_kind_of_line_has_a_menu_that_fits(
    by_hand: SimpleNamespace, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[list[str]] = []
    monkeypatch.setattr(
        QMenu, "popup",
        lambda menu, _: shown.append([each.text() for each in menu.actions() if each.text()]),
    )  # fmt: skip
    lines = {line.key: line for line in sidebar_lines(library.counts(), ())}
    for key, names in (
        ("all", ["print.print", "duplicates.find"]),
        ("tag:code", ["print.print", "shelf.rename", "shelf.colour", "shelf.merge",
                      "shelf.delete"]),
        ("tag:art", ["Fold", "print.print", "shelf.rename", "shelf.colour", "shelf.merge",
                     "shelf.delete"]),
        (f"saved:{by_hand.uids[1]}", ["shelf.rename", "shelf.change_search", "shelf.move_up",
                                      "shelf.move_down", "shelf.delete"]),
        ("trash", ["print.print", "trash.empty", "trash.choose_days"]),
        ("site:far.example", ["print.print", "cleanup.open_rules", "sidebar.go_to_site"]),
        ("section:saved", ["Fold", "search.save"]),
        ("section:sites", ["Fold", "sidebar.go_to_site", "cleanup.open_rules"]),
    ):  # fmt: skip
        by_hand.do.show_menu(QPoint(3, 4), lines[key])
        assert shown.pop() == names, key


def test_a_site_is_gone_to_only_if_it_is_chosen(by_hand: SimpleNamespace) -> None:
    with answering(NameDialog.reject):
        by_hand.do.go_to_site()
    assert _key(by_hand) == ""

    def find_none(dialog: NameDialog) -> None:
        dialog._edit.setText("nowhere")
        dialog.accept()

    with answering(find_none):
        by_hand.do.go_to_site()
    assert _key(by_hand) == ""
    with answering(NameDialog.accept):
        by_hand.do.go_to_site()
    assert _key(by_hand) == "site:far.example"
