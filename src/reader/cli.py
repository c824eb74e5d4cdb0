"""The command line: everything but the window works without a screen."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reader import __version__
from reader.commands import installation
from reader.errors import NoDisplay, ReaderError
from reader.progress import Cancelled

USAGE, TROUBLE, STOPPED = 2, 1, 130

_ABOUT = """\
Reader keeps the articles you mean to read, with their pictures, on your own disk.
Without a command it opens the window."""

_EXAMPLES = """\
examples:
  reader                              open the window
  reader add notes.md Articles/       bring in a file and a folder
  reader add https://example.org/a    save the article of a page, with its pictures
  reader list --shelf queue           what waits to be read, in your order
  reader search bees site:example.org find articles by what is in them
  reader show 12 | less               read an article here
  reader print 12 --pdf article.pdf   put it on paper
  reader print --shelf queue --pdf queue.pdf --preset Newspaper
  reader extract --again --all        a better text out of pages that are kept
  reader clean 12 --remove "Sign up"  take out what is not the article
  reader session 20                   what fits into twenty minutes
  reader archive 12 13                done with them (“reader undo” takes it back)

exit codes: 0 done, 1 something is in the way (said on stderr), 2 wrong usage, 130 stopped"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return the exit code: the door where all trouble ends."""
    arguments = sys.argv[1:] if arguments is None else arguments
    told = _parser(arguments).parse_args(arguments)
    try:
        code = int(_run(told) or 0)
        sys.stdout.flush()  # a closed pipe shows here, not when Python ends
        return code
    except ReaderError as error:
        print(f"reader: {error}", file=sys.stderr)
        return TROUBLE
    except (KeyboardInterrupt, Cancelled):
        print("reader: stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        return _unheard()


def _unheard() -> int:
    """Be quiet where nobody listens any longer."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _run(told: argparse.Namespace) -> int | None:
    if installation.asked(told):
        return installation.run(told, _parser())
    if told.verbose or told.command is None:
        from reader import log

        log.start(verbose=told.verbose)
    told.library = _library_dir(told.library)
    if told.command is None:
        return _window(told)
    from reader import commands

    return commands.run(told)


def _library_dir(said: str | None) -> Path:
    if said:
        return Path(said).expanduser()
    from reader import paths

    return paths.library_dir()


def _window(told: argparse.Namespace) -> int:
    if told.snapshot:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from reader.gui.app import snapshot

        snapshot(told.library, Path(told.snapshot), size=told.size, theme=told.theme)
        return 0
    look_for_display()
    gc.disable()  # nothing of a start is garbage; the window switches it on again
    from reader.gui.app import run

    return run(told.library)


def look_for_display() -> None:
    """Raise NoDisplay where Qt would only abort."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise NoDisplay(
            "There is no screen to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is "
            "set). Without one work “reader add”, “list”, “show”, “print --pdf” and "
            "“--snapshot FILE.png”; see “reader --help”."
        )


def _parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reader",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--library", metavar="DIR", help="use the library in this folder")
    parser.add_argument("--version", action="version", version=f"reader {__version__}")
    parser.add_argument("--verbose", action="store_true", help="tell on stderr what goes on")
    parser.add_argument("--snapshot", metavar="FILE.png", help="draw the window to a picture")
    parser.add_argument(
        "--size", type=_size, default=(1200, 800), metavar="WxH", help="its size (1200x800)"
    )
    parser.add_argument("--theme", default="light", help="its theme (light, sepia, dark)")
    installation.add_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    wanted = _command_in(arguments)
    for name, (text, fill) in _COMMANDS.items():
        # Each parser costs a millisecond: only the one that is called is made.
        if wanted in (None, name):
            fill(commands.add_parser(name, help=text, description=text.capitalize() + "."))
    return parser


def _command_in(arguments: Sequence[str]) -> str | None:
    """Return the command of a command line, None where there is none that is known."""
    words = iter(arguments)
    for word in words:
        if word in ("--library", "--snapshot", "--size", "--theme", "--completion"):
            next(words, None)
        elif not word.startswith("-"):
            return word if word in _COMMANDS else None
    return None


_SHELVES = ("queue", "begun", "all", "favourites", "archive", "trash")


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH|URL")
    parser.add_argument(
        "--later", action="store_true", help="file addresses, download another time"
    )
    parser.add_argument("--tag", action="append", default=[], metavar="T", help="tag what comes in")
    parser.add_argument("--archive", action="store_true", help="not into the queue")
    parser.add_argument("--json", action="store_true", help="a row for each, as JSON")


def _download(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="else all that wait")
    parser.add_argument("--missing", action="store_true", help="only pictures that are missing")
    parser.add_argument("--json", action="store_true", help="a row for each, as JSON")


def _extract(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", metavar="PAGE.html|URL|ID")
    parser.add_argument(
        "--again", action="store_true", help="articles of the library, from their kept pages"
    )
    parser.add_argument("--all", action="store_true", help="with --again: all but the trash")
    parser.add_argument(
        "--anyway", action="store_true", help="with --again: shorter texts and cleaned up ones too"
    )
    parser.add_argument("--base", default="", metavar="URL", help="the address of a saved page")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="the article as HTML")
    how.add_argument("--json", action="store_true", help="all that was found")


