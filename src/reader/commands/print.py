"""``reader print``: articles or files on paper, without a window."""

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands.arguments import SHELVES, id_or_file, path, text
from reader.commands.interrupts import held_back
from reader.commands.library import add_file, existing
from reader.commands.terminal import clear_report, print_failure, report, safe
from reader.errors import PrintError, SettingsError
from reader.model import SHELF_QUERIES, ImportResult, Outcome
from reader.sheet import TYPEFACES, Front, Header, Imposition, Links, Notes, Sheet

if TYPE_CHECKING:
    from reader.library.library import Library
    from reader.settings import Settings

_TITLES = {
    "queue": "Reading queue", "all": "All articles", "favourites": "Favourites",
    "archive": "Archive", "trash": "Trash",
}  # fmt: skip

_SWITCHES = {
    "landscape": "landscape format",
    "justified": "justified lines",
    "hyphenated": "hyphenated words",
    "finely": "lines chosen for even spaces, paragraph by paragraph",
    "pictures": "with pictures",
    "grey": "without colours",
    "footer": "source and page number",
    "code": "print the URL as a QR code",
    "tagged": "for screen readers: with tags, as PDF/UA-1",
    "archived": "for archives: as PDF/A-3b, with the articles attached",
    "run-on": "start an article right after the previous one",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "what",
        nargs="*",
        type=path,
        metavar="ID|FILE",
        help="articles, or files that are not added",
    )
    parser.add_argument("--shelf", choices=SHELVES, help="all articles of a shelf")
    parser.add_argument(
        "--weekly", action="store_true",
        help="the articles added to the queue in the last seven days, as a newspaper",
    )  # fmt: skip
    parser.add_argument(
        "--pdf", type=path, metavar="FILE|DIR",
        help="one PDF, for many articles a book; or a PDF each in a folder",
    )  # fmt: skip
    parser.add_argument("--title", type=text, default="", metavar="T", help="the title of a book")
    parser.add_argument(
        "--name", type=text, default="", metavar="TEMPLATE",
        help="names in a folder: {title} {site} {author} {date} {added} {number}",
    )  # fmt: skip
    _add_sheet_options(parser)


def _add_sheet_options(parser: argparse.ArgumentParser) -> None:
    papers = "A4, A5, Letter, Legal, or millimetres: 148x210"
    sheet = parser.add_argument_group("sheet (default: as chosen last in the window)")
    sheet.add_argument(
        "--preset", type=text, metavar="NAME", help="begin with a preset; “list” names them"
    )
    sheet.add_argument("--paper", type=text, metavar="PAPER", help=papers)
    sheet.add_argument("--margin", type=float, metavar="MM")
    sheet.add_argument("--font", choices=TYPEFACES)
    sheet.add_argument("--size", type=float, metavar="PT", help="size of the type in points")
    sheet.add_argument("--columns", type=int, choices=(1, 2, 3, 4))
    sheet.add_argument("--links", choices=tuple(map(str, Links)))
    sheet.add_argument(
        "--notes", choices=tuple(map(str, Notes)), help="at the foot of pages, at the end, or not"
    )
    sheet.add_argument("--header", choices=tuple(map(str, Header)))
    sheet.add_argument(
        "--pages", choices=tuple(map(str, Imposition)), help="arrangement of pages on sheets"
    )
    sheet.add_argument(
        "--front", choices=tuple(map(str, Front)), help="what stands before the articles of a book"
    )
    switch = argparse.BooleanOptionalAction
    for name, summary in _SWITCHES.items():
        sheet.add_argument(f"--{name}", action=switch, default=None, help=summary)


def run(options: argparse.Namespace) -> int:
    """Write articles or files to one PDF, or to a PDF each in a folder."""
    from reader.printing.sheets import PRESETS

    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # printing needs no screen
    settings = _settings()
    if options.preset == "list":
        print("\n".join([*PRESETS, *settings.presets]))
        return 0
    if not options.pdf:
        raise PrintError("Name the target: --pdf FILE, or --pdf DIR/ for a PDF each.")
    if options.weekly:
        return _print_weekly(options, settings)
    sheet = _sheet(options, settings)
    target = Path(options.pdf).expanduser()
    with _articles(options) as (library, ids):
        if not ids:
            raise PrintError("There is nothing to print: name articles, files or a shelf.")
        if target.is_dir() or options.pdf.endswith(("/", "\\")):
            template = options.name or settings.pdf_name
            return _print_each(library, ids, target, sheet, template)
        title = options.title or _TITLES.get(options.shelf or "", "Articles")
        return _print_book(library, ids, target, sheet, title)


