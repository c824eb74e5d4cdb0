"""Articles that are dragged onto a shelf, as the list of their ids."""

import json

from PySide6.QtCore import QMimeData

from reader.gui.sidebar.lines import Shelf

MIME = "application/x-reader-articles"

_GREATEST = 2**63


def ids_of(mime: QMimeData) -> list[int]:
    """Return the ids of the dragged articles, none if the data is something else."""
    try:
        ids = json.loads(bytes(mime.data(MIME).data()))
    except (ValueError, RecursionError):
        return []
    if not isinstance(ids, list):
        return []
    return [id for id in ids if type(id) is int and 0 < id < _GREATEST]


def takes(shelf: Shelf | None) -> bool:
    """Return whether articles can be put on a shelf: it has a state, favourites, or a tag."""
    if shelf is None or shelf.question:
        return False
    query = shelf.query
    return bool(query.tag or query.favourite or query.state is not None)
