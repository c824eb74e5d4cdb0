"""The commands that bring in, show and change articles, one function each."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader import __version__, phrases
from reader.commands.terminal import print_json, print_rows, report, safe, tell
from reader.damage import sentences
from reader.errors import IngestError, LibraryError, ReaderError
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Counts, ImportResult, ImportRow, Outcome, Sort, State

_MOST_LISTED = 5_000_000


def add(told: argparse.Namespace) -> int:
    """Bring in addresses, files, folders and standard input."""
    from reader.ingest.save import add_paths, add_text
    from reader.library import known_libraries

    rows: list[ImportRow] = []
    addresses: list[str] = []
    with known_libraries.opened(told.library) as library:
        for path in told.paths:
            said = _standard_input() if path == "-" else path
            if listed := _addresses_in(path, said):
                addresses += listed
            elif path == "-":
                rows += add_text(library, said).rows
            else:
                rows += add_paths(library, [Path(path)], report).rows
        if addresses:
            rows += _add_addresses(library, addresses, told.paths, later=told.later)
        ids = [row.article for row in rows if row.article]
        if told.archive:
            library.set_state(ids, State.ARCHIVE)
        for tag in told.tag:
            library.add_tag(ids, tag)
        known_libraries.remember(library)
    return tell(ImportResult(tuple(rows)), as_json=told.json)


def _standard_input() -> str:
    """Return what comes in, in whatever encoding."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        return sys.stdin.read()
    from reader.ingest.decode import decode

    return decode(stream.read())


def _addresses_in(path: str, said: str) -> list[str]:
    """Return the addresses that an argument is, or that a list of nothing else holds."""
    if not said.lstrip().lower().startswith(("http://", "https://")):
        file = Path(path)
        if file.suffix.lower() not in (".txt", ".list", ".urls") or not file.is_file():
            return []
        said = _listed(file)
    from reader.ingest.address import is_address

    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines if lines and all(map(is_address, lines)) else []


def _listed(file: Path) -> str:
    from reader.ingest import disk

    try:
        return disk.read(file, _MOST_LISTED).data.decode("utf-8", "replace")
    except IngestError:
        return ""  # it is no list; adding it tells why


def _add_addresses(
    library: Library, addresses: list[str], typed: list[str], *, later: bool
) -> list[ImportRow]:
    """File addresses; those in a list of addresses, whoever wrote it, were not typed."""
    from reader.ingest.address import login_of
    from reader.ingest.web import add_addresses, download

    filed = add_addresses(library, addresses, typed=typed)
    if later:
        return list(filed.rows)
    known = dict.fromkeys(row.article for row in filed.rows if row.article)
    waiting = [row.id for row in library.rows_of(list(known)) if not row.downloaded]
    logins = [login for login in map(login_of, typed) if login]
    rows = download(library, waiting, report, logins=logins).rows
    fetched = dict(zip(waiting, rows, strict=True))
    return [_outcome_of(row, fetched.get(row.article)) for row in filed.rows]


def _outcome_of(filed: ImportRow, fetched: ImportRow | None) -> ImportRow:
    """Return the row of an address: filed in any case, with what came of its text."""
    if fetched is None:
        return filed
    came = filed.outcome is Outcome.UNCHANGED and fetched.outcome is Outcome.UPDATED
    outcome = Outcome.UPDATED if came else filed.outcome
    return ImportRow(fetched.name, outcome, fetched.article or filed.article, fetched.note)


def list_articles(told: argparse.Namespace) -> None:
    """List a shelf."""
    query = SHELF_QUERIES[told.shelf]._replace(
        tag=told.tag, site=told.site, language=told.language.casefold()
    )
    if told.sort:
        sort = Sort(told.sort)
        query = query._replace(sort=sort, descending=sort.falls_first)
    if told.reverse:
        query = query._replace(descending=not query.descending)
    with existing(told) as library:
        rows = library.rows(query, limit=told.limit)
    if told.json:
        print_json([row._asdict() for row in rows])
    else:
        print_rows(rows)


