"""The shelves on which articles can be dropped."""

from reader.gui.sidebar.lines import Shelf


def takes(shelf: Shelf | None) -> bool:
    """Return whether articles can be put on a shelf: it has a state, favourites, or a tag."""
    if shelf is None or shelf.question:
        return False
    query = shelf.query
    return bool(query.tag or query.favourite or query.state is not None)
