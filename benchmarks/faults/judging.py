"""What must hold of a damaged library: it is told, all is given back, nothing wrong is hidden."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.faults import example
from benchmarks.faults.example import Text
from benchmarks.faults.program import Program, Said, windows_in
from reader.library.repair.texts import UNREADABLE

_NOTICE = example.digest(UNREADABLE)
_SHOWN = 3


def commands(program: Program, note: Path) -> Iterator[str]:
    """Run commands that read and write; yield the faults of their answers."""
    note.write_text("# Note\n\nA text that is added.\n", "utf-8")
    lines = [["list"], ["show", "1"], ["search", "a*"], ["backup"], ["add", str(note)], ["list"]]
    for words in lines:
        yield program(*words).trouble()


def window(program: Program) -> Iterator[str]:
    """Open the window; yield a fault unless it shows the library or a sentence."""
    said = program.window()
    yield said.trouble()
    if not windows_in(said):
        yield f"no window: {said.error[-200:]}"
    texts = " ".join(text for each in windows_in(said) for text in each["texts"])
    yield Said(("window",), 0, "", texts).trouble()


def named(said: Said) -> set[int]:
    """Return the ids of the articles that a check names."""
    try:
        found = json.loads(said.out)
    except ValueError:
        return set()
    lists = [each for each in found.values() if _is_damage(each)]
    return {int(item["article"]) for items in lists for item in items}


def _is_damage(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(
        isinstance(each, dict) and "article" in each for each in value
    )  # fmt: skip


def shown_as_whole(file: Path, truth: dict[str, Text], said: Said) -> list[str]:
    """Return the uids of articles whose texts are wrong, though neither they nor a check say so."""
    found = example.readable(file)
    wrong = {
        uid for uid, text in found.items()
        if uid in truth and text != truth[uid] and text.digest != _NOTICE
    }  # fmt: skip
    return sorted(wrong - _uids(file, named(said)))


def _uids(file: Path, ids: set[int]) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        found: set[str] = set()
        for id in ids:
            try:
                rows = connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).fetchall()
            except sqlite3.Error:
                continue
            found.update(str(uid) for (uid,) in rows)
    return found


def right(found: dict[str, Text], truth: dict[str, Text]) -> int:
    """Return how many articles are as they were."""
    return sum(found.get(uid) == text for uid, text in truth.items())


def is_whole(file: Path) -> bool:
    """Return whether SQLite calls a file whole."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def repaired(program: Program, truth: dict[str, Text], least: int, damaged: bytes) -> Iterator[str]:
    """Repair a library; yield the faults of the outcome."""
    file = program.library / "library.db"
    said = program("repair", "--yes")
    yield said.trouble()
    if least and not is_whole(file):
        yield f"not whole after the repair: {(said.out + said.error)[-200:]}"
        return
    if not least and not file.exists():
        return
    check = program("check", "--json")
    yield check.trouble()
    got = right(example.readable(file), truth)
    if got < least:
        source = "the copy has" if least == len(truth) else "reading row by row gives"
        yield f"{got} articles given back, but {source} {least}"
    if wrong := shown_as_whole(file, truth, check):
        yield f"{len(wrong)} wrong texts are shown as whole: {wrong[:_SHOWN]}"
    if got < len(truth) and not _is_kept(program.library, damaged):
        yield "the damaged file was not kept as it was"


def _is_kept(folder: Path, damaged: bytes) -> bool:
    return any(
        each.is_file() and each.stat().st_size == len(damaged) and each.read_bytes() == damaged
        for each in folder.rglob("*")
    )


def told_of(program: Program) -> Iterator[str]:
    """Check a damaged library; yield the faults of the answer."""
    said = program("check", "--no-heal", "--json")
    yield said.trouble()
    if not said.code:
        yield "the check calls the library whole"
