"""The theme of the window: palette, style sheet and coloured icons."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from reader import themes
from reader.document.fonts import SANS, load_fonts
from reader.errors import SettingsError
from reader.model import Theme
from reader.resources import resource

_SIZE = 20

_SHEET = """
QToolBar {{ background: {window}; border: 0; border-bottom: 1px solid {rule}; spacing: 2px;
    padding: 4px 8px; }}
QToolBar::separator {{ background: {rule}; width: 1px; margin: 6px 6px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 5px; color: {text}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {selection}; color: {selection_text}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:disabled {{ color: {muted}; }}
QToolButton::menu-indicator {{ image: none; }}
QMenuBar {{ background: {window}; border: 0; padding: 1px 6px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {list}; border: 1px solid {rule}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 26px; border-radius: 5px; }}
QMenu::item:selected {{ background: {selection}; color: {selection_text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {rule}; margin: 5px 8px; }}
QMenu::icon {{ padding-left: 6px; }}
QSplitter::handle {{ background: {rule}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {quote}; border-radius: 3px; margin: 2px 3px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QLineEdit {{ background: {page}; border: 1px solid {rule}; border-radius: 6px; padding: 5px 8px; }}
QCheckBox::indicator {{ background: {page}; border: 1px solid {muted}; border-radius: 3px;
    width: 14px; height: 14px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent};
    image: url("{tick}"); }}
QLineEdit:focus {{ border-color: {accent}; }}
QPushButton {{ background: {page}; border: 1px solid {rule}; border-radius: 6px;
    padding: 6px 16px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus, QPushButton:default {{ border-color: {accent}; }}
QDialog QListView {{ background: {page}; border: 1px solid {rule}; border-radius: 6px;
    padding: 4px; outline: 0; }}
QDialog QListView::item {{ padding: 4px; border-radius: 4px; color: {text}; }}
QDialog QListView::item:selected {{ background: {selection}; color: {selection_text}; }}
QDialog QListView::indicator {{ width: 14px; height: 14px; border: 1px solid {muted};
    border-radius: 3px; }}
QDialog QListView::indicator:checked {{ background: {accent}; border-color: {accent};
    image: url("{tick}"); }}
QDialog QListView::indicator:indeterminate {{ background: {quote}; }}
QComboBox QAbstractItemView {{ background: {list}; border: 1px solid {rule}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QProgressBar {{ background: {rule}; border: 0; border-radius: 2px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QToolTip {{ background: {list}; color: {text}; border: 1px solid {rule}; padding: 4px 7px; }}
QLabel#shelfTitle, QLabel#section {{ font-weight: 600; }}
QLabel#section {{ padding-top: 12px; color: {muted}; }}
QLabel#hint {{ color: {muted}; }}
#listHead, #jobs, #articles, #articles QScrollBar {{ background: {list}; }}
#shelves, #shelves QScrollBar {{ background: {window}; }}
#page, #page QScrollBar {{ background: {page}; border: 0; }}
#listHead QToolButton {{ color: {muted}; }}
#session {{ background: {window}; border-bottom: 1px solid {rule}; }}
#session QToolButton#act {{ color: {link}; font-weight: 600; }}
#message {{ background: {panel}; border: 0; border-bottom: 1px solid {rule}; }}
#message QToolButton#act {{ color: {link}; font-weight: 600; padding: 4px 10px; }}
#preview, #thumbnails {{ background: {hover}; border: 0; }}
#thumbnails {{ border-right: 1px solid {rule}; }}
#turner {{ background: {window}; border-top: 1px solid {rule}; }}
#choices {{ background: {window}; border-left: 1px solid {rule}; }}
#foot {{ background: {window}; border-top: 1px solid {rule}; }}
#searchFrame {{ background: {list}; }}
#search {{ border-radius: 8px; }}
#search QToolButton#help {{ color: {muted}; border-radius: 4px; padding: 0; }}
#mono {{ font-family: "JetBrains Mono", monospace; }}
QDialog #texts {{ background: {list}; border: 0; border-right: 1px solid {rule}; outline: 0;
    border-radius: 0; padding: 0; }}
QDialog #texts::item {{ padding: 10px 14px; border-bottom: 1px solid {rule}; border-radius: 0; }}
QDialog #texts::item:selected {{ background: {selection}; color: {selection_text}; }}
#twin {{ background: {page}; border-bottom: 1px solid {rule}; padding: 12px 18px; }}
#twins::handle {{ background: {rule}; }}
#keys {{ background: {page}; border: 1px solid {rule}; border-radius: 6px; padding: 4px; }}
#keys::item {{ padding: 4px 6px; }}
#keys::item:selected {{ background: {selection}; color: {selection_text}; }}
#statistics, #statisticsColumn {{ background: {page}; }}
#figureHeading {{ font-weight: 600; padding-top: 14px; }}
#segments {{ background: {panel}; border: 0; border-radius: 7px; }}
#segments QToolButton {{ padding: 3px 9px; border-radius: 5px; color: {muted}; }}
#segments QToolButton:checked {{ background: {selection}; color: {selection_text}; }}
#articleLink {{ background: transparent; border: 1px solid transparent; padding: 0; }}
#articleLink:hover {{ background: {hover}; }}
#articleLink:focus {{ border-color: {accent}; }}
#paletteLine {{ background: transparent; border: 0; border-radius: 0;
    border-bottom: 1px solid {rule}; padding: 13px 18px; }}
#palette, #palette QScrollBar {{ background: transparent; }}
#palette {{ margin: 0 1px 6px 1px; padding-top: 2px; outline: 0; }}
#cleanTop {{ background: {window}; border-bottom: 1px solid {rule}; }}
#trouble {{ background: {page}; }}
#troubleHeading {{ font-size: 17px; font-weight: 600; }}
#findBar {{ background: {window}; border-top: 1px solid {rule}; }}
#columnScroll, #columns {{ background: transparent; }}
#columns #card {{ background: {page}; border: 1px solid {rule}; border-radius: 10px; }}
#columns #cardHead {{ font-weight: 600; padding-bottom: 4px; }}
#searchCard {{ background: {window}; border: 1px solid {edge}; border-radius: 12px; }}
#searchCard QPushButton {{ font-family: "JetBrains Mono", monospace; color: {link};
    background: transparent; border: 1px solid transparent; padding: 2px 6px; text-align: left; }}
#searchCard QPushButton:hover {{ background: {hover}; }}
#searchCard QPushButton:focus {{ border-color: {accent}; }}
#searchNote {{ background: {list}; }}
#searchNote QPushButton {{ padding: 2px 10px; min-height: 20px; }}
"""


def resolve(name: str) -> Theme:
    """Return a theme by its name; ``system`` follows the colour scheme of the desktop.

    If a theme cannot be read, it is replaced by light, so that the window always opens.
    """
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        name = "dark" if scheme is Qt.ColorScheme.Dark else "light"
    try:
        return themes.theme(name)
    except SettingsError:
        return themes.theme("light")


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
    colours = {name: getattr(theme, name) for name in Theme._fields if name != "code"}
    tick = resource("icons", "tick-dark.svg" if theme.dark else "tick-white.svg")
    app.setStyleSheet(_SHEET.format(**colours, tick=tick.as_posix()))


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
    return QIcon(_pixmap(name, colour, QGuiApplication.primaryScreen().devicePixelRatio()))


def _pixmap(name: str, colour: str, scale: float) -> QPixmap:
    svg = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    side = round(_SIZE * scale)
    sized = f'width="{side}" height="{side}"'
    image = QImage.fromData(svg.replace('width="24" height="24"', sized, 1).encode())
    image.setDevicePixelRatio(scale)
    return QPixmap.fromImage(image)
