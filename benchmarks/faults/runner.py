"""Each recipe of ``db_faults``, done to a library of its own and judged by what it demands."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.faults import damage, example, foreign, judging, killing, power, surroundings
from benchmarks.faults.damage import NotRun, Record
from benchmarks.faults.program import Program, Said
from reader.errors import LibraryError
from reader.library.library import Library

Recipe = Callable[[Path, Record], Iterator[str]]


def trouble(record: Record) -> str:
    """Play a recipe; return what does not hold, "" if all does.

    A recipe that is unknown, or cannot be played here, is told as not run.
    """
    try:
        return _played(record)
    except NotRun as error:
        return f"not run: {error}"
    except Exception as error:
        return f"the recipe broke: {type(error).__name__}: {error}"


def _played(record: Record) -> str:
    recipe = next((RECIPES[kind] for kind in RECIPES if str(record["kind"]).startswith(kind)), None)
    if recipe is None:
        raise NotRun(f"kind {record['kind']}")
    work = Path(tempfile.mkdtemp(prefix="reader-fault-"))
    try:
        return "; ".join(dict.fromkeys(filter(None, recipe(work, record))))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _damaged(work: Path, record: Record, harm: Callable[[Path, Record], None]) -> Iterator[str]:
    """Harm three libraries alike: for commands, for a repair without copies, and with one."""
    programs = {}
    for name in ("commands", "alone", "with a copy"):
        folder = example.copied(work / name, with_copy=name == "with a copy")
        harm(folder / "library.db", record)
        programs[name] = Program(work / f"home of {name}", folder)
    truth = example.texts(example.made() / "library.db")
    file = programs["alone"].library / "library.db"
    damaged = file.read_bytes()
    found = example.readable(_scratch(file))
    least = judging.right(found, truth)
    if damaged != (example.made() / "library.db").read_bytes() and _is_harmed(file, least, truth):
        yield from judging.told_of(programs["alone"])
    yield from judging.commands(programs["commands"], work / "note.md")
    yield from judging.repaired(programs["alone"], truth, least, damaged)
    yield from judging.window(programs["with a copy"])
    yield from judging.repaired(programs["with a copy"], truth, len(truth), damaged)


def _scratch(file: Path) -> Path:
    """Return a copy of a file that any program may open."""
    return Path(shutil.copy(file, file.parent.with_name("scratch.db")))


def _is_harmed(file: Path, least: int, truth: dict[str, example.Text]) -> bool:
    return least < len(truth) or not judging.is_whole(_scratch(file))


def _corrupt(work: Path, record: Record) -> Iterator[str]:
    yield from _damaged(work, record, damage.corrupt)


def _truncate(work: Path, record: Record) -> Iterator[str]:
    yield from _damaged(work, record, damage.truncate)


def _bit_flips(work: Path, record: Record) -> Iterator[str]:
    folder = example.copied(work / "flipped", with_copy=False)
    damage.flip_bits(folder / "library.db", record)
    program = Program(work / "home", folder)
    said = program("check", "--no-heal", "--json")
    yield said.trouble()
    truth = example.texts(example.made() / "library.db")
    scratch = _scratch(folder / "library.db")
    if wrong := judging.shown_as_whole(scratch, truth, said):
        yield f"the check names {len(judging.named(said))} articles, but not {wrong}"
    yield from _damaged(work, record, damage.flip_bits)


def _log(work: Path, record: Record) -> Iterator[str]:
    folder = work / "library"
    damage.damage_log(damage.with_log(folder), record["case"])
    for each in folder.glob("library.db*"):
        shutil.copy(each, work)
    least = example.readable(work / "library.db")
    program = Program(work / "home", folder)
    for words in (["list"], ["check"], ["show", "1"]):
        yield program(*words).trouble()
    yield from judging.window(program)
    said = program("repair", "--yes")
    yield said.trouble()
    found = example.readable(folder / "library.db")
    if missing := least.keys() - found.keys():
        yield f"{len(missing)} articles are gone"
    if not judging.is_whole(folder / "library.db"):
        yield "not whole in the end"


def _schema(work: Path, record: Record) -> Iterator[str]:
    odd = foreign.oddity(record["case"])
    folder = example.copied(work / "library", with_copy=False)
    file = folder / "library.db"
    odd.do(file)
    before, least = file.read_bytes(), example.readable(_scratch(file)).keys()
    program = Program(work / "home", folder)
    for words in (["list"], ["check"], ["show", "7"], ["search", "a*"], ["stats"], ["backup"]):
        said = program(*words)
        yield said.trouble()
        names = ("library.db", str(folder), "article")
        is_told = any(name in said.error + said.out for name in names)
        if said.code and words != ["check"] and not is_told:
            yield f"“{words[0]}” names neither the file nor the article: {said.error[-200:]}"
    yield from judging.commands(program, work / "note.md")
    yield from judging.window(program)
    yield program("repair", "--yes").trouble()
    if odd.is_left_alone and file.read_bytes() != before:
        yield "the file was changed"
    if not odd.is_left_alone and (gone := least - example.readable(file).keys()):
        yield f"{len(gone)} articles are gone"


def _environment(work: Path, record: Record) -> Iterator[str]:
    if (case := record["case"]) in _WHILE_OPEN:
        yield from _WHILE_OPEN[case](work)
        return
    note = work / "note.md"
    note.write_text("# A note of trouble\n\nA text that is added.\n", "utf-8")
    with surroundings.state(case)(work) as (program, has_library):
        for words in (["list"], ["show", "1"], ["search", "a*"], ["check"], ["backup"]):
            said = program(*words)
            yield said.trouble()
            if has_library and said.code and words[0] in ("list", "show", "search"):
                yield f"nothing can be read: {said.error[-200:]}"
        yield program("backup", "--to", str(program.library.with_name("to"))).trouble()
        added = program("add", str(note))
        yield added.trouble()
        yield from judging.window(program)
    program.env.pop("LD_PRELOAD", None)
    program.prefix = ()
    yield from _after(program, acknowledged=not added.code)


def _after(program: Program, *, acknowledged: bool) -> Iterator[str]:
    """Look at a library after a fault went away: it works, and holds what it was given."""
    said = program("list")
    if said.code or len(said.out.splitlines()) < example.COUNT:
        yield f"not as before afterwards: {(said.error or said.out)[-200:]}"
    if acknowledged and "A note of trouble" not in said.out:
        yield "what was added is lost"
    if (said := program("favourite", "1")).code:
        yield f"cannot be written to afterwards: {said.error[-200:]}"
    if not judging.is_whole(program.library / "library.db"):
        yield "damaged afterwards"


def _removed(work: Path, harm: Callable[[Path], object], mend: Callable[[Path], object]
             ) -> Iterator[str]:  # fmt: skip
    """Take the library away while it is open, write, and put it back."""
    program = Program(work / "home", example.copied(work / "library", with_copy=False))
    with Library.open(program.library) as library:
        harm(program.library)
        for change in (lambda: library.set_favourite([2], True), lambda: library.counts()):
            try:
                change()
            except LibraryError as error:
                yield Said(("write",), 1, "", str(error)).trouble()
        mend(program.library)
    yield from _after(program, acknowledged=False)


def _replaced(folder: Path) -> None:
    file = folder / "library.db"
    file.rename(folder.parent / "kept.db")
    (folder / "library.db").write_bytes(example.made().joinpath("library.db").read_bytes())


def _put_back(folder: Path) -> None:
    (folder.parent / "kept.db").rename(folder / "library.db")


_WHILE_OPEN: dict[str, Callable[[Path], Iterator[str]]] = {
    "dir_removed_while_open": lambda work: _removed(
        work,
        lambda folder: folder.rename(work / "gone"),
        lambda folder: (work / "gone").rename(folder),
    ),
    "file_replaced_while_open": lambda work: _removed(work, _replaced, _put_back),
    "file_removed_while_open": lambda work: _removed(
        work, lambda folder: (folder / "library.db").rename(work / "kept.db"), _put_back
    ),
}  # fmt: skip


RECIPES: dict[str, Recipe] = {
    "corrupt_": _corrupt,
    "truncate": _truncate,
    "bit_flips": _bit_flips,
    "wal": _log,
    "schema": _schema,
    "environment": _environment,
    "kill9": killing.kill,
    "power_loss": power.lose_power,
}
"""The recipes by the beginning of their kind."""
