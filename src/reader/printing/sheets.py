"""The paper a person likes."""

from reader import themes
from reader.model import Look, Sheet
from reader.settings import Settings

_SIZE_PT = 11.0
_LEADING = 1.42
_WHOLE_WIDTH = 200


def sheet_of(liking: Settings, paper: str = "") -> Sheet:
    """Return the sheet of the settings: black on white, whatever the theme of the screen."""
    look = Look(themes.theme("paper"), liking.font, _SIZE_PT, _LEADING, _WHOLE_WIDTH)
    return Sheet(look, paper or liking.paper)
