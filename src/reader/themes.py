"""Themes: small TOML files, bundled or written by the user, who can replace bundled ones."""

import os
import tomllib
from pathlib import Path

from reader import paths
from reader.errors import SettingsError
from reader.model import Theme
from reader.resources import resource

_LARGEST_BYTES = 100_000
_LONGEST_NAME = 100
_TABLES = ("code", "highlights")


def names() -> tuple[str, ...]:
    """Return the names of all themes, the bundled ones first."""
    known = [file.stem for file in _bundled()]
    own = [file.stem for file in sorted(_own().glob("*.toml")) if file.stem not in known]
    return (*known, *own)


def theme(name: str) -> Theme:
    """Return the theme of that name.

    A file of the user may leave out any colour, which is then taken from the bundled ``light`` or
    ``dark`` theme, depending on its ``dark``. Raises SettingsError with the file and the mistake.
    """
    if Path(name).name != name or len(name) > _LONGEST_NAME:  # such as ../../other
        raise SettingsError(f"There is no theme “{name[:60]}” in {_own()}.")
    own = own_file(name)
    return _read(own if os.path.lexists(own) else resource("themes", f"{name}.toml"))


def theme_or_light(name: str) -> Theme:
    """Return the theme of that name, the bundled ``light`` if it cannot be read."""
    try:
        return theme(name)
    except SettingsError:
        return bundled("light")


def bundled(name: str) -> Theme:
    """Return the bundled theme of that name, whatever the user has."""
    return _read(resource("themes", f"{name}.toml"))


def _bundled() -> list[Path]:
    order = ["light", "sepia", "dark"]
    return [resource("themes", f"{name}.toml") for name in order]


def own_file(name: str) -> Path:
    """Return the file of a theme of the user, there or not."""
    return _own() / f"{name}.toml"


def _own() -> Path:
    return paths.config_dir() / "themes"


def _read(file: Path) -> Theme:
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST_BYTES:
            raise SettingsError(f"The theme {file} is not a theme file.")
        values = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"The theme {file} could not be read: {error}.") from error
    if not isinstance(values.get("title", ""), str):
        raise SettingsError(f"The theme {file} needs its title as text.")
    if not isinstance(values.get("dark", False), bool):
        raise SettingsError(f"The theme {file} must set dark = true or dark = false.")
    base = resource("themes", "dark.toml" if values.get("dark") else "light.toml")
    if file != base:
        values = _merged(tomllib.loads(base.read_text("utf-8")), values)
    values.setdefault("title", file.stem.title())
    return _theme(file, values | {"name": file.stem})


def _merged(base: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    tables = {name: {**_table(base.get(name)), **_table(over.get(name))} for name in _TABLES}
    return {**base, "title": over.get("title", ""), **over, **tables}


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _theme(file: Path, values: dict[str, object]) -> Theme:
    colours = set(Theme._fields) - {"name", "title", "dark", *_TABLES}
    pairs = [(name, values.get(name)) for name in sorted(colours)]
    pairs += [pair for name in _TABLES for pair in _table(values.get(name)).items()]
    for name, value in pairs:
        if not is_colour(value):
            raise SettingsError(f"The theme {file} needs {name} as a colour such as #1a2b3c.")
    known = {name: values[name] for name in Theme._fields if name in values}
    return Theme(**known)  # type: ignore[arg-type]


def is_colour(value: object) -> bool:
    """Return whether a value is a colour written as ``#rrggbb``."""
    if not isinstance(value, str) or len(value) != 7 or value[0] != "#":
        return False
    return all(digit in "0123456789abcdefABCDEF" for digit in value[1:])
