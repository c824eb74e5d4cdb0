"""Handlers of actions that choose a look."""

from reader.gui.action import Handler
from reader.gui.appearance.steps import Scale, step


def looks(setting: str, value: object) -> Handler:
    """Return a handler that chooses a value of the look."""
    return lambda window: window.appearance.choose(**{setting: value})


def toggles(setting: str) -> Handler:
    """Return a handler that switches a part of the look on or off."""
    return lambda window: window.appearance.toggle(setting)


def steps(scale: Scale, by: int) -> Handler:
    """Return a handler that changes a number of the look."""
    return lambda window: step(window.appearance, scale, by * scale.leap)
