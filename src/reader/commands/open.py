"""``reader open``, and ``reader`` alone: the window, or a screenshot of it."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from reader import system
from reader.article_links import is_article_link, uid_in
from reader.commands.arguments import id_or_file, path
from reader.commands.interrupts import Signals, held_back
from reader.commands.library import add_file
from reader.errors import IngestError, NoDisplay
from reader.instance import Instance, Request, claim_or_hand_over

if TYPE_CHECKING:
    from reader.library.library import Library

_ALONE = (
    "If there is another window of this library, it does not answer; a window of its own opens. "
    "Nothing is lost: both may use the library."
)

_ARTICLES = frozenset({".md", ".markdown", ".txt", ".pdf", ".eml", ".mhtml", ".webarchive"})
"""The endings of files that no program exports."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("what", nargs="+", type=path, metavar="ID|PATH|URL|LINK")


def run(options: argparse.Namespace) -> int:
    """Open the window on articles, files and URLs, in the running program if there is one."""
    if options.snapshot and not options.command:
        return _snapshot(options)
    request = _request(options.what if options.command else ())
    instance, handed_over = claim_or_hand_over(options.library, request)
    if handed_over:
        return 0
    if instance is None:
        if sys.platform != "win32":
            print(f"reader: {_ALONE}", file=sys.stderr)
        return _run(options, request, None)
    with instance:
        return _run(options, request, instance)


def _snapshot(options: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with held_back():
        from reader.gui.app import snapshot

    snapshot(options.library, Path(options.snapshot), size=options.size, theme=options.theme)
    return 0


def _run(options: argparse.Namespace, request: Request, instance: Instance | None) -> int:
    if trouble := system.screen_trouble():
        raise NoDisplay(trouble)
    system.add_fallbacks()
    from reader import log

    if not options.verbose:
        log.start()
    gc.disable()  # nothing of a start is garbage; the window switches it on again
    with Signals() as signals:  # also while Qt is imported, which would stumble
        from reader.gui.app import run

        first, rest = _parted(request)
        begin = partial(_first, first) if first else None
        code = run(
            options.library, open=begin, instance=instance, request=rest, signals=signals.fileno
        )
    return 128 + signals.came[0] if signals.came else code


def _parted(request: Request) -> tuple[int | str, Request]:
    """Return the article or file to open first, 0 for none, and the request without it."""
    if request.articles:
        return request.articles[0], request._replace(articles=())
    if request.paths and _is_article(Path(request.paths[0])):
        return request.paths[0], request._replace(paths=request.paths[1:])
    return 0, request


def _is_article(file: Path) -> bool:
    """Return whether a file can be opened as an article: an export is imported in the window."""
    if not file.is_file() or file.suffix.lower() in _ARTICLES:
        return file.is_file()
    from reader.importing.recognise import is_export  # imported lazily: all formats come along

    return not is_export([file])


def _first(item: int | str, library: "Library") -> int:
    """Return the id of the article to open first; a file is added to the library."""
    return library.article(item).id if isinstance(item, int) else add_file(library, item)


def _request(words: Sequence[str]) -> Request:
    """Return the articles, files, URLs and links in the words of a command line."""
    articles: list[int] = []
    paths: list[str] = []
    addresses: list[str] = []
    uids: list[str] = []
    for word in words:
        if is_article_link(word):
            uids.append(_uid(word))
        elif (id := id_or_file(word)) is not None:
            articles.append(id)
        elif word.lower().startswith(("http://", "https://")):
            addresses.append(word)
        else:
            paths.append(_absolute(word))
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return Request(tuple(articles), tuple(paths), tuple(addresses), token, tuple(uids))


def _uid(link: str) -> str:
    if uid := uid_in(link):
        return uid
    shown = "".join(sign for sign in link[:80] if sign.isprintable())
    raise IngestError(
        f"“{shown}” is not a link to an article. Such a link is reader://article/ "
        "and the 32 letters and digits of the article’s uid."
    )


def _absolute(word: str) -> str:
    """Return the absolute path of a path or file URL. Raises IngestError if nothing is there."""
    scheme, _, rest = word.partition(":")
    if scheme.lower() == "file":
        host, slash, place = rest.removeprefix("//").partition("/")
        if host.lower() not in ("", "localhost") or not rest.startswith("/"):
            raise IngestError(
                f"{word} is on another computer; only files on this one can be opened."
            )
        name = os.fsdecode(unquote_to_bytes(slash + place))
    else:
        name = word
    if "\0" in name or not os.path.lexists(file := _expanded(name)):
        raise IngestError(f"There is no file or folder {name}.".replace("\0", "?"))
    return str(file.absolute())


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # “~somebody”, an unknown user
        return Path(name)
