"""The editor of a theme: its colours, and their contrast."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader import own_themes, themes
from reader.errors import SettingsError
from reader.gui.appearance.contrast import judge
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.return_key import press_by_return
from reader.model import Theme


class Part(NamedTuple):
    """A colour of a theme, with the one beside which it must be seen, ``""`` if there is none."""

    field: str
    title: str
    beside: str = ""
    is_text: bool = True


PARTS = (
    Part("page", "Page"),
    Part("text", "Text", "page"),
    Part("muted", "Details", "page"),
    Part("link", "Links", "page"),
    Part("accent", "Accent", "page", is_text=False),
    Part("on_accent", "Words on accent", "accent"),
    Part("selection", "Selection"),
    Part("selection_text", "Selected words", "selection"),
    Part("mark", "Found words: ground", "text"),
    Part("panel", "Code and cards: ground", "text"),
    Part("stripe", "Tables: ground", "text"),
    Part("quote", "Line beside quotes"),
    Part("rule", "Separators"),
    Part("edge", "Edges of fields", "page", is_text=False),
    Part("window", "Bars and shelves: ground", "text"),
    Part("list", "List: ground", "text"),
    Part("hover", "Under the pointer: ground", "text"),
    Part("bad", "Errors", "page"),
    Part("good", "All is well", "page"),
    Part("warn", "Caution", "page"),
)
_SWATCH = QSize(36, 20)


class ThemeEditor(Dialog):
    """Edits the colours of a theme, begun from any other.

    ``edited`` carries the theme as it is, ``save_wanted`` also its title and the name of the theme
    that it may replace, ``delete_wanted`` the name and the title of a theme of the user.
    """

    edited = Signal(object)
    save_wanted = Signal(object, str, str)
    delete_wanted = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Edit Theme")
        self._theme = theme
        self.start = QComboBox()
        self.title = QLineEdit()
        self.dark = QCheckBox("Dark")
        self.fields: dict[str, QLineEdit] = {}
        self._swatches: dict[str, QToolButton] = {}
        self._ratios: dict[str, Label] = {}
        self.trouble = Label()
        self.trouble.setObjectName("addAnswer")
        self.trouble.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self._colours(), 1)
        layout.addWidget(self.trouble)
        layout.addLayout(self._foot())
        self._fill_start()
        self._show_theme()
        self.trouble.hide()
        self.resize(520, 640)

    # ---- setting up

    def _head(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (text, part) in enumerate((("Start from", self.start), ("Name", self.title))):
            label = Label(text)
            label.setBuddy(part)
            part.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(part, row, 1)
        self.title.setMaxLength(own_themes.LONGEST_TITLE)
        self.dark.setAccessibleName("Dark: pictures and icons are those of dark themes")
        grid.addWidget(self.dark, 1, 2)
        self.start.activated.connect(self._begin_from)
        self.title.textChanged.connect(lambda _: self._show_deletion())
        self.dark.clicked.connect(lambda on: self._change("dark", on))
        return grid

    def _colours(self) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 2, 12, 2)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, part in enumerate(PARTS):
            label, ratio, field = Label(part.title), Label(), QLineEdit()
            label.setWordWrap(True)
            field.setAccessibleName(part.title)
            field.setMaxLength(7)
            field.setFixedWidth(96)
            field.textEdited.connect(lambda text, of=part: self._typed(of, text))
            button = QToolButton()
            button.setIconSize(_SWATCH)
            button.setAccessibleName(f"Choose: {part.title}")
            set_tip(button, f"Choose the colour: {part.title}")
            button.clicked.connect(lambda _=False, of=part: self._choose(of))
            ratio.setMinimumWidth(118)
            for column, each in enumerate((label, button, field, ratio)):
                grid.addWidget(each, row, column)
            self.fields[part.field], self._swatches[part.field] = field, button
            self._ratios[part.field] = ratio
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _foot(self) -> QHBoxLayout:
        self.delete = QPushButton("Delete…")
        self.cancel, self.save = QPushButton("Cancel"), QPushButton("Save")
        self.save.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.delete)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        for button in (self.delete, self.cancel, self.save):
            press_by_return(button)
        self.delete.clicked.connect(
            lambda: self.delete_wanted.emit(self._theme.name, self._theme.title)
        )
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        return row

    def _fill_start(self) -> None:
        for name in themes.names():
            try:
                self.start.addItem(themes.theme(name).title or name, name)
            except SettingsError:
                continue
        self.start.setCurrentIndex(self.start.findData(self._theme.name))

    # ---- showing

    @property
    def theme(self) -> Theme:
        """The theme as it is edited."""
        return self._theme

    def show_trouble(self, text: str) -> None:
        """Show why something could not be done."""
        self.trouble.setText(text)
        self.trouble.show()

    def _show_theme(self) -> None:
        is_own = own_themes.is_own(self._theme.name)
        self.title.setText(self._theme.title if is_own else f"My {self._theme.title}")
        self.dark.setChecked(self._theme.dark)
        for part in PARTS:
            self.fields[part.field].setText(getattr(self._theme, part.field))
        self._show_colours()

    def _show_colours(self) -> None:
        for part in PARTS:
            colour = getattr(self._theme, part.field)
            picture = QPixmap(_SWATCH)
            picture.fill(QColor(self._theme.edge))
            with QPainter(picture) as painter:
                painter.fillRect(picture.rect().adjusted(1, 1, -1, -1), QColor(colour))
            self._swatches[part.field].setIcon(QIcon(picture))
            if part.beside:
                self._show_contrast(part, colour, getattr(self._theme, part.beside))

    def _show_contrast(self, part: Part, colour: str, beside: str) -> None:
        found, label = judge(colour, beside, is_text=part.is_text), self._ratios[part.field]
        label.setText(found.text)
        other = next(each.title for each in PARTS if each.field == part.beside)
        label.setAccessibleName(f"{part.title} beside {other}: {found.text}")
        set_tip(label, f"Contrast with: {other}")
        name = "hint" if found.is_enough else "addAnswer"
        if label.objectName() != name:
            label.setObjectName(name)
            label.style().polish(label)

    def _show_deletion(self) -> None:
        self.delete.setVisible(own_themes.is_own(self._theme.name))

    # ---- editing

    def _begin_from(self, index: int) -> None:
        self._theme = themes.theme_or_light(self.start.itemData(index))
        self._show_theme()
        self.edited.emit(self._theme)

    def _typed(self, part: Part, text: str) -> None:
        if themes.is_colour(text):
            self._change(part.field, text.lower())

    def _choose(self, part: Part) -> None:
        before = QColor(getattr(self._theme, part.field))
        found = QColorDialog.getColor(before, self, f"Choose the Colour: {part.title}")
        if found.isValid():
            self.fields[part.field].setText(found.name())
            self._change(part.field, found.name())

    def _change(self, field: str, value: object) -> None:
        self._theme = self._theme._replace(**{field: value})  # type: ignore[arg-type]
        self._show_colours()
        self.edited.emit(self._theme)

    def _save(self) -> None:
        wrong = [part for part in PARTS if not themes.is_colour(self.fields[part.field].text())]
        if wrong:
            self.show_trouble(f"{wrong[0].title} needs a colour such as #1a2b3c.")
            self.fields[wrong[0].field].setFocus()
            return
        replaces = self._theme.name if own_themes.is_own(self._theme.name) else ""
        self.save_wanted.emit(self._theme, self.title.text(), replaces)
