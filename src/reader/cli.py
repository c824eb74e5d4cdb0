"""The command line; all commands but the window work without a screen."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader import __version__, commands
from reader.commands import COMMANDS, installation, streams
from reader.commands.arguments import command_in, path, size, text, unknown, with_open
from reader.commands.interrupts import Ended, raise_when_asked_to_end
from reader.errors import ReaderError
from reader.progress import Cancelled

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

USAGE, TROUBLE, STOPPED = 2, 1, 130

_ABOUT = """\
Reader keeps the articles you mean to read, with their pictures, on your own disk.
Without a command it opens the window."""

_EXAMPLES = """\
examples:
  reader                              open the window
  reader page.html                    open the window on a file
  reader add notes.md Articles/       bring in a file and a folder
  reader add https://example.org/a    save the article of a page, with its pictures
  reader list --shelf queue           the articles to read, in your order
  reader search bees site:example.org search the articles
  reader show 12 | less               read an article here
  reader print 12 --pdf article.pdf   print it
  reader print --shelf queue --pdf queue.pdf --preset Newspaper
  reader extract --again --all        extract all articles again
  reader clean 12 --remove "Sign up"  remove a block from an article
  reader session 20                   articles for twenty minutes
  reader archive 12 13                archive them (“reader undo” undoes it)
  reader backup --to /media/disk/copy copy the library to another disk
  reader restore newest --list        what was deleted or changed since the newest copy

exit codes: 0 done, 1 trouble (explained on stderr), 2 wrong usage, 130 stopped"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return the exit code; every error becomes a sentence here."""
    streams.prepare()
    try:
        if arguments is None:
            raise_when_asked_to_end()
        try:
            return _run(sys.argv[1:] if arguments is None else arguments)
        finally:
            sys.stdout.flush()  # a closed pipe is reported here, not when Python ends
    except ReaderError as error:
        return _print_error(str(error))
    except (KeyboardInterrupt, Cancelled) as error:
        _print_error("stopped")
        return error.code if isinstance(error, Ended) else STOPPED
    except BrokenPipeError:  # “reader list | head” has read enough
        streams.drop_output()
        return 0
    except OSError as error:
        streams.drop_output()
        return _print_error(_sentence(error))
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "reader":
            raise
        from reader import system

        return _print_error(system.import_trouble(error))


def _print_error(text: str) -> int:
    print(f"reader: {text}", file=sys.stderr)
    return TROUBLE


def _sentence(error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.filename is None:  # a stream has no name
        return f"The output could not be written ({reason})."
    return f"{os.fsdecode(error.filename)} could not be used ({reason})."


def _run(arguments: Sequence[str]) -> int:
    words = with_open(arguments, COMMANDS)
    wanted = command_in(words)
    parser = make_parser([wanted]) if wanted in COMMANDS else make_parser(with_options=False)
    options = parser.parse_args(words)
    if installation.asked(options):
        return installation.run(options, make_parser())
    if options.verbose:
        from reader import log

        log.start(verbose=options.verbose)
    options.library = _library_dir(options.library)
    return commands.run(options)


def _library_dir(folder: str | None) -> Path:
    from reader import paths
    from reader.library.store import moved

    return moved.follow(Path(folder).expanduser() if folder else paths.library_dir())


class _Parser(argparse.ArgumentParser):
    """A parser that suggests commands for unknown words and does not hide output errors."""

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        (file or sys.stderr).write(message)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.dest == "command" and value not in COMMANDS:
            self.error(unknown(str(value), COMMANDS))
        super()._check_value(action, value)


def make_parser(
    names: Iterable[str] = tuple(COMMANDS), *, with_options: bool = True
) -> argparse.ArgumentParser:
    """Return the parser of the command line with the named commands.

    A parser costs time at every start: a command is run with its own alone, and the help lists
    all without their options.
    """
    parser = _Parser(
        prog="reader",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--library", type=path, metavar="DIR", help="use the library in this folder"
    )
    parser.add_argument("--version", action="version", version=f"reader {__version__}")
    parser.add_argument(
        "--verbose", action="store_true", help="print on stderr what the program does"
    )
    parser.add_argument(
        "--snapshot", type=path, metavar="FILE.png", help="save a screenshot of the window"
    )
    parser.add_argument(
        "--size", type=size, default=(1200, 800), metavar="WxH", help="its size (1200x800)"
    )
    parser.add_argument(
        "--theme", type=text, default="light", help="its theme (light, sepia, dark)"
    )
    installation.add_options(parser)
    parsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in names:
        summary = COMMANDS[name]
        command = parsers.add_parser(
            name, help=summary, description=f"{summary[:1].upper()}{summary[1:]}."
        )
        if with_options:
            commands.add_options(name, command)
    return parser
