"""``reader`` and ``reader open``: the window, or a picture of it."""

import argparse
import gc
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from reader import system
from reader.commands.arguments import id_or_file
from reader.commands.interrupts import Signals, held_back
from reader.errors import IngestError, NoDisplay
from reader.instance import Instance, Request, claim_or_hand_over

if TYPE_CHECKING:
    from reader.library.library import Library


def open_window(told: argparse.Namespace) -> int:
    """Open the window, on articles, files and addresses if some are named."""
    if told.snapshot and not told.command:
        return _snapshot(told)
    request = _request(told.what if told.command else ())
    instance, handed_over = claim_or_hand_over(told.library, request)
    if handed_over:
        return 0
    if instance is None:
        return _run(told, request, None)
    with instance:
        return _run(told, request, instance)


def _snapshot(told: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with held_back():
        from reader.gui.app import snapshot

    snapshot(told.library, Path(told.snapshot), size=told.size, theme=told.theme)
    return 0


def _run(told: argparse.Namespace, request: Request, instance: Instance | None) -> int:
    if trouble := system.screen_trouble():
        raise NoDisplay(trouble)
    system.add_fallbacks()
    from reader import log

    if not told.verbose:
        log.start()
    gc.disable()  # nothing of a start is garbage; the window switches it on again
    with Signals() as signals:  # also while Qt is imported, which would stumble
        from reader.gui.app import run

        first, rest = _parted(request)
        begin = partial(_first, first) if first else None
        code = run(
            told.library, open=begin, instance=instance, request=rest, signals=signals.fileno
        )
    return 128 + signals.came[0] if signals.came else code


def _parted(request: Request) -> tuple[int | str, Request]:
    """Return what the window begins with, 0 for nothing new, and what it takes afterwards."""
    if request.articles:
        return request.articles[0], request._replace(articles=())
    if request.paths and Path(request.paths[0]).is_file():
        return request.paths[0], request._replace(paths=request.paths[1:])
    return 0, request


def _first(item: int | str, library: "Library") -> int:
    """Return the article to begin with; a file is brought in."""
    if isinstance(item, int):
        return library.article(item).id
    from reader.ingest.save import add_paths

    row = add_paths(library, [Path(item)]).rows[0]
    if not row.article:
        raise IngestError(row.note)
    return row.article


def _request(words: Sequence[str]) -> Request:
    """Return what the words of a command line ask to open."""
    articles: list[int] = []
    paths: list[str] = []
    addresses: list[str] = []
    for word in words:
        if (id := id_or_file(word)) is not None:
            articles.append(id)
        elif word.lower().startswith(("http://", "https://")):
            addresses.append(word)
        else:
            paths.append(_path(word))
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return Request(tuple(articles), tuple(paths), tuple(addresses), token)


def _path(word: str) -> str:
    """Return the absolute path that a word names. Raises IngestError if nothing is there."""
    scheme, _, rest = word.partition(":")
    if scheme.lower() == "file":
        host, slash, place = rest.removeprefix("//").partition("/")
        if host.lower() not in ("", "localhost") or not rest.startswith("/"):
            raise IngestError(f"{word} lies on another computer; only files here can be opened.")
        name = os.fsdecode(unquote_to_bytes(slash + place))
    else:
        name = word
    if "\0" in name or not os.path.lexists(found := _home(name)):
        raise IngestError(f"There is no file or folder {name}.".replace("\0", "?"))
    return str(found.absolute())


def _home(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # “~somebody” who is not here
        return Path(name)
