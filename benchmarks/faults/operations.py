"""What the program is doing when it is killed or the power fails: an operation and its library."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from benchmarks.faults import damage, example
from benchmarks.faults.damage import NotRun
from benchmarks.faults.old import make_old
from benchmarks.faults.program import Program

_HELD = {
    "article": "SELECT url, title, state, favourite FROM article ORDER BY url",
    "content": "SELECT url, CAST(html AS BLOB) FROM content JOIN article ON id = article "
    "ORDER BY 1",
    "tag": "SELECT url, name FROM article_tag JOIN article ON article.id = article "
    "JOIN tag ON tag.id = tag ORDER BY 1, 2",
    "picture": "SELECT url, name FROM article_image JOIN article ON id = article ORDER BY 1, 2",
}
_SETTINGS = """
import sys; from pathlib import Path; from reader import paths
from reader.settings_store import SettingsStore
store = SettingsStore.open(paths.settings_file())
store.update(theme="dark", backup_limit=123); store.flush(); print("saved")
"""
_EVERY = tuple(map(str, range(1, example.COUNT + 1)))

Held = dict[str, Any]


class Operation(NamedTuple):
    """An operation: its command line, its library, and whether it may be done in part.

    ``prepare`` brings the library into the state before.
    """

    words: tuple[str, ...]
    prepare: Callable[[Program], object] = lambda _program: None
    make: Callable[[Path], object] = lambda folder: example.copied(folder, with_copy=False)
    is_in_steps: bool = False


def operation(name: str, work: Path) -> Operation:
    """Return an operation; its files lie in ``work``. Raises NotRun if Reader has no such one."""
    if found := re.fullmatch(r"import_(\d+)", name):
        return Operation(("add", str(_folder(work, int(found[1])))), is_in_steps=True)
    if re.fullmatch(r"bulk_tag_\d+", name):
        return Operation(("tag", *_EVERY, "--add", "bulk"))
    if name in ("save_article", "add_article", "first_start", "image_store_write"):
        page = _page(work, with_picture=name == "image_store_write")
        return Operation(("add", str(page)), make=_nothing if name == "first_start" else _whole)
    if name not in _OPERATIONS:
        raise NotRun(f"Reader has no operation {name}")
    return _OPERATIONS[name]


def held(folder: Path) -> Held:
    """Return the contents of a library; nothing if there is none. Raises apsw.Error if damaged."""
    file = folder / "library.db"
    if not file.exists() or not file.stat().st_size:
        return {}
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.set_busy_timeout(5000)
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return {"damaged": True}
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'article'").get:
            return {}
        return {name: connection.execute(sql).fetchall() for name, sql in _HELD.items()}
    finally:
        connection.close()


def _whole(folder: Path) -> None:
    example.copied(folder, with_copy=False)


def _nothing(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)


def _with_copy(folder: Path) -> None:
    example.copied(folder, with_copy=True)


def _with_damaged_index(folder: Path) -> None:
    _with_copy(folder)
    file = folder / "library.db"
    damage.overwrite(file, damage.pages_owned_by(file, "queue_by_standing")[-1:])


def _page(work: Path, *, with_picture: bool) -> Path:
    work.mkdir(parents=True, exist_ok=True)
    (work / "picture.png").write_bytes(_png(64))
    words = "A sentence with commas, and enough words to be one of a text. " * 20
    picture = '<img src="picture.png" alt="Grey">' if with_picture else ""
    page = work / "page.html"
    page.write_text(f"<title>Page</title><article><h1>Page</h1><p>{words}</p>{picture}</article>")
    return page


def _png(side: int) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4)
        return len(data).to_bytes(4) + kind + data + check

    size = side.to_bytes(4) * 2 + bytes((8, 0, 0, 0, 0))
    lines = b"".join(b"\0" + bytes(range(side)) for _ in range(side))
    parts = part(b"IHDR", size) + part(b"IDAT", zlib.compress(lines)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _folder(work: Path, count: int) -> Path:
    folder = work / "many"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = f"# Number {number}\n\n{f'Word {number} and more. ' * 30}\n"
        (folder / f"{number}.md").write_text(text, "utf-8")
    return folder


def _trash(program: Program) -> None:
    program("trash", *_EVERY[:30])


def _undo(program: Program) -> None:
    _trash(program)
    program("undo")


def _change(program: Program) -> None:
    program("favourite", *_EVERY[:20])


_OPERATIONS: dict[str, Operation] = {
    "add_tag": Operation(("tag", "1", "--add", "new")),
    "archive": Operation(("archive", *_EVERY[:50])),
    "backup": Operation(("backup",)),
    "check_library": Operation(("check",)),
    "delete": Operation(("empty-trash", "--yes"), prepare=_trash),
    "empty_trash": Operation(("empty-trash", "--yes"), prepare=_trash),
    "favourite": Operation(("favourite", *_EVERY[:50])),
    "fts_rebuild": Operation(("search", "--rebuild")),
    "merge": Operation(("merge", "1", "2")),
    "migration": Operation(("list",), make=make_old),
    "queue_reorder": Operation(("queue", *_EVERY[50:90], "--top")),
    "redo": Operation(("redo",), prepare=_undo),
    "rename_tag": Operation(("tag-rename", "all", "every")),
    "repair": Operation(("repair", "--yes"), make=_with_damaged_index),
    "restore": Operation(("restore", "newest", "--yes"), prepare=_change, make=_with_copy),
    "settings_save": Operation(("-c", _SETTINGS)),
    "undo": Operation(("undo",), prepare=_trash),
    "undo_delete": Operation(("undo",), prepare=_trash),
}
