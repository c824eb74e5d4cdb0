"""Actions that are found at run time: the user's own themes and presets."""

from typing import TYPE_CHECKING

from reader import themes
from reader.errors import SettingsError
from reader.gui.action import Action
from reader.gui.appearance.choosing import looks
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.gui.window import Window

_BUNDLED = frozenset({"light", "sepia", "dark"})


def own_themes() -> list[Action]:
    """Return an action for each theme of the user; those of Reader are in the table."""
    return [_of_theme(name) for name in themes.names() if name not in _BUNDLED]


def presets(settings: Settings) -> list[Action]:
    """Return an action for each preset."""
    return [_of_preset(name) for name in settings.look_presets]


def title_of(name: str) -> str:
    """Return the title of a theme, also of one that cannot be read."""
    try:
        return themes.theme(name).title
    except SettingsError:
        return f"{name} (cannot be read)"


def _of_theme(name: str) -> Action:
    text, choice = title_of(name).replace("&", "&&"), ("theme", name)
    return Action(f"theme.own.{name}", text, looks(*choice), "View", "theme", choice=choice)


def _of_preset(name: str) -> Action:
    def choose(window: "Window") -> None:
        window.appearance.choose(**window.settings.look_presets.get(name, {}))

    return Action(f"look.preset.{name}", name.replace("&", "&&"), choose, "View", "look")
