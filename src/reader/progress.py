"""How work in the background tells how far it is, and how it is stopped.

A ``Report`` is called as ``report(done, total, text)``. ``total`` is 0 where it is not
known. It raises ``Cancelled`` once Stop was pressed, so reporting *is* the stopping point.
"""

from collections.abc import Callable

Report = Callable[[int, int, str], None]


class Cancelled(Exception):
    """Stop was pressed; what was finished until then stays."""


def silent(done: int, total: int, text: str) -> None:
    """Report to nobody."""
