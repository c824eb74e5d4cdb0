"""The commands of the command line, one function each."""

import argparse
import gc
import json
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader import __version__, phrases
from reader.errors import LibraryError, ReaderError
from reader.library.library import Library
from reader.model import SHELF_QUERIES, ImportResult, ImportRow, Outcome, Row, Sort, State


def add(told: argparse.Namespace) -> int:
    """Bring in files, folders and standard input."""
    from reader.ingest.save import add_paths, add_text

    rows: list[ImportRow] = []
    with Library.open(told.library) as library:
        for path in told.paths:
            if path == "-":
                result = add_text(library, sys.stdin.read())
            else:
                result = add_paths(library, [Path(path)], _report)
            rows += result.rows
        ids = [row.article for row in rows if row.article]
        if told.archive:
            library.set_state(ids, State.ARCHIVE)
        for tag in told.tag:
            library.add_tag(ids, tag)
    _clear_report()
    result = ImportResult(tuple(rows))
    if told.json:
        _print_json([row._asdict() for row in rows])
    else:
        _tell(result)
    return 1 if result.number_of(Outcome.FAILED) else 0


def list_articles(told: argparse.Namespace) -> None:
    """List a shelf."""
    query = SHELF_QUERIES[told.shelf]._replace(tag=told.tag)
    if told.sort:
        sort = Sort(told.sort)
        query = query._replace(sort=sort, descending=sort.falls_first)
    if told.reverse:
        query = query._replace(descending=not query.descending)
    with _existing(told) as library:
        rows = library.rows(query, limit=told.limit)
    if told.json:
        _print_json([row._asdict() for row in rows])
    else:
        _print_rows(rows)


def show(told: argparse.Namespace) -> None:
    """Print an article."""
    with _existing(told) as library:
        article = library.article(told.id)
        if told.source:
            sys.stdout.buffer.write(library.source(told.id)[0])
            return
    if told.json:
        _print_json(article._asdict())
    elif told.html:
        print(article.html)
    else:
        from reader.body.from_html import from_html
        from reader.body.to_text import to_text

        details = (article.byline, article.site, phrases.day(article.published_at), article.url)
        print(_safe(article.title))
        print(_safe(" · ".join(each for each in details if each)))
        print()
        print(_safe(to_text(from_html(article.html))))


def open_window(told: argparse.Namespace) -> int:
    """Open the window on an article or a file."""
    from reader.cli import look_for_display

    look_for_display()
    gc.disable()  # nothing of a start is garbage; the window switches it on again
    from reader.gui.app import run

    return run(told.library, open=lambda library: _article_of(library, told.what))


def print_pages(told: argparse.Namespace) -> None:
    """Put an article or a file on paper."""
    from reader.printing.headless import print_article

    target = Path(told.pdf).expanduser()
    file = Path(told.what).expanduser()
    if told.what.isdecimal() and not file.exists():
        with _existing(told) as library:
            article = library.article(int(told.what))
            pages = print_article(article, library.picture_path, target, told.paper, _report)
    else:
        import tempfile

        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
            article = library.article(_article_of(library, str(file)))
            pages = print_article(article, library.picture_path, target, told.paper, _report)
    _clear_report()
    print(f"{target}: {phrases.plural(pages, 'page')}")


def archive(told: argparse.Namespace) -> None:
    """Move articles to the archive."""
    _move(told, State.ARCHIVE, done=True)


def queue(told: argparse.Namespace) -> None:
    """Put articles into the queue."""
    _move(told, State.QUEUE)


def trash(told: argparse.Namespace) -> None:
    """Move articles to the trash."""
    _move(told, State.TRASH)


def favourite(told: argparse.Namespace) -> None:
    """Make articles favourites, or no longer."""
    with _existing(told) as library:
        _known(library, told.ids)
        _say_changed(library, library.set_favourite(told.ids, not told.off))


def tag(told: argparse.Namespace) -> None:
    """Tag articles; without anything to add or remove, print their tags."""
    with _existing(told) as library:
        _known(library, told.ids)
        changed = sum(library.add_tag(told.ids, each) for each in told.add)
        changed += sum(library.remove_tag(told.ids, each) for each in told.remove)
        if told.add or told.remove:
            _say_changed(library, changed)
            return
        for id in told.ids:
            print(f"{id}\t{_safe(', '.join(library.article(id).tags))}")


