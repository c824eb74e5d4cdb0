"""The formats that a bundle can have, found by its content."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reader import exchange_phrases
from reader.errors import IngestError
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Format
from reader.importing.formats.table import FORMATS
from reader.ingest import disk, files

CERTAIN = 0.3
"""From this certainty on, a format is meant and not merely possible."""
_ADDED = frozenset({"markdown", "epub", "urls"})
"""What is added as articles without an import as well."""

_log = logging.getLogger(__name__)


class Fit(NamedTuple):
    """A format that a bundle can have, and how certain that is, from 0 to 1."""

    format: Format
    certainty: float


def recognise(bundle: Bundle) -> list[Fit]:
    """Return the formats that fit a bundle, the best first; empty if none does."""
    fits = [Fit(format, _certainty(format, bundle)) for format in FORMATS]
    return sorted((fit for fit in fits if fit.certainty > 0), key=lambda fit: -fit.certainty)


def choose(bundle: Bundle, key: str = "") -> Format:
    """Return the format with a key, else the one that fits best.

    Raises IngestError with the formats that can be imported if none fits.
    """
    if key:
        named = next((format for format in FORMATS if format.key == key), None)
        if named is None:
            keys = ", ".join(format.key for format in FORMATS)
            raise IngestError(f"Reader knows no format “{key}”. It imports: {keys}.")
        return named
    fits = recognise(bundle)
    if not fits or fits[0].certainty < CERTAIN:
        raise IngestError(_nothing_fits(bundle, fits))
    return fits[0].format


def grouped(paths: Sequence[Path], key: str = "") -> list[tuple[Path, ...]]:
    """Return paths as groups that are imported one after the other, one for each format.

    Paths that are nothing by themselves belong to the first group. A given format has all.
    """
    groups: dict[str, list[Path]] = {}
    for path in dict.fromkeys(paths):
        own = key or (_best([path]) if len(paths) > 1 else "")
        groups.setdefault(own, []).append(path)
    alone = groups.pop("", [])
    first, *others = [*groups.values()] or [[]]
    return [(*first, *alone), *map(tuple, others)]


def is_export(paths: Sequence[Path]) -> str:
    """Return the key of the format of some paths if another program exported them, else ``""``.

    It reads only their beginnings, and is ``""`` for files that are articles: pages, notes,
    folders without an export. It never raises.
    """
    key = _best(paths)
    return "" if key in _ADDED else key


def _best(paths: Sequence[Path]) -> str:
    """Return the key of the format that some paths certainly have, ``""`` if there is none."""
    try:
        bundle = Bundle(paths)
    except (IngestError, OSError, ValueError, RuntimeError):
        return ""
    try:
        fits = recognise(bundle)
    finally:
        bundle.close()
    return fits[0].format.key if fits and fits[0].certainty >= CERTAIN else ""


def _certainty(format: Format, bundle: Bundle) -> float:
    try:
        return min(max(float(format.fits(bundle)), 0.0), 1.0)
    except Exception:  # damaged files raise anything
        _log.info("%s could not be recognised", format.key, exc_info=True)
        return 0.0


def _nothing_fits(bundle: Bundle, possible: Sequence[Fit]) -> str:
    """Return the formats that can be imported, and another use of these files."""
    names = ", ".join(disk.name_of(path) for path in bundle.paths[:3])
    parts = [f"{names}: {exchange_phrases.NOTHING_FITS}"]
    if possible:
        key = possible[0].format.key
        title = exchange_phrases.format_title(key)
        parts.append(f"If this is one ({title}), say so with “--as {key}”.")
    if any(path.suffix.lower() in files.ENDINGS for path in bundle.paths):
        parts.append(exchange_phrases.IS_ARTICLE)
    return " ".join(parts)
