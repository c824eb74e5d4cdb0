"""The settings of the running program: one value, written to its file whenever it changes.

Several windows and processes may use one file. Each merges only its own changes, entry by entry,
into the current content of the file, and preserves unknown entries.
"""

import copy
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from reader import locks, paths, private
from reader.errors import SettingsDamaged, SettingsError
from reader.settings import Settings, from_tree, read, to_tree

log = logging.getLogger(__name__)

Tree = dict[str, Any]
Changes = dict[tuple[str, ...], Any]

_COLLECT_SECONDS = 0.15  # changes within this time are written together
_PATIENCE_SECONDS = 5.0
_GONE: Final = object()


class SettingsStore:
    """The settings of a process, and the file that stores them; without a file, nothing is stored.

    ``changed`` holds functions that are called with the settings whenever they change, ``troubled``
    functions that are called with a message if they cannot be written. Both are called from the
    thread that changed the settings, or from the one that writes them. ``trouble`` is the message
    about a file that could not be read at the start, ``""`` if there is none.
    """

    def __init__(self, file: Path | None = None, value: Settings | None = None) -> None:
        self.value = value or Settings()
        self.changed: list[Callable[[Settings], None]] = []
        self.troubled: list[Callable[[str], None]] = []
        self.trouble = ""
        self._file = file
        self._seen: Tree | None = None  # the last known content of the file
        self._pending: Changes = {}
        self._told = False
        self._timer: threading.Timer | None = None
        self._lock = threading.RLock()
        self._writing = threading.Lock()

    @classmethod
    def open(cls, file: Path) -> "SettingsStore":
        """Read a settings file; rename a damaged one."""
        store = cls(file)
        for each in (file.parent, file):
            private.protect(each)
        try:
            store._seen = read(file)
            store.value = from_tree(store._seen)
        except SettingsDamaged:
            store._begin_anew(file)
        except SettingsError as error:
            store.trouble = str(error)
            store.value = Settings(trash_days=0)
        return store

    @classmethod
    def of(cls, settings: "Settings | SettingsStore") -> "SettingsStore":
        """Return a store as it is, or a store of a value with the default file."""
        if isinstance(settings, Settings):
            return cls(paths.settings_file(), settings)
        return settings

    def update(self, **changes: object) -> None:
        """Change settings; the file is written in the background within a fraction of a second."""
        with self._lock:
            before, after = self.value, self.value._replace(**changes)  # type: ignore[arg-type]
            if after == before:
                return
            self.value = after
            for name in changes:
                old, new = getattr(before, name), getattr(after, name)
                for path, value in _differences(to_tree(old), to_tree(new), (name,)):
                    self._pending.pop(path, None)  # keep the order of the changes
                    self._pending[path] = value
            self._write_soon()
        for heard in self.changed:
            heard(after)

    def flush(self) -> None:
        """Write pending changes now, and apply the changes of other processes."""
        if self._file is None or not self._writing.acquire(timeout=_PATIENCE_SECONDS):
            return
        try:
            with self._lock:
                changes, self._pending = self._pending, {}
            if changes:
                self._write(self._file, changes)
        finally:
            self._writing.release()

    def _write_soon(self) -> None:
        if self._file is not None and self._timer is None:
            self._timer = threading.Timer(_COLLECT_SECONDS, self._on_time)
            self._timer.name, self._timer.daemon = "settings", True
            self._timer.start()

    def _on_time(self) -> None:
        with self._lock:
            self._timer = None
        self.flush()

    def _write(self, file: Path, changes: Changes) -> None:
        try:
            found = _written(file, changes, self._seen or {})
        except (SettingsError, OSError) as error:
            with self._lock:  # the next change or the end of the program tries again
                self._pending = {**changes, **self._pending}
            self._tell(error, file)
        else:
            self._told = False
            self._take(found)

    def _take(self, found: Tree) -> None:
        """Apply the changes of other processes to the file since the last read."""
        with self._lock:
            before, tree = self.value, to_tree(self.value)
            if self._seen is not None:
                _apply(tree, dict(_differences(self._seen, found)))
                _apply(tree, self._pending)
            self._seen = found
            self.value = after = from_tree(tree)
        if after != before:
            for heard in self.changed:
                heard(after)

    def _tell(self, error: Exception, file: Path) -> None:
        if self._told:
            return
        self._told = True
        why = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
        said = (
            f"The settings could not be written to {file.parent}{why}; your changes last until "
            "Reader is closed, unless this is fixed before."
        )
        log.warning("%s", said)
        for heard in self.troubled:
            heard(said)

    def _begin_anew(self, file: Path) -> None:
        """Continue with the default settings, and keep the damaged file."""
        kept = None
        with suppress(OSError), locks.held(_lock_of(file), _PATIENCE_SECONDS) as alone:
            if alone and not _is_sound(file):
                kept = _kept_aside(file)
        where = f"were kept as {kept.name}" if kept else "stay as they are"
        self.trouble = (
            f"The settings in {file} are damaged and {where}. The defaults are used, but the "
            "trash is kept until you choose otherwise."
        )
        self._seen = {}
        self.update(trash_days=0)


# ---- trees, and their differences


def _differences(
    old: object, new: object, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield the paths of all entries that differ, each with its new value, or ``_GONE``."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**new, **old}:
            yield from _differences(old.get(name, _GONE), new.get(name, _GONE), (*path, name))
    elif old is not new and (type(old) is not type(new) or old != new):
        yield path, new


def _apply(tree: Tree, changes: Mapping[tuple[str, ...], Any]) -> None:
    """Apply changes to a tree; create missing branches."""
    for (*above, last), new in changes.items():
        branch = tree
        for name in above:
            if not isinstance(branch.get(name), dict):
                branch[name] = {}
            branch = branch[name]
        if new is _GONE:
            branch.pop(last, None)
        else:
            branch[last] = copy.deepcopy(new)


# ---- the file


def _written(file: Path, changes: Changes, seen: Tree) -> Tree:
    """Merge changes into the current content of a file, and return the new content.

    ``seen`` is the last known content, in case the file is missing or damaged now.
    """
    target = Path(os.path.realpath(file))  # a symbolic link stays a link
    private.make_folder(target.parent)
    with locks.held(_lock_of(target), _PATIENCE_SECONDS) as alone:
        if not alone:
            raise SettingsError("Another Reader has locked the settings for too long.")
        try:
            tree = read(target)
        except SettingsDamaged:
            _kept_aside(target)
            tree = {}
        tree = tree or copy.deepcopy(seen)
        _apply(tree, changes)
        _replace(target, json.dumps(tree, indent=1, ensure_ascii=False))
    return tree


def _lock_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")


def _is_sound(file: Path) -> bool:
    try:
        read(file)
    except SettingsDamaged:
        return False
    return True


def _replace(target: Path, text: str) -> None:
    """Write a file atomically, readable by the user only; the caller holds the lock."""
    for left in target.parent.glob(f"{target.name}.*.new"):  # by a process that was killed
        left.unlink(missing_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with open(fresh, "xb", opener=private.opener) as out:
            # A lone surrogate, as in a file name of an old disk, is written as a JSON escape.
            out.write(text.encode("utf-8", "backslashreplace"))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows cannot open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _kept_aside(file: Path) -> Path | None:
    """Rename a damaged file and return its new path, None if that failed.

    The caller holds the lock, because another process might replace the file meanwhile.
    """
    names = (f"{file.name}.damaged" + (f"-{n}" if n else "") for n in range(1000))
    free = next((file.with_name(name) for name in names if not file.with_name(name).exists()), None)
    try:
        return file.rename(free) if free else None
    except OSError:
        return None
