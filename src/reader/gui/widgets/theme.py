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
#toolbar {{ background: {window}; border-bottom: 1px solid {rule}; }}
#barRule {{ background: {rule}; border: 0; }}
#drawer {{ background: rgba(0, 0, 0, 70); }}
QToolButton {{ border: 2px solid transparent; border-radius: 8px; padding: 4px; color: {text}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {selection}; color: {selection_text}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:disabled {{ color: {muted}; }}
QToolButton::menu-indicator {{ image: none; }}
QMenuBar {{ background: {window}; border: 0; padding: 1px 6px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {list}; border: 1px solid {edge}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 26px; border-radius: 5px; min-height: 18px; }}
QMenu::item:selected {{ background: {selection}; color: {selection_text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {rule}; margin: 5px 8px; }}
QMenu::icon {{ padding-left: 6px; }}
QToolButton#primary {{ background: {accent}; color: {on_accent}; font-weight: 600;
    padding: 4px 10px 4px 8px; }}
QToolButton#primary:hover, QToolButton#primary:pressed {{ background: {link}; }}
QToolButton#primary:focus {{ border-color: {text}; }}
QToolButton#toList {{ padding: 4px 8px 4px 4px; }}
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
QDialog {{ background: {window}; }}
QPushButton {{ background: {page}; border: 1px solid {edge}; border-radius: 8px; color: {text};
    padding: 0 15px; min-height: 34px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {selection}; color: {selection_text}; }}
QPushButton:default, QPushButton#primary {{ background: {accent}; border-color: {accent};
    color: {on_accent}; font-weight: 600; }}
QPushButton:disabled {{ background: {window}; border-color: {rule}; color: {muted};
    font-weight: normal; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 14px; min-height: 32px; }}
QPushButton:default:focus, QPushButton#primary:focus {{ border-color: {text}; }}
QPushButton#linkButton {{ background: transparent; border-color: transparent; color: {link};
    font-weight: 600; padding: 0 7px; }}
QPushButton#linkButton:hover {{ background: {hover}; }}
QPushButton#linkButton:focus {{ border: 2px solid {accent}; padding: 0 6px; }}
QLineEdit, QAbstractSpinBox {{ background: {page}; border: 1px solid {edge}; border-radius: 8px;
    padding: 0 9px; min-height: 34px; selection-background-color: {selection};
    selection-color: {selection_text}; }}
QLineEdit:focus, QAbstractSpinBox:focus {{ border: 2px solid {accent}; padding: 0 8px;
    min-height: 32px; }}
