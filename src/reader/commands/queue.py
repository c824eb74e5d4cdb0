"""The commands of the queue: its order, and what fits into the minutes one has."""

import argparse

from reader import paths, phrases, settings
from reader.commands.articles import existing, know, say_changed
from reader.commands.terminal import print_json, print_rows, safe
from reader.errors import ReaderError, SettingsError
from reader.library.library import Library
from reader.library.session import minutes_of, pick
from reader.model import SHELF_QUERIES, Row, State


def queue(told: argparse.Namespace) -> None:
    """List the queue with its places, or put articles into it, or elsewhere in it."""
    with existing(told) as library:
        if told.ids:
            know(library, told.ids)
            say_changed(library, _put(library, told))
            return
        if told.top or told.end or told.next or told.before or told.after:
            raise ReaderError("Say which articles to move: “reader queue 12 13 --top”.")
        rows = library.rows(SHELF_QUERIES["queue"], limit=told.limit)
    if told.json:
        print_json([{"place": place, **row._asdict()} for place, row in enumerate(rows, 1)])
    else:
        print_rows(rows, numbered=True)


def _put(library: Library, told: argparse.Namespace) -> int:
    order = library.queue
    if told.top:
        return order.to_top(told.ids)
    if told.end:
        return order.to_end(told.ids)
    if told.next:
        return order.next_up(told.ids, _read_last())
    if told.before:
        return order.put_before(told.ids, told.before)
    if told.after:
        return order.put_behind(told.ids, told.after)
    return library.set_state(told.ids, State.QUEUE)


def _read_last() -> int:
    """Return the article that was open in the window last, 0 for none."""
    try:
        return settings.load(paths.settings_file()).article
    except SettingsError:
        return 0


def session(told: argparse.Namespace) -> None:
    """Print what fits into some minutes."""
    with existing(told) as library:
        found = pick(library, told.minutes).rows
    if told.json:
        print_json([_told(row) for row in found])
        return
    for row in found:
        print(safe(f"{row.id}\t{phrases.time_left(row.words, row.progress)}\t{row.title}"))
    total = sum(map(minutes_of, found))
    said = f"{phrases.plural(len(found), 'article')} · {phrases.duration(60 * total)}"
    print(said if found else f"Nothing in the queue fits into {told.minutes} min.")


def _told(row: Row) -> dict[str, object]:
    return {**row._asdict(), "minutes": minutes_of(row)}
