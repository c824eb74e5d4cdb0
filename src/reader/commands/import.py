# ruff: noqa: N999  # the command is called so
"""``reader import``: the exports of other programs, foreseen first and taken in as one step."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from reader import exchange_phrases, phrases
from reader.commands.arguments import add_json, path, text
from reader.commands.library import existing
from reader.commands.streams import replace_by
from reader.commands.terminal import clear_report, print_json, report, safe
from reader.entries import Placing
from reader.errors import IngestError
from reader.outcomes import ImportRow, Outcome, Where

if TYPE_CHECKING:
    from reader.importing.formats.format import Choices
    from reader.importing.plan import Plan
    from reader.importing.reports import ImportReport
    from reader.library.library import Library

_FIELDS = ("url", "title", "tags", "state", "added_at", "note", "favourite")
_SHOWN = 20
"""The rows that are printed; the report has them all."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "files", nargs="*", default=[], type=path, metavar="FILE", help="files, archives or folders"
    )
    what.add_argument("--list", action="store_true", help="list the reports of earlier imports")
    what.add_argument("--report", type=text, metavar="KEY", help="print a report")
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be done, and change nothing"
    )
    parser.add_argument(
        "--as", dest="format", type=text, default="", metavar="FORMAT",
        help="read the files as this format, such as pocket, bookmarks or csv",
    )  # fmt: skip
    _add_choices(parser)
    parser.add_argument(
        "--save-report", type=path, metavar="PATH", help="write the report, as text or CSV"
    )
    add_json(parser, "print everything as JSON")