QLineEdit:disabled, QAbstractSpinBox:disabled {{ background: {window}; border-color: {rule};
    color: {muted}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractItemView QLineEdit {{ border: 0;
    border-radius: 0; padding: 0; min-height: 0; background: transparent; }}
QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {{ border: 0; padding: 0;
    min-height: 0; }}
QComboBox {{ background: {page}; border: 1px solid {edge}; border-radius: 8px; color: {text};
    padding: 0 11px; min-height: 34px; }}
QComboBox:hover {{ background: {hover}; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 0 10px; min-height: 32px; }}
QComboBox:disabled {{ background: {window}; border-color: {rule}; color: {muted}; }}
QComboBox::drop-down {{ border: 0; width: 30px; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {list}; border: 1px solid {edge}; outline: 0;
    padding: 4px; selection-background-color: {selection};
    selection-color: {selection_text}; }}
QCheckBox, QRadioButton {{ spacing: 9px; min-height: 24px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {muted}; }}
QCheckBox::indicator, QRadioButton::indicator {{ background: {page}; border: 1px solid {edge};
    border-radius: 5px; width: 16px; height: 16px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ background: {hover}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent};
    image: url("{tick}"); }}
QCheckBox::indicator:indeterminate {{ background: {quote}; }}
QRadioButton::indicator:checked {{ background: {page}; border: 5px solid {accent};
    width: 8px; height: 8px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {accent};
    width: 14px; height: 14px; }}
QCheckBox::indicator:checked:focus {{ border-color: {text}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {rule};
    background: {window}; }}
QGroupBox {{ border: 0; margin-top: 28px; font-weight: 600; }}
QGroupBox::title {{ subcontrol-origin: margin; subcontrol-position: top left; }}
QSlider {{ min-height: 24px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {rule}; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {page}; border: 2px solid {accent}; width: 14px;
    height: 14px; margin: -7px 0; border-radius: 9px; }}
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:hover {{ background: {accent}; }}
QDialog QListView {{ background: {page}; border: 1px solid {rule}; border-radius: 6px;
    padding: 4px; outline: 0; }}
QDialog QListView::item {{ padding: 4px; border-radius: 4px; color: {text}; }}
QDialog QListView::item:selected {{ background: {selection}; color: {selection_text}; }}
QDialog QListView::indicator {{ width: 14px; height: 14px; border: 1px solid {muted};
    border-radius: 3px; }}
QDialog QListView::indicator:checked {{ background: {accent}; border-color: {accent};
    image: url("{tick}"); }}
QDialog QListView::indicator:indeterminate {{ background: {quote}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QProgressBar {{ background: {rule}; border: 0; border-radius: 2px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QToolTip {{ background: {list}; color: {text}; border: 1px solid {edge}; padding: 5px 8px; }}
QLabel#shelfTitle, QLabel#section {{ font-weight: 600; }}
QLabel#section {{ padding-top: 12px; color: {muted}; }}
QLabel#hint {{ color: {muted}; }}
#listHead, #jobs, #articles, #articles QScrollBar {{ background: {list}; }}
#shelves, #shelves QScrollBar {{ background: {window}; }}
#page, #page QScrollBar {{ background: {page}; border: 0; }}
#listHead QToolButton {{ color: {muted}; }}
#session {{ background: {window}; border-bottom: 1px solid {rule}; }}
#session QToolButton#act {{ color: {link}; font-weight: 600; }}
#preview, #thumbnails {{ background: {hover}; border: 0; }}
#thumbnails {{ border-right: 1px solid {rule}; }}
#turner {{ background: {window}; border-top: 1px solid {rule}; }}
#choices {{ background: {window}; border-left: 1px solid {rule}; }}
#foot {{ background: {window}; border-top: 1px solid {rule}; }}
#searchFrame {{ background: {list}; }}
#search {{ border-radius: 8px; }}
#search QToolButton#card {{ color: {muted}; border-radius: 4px; padding: 0; }}
#searchCard {{ background: {panel}; border: 1px solid {rule}; border-radius: 8px; }}
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
#bulkBar {{ background: {window}; border-top: 1px solid {rule}; }}
#bulkBar QToolButton {{ border: 2px solid transparent; border-radius: 8px; padding: 5px; }}
#bulkBar QToolButton:focus {{ border-color: {accent}; }}
#bulkCount {{ font-weight: 600; }}
#jump[missing="true"] {{ color: {bad}; border-color: {bad}; }}
#bulkTime {{ color: {muted}; }}
#listHead #shelfTitle {{ font-size: 15px; }}
#message {{ background: {text}; border: 0; border-radius: 10px; }}
#message #words {{ background: transparent; color: {page}; border: 0; padding: 0;
    selection-background-color: {page}; selection-color: {text}; }}
#message QLabel {{ color: {rule}; font-size: 12px; }}
#message QToolButton {{ color: {page}; border: 2px solid transparent; border-radius: 8px;
    padding: 2px 8px; min-height: 20px; min-width: 12px; }}
#message QToolButton#act, #message QToolButton#secondAct {{ color: {mark}; font-weight: 600; }}
#message QToolButton:hover {{ background: {muted}; color: {page}; }}
#message QToolButton:focus {{ border-color: {mark}; }}
#popover {{ background: {list}; border: 1px solid {edge}; border-radius: 12px; }}
#popoverContent {{ background: transparent; }}
#addTitle {{ font-size: 15px; font-weight: 600; }}
#addLabel {{ color: {muted}; font-weight: 600; font-size: 12px; }}
#addHint {{ color: {muted}; font-size: 12px; }}
#addAnswer {{ color: {bad}; }}
#addField {{ background: {page}; border: 1px solid {edge}; border-radius: 8px; margin: 1px; }}
#addField[wrong="true"] {{ border: 1px solid {bad}; }}
#addField[focused="true"] {{ border: 2px solid {accent}; margin: 0; }}
#emptyPage {{ background: {page}; }}
#emptyTitle {{ font-family: "Literata", serif; font-size: 24px; font-weight: 700; }}
#emptySentence {{ color: {muted}; font-size: 14px; }}
#emptyPage #key {{ background: {panel}; border: 1px solid {edge}; border-radius: 5px;
    padding: 2px 7px; font-size: 12px; }}
#jobs {{ border-top: 1px solid {rule}; }}
#dropNote {{ background: transparent; border: 3px dashed {accent}; border-radius: 12px; }}
#dropText {{ background: {accent}; color: {on_accent}; border-radius: 10px; padding: 12px 24px;
    font-size: 15px; font-weight: 600; }}
#addEdit {{ background: transparent; border: 0; }}
#clipboardCard {{ background: {page}; border: 1px solid {rule}; border-radius: 10px; }}
#clipboardTitle {{ font-weight: 600; }}
#addSheet #primary:disabled {{ background: {panel}; border-color: {rule}; color: {muted}; }}
#articleHead QToolButton {{ border: 2px solid transparent; border-radius: 8px; padding: 4px 6px;
    color: {text}; }}