def undo(told: argparse.Namespace) -> None:
    """Take the last change back."""
    with _existing(told) as library:
        label = library.undo()
    print(_safe(f"Undone: {label}" if label else "There is nothing left to undo."))


def redo(told: argparse.Namespace) -> None:
    """Make the change that was taken back again."""
    with _existing(told) as library:
        label = library.redo()
    print(_safe(f"Done again: {label}" if label else "There is nothing to do again."))


def info(told: argparse.Namespace) -> int:
    """Say where things lie, how many there are, and whether all is well."""
    from reader import paths

    with _existing(told) as library:
        counts, damage = library.counts(), library.check()
    lines: dict[str, Any] = {
        "version": __version__,
        "library": str(told.library),
        "settings": str(paths.config_dir()),
        "log": str(paths.log_dir()),
        "queue": counts.queue,
        "archive": counts.archive,
        "trash": counts.trash,
        "favourites": counts.favourites,
        "tags": len(counts.tags),
        "damage": [*damage],
    }
    if told.json:
        _print_json(lines)
    else:
        for name, value in lines.items():
            text = ("none found" if not value else " ".join(value)) if name == "damage" else value
            print(f"{name + ':':12}{text}")
    return 1 if damage else 0


def _existing(told: argparse.Namespace) -> Library:
    try:
        return Library.open(told.library, create=False)
    except LibraryError as error:
        if (told.library / "library.db").exists():
            raise
        raise LibraryError(
            f"There is no library in {told.library} yet. “reader add FILE” makes one."
        ) from error


def _move(told: argparse.Namespace, state: State, *, done: bool = False) -> None:
    with _existing(told) as library:
        _known(library, told.ids)
        _say_changed(library, library.set_state(told.ids, state, done=done))


def _known(library: Library, ids: Sequence[int]) -> None:
    for id in ids:
        library.article(id)


def _say_changed(library: Library, changed: int) -> None:
    print(_safe(f"{library.undo_label()}." if changed else "Nothing to change."))


def _article_of(library: Library, what: str) -> int:
    from reader.ingest.save import add_paths

    file = Path(what).expanduser()
    if what.isdecimal() and not file.exists():
        return library.article(int(what)).id
    row = add_paths(library, [file]).rows[0]
    if not row.article:
        raise ReaderError(row.note)
    return row.article


# ---- output


def _tell(result: ImportResult) -> None:
    for row in result.rows:
        if row.outcome is Outcome.FAILED:
            print(_safe(f"reader: {row.name}: {row.note}"), file=sys.stderr)
        elif row.note:
            print(_safe(f"{row.name}: {row.note}"), file=sys.stderr)
    print(f"{result}.")


def _print_rows(rows: Sequence[Row]) -> None:
    wide = max((len(str(row.id)) for row in rows), default=0)
    for row in rows:
        mark = "•" if not row.opened_at else " "
        time = phrases.reading_time(row.words) if row.downloaded else "waiting"
        source = _fitted(_safe(row.site or row.byline), 22)
        star = "★" if row.favourite else " "
        title = _fitted(_safe(row.title), 52)
        print(f"{row.id:>{wide}} {mark}{star} {title} {source} {time:>10}".rstrip())


def _fitted(text: str, columns: int) -> str:
    """Return the text cut or filled to so many columns of a terminal."""
    taken, kept = 0, ""
    for each in text:
        size = 0 if unicodedata.combining(each) else 1
        size += unicodedata.east_asian_width(each) in "WF"
        if taken + size > columns - 1:
            return kept + "…" + " " * (columns - taken - 1)
        kept, taken = kept + each, taken + size
    return kept + " " * (columns - taken)


def _safe(text: str) -> str:
    """Return foreign text without what a terminal would obey."""
    return "".join(
        each if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cf") else "�"
        for each in text
    )


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()


def _report(done: int, total: int, text: str) -> None:
    if sys.stderr.isatty():
        part = f"{done}/{total} " if total else ""
        print(f"\r\x1b[K{part}{_safe(text)[:70]}", end="", file=sys.stderr, flush=True)


def _clear_report() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)


COMMANDS = {
    "add": add,
    "list": list_articles,
    "show": show,
    "open": open_window,
    "print": print_pages,
    "archive": archive,
    "queue": queue,
    "trash": trash,
    "favourite": favourite,
    "tag": tag,
    "undo": undo,
    "redo": redo,
    "info": info,
}
