"""Which keys do what: those of the table, a person's own ones, and those of vim."""

from functools import lru_cache

from PySide6.QtGui import QKeySequence

from reader.gui.actions.table import ACTIONS, VIM_KEYS, Keys

USUAL: Keys = {each.does: each.keys for each in ACTIONS if each.does}
"""The keys of the table."""


def in_effect(own: Keys, *, vim: bool) -> dict[str, tuple[str, ...]]:
    """Return the keys of all actions.

    ``own`` holds what a person wants otherwise. Where keys clash, their own ones win, then those
    of the table, so that a new key of the table never takes one away.
    """
    if not own and not vim:
        return dict(USUAL)
    found = {way: _sound(own[way]) if way in own else () for way in USUAL}
    _fill(found, {way: keys for way, keys in USUAL.items() if way not in own})
    _fill(found, {way: keys for way, keys in VIM_KEYS.items() if vim and way not in own})
    return found


def changed(own: Keys, way: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return a person's own keys after an action was given these; only differences are kept."""
    rest = {each: had for each, had in own.items() if each != way}
    return rest if keys == USUAL[way] else {**rest, way: keys}


def holders(keys: Keys, key: str, *, but: str = "") -> list[str]:
    """Return the ways of the actions that a key would clash with."""
    return [way for way, had in keys.items() if way != but and any(clash(key, e) for e in had)]


def without(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Return the keys that do not clash with one."""
    return tuple(each for each in keys if not clash(key, each))


def clash(one: str, other: str) -> bool:
    """Return whether two keys cannot both be heard: they are the same, or one begins the other."""
    return all(a == b for a, b in zip(_strokes(one), _strokes(other), strict=False))


def native(key: str) -> str:
    """Return a key as the desktop writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


@lru_cache(maxsize=512)
def _strokes(key: str) -> tuple[int, ...]:
    sequence = QKeySequence(key)
    return tuple(
        sequence[n].toCombined()  # type: ignore[index]
        for n in range(sequence.count())
    )


def _sound(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in (QKeySequence(key).toString() for key in keys) if text)


def _fill(found: dict[str, tuple[str, ...]], more: Keys) -> None:
    """Add keys that are still free."""
    for way, keys in more.items():
        found[way] += tuple(key for key in keys if not holders(found, key))
