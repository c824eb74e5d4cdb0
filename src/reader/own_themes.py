"""Writing and deleting the themes of the user."""

import json
import os
import re
from contextlib import suppress

from reader import private, themes
from reader.errors import SettingsError
from reader.model import Theme

LONGEST_TITLE = 60
_SIGNS = re.compile(r"[^\w]+")


def name_for(title: str) -> str:
    """Return the name of the file for a title, ``""`` if it has no letters."""
    return _SIGNS.sub("-", title.casefold()).strip("-_")[:LONGEST_TITLE]


def is_own(name: str) -> bool:
    """Return whether a theme is a file of the user."""
    return bool(name) and os.path.lexists(themes.own_file(name))


def save(theme: Theme, title: str, *, replaces: str = "") -> str:
    """Write a theme of the user, whole or not at all, and return its name.

    Only the theme named ``replaces`` is replaced. Raises SettingsError if the title cannot be used,
    or if the file cannot be written.
    """
    title = " ".join("".join(x for x in title if x.isprintable()).split())[:LONGEST_TITLE]
    name = name_for(title)
    if not name:
        raise SettingsError("Give the theme a name with letters or digits.")
    if name == "system" or (name in themes.names() and name != replaces):
        raise SettingsError(f"There is a theme named “{title}” already; choose another name.")
    file = themes.own_file(name)
    fresh = file.with_name(f".{name}.{os.getpid()}.new")
    try:
        private.make_folder(file.parent)
        with open(fresh, "xb", opener=private.opener) as out:
            out.write(_toml(theme._replace(title=title)).encode())
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise SettingsError(
            f"The theme could not be saved in {file.parent} ({os.strerror(error.errno or 0)}); "
            "make the folder writable, and save again."
        ) from error
    return name


def delete(name: str) -> None:
    """Delete a theme of the user; raises SettingsError if that is not possible."""
    file = themes.own_file(name)
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The theme {file} could not be deleted ({os.strerror(error.errno or 0)})."
        ) from error


def _toml(theme: Theme) -> str:
    lines, tables = [], []
    for field, value in theme._asdict().items():
        if isinstance(value, bool):
            lines.append(f"{field} = {str(value).lower()}")
        elif isinstance(value, str) and field != "name":
            lines.append(f"{field} = {json.dumps(value, ensure_ascii=False)}")
        elif not isinstance(value, str):
            pairs = [f"{json.dumps(key)} = {json.dumps(colour)}" for key, colour in value.items()]
            tables += ["", f"[{field}]", *pairs]
    return "\n".join([*lines, *tables, ""])
