"""The theme of the window: palette, style sheet and coloured icons."""

from collections.abc import Callable
from functools import lru_cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QWidget

from reader import themes
from reader.document.fonts import SANS, load_fonts
from reader.model import Theme
from reader.resources import resource

_SIZE = 20
_PALE = 0.45  # the opacity of the icon of what cannot be done


def resolve(name: str) -> Theme:
    """Return a theme by its name; ``system`` follows the colour scheme of the desktop.

    If a theme cannot be read, it is replaced by light, so that the window always opens. If the
    system asks for high contrast, its own colours replace those of every theme.
    """
    if wants_contrast():
        return _of_the_system()
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        name = "dark" if scheme is Qt.ColorScheme.Dark else "light"
    return themes.theme_or_light(name)


def wants_contrast() -> bool:
    """Return whether the system asks for high contrast; Qt before 6.10 does not know it."""
    hints = QGuiApplication.styleHints()  # PySide needs it alive while its parts are read
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def follow_system(show: Callable[[], None]) -> None:
    """Call ``show`` whenever the system turns dark or light, or asks for more contrast."""
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _: show())
    if hasattr(hints, "accessibility"):
        hints.accessibility().contrastPreferenceChanged.connect(lambda _: show())


def _of_the_system() -> Theme:
    """Return the colours of the system as a theme."""
    QApplication.setPalette(QPalette())  # gives up the colours of a theme that was applied
    palette, role = QApplication.palette(), QPalette.ColorRole
    dark = palette.color(role.Base).lightness() < 128
    page, text, window, link, chosen, chosen_text = (
        palette.color(each).name()
        for each in (
            role.Base, role.Text, role.Window, role.Link, role.Highlight, role.HighlightedText
        )
    )  # fmt: skip
    plain = themes.theme("dark" if dark else "light")
    return plain._replace(
        page=page, list=page, panel=page, stripe=page, hover=page, window=window,
        text=text, muted=text, quote=text, rule=text, edge=text, link=link,
        selection=chosen, selection_text=chosen_text, accent=chosen, on_accent=chosen_text,
        highlights={},
    )  # fmt: skip


def begin(app: QApplication) -> None:
    """Set the font of the program, before the first widget is created."""
    load_fonts()
    font = app.font()
    font.setFamilies([SANS, *font.families()])
    app.setFont(font)


def apply(theme: Theme) -> None:
    """Apply a theme to the whole program."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(_palette(theme))
    _restyle(app, sheet(theme))


def dress(part: QWidget, theme: Theme | None) -> None:
    """Give a part of the window another theme than the rest has, None for the same."""
    part.setPalette(QPalette() if theme is None else _palette(theme))
    _restyle(part, "" if theme is None else sheet(theme))


def _restyle(part: QApplication | QWidget, style_sheet: str) -> None:
    """Give a part a style sheet in place of its former one.

    Qt replaces a style sheet by styling each widget once for each of its ancestors; it takes one
    away, and adds one, by styling each widget once.
    """
    part.setStyleSheet("")
    part.setStyleSheet(style_sheet)


def sheet(theme: Theme) -> str:
    """Return the style sheet of a theme."""
    colours = {name: getattr(theme, name) for name in Theme._fields if name != "code"}
    tick = resource("icons", "tick-dark.svg" if theme.dark else "tick-white.svg")
    arrow = resource("icons", "down-on-dark.svg" if theme.dark else "down-on-light.svg")
    filled = Template(resource("style", "window.qss").read_text("utf-8")).substitute(
        colours, tick=tick.as_posix(), arrow=arrow.as_posix()
    )
    return filled.replace("1px solid", "2px solid") if wants_contrast() else filled


def ring(palette: QPalette) -> QColor:
    """Return the colour of the focus ring of a selected row.

    It is the accent, unless the selection has that colour itself, as with high contrast.
    """
    role = QPalette.ColorRole
    accent = palette.color(role.Accent)
    is_seen = accent != palette.color(role.Highlight)
    return accent if is_seen else palette.color(role.HighlightedText)


def _palette(theme: Theme) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for target, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.page),
        (role.AlternateBase, theme.stripe),
        (role.Text, theme.text),
        (role.Button, theme.window),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.accent),
        (role.ToolTipBase, theme.list),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.selection_text),
        (role.Link, theme.link),
        (role.LinkVisited, theme.link),
        (role.Light, theme.hover),
        (role.Mid, theme.rule),
        (role.Dark, theme.quote),
        (role.Shadow, theme.edge),
        (role.Accent, theme.accent),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.muted))
    return palette


def page_palette(palette: QPalette, theme: Theme) -> QPalette:
    """Return the palette of the page with the colours of a theme."""
    role = QPalette.ColorRole
    for target, colour in (
        (role.Base, theme.page),
        (role.Text, theme.text),
        (role.Link, theme.link),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.selection_text),
    ):
        palette.setColor(target, QColor(colour))
    return palette


@lru_cache(maxsize=512)
def icon(name: str, colour: str) -> QIcon:
    """Return a bundled icon in a colour, at the resolution of the screen."""
    pixmap = _pixmap(name, colour, QGuiApplication.primaryScreen().devicePixelRatio())
    made = QIcon(pixmap)
    if QColor(colour).lightness() > 128:
        # Of dark icons Qt makes pale ones itself, of light ones none that can be told apart.
        made.addPixmap(_pale(pixmap), QIcon.Mode.Disabled)
    return made


def _pale(pixmap: QPixmap) -> QPixmap:
    pale = QPixmap(pixmap.size())
    pale.setDevicePixelRatio(pixmap.devicePixelRatio())
    pale.fill(Qt.GlobalColor.transparent)
    with QPainter(pale) as painter:
        painter.setOpacity(_PALE)
        painter.drawPixmap(0, 0, pixmap)
    return pale


def _pixmap(name: str, colour: str, scale: float) -> QPixmap:
    svg = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    side = round(_SIZE * scale)
    sized = f'width="{side}" height="{side}"'
    image = QImage.fromData(svg.replace('width="24" height="24"', sized, 1).encode())
    image.setDevicePixelRatio(scale)
    return QPixmap.fromImage(image)