def _print_weekly(options: argparse.Namespace, settings: "Settings") -> int:
    with held_back():
        from reader.printing.headless import print_book
        from reader.printing.piece import entry_of
        from reader.printing.weekly import PRESET, TITLE, weekly

    if options.what or options.shelf:
        raise PrintError("--weekly chooses the articles itself; leave out ids, files and --shelf.")
    if not options.preset:
        options.preset, options.paper = PRESET, options.paper or settings.sheet.paper
    sheet = _sheet(options, settings)
    target = Path(options.pdf).expanduser()
    with existing(options) as library:
        issue = weekly(library)
        issue.check()
        if target.is_dir() or options.pdf.endswith(("/", "\\")):
            target /= issue.file_name
        made = print_book(
            [entry_of(row) for row in issue.rows], library.article, library.picture_path, target,
            sheet, title=options.title or TITLE, dated=issue.dates, report=report,
        )  # fmt: skip
    clear_report()
    left_out = f", {phrases.plural(issue.left_out, 'article')} left out" if issue.left_out else ""
    print(safe(f"{target}: {phrases.printed(made.pages, made.remarks)}{left_out}"))
    return 0


def _print_book(
    library: "Library", ids: Sequence[int], target: Path, sheet: Sheet, title: str
) -> int:
    with held_back():
        from reader.printing.headless import print_book
        from reader.printing.piece import entry_of

    entries = [entry_of(row) for row in library.rows_of(ids)]
    made = print_book(
        entries, library.article, library.picture_path, target, sheet,
        title=title if len(entries) > 1 else "", report=report,
    )  # fmt: skip
    clear_report()
    print(safe(f"{target}: {phrases.printed(made.pages, made.remarks)}"))
    return 0


def _print_each(
    library: "Library", ids: Sequence[int], folder: Path, sheet: Sheet, template: str
) -> int:
    with held_back():
        from reader.printing.headless import print_each
        from reader.printing.names import check_template

    check_template(template)
    if not folder.is_dir():
        raise PrintError(f"There is no folder {folder}; make it, or choose another one.")
    result = print_each(
        ids, library.article, library.picture_path, folder, sheet,
        template=template, report=report,
    )  # fmt: skip
    clear_report()
    return _print_result(result)


def _print_result(result: ImportResult) -> int:
    for row in result.rows:
        if row.outcome is Outcome.FAILED:
            print_failure(row)
        else:
            print(safe(f"{row.name}: {phrases.remarks(row.remarks)}"))
    failed = result.number_of(Outcome.FAILED)
    print(f"{phrases.plural(len(result.rows) - failed, 'PDF')}, {failed} failed.")
    return 1 if failed else 0


@contextmanager
def _articles(options: argparse.Namespace) -> Iterator[tuple["Library", list[int]]]:
    """Yield a library and the ids to print; files are added to a temporary library."""
    from reader.library.library import Library

    ids = [id for word in options.what if (id := id_or_file(word)) is not None]
    files = [word for word in options.what if id_or_file(word) is None]
    if files and (ids or options.shelf):
        raise PrintError(
            "Files and articles of the library cannot be printed together; add the files first."
        )
    if files:
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
            yield library, [add_file(library, file) for file in files]
        return
    with existing(options) as library:
        shelf = library.ids(SHELF_QUERIES[options.shelf]) if options.shelf else []
        yield library, [*ids, *shelf]


# ---- the sheet


def _settings() -> "Settings":
    from reader import paths, settings

    try:
        return settings.load(paths.settings_file())
    except SettingsError:
        return settings.Settings()


def _sheet(options: argparse.Namespace, settings: "Settings") -> Sheet:
    """Return the chosen sheet. Raises PrintError if there is no such paper, or a bad size."""
    from reader.printing.sheets import paper_mm

    sheet = _preset(options.preset, settings) if options.preset else settings.sheet
    switches = [name.replace("-", "_") for name in _SWITCHES]
    chosen = {
        "paper": options.paper,
        "margin_mm": options.margin,
        "font": options.font,
        "size_pt": options.size,
        "columns": options.columns,
        "links": options.links and Links(options.links),
        "notes": options.notes and Notes(options.notes),
        "header": options.header and Header(options.header),
        "imposition": options.pages and Imposition(options.pages),
        "front": options.front and Front(options.front),
        **{name: getattr(options, name) for name in switches},
    }
    sheet = sheet._replace(**{name: x for name, x in chosen.items() if x is not None})
    if paper_mm(sheet.paper) is None:
        raise PrintError(
            f"“{sheet.paper}” is not a known paper; "
            "write A4, A5, Letter, Legal, or millimetres: 148x210."
        )
    _check_sizes(sheet)
    return sheet


def _check_sizes(sheet: Sheet) -> None:
    from reader.settings import sane_sheet

    sane = sane_sheet(sheet._asdict())
    for name in ("margin_mm", "size_pt"):
        if getattr(sane, name) != getattr(sheet, name):
            raise PrintError(
                f"{getattr(sheet, name):g} is too small or too large: "
                "margins are 0 to 80 mm, type is 5 to 40 pt."
            )


def _preset(name: str, settings: "Settings") -> Sheet:
    from reader.printing.sheets import PRESETS

    presets = {**PRESETS, **settings.presets}
    for known, sheet in presets.items():
        if known.casefold() == name.strip().casefold():
            return sheet
    raise PrintError(f"There is no preset “{name}”; there are {', '.join(presets)}.")
