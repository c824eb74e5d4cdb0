"""The keys of the actions: those of the table, the user's own ones, and those of vim."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from PySide6.QtGui import QKeySequence

from reader.gui.actions.table import ACTIONS, VIM_KEYS, Keys
from reader.settings import Settings
from reader.settings_store import SettingsStore

USUAL: Keys = {action.id: action.keys for action in ACTIONS}
"""The keys of the table."""

OLD_IDS: Mapping[str, str] = MappingProxyType(
    {
        "adding.save_address": "add.url",
        "adding.add_files": "add.files",
        "adding.add_folder": "add.folder",
        "adding.watching.choose": "add.watch_folder",
        "adding.paste": "add.paste",
        "adding.download_again": "article.download_again",
        "paper.print_article": "print.print",
        "paper.save_pdf": "print.save_pdf",
        "close": "window.quit",
        "changes.undo": "history.undo",
        "changes.redo": "history.redo",
        "viewer.copy": "page.copy",
        "select_all": "window.select_all",
        "searching.focus_field": "search.search",
        "find_bar.open_bar": "find.find",
        "find_bar.find_next": "find.next",
        "find_bar.find_previous": "find.previous",
        "commands.open_palette": "palette.open",
        "changes.read_later": "article.read_later",
        "changes.archive": "article.archive",
        "changes.favourite": "article.favourite",
        "changes.edit_tags": "article.edit_tags",
        "changes.rename": "article.edit_title",
        "care.clean_up": "article.clean_up",
        "care.open_rules": "cleanup.open_rules",
        "care.whole_page": "article.show_whole_page",
        "care.older_texts": "article.show_versions",
        "care.extract_again": "article.extract_again",
        "care.fetch_missing": "article.fetch_images",
        "care.open_original": "article.open_original",
        "next_article": "article.next",
        "previous_article": "article.previous",
        "changes.trash": "article.trash",
        "changes.restore": "article.restore",
        "emptying.delete": "article.delete",
        "changes.next_up": "queue.next_up",
        "changes.to_top": "queue.to_top",
        "changes.to_end": "queue.to_end",
        "changes.move_up": "queue.move_up",
        "changes.move_down": "queue.move_down",
        "session.stop": "session.end",
        "shelving.go_to_site": "sidebar.go_to_site",
        "shelving.save_search": "search.save",
        "shelving.rename": "shelf.rename",
        "shelving.change_search": "shelf.change_search",
        "shelving.colour": "shelf.colour",
        "shelving.move_up": "shelf.move_up",
        "shelving.move_down": "shelf.move_down",
        "shelving.delete": "shelf.delete",
        "doubles.find": "duplicates.find",
        "emptying.empty": "trash.empty",
        "emptying.choose_days": "trash.choose_days",
        "viewer.zoom_in": "page.zoom_in",
        "viewer.zoom_out": "page.zoom_out",
        "viewer.reset_zoom": "page.reset_zoom",
        "fold": "window.show_panes",
        "full_screen": "window.full_screen",
        "keyboard.page_on": "page.page_down",
        "keyboard.page_back": "page.page_up",
        "keyboard.to_start": "page.to_start",
        "keyboard.to_end": "page.to_end",
        "viewer.go_back": "page.go_back",
        "shelves.setFocus": "sidebar.focus",
        "list.setFocus": "list.focus",
        "viewer.setFocus": "page.focus",
        "help.show_keys": "help.keys",
        "keyboard.change_keys": "help.change_keys",
        "help.show_about": "help.about",
    }
)
"""Ids of actions by the names used in older settings."""


def carry_over(store: SettingsStore) -> None:
    """Replace the names of actions in older settings by their ids."""
    settings = store.value
    keys = {OLD_IDS.get(name, name): keys for name, keys in settings.keys.items()}
    uses = {_current_use(name): count for name, count in settings.uses.items()}
    store.update(keys=keys, uses=uses)


def _current_use(name: str) -> str:
    kind, _, key = name.partition(":")
    return f"{kind}:{OLD_IDS.get(key, key)}" if kind == "action" else name


def of(settings: Settings) -> Keys:
    """Return the keys of all actions according to the settings."""
    return in_effect(settings.keys, vim=settings.vim)


def in_effect(own: Keys, *, vim: bool) -> dict[str, tuple[str, ...]]:
    """Return the keys of all actions.

    ``own`` are the user's own keys. If keys clash, the user's own ones win, then those of the
    table, so that a new key of the table never takes one away.
    """
    if not own and not vim:
        return dict(USUAL)
    effective = {id: _valid(own[id]) if id in own else () for id in USUAL}
    _fill(effective, {id: keys for id, keys in USUAL.items() if id not in own})
    _fill(effective, {id: keys for id, keys in VIM_KEYS.items() if vim and id not in own})
    return effective


def changed(own: Keys, id: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the user's own keys with those of one action replaced; store only differences."""
    rest = {other: had for other, had in own.items() if other != id}
    return rest if keys == USUAL[id] else {**rest, id: keys}


def holders(keys: Keys, key: str, *, but: str = "") -> list[str]:
    """Return the ids of the actions whose keys clash with a key, except ``but``."""
    return [id for id, had in keys.items() if id != but and any(clash(key, other) for other in had)]


def without(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Return the keys that do not clash with a key."""
    return tuple(other for other in keys if not clash(key, other))


def clash(one: str, other: str) -> bool:
    """Return whether two key sequences are equal, or one is a prefix of the other."""
    return all(a == b for a, b in zip(_strokes(one), _strokes(other), strict=False))


def native(key: str) -> str:
    """Return a key in the notation of the desktop."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def shown(store: SettingsStore, id: str) -> str:
    """Return the first key of an action in the notation of the desktop, ``""`` if it has none."""
    return next(map(native, of(store.value).get(id, ())), "")


@lru_cache(maxsize=512)
def _strokes(key: str) -> tuple[int, ...]:
    sequence = QKeySequence(key)
    return tuple(
        sequence[n].toCombined()  # type: ignore[index]
        for n in range(sequence.count())
    )


def _valid(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in (QKeySequence(key).toString() for key in keys) if text)


def _fill(effective: dict[str, tuple[str, ...]], more: Keys) -> None:
    """Add the keys that are still free."""
    for id, keys in more.items():
        effective[id] += tuple(key for key in keys if not holders(effective, key))
