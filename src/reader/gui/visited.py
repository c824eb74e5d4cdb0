"""The articles that were open in a window, for going back and forward."""

_MOST = 200


class Visited:
    """Ids of articles in the order of their opening, and the place among them."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._here = -1

    def visit(self, id: int) -> None:
        """Add an article after the current one, which ends the way forward."""
        if self._here >= 0 and self._ids[self._here] == id:
            return
        self._ids = [*self._ids[: self._here + 1], id][-_MOST:]
        self._here = len(self._ids) - 1

    def can_go(self, by: int) -> bool:
        """Return whether there is an article ``by`` places away."""
        return 0 <= self._here + by < len(self._ids)

    def go(self, by: int) -> int:
        """Go ``by`` places and return the id there."""
        self._here += by
        return self._ids[self._here]

    def forget(self, id: int) -> None:
        """Remove an article that does not exist any longer."""
        before = self._ids[: self._here + 1]
        self._here -= before.count(id)
        self._ids = [x for x in self._ids if x != id]
