"""The dictionaries of a folder, as the window and the command line use them."""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from reader import paths
from reader.body.blocks import Block, Body
from reader.body.to_text import to_text
from reader.errors import DictionaryError
from reader.lookup import blob, dictd, forms, index, markup, stardict
from reader.lookup.index import Row
from reader.settings import Settings

log = logging.getLogger(__name__)

_MOST = 300
_DEEPEST = 3
_MOST_ENTRIES = 20
_MOST_BYTES = 1_000_000


class Volume(NamedTuple):
    """A dictionary as it lies in the folder; ``name`` is that of its files."""

    name: str
    file: Path


class Entry(NamedTuple):
    """A word as its dictionary writes it, and its definition."""

    word: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The definition as plain text."""
        return to_text(Body(self.blocks)).strip()


class Answer(NamedTuple):
    """The entries of a dictionary; ``trouble`` is the reason why it has none, else ``""``."""

    title: str
    entries: tuple[Entry, ...] = ()
    trouble: str = ""


class Answers(NamedTuple):
    """The entries of dictionaries for a word.

    ``word`` is what was found; ``near`` are the words of which the one that was asked for may be a
    form, if it has no entry of its own.
    """

    asked: str
    word: str
    answers: tuple[Answer, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        """All entries."""
        return [entry for answer in self.answers for entry in answer.entries]


def volumes(folder: Path) -> list[Volume]:
    """Return the dictionaries in a folder and the folders within, by their names.

    Raises DictionaryError if the folder cannot be read.
    """
    found: list[Volume] = []
    try:
        with os.scandir(folder):
            pass
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            return []
        raise DictionaryError(f"The folder {folder} could not be read.") from error
    for place, folders, names in os.walk(folder):
        if len(Path(place).relative_to(folder).parts) >= _DEEPEST:
            folders.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".ifo", ".index")) and not name.startswith("."):
                found.append(Volume(name.rpartition(".")[0], Path(place, name)))
        if len(found) >= _MOST:
            break
    return sorted(found[:_MOST], key=lambda each: (each.name.casefold(), each.file))


def ordered(found: Sequence[Volume], order: Sequence[str]) -> list[Volume]:
    """Return dictionaries in the order that a person gave them; others come last."""
    places = {name: number for number, name in enumerate(order)}
    return sorted(found, key=lambda each: places.get(each.name, len(places)))


class Dictionary:
    """A dictionary that is open; every method may raise DictionaryError."""

    def __init__(self, volume: Volume, cache: Path | None) -> None:
        self.name, self.title = volume.name, volume.name
        self._kinds = ""
        self._is_dictd = volume.file.name.endswith(".index")
        self._open(volume, cache)

    def _open(self, volume: Volume, cache: Path | None) -> None:
        told: Mapping[str, str] = {}
        if self._is_dictd:
            files = dictd.files(volume.file)
            entries = files[1]
        else:
            told, files = stardict.info(volume.file), stardict.files(volume.file)
            entries = files[2]
            self._kinds = told.get("sametypesequence", "")
            self.title = told.get("bookname", "") or volume.name
        self._texts = blob.opened(entries)
        try:
            if self._is_dictd:
                places = dictd.places(files[0])
            else:
                places = stardict.places(told, files[1], files[3] if len(files) > 3 else None)
            mark = index.fingerprint_of(files)
            file = cache / _cache_name(volume.file) if cache else None
            kept = index.kept(file, mark) if file else None
            self.index = index.made(places, mark, file) if kept is None else kept
        except BaseException:
            self._texts.close()
            raise
        if self._is_dictd:
            self.title = dictd.title(self.index, self._texts) or volume.name

    def entries(self, rows: Sequence[Row]) -> tuple[Entry, ...]:
        """Return the entries of some rows; words that share an entry do not repeat it."""
        found: dict[tuple[int, int], Entry] = {}
        for row in rows:
            if (row.offset, row.size) not in found and len(found) < _MOST_ENTRIES:
                size = min(row.size, _MOST_BYTES) if self._is_dictd else row.size
                data = self._texts.part(row.offset, size)
                found[row.offset, row.size] = Entry(row.word, self._blocks(data))
        return tuple(found.values())

    def _blocks(self, data: bytes) -> tuple[Block, ...]:
        if self._is_dictd:
            return markup.dictd_body(_text(data)).blocks
        parts = stardict.parts(data, self._kinds)
        bodies = (markup.body_of(kind, _text(part)) for kind, part in parts)
        return tuple(block for body in bodies for block in body.blocks)

    def close(self) -> None:
        """Close its files."""
        self.index.close()
        self._texts.close()


class Broken(NamedTuple):
    """A dictionary that cannot be opened, and why."""

    name: str
    trouble: str


Find = Callable[[Dictionary], Sequence[Row]]


class Dictionaries:
    """The dictionaries of a folder in their order, opened when they are first asked.

    ``off`` are the names of those that are not asked. ``cache`` is the folder of sorted words.
    """

    def __init__(
        self, folder: Path, order: Sequence[str], off: Collection[str], cache: Path | None
    ) -> None:
        """Find them. Raises DictionaryError if the folder cannot be read."""
        self.volumes = [each for each in ordered(volumes(folder), order) if each.name not in off]
        self._cache = cache
        self._lock = threading.Lock()
        self._open: dict[Volume, Dictionary | Broken] = {}

    def look_up(self, text: str) -> Answers:
        """Return the entries of dictionaries for a word; ``text`` may go on behind it.

        Only a script without spaces may go on: the longest word at its start is found.
        """
        asked = forms.bare(text)
        if not asked:
            return Answers("", "")
        with self._lock:
            return self._found(asked)

    def _found(self, asked: str) -> Answers:
        find = forms.longest if forms.is_unspaced(asked) else forms.exact
        found = self._ask(lambda each: find(each.index, asked))
        if any(answer.entries for answer in found):
            words = [entry.word for answer in found for entry in answer.entries]
            word = max(words, key=len) if forms.is_unspaced(asked) else asked
            return Answers(asked, word, found)
        return self._near(asked, found)

    def _near(self, asked: str, found: tuple[Answer, ...]) -> Answers:
        words: dict[str, None] = {}
        for each in self._opened():
            if isinstance(each, Dictionary):
                try:
                    words.update(dict.fromkeys(forms.near(each.index, asked)))
                except DictionaryError as error:
                    log.info("%s: %s", each.name, error)
        if not words:
            return Answers(asked, asked, found)
        word, *others = words
        found = self._ask(lambda each: forms.exact(each.index, word))
        return Answers(asked, word, found, (word, *others[:7]))

    def _ask(self, find: Find) -> tuple[Answer, ...]:
        return tuple(self._answer(each, find) for each in self._opened())

    def _answer(self, each: Dictionary | Broken, find: Find) -> Answer:
        if isinstance(each, Broken):
            return Answer(each.name, trouble=each.trouble)
        try:
            return Answer(each.title, each.entries(find(each)))
        except DictionaryError as error:
            return Answer(each.title, trouble=str(error))

    def _opened(self) -> Iterator[Dictionary | Broken]:
        for volume in self.volumes:
            if volume not in self._open:
                self._open[volume] = _opened(volume, self._cache)
            yield self._open[volume]

    def close(self) -> None:
        """Close all files."""
        for each in self._open.values():
            if isinstance(each, Dictionary):
                each.close()
        self._open.clear()


def of_settings(settings: Settings) -> Dictionaries:
    """Return the dictionaries that settings name. Raises DictionaryError."""
    folder = Path(settings.dictionaries) if settings.dictionaries else paths.dictionaries_dir()
    cache = paths.cache_dir() / "dictionaries"
    return Dictionaries(folder, settings.dictionary_order, settings.dictionaries_off, cache)


def _opened(volume: Volume, cache: Path | None) -> Dictionary | Broken:
    try:
        return Dictionary(volume, cache)
    except DictionaryError as error:
        return Broken(volume.name, str(error))
    except Exception as error:  # a foreign file: whatever is wrong with it costs no other
        log.warning("%s: %r", volume.file, error)
        return Broken(volume.name, "This dictionary is damaged; get it again.")


def _cache_name(file: Path) -> str:
    return hashlib.sha256(os.fsencode(file)).hexdigest()[:40] + ".index"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
