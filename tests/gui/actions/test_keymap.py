"""Keys in effect: a person's own before the usual ones, and none that cannot be heard."""

import json
import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.actions import keymap
from reader.gui.actions.help_sheet import HelpSheet
from reader.gui.actions.table import ACTIONS, VIM_KEYS
from reader.settings import Settings
from reader.settings_store import SettingsStore

_SAMPLE = Path(__file__).parents[2] / "samples" / "settings" / "names_before_ids.json"


def test_nothing_changed_are_the_keys_of_the_table(qtbot: QtBot) -> None:
    assert keymap.in_effect({}, vim=False) == keymap.USUAL


def test_only_differences_are_kept(qtbot: QtBot) -> None:
    own = keymap.changed({}, "article.archive", ("A",))
    assert own == {"article.archive": ("A",)}
    assert keymap.changed(own, "article.archive", keymap.USUAL["article.archive"]) == {}


def test_a_persons_own_key_wins_over_one_of_the_table(qtbot: QtBot) -> None:
    keys = keymap.in_effect({"article.archive": ("J",)}, vim=False)
    assert keys["article.archive"] == ("J",)
    assert keys["article.next"] == ("N",)
    assert keys["page.to_start"] == keymap.USUAL["page.to_start"], "vim's are not wanted"


def test_the_keys_of_vim_yield_to_all_others(qtbot: QtBot) -> None:
    keys = keymap.in_effect({"article.archive": ("O",)}, vim=True)
    assert "O" not in keys["list.read"]
    assert keys["page.to_start"] == ("Home", "G, G")


def test_the_keys_of_vim_are_those_of_actions(qtbot: QtBot) -> None:
    assert set(VIM_KEYS) <= set(keymap.USUAL)
    keys = keymap.in_effect({}, vim=True)
    assert all(set(more) <= set(keys[way]) for way, more in VIM_KEYS.items())


def test_a_key_that_begins_another_clashes_with_it(qtbot: QtBot) -> None:
    assert keymap.clash("G", "G, G")
    assert keymap.clash("Del", "Delete")
    assert not keymap.clash("G", "Shift+G")
    assert not keymap.clash("Ctrl+,", "Ctrl+., G")


def test_nonsense_in_the_settings_is_no_key(qtbot: QtBot) -> None:
    keys = keymap.in_effect({"article.archive": ("", "A"), "gone": ("B",)}, vim=False)
    assert keys["article.archive"] == ("A",)
    assert "gone" not in keys


def test_the_help_sheet_shows_the_keys_as_they_are_now(qtbot: QtBot) -> None:
    keys = keymap.in_effect({"article.archive": ("Alt+A",)}, vim=True)
    sheet = HelpSheet(keys, themes.theme("light"))
    qtbot.addWidget(sheet)
    lines = [line for card in sheet.cards for line in card.lines]
    said = {label.text(): caps.accessibleName() for label, caps in lines}
    assert said["Archive"] == "Alt+A"
    assert said["Go: Read"] == "Shift+Return or O"


# ---- settings of older versions


def test_old_names_of_actions_become_their_ids() -> None:
    old = {"changes.archive": ("A",), "fold": (), "viewer.zoom_in": ("Z", "Ctrl+Z")}
    uses = {"action:changes.archive": 3, "action:select_all": 1, "shelf:queue": 2, "article:7": 5}
    store = SettingsStore(value=Settings(keys=old, uses=uses))
    keymap.carry_over(store)
    keys = {"article.archive": ("A",), "window.show_panes": (), "page.zoom_in": ("Z", "Ctrl+Z")}
    ids = {"action:article.archive": 3, "action:window.select_all": 1, "shelf:queue": 2}
    assert store.value == Settings(keys=keys, uses={**ids, "article:7": 5})
    assert keymap.of(store.value)["article.archive"] == ("A",)


def test_names_that_are_ids_already_or_belong_to_a_newer_version_are_kept() -> None:
    keys = {"article.archive": ("A",), "highlight.add": ("H",)}
    uses = {"action:article.archive": 3, "action:highlight.add": 2, "changes.archive": 1, "": 1}
    store = SettingsStore(value=Settings(keys=keys, uses={**uses, "tag:fold": 4}))
    before, heard = store.value, list[Settings]()
    store.changed.append(heard.append)
    for _ in range(2):
        keymap.carry_over(store)
    assert store.value == before
    assert heard == []


def test_keys_for_all_actions_of_the_version_without_ids_are_kept(tmp_path: Path) -> None:
    file = shutil.copy(_SAMPLE, tmp_path)  # every action with its usual keys as its own
    store = SettingsStore.open(Path(file))
    keymap.carry_over(store)
    for id, keys in store.value.keys.items():  # some actions have got more keys since
        usual = keymap.USUAL[id] if id != "list.read" else ("Ctrl+Return",)  # until tabs took it
        assert keys == usual[: len(keys)]
    assert len(store.value.keys) == len(json.loads(_SAMPLE.read_text())["keys"])
    store.flush()
    assert SettingsStore.open(Path(file)).value.keys == store.value.keys


def test_every_old_name_leads_to_an_action_of_its_own_once() -> None:
    old = {name: (f"Ctrl+{number}",) for number, name in enumerate(keymap.OLD_IDS)}
    uses = {f"action:{name}": number for number, name in enumerate(keymap.OLD_IDS)}
    store = SettingsStore(value=Settings(keys=old, uses=uses))
    keymap.carry_over(store)
    once = store.value
    assert len(once.keys) == len(once.uses) == len(old)
    assert set(once.keys) <= {action.id for action in ACTIONS}
    assert [f"action:{id}" for id in once.keys] == [*once.uses]
    keymap.carry_over(store)
    assert store.value == once
    assert not set(keymap.OLD_IDS) & {action.id for action in ACTIONS}