def _versions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--use", type=int, metavar="N", help="make a text the one that is read")
    how.add_argument("--show", type=int, metavar="N", help="print a text")
    how.add_argument("--json", action="store_true")


def _clean(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, help="alone: list its blocks, in the article or not")
    for verb, text in (("remove", "take out blocks that say this"), ("keep", "bring them back")):
        parser.add_argument(
            f"--{verb}", nargs="+", action="extend", default=[], metavar="TEXT", help=text
        )
    parser.add_argument(
        "--for-site", action="store_true", help="on every page of the site from now on"
    )


def _list(parser: argparse.ArgumentParser) -> None:
    sorts = ("place", "added", "title", "site", "length", "progress", "opened")
    parser.add_argument("--shelf", choices=_SHELVES, default="all")
    parser.add_argument("--tag", default="", metavar="T", help="only those with this tag")
    parser.add_argument("--site", default="", metavar="S", help="only those of this site")
    parser.add_argument("--language", default="", metavar="L", help="only those in it: en, de")
    parser.add_argument("--sort", choices=sorts, default="")
    parser.add_argument("--reverse", action="store_true")
    parser.add_argument("--limit", type=int, default=-1, metavar="N")
    parser.add_argument("--json", action="store_true")


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="WORD",
        help="words, \"words in a row\", begin*, title:W, site:W, tag:T, is:unread, added:>2025, "
        "words:>2000, OR; -- -W for without",
    )  # fmt: skip
    parser.add_argument("--limit", type=int, default=20, metavar="N")
    parser.add_argument("--rebuild", action="store_true", help="make the index again before")
    parser.add_argument("--json", action="store_true", help="a row for each, as JSON")


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="as HTML")
    how.add_argument("--source", action="store_true", help="as it came in")
    how.add_argument("--json", action="store_true", help="all that is known of it")


def _open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="ID|PATH")


def _print(parser: argparse.ArgumentParser) -> None:
    papers = "A4, A5, Letter, Legal, or millimetres: 148x210"
    parser.add_argument("what", nargs="*", metavar="ID|FILE", help="articles, or files as they are")
    parser.add_argument("--shelf", choices=_SHELVES, help="all articles of a shelf")
    parser.add_argument(
        "--pdf", metavar="FILE|DIR",
        help="one PDF, of many articles a book; or a PDF each in a folder",
    )  # fmt: skip
    parser.add_argument("--title", default="", metavar="T", help="the title of a book")
    parser.add_argument(
        "--name", default="", metavar="TEMPLATE",
        help="names in a folder: {title} {site} {author} {date} {added} {number}",
    )  # fmt: skip
    sheet = parser.add_argument_group("sheet (else as it was chosen last in the window)")
    sheet.add_argument("--preset", metavar="NAME", help="begin with a preset; “list” names them")
    sheet.add_argument("--paper", metavar="PAPER", help=papers)
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
    for name, text in _SWITCHES.items():
        sheet.add_argument(f"--{name}", action=switch, default=None, help=text)


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
    parser.add_argument("ids", nargs="+", type=int, metavar="ID")


def _queue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids", nargs="*", type=int, metavar="ID", help="put them into it; without one, list it"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--top", action="store_true", help="before all others")
    where.add_argument("--end", action="store_true", help="behind all others")
    where.add_argument("--next", action="store_true", help="behind the one that is read")
    where.add_argument("--before", type=int, metavar="ID")
    where.add_argument("--after", type=int, metavar="ID")
    parser.add_argument("--limit", type=int, default=-1, metavar="N", help="list only so many")
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def _session(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("minutes", type=int, metavar="MINUTES")
    parser.add_argument("--json", action="store_true")


def _favourite(parser: argparse.ArgumentParser) -> None:
    _ids(parser)
    parser.add_argument("--off", action="store_true", help="no longer favourites")


def _tag(parser: argparse.ArgumentParser) -> None:
    _ids(parser)
    parser.add_argument("--add", action="append", default=[], metavar="T")
    parser.add_argument("--remove", action="append", default=[], metavar="T")


def _info(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def _tag_rename(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW", help="“a/b” lies within “a”; an existing one: merge")


def _merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("one", type=int, metavar="A")
    parser.add_argument("other", type=int, metavar="B")


def _empty_trash(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--older-than", type=int, default=0, metavar="DAYS", help="only what is there for so long"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _nothing(_parser: argparse.ArgumentParser) -> None:
    pass


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "add": ("bring in addresses, files, folders, or “-” for standard input", _add),
    "download": ("fetch the text of articles that wait for it, or missing pictures", _download),
    "extract": ("print the article of a page, or find it anew in pages that are kept", _extract),
    "versions": ("list, print or choose the texts an article has had", _versions),
    "clean": ("take blocks out of an article, or bring them back", _clean),
    "rules": ("list the rules for the pages of sites", _info),
    "list": ("list the articles of a shelf", _list),
    "search": ("find articles by what is in them", _search),
    "show": ("print an article", _show),
    "open": ("open the window on an article or a file", _open),
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


def _size(text: str) -> tuple[int, int]:
    wide, _, high = text.lower().partition("x")
    if not (
        wide.isdecimal() and high.isdecimal() and 0 < int(wide) < 10_000 and int(high) < 10_000
    ):
        raise argparse.ArgumentTypeError("a size is written 1200x800")
    return int(wide), int(high)
