"""The menu entry of Reader, its icon, and the kinds of files it opens.

All files go below ``$XDG_DATA_HOME``, for one user. The entry's ``MimeType`` offers Reader for the
files it opens; the default programs do not change.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reader import default_programs
from reader.default_programs import default_program
from reader.errors import DesktopError
from reader.resources import resource

APP_ID = "io.github.reader_articles.Reader"
"""The name of the entry, the icon and the metadata, and the application id of the windows."""

_APPLICATIONS = Path("applications")
_ENTRY = _APPLICATIONS / f"{APP_ID}.desktop"
_CACHE = _APPLICATIONS / "mimeinfo.cache"
_ICON = Path("icons", "hicolor", "scalable", "apps", f"{APP_ID}.svg")
_MADE, _KEPT = "X-Reader-Made", "X-Reader-Kept"
_FREE_DESKTOPS = ("linux", "freebsd", "openbsd", "netbsd", "dragonfly", "sunos")
_RESERVED = re.compile(r"""[\s"'\\><~|&;$*?#()`]""")


def install() -> str:
    """Put Reader into the user's menu and return a sentence with the place."""
    home = _data_home()
    entry, icon = home / _ENTRY, home / _ICON
    try:
        created, kept = {*_recorded(entry), *_missing(home)}, _kept(entry)
        before = {kind: default_program(kind) for kind in _kinds()}
        _write(icon, resource("desktop", icon.name).read_bytes())
        _write(entry, _entry(created, kept).encode())
        _refresh(home)
        if taken := _taken(before):
            _write(entry, _entry(created, {**kept, **taken}).encode())
            default_programs.keep(taken)
    except OSError as error:
        raise DesktopError(f"The menu entry could not be written: {error}.") from error
    return (
        f"Reader is in the menu, and is offered for web pages, Markdown and text; your default "
        f"programs have not changed. Written: {entry} and {icon}. “reader --remove-desktop” "
        "removes them."
    )


def remove() -> str:
    """Remove the files that ``install`` has written, and return a sentence."""
    home = _data_home()
    entry, icon = home / _ENTRY, home / _ICON
    created, kept = _recorded(entry), _kept(entry)
    if not created:
        return f"Nothing to remove: {entry} was not written by “reader --install-desktop”."
    try:
        icon.unlink(missing_ok=True)
        entry.unlink()
        default_programs.forget(kept)
        _refresh(home)
        _remove_empty(home, created)
    except OSError as error:
        raise DesktopError(f"The menu entry could not be removed: {error}.") from error
    return f"Reader is no longer in the menu. Removed: {entry} and {icon}."


def command() -> tuple[str, ...]:
    """Return the command line that starts this installation."""
    program = Path(sys.executable).with_name("reader")
    own = (
        sys.prefix != sys.base_prefix
    )  # next to the Python of the system, “reader” may be another program
    return (str(program),) if own and program.is_file() else (sys.executable, "-m", "reader")


def _launchable(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command line whose first word every launcher finds.

    The specification forbids “=” in it, and GLib looks for a “%%” that it has not undone.
    """
    if set("%=") & set(words[0]):
        return ("/bin/sh", "-c", 'exec "$0" "$@"', *words)
    return words


def quoted(argument: str) -> str:
    """Return an argument as an ``Exec`` key requires it: quoted, then escaped as any string."""
    if _RESERVED.search(argument):
        argument = '"' + re.sub(r'(["`$\\])', r"\\\1", argument) + '"'
    return _escaped(argument.replace("%", "%%"))


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\")
    return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _data_home() -> Path:
    if not sys.platform.startswith(_FREE_DESKTOPS):
        raise DesktopError(
            "Menu entries of this kind belong to the desktops of Linux and BSD. On this system, "
            "make a shortcut to “reader-window” instead."
        )
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    try:
        return named if named.is_absolute() else Path.home() / ".local" / "share"
    except RuntimeError as error:
        raise DesktopError("Your home folder is unknown: set HOME or XDG_DATA_HOME.") from error


def _kinds() -> list[str]:
    """Return the kinds of files for which the entry offers Reader."""
    match = re.search("(?m)^MimeType=(.*);$", resource("desktop", _ENTRY.name).read_text("utf-8"))
    return match[1].split(";") if match else []


def _taken(before: Mapping[str, str]) -> dict[str, str]:
    """Return the previous defaults that are Reader now, only because of its entry."""
    chosen = {*default_programs.chosen(), *(k for k, p in before.items() if p in ("", _ENTRY.name))}
    return {
        kind: program
        for kind, program in before.items()
        if kind not in chosen and default_program(kind) == _ENTRY.name
    }


def _entry(created: Iterable[Path], kept: Mapping[str, str]) -> str:
    """Return the entry with this installation's command, and a record for its removal."""
    words = command()
    if any("\udc80" <= letter <= "\udcff" for letter in "".join(words)):
        raise DesktopError(f"A menu entry cannot name {words[0]!a}: its name is not UTF-8.")
    text = resource("desktop", _ENTRY.name).read_text("utf-8")
    started = " ".join(map(quoted, _launchable(words)))
    run = f"TryExec={_escaped(words[0])}\nExec={started} %U"
    record = ";".join(sorted(path.as_posix() for path in created))
    defaults = "".join(f"{kind}:{program};" for kind, program in kept.items())
    text = re.sub("(?m)^Exec=.*$", lambda _: run, text)
    return f"{text}{_MADE}={record};\n{_KEPT}={defaults}\n"


def _kept(entry: Path) -> dict[str, str]:
    """Return the defaults that an earlier ``install`` has kept, by kind of file."""
    if not entry.exists():
        return {}
    match = re.search(f"(?m)^{_KEPT}=(.+);$", entry.read_text("utf-8", errors="replace"))
    pairs = [part.partition(":") for part in match[1].split(";")] if match else []
    return {kind: program for kind, _, program in pairs}


def _recorded(entry: Path) -> set[Path]:
    """Return the files that an earlier ``install`` created, an empty set if there was none."""
    try:
        text = entry.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return set()
    match = re.search(f"(?m)^{_MADE}=(.*);$", text)
    known = {*_parts(_ENTRY), *_parts(_ICON), _CACHE}
    return {Path(part) for part in match[1].split(";")} & known if match else set()


def _missing(home: Path) -> set[Path]:
    """Return the files and folders below ``home`` that do not exist yet."""
    wanted = {*_parts(_ENTRY), *_parts(_ICON), _CACHE}
    return {_ENTRY, *(path for path in wanted if not (home / path).exists())}


def _parts(path: Path) -> Iterator[Path]:
    yield path
    yield from (parent for parent in path.parents if parent.name)


def _write(path: Path, data: bytes) -> None:
    """Write a file completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)


def _refresh(home: Path) -> None:
    """Notify desktops: update the list of file types, and touch the icons."""
    import shutil
    import subprocess

    icons = home / _ICON.parents[2]
    if icons.is_dir():
        os.utime(icons)
    program = shutil.which("update-desktop-database")
    if program:
        subprocess.run([program, home / _APPLICATIONS], capture_output=True, check=False)


def _remove_empty(home: Path, created: Iterable[Path]) -> None:
    """Remove the list of file types and the folders made for the entry, if they are empty."""
    for name in sorted(created, reverse=True):  # the contents of a folder come before it
        path = home / name
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif name == _CACHE and path.is_file() and "=" not in path.read_text("utf-8"):
            path.unlink()
