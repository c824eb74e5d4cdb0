"""How a person likes it: one JSON file, written whole or not at all."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from reader.errors import SettingsError

ZOOM_RANGE = (0.4, 4.0)
LIST_SIZE_RANGE = (0.7, 2.0)


class Settings(NamedTuple):
    """Everything that is remembered about a person's taste and window.

    ``theme`` is a theme's name or ``system``; ``zoom`` and ``list_size`` are factors;
    ``window`` is Qt's window geometry in base64, ``panes`` the widths of shelves, list and
    page in pixels; ``checked_at`` is when the library was last checked; ``sorts`` maps a
    shelf's key to ``sort`` or ``-sort`` (descending).
    """

    theme: str = "system"
    font: str = "serif"
    size_pt: float = 13.0
    leading: float = 1.55
    measure: int = 66
    zoom: float = 1.0
    list_size: float = 1.0
    paper: str = "A4"
    checked_at: str = ""
    window: str = ""
    panes: tuple[int, ...] = ()
    shelf: str = "queue"
    article: int = 0
    sorts: Mapping[str, str] = MappingProxyType({})


def load(file: Path) -> Settings:
    """Read the settings; what is missing or makes no sense is the default.

    Raises SettingsError where the file is there but is no settings file; the caller
    goes on with the defaults, and the file is kept beside under another name on saving.
    """
    try:
        values = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        text = f"The settings in {file} could not be read; the usual ones are used instead."
        raise SettingsError(text) from error
    return _sane(values if isinstance(values, dict) else {})


def save(settings: Settings, file: Path) -> None:
    """Write the settings whole or not at all. Raises SettingsError where that fails."""
    fresh = file.with_name(file.name + ".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as out:
            json.dump(
                {**settings._asdict(), "sorts": dict(settings.sorts)},
                out,
                indent=1,
                ensure_ascii=False,
            )
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except OSError as error:
        text = (
            f"The settings could not be written to {file.parent}; they last until Reader is closed."
        )
        raise SettingsError(text) from error


def _sane(values: dict[str, Any]) -> Settings:
    usual = Settings()
    known = {name: values[name] for name in Settings._fields if name in values}
    if isinstance(known.get("panes"), list):
        known["panes"] = tuple(known["panes"])
    right = {name: value for name, value in known.items() if _fits(value, getattr(usual, name))}
    found = usual._replace(**right)
    return found._replace(
        zoom=_clamp(found.zoom, ZOOM_RANGE),
        list_size=_clamp(found.list_size, LIST_SIZE_RANGE),
        size_pt=_clamp(found.size_pt, (6.0, 40.0)),
        leading=_clamp(found.leading, (1.0, 3.0)),
        measure=int(_clamp(found.measure, (30, 140))),
        panes=tuple(each for each in found.panes if isinstance(each, int)),
        sorts={k: v for k, v in found.sorts.items() if isinstance(v, str)},
    )


def _fits(value: object, usual: object) -> bool:
    if isinstance(usual, float):
        return isinstance(value, int | float) and not isinstance(value, bool) and value == value
    kind = Mapping if isinstance(usual, Mapping) else type(usual)
    return isinstance(value, kind) and not isinstance(value, bool)


def _clamp(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
