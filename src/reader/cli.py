"""The command line: everything but the window works without a screen."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader import __version__, paths
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
  reader list --shelf queue           what waits to be read, in your order
  reader show 12 | less               read an article here
  reader print 12 --pdf article.pdf   put it on paper
  reader archive 12 13                done with them (“reader undo” takes it back)

exit codes: 0 done, 1 something is in the way (said on stderr), 2 wrong usage, 130 stopped"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return the exit code: the door where all trouble ends."""
    told = _parser().parse_args(arguments)
    try:
        return int(_run(told) or 0)
    except ReaderError as error:
        print(f"reader: {error}", file=sys.stderr)
        return TROUBLE
    except (KeyboardInterrupt, Cancelled):
        print("reader: stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(told: argparse.Namespace) -> int | None:
    if told.verbose or told.command is None:
        from reader import log

        log.start(verbose=told.verbose)
    told.library = Path(told.library).expanduser() if told.library else paths.library_dir()
    if told.command is None:
        return _window(told)
    from reader.commands import COMMANDS

    return COMMANDS[told.command](told)


def _window(told: argparse.Namespace) -> int:
    if told.snapshot:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from reader.gui.app import snapshot

        snapshot(told.library, Path(told.snapshot), size=told.size, theme=told.theme)
        return 0
    look_for_display()
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


def _parser() -> argparse.ArgumentParser:
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
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _bringing_in(commands)
    _looking(commands)
    _changing(commands)
    return parser


def _bringing_in(commands: Any) -> None:
    add = commands.add_parser("add", help="bring in files, folders, or “-” for standard input")
    add.add_argument("paths", nargs="+", metavar="PATH")
    add.add_argument("--tag", action="append", default=[], metavar="T", help="tag what comes in")
    add.add_argument("--archive", action="store_true", help="not into the queue")
    add.add_argument("--json", action="store_true", help="a row for each, as JSON")


def _looking(commands: Any) -> None:
    add = commands.add_parser
    listing = add("list", help="list the articles of a shelf")
    listing.add_argument(
        "--shelf", choices=("queue", "all", "favourites", "archive", "trash"), default="all"
    )
    listing.add_argument("--tag", default="", metavar="T", help="only those with this tag")
    listing.add_argument(
        "--sort", choices=("place", "added", "title", "site", "length", "progress"), default=""
    )
    listing.add_argument("--reverse", action="store_true")
    listing.add_argument("--limit", type=int, default=-1, metavar="N")
    listing.add_argument("--json", action="store_true")
    show = add("show", help="print an article")
    show.add_argument("id", type=int)
    how = show.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="as HTML")
    how.add_argument("--source", action="store_true", help="as it came in")
    how.add_argument("--json", action="store_true", help="all that is known of it")
    opening = add("open", help="open the window on an article or a file")
    opening.add_argument("what", metavar="ID|PATH")
    printing = add("print", help="put an article or a file on paper")
    printing.add_argument("what", metavar="ID|FILE")
    printing.add_argument("--pdf", required=True, metavar="FILE", help="write it to this PDF")
    printing.add_argument("--paper", choices=("A4", "A5", "Letter"), default="")
    info = add("info", help="where things lie, how many there are, whether all is well")
    info.add_argument("--json", action="store_true")


def _changing(commands: Any) -> None:
    add = commands.add_parser
    for name, text in (
        ("archive", "done with them: into the archive"),
        ("queue", "read later: into the queue"),
        ("trash", "into the trash"),
        ("favourite", "make them favourites"),
    ):
        made = add(name, help=text)
        made.add_argument("ids", nargs="+", type=int, metavar="ID")
        if name == "favourite":
            made.add_argument("--off", action="store_true", help="no longer favourites")
    tag = add("tag", help="tag articles")
    tag.add_argument("ids", nargs="+", type=int, metavar="ID")
    tag.add_argument("--add", action="append", default=[], metavar="T")
    tag.add_argument("--remove", action="append", default=[], metavar="T")
    add("undo", help="take the last change back")
    add("redo", help="make it again")


def _size(text: str) -> tuple[int, int]:
    wide, _, high = text.lower().partition("x")
    if not (
        wide.isdecimal() and high.isdecimal() and 0 < int(wide) < 10_000 and int(high) < 10_000
    ):
        raise argparse.ArgumentTypeError("a size is written 1200x800")
    return int(wide), int(high)