#articleHead QToolButton:checked {{ color: {accent}; }}
#articleHead QToolButton:disabled {{ color: {muted}; }}
#articleHead QToolButton:focus {{ border-color: {accent}; }}
#articleHead #siteLink {{ color: {link}; padding: 0 2px; border-radius: 4px; }}
#articleHead #tagChip, #articleHead #addTag {{ background: {panel}; border-radius: 12px;
    border: 1px solid {rule}; padding: 0 10px; }}
#articleHead #addTag {{ padding: 0; }}
#articleHead #tagChip:hover, #articleHead #addTag:hover {{ background: {hover};
    border-color: {edge}; }}
#articleHead #tagChip:focus {{ border: 2px solid {accent}; padding: 0 9px; }}
#articleHead #addTag:focus {{ border: 2px solid {accent}; }}
#articleHead #detail {{ color: {muted}; }}
#articleHead #views {{ font-weight: 600; color: {text}; }}
#failure, #failureColumn {{ background: {page}; }}
#failureSite, #failureAddress, #failureNote {{ color: {muted}; }}
#failureWay, #failureAgain {{ border: 1px solid {edge}; border-radius: 8px; padding: 0 14px;
    min-height: 34px; }}
#failureAgain {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
#failureAgain:hover, #failureAgain:pressed {{ background: {link}; }}
#failureWay:focus {{ border: 2px solid {accent}; padding: 0 13px; min-height: 32px; }}
#failureAgain:focus {{ border: 3px double {on_accent}; padding: 0 12px; min-height: 30px; }}
#failureCopy {{ background: transparent; border: 1px solid transparent; color: {link};
    padding: 0; min-height: 26px; text-align: left; }}
#failureText {{ font-size: 14px; }}
#failureCopy:focus {{ border-color: {accent}; }}
#segments {{ background: {page}; border: 1px solid {edge}; border-radius: 8px; }}
#segments QToolButton {{ border: 2px solid transparent; border-radius: 6px; color: {text};
    padding: 0 10px; min-height: 28px; }}
#segments QToolButton:hover {{ background: {hover}; }}
#segments QToolButton:checked {{ background: {selection}; color: {selection_text};
    font-weight: 600; }}
#segments QToolButton:focus {{ border-color: {accent}; }}
#segments QToolButton:disabled {{ color: {muted}; }}
#stepperButton {{ border: 0; border-radius: 6px; padding: 0; }}
#settingsNav {{ background: {window}; }}
#settingsPages, #settingsPages > QWidget, #settingsPage {{ background: {page}; border: 0; }}
#settingsFoot {{ background: {window}; border-top: 1px solid {rule}; }}
QListWidget#settingsPlaces {{ background: transparent; border: 0; padding: 0; outline: 0; }}
QListWidget#settingsPlaces::item {{ border: 2px solid transparent; border-radius: 8px;
    padding: 0 8px; min-height: 30px; color: {text}; }}
QListWidget#settingsPlaces::item:hover {{ background: {hover}; }}
QListWidget#settingsPlaces::item:selected {{ background: {selection};
    color: {selection_text}; }}
QListWidget#settingsPlaces::item:selected:focus {{ border-color: {accent}; }}
QListWidget#settingsPlaces::item:disabled {{ color: {quote}; }}
#settingsHeading {{ font-family: "Literata"; font-size: 22px; font-weight: 700; }}
#settingsPage QDialog {{ background: {page}; }}
#settingsRow {{ border: 0; border-bottom: 1px solid {rule}; }}
#settingsLabel {{ font-weight: 600; }}
#settingsDescription {{ color: {muted}; font-size: 12px; }}
QLineEdit[wrong="true"] {{ border-color: {bad}; }}
#mistake {{ color: {bad}; }}
"""


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
    try:
        return themes.theme(name)
    except SettingsError:
        return themes.theme("light")


def wants_contrast() -> bool:
    """Return whether the system asks for high contrast."""
    hints = QGuiApplication.styleHints()  # PySide needs it alive while its parts are read
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


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
    colours = {name: getattr(theme, name) for name in Theme._fields if name != "code"}
    tick = resource("icons", "tick-dark.svg" if theme.dark else "tick-white.svg")
    arrow = resource("icons", "down-on-dark.svg" if theme.dark else "down-on-light.svg")
    sheet = _SHEET.format(**colours, tick=tick.as_posix(), arrow=arrow.as_posix())
    app.setStyleSheet(sheet.replace("1px solid", "2px solid") if wants_contrast() else sheet)


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
    return QIcon(_pixmap(name, colour, QGuiApplication.primaryScreen().devicePixelRatio()))


def _pixmap(name: str, colour: str, scale: float) -> QPixmap:
    svg = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    side = round(_SIZE * scale)
    sized = f'width="{side}" height="{side}"'
    image = QImage.fromData(svg.replace('width="24" height="24"', sized, 1).encode())
    image.setDevicePixelRatio(scale)
    return QPixmap.fromImage(image)
