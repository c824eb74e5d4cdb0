"""What each command takes: its options and arguments, and the table of all commands."""

import argparse
from collections.abc import Callable

from reader.commands.arguments import count, id_number, path, positive, text

_SHELVES = ("queue", "begun", "all", "favourites", "archive", "trash")


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=path, metavar="PATH|URL")
    parser.add_argument(
        "--later", action="store_true", help="file addresses, download another time"
    )
    parser.add_argument(
        "--tag", action="append", type=text, default=[], metavar="T", help="tag what comes in"
    )
    parser.add_argument("--archive", action="store_true", help="not into the queue")
    parser.add_argument("--json", action="store_true", help="a row for each, as JSON")


def _download(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", type=id_number, metavar="ID", help="else all that wait")
    parser.add_argument("--missing", action="store_true", help="only pictures that are missing")
    parser.add_argument("--json", action="store_true", help="a row for each, as JSON")


def _extract(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", type=path, metavar="PAGE.html|URL|ID")
    parser.add_argument(
        "--again", action="store_true", help="articles of the library, from their kept pages"
    )
    parser.add_argument("--all", action="store_true", help="with --again: all but the trash")
    parser.add_argument(
        "--anyway", action="store_true", help="with --again: shorter texts and cleaned up ones too"
    )
    parser.add_argument(
        "--base", type=text, default="", metavar="URL", help="the address of a saved page"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="the article as HTML")
    how.add_argument("--json", action="store_true", help="all that was found")


def _versions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=id_number)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--use", type=positive, metavar="N", help="make a text the one that is read")
    how.add_argument("--show", type=positive, metavar="N", help="print a text")
    how.add_argument("--json", action="store_true")


def _clean(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=id_number, help="alone: list its blocks, in the article or not")
    for verb, summary in (("remove", "take out blocks that say this"), ("keep", "bring them back")):
        parser.add_argument(
            f"--{verb}",
            nargs="+",
            action="extend",
            type=text,
            default=[],
            metavar="TEXT",
            help=summary,
        )
    parser.add_argument(
        "--for-site", action="store_true", help="on every page of the site from now on"
    )


def _list(parser: argparse.ArgumentParser) -> None:
    sorts = ("place", "added", "title", "site", "length", "progress", "opened")
    parser.add_argument("--shelf", choices=_SHELVES, default="all")
    parser.add_argument(
        "--tag", type=text, default="", metavar="T", help="only those with this tag"
    )
    parser.add_argument(
        "--site", type=text, default="", metavar="S", help="only those of this site"
    )
    parser.add_argument(
        "--language", type=text, default="", metavar="L", help="only those in it: en, de"
    )
    parser.add_argument("--sort", choices=sorts, default="")
    parser.add_argument("--reverse", action="store_true")
    parser.add_argument("--limit", type=count, default=-1, metavar="N")
    parser.add_argument("--json", action="store_true")


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", type=text, metavar="WORD",
        help="words, \"words in a row\", begin*, title:W, site:W, tag:T, is:unread, added:>2025, "
        "words:>2000, OR; -- -W for without",
    )  # fmt: skip
    parser.add_argument("--limit", type=count, default=20, metavar="N")
    parser.add_argument("--rebuild", action="store_true", help="make the index again before")
    parser.add_argument("--json", action="store_true", help="a row for each, as JSON")


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=id_number)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="as HTML")
    how.add_argument("--source", action="store_true", help="as it came in")
    how.add_argument("--json", action="store_true", help="all that is known of it")


def _open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="+", type=path, metavar="ID|PATH|URL")