def _add_choices(parser: argparse.ArgumentParser) -> None:
    switch = argparse.BooleanOptionalAction
    parser.add_argument(
        "--folders-as-tags", action=switch, default=True, help="folders and lists become tags"
    )
    parser.add_argument(
        "--feed-items", action=switch, default=False, help="articles of feeds come along"
    )
    parser.add_argument(
        "--highlights", action=switch, default=True, help="highlights and notes come along"
    )
    parser.add_argument(
        "--keep-order", action=switch, default=True, help="keep the order of the file, or by date"
    )
    parser.add_argument(
        "--placing", type=Placing, choices=[*Placing], default=Placing.BEHIND,
        help="behind or before the queue, or into the archive",
    )  # fmt: skip
    parser.add_argument(
        "--columns", type=_columns, action="append", default=[], metavar="FIELD=COLUMN,…",
        help=f"the columns of a CSV file by their names; fields: {', '.join(_FIELDS)}",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Import files, or show the plan; return 1 if something could not be read."""
    if options.list:
        return _list(options)
    if options.report is not None:
        return _print_report(options)
    if not options.files:
        raise IngestError("Name the files to import, as in “reader import pocket.zip”.")
    done = list(_imports(options))
    clear_report()
    if options.json:
        _print_json(done)
    else:
        for each in done:
            _print(each)
    if options.save_report is not None:
        _save([each.report for each in done], Path(options.save_report).expanduser())
    failed = any(each.report.sums().get(Outcome.FAILED) for each in done)
    return 1 if failed else 0


class _Done(NamedTuple):
    """An import that was planned or done: its plan, the report on it, and if it can be undone."""

    plan: "Plan"
    report: "ImportReport"
    undoable: bool = False


def _imports(options: argparse.Namespace) -> Iterator[_Done]:
    """Import the files of each format one after the other."""
    from reader.importing.recognise import grouped

    groups = grouped([Path(each).expanduser() for each in options.files], options.format)
    with _library(options) as library:
        for paths in groups:
            yield _import(library, paths, options)


def _import(library: "Library", paths: Sequence[Path], options: argparse.Namespace) -> _Done:
    from reader.importing import reports
    from reader.importing.bundle import Bundle
    from reader.importing.plan import plan
    from reader.importing.recognise import choose
    from reader.importing.run import run

    with closing(Bundle(paths)) as bundle:
        format = choose(bundle, options.format)
        planned = plan(library, bundle, format, _choices(options), report)
        if options.dry_run:
            return _Done(planned, reports.of_plan(planned))
        before = library.history.made()
        result = run(library, bundle, planned, report)
        key = reports.earlier(library)[0].key if planned.entries else ""
        told = reports.of_plan(planned)._replace(key=key, result=result)
        return _Done(planned, told, library.history.made() != before)


@contextmanager
def _library(options: argparse.Namespace) -> Iterator["Library"]:
    """Open the library; a dry run does not create one."""
    from reader.library import known_libraries
    from reader.library.library import Library

    if options.dry_run and not (options.library / "library.db").exists():
        with TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
            yield library
        return
    with known_libraries.opened(options.library) as library:
        yield library


def _choices(options: argparse.Namespace) -> "Choices":
    from reader.importing.formats.format import Choices

    columns = {field: column for each in options.columns for field, column in each.items()}
    return Choices(
        folders_as_tags=options.folders_as_tags,
        feed_items=options.feed_items,
        highlights=options.highlights,
        keep_order=options.keep_order,
        placing=options.placing,
        columns=columns,
    )


def _columns(word: str) -> dict[str, str]:
    """Return the columns that are named ``url=Address,title=Name`` on a command line."""
    named: dict[str, str] = {}
    for part in text(word).split(","):
        field, equals, column = part.partition("=")
        if equals and field.strip() in _FIELDS:
            named[last := field.strip()] = column.strip()
        elif named and not equals:  # a column with a comma in its name
            named[last] += f",{part}"
        else:
            raise argparse.ArgumentTypeError(
                f"“{part[:40]}” names no column; it is written FIELD=COLUMN, and the fields are: "
                f"{', '.join(_FIELDS)}"
            )
    return named


# ---- output


def _print(done: _Done) -> None:
    planned, told, undoable = done
    facts = exchange_phrases.facts(len(planned.rows), planned.facts, planned.first, planned.last)
    title = exchange_phrases.format_title(planned.format)
    print(safe(f"{', '.join(planned.names)}: {title}, {facts}."))
    _print_rows(told.result.rows)
    if not told.key and planned.entries:
        print(exchange_phrases.foreseen(told.sums()))
        _print_waiting(planned)
        print("Nothing is changed yet; without --dry-run, it is imported.")
    elif not planned.entries:
        print(exchange_phrases.imported(told.sums()))
    else:
        print(exchange_phrases.imported(told.sums()))
        _print_waiting(planned)
        if undoable:
            print("“reader undo” takes it back.")
        print(f"“reader import --report {told.key}” prints all of it.")


def _print_waiting(planned: "Plan") -> None:
    waiting, sites = planned.facts.get("waiting", 0), planned.facts.get("sites", 0)
    if waiting:
        verb = "waits for its text" if waiting == 1 else "wait for their texts"
        print(
            f"{phrases.plural(waiting, 'article')} of {phrases.plural(sites, 'site')} {verb}; "
            "“reader download” fetches what waits."
        )


def _print_rows(rows: Sequence[ImportRow]) -> None:
    """Print the rows that need attention on stderr, at most twenty."""
    from reader.importing.reports import line_of

    wrong = [row for row in rows if row.outcome in (Outcome.SKIPPED, Outcome.FAILED)]
    for row in wrong[:_SHOWN]:
        print(safe(f"reader: {line_of(row)}"), file=sys.stderr)
    if len(wrong) > _SHOWN:
        more = f"and {len(wrong) - _SHOWN:,} more; “--save-report FILE” writes all of them"
        print(f"reader: {more}", file=sys.stderr)


def _print_json(done: Sequence[_Done]) -> None:
    """Print the imports as JSON, row by row: there may be a million rows."""
    import json

    replace_by(sys.stdout, "reader.json")
    for number, each in enumerate(done):
        head = json.dumps(_about(each), ensure_ascii=False, indent=1, default=str)
        print(("," if number else "[") + head.removesuffix("\n}") + ',\n "rows": [', end="")
        for at, row in enumerate(each.report.result.rows):
            print("," if at else "", json.dumps(_row(row), ensure_ascii=False), sep="\n  ", end="")
        print("\n ]\n}", end="")
    print("]" if done else "[]")


def _about(done: _Done) -> dict[str, object]:
    planned, told, _ = done
    sums = told.sums()
    return {
        "format": planned.format,
        "title": exchange_phrases.format_title(planned.format),
        "names": planned.names,
        "report": told.key,
        "counts": {outcome: sums.get(outcome, 0) for outcome in Outcome},
        "states": planned.states,
        "facts": planned.facts,
        "first": planned.first,
        "last": planned.last,
    }


def _row(row: ImportRow) -> dict[str, object]:
    where = row.where or Where()
    return {
        "file": where.file,
        "line": where.line,
        "outcome": row.outcome,
        "name": row.name,
        "article": row.article,
        "reasons": [remark.reason for remark in row.remarks],
        "note": phrases.remarks(row.remarks),
    }


# ---- reports


def _list(options: argparse.Namespace) -> int:
    """Print the reports of earlier imports, the newest first."""
    from reader.importing import reports

    with existing(options) as library:
        found = reports.earlier(library)
    if options.json:
        print_json([_head(each) for each in found])
        return 0
    for each in found:
        title = exchange_phrases.format_title(each.format)
        sums = exchange_phrases.imported(each.sums())
        moment = phrases.moment(each.made_at)
        print(safe(f"{each.key}  {moment}  {title}, {', '.join(each.names)}: {sums}"))
    if not found:
        print("Nothing was imported yet.")
    return 0


def _print_report(options: argparse.Namespace) -> int:
    from reader.importing import reports

    with existing(options) as library:
        told = reports.opened(library, options.report)
    if options.save_report is not None:
        reports.save(told, Path(options.save_report).expanduser())
    elif options.json:
        print_json({**_head(told), "rows": [_row(row) for row in told.result.rows]})
    else:
        print(safe(reports.as_text(told)), end="")
    return 0


def _head(report: "ImportReport") -> dict[str, object]:
    sums = report.sums()
    return {
        "report": report.key,
        "format": report.format,
        "names": report.names,
        "made_at": report.made_at,
        "counts": {outcome: sums.get(outcome, 0) for outcome in Outcome},
    }


def _save(told: Sequence["ImportReport"], target: Path) -> None:
    """Write the reports; each after the first gets a number in its name."""
    from reader.importing import reports

    for number, each in enumerate(told, 1):
        name = target.name if number == 1 else f"{target.stem}-{number}{target.suffix}"
        reports.save(each, target.with_name(name))
