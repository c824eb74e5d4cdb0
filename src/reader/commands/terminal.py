"""Output on a terminal: lists, progress, and foreign text without control characters."""

import sys
import unicodedata
from collections.abc import Sequence

from reader import phrases
from reader.commands.streams import replace_by
from reader.errors import LibraryError
from reader.model import Article, ImportResult, ImportRow, Outcome, Row


def print_result(result: ImportResult, *, as_json: bool = False) -> int:
    """Print the rows that need attention and the totals, or all as JSON; return the exit code."""
    clear_report()
    if as_json:
        print_json([_as_json(row) for row in result.rows])
    else:
        _print_result(result)
    return 1 if result.number_of(Outcome.FAILED) else 0


def _print_result(result: ImportResult) -> None:
    for row in result.rows:
        if row.outcome is Outcome.FAILED:
            print_failure(row)
        elif row.remarks:
            print(safe(f"{row.name}: {phrases.remarks(row.remarks)}"), file=sys.stderr)
    print(f"{result}.")


def print_failure(row: ImportRow) -> None:
    """Print on stderr why an item failed."""
    print_failure_of(row.name, phrases.remarks(row.remarks))


def print_failure_of(name: str, reason: str) -> None:
    """Print on stderr the reason why something of a name failed."""
    print(safe(f"reader: {name}: {reason}"), file=sys.stderr)


def _as_json(row: ImportRow) -> dict[str, object]:
    note = phrases.remarks(row.remarks)
    said = {"name": row.name, "outcome": row.outcome, "article": row.article, "note": note}
    return {**said, "failure": row.failure._asdict() if row.failure else None}


def fields_of(article: Row | Article) -> dict[str, object]:
    """Return the fields of an article for JSON."""
    failure = article.failure._asdict() if article.failure else None
    return {**article._asdict(), "failure": failure}


def print_rows(rows: Sequence[Row], *, numbered: bool = False) -> None:
    """Print a list with a line for each article; if ``numbered``, each begins with its position."""
    wide = max((len(str(row.id)) for row in rows), default=0)
    for number, row in enumerate(rows, 1):
        place = f"{number:>{len(str(len(rows)))}}. " if numbered else ""
        mark = "•" if not row.opened_at else " "
        time = phrases.time_left(row.words, row.progress) if row.downloaded else waiting(row)
        source = fitted(safe(row.source), 22)
        star = "★" if row.favourite else " "
        title = fitted(safe(row.title), 52)
        print(f"{place}{row.id:>{wide}} {mark}{star} {title} {source} {time:>10}".rstrip())


def waiting(row: Row) -> str:
    """Return why an article has no text."""
    return phrases.failure_in_short(row.failure) if row.failure else "waiting"


def fitted(text: str, columns: int) -> str:
    """Return the text cut or padded to a number of terminal columns."""
    taken, kept = 0, ""
    for letter in text:
        size = 0 if unicodedata.combining(letter) else 1
        size += unicodedata.east_asian_width(letter) in "WF"
        if taken + size > columns - 1:
            return kept + "…" + " " * (columns - taken - 1)
        kept, taken = kept + letter, taken + size
    return kept + " " * (columns - taken)


def safe(text: str) -> str:
    """Return foreign text without characters that control a terminal."""
    return "".join(
        letter if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf") else "�"
        for letter in text
    )


def confirmed(question: str, refusal: str) -> bool:
    """Ask on the terminal. Raises LibraryError with ``refusal`` if there is nobody to answer."""
    if not sys.stdin.isatty():
        raise LibraryError(refusal)
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:  # Ctrl+D
        return False
    return answer.strip().casefold() in ("y", "yes")


def print_json(value: object) -> None:
    """Print a value as JSON; characters that the output's encoding lacks are escaped."""
    import json  # imported only if JSON is printed

    replace_by(sys.stdout, "reader.json")
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()


def report(done: int, total: int, text: str) -> None:
    """Show the progress on a terminal, and nothing elsewhere."""
    if sys.stderr.isatty():
        part = f"{done}/{total} " if total else ""
        print(f"\r\x1b[K{part}{safe(text)[:70]}", end="", file=sys.stderr, flush=True)


def clear_report() -> None:
    """Remove the line of the progress."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
