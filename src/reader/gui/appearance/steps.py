"""The appearance of the page: the user's own themes as actions, and steps of the column."""

from reader import themes
from reader.errors import SettingsError
from reader.gui.action import Action, chosen
from reader.settings import LEADING_RANGE, MEASURE_RANGE
from reader.settings_store import SettingsStore

_COLUMN = 4  # characters
_LEADING = 0.05


def own_themes() -> list[Action]:
    """Return an action for each theme of the user; those of Reader are in the table."""
    bundled = {"light", "sepia", "dark"}
    return [_of_theme(name) for name in themes.names() if name not in bundled]


def wider(store: SettingsStore) -> None:
    """Make the column of text wider."""
    _set_column(store, _COLUMN)


def narrower(store: SettingsStore) -> None:
    """Make the column of text narrower."""
    _set_column(store, -_COLUMN)


def more_leading(store: SettingsStore) -> None:
    """Make the lines stand farther apart."""
    _set_leading(store, _LEADING)


def less_leading(store: SettingsStore) -> None:
    """Make the lines stand closer together."""
    _set_leading(store, -_LEADING)


def _of_theme(name: str) -> Action:
    try:
        title = themes.theme(name).title
    except SettingsError:
        title = f"{name} (cannot be read)"
    text, choice = title.replace("&", "&&"), ("theme", name)
    return Action(f"theme.own.{name}", text, chosen(*choice), "View", "theme", choice=choice)


def _set_column(store: SettingsStore, by: int) -> None:
    least, most = MEASURE_RANGE
    store.update(measure=min(max(store.value.measure + by, least), most))


def _set_leading(store: SettingsStore, by: float) -> None:
    least, most = LEADING_RANGE
    store.update(leading=round(min(max(store.value.leading + by, least), most), 2))