def show(told: argparse.Namespace) -> None:
    """Print an article."""
    with existing(told) as library:
        article = library.article(told.id)
        if told.source:
            sys.stdout.buffer.write(library.source(told.id)[0])
            return
    if told.json:
        print_json(article._asdict())
    elif told.html:
        print(article.html)
    else:
        from reader.body.from_html import body_of
        from reader.body.to_text import to_text

        details = (article.byline, article.site, phrases.day(article.published_at), article.url)
        print(safe(article.title))
        print(safe(" · ".join(each for each in details if each)))
        print()
        print(safe(to_text(body_of(article.html))))


def archive(told: argparse.Namespace) -> None:
    """Move articles to the archive."""
    _move(told, State.ARCHIVE, done=True)


def trash(told: argparse.Namespace) -> None:
    """Move articles to the trash."""
    _move(told, State.TRASH)


def favourite(told: argparse.Namespace) -> None:
    """Make articles favourites, or no longer."""
    with existing(told) as library:
        know(library, told.ids)
        say_changed(library, library.set_favourite(told.ids, not told.off))


def tag(told: argparse.Namespace) -> None:
    """Tag articles; without anything to add or remove, print their tags."""
    with existing(told) as library:
        know(library, told.ids)
        changed = sum(library.add_tag(told.ids, each) for each in told.add)
        changed += sum(library.remove_tag(told.ids, each) for each in told.remove)
        if told.add or told.remove:
            say_changed(library, changed)
            return
        for id in told.ids:
            print(f"{id}\t{safe(', '.join(library.article(id).tags))}")


def undo(told: argparse.Namespace) -> None:
    """Take the last change back."""
    with existing(told) as library:
        step = library.undo()
    print(safe(f"Undone: {phrases.step(step.label)}" if step else "There is nothing left to undo."))


def redo(told: argparse.Namespace) -> None:
    """Make the change that was taken back again."""
    with existing(told) as library:
        step = library.redo()
    print(
        safe(f"Done again: {phrases.step(step.label)}" if step else "There is nothing to do again.")
    )


def info(told: argparse.Namespace) -> int:
    """Say where things lie, how many there are, and whether all is well."""
    from reader import paths

    with existing(told) as library:
        found = library.check(report)
        counts = _counts(library)
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
        "damage": sentences(found),
        "damaged": [each._asdict() for each in found],
    }
    if told.json:
        print_json(lines)
    else:
        del lines["damaged"]
        for name, value in lines.items():
            text = "\n            ".join(value) or "none found" if name == "damage" else value
            print(safe(f"{name + ':':12}{text}"))
    return 1 if found else 0


def _counts(library: Library) -> Counts:
    """Return the counts, zeros if they cannot be read: the check says why."""
    try:
        return library.counts()
    except LibraryError:
        return Counts()


def existing(told: argparse.Namespace) -> Library:
    """Open the library that is meant; LibraryError where there is none yet."""
    try:
        return Library.open(told.library, create=False)
    except LibraryError as error:
        from reader.library import known_libraries

        if (told.library / "library.db").exists():
            raise
        known_libraries.look_for(told.library)
        raise LibraryError(
            f"There is no library in {told.library} yet. “reader add FILE” makes one."
        ) from error


def _move(told: argparse.Namespace, state: State, *, done: bool = False) -> None:
    with existing(told) as library:
        know(library, told.ids)
        say_changed(library, library.set_state(told.ids, state, done=done))


def know(library: Library, ids: Sequence[int]) -> None:
    """Raise NoSuchArticle unless there are all of the articles."""
    for id in ids:
        library.article(id)


def say_changed(library: Library, changed: int) -> None:
    """Print what was done: the step that undo would take back."""
    print(safe(f"{library.undo_label()}." if changed else "Nothing to change."))


def article_of(library: Library, what: str) -> int:
    """Return the article that a file becomes, which is brought in."""
    from reader.ingest.save import add_paths

    row = add_paths(library, [Path(what).expanduser()]).rows[0]
    if not row.article:
        raise ReaderError(row.note)
    return row.article
