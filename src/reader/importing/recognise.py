"""The formats that a bundle can have, found by its content."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reader.importing.bundle import Bundle
from reader.importing.formats.format import Format


class Fit(NamedTuple):
    """A format that a bundle can have, and how certain that is, from 0 to 1."""

    format: Format
    certainty: float


def recognise(bundle: Bundle) -> list[Fit]:
    """Return the formats that fit a bundle, the best first; empty if none does."""
    raise NotImplementedError


def choose(bundle: Bundle, key: str = "") -> Format:
    """Return the format with a key, else the one that fits best.

    Raises IngestError with the formats that can be imported if none fits.
    """
    raise NotImplementedError


def is_export(paths: Sequence[Path]) -> str:
    """Return the key of the format of some paths if another program exported them, else ``""``.

    It reads only their beginnings, and is ``""`` for what Reader adds as articles: pages, notes,
    folders without an export. It never raises.
    """
    raise NotImplementedError
