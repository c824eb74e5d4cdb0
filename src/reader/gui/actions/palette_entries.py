"""The entries of the command palette: actions, shelves, tags and articles, by sections."""

import math
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QKeySequence

from reader.gui.actions import fuzzy
from reader.gui.actions.menus import entry_of
from reader.gui.actions.table import name_of
from reader.gui.list.row import plain, title_of
from reader.gui.sidebar.lines import Shelf
from reader.model import Row

if TYPE_CHECKING:
    from reader.gui.window import Window

Titles = Callable[[str, int], Sequence[Row]]
"""Return the articles whose titles match some words, at most so many."""

_MOST_USES = 64
_MOST_KEPT = 200
_OFTEN = 5


class Kind(StrEnum):
    """The sections of the palette."""

    ACTION = "Actions"
    SHELF = "Shelves"
    TAG = "Tags"
    ARTICLE = "Articles"


_MOST = {Kind.ACTION: 8, Kind.SHELF: 5, Kind.TAG: 6, Kind.ARTICLE: 6}


class Entry(NamedTuple):
    """An entry; ``key`` is the id of an action, the key of a shelf, or the id of an article.

    ``note`` is shown at its right; ``places`` are the indices of the matching letters.
    """

    kind: Kind
    key: str
    text: str
    note: str = ""
    icon: str = ""
    places: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The key of its uses in the settings."""
        return f"{self.kind.name.lower()}:{self.key}"


class Section(NamedTuple):
    """A heading and the entries below it."""

    title: str
    entries: tuple[Entry, ...]


class PaletteEntries:
    """All entries, indexed each time the palette opens."""

    def __init__(
        self,
        actions: Mapping[str, QAction],
        shelves: Sequence[Shelf],
        tags: Sequence[tuple[str, int]],
        titles: Titles,
        uses: Mapping[str, int],
    ) -> None:
        self._titles = titles
        self._uses = uses
        self._entries = {
            Kind.ACTION: _actions(actions),
            Kind.SHELF: [
                Entry(Kind.SHELF, shelf.key, plain(shelf.title), icon=shelf.icon)
                for shelf in shelves
            ],
            Kind.TAG: [
                Entry(Kind.TAG, f"tag:{tag}", plain(tag), f"{count:,}", "tag")
                for tag, count in tags
            ],
        }
        self._indices = {
            kind: fuzzy.Index([entry.text for entry in entries])
            for kind, entries in self._entries.items()
        }
        self._bonus = {kind: self._bonuses(entries) for kind, entries in self._entries.items()}

    def find(self, words: str) -> list[Section]:
        """Return the matching sections, the best first; without words, the entries used often."""
        if not words.strip():
            return self._usual()
        ranked: list[tuple[float, Section]] = []
        for kind, index in self._indices.items():
            entries = self._entries[kind]
            hits = index.search(words, _MOST[kind], self._bonus[kind])
            matching = [entries[n]._replace(places=fit.places) for n, fit in hits]
            if matching:
                best = max(fit.score for n, fit in hits)
                ranked.append((best, Section(kind, tuple(matching))))
        ranked.sort(key=lambda scored: -scored[0])
        sections = [section for _, section in ranked]
        articles = self._articles(words)
        return [*sections, articles] if articles.entries else sections

    def _articles(self, words: str) -> Section:
        query = fuzzy.fold("".join(words.split()))
        entries = []
        for row in self._titles(words, _MOST[Kind.ARTICLE]):
            title = title_of(row.title)
            fit = fuzzy.match(query, fuzzy.fold(title))
            places = fit.places if fit else ()
            site = plain(row.source)
            entries.append(Entry(Kind.ARTICLE, str(row.id), title, site, places=places))
        return Section(Kind.ARTICLE, tuple(entries))

    def _usual(self) -> list[Section]:
        actions, shelves = self._entries[Kind.ACTION], self._entries[Kind.SHELF]
        everything = [*actions, *shelves, *self._entries[Kind.TAG]]
        used = [entry for entry in everything if self._uses.get(entry.name)]
        used.sort(key=lambda entry: -self._uses[entry.name])
        often = Section("Used often", tuple(used[:_OFTEN]))
        rest = [entry for entry in actions if entry not in often.entries]
        sections = [often, Section(Kind.ACTION, tuple(rest)), Section(Kind.SHELF, tuple(shelves))]
        return [section for section in sections if section.entries]

    def _bonuses(self, entries: Sequence[Entry]) -> dict[int, float]:
        if not self._uses:
            return {}
        counts = {n: self._uses.get(entry.name, 0) for n, entry in enumerate(entries)}
        return {n: 2 * math.log2(1 + count) for n, count in counts.items() if count}


def of(window: "Window") -> PaletteEntries:
    """Return the entries of a window as it is now."""
    controllers, uses = window.controllers, window.settings.uses
    controllers.availability.prepare()
    controllers.palette.set_theme(window.colours)
    tags, shelves = window.library.counts().tags, window.shelves.all_but_tags()
    return PaletteEntries(window.qactions, shelves, tags, controllers.search.titled, uses)


def choose(window: "Window", entry: Entry) -> None:
    """Carry out an entry, and count its use."""
    window.store.update(uses=used(window.settings.uses, entry.name))
    if entry.kind is Kind.ACTION:
        window.qactions[entry.key].trigger()
    elif entry.kind is Kind.ARTICLE:
        window.navigation.open_listed(int(entry.key))
    else:
        window.shelves.select(entry.key)


def used(uses: Mapping[str, int], name: str) -> dict[str, int]:
    """Return the uses with one more; high counts are halved, so that habits can change."""
    counts = {**uses, name: uses.get(name, 0) + 1}
    if counts[name] >= _MOST_USES:
        counts = {key: count // 2 for key, count in counts.items() if count > 1}
    if len(counts) > _MOST_KEPT:
        del counts[min(counts, key=lambda key: (counts[key], key == name))]
    return counts


def _actions(actions: Mapping[str, QAction]) -> list[Entry]:
    """Return the actions that can be done now."""
    entries = []
    for id, action in actions.items():
        if action.isEnabled() and id != "palette.open":
            entry = entry_of(action)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            entries.append(Entry(Kind.ACTION, id, plain(name_of(entry)), keys, entry.icon))
    return entries