def _print(parser: argparse.ArgumentParser) -> None:
    papers = "A4, A5, Letter, Legal, or millimetres: 148x210"
    parser.add_argument(
        "what", nargs="*", type=path, metavar="ID|FILE", help="articles, or files as they are"
    )
    parser.add_argument("--shelf", choices=_SHELVES, help="all articles of a shelf")
    parser.add_argument(
        "--pdf", type=path, metavar="FILE|DIR",
        help="one PDF, of many articles a book; or a PDF each in a folder",
    )  # fmt: skip
    parser.add_argument("--title", type=text, default="", metavar="T", help="the title of a book")
    parser.add_argument(
        "--name", type=text, default="", metavar="TEMPLATE",
        help="names in a folder: {title} {site} {author} {date} {added} {number}",
    )  # fmt: skip
    sheet = parser.add_argument_group("sheet (else as it was chosen last in the window)")
    sheet.add_argument(
        "--preset", type=text, metavar="NAME", help="begin with a preset; “list” names them"
    )
    sheet.add_argument("--paper", type=text, metavar="PAPER", help=papers)
    sheet.add_argument("--margin", type=float, metavar="MM")
    sheet.add_argument("--font", choices=("serif", "sans"))
    sheet.add_argument("--size", type=float, metavar="PT", help="size of the type in points")
    sheet.add_argument("--columns", type=int, choices=(1, 2, 3, 4))
    sheet.add_argument("--links", choices=("plain", "underlined", "numbered"))
    sheet.add_argument("--header", choices=("none", "title", "section"))
    sheet.add_argument(
        "--pages", choices=("single", "two-up", "folded"), help="how pages stand on sheets"
    )
    switch = argparse.BooleanOptionalAction
    for name, summary in _SWITCHES.items():
        sheet.add_argument(f"--{name}", action=switch, default=None, help=summary)


_SWITCHES = {
    "landscape": "the sheet lies",
    "justified": "lines of one length",
    "hyphenated": "words may be divided",
    "pictures": "with pictures",
    "grey": "without colours",
    "footer": "source and page number",
    "code": "the address as a QR code",
    "tagged": "with the structure that screen readers use",
    "run-on": "an article begins where the one before it ends",
}


def _ids(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", type=id_number, metavar="ID")


def _queue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids",
        nargs="*",
        type=id_number,
        metavar="ID",
        help="put them into it; without one, list it",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--top", action="store_true", help="before all others")
    where.add_argument("--end", action="store_true", help="behind all others")
    where.add_argument("--next", action="store_true", help="behind the one that is read")
    where.add_argument("--before", type=id_number, metavar="ID")
    where.add_argument("--after", type=id_number, metavar="ID")
    parser.add_argument("--limit", type=count, default=-1, metavar="N", help="list only so many")
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def _session(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("minutes", type=positive, metavar="MINUTES")
    parser.add_argument("--json", action="store_true")


def _favourite(parser: argparse.ArgumentParser) -> None:
    _ids(parser)
    parser.add_argument("--off", action="store_true", help="no longer favourites")


def _tag(parser: argparse.ArgumentParser) -> None:
    _ids(parser)
    parser.add_argument("--add", action="append", type=text, default=[], metavar="T")
    parser.add_argument("--remove", action="append", type=text, default=[], metavar="T")


def _info(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def _tag_rename(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=text, metavar="OLD")
    parser.add_argument(
        "new", type=text, metavar="NEW", help="“a/b” lies within “a”; an existing one: merge"
    )


def _merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("one", type=id_number, metavar="A")
    parser.add_argument("other", type=id_number, metavar="B")


def _empty_trash(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--older-than",
        type=positive,
        default=0,
        metavar="DAYS",
        help="only what is there for so long",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _nothing(_parser: argparse.ArgumentParser) -> None:
    pass


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "add": ("bring in addresses, files, folders, or “-” for standard input", _add),
    "download": ("fetch the text of articles that wait for it, or missing pictures", _download),
    "extract": ("print the article of a page, or find it anew in pages that are kept", _extract),
    "versions": ("list, print or choose the texts an article has had", _versions),
    "clean": ("take blocks out of an article, or bring them back", _clean),
    "rules": ("list the rules for the pages of sites", _info),
    "list": ("list the articles of a shelf", _list),
    "search": ("find articles by what is in them", _search),
    "show": ("print an article", _show),
    "open": ("open the window on articles, files or addresses", _open),
    "print": ("put articles or files on paper", _print),
    "archive": ("done with them: into the archive", _ids),
    "queue": ("list the queue in its order; put articles into it or elsewhere in it", _queue),
    "session": ("pick from the queue what fits into some minutes", _session),
    "trash": ("into the trash", _ids),
    "favourite": ("make them favourites", _favourite),
    "tag": ("tag articles", _tag),
    "tags": ("list the tags", _info),
    "tag-rename": ("rename a tag, or make two tags one", _tag_rename),
    "duplicates": ("list articles that are there twice", _info),
    "merge": ("make one of two articles", _merge),
    "empty-trash": ("delete for good what is in the trash", _empty_trash),
    "undo": ("take the last change back", _nothing),
    "redo": ("make it again", _nothing),
    "stats": ("how much was read, and when", _info),
    "info": ("where things lie, how many there are, whether all is well", _info),
}
