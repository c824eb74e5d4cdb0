"""A repair, a migration and a complete copy in a process that is killed at a random moment."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import apsw
from tests.damaging import overwrite, pages
from tests.faults.journeys import clipping, held

from reader.library.backup import complete
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.repair import rescue
from reader.library.store import migrate
from reader.progress import silent

_COUNT = 30
_OLD = 11
"""The schema before that of today."""


class Work(NamedTuple):
    """How a folder is prepared, what is done in it, and where the outcome is."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], object]
    outcome: Callable[[Path], Path] = lambda folder: folder / "library.db"
    keeps: bool = False
    """Whether the former file must stay, byte for byte, somewhere in the folder."""


def _many(folder: Path) -> None:
    with Library.open(folder) as library, library.together():
        name = library.keep_picture(b"picture", "png")
        for number in range(_COUNT):
            library.add(clipping(number, pictures=(name,), lead=name, tags=("art",)))


def _damaged(folder: Path) -> None:
    _many(folder)
    with Library.open(folder) as library:
        library.backups.take(Reason.ASKED)
    file = folder / "library.db"
    for page in pages(file):
        if page.owner in ("content", "article") and page.kind == "leaf":
            overwrite(file, page.number)


def _old(folder: Path) -> None:
    """Make a library of an older schema, with the articles of today's."""
    _many(folder)
    new, old = folder / "library.db", folder / "old.db"
    with closing(apsw.Connection(str(old))) as connection:
        connection.pragma("application_id", migrate.APPLICATION_ID)
        migrate.make(connection, _OLD)
        connection.execute("ATTACH ? AS new", (str(new),))
        for table in ("article", "content", "tag", "tag_within", "article_tag", "article_image"):
            _copy_rows(connection, table)
    for each in folder.glob("library.db*"):
        each.unlink()
    old.rename(new)


def _copy_rows(connection: apsw.Connection, table: str) -> None:
    told: Any = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
    there: Any = connection.execute(f"PRAGMA new.table_info({table})").fetchall()
    known = {name for _, name, *_ in there} - {"articles", "shown"}  # triggers count these
    names = ", ".join(name for _, name, *_ in told if name in known)
    connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")


def _repair(folder: Path) -> None:
    rescue.mend(folder / "library.db", silent, with_loss=True)


def _copy(folder: Path) -> None:
    with Library.open(folder) as library:
        complete.write(library, _copied_to(folder).parent, silent)


def _copied_to(folder: Path) -> Path:
    return folder.with_name("copied") / "library.db"


WORKS = {
    "repair": Work(_damaged, _repair, keeps=True),
    "migration": Work(_old, lambda folder: Library.open(folder).close()),
    "complete copy": Work(_many, _copy, _copied_to),
}


class Trial:
    """A work on a library, which is done once in peace; ``seconds`` is how long that takes."""

    def __init__(self, name: str, folder: Path) -> None:
        self._work = WORKS[name]
        self._folder = folder
        self._kept = folder / "kept"
        self._kept.mkdir(parents=True)
        self._work.prepare(self._kept)
        self._data = (self._kept / "library.db").read_bytes()
        done = self._fresh("done")
        start = time.monotonic()
        os.waitpid(_forked(self._work.do, done), 0)
        self.seconds = time.monotonic() - start
        self._after = held(self._work.outcome(done))
        assert len(self._after["article"]) == _COUNT

    def kill(self, chance: random.Random) -> bool:
        """Kill the work at a random moment; return whether it was killed in time.

        Raises AssertionError unless the outcome is there as a whole or not at all, the former file
        is kept if it must be, and doing the work again leads to the same outcome.
        """
        folder = self._fresh("killed")
        child = _forked(self._work.do, folder)
        time.sleep(chance.random() * self.seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        file, outcome = folder / "library.db", self._work.outcome(folder)
        assert file.exists()
        if self._work.keeps:
            kept = [each for each in folder.rglob("*") if each.is_file()]
            assert any(each.read_bytes() == self._data for each in kept), "the file is not kept"
        if not outcome.exists() or outcome.read_bytes() == self._data:
            if outcome != file:  # a copy is made in an empty folder
                shutil.rmtree(outcome.parent, ignore_errors=True)
            os.waitpid(_forked(self._work.do, folder), 0)
        assert held(outcome) == self._after
        with Library.open(outcome.parent) as library:
            assert library.check() == ()
        return os.WIFSIGNALED(status)

    def _fresh(self, name: str) -> Path:
        folder = self._folder / name
        for each in (folder, self._work.outcome(folder).parent):
            shutil.rmtree(each, ignore_errors=True)
        return Path(shutil.copytree(self._kept, folder))


def _forked(work: Callable[[Path], object], folder: Path) -> int:
    child = os.fork()
    if not child:
        try:
            work(folder)
        finally:
            os._exit(0)
    return child
