"""How a person likes it: one JSON file, written whole or not at all."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from reader.errors import SettingsError
from reader.sheet import Header, Imposition, Links, Sheet

ZOOM_RANGE = (0.4, 4.0)
LIST_SIZE_RANGE = (0.7, 2.0)
MINUTES_RANGE = (1, 600)


class Settings(NamedTuple):
    """Everything that is remembered about a person's taste and window.

    ``theme`` is a theme's name or ``system``; ``zoom`` and ``list_size`` are factors;
    ``sheet`` is the paper as it was chosen last, ``presets`` a person's own ones by their
    names, ``pdf_name`` how files are named (see ``reader.printing.names``);
    ``window`` is Qt's window geometry in base64, ``panes`` the widths of shelves, list and
    page in pixels; ``checked_at`` is when the library was last checked; ``sorts`` maps a
    shelf's key to ``sort`` or ``-sort`` (descending); ``watched`` is the folder whose files
    come in by themselves, ``""`` for none; ``keys`` maps the ways of actions to keys
    where a person wants others than the usual ones, ``vim`` is whether those of vim are added;
    ``uses`` is how often things were chosen in the command palette; ``statistics`` is whether
    the library keeps a diary of reading; ``minutes`` is how long the last session was meant to be;
    ``folded`` are the keys of the lines of the shelves below which nothing is shown;
    ``trash_days`` is how long the trash is kept, 0 for as long as one likes.
    """

    theme: str = "system"
    font: str = "serif"
    size_pt: float = 13.0
    leading: float = 1.55
    measure: int = 66
    zoom: float = 1.0
    list_size: float = 1.0
    sheet: Sheet = Sheet()
    presets: Mapping[str, Sheet] = MappingProxyType({})
    pdf_name: str = "{title}"
    checked_at: str = ""
    window: str = ""
    panes: tuple[int, ...] = ()
    shelf: str = "queue"
    article: int = 0
    sorts: Mapping[str, str] = MappingProxyType({})
    watched: str = ""
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    vim: bool = False
    uses: Mapping[str, int] = MappingProxyType({})
    statistics: bool = True
    minutes: int = 20
    folded: tuple[str, ...] = ("section:sites", "section:languages")
    trash_days: int = 30


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
            json.dump(_plain(settings), out, indent=1, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except OSError as error:
        text = (
            f"The settings could not be written to {file.parent}; they last until Reader is closed."
        )
        raise SettingsError(text) from error


def _plain(settings: Settings) -> dict[str, Any]:
    presets = {name: sheet._asdict() for name, sheet in settings.presets.items()}
    maps = {name: dict(getattr(settings, name)) for name in ("sorts", "keys", "uses")}
    whole = {**maps, "sheet": settings.sheet._asdict(), "presets": presets}
    return {**settings._asdict(), **whole}


def _sane(values: dict[str, Any]) -> Settings:
    for name in ("panes", "folded"):
        if isinstance(values.get(name), list):
            values[name] = tuple(values[name])
    own = values.pop("presets", {})
    presets = own.items() if isinstance(own, dict) else ()
    values["sheet"] = sane_sheet(values.get("sheet"))
    found = Settings()._replace(**_right(values, Settings()))
    return found._replace(
        presets={name: sane_sheet(each) for name, each in presets},
        zoom=_clamp(found.zoom, ZOOM_RANGE),
        list_size=_clamp(found.list_size, LIST_SIZE_RANGE),
        size_pt=_clamp(found.size_pt, (6.0, 40.0)),
        leading=_clamp(found.leading, (1.0, 3.0)),
        measure=int(_clamp(found.measure, (30, 140))),
        minutes=int(_clamp(found.minutes, MINUTES_RANGE)),
        panes=tuple(each for each in found.panes if isinstance(each, int)),
        folded=tuple(each for each in found.folded if isinstance(each, str)),
        trash_days=max(0, found.trash_days),
        sorts={k: v for k, v in found.sorts.items() if isinstance(v, str)},
        keys={k: tuple(map(str, v)) for k, v in found.keys.items() if isinstance(v, list)},
        uses={k: v for k, v in found.uses.items() if type(v) is int},
    )


def sane_sheet(values: object) -> Sheet:
    """Return the sheet that values from a file mean; what makes no sense is the default."""
    if not isinstance(values, dict):
        return Sheet()
    kinds = {"links": Links, "header": Header, "imposition": Imposition}
    for name, kind in kinds.items():
        values[name] = kind(values[name]) if values.get(name) in [*kind] else None
    found = Sheet()._replace(**_right(values, Sheet()))
    return found._replace(
        margin_mm=_clamp(found.margin_mm, (0.0, 80.0)),
        size_pt=_clamp(found.size_pt, (5.0, 40.0)),
        leading=_clamp(found.leading, (1.0, 3.0)),
        columns=int(_clamp(found.columns, (1, 4))),
    )


def _right(values: dict[str, Any], usual: Settings | Sheet) -> dict[str, Any]:
    """Return the values that are of the kind they should be."""
    known = {name: values[name] for name in usual._fields if name in values}
    return {name: value for name, value in known.items() if _fits(value, getattr(usual, name))}


def _fits(value: object, usual: object) -> bool:
    if isinstance(usual, bool):
        return isinstance(value, bool)
    if isinstance(usual, float):
        return isinstance(value, int | float) and not isinstance(value, bool) and value == value
    kind = Mapping if isinstance(usual, Mapping) else type(usual)
    return isinstance(value, kind) and not isinstance(value, bool)


def _clamp(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
