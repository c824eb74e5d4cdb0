"""Files that other programs exported, among those that are added."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Sorted(NamedTuple):
    """The files of each export, and the paths of articles."""

    exports: tuple[tuple[Path, ...], ...] = ()
    others: tuple[Path, ...] = ()


def sort_out(paths: Sequence[Path]) -> Sorted:
    """Return which paths are exports, those of one format together; it reads their beginnings."""
    from reader.importing.recognise import is_export

    of: dict[str, list[Path]] = {}
    for path in paths:
        of.setdefault(is_export([path]), []).append(path)
    others = of.pop("", [])
    return Sorted(tuple(map(tuple, of.values())), tuple(others))
